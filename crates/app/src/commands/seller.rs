//! `inroad seller`: how one sells, and who could help whom.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::{Moment, Remark, SellerWord};
use inroad_service::{Actor, DeedNumber, Inroad, ShareAsked};

use crate::cli::{PlainFormat, SellerAction, SellerArgs};
use crate::show::{self, plain};
use crate::when;

/// Shows it, or keeps what is said.
pub(crate) async fn run(inroad: Inroad, args: SellerArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let at = args.as_of.0;
    let actor = match &args.actor {
        Some(email) => inroad.actor_called(email).await?,
        None => inroad.owner().await?,
    };
    let action = args.action.unwrap_or(SellerAction::Show { email: None });
    if let Some(deed) = keep(&inroad, &actor, &action, when::now()).await? {
        let says = inroad.deed(deed).await?.says;
        match args.format {
            PlainFormat::Table => writeln!(out, "{}.", plain(&says))?,
            PlainFormat::Json => show::json(&inroad.deed(deed).await?, out)?,
        }
    } else {
        look(&inroad, &actor, &action, args.format, at, out).await?;
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps what is said; `None` where something is only looked at.
async fn keep(
    inroad: &Inroad,
    actor: &Actor,
    action: &SellerAction,
    at: Moment,
) -> Result<Option<DeedNumber>> {
    let deed = match action {
        SellerAction::Say { statement, answer } => {
            inroad.say_of_myself(actor, statement, *answer, at).await?.deed
        }
        SellerAction::Goal { habit: Some(habit), since } => {
            let since = since.unwrap_or_else(|| at.date());
            inroad.set_goal(actor, habit, since, at).await?.deed
        }
        SellerAction::Leave { to, part } => inroad.give_leave(actor, to, *part, at).await?.deed,
        SellerAction::Back { number } => inroad.take_back_word(actor, number.0, at).await?.deed,
        SellerAction::Offer { with, words } => {
            let words = Remark::if_any(&words.join(" "))?;
            inroad.offer_help(actor, *with, words, at).await?.deed
        }
        SellerAction::Ask { with, words, deal, by, of } => {
            let deal = match deal {
                Some(name) => Some(inroad.deal_of(actor, name).await?.deal.id),
                None => None,
            };
            let words = Remark::new(&words.join(" "))?;
            let (with, by, of) = (*with, *by, of.clone());
            let asking = SellerWord::Asking { with, deal, by, of, words };
            inroad.ask_for_help(actor, asking, at).await?.deed
        }
        SellerAction::Share { deal, with, percent, words } => {
            let asked = ShareAsked {
                deal: inroad.deal_of(actor, deal).await?.deal.id,
                with: with.clone(),
                share: *percent,
                since: at.date(),
                words: Remark::if_any(&words.join(" "))?,
            };
            inroad.share_commission(actor, asked, at).await?.deed
        }
        SellerAction::Agree { number } => inroad.agree_to_share(actor, number.0, at).await?.deed,
        SellerAction::Note { to, words } => {
            inroad.coach_note(actor, to, Remark::new(&words.join(" "))?, at).await?.deed
        }
        SellerAction::Show { .. }
        | SellerAction::Goal { habit: None, .. }
        | SellerAction::Help { .. }
        | SellerAction::Wanted => return Ok(None),
    };
    Ok(Some(deed))
}

async fn look(
    inroad: &Inroad,
    actor: &Actor,
    action: &SellerAction,
    format: PlainFormat,
    at: Moment,
    out: &mut dyn Write,
) -> Result<()> {
    match action {
        SellerAction::Help { deal } => {
            let stored = inroad.deal_of(actor, deal).await?.deal;
            let state = inroad.review_alone(&stored.id, at).await?.map(|deal| deal.state);
            let help = inroad.help_for(actor, &stored.id, state, at).await?;
            match format {
                PlainFormat::Json => show::json(&help, out),
                PlainFormat::Table => show::help_for(&stored.name, &help, out),
            }
        }
        SellerAction::Wanted => {
            let wanted = inroad.help_wanted(actor, at).await?;
            match format {
                PlainFormat::Json => show::json(&wanted, out),
                PlainFormat::Table => show::help_wanted(&wanted, out),
            }
        }
        _ => {
            let selling = match action {
                SellerAction::Show { email: Some(email) } => {
                    inroad.selling_of(actor, email, at).await?
                }
                _ => inroad.my_selling(actor, at).await?,
            };
            match (format, action) {
                (PlainFormat::Json, SellerAction::Goal { .. }) => show::json(&selling.goals, out),
                (PlainFormat::Json, _) => show::json(&selling, out),
                (PlainFormat::Table, SellerAction::Goal { .. }) => {
                    show::practice(selling.goals.as_ref(), out)
                }
                (PlainFormat::Table, _) => show::selling(&selling, out),
            }
        }
    }
}
