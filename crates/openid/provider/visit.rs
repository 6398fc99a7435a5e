//! Somebody who signs in at the identity provider of the tests, as a browser does: by redirects and cookies.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// The provider that `cargo xtask test` started.
pub(crate) struct Provider {
    pub issuer: String,
    pub client: String,
    pub secret: String,
}

impl Provider {
    /// `None`, with a word about it, where none was started.
    pub(crate) fn there() -> Option<Self> {
        let told = |name| std::env::var(name).ok();
        let found = || {
            Some(Self {
                issuer: told("INROAD_OPENID_ISSUER")?,
                client: told("INROAD_OPENID_CLIENT")?,
                secret: told("INROAD_OPENID_SECRET")?,
            })
        };
        let found = found();
        if found.is_none() {
            println!("SKIPPED: no identity provider was started (cargo xtask test does)");
        }
        found
    }

    /// Goes to `address`, signs in as `account` there, and gives the address to which the provider leads back. `way` is
    /// how it then speaks in its token; `""` is as it should.
    pub(crate) fn sign_in(&self, address: &str, account: &str, way: &str) -> String {
        let mut browser = Browser { issuer: &self.issuer, cookies: BTreeMap::new() };
        let form = browser.get(address);
        browser.post(&form, &format!("account={account}&way={way}"))
    }

    /// The same by somebody who does not agree.
    pub(crate) fn refuse(&self, address: &str) -> String {
        let mut browser = Browser { issuer: &self.issuer, cookies: BTreeMap::new() };
        let form = browser.get(address);
        browser.post(&form, "no=1")
    }
}

struct Browser<'p> {
    issuer: &'p str,
    cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    /// Where redirects end: at a form of the provider, or elsewhere.
    fn get(&mut self, address: &str) -> String {
        let mut address = address.to_owned();
        while address.starts_with(self.issuer) {
            match self.ask("GET", &address, "") {
                Some(next) => address = next,
                None => break,
            }
        }
        address
    }

    fn post(&mut self, address: &str, form: &str) -> String {
        let next = self.ask("POST", address, form).unwrap();
        self.get(&next)
    }

    /// Where the answer leads.
    fn ask(&mut self, method: &str, address: &str, form: &str) -> Option<String> {
        let host = self.issuer.strip_prefix("http://").unwrap();
        let path = address.strip_prefix(self.issuer).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            cookies.join("; "),
            form.len()
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let head = answer.split("\r\n\r\n").next().unwrap();
        let status = head.split(' ').nth(1).unwrap();
        assert!(matches!(status, "200" | "302" | "303"), "{method} {path}: {answer}");
        let mut next = None;
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            } else if name.eq_ignore_ascii_case("location") {
                let is_whole = value.starts_with("http");
                next = Some(if is_whole {
                    value.to_owned()
                } else {
                    format!("{}{value}", self.issuer)
                });
            }
        }
        next
    }
}

/// A field of the query of an address, as it was before it was written there.
pub(crate) fn field(address: &str, name: &str) -> Option<String> {
    let query = address.split_once('?')?.1;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.replace("%3A", ":").replace("%2F", "/"))
}
