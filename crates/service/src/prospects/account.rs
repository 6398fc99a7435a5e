//! One firm before the first call: what is held to be so about it, its form, and how well it fits.

use inroad_model::{
    Account, AccountKey, Claim, ClaimSource, Entry, EntryNumber, IdealClient, KeptEntry, KeptPage,
    Moment, Remark, Subject,
};
use inroad_prospect::{CallSheet, Fit, Form, Held, call_sheet, form, held};
use jiff::civil::Date;

use crate::deeds::{Done, Inverse};
use crate::entries::Open;
use crate::inroad::Inroad;
use crate::register::{Firm, Register};
use crate::search::fold;
use crate::{Error, Result};

/// One firm before the first call.
#[derive(Debug, Clone)]
pub struct Prospect {
    /// What it is kept under.
    pub key: AccountKey,
    /// What it is called.
    pub label: String,
    /// What is held to be so about it.
    pub held: Vec<Held>,
    /// The same as a form, with what is still to be asked.
    pub form: Form,
    /// What was kept of it, the latest first.
    pub pages: Vec<KeptPage>,
    /// Whom one can help best.
    pub ideal: IdealClient,
    /// Whether nobody there is to be written to or called, by the user's word or their own.
    pub is_left_alone: bool,
}

impl Prospect {
    /// How well it fits.
    pub fn fit(&self) -> Fit<'_> {
        inroad_prospect::fit(&self.ideal, &self.held)
    }

    /// The most useful thing that nobody knows yet: the user's own question, what the ideal client asks
    /// for, what is old, what is only assumed.
    pub fn to_find_out(&self) -> Option<String> {
        if let Some(question) = self.form.questions.first() {
            return Some(question.text.clone());
        }
        if let Some(unknown) = self.fit().unknown().first() {
            return Some(unknown.topic.in_words().to_owned());
        }
        let rows = &self.form.rows;
        let old = rows.iter().find(|row| row.is_stale);
        let assumed = || rows.iter().find(|row| !row.assumed.is_empty() && row.verified.is_empty());
        old.map(|row| format!("{}, again: what is known is old", row.topic.in_words())).or_else(
            || assumed().map(|row| format!("{}: assumed, not verified", row.topic.in_words())),
        )
    }

    /// The sheet for a first call; `me` is what the user is called. There is none for whom one leaves
    /// alone.
    pub fn call_sheet(&self, me: Option<&str>) -> Option<CallSheet> {
        (!self.is_left_alone).then(|| call_sheet(&self.form, me, &self.label))
    }
}

/// The firm that somebody means by what they typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountGiven {
    /// One that is known.
    Known(AccountKey),
    /// One that is new: by its domain, or by its name.
    New(Box<Account>),
}

impl AccountGiven {
    /// The key of the firm.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a new one can have none.
    pub fn key(&self) -> Result<AccountKey> {
        match self {
            Self::Known(key) => Ok(key.clone()),
            Self::New(account) => {
                account.key().map_err(|invalid| Error::Invalid { what: invalid.to_string() })
            }
        }
    }
}

impl Register {
    /// What is held to be so about a firm, under all its keys.
    pub fn held_of(&self, key: &AccountKey, entries: &[KeptEntry]) -> Vec<Held> {
        let key = self.standing_key(key);
        Self::held(self.firm(&key), &self.own_of(&key, entries))
    }

    pub(crate) fn held(firm: Option<&Firm>, own: &[&KeptEntry]) -> Vec<Held> {
        let told: Vec<(Date, &Account)> = firm
            .into_iter()
            .flat_map(|firm| &firm.told)
            .map(|told| (told.at.date(), &told.account))
            .collect();
        held(&told, own)
    }

    /// What the user wrote down of the firm that a key stands for, under all its keys.
    fn own_of<'e>(&self, key: &AccountKey, entries: &'e [KeptEntry]) -> Vec<&'e KeptEntry> {
        let is_own = |kept: &&KeptEntry| matches!(&kept.about, Subject::Account(about) if self.standing_key(about) == *key);
        entries.iter().filter(is_own).collect()
    }

    /// One firm before the first call, as of a day.
    pub fn prospect(
        &self,
        key: &AccountKey,
        entries: &[KeptEntry],
        pages: &[KeptPage],
        ideal: &IdealClient,
        on: Date,
    ) -> Prospect {
        let key = self.standing_key(key);
        let is_own = |about: &AccountKey| self.standing_key(about) == key;
        let own = self.own_of(&key, entries);
        let held = Self::held(self.firm(&key), &own);
        let mut pages: Vec<KeptPage> =
            pages.iter().filter(|page| is_own(&page.about)).cloned().collect();
        pages.reverse();
        Prospect {
            label: self.firm(&key).map_or_else(|| key.to_string(), |firm| firm.label().to_owned()),
            form: form(&held, &own, on),
            held,
            pages,
            ideal: ideal.clone(),
            is_left_alone: self.is_left_alone(&key, entries),
            key,
        }
    }

    /// The firm that is meant: by its domain, by its name as it is known, else a new one of that name
    /// or domain.
    ///
    /// # Errors
    /// [`Error::Invalid`] where nothing was typed that could name one.
    pub fn account_given(&self, typed: &str) -> Result<AccountGiven> {
        let typed = typed.trim();
        if typed.contains('@') {
            let what = format!("'{typed}' is an address; name the firm, or its domain alone");
            return Err(Error::Invalid { what });
        }
        let lower = typed.to_lowercase();
        let bare = bare_domain(&lower);
        if let Some(key) = bare.and_then(|domain| AccountKey::domain(domain).ok()) {
            let known = self.firm(&key).map(|firm| AccountGiven::Known(firm.key.clone()));
            return Ok(known.unwrap_or_else(|| {
                let account = Account::named(key.as_str());
                AccountGiven::New(Box::new(Account { domain: Some(key.to_string()), ..account }))
            }));
        }
        let wanted = fold(typed);
        let named = |firm: &&Firm| firm.name.as_deref().is_some_and(|name| fold(name) == wanted);
        let called: Vec<&Firm> = self.all_firms().iter().filter(named).collect();
        match called.as_slice() {
            [] => {}
            [firm] => return Ok(AccountGiven::Known(firm.key.clone())),
            several => {
                let keys: Vec<&str> = several.iter().map(|firm| firm.key.as_str()).collect();
                let what = format!("Several firms are called so; name one: {}", keys.join(", "));
                return Err(Error::Conflict { what });
            }
        }
        let key = AccountKey::of_name(typed)
            .map_err(|invalid| Error::Invalid { what: invalid.to_string() })?;
        Ok(match self.firm(&key) {
            Some(firm) => AccountGiven::Known(firm.key.clone()),
            None => AccountGiven::New(Box::new(Account::named(typed))),
        })
    }
}

/// The host in what may be a web address or a domain; `None` for a name.
fn bare_domain(typed: &str) -> Option<&str> {
    let bare = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let host = bare.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains(char::is_whitespace) && !host.ends_with('.'))
        .then_some(host)
}

impl Inroad {
    /// Keeps what the user says of a firm; what was said before stays, and the later word counts.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a firm that cannot be named, a mail provider and the user's own house.
    pub async fn describe_account(&self, account: Account, at: Moment) -> Result<Done<AccountKey>> {
        let key = account.key().map_err(|invalid| Error::Invalid { what: invalid.to_string() })?;
        self.must_be_a_firms(&key).await?;
        let number = self.store.add_account(&account, at).await?;
        let says = format!("{} is written down", account.name);
        let deed = self.keep_deed(None, &says, &Inverse::Account { number }, at).await?;
        Ok(Done { what: key, deed })
    }

    /// An assumption about a firm holds: what is known now is kept as verified, and takes its place.
    ///
    /// # Errors
    /// [`Error::Conflict`] if no such assumption is open for that firm.
    pub async fn settle_claim(
        &self,
        key: &AccountKey,
        number: EntryNumber,
        text: Remark,
        source: ClaimSource,
        day: Date,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let about = Subject::Account(key.clone());
        self.check_open(&about, Open::Assumption, number, at).await?;
        let kept = self.entries(at).await?;
        let assumed = kept.iter().find_map(|kept| match &kept.entry {
            Entry::Claim(claim) if kept.number == number => Some(claim),
            _ => None,
        });
        let gone = || Error::Conflict { what: "That was taken back already".to_owned() };
        let topic = assumed.ok_or_else(gone)?.topic;
        let claim = Claim {
            topic,
            text,
            is_verified: true,
            day,
            source,
            settles: Some(number),
            settles_import: None,
        };
        self.write_down(about, Entry::Claim(claim), at).await
    }

    /// Says that two keys name one firm, or that they do not; what is kept of each stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] for one key twice.
    pub async fn decide_same_account(
        &self,
        a: &AccountKey,
        b: &AccountKey,
        same: bool,
        at: Moment,
    ) -> Result<Done<()>> {
        self.decide_same(a, b, same, at).await
    }

    /// Takes a key out of all that were said to be the same firm's; those stay one firm's.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is said to be no other's.
    pub async fn split_account(&self, key: &AccountKey, at: Moment) -> Result<Done<()>> {
        self.split(key, &format!("{key} is a firm of its own"), at).await
    }
}
