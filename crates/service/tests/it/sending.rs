//! A letter is shown, let go by a person's act on it, and goes once: over a real mail server, into real folders.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inroad_model::{
    Connection, ConnectionName, Deleted, Entry, FoldersWanted, MailboxConnection, Reads, Remark,
    Security, ServerAddress, Subject,
};
use inroad_service::{
    Answering, CopyState, Error, LetGo, LetGoState, Passwords, ReadOnce, SendAct, SendAsked,
    SendLook, SendWay, Stop,
};

use crate::desk::{Desk, day, email, store};
use crate::letters::{JANA, ME, letter};

/// The servers that `cargo xtask test` starts.
struct Servers {
    imap_port: u16,
    password: String,
    smtp_port: u16,
    authority: PathBuf,
    letters: PathBuf,
}

impl Servers {
    fn found() -> Option<Self> {
        let told = |name: &str| std::env::var(name).ok();
        let found = (|| {
            Some(Self {
                imap_port: told("INROAD_IMAP_PORT")?.parse().ok()?,
                password: told("INROAD_IMAP_PASSWORD")?,
                smtp_port: told("INROAD_RECEIVER_TLS_PORT")?.parse().ok()?,
                authority: told("INROAD_RECEIVER_AUTHORITY")?.into(),
                letters: told("INROAD_RECEIVER_FOLDER")?.into(),
            })
        })();
        if found.is_none() {
            println!("SKIPPED: no mail servers were started (cargo xtask test does)");
        }
        found
    }

    /// What the receiver keeps of letters that hold a word: sender, recipients, and the letter.
    fn kept(&self, word: &str) -> Vec<String> {
        let entries = std::fs::read_dir(&self.letters).unwrap();
        let texts = entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        texts.filter(|text| text.contains(word)).collect()
    }
}

/// Another mail program, which has the same mailbox open.
struct Other {
    stream: TcpStream,
    lines: std::io::Lines<BufReader<TcpStream>>,
}

impl Other {
    fn of(servers: &Servers, user: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", servers.imap_port)).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let mut other = Self { stream, lines };
        other.says(&format!("LOGIN {user} \"{}\"", servers.password));
        other
    }

    /// What the server answers to a command.
    fn says(&mut self, command: &str) -> String {
        write!(self.stream, "x {command}\r\n").unwrap();
        self.answer(command)
    }

    fn answer(&mut self, command: &str) -> String {
        let mut heard = String::new();
        loop {
            let line = self.lines.next().unwrap().unwrap();
            if line.starts_with("x ") {
                assert!(line.starts_with("x OK"), "{command}: {line}");
                return heard;
            }
            heard.push_str(&line);
            heard.push('\n');
        }
    }

    fn puts(&mut self, folder: &str, letter: &str) {
        write!(self.stream, "x APPEND {folder} {{{}+}}\r\n{letter}\r\n", letter.len()).unwrap();
        self.answer("APPEND");
    }

    /// How many messages with an id lie in a folder.
    fn count(&mut self, folder: &str, id: &str) -> usize {
        self.says(&format!("EXAMINE {folder}"));
        let found = self.says(&format!("UID SEARCH HEADER Message-ID {id}"));
        let line = found.lines().find(|line| line.starts_with("* SEARCH")).unwrap();
        line.split_whitespace().count() - 2
    }
}

const SENT: &str = "Sent";
const DRAFTS: &str = "Entw&APw-rfe";

fn connection(servers: &Servers, user: &str, sends: bool) -> Connection {
    let here = |port, security| ServerAddress { host: "localhost".to_owned(), port, security };
    Connection {
        name: ConnectionName::new(ME).unwrap(),
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            public_only: false,
            address: email(ME),
            user: user.to_owned(),
            imap: here(servers.imap_port, Security::Plain),
            sign_in: inroad_model::SignIn::Password,
            submission: sends.then(|| here(servers.smtp_port, Security::Tls)),
            authority: Some(servers.authority.clone()),
            since: None,
            folders: FoldersWanted::Usual,
            deleted: Deleted::Keep,
        })),
    }
}

fn passwords(data: &Path) -> Passwords {
    Passwords::beside(data, None, Arc::new(|_is_new| Ok(Some("four plain words here".to_owned()))))
}

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"}]}]}"#;

struct Sender {
    desk: Desk,
    servers: Servers,
    user: String,
}

impl Sender {
    async fn new(user: &str, sends: bool) -> Option<Self> {
        let servers = Servers::found()?;
        let desk = Desk::new().await;
        desk.take("deals.json", DEALS).await;
        let mut theirs = letter(JANA, ME, 2, "How soon could you begin?")
            .called("q2@l.example", "Re: Warehouse");
        theirs.headers.push_str(
            "In-Reply-To: <q1@studio.example>\nReferences: <q0@l.example> <q1@studio.example>\n",
        );
        desk.take_letters(&[
            letter(ME, JANA, 1, "Here is the offer.").called("q1@studio.example", "Warehouse"),
            theirs,
        ])
        .await;
        let passwords = passwords(desk.inroad.path());
        let connection = connection(&servers, user, sends);
        desk.inroad
            .connect(&connection, servers.password.clone(), &passwords, day(3))
            .await
            .unwrap();
        Some(Self { desk, servers, user: user.to_owned() })
    }

    fn other(&self) -> Other {
        Other::of(&self.servers, &self.user)
    }

    async fn look(&self, asked: &SendAsked) -> SendLook {
        self.desk.inroad.look_before_sending(asked, day(20)).await.unwrap()
    }

    async fn act(&self, act: SendAct) -> Result<LetGo, Error> {
        let passwords = passwords(self.desk.inroad.path());
        self.desk.inroad.let_go(act, &passwords, day(20)).await
    }

    /// Shows it, and lets go what was shown.
    async fn goes(&self, asked: &SendAsked, way: SendWay) -> LetGo {
        let look = self.look(asked).await;
        self.act(agreed(&look, way)).await.unwrap()
    }

    async fn settle(&self) {
        let passwords = passwords(self.desk.inroad.path());
        self.desk.inroad.settle_what_was_begun(&passwords).await.unwrap();
    }

    async fn messages(&self) -> u64 {
        let health = self.desk.inroad.diagnose().await.unwrap().health;
        health.counts.iter().find(|(noun, _)| *noun == "messages").unwrap().1
    }
}

/// A letter in which the coach finds nothing to hold up, with a word by which it is known.
fn asked(to: &str, word: &str) -> SendAsked {
    SendAsked {
        to: to.to_owned(),
        // To somebody who never wrote nothing is answered.
        subject: if to.contains("jana") { "Re: Warehouse" } else { "Beams" }.to_owned(),
        text: format!(
            "Hi Jana,\n\nwe could begin in the second week of May, {word}. Would that suit you? If not, just \
             tell me.\n.\nMarta\n"
        ),
        ..SendAsked::default()
    }
}

fn agreed(look: &SendLook, way: SendWay) -> SendAct {
    let approval = look.approval.clone().unwrap();
    SendAct { asked: look.asked.clone(), way, approval, although: None }
}

fn conflict(done: &Result<LetGo, Error>, words: &str) {
    let is_it = matches!(done, Err(Error::Conflict { what }) if what.contains(words));
    assert!(is_it, "{done:?}");
}

#[tokio::test]
async fn a_letter_goes_once_as_it_was_shown() {
    let Some(sender) = Sender::new("seller14", true).await else { return };
    let before = sender.messages().await;
    let mut asked = asked("Jana Kühn <jana@lindner.example>", "walnut");
    asked.bcc = "boss@studio.example".to_owned();
    let look = sender.look(&asked).await;
    assert_eq!(look.recipients, [email("jana@lindner.example"), email("boss@studio.example")]);
    assert_eq!(look.letter.text.trim_end(), asked.text.trim_end());
    assert_eq!(look.letter.from.as_ref().unwrap().to_string(), "Marta Sol <marta@studio.example>");
    assert!(look.held.is_empty() && look.forbidden.is_empty(), "{:?}", look.held);
    assert!(sender.servers.kept("walnut").is_empty(), "to look sends nothing");

    let went = sender.act(agreed(&look, SendWay::Now)).await.unwrap();
    assert_eq!((went.state, went.copy), (LetGoState::Went, CopyState::Filed), "{went:?}");
    let kept = sender.servers.kept("walnut");
    assert_eq!(kept.len(), 1);
    let (envelope, bytes) = kept[0].split_once("Date:").unwrap();
    assert_eq!(envelope, "marta@studio.example\njana@lindner.example boss@studio.example\n");
    assert_eq!(
        format!("Date:{bytes}").replace("\r\n", "\n"),
        look.source,
        "byte by byte what was shown"
    );
    assert!(!bytes.contains("boss@"));
    assert!(bytes.contains("In-Reply-To: <q2@l.example>"), "{bytes}");
    let ids = ["<q0@l.example>", "<q1@studio.example>", "<q2@l.example>"];
    let (_, references) = bytes.split_once("References:").unwrap();
    let places: Vec<Option<usize>> = ids.iter().map(|id| references.find(id)).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{references}");

    let id = went.message_id.as_str();
    assert_eq!(sender.other().count(SENT, id), 1);
    assert_eq!(sender.messages().await, before + 1);
    assert_eq!(
        sender.desk.inroad.read_kept(&went.message_id, day(21)).await.unwrap().message.bcc.len(),
        1
    );
    // Read from the server, it is the same letter.
    let how = ReadOnce { only: None, stop: Stop::default() };
    let passwords = passwords(sender.desk.inroad.path());
    sender.desk.inroad.read_once(&how, &passwords, &|_, _| ()).await.unwrap();
    assert_eq!(sender.messages().await, before + 1);

    conflict(&sender.act(agreed(&look, SendWay::Now)).await, "was let go before");
    conflict(&sender.act(agreed(&look, SendWay::Drafts)).await, "was let go before");
    sender.settle().await;
    assert_eq!(sender.servers.kept("walnut").len(), 1);
    assert_eq!(sender.other().count(SENT, id), 1);
    let page = sender.desk.inroad.let_go_letters(10, 0).await.unwrap();
    assert_eq!((page.count, page.letters[0].state), (1, LetGoState::Went));
}

type Change = fn(&mut SendAsked);

#[tokio::test]
async fn only_what_was_shown_goes() {
    let Some(sender) = Sender::new("seller10", true).await else { return };
    let look = sender.look(&asked("jana@lindner.example", "hazel")).await;
    let good = agreed(&look, SendWay::Now);
    let changes: [Change; 6] = [
        |asked| asked.text.push_str("P.S. One more thing.\n"),
        |asked| asked.to.push_str(", omar@lindner.example"),
        |asked| asked.bcc = "omar@lindner.example".to_owned(),
        |asked| asked.to = "omar@lindner.example".to_owned(),
        |asked| asked.subject = "Re: Warehouses".to_owned(),
        |asked| asked.answering = Answering::Nothing,
    ];
    for change in changes {
        let mut other = good.clone();
        change(&mut other.asked);
        conflict(&sender.act(other).await, "not the letter that was shown");
    }
    let passwords = passwords(sender.desk.inroad.path());
    let later = sender.desk.inroad.let_go(good.clone(), &passwords, day(21)).await;
    conflict(&later, "more than an hour ago");
    assert!(sender.servers.kept("hazel").is_empty());
    assert_eq!(sender.desk.inroad.let_go_letters(9, 0).await.unwrap().count, 0);
    // Two clicks at once are one letter.
    let (one, two) = tokio::join!(sender.act(good.clone()), sender.act(good));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(sender.servers.kept("hazel").len(), 1);
}

#[tokio::test]
async fn a_draft_waits_in_the_mail_program() {
    let Some(sender) = Sender::new("seller11", false).await else { return };
    let mut asked = asked("jana@lindner.example", "larch");
    asked.bcc = "boss@studio.example".to_owned();
    let look = sender.look(&asked).await;
    assert!(!look.can_send);
    let refused = sender.act(agreed(&look, SendWay::Now)).await;
    let Err(Error::Invalid { what }) = refused else { panic!("{refused:?}") };
    assert!(what.contains("--smtp"), "{what}");
    let before = sender.messages().await;
    let put = sender.goes(&asked, SendWay::Drafts).await;
    assert_eq!((put.state, put.copy), (LetGoState::Went, CopyState::None), "{put:?}");
    let mut other = sender.other();
    assert_eq!(other.count(DRAFTS, put.message_id.as_str()), 1);
    let flags = other.says("FETCH 1:* (FLAGS BODY.PEEK[HEADER])");
    assert!(flags.contains("\\Draft") && flags.contains("boss@studio.example"), "{flags}");
    assert_eq!(other.count(SENT, put.message_id.as_str()), 0);
    assert_eq!(sender.messages().await, before, "what was not sent is no letter");
    assert!(sender.servers.kept("larch").is_empty());
}

#[tokio::test]
async fn whoever_is_left_alone_gets_nothing() {
    let Some(sender) = Sender::new("seller10", true).await else { return };
    let inroad = &sender.desk.inroad;
    let asked = asked("jana+work@lindner.example", "alder");
    // Shown before they asked, let go after.
    let early = sender.look(&asked).await;
    let whom = Subject::Person(email("jana@lindner.example"));
    inroad.leave_alone(whom, "They asked on the phone", day(3)).await.unwrap();
    for way in [SendWay::Now, SendWay::Drafts] {
        let mut act = agreed(&early, way);
        act.although = Remark::new("They are a friend").ok();
        let refused = sender.act(act).await;
        assert!(matches!(&refused, Err(Error::Forbidden { .. })), "{refused:?}");
    }
    let look = sender.look(&asked).await;
    assert!(look.approval.is_none());
    assert!(look.forbidden[0].why.contains("whom not to write to"), "{:?}", look.forbidden);
    for hidden in ["omar@acme.example, jana@lindner.example", "JANA@Lindner.example"] {
        for field in 0..3 {
            let mut asked = SendAsked { to: "omar@acme.example".to_owned(), ..asked.clone() };
            *[&mut asked.to, &mut asked.cc, &mut asked.bcc][field] = hidden.to_owned();
            assert!(sender.look(&asked).await.approval.is_none(), "{hidden}");
        }
    }
    let planned = inroad.remind_to_send(&asked, None, day(25).date(), day(20)).await;
    assert!(matches!(planned, Err(Error::Forbidden { .. })));
    assert!(sender.servers.kept("alder").is_empty());
    assert_eq!(inroad.let_go_letters(9, 0).await.unwrap().count, 0);
}

#[tokio::test]
async fn what_the_coach_holds_up_goes_by_a_reason_alone() {
    let Some(sender) = Sender::new("seller10", true).await else { return };
    let mut asked = asked("jana@lindner.example", "rowan");
    asked.text.push_str("\nFor [COMPANY]\n");
    let look = sender.look(&asked).await;
    assert!(!look.held.is_empty());
    let act = agreed(&look, SendWay::Now);
    conflict(&sender.act(act.clone()).await, "Held up");
    assert!(sender.servers.kept("rowan").is_empty());
    let because = Remark::new("It is the name of their product").unwrap();
    let went = sender.act(SendAct { although: Some(because.clone()), ..act }).await.unwrap();
    let overruled = went.overruled.unwrap();
    assert!(overruled.because == because && !overruled.findings.is_empty());
    assert_eq!(sender.servers.kept("rowan").len(), 1);
}

#[tokio::test]
async fn what_nobody_can_tell_is_looked_for_and_never_sent_again() {
    let Some(sender) = Sender::new("seller12", true).await else { return };
    let refused = sender.goes(&asked("nobody@lindner.example", "cedar"), SendWay::Now).await;
    assert_eq!(refused.state, LetGoState::DidNotGo);
    assert!(refused.said.contains("no such user"), "{}", refused.said);
    assert!(sender.servers.kept("cedar").is_empty());

    let look = sender.look(&asked("breaks@lindner.example", "maple")).await;
    let went = sender.act(agreed(&look, SendWay::Now)).await.unwrap();
    assert_eq!(went.state, LetGoState::Unknown, "{went:?}");
    conflict(&sender.act(agreed(&look, SendWay::Now)).await, "nobody can tell");
    let state = async |number| sender.desk.inroad.let_go_letter(number).await.unwrap();
    for _ in 0..2 {
        sender.settle().await;
        let shown = state(went.number).await;
        assert_eq!(shown.state, LetGoState::Unknown);
        assert!(shown.said.contains("look in your mail program"), "{}", shown.said);
    }
    assert_eq!(sender.servers.kept("maple").len(), 1, "never sent again");
    // Another program, or the server, files it later.
    let before = sender.messages().await;
    sender.other().puts(SENT, &look.source.replace('\n', "\r\n"));
    sender.settle().await;
    let shown = state(went.number).await;
    assert_eq!((shown.state, shown.copy), (LetGoState::Went, CopyState::WasThere));
    assert_eq!(sender.messages().await, before + 1);
    assert_eq!(sender.other().count(SENT, went.message_id.as_str()), 1);

    let other = sender.goes(&asked("breaks@lindner.example", "elder"), SendWay::Now).await;
    sender.desk.inroad.say_what_became(other.number, false, day(20)).await.unwrap();
    let shown = state(other.number).await;
    assert!(shown.state == LetGoState::DidNotGo && shown.by_person);
    let again = sender.desk.inroad.say_what_became(other.number, true, day(20)).await;
    assert!(matches!(again, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn a_wrong_server_is_told_when_it_is_connected() {
    let Some(servers) = Servers::found() else { return };
    let desk = Desk::new().await;
    let passwords = passwords(desk.inroad.path());
    let mut wrong = connection(&servers, "seller10", true);
    let Reads::Mailbox(mailbox) = &mut wrong.reads else { panic!() };
    mailbox.submission.as_mut().unwrap().port = 1;
    let refused = desk.inroad.connect(&wrong, servers.password.clone(), &passwords, day(1)).await;
    let Err(Error::Unavailable { what }) = refused else { panic!("{refused:?}") };
    assert!(what.contains("cannot be reached") && what.contains("--smtp"), "{what}");
    assert!(desk.inroad.connections().await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_is_erased_is_gone_from_what_was_sent() {
    let Some(sender) = Sender::new("seller13", true).await else { return };
    let went = sender.goes(&asked("Jana Kühn <jana@lindner.example>", "birch"), SendWay::Now).await;
    let other = sender.goes(&asked("tom@acme.example", "spruce"), SendWay::Drafts).await;
    let inroad = &sender.desk.inroad;
    inroad.erase(&email("jana@lindner.example"), &[], day(21)).await.unwrap();
    let left = inroad.let_go_letters(9, 0).await.unwrap();
    assert_eq!(left.letters.iter().map(|one| one.number).collect::<Vec<_>>(), [other.number]);
    assert!(matches!(inroad.let_go_letter(went.number).await, Err(Error::NotFound { .. })));
    let look = async |words: &[&str]| {
        let store = store(inroad.path()).await;
        let mut found = Vec::new();
        store
            .every_value(&mut |place, bytes| {
                let text = String::from_utf8_lossy(bytes).to_lowercase();
                if words.iter().any(|word| text.contains(word)) {
                    found.push(format!("{place}: {text}"));
                }
            })
            .await
            .unwrap();
        store.close().await.unwrap();
        found
    };
    assert_eq!(look(&["jana@lindner", "kühn", "birch"]).await, Vec::<String>::new());
    // The owner of a mailbox that is not the user's own any more goes with all that went over it.
    inroad.set_seller(None, vec![email("new@studio.example")]).await.unwrap();
    inroad.erase(&email(ME), &[], day(22)).await.unwrap();
    assert_eq!(inroad.let_go_letters(9, 0).await.unwrap().count, 0);
    assert!(inroad.connections().await.unwrap().is_empty());
    assert_eq!(look(&["marta@studio"]).await, Vec::<String>::new());
}

#[tokio::test]
async fn send_at_is_a_plan_and_sends_nothing() {
    let Some(sender) = Sender::new("seller10", true).await else { return };
    let inroad = &sender.desk.inroad;
    let asked = asked("jana@lindner.example", "aspen");
    let done = inroad.remind_to_send(&asked, None, day(25).date(), day(20)).await.unwrap();
    let entries = inroad.entries(day(20)).await.unwrap();
    let plan = entries.iter().find(|kept| kept.number == done.what).unwrap();
    let Entry::Plan { day: on, with, what, .. } = &plan.entry else { panic!("{plan:?}") };
    assert_eq!((*on, with.as_ref()), (day(25).date(), Some(&email("jana@lindner.example"))));
    assert_eq!(what.as_str(), "Send your letter: Re: Warehouse");
    assert!(inroad.remind_to_send(&asked, None, day(19).date(), day(20)).await.is_err());
    sender.settle().await;
    assert!(sender.servers.kept("aspen").is_empty());
    assert_eq!(inroad.let_go_letters(9, 0).await.unwrap().count, 0);
}
