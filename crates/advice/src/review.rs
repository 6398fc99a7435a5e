//! The review: everything that is concluded about every deal at one moment.
//!
//! The shape is what outside programs read as JSON; fields are added, never renamed.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{
    Advice, Deal, DealId, EmailAddress, Fact, Moment, Probability, Source, Stage, State,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::Input;
use crate::beside::Beside;
use crate::correspondence::Correspondence;
use crate::counsel::{self, Change, NextStep, Question};
use crate::dealings::{Dealings, once_each};
use crate::decision;
use crate::discreet::{self, Privacy};
use crate::evidence::{CauseReview, Evidence};
use crate::lasting::rhythm_of;
use crate::opt_outs::OptOuts;
use crate::overruled::Overruled;
use crate::people::{PersonReview, review_people};
use crate::playbook::second::SecondOpinion;
use crate::playbook::{Playbook, diagnosis, signs};
use crate::politics::{self, Politics, way};
use crate::reasons::{self, Habits};
use crate::rhythm::clock::Clock;
use crate::rhythm::pulse::Pulse;
use crate::rhythm::turn::Turned;
use crate::rhythm::{Chances, Owes, Rhythm};
use crate::standing;
use crate::titles;
use crate::winning::Chance;

/// The review of all deals on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// The moment at which it was asked; nothing later was looked at.
    pub as_of: Moment,
    /// The deals, in the order in which they were given.
    pub deals: Vec<DealReview>,
}

/// What is concluded about one deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealReview {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: String,
    /// The organisation on the other side.
    pub organization: Option<String>,
    /// How far it is, as last typed.
    pub stage: Option<Stage>,
    /// What it is worth, in `currency`.
    pub value: Option<f64>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Its state.
    pub state: State,
    /// How likely it is that they have stopped answering: that nothing comes from them in the next
    /// 60 days.
    pub probability_dark: Probability,
    /// How likely an answer is within seven days.
    pub probability_reply_7d: Probability,
    /// How likely it is that nothing is wrong.
    pub probability_healthy: Probability,
    /// Why it is so, likeliest first.
    pub causes: Vec<CauseReview>,
    /// What was seen that speaks for one cause or another, by its name in the playbook, with how
    /// surely and how lately: 0 to 1.
    pub signs: BTreeMap<&'static str, f64>,
    /// What to do.
    pub advice: Advice,
    /// That the advice is the user's own; left out where it is the program's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overruled: Option<Overruled>,
    /// Until when to wait.
    pub until: Option<Date>,
    /// Who is against it, if anybody is known to be.
    pub resistor: Option<EmailAddress>,
    /// Who inside could move it, best first.
    pub levers: Vec<Lever>,
    /// The people over whom to go, in order.
    pub route: Vec<EmailAddress>,
    /// Who decides, as far as known.
    pub decision_maker: Option<EmailAddress>,
    /// What was stated, oldest first.
    pub facts: Vec<Fact>,
    /// What is unknown, and who could tell.
    pub missing: Vec<String>,
    /// The question worth most now.
    pub question: Option<Question>,
    /// What would change the advice, likeliest first.
    pub would_change: Vec<Change>,
    /// The next honest, useful step.
    pub next_step: Option<NextStep>,
    /// The state in words, with what shows it.
    pub reasons: Vec<Evidence>,
    /// Who has to write next.
    pub owes: Owes,
    /// When they last wrote.
    pub heard_at: Option<Moment>,
    /// When we last wrote.
    pub wrote_at: Option<Moment>,
    /// Days since our first unanswered message, without known absences and holidays.
    pub silent_days: f64,
    /// The days within which half and nine tenths of their answers come.
    pub usual_days: (f64, f64),
    /// Everybody on their side.
    pub people: Vec<PersonReview>,
    /// Who has which part, with the words that show it.
    pub politics: Politics,
    /// The chance of winning it by how other deals ended; `None` with too few closed deals. It is
    /// added by whoever knows all deals.
    pub winning: Option<Chance>,
    /// What a language model made of it, if the user had one asked. Of all this only the causes
    /// count, by their weight.
    pub second_reading: Option<SecondOpinion>,
}

impl DealReview {
    /// Whether nobody there is to be moved any more: it has ended, or they asked for peace.
    pub fn is_over(&self) -> bool {
        is_over(self.state, self.advice)
    }

    /// Who decides, who could move it, who is against it; nothing once it is over.
    pub fn parts_told(&self) -> Vec<politics::Told<'_>> {
        if self.is_over() { Vec::new() } else { self.politics.told().to_vec() }
    }

    /// The causes that are worth telling a person: none while nothing looks wrong.
    pub fn likely_causes(&self) -> &[CauseReview] {
        if self.probability_healthy.get() >= HEALTHY_FROM {
            return &[];
        }
        let worth =
            |cause: &CauseReview| cause.probability.is_some_and(|p| p.get() >= WORTH_TELLING);
        let count = self.causes.iter().take(CAUSES_SHOWN_MAX).take_while(|c| worth(c)).count();
        self.causes.get(..count).unwrap_or_default()
    }
}

/// From this probability on that nothing is wrong no cause is told.
const HEALTHY_FROM: f64 = 0.5;
/// A cause less likely than this is no help to anybody.
const WORTH_TELLING: f64 = 0.12;
/// More causes than these confuse.
const CAUSES_SHOWN_MAX: usize = 3;

impl Review {
    /// The deals, those first that ask for something today, and last those that are over.
    pub fn by_attention(&self) -> Vec<&DealReview> {
        let mut deals: Vec<&DealReview> = self.deals.iter().collect();
        deals.sort_by_key(|deal| attention(deal));
        deals
    }
}

/// The order of the day: the state, then whether there is something to do, then who is waiting.
fn attention(deal: &DealReview) -> (u8, u8, bool) {
    let state = match deal.state {
        State::Dark => 0,
        State::Cold => 1,
        State::Cooling => 2,
        State::Warm => 3,
        State::Paused => 4,
        State::Closed => 5,
    };
    let advice = match deal.advice {
        Advice::Pursue => 0,
        Advice::LetGo => 1,
        Advice::Wait => 2,
        Advice::Stop => 3,
    };
    (state, advice, deal.owes != Owes::We)
}

/// Somebody who could move a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lever {
    /// Who.
    pub email: EmailAddress,
    /// Why.
    pub why: String,
}

impl Lever {
    fn of(pointed: &politics::Pointed) -> Self {
        Self { email: pointed.email.clone(), why: pointed.why.clone() }
    }
}

/// Reviews all deals as of one moment.
pub fn review(input: &Input<'_>) -> Review {
    let correspondence = Correspondence::until(input.touches, input.seller, input.as_of);
    let shared = Shared::new(input);
    let deals = review_some(input, &shared, &correspondence, input.deals);
    Review { as_of: input.as_of, deals }
}

/// Fewer letters of theirs are no habit that could have turned.
const LETTERS_OF_A_HABIT: usize = 4;

/// What all deals of one review look things up in.
#[derive(Debug)]
pub struct Shared<'a> {
    opt_outs: OptOuts<'a>,
    /// Who has a part in any deal.
    seats: BTreeSet<&'a EmailAddress>,
    beside: Beside<'a>,
    /// What half of the seller's deals are worth at most, by currency.
    usual_value: BTreeMap<&'a str, f64>,
}

impl<'a> Shared<'a> {
    /// Who asked for no more mail.
    pub(crate) fn opt_outs(&self) -> &OptOuts<'a> {
        &self.opt_outs
    }

    /// Of one review.
    pub fn new(input: &Input<'a>) -> Self {
        // All of them, so that one deal alone is reviewed as among the others.
        let deals = || input.deals.iter().chain(input.beside);
        let seats = deals().flat_map(|deal| &deal.people);
        Self {
            opt_outs: OptOuts::new(input.opted_out),
            seats: seats.map(|seat| &seat.email).collect(),
            beside: Beside::of(deals(), input.as_of),
            usual_value: usual_value(deals()),
        }
    }
}

/// Reviews some of the deals, so that a caller with several cores can share them out. Joined in
/// their order the parts are what [`review`] gives.
pub fn review_some(
    input: &Input<'_>,
    shared: &Shared<'_>,
    correspondence: &Correspondence<'_>,
    deals: &[Deal],
) -> Vec<DealReview> {
    deals
        .iter()
        .filter(|deal| deal.opened.is_none_or(|opened| opened <= input.as_of.date()))
        .map(|deal| {
            let dealings = Dealings::gather(input, deal, correspondence, &shared.opt_outs);
            let letters = || correspondence.concerning(&dealings.people);
            let pulse = || Pulse::of(letters(), correspondence, input.as_of);
            let second = SecondOpinion::of(input.second_readings, &dealings, input.as_of);
            let mut review =
                review_deal(&dealings, pulse, shared, input.playbook, second, input.as_of);
            discreet::keep(&mut review, &Privacy::of(&dealings, correspondence));
            review
        })
        .collect()
}

fn is_over(state: State, advice: Advice) -> bool {
    state == State::Closed || advice == Advice::Stop
}

/// Over whom to go, as the map of the account has it; nothing once it is over.
fn route(politics: &Politics, state: State, advice: Advice) -> Vec<EmailAddress> {
    if is_over(state, advice) {
        return Vec::new();
    }
    let best = way::find(&politics.map).routes.into_iter().next();
    let people = best.map(|route| route.people()).unwrap_or_default();
    let email = |at: usize| politics.map.people()[at].id.parse().ok();
    people.into_iter().filter_map(email).collect()
}

/// The middle of what deals are worth, by currency.
fn usual_value<'d>(deals: impl Iterator<Item = &'d Deal>) -> BTreeMap<&'d str, f64> {
    let mut values: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for deal in deals {
        if let Some(value) = deal.value.filter(|value| *value > 0.0) {
            values.entry(currency(deal)).or_default().push(value);
        }
    }
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    values.into_iter().map(|(currency, values)| (currency, middle(values))).collect()
}

fn currency(deal: &Deal) -> &str {
    deal.currency.as_deref().unwrap_or_default()
}

/// Reviews one deal.
fn review_deal(
    dealings: &Dealings<'_>,
    pulse: impl FnOnce() -> Pulse,
    shared: &Shared<'_>,
    playbook: &Playbook,
    second: Option<SecondOpinion>,
    as_of: Moment,
) -> DealReview {
    let deal = dealings.deal;
    let waited_for = dealings.counterparts();
    let clock = Clock::of(dealings, &waited_for);
    let rhythm = rhythm_of(dealings, &dealings.exchanges, &waited_for, &clock, as_of);
    let pulse = asks_for_pulse(dealings, &rhythm).then(pulse);
    let chances = chances_of(dealings, &rhythm, &clock, pulse.as_ref());
    let standing = standing::stand(dealings, &rhythm, as_of);
    let said = signs::said(dealings, as_of);
    let signs = signs::find(dealings, &said, &rhythm, &standing, &shared.beside, as_of);
    let diagnosis = diagnosis::diagnose(playbook, &signs, second.as_ref());
    let standing = standing.weighed(&diagnosis);
    let mut politics = politics::read(dealings, &said, &diagnosis, &shared.seats);
    let worth = decision::worth(deal.value, shared.usual_value.get(currency(deal)).copied());
    let counsel =
        counsel::advise(dealings, &rhythm, &standing, &diagnosis, &politics, worth, as_of);
    if counsel.advice == Advice::Stop {
        // Nobody there is to be asked to move anything.
        politics.moves.clear();
    }
    let habits = Habits {
        rhythm: &rhythm,
        chances: &chances,
        turned: pulse.as_ref().and_then(|pulse| turned(dealings, pulse)),
        holidays: holidays(dealings, &clock, as_of),
    };
    let mut reasons = reasons::reasons(dealings, &habits, &standing, as_of);
    if standing.state != State::Closed {
        reasons.extend(signs::seen_in_structure(&signs));
    }
    reasons.extend(second.as_ref().and_then(|second| second.reason(standing.state)));
    DealReview {
        id: deal.id.clone(),
        name: deal.name.clone(),
        organization: deal.organization.clone(),
        stage: deal.stage,
        value: deal.value,
        currency: deal.currency.clone(),
        state: standing.state,
        probability_dark: chances.dark,
        probability_reply_7d: chances.reply_7d,
        probability_healthy: Probability::clamped(diagnosis.healthy),
        causes: diagnosis.causes,
        signs: signs.iter().map(|(sign, seen)| (sign.as_str(), hundredth(seen.strength))).collect(),
        advice: counsel.advice,
        overruled: None,
        until: counsel.until,
        resistor: politics.against.as_ref().map(|who| who.email.clone()),
        levers: politics.moves.iter().map(Lever::of).collect(),
        route: route(&politics, standing.state, counsel.advice),
        decision_maker: politics.decides.as_ref().map(|who| who.email.clone()),
        facts: facts(dealings, &shared.seats),
        missing: counsel.missing,
        question: counsel.question,
        would_change: counsel.would_change,
        next_step: counsel.next_step,
        reasons,
        owes: rhythm.owes,
        heard_at: rhythm.heard_at,
        wrote_at: rhythm.wrote_at,
        silent_days: tenth(rhythm.silent_days),
        usual_days: (tenth(rhythm.usual_days.0), tenth(rhythm.usual_days.1)),
        people: review_people(dealings, as_of),
        politics,
        winning: None,
        second_reading: second,
    }
}

/// The holidays since our first unanswered letter, where they are worth telling.
fn holidays(dealings: &Dealings<'_>, clock: &Clock, as_of: Moment) -> Vec<String> {
    let first = dealings.unanswered().first();
    first.map(|exchange| clock.holidays(exchange.at, as_of)).unwrap_or_default()
}

/// Whether a pulse could tell anything: somebody is waited for, or there are answers enough for a
/// habit to have turned. To take it costs as much as all the rest.
fn asks_for_pulse(dealings: &Dealings<'_>, rhythm: &Rhythm) -> bool {
    rhythm.owes == Owes::They || dealings.inbound().count() >= LETTERS_OF_A_HABIT
}

/// What to expect of those who are waited for; by the habit alone without a pulse.
fn chances_of(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    clock: &Clock,
    pulse: Option<&Pulse>,
) -> Chances {
    let Some(pulse) = pulse else { return rhythm.chances_by_habit() };
    rhythm.chances(pulse, &dealings.counterparts(), clock)
}

/// Whoever is waited for and writes otherwise than before: who did so the latest.
fn turned(dealings: &Dealings<'_>, pulse: &Pulse) -> Option<(EmailAddress, Turned)> {
    let counterparts = dealings.counterparts();
    let turned = counterparts.into_iter().filter_map(|email| {
        let turned = pulse.turned(&email)?;
        Some((email, turned))
    });
    turned.max_by(|a, b| a.1.at.total_cmp(&b.1.at))
}

/// What was stated and bears on this deal: without the titles that the seller knows already, and
/// without what is about somebody who belongs to another deal with that firm.
fn facts(dealings: &Dealings<'_>, seats: &BTreeSet<&EmailAddress>) -> Vec<Fact> {
    let seat_of = |fact: &Fact| {
        dealings.deal.people.iter().find(|seat| Some(&seat.email) == fact.email.as_ref())
    };
    let of_other_deal = |fact: &Fact| {
        seat_of(fact).is_none() && fact.email.as_ref().is_some_and(|email| seats.contains(email))
    };
    // What stands in a note was typed by the seller, too: it is news only where it corrects.
    let known_title = |fact: &Fact| {
        let typed = seat_of(fact).and_then(|seat| seat.title.as_deref());
        match (typed, fact.title.as_deref()) {
            (Some(typed), Some(signed)) => titles::same_title(typed, signed),
            (None, Some(_)) => matches!(fact.source, Source::Note(_)),
            _ => false,
        }
    };
    let organization = dealings.deal.organization.as_deref().unwrap_or_default();
    once_each(&dealings.facts)
        .map(|stated| stated.fact.clone())
        .filter(|fact| !of_other_deal(fact))
        .map(|mut fact| {
            fact.title = fact.title.map(|t| titles::without_firm(&t, organization).to_owned());
            fact
        })
        .filter(|fact| !known_title(fact))
        .collect()
}

fn hundredth(strength: f64) -> f64 {
    (strength * 100.0).round() / 100.0
}

/// A tenth of a day is as fine as a silence needs to be told.
fn tenth(days: f64) -> f64 {
    (days * 10.0).round() / 10.0
}
