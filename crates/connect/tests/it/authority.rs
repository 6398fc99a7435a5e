//! A server for tokens on this machine. It is as strict as a provider: a code counts once, and only
//! with the proof that belongs to what was begun.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use inroad_connect::WebAddress;
use inroad_connect::oauth::{Authority, Client};
use inroad_connect::providers::RedirectHost;
use sha2::{Digest, Sha256};

pub(crate) type Fields = BTreeMap<String, String>;

/// What it answers next, where it does not answer by its own rules.
#[derive(Debug, Clone)]
pub(crate) struct Says(pub(crate) u16, pub(crate) &'static str, pub(crate) String);

#[derive(Debug, Default)]
struct State {
    /// Codes that were given, with the challenge and the redirect of each.
    codes: BTreeMap<String, (String, String)>,
    /// The one token that counts for renewing.
    refresh: String,
    count: usize,
    says: Vec<Says>,
    asked: Vec<(String, Fields)>,
}

/// The server. It lives as long as its listener's thread does.
#[derive(Debug, Clone)]
pub(crate) struct StandIn {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl StandIn {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State { refresh: "refresh-0".to_owned(), ..State::default() };
        let server = Self { port, state: Arc::new(Mutex::new(state)) };
        let served = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                served.serve(stream);
            }
        });
        server
    }

    /// What it answers next, one for each question, before its own rules count again.
    pub(crate) fn says(self, says: &[(u16, &str)]) -> Self {
        let says = says.iter().map(|(status, body)| Says(*status, "", (*body).to_owned()));
        self.state.lock().unwrap().says = says.collect();
        self
    }

    pub(crate) fn says_with(self, status: u16, head: &'static str, body: &str) -> Self {
        self.state.lock().unwrap().says = vec![Says(status, head, body.to_owned())];
        self
    }

    /// The forms that came, each with its path.
    pub(crate) fn asked(&self) -> Vec<(String, Fields)> {
        self.state.lock().unwrap().asked.clone()
    }

    pub(crate) fn authority(&self) -> Authority {
        let at = |path| WebAddress::new(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap();
        Authority {
            authorize: at("/authorize"),
            token: at("/token"),
            device: Some(at("/device")),
            issuer: Some("https://id.example".to_owned()),
            redirect_host: RedirectHost::Number,
            extra: vec![("prompt".to_owned(), "consent".to_owned())],
        }
    }

    pub(crate) fn client() -> Client {
        Client::new("inroad-of-jana", None).unwrap()
    }

    /// A person who says yes in the browser: the code that the server gives them.
    pub(crate) fn agree(&self, url: &str) -> (String, Fields) {
        let url = url::Url::parse(url).unwrap();
        let asked: Fields = url.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut state = self.state.lock().unwrap();
        state.count += 1;
        let code = format!("code-{}", state.count);
        let held = (asked["code_challenge"].clone(), asked["redirect_uri"].clone());
        state.codes.insert(code.clone(), held);
        (code, asked)
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).unwrap();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim().split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let fields: Fields = url::form_urlencoded::parse(&body).into_owned().collect();
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let Says(status, head, body) = self.answer(&path, &fields);
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n{head}\r\n{body}"
        );
        // A client may have gone away, as one does that reads too much.
        drop(stream.write_all(answer.as_bytes()));
    }

    fn answer(&self, path: &str, fields: &Fields) -> Says {
        let mut state = self.state.lock().unwrap();
        state.asked.push((path.to_owned(), fields.clone()));
        if !state.says.is_empty() {
            return state.says.remove(0);
        }
        let no = |code: &str| Says(400, "", format!("{{\"error\": \"{code}\"}}"));
        if fields.get("client_id").map(String::as_str) != Some("inroad-of-jana") {
            return Says(401, "", "{\"error\": \"invalid_client\"}".to_owned());
        }
        match fields.get("grant_type").map(String::as_str) {
            Some("authorization_code") => {
                let Some((challenge, redirect)) = state.codes.remove(&fields["code"]) else {
                    return no("invalid_grant");
                };
                let verifier = fields["code_verifier"].as_bytes();
                let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
                if proof != challenge || fields["redirect_uri"] != redirect {
                    return no("invalid_grant");
                }
            }
            Some("refresh_token") if fields["refresh_token"] == state.refresh => {}
            _ => return no("invalid_grant"),
        }
        state.count += 1;
        let count = state.count;
        state.refresh = format!("refresh-{count}");
        let body = format!(
            "{{\"access_token\": \"access-{count}\", \"token_type\": \"Bearer\", \
             \"expires_in\": 3600, \"refresh_token\": \"refresh-{count}\"}}"
        );
        Says(200, "", body)
    }
}
