//! A small mailbox, written by each test for itself.

use std::fmt::Write as _;

pub(crate) const ME: &str = "marta@studio.example";
pub(crate) const JANA: &str = "Jana Kühn <jana@lindner.example>";

/// A letter; the headers stand here as they stand in the mail.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    /// Empty for one that follows from the letter, so that the same letter has the same one.
    pub id: String,
    pub from: String,
    pub to: String,
    /// Empty for none.
    pub date: String,
    pub subject: String,
    /// Further header lines, each with its end.
    pub headers: String,
    pub text: String,
}

/// Writer, reader, day of March 2026, words.
pub(crate) fn letter(from: &str, to: &str, day: u8, text: &str) -> Letter {
    Letter {
        id: String::new(),
        from: from.to_owned(),
        to: to.to_owned(),
        date: format!("{day} Mar 2026 09:00:00 +0000"),
        subject: "Warehouse".to_owned(),
        headers: String::new(),
        text: text.to_owned(),
    }
}

impl Letter {
    /// The same letter with that Message-ID and that subject.
    pub(crate) fn called(self, id: &str, subject: &str) -> Self {
        Self { id: id.to_owned(), subject: subject.to_owned(), ..self }
    }

    /// The Message-ID.
    pub(crate) fn id(&self) -> String {
        if !self.id.is_empty() {
            return self.id.clone();
        }
        let Self { from, to, date, text, .. } = self;
        // FNV-1a, by hand: the standard library does not promise the same hash tomorrow.
        let hash = format!("{from}{to}{date}{text}")
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |id, byte| {
                (id ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{hash:x}@t.example")
    }
}

/// Letters as a mailbox.
pub(crate) fn mbox(letters: &[Letter]) -> String {
    let mut out = String::new();
    for letter in letters {
        let Letter { from, to, date, subject, headers, text, .. } = letter;
        let id = letter.id();
        write!(
            out,
            "From x Mon Mar  2 09:00:00 2026\nFrom: {from}\nTo: {to}\nMessage-ID: <{id}>\n\
             Subject: {subject}\n{headers}"
        )
        .unwrap();
        if !date.is_empty() {
            writeln!(out, "Date: {date}").unwrap();
        }
        write!(out, "\n{text}\n\n").unwrap();
    }
    out
}

/// Four letters each way with Jana and Omar of one firm, and with Ines of another.
pub(crate) fn usual() -> Vec<Letter> {
    let mut letters = Vec::new();
    for day in [2, 5, 9, 12] {
        for them in [JANA, "Omar <omar@lindner.example>"] {
            letters.push(letter(&format!("Marta Sol <{ME}>"), them, day, "Could you look at it?"));
            letters.push(letter(them, ME, day + 1, "We looked, and like what we saw."));
        }
        letters.push(letter(&format!("Marta Sol <{ME}>"), "ines@acme.example", day, "A question"));
        letters.push(letter("ines@acme.example", ME, day + 2, "An answer"));
    }
    letters
}

/// Letters to and fro, one a day, the first from us.
pub(crate) fn exchange(other: &str, letters: u8) -> Vec<Letter> {
    (1..=letters)
        .map(|day| {
            let (from, to) = if day % 2 == 0 { (other, ME) } else { (ME, other) };
            let letter = letter(from, to, day, &format!("Good morning, letter of day {day}."));
            letter.called(&format!("{day}.{}@mail.example", other.len()), &format!("Offer {day}"))
        })
        .collect()
}
