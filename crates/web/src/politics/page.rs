//! The politics of a deal: a ranked list first, then what to do about it.

use std::collections::BTreeMap;

use inroad_advice::politics::way::Route;
use inroad_service::{Account, Comfort, DealPolitics, words};
use maud::{Markup, html};

use crate::picture::{Layout, View, draw_standalone, figure, script};

/// The page; `deal_at` is the address of the deal's own.
pub(crate) fn politics(politics: &DealPolitics, layout: Layout, deal_at: &str) -> Markup {
    html! {
        article.deal {
            p { a href=(deal_at) { "← " (politics.name) } }
            h1 { "Who moves it" }
            @if let Some(advice) = &politics.advice { p { "Advice on the deal as a whole: " strong { (advice) } } }
            @match &politics.account {
                None => p.lead { "It is over, or they asked for peace: nobody there is to be moved now." },
                Some(account) => {
                    p.lead { "Read from letters these are guesses, and what you know counts more: tell it with " code { "inroad tell" } "." }
                    (people(account))
                    (map(politics, account, layout, deal_at))
                    @for section in account.sections(&politics.unmet) {
                        h2 { (section.title) }
                        ul { @for line in section.lines { li { (line) } } }
                    }
                    (comforts(politics.map.comfort, layout, deal_at))
                }
            }
        }
    }
}

/// The picture, with what matters now on it.
fn map(politics: &DealPolitics, account: &Account, layout: Layout, deal_at: &str) -> Markup {
    let view = view(politics, account, layout);
    let (other, says) = match layout {
        Layout::Tree => (Layout::Layers, "who is listened to stands above"),
        Layout::Layers => (Layout::Tree, "as the house is organised"),
    };
    html! {
        (figure(&politics.map.without_supposed(), &view))
        p.quiet { "Another picture: " a href={ (deal_at) "/politics?layout=" (other.as_str()) "&comfort=" (politics.map.comfort.as_str()) } { (says) } "." }
        (script())
    }
}

/// The picture as a file of its own; `None` where nobody there is to be moved.
pub fn standalone_map(politics: &DealPolitics) -> Option<String> {
    let account = politics.account.as_ref()?;
    let view = view(politics, account, Layout::Tree);
    Some(draw_standalone(&politics.map.without_supposed(), &view))
}

fn view(politics: &DealPolitics, account: &Account, layout: Layout) -> View {
    let route = account.way.routes.first().map(Route::people).unwrap_or_default();
    let (badges, ghosts) = (badges(account), politics.unmet.clone());
    View { layout, badges, ghosts, route, ..View::default() }
}

/// What matters now of each, in a word or two.
fn badges(account: &Account) -> BTreeMap<usize, Vec<String>> {
    let mut badges: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut add = |who: usize, says: &str| badges.entry(who).or_default().push(says.to_owned());
    if let Some(asked) = account.ask_next.first() {
        add(asked.ask, "ask next");
    }
    for one in account.standing.iter().filter(|one| one.is_gate) {
        add(one.who, "gate");
    }
    if let Some(tip) = account.tipping.tips.first() {
        add(tip.who, "would tip it");
    }
    badges
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
                            @for (at, told) in one.where_told().into_iter().enumerate() {
                                @if at > 0 { br; small.quiet { (told) } } @else { (told) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The same for another comfort with risk.
fn comforts(now: Comfort, layout: Layout, deal_at: &str) -> Markup {
    let says = |comfort: Comfort| match comfort {
        Comfort::Careful => "would rather lose a deal than step on toes",
        Comfort::Even => "as most sellers",
        Comfort::Bold => "would rather step on toes than lose a deal",
    };
    html! {
        p.quiet {
            "How much risk you are comfortable with: "
            @for comfort in Comfort::ALL {
                @let (name, says) = (comfort.as_str(), says(comfort));
                @if comfort == now { strong title=(says) { (name) } }
                @else { a href={ (deal_at) "/politics?layout=" (layout.as_str()) "&comfort=" (name) } title=(says) { (name) } }
                " "
            }
        }
    }
}
