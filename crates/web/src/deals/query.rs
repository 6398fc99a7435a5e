//! What is asked for of the deals, as it stands in the address: it can be kept and shared.

use std::cmp::Ordering;

use inroad_model::{Stage, State};
use inroad_service::search::holds_words;
use maud::{Markup, html};

use super::row::Row;
use crate::forms::decoded_pairs;
use crate::parts;

/// How the deals are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Board,
    List,
}

/// The columns of the list: the name in the address, and the one at the head.
pub(super) const COLUMNS: [(&str, &str); 7] = [
    ("state", "State"),
    ("stage", "Stage"),
    ("value", "Worth"),
    ("heard", "They wrote"),
    ("warmth", "By their rhythm"),
    ("next", "Next step"),
    ("chance", "Chance"),
];
/// What is shown where nobody chose.
const COLUMNS_USUAL: [&str; 6] = ["state", "stage", "value", "heard", "warmth", "next"];

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    pub view: View,
    pub words: String,
    pub states: Vec<State>,
    pub stages: Vec<Stage>,
    pub sort: String,
    pub columns: Vec<&'static str>,
    pub page: usize,
}

impl Query {
    /// Reads the part of an address behind its question mark; what is not understood is left out.
    pub(super) fn read(text: &str) -> Self {
        let pairs = decoded_pairs(text);
        let all = |name: &str| {
            let name = name.to_owned();
            pairs.iter().filter(move |(found, _)| *found == name).map(|(_, value)| value.as_str())
        };
        let one = |name: &str| all(name).next().unwrap_or_default().trim().to_owned();
        let chosen: Vec<&'static str> = COLUMNS
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| all("column").any(|wanted| wanted == *name))
            .collect();
        Self {
            view: if one("view") == "list" { View::List } else { View::Board },
            words: one("q"),
            states: State::ALL
                .into_iter()
                .filter(|state| all("state").any(|name| name == state.as_str()))
                .collect(),
            stages: all("stage").filter_map(Stage::from_name).collect(),
            sort: one("sort"),
            columns: if chosen.is_empty() { COLUMNS_USUAL.to_vec() } else { chosen },
            page: one("page").parse().unwrap_or(1).max(1),
        }
    }

    /// The same as an address, with another view, order or page where given.
    pub(super) fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = self.clone();
        change(&mut query);
        let mut pairs = vec![(
            "view",
            match query.view {
                View::Board => "board".to_owned(),
                View::List => "list".to_owned(),
            },
        )];
        if !query.words.is_empty() {
            pairs.push(("q", query.words.clone()));
        }
        pairs.extend(query.states.iter().map(|state| ("state", state.as_str().to_owned())));
        pairs.extend(query.stages.iter().map(|stage| ("stage", stage.as_str().to_owned())));
        if !query.sort.is_empty() {
            pairs.push(("sort", query.sort.clone()));
        }
        if query.columns != COLUMNS_USUAL {
            pairs.extend(query.columns.iter().map(|name| ("column", (*name).to_owned())));
        }
        if query.page > 1 {
            pairs.push(("page", query.page.to_string()));
        }
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(name, value)| format!("{name}={}", parts::escape(&value)))
            .collect();
        format!("/deals?{}", pairs.join("&"))
    }

    /// Whether a deal is among what is asked for.
    pub(super) fn wants(&self, row: &Row<'_>) -> bool {
        let deal = row.deal;
        let told = || {
            let organization = deal.organization.as_deref().unwrap_or_default();
            let people = deal.people.iter().flat_map(|person| {
                [person.name.as_deref().unwrap_or_default(), person.email.as_str()]
            });
            let texts: Vec<&str> =
                [deal.name.as_str(), organization].into_iter().chain(people).collect();
            texts.join("\n")
        };
        (self.states.is_empty() || self.states.contains(&deal.state))
            && (self.stages.is_empty()
                || deal.stage.is_some_and(|stage| self.stages.contains(&stage)))
            && (self.words.is_empty() || holds_words(&told(), &self.words))
    }

    /// Puts the deals in the order that is asked for; a `-` before its name turns it round.
    pub(super) fn sort(&self, rows: &mut [Row<'_>]) {
        let (name, is_turned) =
            self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        let order = |a: &Row<'_>, b: &Row<'_>| -> Ordering {
            let (a, b) = (a.deal, b.deal);
            let chance = |deal: &inroad_advice::DealReview| {
                let likely = deal.winning.as_ref().and_then(|chance| chance.likely.as_ref());
                likely.map_or(-1.0_f64, |likely| likely.probability)
            };
            match name {
                "name" => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
                "stage" => a.stage.cmp(&b.stage),
                "value" => a.value.unwrap_or(-1.0).total_cmp(&b.value.unwrap_or(-1.0)),
                "heard" => a.heard_at.cmp(&b.heard_at),
                "warmth" => a.silent_days.total_cmp(&b.silent_days),
                "chance" => chance(a).total_cmp(&chance(b)),
                _ => Ordering::Equal,
            }
        };
        rows.sort_by(|a, b| if is_turned { order(b, a) } else { order(a, b) });
    }
}

/// The filters, as a form that makes such an address.
pub(super) fn form(query: &Query) -> Markup {
    html! {
        form.filters method="get" action="/deals" role="search" {
            input type="hidden" name="view" value=(if query.view == View::List { "list" } else { "board" });
            label { span.for-ears { "Words" } input type="search" name="q" value=(query.words) placeholder="Name, firm or person"; }
            fieldset {
                legend { "State" }
                @for state in State::ALL {
                    label.choice {
                        input type="checkbox" name="state" value=(state.as_str()) checked[query.states.contains(&state)];
                        " " (state.as_str())
                    }
                }
            }
            @if query.view == View::List {
                fieldset {
                    legend { "Stage" }
                    @for stage in Stage::ALL {
                        label.choice {
                            input type="checkbox" name="stage" value=(stage.as_str()) checked[query.stages.contains(&stage)];
                            " " (stage.in_words())
                        }
                    }
                }
                details {
                    summary { "Columns" }
                    @for (name, head) in COLUMNS {
                        label.choice { input type="checkbox" name="column" value=(name) checked[query.columns.contains(&name)]; " " (head) }
                    }
                }
            }
            button type="submit" { "Show" }
            span.views role="group" aria-label="Layout" {
                a.act href=(query.address(|q| q.view = View::Board)) aria-current=[(query.view == View::Board).then_some("true")] { "Board" }
                a.act href=(query.address(|q| q.view = View::List)) aria-current=[(query.view == View::List).then_some("true")] { "List" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let address = Query::read(text).address(|_| ());
        assert_eq!(address, expected);
        let again = address.strip_prefix("/deals?").unwrap();
        assert_eq!(Query::read(again), Query::read(text), "{text}");
    }

    #[test]
    fn an_address_says_what_is_asked_for_and_nothing_else() {
        check("", "/deals?view=board");
        check("view=list&state=cold&state=warm&x=1", "/deals?view=list&state=warm&state=cold");
        check("q=a+b%26c&page=3&sort=-value", "/deals?view=board&q=a%20b%26c&sort=-value&page=3");
        check("page=0&state=hot&column=chance", "/deals?view=board&column=chance");
    }
}
