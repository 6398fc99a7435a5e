//! Deals: from a file, from an export, proposed from the mail, accepted or refused by the user.

use std::path::Path;
use std::sync::Arc;

use inroad_advice::propose;
use inroad_ingest::export::{ExportSystem, ExportedDeal};
use inroad_model::{Deal, DealId, EmailAddress, Issue, Seat, Seller};
use inroad_store::{DealStatus, StoredDeal};
use serde::Deserialize;

use crate::deal_match::folded;
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

/// How the identifiers of other programs begin.
pub(crate) const SYSTEMS: [&str; 8] =
    ["hubspot", "salesforce", "pipedrive", "zoho", "google", "outlook", "linkedin", "export"];

fn system_name(system: ExportSystem) -> &'static str {
    match system {
        ExportSystem::HubSpot => "hubspot",
        ExportSystem::Salesforce => "salesforce",
        ExportSystem::Pipedrive => "pipedrive",
        ExportSystem::Zoho => "zoho",
        ExportSystem::GoogleContacts => "google",
        ExportSystem::OutlookContacts => "outlook",
        ExportSystem::LinkedIn => "linkedin",
        ExportSystem::Unknown => "export",
    }
}

/// The identifier of an exported deal. Programs count from 1, so a number says something only
/// together with the program, and beside an unknown program only together with the name.
fn id_of_export(system: ExportSystem, row: &ExportedDeal) -> Option<DealId> {
    let name: String = folded(&row.name).chars().take(NAME_CHARS_MAX).collect();
    let id = match (&row.external_id, system) {
        (Some(id), ExportSystem::Unknown) => format!("export:{id}:{name}"),
        (Some(id), system) => format!("{}:{id}", system_name(system)),
        (None, _) => {
            let place = row.organization.as_deref().or(row.domain.as_deref()).map(folded);
            place.map_or_else(|| name.clone(), |place| format!("{name} ({place})"))
        }
    };
    DealId::new(&id.split_whitespace().collect::<Vec<_>>().join(" ")).ok()
}

/// Names are longer only by mistake.
const NAME_CHARS_MAX: usize = 100;

/// The deal of an exported row, if it has a name.
pub(crate) fn of_export(system: ExportSystem, row: &ExportedDeal) -> Option<Deal> {
    let people = row.people.iter().map(|email| Seat {
        email: email.clone(),
        name: None,
        title: None,
        roles: Vec::new(),
    });
    let domain = row.domain.clone().or_else(|| common_domain(&row.people));
    Some(Deal {
        id: id_of_export(system, row)?,
        name: row.name.split_whitespace().collect::<Vec<_>>().join(" "),
        organization: row.organization.clone(),
        domain,
        stage: row.stage,
        stage_since: None,
        value: row.value,
        currency: row.currency.clone(),
        fee_quoted: None,
        usual_fee_range: None,
        source: row.source.clone(),
        industry: row.industry.clone(),
        ongoing_account: false,
        opened: row.opened,
        people: people.collect(),
        notes: Vec::new(),
        insights: Vec::new(),
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
    pub async fn deals(&self) -> Result<Arc<Vec<StoredDeal>>> {
        Ok(self.store.deals().await?)
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
            self.store.set_deal_status(&stored.deal.id, status, crate::now()).await?;
        }
        Ok(chosen.len())
    }
}

/// The one deal that a user means by an id, a name, an organisation, or a part of one of them.
pub(crate) fn find<'d>(deals: &'d [StoredDeal], name: &str) -> Result<&'d StoredDeal> {
    let wanted = name.trim().to_lowercase();
    let lower = |text: &str| text.to_lowercase();
    let ids = |stored: &StoredDeal| {
        let ids = stored.known_as.iter().map(|id| lower(id));
        ids.chain([lower(stored.deal.id.as_str())]).collect::<Vec<_>>()
    };
    let texts = |stored: &StoredDeal| {
        let organization = stored.deal.organization.as_deref().unwrap_or_default();
        [ids(stored), vec![lower(&stored.deal.name), lower(organization)]].concat()
    };
    // The page links to the id itself, which another deal may bear in small letters.
    let steps: [&dyn Fn(&StoredDeal) -> bool; 5] = [
        &|stored| stored.deal.id.as_str() == name,
        &|stored| ids(stored).contains(&wanted),
        &|stored| lower(&stored.deal.name) == wanted,
        &|stored| texts(stored).contains(&wanted),
        &|stored| !wanted.is_empty() && texts(stored).iter().any(|text| text.contains(&wanted)),
    ];
    let matching = |step: &dyn Fn(&StoredDeal) -> bool| {
        deals.iter().filter(|stored| step(stored)).collect::<Vec<_>>()
    };
    let found = steps.into_iter().map(matching).find(|found| !found.is_empty());
    match found.unwrap_or_default().as_slice() {
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
