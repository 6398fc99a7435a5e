//! Who am I? Guessed from the mail, said by the user.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_model::{EmailAddress, Touch};

use crate::Result;
use crate::inroad::Inroad;

/// Who the user seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerGuess {
    /// The name, if one was seen.
    pub name: Option<String>,
    /// The addresses, the most used first.
    pub emails: Vec<EmailAddress>,
    /// Whether nobody else comes near.
    pub sure: bool,
    /// Who else it could be.
    pub others: Vec<EmailAddress>,
}

/// An address with the letters that it received and wrote.
type Candidate = (EmailAddress, u64, u64);

/// Letters in a folder of sent mail weigh more than letters anywhere.
const SENT_FOLDER_WEIGHT: u64 = 10;

/// An assistant's or a namesake's letter that strays into a folder of sent mail makes nobody the
/// user; an address that wrote one of five there does.
const SENT_SHARE_MIN: u64 = 5;

/// Chooses the one who is on nearly every message, on either side.
fn choose(
    candidates: &[Candidate],
    sent_by: &BTreeMap<EmailAddress, u64>,
    names: impl Fn(&EmailAddress) -> Option<String>,
) -> Option<OwnerGuess> {
    let weight = |(email, received, sent): &Candidate| {
        let sent_here = sent_by.get(email).copied().unwrap_or(0);
        (received + 1) * (sent + 1) * (1 + SENT_FOLDER_WEIGHT * sent_here)
    };
    let mut ranked: Vec<(u64, &Candidate)> =
        candidates.iter().filter(|c| c.2 > 0).map(|c| (weight(c), c)).collect();
    ranked.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.0.cmp(&y.0)));
    let (top, (email, _, _)) = ranked.first().copied()?;
    let name = names(email);
    let sent_here: u64 = sent_by.values().sum();
    let is_much = |n: Option<&u64>| n.is_some_and(|n| n * SENT_SHARE_MIN >= sent_here);
    let mut emails = vec![email.clone()];
    let mut others = Vec::new();
    for (_, (other, _, _)) in ranked.iter().skip(1) {
        let same_name = name.is_some() && names(other) == name;
        if is_much(sent_by.get(other))
            || same_name && (sent_by.is_empty() || sent_by.contains_key(other))
        {
            emails.push(other.clone());
        } else {
            others.push(other.clone());
        }
    }
    let runner_up = ranked
        .iter()
        .find(|(_, (email, _, _))| !emails.contains(email))
        .map_or(0, |(weight, _)| *weight);
    Some(OwnerGuess { name, emails, sure: top > 4 * runner_up, others })
}

impl Inroad {
    /// Guesses from the mail that is kept, and from who wrote what lay in folders of sent mail.
    ///
    /// Looks at the data file alone, so that an import that was stopped and started again
    /// guesses as one that ran through.
    pub(crate) async fn guess_owner(&self) -> Result<Option<OwnerGuess>> {
        let candidates = self.store.owner_candidates().await?;
        let emails: Vec<EmailAddress> = candidates.iter().map(|c| c.0.clone()).collect();
        let mut sent_by: BTreeMap<EmailAddress, u64> = BTreeMap::new();
        for (email, source, n) in self.store.sources_of(&emails).await? {
            if is_sent_folder(&source) {
                *sent_by.entry(email).or_default() += n;
            }
        }
        let mut names = BTreeMap::new();
        for (email, _, _) in &candidates {
            names.insert(email.clone(), self.store.name_of(email).await?);
        }
        Ok(choose(&candidates, &sent_by, |email| names.get(email).cloned().flatten()))
    }
}

/// The same guess from mail in memory.
pub(crate) fn guess_from(touches: &[Touch]) -> Option<OwnerGuess> {
    let mut counts: BTreeMap<EmailAddress, (u64, u64)> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for touch in touches {
        for mailbox in touch.recipients() {
            counts.entry(mailbox.address.clone()).or_default().0 += 1;
        }
        if let Some(from) = touch.message.from.as_ref()
            && touch.message.nature.is_correspondence()
        {
            counts.entry(from.address.clone()).or_default().1 += 1;
            names.insert(from.address.clone(), from.name.clone());
        }
    }
    let candidates: Vec<Candidate> =
        counts.into_iter().map(|(email, (received, sent))| (email, received, sent)).collect();
    choose(&candidates, &BTreeMap::new(), |email| names.get(email).cloned().flatten())
}

/// Whether a path lies in a folder of sent mail, as the usual programs name it.
pub(crate) fn is_sent_folder(source: &str) -> bool {
    const SENT: [&str; 16] = [
        "sent",
        "sent items",
        "sent mail",
        "sent messages",
        "sent-mail",
        "gesendet",
        "gesendete elemente",
        "gesendete objekte",
        "envoyés",
        "éléments envoyés",
        "elementos enviados",
        "enviados",
        "posta inviata",
        "inviata",
        "verzonden",
        "verzonden items",
    ];
    Path::new(source).components().any(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        let name = part.trim_start_matches('.').trim_end_matches(".gz");
        let name = name.trim_end_matches(".mbox").trim_end_matches(".sbd");
        let inner = name.rsplit_once('.').map_or(name, |(_, inner)| inner);
        SENT.contains(&name) || SENT.contains(&inner)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> EmailAddress {
        text.parse().unwrap()
    }

    #[test]
    fn the_owner_is_on_both_sides() {
        let candidates = [
            (email("me@studio.example"), 80, 70),
            (email("jana@lindner.example"), 40, 30),
            (email("news@shop.example"), 0, 90),
        ];
        let guess = choose(&candidates, &BTreeMap::new(), |_| None).unwrap();
        assert_eq!(guess.emails, [email("me@studio.example")]);
        assert!(guess.sure);
    }

    #[test]
    fn a_folder_of_sent_mail_decides() {
        let candidates =
            [(email("jana@lindner.example"), 40, 40), (email("me@studio.example"), 30, 30)];
        let sent = BTreeMap::from([(email("me@studio.example"), 30)]);
        let guess = choose(&candidates, &sent, |_| None).unwrap();
        assert_eq!(guess.emails, [email("me@studio.example")]);
    }

    #[test]
    fn one_letter_among_the_sent_makes_nobody_the_owner() {
        let candidates = [
            (email("me@studio.example"), 80, 70),
            (email("me@mail.example"), 20, 20),
            (email("assistant@studio.example"), 5, 9),
        ];
        let sent = BTreeMap::from([
            (email("me@studio.example"), 60),
            (email("me@mail.example"), 20),
            (email("assistant@studio.example"), 1),
        ]);
        let guess = choose(&candidates, &sent, |_| None).unwrap();
        assert_eq!(guess.emails, [email("me@studio.example"), email("me@mail.example")]);
    }

    #[test]
    fn nobody_wrote_anything() {
        assert_eq!(choose(&[], &BTreeMap::new(), |_| None), None);
    }

    #[test]
    fn knows_folders_of_sent_mail() {
        for (path, expected) in [
            ("/home/me/Mail/Sent/cur/1", true),
            ("/home/me/Mail/.Sent Items/cur/1", true),
            ("/home/me/Mail/.INBOX.Gesendet/cur/1", true),
            ("Takeout/Mail/Sent.mbox", true),
            ("Takeout/Mail/Inbox.mbox", false),
            ("presentation/all.mbox", false),
        ] {
            assert_eq!(is_sent_folder(path), expected, "{path}");
        }
    }
}
