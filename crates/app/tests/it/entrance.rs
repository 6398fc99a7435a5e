//! Who comes in, from the command line: links, tokens, the log, and pages for those who sign in.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn inroad(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inroad")).arg("--data").arg(data).args(args).output().unwrap()
}

/// What is said where it works.
fn says(data: &Path, args: &[&str]) -> String {
    let done = inroad(data, args);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{args:?}: {told}");
    String::from_utf8(done.stdout).unwrap()
}

/// What is said where it does not.
fn refuses(data: &Path, args: &[&str]) -> String {
    let done = inroad(data, args);
    assert!(!done.status.success(), "{args:?}");
    String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout)
}

#[test]
fn a_token_is_made_shown_once_listed_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    assert!(says(&data, &["token"]).starts_with("No token opens anything."));
    let made = says(&data, &["token", "make", "night\u{1b}[2Jly", "--days", "30"]);
    let secret = made.lines().next().unwrap();
    assert!(secret.starts_with("inroad_") && secret.len() == 39, "{made}");
    says(&data, &["token", "make", "sync", "--write"]);
    let listed = says(&data, &["token"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].starts_with("2  sync: may read and write, until "), "{listed}");
    assert!(
        lines[1].starts_with("1  night") && lines[1].contains(": may read, until "),
        "{listed}"
    );
    assert!(!listed.contains(secret) && !listed.contains('\u{1b}'), "{listed:?}");
    assert_eq!(says(&data, &["token", "withdraw", "1"]), "It opens nothing any more.\n");
    assert_eq!(says(&data, &["token"]).lines().count(), 1);
    for (args, why) in [
        (&["token", "withdraw", "1"][..], "There is no such token of yours"),
        (&["token", "make", "x", "--days", "0"], "0 is not in 1..=366"),
        (&["token", "make", " "], "A token has a name"),
    ] {
        let told = refuses(&data, args);
        assert!(told.contains(why), "{args:?}: {told}");
    }
}

#[test]
fn the_log_tells_what_was_done_and_whether_it_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    says(&data, &["token", "make", "nightly"]);
    says(&data, &["team", "put", "mia@studio.example", "--role", "marketer"]);
    let log = says(&data, &["audit"]);
    assert!(log.contains("Made the token 'nightly', which may read for 90 days"), "{log}");
    assert!(log.contains("mia@studio.example works here: marketer"), "{log}");
    let hash = log.trim().rsplit_once(' ').unwrap().1.to_owned();
    says(&data, &["token", "make", "another"]);
    let noted = says(&data, &["audit", "--noted", &hash]);
    assert!(noted.contains("You noted line 2"), "{noted}");
    let other = refuses(&data, &["audit", "--noted", &"0".repeat(64)]);
    assert!(other.contains("No line has the hash that you noted"), "{other}");
    assert!(refuses(&data, &["audit", "--noted", "nonsense"]).contains("64 digits"));
}

#[test]
fn somebody_is_asked_in_by_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let at = ["--at", "https://inroad.studio.example"];
    let mine = says(&data, &[&["team", "invite"][..], &at].concat());
    assert!(mine.starts_with("https://inroad.studio.example/begin/"), "{mine}");
    assert!(mine.contains("It works once, for an hour."), "{mine}");
    let invite = [&["team", "invite", "mia@studio.example"][..], &at].concat();
    assert!(refuses(&data, &invite).contains("mia@studio.example does not work here"));
    says(&data, &["team", "put", "mia@studio.example", "--role", "marketer"]);
    assert!(says(&data, &invite).contains("for seven days"));
}

#[test]
fn nobody_is_served_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    says(&data, &["team"]);
    for (args, why) in [
        (&["serve", "--at", "http://inroad.studio.example"][..], "is no address for pages"),
        (&["serve", "--at", "inroad.studio.example"], "is no address for pages"),
        (&["serve", "--listen", "0.0.0.0"], "--at"),
        (&["serve", "--at", "https://a.example", "--as-of", "2026-01-01"], "cannot be used with"),
    ] {
        let told = refuses(&data, args);
        assert!(told.contains(why), "{args:?}: {told}");
    }
}

#[test]
fn pages_for_those_who_sign_in_begin_with_one_link() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    says(&data, &["team"]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .arg("--data")
        .arg(&data)
        .args(["serve", "--port", "0", "--at", "https://inroad.studio.example"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take_while(|line| !line.starts_with("Press Ctrl-C")).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        said[0].contains(
            "Others sign in at https://inroad.studio.example; the proxy there asks 127.0.0.1:"
        ),
        "{said:?}"
    );
    assert!(
        said.iter().any(|line| line.starts_with("https://inroad.studio.example/begin/")),
        "{said:?}"
    );
    assert!(!said.iter().any(|line| line.contains("?key=")), "{said:?}");
}

#[test]
fn a_deal_is_shown_to_somebody_who_works_here() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let deals = folder.path().join("deals.json");
    let text =
        r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [{"id": "d1", "name": "Rota"}]}"#;
    std::fs::write(&deals, text).unwrap();
    says(&data, &["import", deals.to_str().unwrap()]);
    let share = ["share", "Rota", "--with", "mia@studio.example"];
    assert!(refuses(&data, &share).contains("Nobody inside is meant by mia@studio.example"));
    says(&data, &["team", "put", "mia@studio.example", "--role", "marketer", "--team", "North"]);
    assert!(says(&data, &share).contains("shared with mia@studio.example"));
    assert!(refuses(&data, &share).contains("already"));
    assert!(
        says(&data, &["share", "Rota", "--team", "North", "--letters"]).contains("the team North")
    );
    assert!(refuses(&data, &["share", "Rota"]).contains("--with"));
}

#[cfg(feature = "oidc")]
#[test]
fn a_sign_in_service_is_named_listed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.db");
    let (phrase, secret) = (folder.path().join("phrase"), folder.path().join("client-secret"));
    std::fs::write(&phrase, "four plain words here\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&phrase, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    std::fs::write(&secret, "s3cret-of-the-client\n").unwrap();
    let (phrase, secret) = (phrase.to_str().unwrap(), secret.to_str().unwrap());
    let providers = ["team", "identity-provider"];
    assert!(says(&data, &providers).starts_with("People sign in by their passwords."));
    let put = |issuer: &'static str, name: &'static str| {
        let words = ["put", issuer, "--name", name, "--client-id", "inroad"];
        [&providers[..], &words, &["--at", "https://inroad.studio.example"]].concat()
    };
    let (good, other) = ("https://id.studio.example", "https://id2.studio.example");
    assert!(refuses(&data, &put(good, "Studio \u{1b}[2J")).contains("1 to 40 characters"));
    assert!(
        refuses(&data, &put("http://id.studio.example", "Studio")).contains("begins with https://")
    );
    let sealed = [&put(good, "Studio")[..], &["--client-secret-file", secret]].concat();
    assert!(
        refuses(&data, &sealed).contains("nobody told the passphrase"),
        "it lies nowhere in clear"
    );
    let told = says(&data, &[&sealed[..], &["--passphrase-file", phrase]].concat());
    assert!(told.ends_with("https://inroad.studio.example/sign-in/back\n"), "{told}");
    says(&data, &[&put(other, "Other")[..], &["--by-address"]].concat());
    assert_eq!(
        says(&data, &providers),
        "1  Studio: https://id.studio.example\n\
         2  Other: https://id2.studio.example, also by their mail address\n"
    );
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let holds = bytes.windows(20).any(|part| part == b"s3cret-of-the-client");
        assert_eq!(holds, path.ends_with("client-secret"), "{}", path.display());
    }
    let remove = [&providers[..], &["remove", "1", "--passphrase-file", phrase]].concat();
    assert_eq!(says(&data, &remove), "Nobody signs in with it any more.\n");
    assert!(refuses(&data, &remove).contains("There is no such sign-in service"));
    let log = says(&data, &["audit"]);
    assert!(log.contains("Lets people sign in with Studio (https://id.studio.example)"), "{log}");
    assert!(log.contains("Nobody signs in with Studio now"), "{log}");
}
