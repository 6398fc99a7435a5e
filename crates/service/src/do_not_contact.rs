//! Do-not-contact: one list of whom not to write to, wherever it was said.
//!
//! What people asked for themselves, and who was erased, is not taken back here.

mod csv;
pub(crate) mod hashed;
mod import;

use inroad_advice::dealings::Stated;
use inroad_advice::propose::is_free_mail;
use inroad_language::traces::addresses_in;
use inroad_model::{
    AccountKey, EmailAddress, Entry, EntryNumber, Fact, FactKind, KeptEntry, MessageId, Moment,
    Source, Subject,
};
use inroad_store::{ListedKind, ListedRow};
use jiff::civil::Date;

use self::hashed::Hashed;
pub use self::import::SuppressionReport;
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Somebody who is not to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotContacted {
    /// Who.
    pub whom: NotContactedWho,
    /// Since when; `None` where nobody says.
    pub since: Option<Date>,
    /// Why, in the words of whoever said so; empty where they said nothing.
    pub because: String,
    /// Who said so.
    pub said: SaidBy,
    /// How it is taken back; `None` where it is not the user's own word.
    pub take_back: Option<TakeBack>,
}

/// Who is not to be written to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotContactedWho {
    /// One address, and all others that are the same person's.
    Person(EmailAddress),
    /// Everybody at a firm.
    Firm(AccountKey),
    /// Whoever has the address with that SHA-256.
    Sha256(String),
    /// Somebody who was erased: a hash under the secret of the data file.
    Erased(String),
}

impl NotContactedWho {
    /// The key by which it is known.
    pub fn key(&self) -> &str {
        match self {
            Self::Person(email) => email.as_str(),
            Self::Firm(key) => key.as_str(),
            Self::Sha256(hash) | Self::Erased(hash) => hash,
        }
    }
}

/// Who said that somebody is not to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidBy {
    /// They did, in a letter.
    Letter(MessageId),
    /// An address book or the export of a CRM.
    Contacts,
    /// The user.
    You,
    /// A list that the user brought.
    List(String),
    /// Nobody: they were erased.
    Erasing,
}

/// What is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeBack {
    /// The user's own word.
    Entry(EntryNumber),
    /// A row of a list.
    Row(i64),
}

/// The rows of lists that counted at a moment.
fn counting(rows: &[ListedRow], at: Moment) -> impl Iterator<Item = &ListedRow> {
    rows.iter().filter(move |row| row.counts_at(at))
}

fn row_source(row: &ListedRow) -> Source {
    Source::Own(row.told_at.date())
}

/// Why somebody is listed, as it is quoted.
fn because(row: &ListedRow) -> String {
    let listed = &row.listed;
    match (listed.kind, listed.reason.is_empty(), listed.source.is_empty()) {
        (ListedKind::Erased, ..) => "Erased; only a hash is kept".to_owned(),
        (_, false, _) => listed.reason.clone(),
        (_, true, false) => format!("On the list {}", listed.source),
        (_, true, true) => "On a list not to write to".to_owned(),
    }
}

/// What a row says of an address.
fn stated(row: &ListedRow, email: Option<EmailAddress>, domain: Option<String>) -> Stated {
    let mut fact = Fact::new(FactKind::OptedOut, email, row_source(row), because(row));
    fact.whole_firm = domain.is_some();
    fact.domain = domain;
    Stated { fact, at: row.told_at }
}

impl Inroad {
    /// The hashes that counted at a moment.
    pub(crate) async fn hashed(&self, at: Moment) -> Result<Hashed> {
        let rows = self.store.listed().await?;
        Ok(Hashed::new(self.file_key().await?, counting(&rows, at)))
    }

    /// What lists said at a moment: of each address and domain on them, and of every address that is known
    /// from anywhere and has a hash on them.
    pub(crate) async fn listed_opt_outs(&self, at: Moment) -> Result<Vec<Stated>> {
        let rows = self.store.listed().await?;
        let mut found: Vec<Stated> = Vec::new();
        for row in counting(&rows, at) {
            match row.listed.kind {
                ListedKind::Address => {
                    found.extend(
                        row.listed.value.parse().ok().map(|email| stated(row, Some(email), None)),
                    );
                }
                ListedKind::Domain => found.push(stated(row, None, Some(row.listed.value.clone()))),
                ListedKind::Sha256 | ListedKind::Erased => {}
            }
        }
        let hashed = Hashed::new(self.file_key().await?, counting(&rows, at));
        if !hashed.is_empty() {
            for email in self.every_address().await? {
                if let Some(row) = hashed.row_of(&email) {
                    found.push(stated(row, Some(email), None));
                }
            }
        }
        Ok(found)
    }

    /// Every address that is spelled anywhere but in the texts of letters.
    async fn every_address(&self) -> Result<std::collections::BTreeSet<EmailAddress>> {
        let texts = self.store.texts_with_addresses().await?;
        Ok(texts.iter().flat_map(|text| addresses_in(text)).collect())
    }

    /// Why an address is not to be written to by a list or because its owner was erased, also one that was
    /// never seen before.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn listed_as(&self, email: &EmailAddress, at: Moment) -> Result<Option<String>> {
        Ok(self.hashed(at).await?.row_of(email).map(because))
    }

    /// Everybody who is not to be written to, the latest first. With words, those in whom all of them
    /// stand; an address is found by its hash, too.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn not_contacted(&self, words: &str, at: Moment) -> Result<Vec<NotContacted>> {
        let mut found: Vec<NotContacted> = Vec::new();
        for (when, fact) in self.store.opt_outs().await? {
            if when.is_some_and(|when| when.timestamp() > at.timestamp()) {
                continue;
            }
            found.extend(by_letter(when, &fact));
        }
        for contact in self.store.opted_out_contacts().await?.iter() {
            found.extend(contact.emails.iter().map(|email| NotContacted {
                whom: NotContactedWho::Person(email.clone()),
                since: None,
                because: String::new(),
                said: SaidBy::Contacts,
                take_back: None,
            }));
        }
        let mut entries = self.store.entries().await?;
        entries.retain(|kept| kept.counts_at(at));
        found.extend(entries.iter().filter_map(by_user));
        found.extend(counting(&self.store.listed().await?, at).filter_map(by_list));
        // What one of the own house writes to others is no wish to be left alone by oneself.
        let house = self.seller().await?.unwrap_or_default();
        found.retain(|one| match &one.whom {
            NotContactedWho::Person(email) => !house.is_ours(email),
            _ => true,
        });
        found.sort_by(|a, b| (b.since, &a.whom, &a.because).cmp(&(a.since, &b.whom, &b.because)));
        found.dedup_by(|a, b| a.whom == b.whom && a.said == b.said);
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            return Ok(found);
        }
        let mut keys: Vec<String> = Vec::new();
        if let [word] = words.as_slice()
            && let Ok(email) = word.parse()
        {
            keys.extend(self.hashed(at).await?.row_of(&email).map(|row| row.listed.value.clone()));
            let domain = email.domain().to_owned();
            keys.push(domain);
        }
        let has = |one: &NotContacted| {
            let source = match &one.said {
                SaidBy::List(source) => source.as_str(),
                _ => "",
            };
            let text = format!("{} {} {source}", one.whom.key(), one.because).to_lowercase();
            keys.iter().any(|key| key == one.whom.key())
                || words.iter().all(|word| text.contains(word))
        };
        found.retain(has);
        Ok(found)
    }

    /// Lists an address, a mail domain, or a person or firm that is known by that name; it can be undone.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, for a mail provider's domain and the user's own house;
    /// [`Error::Conflict`] if they are listed already; [`Error::NotFound`] for a name that nobody has.
    pub async fn add_not_contacted(
        &self,
        whom: &str,
        because: &str,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let whom = match self.subject_called(whom).await {
            Err(error @ Error::NotFound { .. }) => match self.firm_called(whom).await? {
                Some(key) => Subject::Account(key),
                None => return Err(error),
            },
            other => other?,
        };
        self.leave_alone(whom, because, at).await
    }

    /// The firm of a deal or of a list that has that name.
    async fn firm_called(&self, name: &str) -> Result<Option<AccountKey>> {
        let Ok(key) = AccountKey::of_name(name) else { return Ok(None) };
        let is_it = |name: &str| AccountKey::of_name(name).is_ok_and(|other| other == key);
        let deals = self.store.deals().await?;
        let in_deal = deals.iter().any(|kept| kept.deal.organization.as_deref().is_some_and(is_it));
        let told = self.store.accounts().await?;
        Ok((in_deal || told.contains_key(&key)).then_some(key))
    }

    /// Takes back what the user said of somebody, or a row of a list; it can be undone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it does not count, or is not the user's to take back.
    pub async fn take_back_not_contacted(&self, what: TakeBack, at: Moment) -> Result<Done<()>> {
        let number = match what {
            TakeBack::Entry(number) => {
                let done = self.strike(number, at).await?;
                return Ok(Done { what: (), deed: done.deed });
            }
            TakeBack::Row(number) => number,
        };
        if self.store.withdraw_listed(&[number], at).await? == 0 {
            return Err(Error::NotFound {
                what: "That was taken back already, or is not yours to take back".to_owned(),
            });
        }
        let inverse = Inverse::ListedBack { rows: vec![number] };
        let says = "Taken back: somebody on a list not to write to";
        Ok(Done { what: (), deed: self.keep_deed(None, says, &inverse, at).await? })
    }

    /// Takes back every word of the user's own, and every row of a list, by which somebody is on the list;
    /// each can be undone. Tells whether they stay on it by what they asked for themselves.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they are not, or by nobody's word that is the user's to take back.
    pub async fn remove_not_contacted(&self, whom: &str, at: Moment) -> Result<Done<bool>> {
        let subject = match self.subject_called(whom).await {
            Err(error @ Error::NotFound { .. }) => match self.firm_called(whom).await? {
                Some(key) => Subject::Account(key),
                None => return Err(error),
            },
            other => other?,
        };
        let meant = match &subject {
            Subject::Person(email) => {
                let same = self.aliases().await?.all_of(email);
                same.into_iter().map(|email| email.as_str().to_owned()).collect()
            }
            Subject::Account(key) => vec![key.as_str().to_owned()],
            Subject::Deal(_) => Vec::new(),
        };
        let hash = match &subject {
            Subject::Person(email) => {
                self.hashed(at).await?.row_of(email).map(|row| row.listed.value.clone())
            }
            _ => None,
        };
        let all = self.not_contacted("", at).await?;
        let is_meant =
            |one: &&NotContacted| meant.iter().chain(&hash).any(|key| key == one.whom.key());
        let mut taken_back = None;
        for what in all.iter().filter(is_meant).filter_map(|one| one.take_back) {
            taken_back = Some(self.take_back_not_contacted(what, at).await?);
        }
        match taken_back {
            Some(done) => {
                let left = self.not_contacted("", at).await?;
                Ok(Done { what: left.iter().any(|one| is_meant(&one)), deed: done.deed })
            }
            None if all.iter().any(|one| is_meant(&one)) => Err(Error::NotFound {
                what: "You did not say to leave them alone; what they asked for themselves stands"
                    .to_owned(),
            }),
            None => Err(Error::NotFound {
                what:
                    "They are not on the list by your word; what they asked for themselves stands"
                        .to_owned(),
            }),
        }
    }
}

/// What a letter asks for: for one person, for the whole firm, or for both.
fn by_letter(when: Option<Moment>, fact: &Fact) -> Vec<NotContacted> {
    let Source::Message(message) = &fact.source else { return Vec::new() };
    let one = |whom| NotContacted {
        whom,
        since: when.map(Moment::date),
        because: fact.quote.clone(),
        said: SaidBy::Letter(message.clone()),
        take_back: None,
    };
    let person = fact.email.clone().map(NotContactedWho::Person);
    let of_firm = fact.email.as_ref().filter(|_| fact.whole_firm).map(EmailAddress::domain);
    let domain = fact.domain.as_deref().or(of_firm).filter(|domain| !is_free_mail(domain));
    let firm = domain.and_then(|domain| AccountKey::domain(domain).ok()).map(NotContactedWho::Firm);
    person.into_iter().chain(firm).map(one).collect()
}

fn by_user(kept: &KeptEntry) -> Option<NotContacted> {
    let Entry::LeaveAlone { because } = &kept.entry else { return None };
    let whom = match &kept.about {
        Subject::Person(email) => NotContactedWho::Person(email.clone()),
        Subject::Account(key) => NotContactedWho::Firm(key.clone()),
        Subject::Deal(_) => return None,
    };
    Some(NotContacted {
        whom,
        since: Some(kept.told_at.date()),
        because: because.as_str().to_owned(),
        said: SaidBy::You,
        take_back: Some(TakeBack::Entry(kept.number)),
    })
}

fn by_list(row: &ListedRow) -> Option<NotContacted> {
    let listed = &row.listed;
    let value = listed.value.clone();
    let whom = match listed.kind {
        ListedKind::Address => NotContactedWho::Person(value.parse().ok()?),
        ListedKind::Domain => NotContactedWho::Firm(AccountKey::domain(&value).ok()?),
        ListedKind::Sha256 => NotContactedWho::Sha256(value),
        ListedKind::Erased => NotContactedWho::Erased(value),
    };
    let is_erased = listed.kind == ListedKind::Erased;
    Some(NotContacted {
        whom,
        since: listed.since.parse().ok().or(Some(row.told_at.date())),
        because: listed.reason.clone(),
        said: if is_erased { SaidBy::Erasing } else { SaidBy::List(listed.source.clone()) },
        take_back: (!is_erased).then_some(TakeBack::Row(row.number)),
    })
}
