//! Deals: from a file, from an export, proposed from the mail, accepted or refused by the user.

use std::path::Path;

use inroad_advice::propose;
use inroad_ingest::export::ExportedDeal;
use inroad_model::{Deal, DealId, EmailAddress, Issue, Moment, Seat, Seller};
use inroad_store::{DealStatus, StoredDeal};
use serde::Deserialize;

use crate::inroad::Inroad;
use crate::{Error, Result};

/// A deals file: whose deals, and which.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DealFile {
    /// The user.
    pub me: Me,
    /// Addresses of colleagues.
    #[serde(default)]
    pub colleagues: Vec<EmailAddress>,
    /// The deals.
    #[serde(default)]
    pub deals: Vec<Deal>,
}

/// The user, as a deals file names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// All own addresses.
    #[serde(default)]
    pub emails: Vec<EmailAddress>,
}

impl DealFile {
    /// The user with their colleagues.
    pub fn seller(&self) -> Seller {
        Seller {
            name: self.me.name.clone(),
            emails: self.me.emails.clone(),
            colleagues: self.colleagues.clone(),
        }
    }
}

/// Reads a deals file.
///
/// # Errors
/// [`Error::File`], or [`Error::Invalid`] with the line.
pub fn read_deal_file(path: &Path) -> Result<DealFile> {
    let bytes = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    parse_deal_file(&bytes).map_err(|issue| Error::Invalid {
        what: issue.in_file(path.display().to_string()).to_string(),
    })
}

/// Reads the bytes of a deals file; a fault comes with its line.
pub(crate) fn parse_deal_file(bytes: &[u8]) -> std::result::Result<DealFile, Box<Issue>> {
    serde_json::from_slice(bytes).map_err(|fault| {
        let what = format!("The deals file cannot be read: {fault}");
        let issue = Issue::new(what, "Correct that line and try again");
        Box::new(issue.at_line(fault.line() as u64))
    })
}

/// Whether two descriptions mean the same deal: the same id, or the same name.
pub(crate) fn is_same(a: &Deal, b: &Deal) -> bool {
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    a.id == b.id || folded(&a.name) == folded(&b.name)
}

/// What is known, with what was unknown taken from a second description.
pub(crate) fn fill_in(known: Deal, other: Deal) -> Deal {
    let mut people = known.people;
    for seat in other.people {
        match people.iter_mut().find(|known| known.email == seat.email) {
            Some(known) => fill_in_seat(known, seat),
            None => people.push(seat),
        }
    }
    let mut notes = known.notes;
    for note in other.notes {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Deal {
        id: known.id,
        name: known.name,
        organization: known.organization.or(other.organization),
        domain: known.domain.or(other.domain),
        stage: other.stage.or(known.stage),
        value: known.value.or(other.value),
        currency: known.currency.or(other.currency),
        fee_quoted: known.fee_quoted.or(other.fee_quoted),
        usual_fee_range: known.usual_fee_range.or(other.usual_fee_range),
        ongoing_account: known.ongoing_account || other.ongoing_account,
        opened: known.opened.or(other.opened),
        people,
        notes,
    }
}

fn fill_in_seat(known: &mut Seat, other: Seat) {
    known.name = known.name.take().or(other.name);
    known.title = known.title.take().or(other.title);
    for role in other.roles {
        if !known.roles.contains(&role) {
            known.roles.push(role);
        }
    }
}

/// The deal of an exported row, if it has a name.
pub(crate) fn of_export(row: &ExportedDeal) -> Option<Deal> {
    let id = row.external_id.clone().unwrap_or_else(|| row.name.clone());
    let people = row.people.iter().map(|email| Seat {
        email: email.clone(),
        name: None,
        title: None,
        roles: Vec::new(),
    });
    let domain = row.domain.clone().or_else(|| common_domain(&row.people));
    Some(Deal {
        id: DealId::new(&id).ok()?,
        name: row.name.clone(),
        organization: row.organization.clone(),
        domain,
        stage: row.stage,
        value: row.value,
        currency: row.currency.clone(),
        fee_quoted: None,
        usual_fee_range: None,
        ongoing_account: false,
        opened: row.opened,
        people: people.collect(),
        notes: Vec::new(),
    })
}

/// The domain of the people, where they share one that is an organisation's.
fn common_domain(people: &[EmailAddress]) -> Option<String> {
    let first = people.first()?.domain();
    let shared = people.iter().all(|email| email.domain() == first);
    (shared && !propose::is_free_mail(first)).then(|| first.to_owned())
}

impl Inroad {
    /// Every deal with what the user said about it.
    pub async fn deals(&self) -> Result<Vec<StoredDeal>> {
        Ok(self.store.deals().await?)
    }

    /// Proposes a deal for each outside organisation with two-way correspondence that no deal
    /// names yet. Returns how many are new.
    pub async fn propose_deals(&self) -> Result<usize> {
        let Some(seller) = self.seller().await? else { return Ok(0) };
        let kept = self.store.deals().await?;
        let correspondents = self.store.correspondents(&seller.emails).await?;
        let counted: Vec<propose::Counted> = correspondents
            .into_iter()
            .map(|person| propose::Counted {
                email: person.email,
                name: person.name,
                received: person.received,
                sent: person.sent,
                first: jiff::Timestamp::from_microsecond(person.first_at)
                    .ok()
                    .map(|at| Moment::utc(at).date()),
            })
            .collect();
        let fresh: Vec<StoredDeal> = propose::propose(&seller, &counted)
            .into_iter()
            .filter(|proposal| !kept.iter().any(|stored| covers(&stored.deal, proposal)))
            .map(|deal| StoredDeal { deal, status: DealStatus::Proposed })
            .collect();
        Ok(self.store.put_deals(&fresh).await?)
    }

    /// Accepts proposals, or refuses them. An empty list means all that are proposed.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one of the names fits no deal; nothing is changed then.
    pub async fn decide_deals(&self, names: &[String], accept: bool) -> Result<usize> {
        let kept = self.store.deals().await?;
        let chosen: Vec<&StoredDeal> = if names.is_empty() {
            kept.iter().filter(|stored| stored.status == DealStatus::Proposed).collect()
        } else {
            names.iter().map(|name| find(&kept, name)).collect::<Result<_>>()?
        };
        let status = if accept { DealStatus::Open } else { DealStatus::Dismissed };
        for stored in &chosen {
            self.store.set_deal_status(&stored.deal.id, status).await?;
        }
        Ok(chosen.len())
    }
}

/// Whether a deal speaks of the organisation or the person of a proposal already.
fn covers(deal: &Deal, proposal: &Deal) -> bool {
    let same_domain = deal.domain.is_some() && deal.domain == proposal.domain;
    let same_people = proposal
        .people
        .iter()
        .any(|seat| deal.people.iter().any(|known| known.email == seat.email));
    deal.id == proposal.id || same_domain || same_people
}

/// The one deal that a user means by a name, an id, an organisation, or a part of one of them.
pub(crate) fn find<'d>(deals: &'d [StoredDeal], name: &str) -> Result<&'d StoredDeal> {
    let wanted = name.trim().to_lowercase();
    let texts = |stored: &StoredDeal| {
        let deal = &stored.deal;
        let organization = deal.organization.clone().unwrap_or_default();
        [deal.id.to_string(), deal.name.clone(), organization].map(|text| text.to_lowercase())
    };
    let exact = |stored: &&StoredDeal| texts(stored).contains(&wanted);
    let partly = |stored: &&StoredDeal| texts(stored).iter().any(|text| text.contains(&wanted));
    let mut found: Vec<&StoredDeal> = deals.iter().filter(exact).collect();
    if found.is_empty() && !wanted.is_empty() {
        found = deals.iter().filter(partly).collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::NotFound {
            what: format!("No deal is called '{name}'; 'inroad deals' lists them"),
        }),
        several => {
            let names: Vec<&str> = several.iter().map(|stored| stored.deal.name.as_str()).collect();
            Err(Error::Conflict {
                what: format!("'{name}' could be {}; write more of the name", names.join(", ")),
            })
        }
    }
}
