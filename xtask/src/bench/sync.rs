//! `cargo xtask bench sync`: a mailbox of 100,000 messages read by the program from Dovecot over loopback, read
//! again with nothing new, followed until new letters show on the pages; days of following two mailboxes; and
//! what disturbs a reading.
//!
//! `--messages N` another number of messages; `--parts a,b` only some of: mailbox, days, kills, faults;
//! `--program FILE` one that is built already.

mod disturbed;
mod letters;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::cost;
use super::page::Page;
use super::release;
use super::site::Site;
use crate::command;
use crate::dovecot::Dovecot;
use crate::project::Project;
use crate::server::Server;

const PERSON: &str = "seller11";
const MESSAGES: u32 = 100_000;
const PARTS: [&str; 4] = ["mailbox", "days", "kills", "faults"];
/// How often the program is run with nothing new, and how many new letters are waited for.
const AGAIN: usize = 5;
const DELIVERED: u32 = 7;
const PATIENCE: Duration = Duration::from_mins(1);
const REST: Duration = Duration::from_secs(15);
/// The pages are asked for so often until they show a letter.
const ASKED_EVERY: Duration = Duration::from_millis(50);

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let (mut messages, mut parts) = (MESSAGES, PARTS.map(str::to_owned).to_vec());
    let mut program = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().with_context(|| format!("{arg} wants a value"))?;
        match arg.as_str() {
            "--messages" => messages = value.parse().context("--messages wants a number")?,
            "--parts" => parts = value.split(',').map(str::to_owned).collect(),
            "--program" => program = Some(PathBuf::from(value).canonicalize()?),
            _ => bail!("Options: --messages N, --parts {}, --program FILE", PARTS.join(",")),
        }
    }
    let wants = |part: &str| parts.iter().any(|one| one == part);
    let folder = project.path("target/bench/sync");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut page = if wants("mailbox") {
        let program = program.map_or_else(|| release(project), Ok)?;
        mailbox(project, program, &folder, messages)?
    } else {
        Page::default()
    };
    let mut more = Vec::new();
    if wants("days") {
        more.push(disturbed::days(project, &folder)?);
    }
    if wants("kills") {
        more.push(disturbed::kills(project)?);
    }
    if wants("faults") {
        more.push(disturbed::faults(project)?);
    }
    page.part = (!more.is_empty()).then(|| more.join("\n\n"));
    Ok(page)
}

fn mailbox(project: &Project, program: PathBuf, folder: &Path, messages: u32) -> Result<Page> {
    let server = Dovecot::start(project)?;
    eprintln!("making the mail …");
    server.fill(PERSON, messages, letters::letter)?;
    let variable = |name: &str| {
        let found = server.variables().into_iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value).with_context(|| format!("There is no {name}"))
    };
    let (port, password) = (variable("INROAD_IMAP_PORT")?, variable("INROAD_IMAP_PASSWORD")?);
    let bytes = letters::bytes(messages);
    // The first look lets Dovecot make its index, as a server has it.
    let mut other = Other::of(&port, &password)?;
    other.says("SELECT INBOX")?;
    other.says("FETCH 1:* (RFC822.SIZE INTERNALDATE FLAGS)")?;

    let ground = Ground::new(program, folder)?;
    ground.connect(&port, &password)?;
    let mut page = Page::table(&["what", "clock s", "processor s", "resident MB"]);
    let mut row = |what: String, cost: &cost::Cost| {
        page.row(&[
            what,
            format!("{:.2}", cost.clock_s),
            format!("{:.2}", cost.processor_s()),
            format!("{:.0}", cost.resident_mb),
        ]);
    };
    eprintln!("reading …");
    row(format!("`inroad sync`, {messages} messages"), &ground.sync()?);
    let again: Result<Vec<cost::Cost>> = (0..AGAIN).map(|_| ground.sync()).collect();
    let again = cost::middle(again?).unwrap_or_default();
    row("`inroad sync` again, nothing new".to_owned(), &again);

    ground.take_deals()?;
    eprintln!("waiting for letters …");
    let [data, passphrase] = ground.arguments()?;
    let args = ["--data", &data, "serve", "--passphrase-file", &passphrase];
    let serving = Server::start(&ground.program, &args)?;
    let site = Site::of(&serving.link)?;
    ground.wait_until_listening()?;
    let (mut found, mut reviewed) = (Vec::new(), Vec::new());
    for n in 0..DELIVERED {
        // Letters do not come by the second; what one sets going in the background has ended before the next.
        std::thread::sleep(REST);
        let word = format!("marzipan{n}");
        other.puts(&letters::news(messages + n, &word))?;
        let start = Instant::now();
        let seen = |address: &str| -> Result<f64> {
            loop {
                let answer = site.ask(address)?;
                // What was searched for is marked.
                let plain =
                    String::from_utf8_lossy(&answer).replace("<mark>", "").replace("</mark>", "");
                if plain.contains(&format!("Crane {word}")) {
                    return Ok(start.elapsed().as_secs_f64());
                }
                ensure!(start.elapsed() < PATIENCE, "{word} does not come to {address}");
                std::thread::sleep(ASKED_EVERY);
            }
        };
        found.push(seen(&format!("/search?q={word}"))?);
        reviewed.push(seen("/deals/d1/timeline")?);
    }
    let worst = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
    for (what, times) in [("found by the search", &found), ("in the review of its deal", &reviewed)]
    {
        page.row(&[
            format!("a new letter is {what}, median (slowest of {DELIVERED})"),
            format!("{:.2} ({:.2})", super::median(times.clone()), worst(times)),
            "–".to_owned(),
            serving.resident_mb().map_or_else(|| "–".to_owned(), |mb| format!("{mb:.0}")),
        ]);
    }
    let data = std::fs::metadata(&ground.data)?.len();
    page.notes.push(format!(
        "The mailbox: {messages} letters in one folder, {:.0} MB, between one seller and 20,000 people, with \
         quotes, signatures, some HTML and some files; a Maildir whose index Dovecot has made. The data file \
         holds {:.0} MB afterwards. Every run opens the sealed passwords first, which is meant to take its \
         time. Server and program share the two cores. Resident memory of a reading is the most that it ever \
         held, of the rows below what the served program held then. *Nothing new*: the median of {AGAIN} runs. New letters come every {} seconds, and are looked \
         for on pages that are asked for every {} ms, from the moment at which the server has them.",
        bytes as f64 / 1e6,
        data as f64 / 1e6,
        REST.as_secs(),
        ASKED_EVERY.as_millis(),
    ));
    page.notes.push(
        "The aims: 100,000 messages in under 120 s and 300 MB, nothing new in under 1 s, a new letter in the \
         review within 3 s."
            .to_owned(),
    );
    Ok(page)
}

/// The program and its data file.
struct Ground {
    program: PathBuf,
    folder: PathBuf,
    data: PathBuf,
    passphrase: PathBuf,
}

impl Ground {
    fn new(program: PathBuf, folder: &Path) -> Result<Self> {
        let passphrase = folder.join("passphrase");
        std::fs::write(&passphrase, "four plain words here\n")?;
        // A file that others may read is refused.
        command::run(Command::new("chmod").arg("600").arg(&passphrase))?;
        let folder = folder.to_owned();
        Ok(Self { program, data: folder.join("inroad.db"), folder, passphrase })
    }

    fn inroad(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(&self.data).args(args);
        command
    }

    fn connect(&self, port: &str, password: &str) -> Result<()> {
        let file = self.folder.join("password");
        std::fs::write(&file, password)?;
        let server = format!("localhost:{port}");
        let mut connect = self.inroad(&["connect", "mailbox", letters::ME, "--all"]);
        connect.args(["--security", "none", "--user", PERSON, "--imap", &server]);
        connect.arg("--password-file").arg(file).arg("--passphrase-file").arg(&self.passphrase);
        command::run(connect.stdout(Stdio::null()))
    }

    fn sync(&self) -> Result<cost::Cost> {
        let mut sync = self.inroad(&["sync", "--passphrase-file"]);
        sync.arg(&self.passphrase);
        let (cost, status) = cost::timed(&sync, &self.folder.join("time.txt"), |time| {
            time.stdout(Stdio::null()).stdin(Stdio::null());
        })?;
        ensure!(status.success(), "{} failed", command::shown(&sync));
        Ok(cost)
    }

    /// One deal, so that there is a review for the letters to come into.
    fn take_deals(&self) -> Result<()> {
        let deals = self.folder.join("deals.json");
        std::fs::write(&deals, letters::deals())?;
        let mut import = self.inroad(&["import"]);
        command::run(import.arg(&deals).stdout(Stdio::null()))
    }

    /// The data file and the passphrase as arguments.
    fn arguments(&self) -> Result<[String; 2]> {
        let text = |path: &Path| path.to_str().map(str::to_owned).context("A path that is no text");
        Ok([text(&self.data)?, text(&self.passphrase)?])
    }

    fn wait_until_listening(&self) -> Result<()> {
        let start = Instant::now();
        loop {
            let out = self.inroad(&["status"]).output()?;
            if String::from_utf8_lossy(&out.stdout).contains("hears of what is new at once") {
                return Ok(());
            }
            ensure!(start.elapsed() < PATIENCE, "It does not listen");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// Another mail program, which has the same mailbox open.
struct Other {
    stream: TcpStream,
    lines: std::io::Lines<BufReader<TcpStream>>,
}

impl Other {
    fn of(port: &str, password: &str) -> Result<Self> {
        let stream = TcpStream::connect(format!("127.0.0.1:{port}"))?;
        stream.set_nodelay(true)?;
        let lines = BufReader::new(stream.try_clone()?).lines();
        let mut other = Self { stream, lines };
        other.says(&format!("LOGIN {PERSON} \"{password}\""))?;
        Ok(other)
    }

    fn says(&mut self, command: &str) -> Result<()> {
        write!(self.stream, "x {command}\r\n")?;
        for line in self.lines.by_ref() {
            let line = line?;
            if line.starts_with("x ") {
                ensure!(line.starts_with("x OK"), "Dovecot says: {line}");
                return Ok(());
            }
        }
        bail!("Dovecot hung up")
    }

    fn puts(&mut self, letter: &str) -> Result<()> {
        self.says(&format!("APPEND INBOX {{{}+}}\r\n{letter}", letter.len()))
    }
}
