//! The politics of a deal: a ranked list first, then what to do about it.

use inroad_service::{Account, Comfort, DealPolitics, words};
use maud::{Markup, html};

/// The page; `deal_at` is the address of the deal's own.
pub(super) fn politics(politics: &DealPolitics, deal_at: &str) -> Markup {
    html! {
        article.deal {
            p { a href=(deal_at) { "← " (politics.name) } }
            h1 { "Who moves it" }
            @match &politics.account {
                None => p.lead { "It is over, or they asked for peace: nobody there is to be moved now." },
                Some(account) => {
                    p.lead { "Read from letters these are guesses, and what you know counts more: tell it with " code { "inroad tell" } "." }
                    (people(account))
                    @for section in account.sections(&politics.unmet) {
                        h3 { (section.title) }
                        ul { @for line in section.lines { li { (line) } } }
                    }
                    (comforts(politics.map.comfort, deal_at))
                }
            }
        }
    }
}

/// Everybody, the weightiest first.
fn people(account: &Account) -> Markup {
    let mut standing: Vec<_> = account.standing.iter().collect();
    standing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    html! {
        table {
            thead { tr { th { "Who" } th { "Weight" } th { "Stance" } th { "Where" } } }
            tbody {
                @for one in standing {
                    @let person = &account.people[one.who];
                    tr {
                        td {
                            (person.name)
                            @if let Some(title) = &person.title { br; small.quiet { (title) } }
                        }
                        td { (words::weight(person)) }
                        td { (words::stance(person)) }
                        td {
                            (one.status.in_words())
                            @if one.is_gate { br; small.quiet { "everything passes here" } }
                            @if one.is_between { br; small.quiet { "others reach each other through them" } }
                        }
                    }
                }
            }
        }
    }
}

/// The same for another comfort with risk.
fn comforts(now: Comfort, deal_at: &str) -> Markup {
    let all = [
        (Comfort::Careful, "careful", "would rather lose a deal than step on toes"),
        (Comfort::Even, "even", "as most sellers"),
        (Comfort::Bold, "bold", "would rather step on toes than lose a deal"),
    ];
    html! {
        p.quiet {
            "How much risk you are comfortable with: "
            @for (comfort, name, says) in all {
                @if comfort == now { strong title=(says) { (name) } }
                @else { a href={ (deal_at) "/politics?comfort=" (name) } title=(says) { (name) } }
                " "
            }
        }
    }
}
