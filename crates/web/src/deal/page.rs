//! One deal: what is concluded, and every word that shows it.

use inroad_advice::DealReview;
use inroad_advice::people::PersonReview;
use inroad_model::{EmailAddress, Fact, FactKind, Moment};
use maud::{Markup, html};

use crate::parts::{self, Links};
use crate::strip;

/// What stands between the conclusions on the server's page: forms, plays, what happened. Nothing of
/// it is in a review that is a file of its own.
#[derive(Debug, Default)]
pub(super) struct Between {
    /// Above all: the day that is looked at.
    pub day: Markup,
    /// Behind the next step: what the user may decide about it, and do.
    pub decision: Markup,
    /// Behind the causes.
    pub plays: Markup,
    /// At the end.
    pub records: Markup,
}

/// A deal's part of the one-file review.
pub(crate) fn in_one_file(deal: &DealReview, as_of: Moment) -> Markup {
    body(deal, as_of, Links::None, &Between::default())
}

/// A deal's page, or its part of the one-file review.
pub(super) fn body(deal: &DealReview, as_of: Moment, links: Links, between: &Between) -> Markup {
    html! {
        article.deal id=(deal.id.as_str()) {
            @if links == Links::Pages { h1 { (deal.name) } } @else { h2 { (deal.name) } }
            p.lead {
                (parts::state(deal.state)) " "
                @if let Some(organization) = &deal.organization { (organization) " · " }
                @if let Some(sum) = parts::sum(deal) { (sum) " · " }
                "as of " (as_of.date().strftime("%-d %B %Y").to_string())
            }
            (between.day)
            (next_step(deal, &between.decision))
            (winning(deal, links))
            (head(links, Some("why"), &html! { "Why" }))
            @if deal.reasons.is_empty() { p.quiet { "Nothing was said yet that would tell." } }
            ul.evidence { @for reason in &deal.reasons { (parts::evidence(reason, links)) } }
            (causes(deal, links))
            (between.plays)
            (politics(deal, links))
            (second_reading(deal, links))
            (people(&deal.people, as_of, links))
            (facts(deal, links))
            @if !deal.missing.is_empty() {
                (head(links, None, &html! { "Not known yet" }))
                ul { @for missing in &deal.missing { li { (missing) } } }
            }
            (between.records)
        }
    }
}

/// The head of a section: below the deal's name, whose level is another one in a file with many deals.
fn head(links: Links, id: Option<&str>, content: &Markup) -> Markup {
    html! {
        @if links == Links::Pages { h2 id=[id] { (content) } } @else { h3 { (content) } }
    }
}

fn next_step(deal: &DealReview, decision: &Markup) -> Markup {
    html! {
        section.step {
            p {
                strong { (deal.advice.in_words()) }
                @if let Some(until) = deal.until { " until " (until.strftime("%-d %B %Y").to_string()) }
            }
            @if let Some(own) = &deal.overruled { p { (own.in_words()) } }
            @if let Some(step) = &deal.next_step {
                p { (step.text) }
                @if let Some(day) = step.not_before {
                    p.quiet { "Not before " (day.strftime("%-d %B %Y").to_string()) "." }
                }
            }
            @if let Some(question) = &deal.question {
                p { "Worth asking: " q { (question.text) } }
            }
            @for change in &deal.would_change { p.quiet { (change.text) } }
            (decision)
        }
    }
}

/// The chance of winning by how other deals ended, with what moved it.
fn winning(deal: &DealReview, links: Links) -> Markup {
    html! {
        @if let Some(chance) = &deal.winning {
            (head(links, None, &html! { "Chance of winning" }))
            p { (chance.in_words()) "." }
            @if let Some(likely) = &chance.likely {
                ul {
                    @for mover in &likely.up { li { "raised by " (mover.in_words()) } }
                    @for mover in &likely.down { li { "lowered by " (mover.in_words()) } }
                }
            }
        }
    }
}

/// Who decides, who could move it, who is against it.
fn politics(deal: &DealReview, links: Links) -> Markup {
    html! {
        @for told in deal.parts_told() {
            (head(links, None, &html! { (told.asks) }))
            @if told.who.is_empty() { p.quiet { (told.unknown) "." } }
            @for who in told.who {
                p { (who.in_words()) }
                @if !who.evidence.is_empty() {
                    ul.evidence { @for evidence in &who.evidence { (parts::evidence(evidence, links)) } }
                }
            }
        }
        @if links == Links::Pages && !deal.parts_told().is_empty() {
            p { a href={ "/deals/" (parts::escape(deal.id.as_str())) "/politics" } { "Where to go, what to ask, what would tip it" } }
        }
    }
}

fn causes(deal: &DealReview, links: Links) -> Markup {
    html! {
        @for cause in deal.likely_causes() {
            (head(links, None, &html! {
                (cause.name)
                @if let Some(p) = cause.probability { " " small.quiet { (p.in_percent()) } }
            }))
            ul.evidence { @for evidence in &cause.evidence_for { (parts::evidence(evidence, links)) } }
            @if !cause.evidence_against.is_empty() {
                p { "Against it:" }
                ul.evidence { @for evidence in &cause.evidence_against { (parts::evidence(evidence, links)) } }
            }
        }
    }
}

/// What a language model made of the deal, marked as such. Nothing in it is advice.
fn second_reading(deal: &DealReview, links: Links) -> Markup {
    html! {
        @if let Some(second) = &deal.second_reading {
            (head(links, None, &html! { "Second reading" }))
            p.quiet {
                "By " (second.reading.model) " at " (second.reading.host) ", of letters up to "
                (second.reading.as_of.date().strftime("%-d %B %Y").to_string())
                ". It counts with weight " (second.weight) " in the causes above, and in nothing else."
            }
            @for named in &second.reading.causes {
                p { (named.cause.says().trim_end_matches('.')) " " small.quiet { (named.probability.in_percent()) } }
                ul.evidence {
                    @for finding in named.findings_for.iter().chain(&named.findings_against) {
                        li { span { (finding.says) } @if !finding.quote.is_empty() { blockquote { (finding.quote) } } (parts::place(&finding.message, links)) }
                    }
                }
            }
            @if second.reading.causes.is_empty() { p { "It names no cause with words that stand in the letters." } }
            @if let Some(question) = &second.reading.remarks.question { p { "It would ask: " q { (question) } } }
        }
    }
}

fn people(people: &[PersonReview], as_of: Moment, links: Links) -> Markup {
    html! {
        (head(links, Some("people"), &html! { "People" }))
        @if people.is_empty() {
            p.quiet { "Nobody is known yet. Whoever writes from this firm comes in with the mail." }
        } @else { (rhythms(people, as_of, links)) }
    }
}

/// Who they are, and how each writes.
fn rhythms(people: &[PersonReview], as_of: Moment, links: Links) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Who" } th { "State" } th { "They wrote" } th { "We wrote" } th { "Usually answers within" } } }
                tbody {
                    @for person in people {
                        tr {
                            td {
                                @let name = person.name.as_deref().unwrap_or(person.email.as_str());
                                @if links == Links::Pages { a href=(parts::person_link(&person.email)) { (name) } } @else { (name) }
                                @if let Some(title) = &person.title { br; small.quiet { (title) } }
                            }
                            td { @if let Some(state) = person.state { (parts::state(state)) } }
                            td { (parts::day(person.heard_at)) " " small.quiet { (person.received) } }
                            td { (parts::day(person.wrote_at)) " " small.quiet { (person.sent) } }
                            td { @if let Some((_, most)) = person.usual_days { (format!("{most:.1} days")) } }
                        }
                        @if !person.letters.is_empty() {
                            tr.rhythm { td colspan="5" { (strip::person(person, as_of)) } }
                        }
                    }
                }
            }
        }
        p.quiet { small { "Half a year up to today: their letters above the line, yours below; shaded, when their answer is usual." } }
    }
}

fn facts(deal: &DealReview, links: Links) -> Markup {
    html! {
        @if !deal.facts.is_empty() {
            (head(links, Some("stated"), &html! { "What was stated" }))
            ul.evidence {
                @for fact in &deal.facts {
                    li {
                        span { (fact_line(fact, &deal.people)) }
                        @if !fact.quote.is_empty() { blockquote { (fact.quote) } }
                        (parts::place(&fact.source, links))
                    }
                }
            }
        }
    }
}

fn fact_line(fact: &Fact, people: &[PersonReview]) -> String {
    let name = |email: &EmailAddress| {
        let person = people.iter().find(|person| person.email == *email);
        person.and_then(|person| person.name.clone()).unwrap_or_else(|| email.to_string())
    };
    let who = fact.email.as_ref().map_or_else(|| "The firm".to_owned(), name);
    let day = fact.until.or(fact.on).map(|day| day.strftime("%-d %B %Y").to_string());
    let what = match fact.kind {
        FactKind::OutOfOffice => "away until",
        FactKind::LeftCompany => "left the company",
        FactKind::Acquired => "acquired or merged",
        FactKind::Reorganised => "reorganising",
        FactKind::OptedOut => "wants no more mail",
        FactKind::Ill => "something private",
        FactKind::Bounced => "mail comes back",
        FactKind::Referred => "points to",
        FactKind::ComeBack => "named",
        FactKind::Title => "signs as",
    };
    let object = day
        .or_else(|| fact.to_name.clone())
        .or_else(|| fact.to.as_ref().map(name))
        .or_else(|| fact.title.clone())
        .unwrap_or_default();
    format!("{who}: {what} {object}").trim().to_owned()
}
