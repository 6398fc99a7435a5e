//! Do-not-contact, gathered from everywhere: every mail that is kept, and every address book.

use inroad_advice::dealings::Stated;
use inroad_model::{EmailAddress, Fact, FactKind, Moment, Source, Touch};

use crate::Result;
use crate::inroad::Inroad;
use crate::people::Aliases;

/// What bears no date was always so.
fn always() -> Moment {
    Moment::utc(jiff::Timestamp::UNIX_EPOCH)
}

impl Inroad {
    /// What was known at a moment, for all addresses of everybody who asked.
    pub(crate) async fn opt_outs(&self, aliases: &Aliases, as_of: Moment) -> Result<Vec<Stated>> {
        let mut found: Vec<Stated> = Vec::new();
        for (at, fact) in self.store.opt_outs().await? {
            found.push(Stated { fact, at: at.unwrap_or_else(always) });
        }
        found.retain(|stated| stated.at.timestamp() <= as_of.timestamp());
        for contact in self.store.opted_out_contacts().await? {
            for email in contact.emails {
                let source = Source::Contact(email.clone());
                let fact = Fact::new(FactKind::OptedOut, Some(email), source, "");
                found.push(Stated { fact, at: always() });
            }
        }
        Ok(for_every_address(found, aliases))
    }
}

/// The opt-outs that some messages state.
pub(crate) fn of_touches(touches: &[Touch]) -> Vec<Stated> {
    touches
        .iter()
        .flat_map(|touch| touch.facts.iter().map(move |fact| (touch, fact)))
        .filter(|(_, fact)| fact.kind == FactKind::OptedOut)
        .map(|(touch, fact)| Stated { fact: fact.clone(), at: touch.date().unwrap_or_else(always) })
        .collect()
}

/// Says for all addresses of a person what was said for one of them.
fn for_every_address(stated: Vec<Stated>, aliases: &Aliases) -> Vec<Stated> {
    let others = |email: &EmailAddress| {
        aliases.all_of(email).into_iter().filter(|other| other != email).collect::<Vec<_>>()
    };
    stated
        .into_iter()
        .flat_map(|stated| {
            let more: Vec<Stated> = stated
                .fact
                .email
                .iter()
                .flat_map(others)
                .map(|email| {
                    // The firm behind one address says nothing about the firm behind another.
                    let mut fact = stated.fact.clone();
                    fact.email = Some(email);
                    fact.whole_firm = false;
                    Stated { fact, at: stated.at }
                })
                .collect();
            std::iter::once(stated).chain(more)
        })
        .collect()
}
