//! A server over a small mailbox, and the little HTTP that the tests speak.

use std::path::PathBuf;
use std::sync::Arc;

use inroad_model::Connection;
use inroad_service::{ImportOptions, Inroad, Passwords, Sample};
use inroad_web::{Key, Reach, SampleSettings, Server, Settings};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Mail of a buyer who tries what a page might do with it.
pub(crate) const MAIL: &str = "\
From ada@brandt-advice.example Mon Jan  5 09:00:00 2026
From: Ada Brandt <ada@brandt-advice.example>
To: Jana <jana@lindner.example>
Date: Mon, 5 Jan 2026 09:00:00 +0100
Message-ID: <m1@brandt-advice.example>
Subject: Pricing

Hello Jana, when may I call?

From jana@lindner.example Mon Jan  5 15:00:00 2026
From: =?utf-8?q?Jana_=3Cscript=3Ealert=281=29=3C/script=3E?= <jana@lindner.example>
To: Ada Brandt <ada@brandt-advice.example>
Date: Mon, 5 Jan 2026 15:00:00 +0100
Message-ID: <m2@lindner.example>
In-Reply-To: <m1@brandt-advice.example>
Subject: Re: <img src=\"http://tracker.example/1.gif\">
Content-Type: text/html; charset=utf-8

<p>Tomorrow <b>at ten</b>.</p><img src=\"http://tracker.example/2.gif\"><script>alert(2)</script>

From rik@quiet.example Mon Jan  5 16:00:00 2026
From: Rik <rik@quiet.example>
To: Ada Brandt <ada@brandt-advice.example>
Date: Mon, 5 Jan 2026 16:00:00 +0100
Message-ID: <m3@quiet.example>
Subject: Your letters

Please do not write to me again and take me off your list.

";

pub(crate) const DEALS: &str = r#"{"me": {"name": "Ada Brandt", "emails": ["ada@brandt-advice.example"]}, "deals": [
  {"id": "a/b c", "name": "Pricing & <em>more</em>", "domain": "lindner.example", "value": 48000, "currency": "EUR",
   "people": [{"email": "jana@lindner.example", "name": "Jana K\u00fchn"}]},
  {"id": "lost/1", "name": "Audit & <i>more</i>", "domain": "acme.example", "stage": "lost",
   "people": [{"email": "omar@acme.example", "name": "Omar </textarea><script>"}]},
  {"id": "quiet", "name": "Rota", "domain": "quiet.example",
   "people": [{"email": "rik@quiet.example", "name": "Rik"}]}]}"#;

/// The same as a sample.
const FILES: &[(&str, &[u8])] =
    &[("sample.mbox", MAIL.as_bytes()), ("deals.json", DEALS.as_bytes())];

/// A server that runs until it is dropped.
pub(crate) struct Site {
    pub address: String,
    pub link: String,
    pub inroad: Inroad,
    pub folder: TempDir,
    pub passwords: Option<Passwords>,
}

/// The key of the link.
pub(crate) fn key() -> Key {
    Key::new([7; 16])
}

/// The key of the forms.
pub(crate) fn form_key() -> Key {
    key().of_forms()
}

/// The name under which others ask.
pub(crate) const OTHERS: &str = "inroad.test.example";

/// The key of the forms of whoever shows that.
pub(crate) fn form_key_of(held: &str) -> String {
    let held = u128::from_str_radix(held, 16).unwrap_or_default();
    Key::new(held.to_be_bytes()).of_forms().as_str().to_owned()
}

/// The key of the forms of whoever shows that cookie.
pub(crate) fn form_key_in(cookie: &str) -> String {
    form_key_of(cookie.rsplit('=').next().unwrap())
}

impl Site {
    /// A server that others may ask, as a proxy does for them.
    pub(crate) async fn for_others() -> Self {
        Self::for_others_over(&[("mail.mbox", MAIL), ("deals.json", DEALS)]).await
    }

    /// The same over files of these names and contents.
    pub(crate) async fn for_others_over(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&folder.path().join("inroad.db")).await.unwrap();
        let written = files.iter().map(|(name, content)| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        });
        Self::import(&inroad, &written.collect::<Vec<_>>()).await;
        Self::serve_others(folder, inroad).await
    }

    /// One more program over the same data.
    #[cfg(any(feature = "oidc", feature = "passkeys"))]
    pub(crate) async fn one_more(&self) -> Self {
        let inroad = Inroad::open(self.inroad.path()).await.unwrap();
        Self::serve_others(tempfile::tempdir().unwrap(), inroad).await
    }

    async fn serve_others(folder: TempDir, inroad: Inroad) -> Self {
        let address = format!("https://{OTHERS}").parse().unwrap();
        let as_of = Some("2026-01-06T09:00:00+01:00".parse().unwrap());
        let reach = Reach::Network { listen: [127, 0, 0, 1].into(), address };
        let phrase = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
        let passwords = Some(Passwords::beside(inroad.path(), None, phrase));
        let settings = Settings { as_of, passwords, ..Settings::within(reach) };
        Self::serve(folder, inroad, settings).await
    }

    pub(crate) async fn start() -> Self {
        Self::over(MAIL).await
    }

    /// A server over another mailbox.
    pub(crate) async fn over(mail: &str) -> Self {
        Self::start_with(&[("mail.mbox", mail), ("deals.json", DEALS)]).await
    }

    /// A server over files of these names and contents.
    pub(crate) async fn start_with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = files
            .iter()
            .map(|(name, content)| {
                let path = folder.path().join(name);
                std::fs::write(&path, content).unwrap();
                path
            })
            .collect();
        let inroad = Inroad::open(&folder.path().join("inroad.db")).await.unwrap();
        if !files.is_empty() {
            Self::import(&inroad, &files).await;
        }
        let as_of = Some("2026-01-06T09:00:00+01:00".parse().unwrap());
        // Nobody tells the passphrase, but by the pages.
        let passwords = Passwords::beside(inroad.path(), None, Arc::new(|_is_new| Ok(None)));
        let passwords = Some(passwords);
        let settings = Settings { as_of, passwords, ..Settings::new(key()) };
        Self::serve(folder, inroad, settings).await
    }

    /// A server over the usual mailbox, on the day of the test, with a mailbox that is connected.
    pub(crate) async fn with_mailbox(connection: &Connection, password: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("inroad.db");
        let inroad = Inroad::open(&data).await.unwrap();
        let files = [("mail.mbox", MAIL), ("deals.json", DEALS)].map(|(name, content)| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        });
        Self::import(&inroad, &files).await;
        let phrase = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
        let passwords = Passwords::beside(&data, None, phrase);
        let now = "2026-01-06T09:00:00+01:00".parse().unwrap();
        inroad.connect(connection, password.to_owned(), &passwords, now).await.unwrap();
        let settings = Settings { passwords: Some(passwords), ..Settings::new(key()) };
        Self::serve(folder, inroad, settings).await
    }

    /// A server over a data file that holds nothing yet; beside it lies a folder for files.
    pub(crate) async fn start_empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&folder.path().join("inroad.db")).await.unwrap();
        let as_of = "2026-01-06T09:00:00+01:00".parse().unwrap();
        let sample = Sample { folder: folder.path().join("sample"), files: FILES, as_of };
        let sample = SampleSettings { sample, key: key() };
        let settings =
            Settings { as_of: Some(as_of), sample: Some(sample), ..Settings::new(key()) };
        Self::serve(folder, inroad, settings).await
    }

    pub(crate) async fn import(inroad: &Inroad, files: &[PathBuf]) {
        inroad.import(files, &ImportOptions::default(), &|_| {}).await.unwrap();
    }

    async fn serve(folder: TempDir, inroad: Inroad, settings: Settings) -> Self {
        let passwords = settings.passwords.clone();
        let server = Server::bind(inroad.clone(), settings, 0).await.unwrap();
        let link = server.link().to_owned();
        let address = server.listens_at().unwrap().to_string();
        tokio::spawn(server.run(std::future::pending()));
        Self { address, link, inroad, folder, passwords }
    }

    /// The whole answer to one request: status line, headers, body.
    pub(crate) async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> String {
        let host = headers.iter().any(|(name, _)| *name == "Host");
        let own_host = [("Host", self.address.as_str())];
        let lines: String = own_host
            .iter()
            .filter(|_| !host)
            .chain(headers)
            .fold(String::new(), |lines, (name, value)| lines + name + ": " + value + "\r\n");
        let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n");
        self.exchange(&request).await
    }

    /// The begin of an answer that does not end.
    pub(crate) async fn begin(&self, path: &str, headers: &[(&str, &str)]) -> String {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let lines = headers
            .iter()
            .fold(String::new(), |lines, (name, value)| lines + name + ": " + value + "\r\n");
        stream.write_all(format!("GET {path} HTTP/1.1\r\n{lines}\r\n").as_bytes()).await.unwrap();
        let mut answer = vec![0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..read]).into_owned()
    }

    /// Sends a form, as somebody who opened the link.
    pub(crate) async fn send(&self, path: &str, headers: &[(&str, &str)], form: &str) -> String {
        let own = [("Host", self.address.as_str()), ("Cookie", &self.cookie())];
        let lines: String = own
            .iter()
            .filter(|(name, _)| !headers.iter().any(|(other, _)| other == name))
            .chain(headers)
            .fold(String::new(), |lines, (name, value)| lines + name + ": " + value + "\r\n");
        let request = format!(
            "POST {path} HTTP/1.1\r\nConnection: close\r\n{lines}Content-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            form.len()
        );
        self.exchange(&request).await
    }

    /// Sends a form with files, as somebody who opened the link: names with what each holds.
    pub(crate) async fn send_files(
        &self,
        key: &str,
        files: &[(&str, &str)],
        chosen: &str,
    ) -> String {
        const END: &str = "--cut-here";
        let field = |name: &str, more: &str, content: &str| {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"{more}");
            format!("{END}\r\n{head}\r\n\r\n{content}\r\n")
        };
        let files = files
            .iter()
            .map(|(name, content)| field("file", &format!("; filename=\"{name}\""), content))
            .collect::<String>();
        let form = field("form_key", "", key) + &files + &field("do", "", chosen) + END + "--\r\n";
        let request = format!(
            "POST /import/upload HTTP/1.1\r\nConnection: close\r\nHost: {}\r\nCookie: {}\r\n\
             Content-Length: {}\r\nContent-Type: multipart/form-data; boundary=cut-here\r\n\r\n{form}",
            self.address,
            self.cookie(),
            form.len()
        );
        self.exchange(&request).await
    }

    async fn exchange(&self, request: &str) -> String {
        String::from_utf8_lossy(&self.exchange_bytes(request).await).into_owned()
    }

    pub(crate) async fn exchange_bytes(&self, request: &str) -> Vec<u8> {
        exchange(&self.address, request).await
    }

    /// The same, as somebody who opened the link; without our own scripts.
    pub(crate) async fn see(&self, path: &str) -> String {
        without_our_scripts(&self.see_whole(path).await)
    }

    /// The same with them.
    pub(crate) async fn see_whole(&self, path: &str) -> String {
        let cookie = format!("other=1; {}", self.cookie());
        self.ask(path, &[("Cookie", &cookie)]).await
    }

    /// The cookie that the link sets.
    pub(crate) fn cookie(&self) -> String {
        let port = self.address.rsplit(':').next().unwrap();
        format!("inroad_key_{port}={}", key().as_str())
    }
}

/// What a server answers to a request.
pub(crate) async fn exchange(address: &str, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

/// A page without the scripts that are files of this server; any other script stays in it.
fn without_our_scripts(page: &str) -> String {
    const HEAD: &str = r#"<script type="module" src="/"#;
    const TAIL: &str = r#".js"></script>"#;
    let mut rest = page;
    let mut without = String::new();
    while let Some((before, after)) = rest.split_once(HEAD) {
        without.push_str(before);
        let name =
            after.split_once(TAIL).filter(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase()));
        rest = if let Some((_, behind)) = name {
            behind
        } else {
            without.push_str(HEAD);
            after
        };
    }
    without + rest
}
