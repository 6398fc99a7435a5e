//! One deal's letters, from the originals that are kept.

use inroad_advice::Input;
use inroad_advice::correspondence::Correspondence;
use inroad_advice::of_deal::of_deal;
use inroad_advice::playbook::second::SecondReadings;
use inroad_model::{Deal, Message, Moment, Seller, Touch};
use inroad_second_reading::{Material, Request, SHEETS_MAX, Sheet};
use inroad_store::DealStatus;

use crate::inroad::Inroad;
use crate::uniting::unite;
use crate::{Error, Result};

impl Inroad {
    /// What would be sent about a deal at a moment; `None` if there is nothing.
    pub(super) async fn material_of(&self, deal: &Deal, as_of: Moment) -> Result<Option<Request>> {
        let seller = self.seller().await?.unwrap_or_default();
        let aliases = self.aliases().await?;
        let mut touches = self.touches_of(std::slice::from_ref(deal), &aliases, as_of).await?;
        let opted_out = self.opt_outs(&aliases, as_of).await?;
        // All deals, so that it is known which letters are another deal's.
        let stored = self.store.deals_at(as_of).await?;
        let in_use = stored.into_iter().filter(|stored| stored.status != DealStatus::Dismissed);
        let mut deals: Vec<Deal> = in_use.map(|stored| stored.deal).collect();
        unite(&aliases.canonical(&seller, &deals), &mut deals, &mut touches, &mut []);
        let playbook = self.playbook()?;
        let input = Input {
            seller: &seller,
            deals: &deals,
            beside: &[],
            touches: &touches,
            events: &[],
            opted_out: &opted_out,
            playbook: &playbook,
            second_readings: &SecondReadings::default(),
            as_of,
        };
        let Some(deal) = deals.iter().find(|one| one.id == deal.id) else { return Ok(None) };
        let correspondence = Correspondence::until(&touches, &seller, as_of);
        let found = of_deal(&input, &correspondence, deal);
        let mut letters = Vec::new();
        for (at, touch) in found.letters.iter().rev().take(SHEETS_MAX) {
            match self.read_kept(&touch.message.id, as_of).await {
                Ok(reading) => {
                    letters.push(sheet(
                        *at,
                        &touch.message,
                        reading.new_text,
                        &reading.message.text,
                    ));
                }
                Err(Error::NotFound { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        let (people, older) = (found.people, found.letters.len().saturating_sub(SHEETS_MAX));
        Ok(Request::about(&Material { deal, seller: &seller, people, letters, older, as_of }))
    }
}

/// What would be sent about a deal of which all texts are at hand.
pub(super) fn of_touches(input: &Input<'_>, deal: &Deal) -> Option<Request> {
    let (seller, as_of): (&Seller, Moment) = (input.seller, input.as_of);
    let correspondence = Correspondence::until(input.touches, seller, as_of);
    let found = of_deal(input, &correspondence, deal);
    let written = |(at, touch): &(Moment, &Touch)| {
        let text = touch.new_text.clone().unwrap_or_default();
        sheet(*at, &touch.message, text, &touch.message.text)
    };
    let letters = found.letters.iter().map(written).collect();
    Request::about(&Material { deal, seller, people: found.people, letters, older: 0, as_of })
}

fn sheet(at: Moment, message: &Message, text: String, body: &str) -> Sheet {
    Sheet {
        id: message.id.clone(),
        at,
        from: message.from.clone(),
        // Whom a blind copy went to is the seller's secret.
        to: message.to.iter().chain(&message.cc).cloned().collect(),
        subject: message.subject.clone(),
        text,
        body: body.to_owned(),
        is_automatic: !message.nature.is_correspondence(),
    }
}
