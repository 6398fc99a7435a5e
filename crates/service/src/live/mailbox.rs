//! One mailbox read to its end: each folder from where it was left, and what became there of what is known.
//!
//! The letters go the way of every import. What was read of a folder is noted after each batch, so that a
//! program that was killed goes on from there, and reads nothing twice but what it could not note.
//!
//! Must not: open a folder but to read it.

mod folder;
mod forget;
mod names;
pub(super) mod wanted;

use inroad_imap::plan::Told;
use inroad_imap::{Credentials, Endpoint, Kind, Limits, Link, Session, Trust};
use inroad_model::{Deleted, Issue, MailboxConnection, Security, ServerAddress};
use inroad_reach::Reach;
use inroad_store::{KeptConnection, SyncStep};

use self::folder::read_folder;
use self::names::Names;
pub(crate) use self::names::folder_without_name;
use self::wanted::wanted;
use super::fault::{self, Fault};
use super::obstacles::Obstacles;
use super::position::Position;
use super::status::{LiveState, Trouble};
use super::tempo::Tempo;
use crate::import::{ImportOptions, ImportReport};
use crate::{Inroad, Result};

/// A session with a mailbox.
pub(crate) type Mail = Session<Box<dyn Link>>;

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
    pub tempo: &'a Tempo,
    /// What the server has just told of the inbox, if that is the folder that is open.
    pub inbox: Option<Told>,
}

/// Connects and signs in.
pub(crate) async fn open(
    mailbox: &MailboxConnection,
    credentials: &Credentials,
    limits: &Limits,
) -> std::result::Result<Mail, Fault> {
    let (server, trust) = (endpoint(&mailbox.imap), trust(mailbox)?);
    let reach = reach(mailbox);
    let mut session = inroad_imap::connect_within(reach, &server, &trust, limits.clone()).await?;
    session.sign_in(credentials).await?;
    Ok(session)
}

/// Where the servers of a mailbox may lie.
pub(crate) fn reach(mailbox: &MailboxConnection) -> Reach {
    if mailbox.public_only { Reach::Public } else { Reach::Anywhere }
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

/// What one round through the folders was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    /// Every folder that is wanted was read to its end.
    Whole,
    /// Something was left out.
    InPart,
}

impl Reading<'_> {
    /// Reads every folder that is wanted, and forgets what is deleted there, where that is wished.
    ///
    /// # Errors
    /// [`Fault::InFolder`] where the session ended in a folder; `obstacles` remembers which.
    pub(super) async fn read(
        &self,
        session: &mut Mail,
        obstacles: &mut Obstacles,
        report: &mut ImportReport,
    ) -> std::result::Result<(), Fault> {
        if self.mailbox.deleted == Deleted::Keep {
            return self.round(session, obstacles, report).await.map(|_round| ());
        }
        let before = self.gone().await?;
        let mut round = self.round(session, obstacles, report).await?;
        let mut gone = self.gone().await?;
        let mut gone_before = before;
        if round == Round::Whole && !gone.is_subset(&gone_before) {
            // While we looked it may have been moved into a folder that we had read by then.
            gone_before = gone;
            let again = Reading { inbox: None, ..*self };
            round = again.round(session, obstacles, report).await?;
            gone = self.gone().await?;
        }
        if round == Round::Whole {
            gone.retain(|row| gone_before.contains(row));
            self.forget(gone, report).await?;
        }
        Ok(())
    }

    async fn round(
        &self,
        session: &mut Mail,
        obstacles: &mut Obstacles,
        report: &mut ImportReport,
    ) -> std::result::Result<Round, Fault> {
        let mut unweighed = Vec::new();
        let listed = session.folders().await?;
        let names = self.names().await?;
        let mut round = Round::Whole;
        if self.mailbox.deleted == Deleted::Forget {
            let there = listed.iter().map(|folder| folder.name.as_str());
            self.look_for_lost_folders(session, &names, there.collect()).await?;
        }
        let folders = wanted(listed, &self.mailbox.folders);
        let absent = folders.absent.iter().map(|name| {
            let way_out = "Look how the server calls it, and connect the mailbox once more";
            Issue::new("There is no such folder", way_out).in_file(self.label(names.shown(name)))
        });
        self.note(absent.collect(), report).await?;
        let order = obstacles.order(&folders.there, self.tempo.left_out_for);
        if !order.left_out.is_empty() || !folders.absent.is_empty() {
            round = Round::InPart;
        }
        let mut fault = None;
        for folder in &order.read {
            if self.options.stop.is_wished() {
                report.stopped = true;
                return Ok(Round::InPart);
            }
            let shown = names.shown(folder);
            let had = report.messages + report.message_doubles;
            match read_folder(self, session, &names, folder, report).await {
                Ok(read) => {
                    obstacles.passed(folder);
                    unweighed.extend(read.unweighed);
                    if read.is_left_out {
                        round = Round::InPart;
                    }
                }
                // It was renamed or removed since the list was made, or may not be read.
                Err(Fault::Mail(error)) if is_of_folder(&error) => {
                    let issue = fault::issue(&error, &self.label(shown));
                    self.note(vec![issue], report).await?;
                    round = Round::InPart;
                }
                Err(Fault::Mail(error)) => {
                    let brought = report.messages + report.message_doubles > had;
                    let is_left_out = obstacles.ended_in(folder, brought);
                    let is_worth_a_word = is_left_out && !error.kind.leaves_session();
                    if is_worth_a_word {
                        let issue = fault::issue(&error, &self.label(shown));
                        self.note(vec![issue], report).await?;
                    }
                    fault = Some((Fault::InFolder(shown.to_owned(), error), is_left_out));
                    break;
                }
                Err(other) => return Err(other),
            }
        }
        if report.stopped {
            return Ok(Round::InPart);
        }
        // Whoever is read last has all others behind it.
        if fault.as_ref().is_none_or(|(_, is_last)| *is_last) {
            self.weigh(unweighed, report).await?;
        }
        fault.map_or(Ok(round), |(fault, _)| Err(fault))
    }

    /// Works out what all mail tells together, once folders were read that it was not worked out with.
    async fn weigh(
        &self,
        unweighed: Vec<(i64, Position)>,
        report: &mut ImportReport,
    ) -> std::result::Result<(), Fault> {
        if unweighed.is_empty() {
            return Ok(());
        }
        self.inroad.after_mail(report).await?;
        for (folder, mut position) in unweighed {
            position.is_weighed = true;
            let step = SyncStep { position: Some(position.to_json()?), ..SyncStep::default() };
            self.inroad.store.sync_step(folder, &step, (self.tempo.now)()).await?;
        }
        Ok(())
    }

    async fn note(&self, issues: Vec<Issue>, report: &mut ImportReport) -> Result<()> {
        self.inroad.note_issues(issues, self.options, report).await
    }

    /// What the messages of a folder are said to come from, by the name under which it is shown.
    fn label(&self, shown: &str) -> String {
        format!("{}/{shown}", self.kept.connection.name)
    }

    async fn names(&self) -> Result<Names> {
        let kept = self.inroad.store.sync_folders(self.kept.id).await?;
        Ok(Names::new(self.inroad.file_key().await?, kept))
    }
}

/// Whether the server refuses something about one folder and is ready for the next.
fn is_of_folder(error: &inroad_imap::Error) -> bool {
    matches!(error.kind, Kind::FolderGone | Kind::NotAllowed | Kind::Refused)
}
