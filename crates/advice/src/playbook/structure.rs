//! Signals from who wrote when to whom, from stated facts and from what the seller typed.

mod copies;
mod elsewhere;
mod moved;
mod pitch;
mod stage_age;
pub(crate) mod titles;

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, FactKind, Moment, Role, Source, Stage};

use self::titles::{BUYS, DECIDES, assists, has_role, has_title};
use super::signs::{Signal, last_letter};
use crate::absence;
use crate::beside::Beside;
use crate::dealings::{Dealings, Direction, Exchange, Stated};
use crate::evidence::{self, Evidence};
use crate::rhythm::{Owes, Rhythm};
use crate::standing::{Reason, Standing};

/// Providers whose addresses people keep for themselves.
pub(crate) const PRIVATE: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "orange.fr",
    "free.fr",
    "proton.me",
    "protonmail.com",
];
/// A part of the correspondence in which somebody new is late: the last third.
const LATE_FROM: f64 = 0.66;
/// Letters of theirs before anything can have stopped or grown shorter.
const LETTERS_MIN: usize = 5;
/// Letters that are looked at for what is so now.
const LATEST: usize = 3;

/// All signals that are there, with what shows them.
pub(super) fn signals(
    dealings: &Dealings<'_>,
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    beside: &Beside<'_>,
    as_of: Moment,
) -> Vec<(Signal, Option<Evidence>)> {
    let mut found = Vec::new();
    people(dealings, &mut found);
    silence(dealings, rhythm, standing, &mut found);
    letters(dealings, &mut found);
    stated(dealings, standing, as_of, &mut found);
    typed(dealings, &mut found);
    let mut see = |signal, seen: Option<Evidence>| {
        found.extend(seen.map(|evidence| (signal, Some(evidence))));
    };
    see(Signal::LeftOutOfCopy, copies::left_out(dealings));
    see(Signal::BossInCopy, copies::boss_brought_in(dealings, as_of));
    see(Signal::MeetingsMoved, moved::again_and_again(dealings, as_of));
    see(Signal::PitchedFirst, pitch::at_first(dealings));
    see(Signal::StillPitching, pitch::at_last(dealings));
    let others = beside.others(dealings.deal);
    see(Signal::AnswersElsewhere, elsewhere::answered_elsewhere(dealings, &others, as_of));
    let too_old = stage_age::too_old(dealings.deal, beside.usual, as_of);
    let last = dealings.exchanges.last();
    see(Signal::StageTooOld, too_old.zip(last).map(|(says, e)| evidence::of_message(e, says)));
    found
}

type Found = Vec<(Signal, Option<Evidence>)>;

fn people(dealings: &Dealings<'_>, found: &mut Found) {
    let mut letters: BTreeMap<&EmailAddress, Vec<&Exchange<'_>>> = BTreeMap::new();
    for exchange in dealings.inbound() {
        if let Some(writer) = exchange.writer() {
            letters.entry(writer).or_default().push(exchange);
        }
    }
    let shown = |signal: Signal, writer: &EmailAddress| {
        let last = letters.get(writer).and_then(|all| all.last());
        let says = format!("{}: {}", signal.says(), dealings.name(writer));
        (signal, last.map(|e| evidence::of_message(e, says)))
    };
    match letters.len() {
        0 => {}
        1 => {
            found
                .push((Signal::SingleContact, last_letter(dealings, Signal::SingleContact.says())));
        }
        _ => found.push((Signal::SeveralWrite, None)),
    }
    let writers = || letters.keys().copied();
    let decides = |email: &&EmailAddress| {
        has_role(dealings, email, Role::DecisionMaker) || has_title(dealings, email, &DECIDES)
    };
    match writers().find(decides) {
        Some(writer) => found.push(shown(Signal::DeciderWrites, writer)),
        None if !letters.is_empty() => {
            found
                .push((Signal::DeciderNotMet, last_letter(dealings, Signal::DeciderNotMet.says())));
        }
        None => {}
    }
    let buys = |email: &&EmailAddress| {
        has_role(dealings, email, Role::Purchaser) || has_title(dealings, email, &BUYS)
    };
    found.extend(writers().find(buys).map(|w| shown(Signal::PurchaserWrites, w)));
    let assists = |email: &&EmailAddress| assists(dealings, email);
    found.extend(writers().find(assists).map(|w| shown(Signal::AssistantWrites, w)));
    let private = |email: &&EmailAddress| {
        PRIVATE.contains(&email.domain()) && dealings.deal.domain.as_deref() != Some(email.domain())
    };
    found.extend(writers().find(private).map(|w| shown(Signal::PrivateAddress, w)));
    if let Some(domain) = &dealings.deal.domain {
        let outside = |email: &&EmailAddress| !email.is_at(domain) && !private(email);
        found.extend(writers().find(outside).map(|w| shown(Signal::OutsiderInCopy, w)));
    }
    if let Some((first, last)) = dealings.exchanges.first().zip(dealings.exchanges.last()) {
        let whole = last.at.hours_since(first.at);
        let late = |writer: &&EmailAddress| {
            let began = letters.get(*writer).and_then(|all| all.first());
            began.is_some_and(|e| whole > 0.0 && e.at.hours_since(first.at) / whole > LATE_FROM)
        };
        let lasting = dealings.exchanges.len() >= 2 * LETTERS_MIN;
        found.extend(writers().find(late).filter(|_| lasting).map(|w| shown(Signal::NewVoice, w)));
    }
}

fn silence(dealings: &Dealings<'_>, rhythm: &Rhythm, standing: &Standing<'_>, found: &mut Found) {
    let mut see = |signal: Signal| found.push((signal, last_letter(dealings, signal.says())));
    match standing.reason {
        Reason::Silent => see(Signal::Silent),
        Reason::Slow | Reason::WeAreLate => see(Signal::Slower),
        Reason::Curt => see(Signal::Shorter),
        Reason::Usual => see(Signal::AsUsual),
        Reason::Meeting(_) => see(Signal::MeetingAhead),
        _ => {}
    }
    if rhythm.unanswered >= 2 {
        see(Signal::AskedAgain);
    }
    if rhythm.owes == Owes::We {
        see(Signal::WeOwe);
    }
    let wrote = dealings.exchanges.iter().filter(|e| e.direction == Direction::Outbound).count();
    if dealings.inbound().next().is_none() && wrote > 0 {
        let all = dealings.exchanges.last();
        let says = Signal::NeverAnswered.says().to_owned();
        found.push((Signal::NeverAnswered, all.map(|e| evidence::of_message(e, says))));
    }
}

fn letters(dealings: &Dealings<'_>, found: &mut Found) {
    let theirs: Vec<&Exchange<'_>> = dealings.inbound().collect();
    let Some((earlier, latest)) = theirs.split_at_checked(theirs.len().wrapping_sub(LATEST)) else {
        return;
    };
    if theirs.len() < LETTERS_MIN {
        return;
    }
    let asks = |e: &&&Exchange<'_>| e.touch.questions() > 0;
    let asked_before = earlier.iter().filter(asks).count();
    if 2 * asked_before >= earlier.len() && !latest.iter().any(|e| asks(&e)) {
        found.push((
            Signal::QuestionsStopped,
            last_letter(dealings, Signal::QuestionsStopped.says()),
        ));
    }
    let mean = |letters: &[&Exchange<'_>]| {
        let words: usize = letters.iter().map(|e| e.touch.words()).sum();
        words as f64 / letters.len().max(1) as f64
    };
    let is_there = found.iter().any(|(signal, _)| *signal == Signal::Shorter);
    if mean(latest) * 2.0 < mean(earlier) && !is_there {
        found.push((Signal::Shorter, last_letter(dealings, Signal::Shorter.says())));
    }
}

fn stated(dealings: &Dealings<'_>, standing: &Standing<'_>, as_of: Moment, found: &mut Found) {
    let counterparts: BTreeSet<EmailAddress> = dealings.counterparts();
    let current = |stated: &&Stated| {
        absence::span(dealings, stated).is_some_and(|(_, last)| as_of.date() <= last)
    };
    let mut of_kind = |kind, signal| {
        let stated = dealings.facts.iter().filter(|s| s.fact.kind == kind).rfind(current);
        found.extend(stated.map(|s| (signal, Some(evidence::of_fact(dealings, s)))));
    };
    of_kind(FactKind::Acquired, Signal::FirmSold);
    of_kind(FactKind::Reorganised, Signal::FirmReorganised);
    of_kind(FactKind::Ill, Signal::IsIll);
    // That the seller leaves them alone says nothing of why they are silent.
    if let Reason::OptedOut(stated) = standing.reason
        && !matches!(stated.fact.source, Source::Own(_))
    {
        found.push((Signal::OptedOut, Some(evidence::of_fact(dealings, stated))));
    }
    for stated in dealings.facts.iter().filter(|s| s.fact.kind == FactKind::LeftCompany) {
        let who = stated.fact.email.as_ref();
        let waited_for = who.is_some_and(|email| counterparts.contains(email));
        let signal = if waited_for { Signal::ContactGone } else { Signal::OtherGone };
        found.push((signal, Some(evidence::of_fact(dealings, stated))));
    }
    if let Some(absence) = absence::known_reason(dealings, as_of) {
        let signal = match absence.stated.fact.kind {
            FactKind::OutOfOffice => Signal::AwayNow,
            FactKind::ComeBack => Signal::DayNamed,
            _ => return,
        };
        found.push((signal, Some(evidence::of_fact(dealings, absence.stated))));
    }
}

/// A fee below this part of the usual one is hard to take seriously.
const FAR_BELOW: f64 = 0.6;
/// A fee above so many times the usual one asks for a reason.
const FAR_ABOVE: f64 = 1.2;

fn typed(dealings: &Dealings<'_>, found: &mut Found) {
    let deal = dealings.deal;
    if let (Some(fee), Some((low, high))) = (deal.fee_quoted, deal.usual_fee_range) {
        if fee < low {
            found.push((Signal::FeeBelowUsual, None));
        } else if fee > high {
            found.push((Signal::FeeAboveUsual, None));
        }
        if fee < FAR_BELOW * low {
            found.push((Signal::FeeFarBelowUsual, None));
        } else if fee > FAR_ABOVE * high {
            found.push((Signal::FeeFarAboveUsual, None));
        }
    }
    if deal.ongoing_account {
        found.push((Signal::OngoingAccount, None));
    }
    if deal.stage == Some(Stage::Lead) && dealings.inbound().count() < 2 {
        found.push((Signal::FirstApproach, None));
    }
}
