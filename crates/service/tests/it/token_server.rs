//! A server for tokens on this machine that answers as it is told, and a browser that says yes there.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use inroad_model::OAuthServer;

/// The server; it lives as long as its listener's thread does.
#[derive(Debug, Clone)]
pub(crate) struct TokenServer {
    pub(crate) port: u16,
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    asked: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
}

impl TokenServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, answers: Arc::default(), asked: Arc::default() };
        let served = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                served.serve(stream);
            }
        });
        server
    }

    /// What it answers to the next question that nothing is told for yet.
    pub(crate) fn says(&self, status: u16, body: &str) {
        self.answers.lock().unwrap().push_back((status, body.to_owned()));
    }

    /// It gives a token, and another one to renew it with.
    pub(crate) fn gives(&self, access: &str, refresh: &str) {
        let body = format!(
            r#"{{"access_token": "{access}", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "{refresh}"}}"#
        );
        self.says(200, &body);
    }

    /// The forms that came since this was last asked.
    pub(crate) fn asked(&self) -> Vec<BTreeMap<String, String>> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// As a connection names it.
    pub(crate) fn named(&self) -> OAuthServer {
        let at = |path: &str| format!("http://127.0.0.1:{}/{path}", self.port);
        OAuthServer::Own {
            authorize: at("authorize"),
            token: at("token"),
            device: Some(at("device")),
            scopes: vec!["mail".to_owned()],
        }
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(bytes) = line.strip_prefix("content-length:") {
                length = bytes.trim().parse().unwrap();
            }
        }
        let mut form = vec![0; length];
        reader.read_exact(&mut form).unwrap();
        self.asked.lock().unwrap().push(fields(&String::from_utf8(form).unwrap()));
        let told = self.answers.lock().unwrap().pop_front();
        let (status, body) = told.unwrap_or((500, "nothing was told".to_owned()));
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        )
        .unwrap();
    }
}

/// A person who says yes in a browser: it comes back with a code. Returns the page that they see then.
pub(crate) fn agree(url: &str) -> String {
    comes_back(url, None)
}

/// The same, with another word than the one by which a sign-in knows its own answer.
pub(crate) fn comes_back(url: &str, state: Option<&str>) -> String {
    let asked = fields(url.split_once('?').unwrap().1);
    assert_eq!(asked["code_challenge_method"], "S256");
    let there = asked["redirect_uri"].strip_prefix("http://").unwrap();
    let state = state.unwrap_or(&asked["state"]);
    let mut stream = TcpStream::connect(there).unwrap();
    write!(stream, "GET /?state={state}&code=c1 HTTP/1.1\r\nHost: {there}\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

fn fields(form: &str) -> BTreeMap<String, String> {
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), unescaped(value))).collect()
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let two = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&two).unwrap(), 16).unwrap()
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
