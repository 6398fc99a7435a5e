//! The companies of tables become accounts, and deals ask the accounts that are kept for their domain
//! and trade.
//!
//! Must not: guess a company's domain, or join companies; what is one firm, the user says.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::propose;
use inroad_ingest::export::ExportRow;
use inroad_model::{Account, AccountKey, Issue, Moment};
use inroad_store::ToldAccount;

use super::ImportReport;
use crate::Result;
use crate::deal_match::folded;
use crate::inroad::Inroad;

/// Rows of one sort that were not kept as they are: how many, and where the first one stands.
#[derive(Debug, Default)]
struct Noticed {
    count: usize,
    line: u64,
}

impl Noticed {
    fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn issue(&self, what: &str, way_out: &str) -> Option<Issue> {
        let told = || Issue::new(format!("{what}: {}", self.count), way_out).at_line(self.line);
        (self.count > 0).then(told)
    }
}

/// The accounts of a table, and what is to be told of the others.
///
/// A mail provider's domain names nobody's firm, so it is taken off. The user's own firm is left out:
/// it is on no other side.
fn accounts_of(
    rows: Vec<ExportRow<Account>>,
    own_domains: &BTreeSet<String>,
) -> (Vec<Account>, Vec<Issue>) {
    let (mut provider, mut unknown) = (Noticed::default(), Noticed::default());
    let (mut nameless, mut own) = (Noticed::default(), Noticed::default());
    // Collected where the rows lie, so that a long list takes its memory once.
    let kept = rows.into_iter().filter_map(|ExportRow { line, value: mut account }| {
        let is_free = account.domain.as_deref().is_some_and(propose::is_free_mail);
        if is_free && account.domain.as_deref() == Some(account.name.as_str()) {
            // The name stood nowhere; what is left is the provider's.
            unknown.add(line);
            return None;
        }
        if account.domain.as_ref().is_some_and(|domain| own_domains.contains(domain)) {
            own.add(line);
            return None;
        }
        if is_free {
            provider.add(line);
            account.domain = None;
        }
        if account.key().is_err() {
            nameless.add(line);
            return None;
        }
        Some(account)
    });
    let accounts = kept.collect();
    let left_out = "They were left out";
    let issues = [
        provider.issue(
            "Companies with the domain of a mail provider",
            "They were kept by their names, without it",
        ),
        unknown.issue("Companies of which only a mail provider's domain is known", left_out),
        nameless.issue("Companies whose names have neither letters nor digits", left_out),
        own.issue("Companies with a domain of your own", "Your own firm was left out"),
    ];
    (accounts, issues.into_iter().flatten().collect())
}

impl Inroad {
    /// Keeps the companies of a table.
    pub(super) async fn take_companies(
        &self,
        rows: Vec<ExportRow<Account>>,
        at: Moment,
        report: &mut ImportReport,
    ) -> Result<Vec<Issue>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let (accounts, issues) = accounts_of(rows, &self.own_domains().await?);
        let counted = self.store.put_accounts(&accounts, at).await?;
        report.companies += counted.added;
        report.company_doubles += counted.doubles;
        Ok(issues)
    }

    /// What kept companies tell of deals that name them.
    pub(super) async fn told_companies(&self) -> Result<ToldCompanies> {
        Ok(ToldCompanies::of(self.store.accounts().await?, &self.own_domains().await?))
    }

    /// The domains of the user's own firm, once the user said who they are.
    async fn own_domains(&self) -> Result<BTreeSet<String>> {
        let said = self.myself().await?.filter(|myself| !myself.guessed);
        Ok(said.map(|myself| propose::own_domains(&myself.seller)).unwrap_or_default())
    }
}

/// What was told last, and everything that was told at that moment.
#[derive(Debug, Default)]
struct Latest {
    at: Option<Moment>,
    told: BTreeSet<String>,
}

impl Latest {
    fn hear(&mut self, at: Moment, told: String) {
        match self.at.map(|before| before.timestamp().cmp(&at.timestamp())) {
            Some(std::cmp::Ordering::Greater) => return,
            Some(std::cmp::Ordering::Equal) => {}
            Some(std::cmp::Ordering::Less) | None => {
                self.at = Some(at);
                self.told.clear();
            }
        }
        self.told.insert(told);
    }

    /// The one thing that was told; `None` where nothing was, or two things.
    fn one(&self) -> Option<&String> {
        self.told.first().filter(|_| self.told.len() == 1)
    }
}

/// Domains and trades of companies by name, of whatever import they came.
#[derive(Debug, Default)]
pub(super) struct ToldCompanies {
    domains: BTreeMap<String, Latest>,
    industries: BTreeMap<String, Latest>,
}

impl ToldCompanies {
    fn of(
        accounts: BTreeMap<AccountKey, Vec<ToldAccount>>,
        own_domains: &BTreeSet<String>,
    ) -> Self {
        let mut companies = Self::default();
        for ToldAccount { at, account } in accounts.into_values().flatten() {
            let name = folded(&account.name);
            if let Some(domain) = account.domain.filter(|domain| !own_domains.contains(domain)) {
                companies.domains.entry(name.clone()).or_default().hear(at, domain);
            }
            if let Some(industry) = account.industry {
                companies.industries.entry(name).or_default().hear(at, industry);
            }
        }
        companies
    }

    /// The domain of a company of that name; `None` where none is known, or several have the name.
    pub(super) fn domain(&self, name: &str) -> Option<&String> {
        self.domains.get(&folded(name))?.one()
    }

    /// Whether companies of that name have several domains, of which the latest word tells none.
    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        self.domains.get(&folded(name)).is_some_and(|latest| latest.told.len() > 1)
    }

    /// The trade of companies of that name; `None` where none is known, or several.
    pub(super) fn industry(&self, name: &str) -> Option<&String> {
        self.industries.get(&folded(name))?.one()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, name: &str, domain: Option<&str>) -> ExportRow<Account> {
        let domain = domain.map(str::to_owned);
        ExportRow { line, value: Account { domain, ..Account::named(name) } }
    }

    #[test]
    fn providers_and_the_own_firm_are_told() {
        let rows = vec![
            row(2, "Lindner", Some("lindner.example")),
            row(3, "Malerei Ott", Some("gmail.com")),
            row(4, "gmail.com", Some("gmail.com")),
            row(5, "Studio", Some("studio.example")),
            row(6, "—", None),
            row(7, "Malerei Rot", Some("gmail.com")),
        ];
        let own = BTreeSet::from(["studio.example".to_owned()]);
        let (accounts, issues) = accounts_of(rows, &own);
        let kept: Vec<_> =
            accounts.iter().map(|a| (a.name.as_str(), a.domain.as_deref())).collect();
        let expected =
            [("Lindner", Some("lindner.example")), ("Malerei Ott", None), ("Malerei Rot", None)];
        assert_eq!(kept, expected);
        let said: Vec<_> = issues.iter().map(|issue| (issue.place.line, &*issue.what)).collect();
        assert_eq!(
            said,
            [
                (Some(3), "Companies with the domain of a mail provider: 2"),
                (Some(4), "Companies of which only a mail provider's domain is known: 1"),
                (Some(6), "Companies whose names have neither letters nor digits: 1"),
                (Some(5), "Companies with a domain of your own: 1"),
            ]
        );
    }

    #[test]
    fn the_latest_word_of_a_name_counts_if_it_is_one() {
        let at = |day: u8| -> Moment { format!("2026-06-{day:02}T09:00:00Z").parse().unwrap() };
        let told = |day, name: &str, domain: &str| {
            let account = Account { domain: Some(domain.to_owned()), ..Account::named(name) };
            (account.key().unwrap(), vec![ToldAccount { at: at(day), account }])
        };
        let accounts = BTreeMap::from([
            told(1, "Lindner", "old.example"),
            told(2, "lindner ", "new.example"),
            told(3, "Acme", "acme.example"),
            told(3, "ACME", "acme.test"),
            told(3, "Studio", "studio.example"),
        ]);
        let own = BTreeSet::from(["studio.example".to_owned()]);
        let companies = ToldCompanies::of(accounts, &own);
        assert_eq!(companies.domain("LINDNER").map(String::as_str), Some("new.example"));
        assert_eq!(companies.domain("Acme"), None);
        assert!(companies.is_ambiguous("Acme") && !companies.is_ambiguous("Lindner"));
        assert_eq!(companies.domain("Studio"), None);
    }
}
