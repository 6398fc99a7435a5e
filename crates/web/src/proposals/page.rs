//! The list of proposed deals: whom each is about, what passed, and what the user says to it.

use inroad_service::{Proposal, ProposedPerson};
use jiff::civil::Date;
use maud::{Markup, html};

use super::ROWS;
use crate::access::Key;
use crate::forms::hidden;
use crate::job::count;
use crate::pager::{self, pager};
use crate::parts;

/// What is shown of the proposals.
#[derive(Debug)]
pub(crate) struct List<'a> {
    pub proposals: &'a [Proposal],
    /// The place of the first of them among all.
    pub from: usize,
    /// How many there are.
    pub count: usize,
    /// Those with a letter since that day are marked; without, none is.
    pub marked: Option<Date>,
}

/// The list as a form. `next` is where one goes back to.
pub(crate) fn list(list: &List<'_>, next: &str, key: &Key) -> Markup {
    html! {
        @if list.count == 0 {
            p.lead { "Nothing is proposed at the moment." }
            p {
                "inroad proposes a deal for each organisation with which letters went both ways. When new mail shows one, it stands here. "
                a href="/import" { "Import mail" } " · " a href="/" { "To the review" }
            }
        } @else {
            p.lead {
                "Organisations with which letters went both ways: " (count(list.count as u64, "proposal"))
                ". Which of them are deals? Each answer can be undone."
            }
            form.proposals method="post" action="/deals/proposed" {
                (hidden(key, next))
                (tools(list.count))
                (table(list))
            }
            (pages(list))
        }
    }
}

fn tools(count: usize) -> Markup {
    html! {
        div.row {
            button.main type="submit" name="do" value="accept-marked" { "Accept the marked" }
            button type="submit" name="do" value="dismiss-marked" { "The marked are no deals" }
            button type="submit" name="do" value="accept-all" { "Accept all " (count) }
            button type="submit" name="do" value="dismiss-all" { "None is a deal" }
        }
    }
}

fn table(list: &List<'_>) -> Markup {
    html! {
        div.scroll { table {
            thead { tr {
                th scope="col" { "Mark" }
                th scope="col" { "Name of the deal" }
                th scope="col" { "People" }
                th scope="col" { "Letters" }
                th scope="col" { "Last" }
                th scope="col" { "Is it one?" }
            } }
            tbody { @for proposal in list.proposals { (row(proposal, list.marked)) } }
        } }
    }
}

fn row(proposal: &Proposal, marked: Option<Date>) -> Markup {
    let deal = &proposal.stored.deal;
    let (id, name) = (deal.id.as_str(), deal.name.as_str());
    let is_marked = marked.zip(proposal.last).is_some_and(|(day, last)| last.date() >= day);
    html! {
        tr {
            td { input type="checkbox" name="mark" value=(id) checked[is_marked] aria-label={ "Mark " (name) }; }
            td.name {
                input type="hidden" name="id" value=(id);
                input type="text" name="name" value=(name) maxlength="200" autocomplete="off" aria-label={ "Name of " (name) };
                @if name != id { small.quiet { (id) } }
            }
            td { (people(&proposal.people)) }
            td { (proposal.letters) }
            td { (parts::day(proposal.last)) }
            td { div.row {
                button type="submit" name="accept" value=(id) aria-label={ "Yes, " (name) " is a deal" } { "Yes" }
                button type="submit" name="dismiss" value=(id) aria-label={ "No, " (name) " is no deal" } { "No" }
            } }
        }
    }
}

fn people(people: &[ProposedPerson]) -> Markup {
    let called =
        |person: &ProposedPerson| person.name.clone().unwrap_or_else(|| person.email.to_string());
    html! {
        @match people {
            [] => {},
            [one] => {
                a href=(parts::person_link(&one.email)) { (called(one)) } br; small.quiet { (passed(one)) }
            }
            [first, rest @ ..] => details {
                summary { (called(first)) " and " (rest.len()) " more" }
                ul { @for person in people {
                    li { a href=(parts::person_link(&person.email)) { (called(person)) } " " small.quiet { (person.email) ": " (passed(person)) } }
                } }
            },
        }
    }
}

fn passed(person: &ProposedPerson) -> String {
    format!("{} from them, {} from you", person.received, person.sent)
}

fn pages(list: &List<'_>) -> Markup {
    let link = |page: usize| format!("?from={}", (page - 1) * ROWS);
    pager(list.from / ROWS + 1, pager::last(list.count, ROWS), link)
}
