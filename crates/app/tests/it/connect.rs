//! `inroad connect mailbox`: a server is found, a person confirms it, and signs in by password or at the
//! provider.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::token_server::{TokenServer, agree};

/// What one run came to.
struct Ran {
    success: bool,
    /// Everything that it said.
    said: String,
}

fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.arg("--data").arg(data).args(args);
    command.env("INROAD_PASSPHRASE", "four plain words here").stdin(Stdio::null());
    command
}

fn run(data: &Path, args: &[&str]) -> Ran {
    let done = command(data, args).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    Ran { success: done.status.success(), said: String::from_utf8(said).unwrap() }
}

#[test]
fn a_server_is_found_and_nothing_is_taken_unconfirmed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let check = |args: &[&str], expected: &[&str]| {
        let ran = run(&data, &[&["connect", "mailbox"], args].concat());
        assert!(!ran.success, "{}", ran.said);
        for words in expected {
            assert!(ran.said.contains(words), "{words}: {}", ran.said);
        }
    };
    check(
        &["ada@gmail.com"],
        &[
            "imap.gmail.com, port 993, encrypted",
            "found: inroad knows Gmail and Google Workspace; nobody was asked",
            "--oauth --client-id ID",
            "Take the first with --yes, or name one: --imap imap.gmail.com",
        ],
    );
    check(&["ada@gmail.com", "--yes"], &["--password-file"]);
    check(&["ada@outlook.com", "--yes"], &["takes no password from other programs"]);
    check(&["ada@gmail.com", "--yes", "--oauth"], &["--client-id"]);
    check(
        &["ada@posteo.de", "--yes", "--oauth", "--client-id", "x"],
        &["no sign-in for posteo.de"],
    );
    check(
        &["ada@brandt-advice.example"],
        &["No server was found for ada@brandt-advice.example", "--ask domain", "--imap HOST"],
    );
    check(&["ada@gmail.com", "--client-id", "x"], &["--oauth"]);
}

/// Where Dovecot is, and a token that opens seller1 there.
fn dovecot() -> Option<(String, String)> {
    let told = |name| std::env::var(name).ok();
    let found = told("INROAD_IMAP_PORT").zip(told("INROAD_IMAP_TOKEN"));
    if found.is_none() {
        println!("SKIPPED: no Dovecot was started (cargo xtask test does)");
    }
    found
}

/// Everything that is said about a mailbox at which one signs in at a provider.
fn by_oauth(port: &str, provider: &TokenServer) -> Vec<String> {
    let at = |path: &str| format!("http://127.0.0.1:{}/{path}", provider.port);
    let words = [
        "connect",
        "mailbox",
        "ada@brandt-advice.example",
        "--imap",
        &format!("127.0.0.1:{port}"),
        "--security",
        "none",
        "--user",
        "seller1",
        "--oauth",
        "--client-id",
        "inroad-of-ada",
        "--authorize-url",
        &at("authorize"),
        "--token-url",
        &at("token"),
        "--device-url",
        &at("device"),
        "--scope",
        "mail",
    ];
    words.map(str::to_owned).to_vec()
}

#[test]
fn one_signs_in_in_the_browser_and_again_with_fewer_words() {
    let Some((port, token)) = dovecot() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let provider = TokenServer::start();
    let first = by_oauth(&port, &provider);
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    for args in [first, vec!["connect", "mailbox", "ada@brandt-advice.example", "--oauth"]] {
        provider.gives(&token, "refresh-1");
        let mut child =
            command(&data, &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let url = lines.find(|line| line.starts_with("http"));
        let Some(url) = url else {
            let mut errors = String::new();
            child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
            panic!("{errors}");
        };
        assert!(agree(&url).contains("You may close this window"));
        let said: Vec<String> = lines.collect();
        assert!(child.wait().unwrap().success(), "{said:?}");
        assert!(said.iter().any(|line| line == "ada@brandt-advice.example works."), "{said:?}");
    }
    // Another program renews it.
    provider.gives(&token, "refresh-2");
    let ran = run(&data, &["sync"]);
    assert!(ran.success, "{}", ran.said);
    provider.says(400, r#"{"error": "invalid_grant"}"#);
    let ran = run(&data, &["sync"]);
    assert!(!ran.success && ran.said.contains("no longer accepts this sign-in"), "{}", ran.said);
    assert!(ran.said.contains("--oauth"), "{}", ran.said);
    let ran = run(&data, &["status"]);
    assert!(
        ran.said.contains("needs you: 127.0.0.1 no longer accepts this sign-in"),
        "{}",
        ran.said
    );
}

#[test]
fn one_signs_in_by_a_code() {
    let Some((port, token)) = dovecot() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let provider = TokenServer::start();
    provider.says(
        200,
        r#"{"device_code": "d1", "user_code": "WXYZ-1234", "verification_uri": "https://id.firm.example/device", "interval": 1}"#,
    );
    provider.gives(&token, "refresh-1");
    let mut args = by_oauth(&port, &provider);
    args.push("--device".to_owned());
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = run(&data, &args);
    assert!(ran.success, "{}", ran.said);
    for words in ["https://id.firm.example/device", "WXYZ-1234", "ada@brandt-advice.example works."]
    {
        assert!(ran.said.contains(words), "{words}: {}", ran.said);
    }
}
