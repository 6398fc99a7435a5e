//! A letter is shown as it would go, and a click on that very text lets it go; nothing else does.

use std::path::PathBuf;

use inroad_model::{
    Connection, ConnectionName, Deleted, FoldersWanted, MailboxConnection, Reads, Security,
    ServerAddress,
};

use crate::site::{Site, form_key};

fn form(fields: &[(&str, &str)]) -> String {
    let key = ("form_key", form_key().as_str().to_owned());
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let pairs: Vec<String> = std::iter::once(key)
        .chain(fields)
        .map(|(name, value)| format!("{name}={}", encoded(&value)))
        .collect();
    pairs.join("&")
}

/// As a form sends a value.
fn encoded(value: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(one).collect()
}

/// The hidden fields of the form that lets it go.
fn shown(page: &str) -> Vec<(String, String)> {
    let (_, rest) = page.split_once("action=\"/send/go\"").expect("a form that lets it go");
    let (form, _) = rest.split_once("</form>").unwrap();
    let plain = |text: &str| {
        text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    form.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|field| {
            let (name, rest) = field.split_once('"').unwrap();
            let (_, rest) = rest.split_once("value=\"").unwrap();
            (name.to_owned(), plain(rest.split('"').next().unwrap()))
        })
        .filter(|(name, _)| name != "form_key")
        .collect()
}

/// The click, with some fields put in place of those that were shown.
fn click(page: &str, more: &[(&str, &str)]) -> String {
    let mut fields = shown(page);
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    form(&fields.chain(more.iter().copied()).collect::<Vec<_>>())
}

struct Servers {
    connection: Connection,
    password: String,
    letters: PathBuf,
}

impl Servers {
    fn found() -> Option<Self> {
        let told = |name: &str| std::env::var(name).ok();
        let here = |port: &str, security| {
            let port = port.parse().ok()?;
            Some(ServerAddress { host: "localhost".to_owned(), port, security })
        };
        let found = (|| {
            let mailbox = MailboxConnection {
                public_only: false,
                address: "ada@brandt-advice.example".parse().ok()?,
                user: "seller17".to_owned(),
                imap: here(&told("INROAD_IMAP_PORT")?, Security::Plain)?,
                sign_in: inroad_model::SignIn::Password,
                submission: Some(here(&told("INROAD_RECEIVER_TLS_PORT")?, Security::Tls)?),
                authority: Some(told("INROAD_RECEIVER_AUTHORITY")?.into()),
                since: None,
                folders: FoldersWanted::Usual,
                deleted: Deleted::Keep,
            };
            Some(Self {
                connection: Connection {
                    name: ConnectionName::new("ada@brandt-advice.example").ok()?,
                    reads: Reads::Mailbox(Box::new(mailbox)),
                },
                password: told("INROAD_IMAP_PASSWORD")?,
                letters: told("INROAD_RECEIVER_FOLDER")?.into(),
            })
        })();
        if found.is_none() {
            println!("SKIPPED: no mail servers were started (cargo xtask test does)");
        }
        found
    }

    fn kept(&self, word: &str) -> usize {
        let entries = std::fs::read_dir(&self.letters).unwrap();
        let texts = entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        texts.filter(|text| text.contains(word)).count()
    }
}

const TEXT: &str = "Hello Jana,\r\n\r\nten suits me well, <b>thank you</b>; I bring the walnut plan. Shall I call you, or you \
     me? If another day is better, just tell me.\r\n\r\nAda\r\n";

fn letter<'a>(to: &'a str, text: &'a str) -> [(&'a str, &'a str); 3] {
    [("person", to), ("subject", "Re: Pricing"), ("text", text)]
}

#[tokio::test]
async fn without_a_mailbox_the_way_to_one_is_told() {
    let site = Site::start().await;
    let coach = site.see("/coach?person=jana@lindner.example").await;
    assert!(coach.contains("formaction=\"/send\"") && coach.contains("href=\"/sent\""), "{coach}");
    let page = site.send("/send", &[], &form(&letter("jana@lindner.example", TEXT))).await;
    assert!(page.starts_with("HTTP/1.1 422") && page.contains("inroad connect mailbox"), "{page}");
    assert!(page.contains("ten suits me well, &lt;b&gt;"), "what was typed stays: {page}");
    assert!(!page.contains("/send/go"), "{page}");
    let empty = site.see("/send?person=jana@lindner.example").await;
    assert!(empty.starts_with("HTTP/1.1 200") && empty.contains("value=\"jana@lindner.example\""));
    let sent = site.see("/sent").await;
    assert!(sent.contains("No letter was let go from here yet"), "{sent}");
    let without_key = site.send("/send/go", &[], "do=now").await;
    assert!(without_key.starts_with("HTTP/1.1 403"), "{without_key}");
    let nothing = site.send("/send/go", &[], &form(&[("do", "now")])).await;
    assert!(nothing.contains("Nothing goes out from here"), "{nothing}");
    let coach = site.see("/coach?person=rik@quiet.example").await;
    assert!(!coach.contains("formaction=\"/send\""), "{coach}");
}

#[tokio::test]
async fn a_click_sends_what_was_shown() {
    let Some(servers) = Servers::found() else { return };
    let site = Site::with_mailbox(&servers.connection, &servers.password).await;
    let page = site.send("/send", &[], &form(&letter("jana@lindner.example", TEXT))).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for words in [
        "It goes to one person: <strong>jana@lindner.example</strong>",
        "Ada Brandt &lt;ada@brandt-advice.example&gt;",
        "&lt;b&gt;thank you&lt;/b&gt;",
        "name=\"do\" value=\"now\"",
        "name=\"do\" value=\"drafts\"",
        "/messages/m1@brandt-advice.example",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(servers.kept("walnut plan"), 0);
    // Whatever is changed on the way is refused, and shown anew as it came.
    for (field, value) in
        [("text", "Hello,\n\nother words."), ("cc", "omar@acme.example"), ("answers", "none")]
    {
        let changed =
            site.send("/send/go", &[], &click(&page, &[(field, value), ("do", "now")])).await;
        assert!(changed.starts_with("HTTP/1.1 409"), "{field}: {changed}");
        assert!(changed.contains("not the letter that was shown"), "{field}: {changed}");
    }
    let odd = site.send("/send/go", &[], &click(&page, &[("approval", "x"), ("do", "now")])).await;
    assert!(odd.starts_with("HTTP/1.1 409") && odd.contains("look at the letter anew"), "{odd}");
    assert_eq!(servers.kept("walnut plan"), 0);

    let answer = site.send("/send/go", &[], &click(&page, &[("do", "now")])).await;
    assert!(
        answer.starts_with("HTTP/1.1 303") && answer.contains("location: /sent#letter-1"),
        "{answer}"
    );
    assert_eq!(servers.kept("walnut plan"), 1);
    // A second click on the same letter sends nothing, and leads to what became of it.
    let again = site.send("/send/go", &[], &click(&page, &[("do", "now")])).await;
    assert!(again.starts_with("HTTP/1.1 303") && again.contains("location: /sent\r\n"), "{again}");
    assert_eq!(servers.kept("walnut plan"), 1);
    let sent = site.see("/sent").await;
    assert!(sent.contains("<strong>Sent</strong>") && sent.contains("Re: Pricing"), "{sent}");
    assert!(sent.contains("A copy lies among your sent letters"), "{sent}");
    let history = site.see("/settings/history").await;
    assert!(history.contains("Sent to jana@lindner.example: Re: Pricing"), "{history}");
    assert!(history.contains("cannot be undone"), "{history}");
}

#[tokio::test]
async fn what_stands_against_it_holds_on_the_page() {
    let Some(servers) = Servers::found() else { return };
    let site = Site::with_mailbox(&servers.connection, &servers.password).await;
    let alone = form(&letter("jana@lindner.example, Rik <rik@quiet.example>", TEXT));
    let page = site.send("/send", &[], &alone).await;
    assert!(page.contains("It does not go: ") && page.contains("asked for no more mail"), "{page}");
    assert!(!page.contains("/send/go") && !page.contains("name=\"do\""), "{page}");

    let held = format!("{TEXT}\r\nFor [COMPANY], hornbeam\r\n");
    let page = site.send("/send", &[], &form(&letter("jana@lindner.example", &held))).await;
    assert!(page.contains("The coach holds it up") && page.contains("name=\"although\""), "{page}");
    for more in [&[("do", "now")][..], &[("do", "now"), ("because", "It is so")]] {
        let refused = site.send("/send/go", &[], &click(&page, more)).await;
        assert!(refused.starts_with("HTTP/1.1 409") && refused.contains("Held up: "), "{refused}");
    }
    assert_eq!(servers.kept("hornbeam"), 0);
    let ticked = [("do", "drafts"), ("although", "yes"), ("because", "I fill it in there")];
    let answer = site.send("/send/go", &[], &click(&page, &ticked)).await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let sent = site.see("/sent").await;
    assert!(sent.contains("In your drafts") && sent.contains("I fill it in there"), "{sent}");
    assert_eq!(servers.kept("hornbeam"), 0);

    let planned =
        form(&[letter("jana@lindner.example", TEXT).as_slice(), &[("day", "2999-01-02")]].concat());
    let planned = site.send("/send/remind", &[], &planned).await;
    assert!(planned.starts_with("HTTP/1.1 303"), "{planned}");
    let history = site.see("/settings/history").await;
    assert!(
        history.contains("planned for 2 January 2999: Send your letter: Re: Pricing"),
        "{history}"
    );
}
