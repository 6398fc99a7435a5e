//! One mailbox read to its end: each folder from where it was left, and what became there of what is known.
//!
//! The letters go the way of every import. What was read of a folder is noted after each batch, so that a
//! program that was killed goes on from there, and reads nothing twice but what it could not note.
//!
//! Must not: open a folder but to read it.

mod folder;
pub(super) mod wanted;

use inroad_imap::{Credentials, Endpoint, Kind, Limits, Link, Session, Step, Trust};
use inroad_model::{Issue, MailboxConnection, Security, ServerAddress};
use inroad_store::{KeptConnection, SyncStep};

use self::folder::read_folder;
use self::wanted::wanted;
use super::fault::Fault;
use super::status::{LiveState, Trouble};
use crate::import::{ImportOptions, ImportReport};
use crate::{Inroad, Result};

/// A session with a mailbox.
pub(super) type Mail = Session<Box<dyn Link>>;

/// Who is told how far it is.
pub(super) type Say<'a> = &'a (dyn Fn(LiveState) + Send + Sync);

/// A mailbox that is read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub inroad: &'a Inroad,
    pub kept: &'a KeptConnection,
    pub mailbox: &'a MailboxConnection,
    pub options: &'a ImportOptions,
    pub say: Say<'a>,
}

/// Connects and signs in.
pub(super) async fn open(
    mailbox: &MailboxConnection,
    credentials: &Credentials,
) -> std::result::Result<Mail, Fault> {
    let (server, trust) = (endpoint(&mailbox.imap), trust(mailbox)?);
    let mut session = inroad_imap::connect(&server, &trust, Limits::default()).await?;
    session.sign_in(credentials).await?;
    Ok(session)
}

fn trust(mailbox: &MailboxConnection) -> std::result::Result<Trust, Fault> {
    let Some(path) = &mailbox.authority else { return Ok(Trust::new(&[])?) };
    let unusable = |why: String| {
        Fault::NeedsYou(Trouble {
            what: format!("{} cannot be used: {why}", path.display()),
            way_out: "Name a file with the authority's certificate, as PEM".to_owned(),
        })
    };
    let pem = std::fs::read_to_string(path).map_err(|cause| unusable(cause.to_string()))?;
    Trust::with_pem(&pem).map_err(|error| unusable(error.said.unwrap_or_default()))
}

fn endpoint(server: &ServerAddress) -> Endpoint {
    Endpoint {
        host: server.host.clone(),
        port: server.port,
        security: match server.security {
            Security::Tls => inroad_imap::Security::Tls,
            Security::StartTls => inroad_imap::Security::StartTls,
            Security::Plain => inroad_imap::Security::Plain,
        },
    }
}

impl Reading<'_> {
    /// Reads every folder that is wanted. The inbox is open afterwards, if there is one.
    pub(super) async fn read(
        &self,
        session: &mut Mail,
    ) -> std::result::Result<ImportReport, Fault> {
        let mut report = ImportReport::default();
        let mut unweighed = Vec::new();
        let folders = wanted(session.folders().await?, &self.mailbox.folders);
        let of_this = |name: &str| format!("{}/{name}", self.kept.connection.name);
        let absent = folders.absent.iter().map(|name| {
            let way_out = "Look how the server calls it, and connect the mailbox once more";
            Issue::new("There is no such folder", way_out).in_file(of_this(name))
        });
        self.note(absent.collect(), &mut report).await?;
        for folder in &folders.there {
            if self.options.stop.is_wished() {
                report.stopped = true;
                break;
            }
            match read_folder(self, session, folder, &mut report).await {
                // It was renamed or removed since the list was made, or may not be read.
                Err(Fault::Mail(error)) if cannot_be_opened(&error) => {
                    let issue = super::fault::issue(&error, &of_this(folder));
                    self.note(vec![issue], &mut report).await?;
                }
                done => unweighed.extend(done?),
            }
        }
        if !unweighed.is_empty() && !report.stopped {
            self.inroad.after_mail(&mut report).await?;
            for (folder, mut position) in unweighed {
                position.is_weighed = true;
                let step = SyncStep { position: Some(position.to_json()?), ..SyncStep::default() };
                self.inroad.store.sync_step(folder, &step, crate::now()).await?;
            }
        }
        Ok(report)
    }

    async fn note(&self, issues: Vec<Issue>, report: &mut ImportReport) -> Result<()> {
        self.inroad.note_issues(issues, self.options, report).await
    }
}

fn cannot_be_opened(error: &inroad_imap::Error) -> bool {
    error.step == Step::Open
        && matches!(error.kind, Kind::FolderGone | Kind::NotAllowed | Kind::Refused)
}
