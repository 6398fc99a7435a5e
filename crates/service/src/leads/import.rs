//! Leads out of a table: an export of a CRM or of a form on a web site.
//!
//! A row that was taken once is known again, by the number that the other program gave it or by who, where
//! from and which campaign, so that a table may be imported as often as it grows.

use std::collections::BTreeMap;

use inroad_ingest::Limits;
use inroad_ingest::export::{ExportedLead, parse_leads};
use inroad_leads::{Answer, Criterion, Given, HandOver, LeadEvent, LeadPerson, To, Told, in_force};
use inroad_model::{Issue, Moment};
use inroad_prospect::typed_number;
use inroad_store::NewLead as NewRow;
use serde::Serialize;

use super::hand_over::ready;
use super::{NewLead, json};
use crate::deeds::Inverse;
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::search::fold;
use crate::{Error, Result};

/// What came of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImportedLeads {
    /// Leads that were handed over, or would be.
    pub added: usize,
    /// Rows that were there already.
    pub known: usize,
    /// Rows of people of whom there is an open lead already, which was handed over otherwise.
    pub doubles: usize,
    /// What was wrong, with its line.
    pub issues: Vec<Issue>,
    /// The deed by which all of them can be taken back.
    #[serde(skip)]
    pub deed: Option<inroad_model::DeedNumber>,
}

/// Tables larger than this hold no leads.
const BYTES_MAX: usize = 64 << 20;

impl Inroad {
    /// Hands the leads of a table over, or only says what would come of it. `to` takes those to whom no
    /// territory leads and `source` stands where the table names none.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Invalid`] for a table that is too large.
    pub async fn import_leads(
        &self,
        actor: &Actor,
        bytes: &[u8],
        asked: &ImportAsked<'_>,
        at: Moment,
    ) -> Result<ImportedLeads> {
        actor.must(Right::HandOver)?;
        if bytes.len() > BYTES_MAX {
            let what = format!("That is more than {} MB; split the table", BYTES_MAX >> 20);
            return Err(Error::Invalid { what });
        }
        let register = self.lead_register(at).await?;
        let hashed = self.hashed(at).await?;
        let (rows, issues) = parse_leads(bytes, &Limits::default());
        let mut found = ImportedLeads { issues, ..ImportedLeads::default() };
        let counts = in_force(&register.versions, at).map(|version| &version.definition);
        let criteria = counts.map_or(&[][..], |definition| definition.criteria.as_slice());
        let mut new = Vec::new();
        let mut open = register.open_leads();
        for row in rows {
            let key = key_of(&row.value, actor);
            let lead = NewLead {
                hand_over: hand_over(row.value, criteria, asked.source),
                to: None,
                despite_doubles: true,
            };
            let chosen = asked.to.filter(|_| {
                let place = &lead.hand_over.place;
                let email = lead.hand_over.person.email.as_ref();
                let domain = email.map_or("", |email| email.domain());
                counts.and_then(|definition| definition.suggested(place, domain)).is_none()
            });
            let lead = NewLead { to: chosen.cloned(), ..lead };
            match ready(actor, lead, &register, &hashed, at) {
                Ok((hand_over, to)) => {
                    let is_there = !open.like(actor, &hand_over).is_empty();
                    let is_double = open.comes_twice(&hand_over) || is_there;
                    new.push((key, hand_over, to, is_double));
                }
                Err(why) => {
                    let issue =
                        Issue::new(why.to_string(), "Mend the row, and import the table again");
                    found.issues.push(issue.at_line(row.line));
                }
            }
        }
        found.issues.sort_by_key(|issue| issue.place.line);
        self.keep_imported(actor, new, asked.dry_run, at, &mut found).await?;
        Ok(found)
    }

    async fn keep_imported(
        &self,
        actor: &Actor,
        new: Vec<(String, HandOver, To, bool)>,
        dry_run: bool,
        at: Moment,
        found: &mut ImportedLeads,
    ) -> Result<()> {
        let keys: Vec<&str> = new.iter().map(|(key, ..)| key.as_str()).collect();
        let mut taken = self.store.lead_import_keys(&keys).await?;
        let mut contents = Vec::new();
        for (key, hand_over, to, is_double) in new {
            if !taken.insert(key.clone()) {
                found.known += 1;
            } else if is_double {
                found.doubles += 1;
            } else {
                let email = hand_over.person.email.clone();
                let event = LeadEvent::HandedOver { lead: Box::new(hand_over), to };
                contents.push((key, email, json(&event)?));
            }
        }
        found.added = contents.len();
        if dry_run || contents.is_empty() {
            return Ok(());
        }
        let rows: Vec<NewRow<'_>> = contents
            .iter()
            .map(|(key, email, content)| NewRow { email: email.as_ref(), import_key: key, content })
            .collect();
        let kept = self.store.add_leads(&rows, actor.signs(), at).await?;
        let kept: Vec<(i64, i64)> = kept.into_iter().flatten().collect();
        found.added = kept.len();
        let inverse = Inverse::LeadEvents {
            events: kept.iter().map(|(_, event)| *event).collect(),
            about: kept.iter().map(|(lead, _)| format!("lead {lead}")).collect(),
        };
        let says = format!("{} leads of a table were handed over", kept.len());
        found.deed = Some(self.keep_deed_of(actor, None, &says, &inverse, at).await?);
        Ok(())
    }
}

/// What is asked of an import.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportAsked<'a> {
    /// Who takes those to whom no territory leads.
    pub to: Option<&'a To>,
    /// Where they came from, where the table does not say.
    pub source: &'a str,
    /// Whether nothing is to be kept.
    pub dry_run: bool,
}

/// By what a row is known again. Rows of two who hand over are two.
fn key_of(row: &ExportedLead, actor: &Actor) -> String {
    let by = actor.email().map_or("", |email| email.as_str());
    let who = match (&row.id, &row.email) {
        (Some(id), _) => format!("id {id}"),
        (None, Some(email)) => format!("mail {email}\u{1f}{}\u{1f}{}", row.source, row.campaign),
        (None, None) => {
            let who = fold(&format!("{} {}", row.name, row.company));
            format!("phone {}\u{1f}{who}\u{1f}{}\u{1f}{}", row.phone, row.source, row.campaign)
        }
    };
    let hash = blake3::hash(format!("{by}\u{1f}{who}").as_bytes());
    hash.to_hex().chars().take(32).collect()
}

fn hand_over(row: ExportedLead, criteria: &[Criterion], source: &str) -> HandOver {
    let answers = criteria.iter().filter_map(|criterion| {
        let named = |name: &str| {
            let name = fold(name);
            name == fold(&criterion.name) || name == fold(&criterion.key)
        };
        let (_, cell) = row.others.iter().find(|(name, _)| named(name))?;
        Some((criterion.key.clone(), answer(criterion, cell)))
    });
    let answers: BTreeMap<String, Answer> = answers.collect();
    HandOver {
        definition: None,
        person: LeadPerson { name: row.name, email: row.email, phone: row.phone, title: row.title },
        account: row.company,
        place: row.place,
        source: if row.source.is_empty() { source.to_owned() } else { row.source },
        campaign: row.campaign,
        said: row.said,
        promised: Vec::new(),
        asked: String::new(),
        answers,
    }
}

/// What a cell answers to a criterion; its words stay beside the answer.
fn answer(criterion: &Criterion, cell: &str) -> Answer {
    let given = match criterion.told {
        Told::YesNo => match fold(cell).as_str() {
            "yes" | "y" | "true" | "1" | "ja" | "oui" | "si" | "sim" => Given::Yes,
            "no" | "n" | "false" | "0" | "nein" | "non" | "nao" | "nee" => Given::No,
            _ => Given::Unknown,
        },
        Told::Number { .. } => typed_number(cell).map_or(Given::Unknown, Given::Number),
    };
    let words =
        if given == Given::Unknown { cell.chars().take(200).collect() } else { String::new() };
    Answer { given, words }
}
