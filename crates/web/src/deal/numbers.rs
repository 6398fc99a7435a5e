//! What was typed of a deal, changed where it stands; and the fee against what is usual.

use inroad_advice::DealReview;
use inroad_model::Stage;
use inroad_service::StoredDeal;
use maud::{Markup, html};

use crate::parts;

/// The numbers.
pub(super) fn numbers(stored: &StoredDeal, deal: &DealReview, can_change: bool) -> Markup {
    let kept = &stored.deal;
    let unknown = || "not known".to_owned();
    let sum = |value: Option<f64>| value.map_or_else(unknown, parts::grouped);
    let usual = kept.usual_fee_range.map_or_else(unknown, |(low, high)| {
        format!("{} to {}", parts::grouped(low), parts::grouped(high))
    });
    let rows = [
        ("name", "Name", kept.name.clone()),
        ("organization", "Organisation", kept.organization.clone().unwrap_or_else(unknown)),
        (
            "stage",
            "Stage",
            deal.stage.map_or_else(unknown, |stage| Stage::in_words(stage).to_owned()),
        ),
        ("value", "Worth", parts::sum(deal).unwrap_or_else(unknown)),
        ("fee", "Fee quoted", sum(kept.fee_quoted)),
        ("usual", "Usual fees for such work", usual),
        ("opened", "Opened", kept.opened.map_or_else(unknown, parts::date)),
        ("ongoing", "Ongoing account", if kept.ongoing_account { "yes" } else { "no" }.to_owned()),
    ];
    let link = parts::deal_link(&kept.id);
    html! {
        h2 id="numbers" { "Numbers" }
        @if !can_change { p.quiet { "As they are now; of that day only the stage is known." } }
        dl.numbers {
            @for (field, says, value) in rows {
                div {
                    dt { (says) }
                    dd {
                        @if can_change {
                            a.cell href={ (link) "/edit?field=" (field) "&next=" (parts::escape(&link)) "%23numbers" } data-dialog {
                                (value) span.for-ears { ", change" }
                            }
                        } @else { (value) }
                    }
                }
            }
        }
        @if let (Some(fee), Some((low, high))) = (kept.fee_quoted, kept.usual_fee_range) { (against(fee, low, high)) }
    }
}

/// The fee on the line of what is usual.
fn against(fee: f64, low: f64, high: f64) -> Markup {
    let (from, to) = (low.min(fee) * 0.85, high.max(fee) * 1.1);
    let x = |value: f64| {
        let width = to - from;
        if width > 0.0 { (value - from) / width * 400.0 } else { 200.0 }
    };
    let says = match fee {
        fee if fee < low => "below what is usual: that can raise doubts, too",
        fee if fee > high => "above what is usual",
        _ => "within what is usual",
    };
    html! {
        figure.fee {
            svg viewBox="0 0 400 28" role="img" aria-label={ "The fee of " (parts::grouped(fee)) " is " (says) } {
                line x1="0" x2="400" y1="14" y2="14" stroke="var(--line)" stroke-width="2" {}
                rect x=(x(low)) y="8" width=((x(high) - x(low)).max(2.0)) height="12" rx="3" fill="var(--line)" {}
                line x1=(x(fee)) x2=(x(fee)) y1="2" y2="26" stroke="var(--accent)" stroke-width="3" {}
            }
            figcaption.quiet { "The fee is " (says) "." }
        }
    }
}
