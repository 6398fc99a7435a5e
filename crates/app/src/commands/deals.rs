//! `inroad deals`: what is open, what is proposed, and the user's word on it.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{DealStatus, Inroad};

use super::lessons;
use crate::cli::DealsAction;
use crate::show;

/// Lists deals, or accepts or dismisses proposals.
pub(crate) async fn run(
    inroad: Inroad,
    action: Option<DealsAction>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match action {
        None => {
            let deals = inroad.deals().await?;
            let rows: Vec<[String; 4]> = deals
                .iter()
                .map(|stored| {
                    let deal = &stored.deal;
                    let status = match stored.status {
                        DealStatus::Proposed => "proposed",
                        DealStatus::Open => "open",
                        DealStatus::Dismissed => "dismissed",
                    };
                    let people: Vec<&str> =
                        deal.people.iter().take(3).map(|seat| seat.email.as_str()).collect();
                    [
                        status.to_owned(),
                        deal.name.clone(),
                        deal.stage.map_or_else(String::new, |s| format!("{s:?}").to_lowercase()),
                        people.join("\n"),
                    ]
                })
                .collect();
            if rows.is_empty() {
                writeln!(out, "No deals yet. Import your mail first: inroad import PATH")?;
            } else {
                writeln!(out, "{}", show::table(["", "Deal", "Stage", "People"], &rows))?;
            }
        }
        Some(DealsAction::Accept { names }) => {
            let done = inroad.decide_deals(&names, true).await?;
            writeln!(out, "{done} accepted. Now: inroad review")?;
        }
        Some(DealsAction::Dismiss { names }) => {
            let before = inroad.waiting_deals().await?;
            let done = inroad.decide_deals(&names, false).await?;
            writeln!(out, "{done} dismissed.")?;
            lessons::offer(&inroad, &before, out).await?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}
