//! Makes the letters of a large mailbox, each by its number: the same each time.
//!
//! Must not: take anything of a real person or firm.

use std::fmt::Write as _;

use inroad_stats::Random;

/// Whose mailbox it is.
pub(super) const ME: &str = "me@studio.example";
const PEOPLE: u64 = 20_000;
const FIRMS: u64 = 4_000;
/// One after the other, so many seconds apart.
const STEP_SECONDS: i64 = 600;
const SENTENCES: [&str; 24] = [
    "Thank you for the call; I will send the outline on Thursday.",
    "Could you tell me what the first phase would cost?",
    "We are still looking at the invoices and come back to you next week.",
    "Please find the summary of our meeting below.",
    "I have asked my colleague in purchasing, and she answers by Monday.",
    "The confirmation came today, so that we can plan the workshop.",
    "We need a little more time; the budget round is in November.",
    "Here is the example that you asked for.",
    "Our board decides on the twelfth of next month.",
    "The price is higher than we had expected.",
    "Mr Brandt from the plant would like to see it as well.",
    "Is the delivery within six weeks still possible?",
    "I am out of the office from tomorrow until the end of the week.",
    "Let us talk on Wednesday at ten, if that suits you.",
    "The drawings are with the engineer, who has two questions.",
    "We have compared three offers, and yours is one of the last two.",
    "Vielen Dank für das Angebot; wir melden uns bis Freitag.",
    "Könnten Sie uns die Unterlagen noch einmal senden?",
    "Merci pour votre proposition, nous revenons vers vous.",
    "The legal department wants to look at the second page.",
    "It works as you described, and the team likes it.",
    "Who would be with us during the first month?",
    "I forward your message to whoever answers for it.",
    "That is all for today.",
];

/// Letter `n`.
pub(super) fn letter(n: u32) -> String {
    let mut random = Random::new(u64::from(n) + 1);
    // One before another that was chosen by chance: those at the beginning of the list write most.
    let until = random.below(PEOPLE) + 1;
    let who = random.below(until);
    let them = format!("person{who}@firm{}.example", who % FIRMS);
    let is_ours = random.unit() < 0.45;
    let (from, to) = if is_ours { (ME, them.as_str()) } else { (them.as_str(), ME) };
    let mut letter = head(n, from, to, &format!("Project {}", who % 97));
    if n > 40 && random.unit() < 0.6 {
        let before = u64::from(n) - 1 - random.below(40);
        let _infallible = write!(letter, "In-Reply-To: <{before}@sync.example>\r\n");
    }
    let text = text(&mut random, who);
    match random.below(20) {
        0..3 => {
            let html = text.replace("\r\n", "<br>\r\n");
            let parts = [("text/plain", text.as_str()), ("text/html", html.as_str())];
            multipart(&mut letter, "alternative", &parts);
        }
        3 => {
            let file = base64_of(&mut random);
            let parts = [("text/plain", text.as_str()), ("application/pdf", file.as_str())];
            multipart(&mut letter, "mixed", &parts);
        }
        _ => {
            letter.push_str("Content-Type: text/plain; charset=utf-8\r\n\r\n");
            letter.push_str(&text);
        }
    }
    letter
}

/// A new letter of the deal, with a word in its subject.
pub(super) fn news(n: u32, word: &str) -> String {
    let them = "person0@firm0.example";
    let text = "Content-Type: text/plain; charset=utf-8\r\n\r\nWhen can we talk about it?\r\n";
    format!("{}{text}", head(n, them, ME, &format!("Crane {word}")))
}

/// A file with one deal, with whom most is written.
pub(super) fn deals() -> String {
    format!(
        r#"{{"me": {{"name": "Me", "emails": ["{ME}"]}}, "deals": [{{"id": "d1", "name": "Crane",
        "domain": "firm0.example", "stage": "proposal", "people": [{{"email": "person0@firm0.example"}}]}}]}}"#
    )
}

/// How large so many letters are together.
pub(super) fn bytes(count: u32) -> u64 {
    (0..count).map(|n| letter(n).len() as u64).sum()
}

fn head(n: u32, from: &str, to: &str, subject: &str) -> String {
    let begin = jiff::civil::date(2024, 12, 1).at(8, 0, 0, 0);
    let at = begin.saturating_add(jiff::Span::new().seconds(i64::from(n) * STEP_SECONDS));
    let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!(
        "Received: from mail.example by mx.example; {date}\r\nFrom: {from}\r\nTo: {to}\r\n\
         Date: {date}\r\nMessage-ID: <{n}@sync.example>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    )
}

fn text(random: &mut Random, who: u64) -> String {
    let mut text = "Hello,\r\n\r\n".to_owned();
    sentences(random, 4, 16, "", &mut text);
    let _infallible = write!(
        text,
        "\r\nBest regards\r\nPerson {who}\r\n-- \r\nPerson {who}\r\nHead of Projects\r\nFirm {} Ltd\r\n\
         Phone: +44 20 7946 {:04}\r\n",
        who % FIRMS,
        who % 1000,
    );
    if random.unit() < 0.5 {
        text.push_str("\r\nOn Monday they wrote:\r\n");
        sentences(random, 5, 60, "> ", &mut text);
    }
    text
}

fn sentences(random: &mut Random, at_least: u64, more: u64, before: &str, text: &mut String) {
    for _ in 0..at_least + random.below(more) {
        let at = usize::try_from(random.below(SENTENCES.len() as u64)).unwrap_or(0);
        let sentence = SENTENCES.get(at).copied().unwrap_or_default();
        let _infallible = write!(text, "{before}{sentence}\r\n");
    }
}

fn multipart(letter: &mut String, kind: &str, parts: &[(&str, &str)]) {
    let _infallible = write!(letter, "Content-Type: multipart/{kind}; boundary=\"cut\"\r\n\r\n");
    for (kind, text) in parts {
        let how = if kind.starts_with("text") {
            "; charset=utf-8"
        } else {
            "; name=\"offer.pdf\"\r\nContent-Transfer-Encoding: base64"
        };
        let _infallible = write!(letter, "--cut\r\nContent-Type: {kind}{how}\r\n\r\n{text}\r\n");
    }
    letter.push_str("--cut--\r\n");
}

fn base64_of(random: &mut Random) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let lines = 300 + random.below(900);
    let mut text = String::new();
    for _ in 0..lines {
        for _ in 0..7 {
            let drawn = random.below(1 << 60);
            for place in 0..10 {
                let six = usize::try_from(drawn >> (6 * place) & 63).unwrap_or(0);
                text.push(LETTERS.get(six).copied().map_or('A', char::from));
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_letters_each_time() {
        for n in [0, 7, 99_999] {
            assert_eq!(letter(n), letter(n));
            assert!(letter(n).contains(&format!("Message-ID: <{n}@sync.example>\r\n")));
            assert!(letter(n).contains("\r\n\r\n"));
        }
        let mean = bytes(400) / 400;
        assert!((2_000..20_000).contains(&mean), "{mean}");
        assert!(news(1, "word").contains("Subject: Crane word\r\n"));
    }
}
