//! Who truly decides: what was typed, what titles say, and of whom the letters say it.

use std::collections::BTreeMap;

use inroad_language::facts::Part;
use inroad_model::{Cue, EmailAddress, FactKind, Role};

use super::cast::{Cast, Member};
use super::pointed::{Pointed, Shown};
use super::sayings::Sayings;
use crate::counsel::whom::is_gone;
use crate::dealings::Dealings;
use crate::evidence::{self, Evidence};

/// What the seller typed is mostly right.
const TYPED: f64 = 0.9;
/// Of the very contact it is typed early, before anybody else was met.
const TYPED_OF_CONTACT: f64 = 0.6;
/// A title of those who usually decide.
const TITLE_DECIDES: f64 = 0.65;
/// A title of those who lead a part of the firm.
const TITLE_LEADS: f64 = 0.15;
/// Somebody says that they decide, for a sentence that surely says so.
const TOLD: f64 = 1.0;
/// "I sign that".
const SAYS_SO: f64 = 0.45;
/// Who leaves it to somebody above does not decide alone. Of those who were typed it counts only if
/// somebody is there to whom it may be left.
const DEFERS: f64 = -0.6;
/// For so much somebody else may be that one.
const ANOTHER_FROM: f64 = 0.42;
/// A sign-off of others is a hurdle more often than the decision.
const APPROVAL: f64 = 0.6;
/// One sentence that leaves it to somebody may only be a courtesy.
const LEAVES: f64 = 0.7;
/// What a sentence with a verb of deciding tells without a cue.
const VERB: f64 = 0.55;
/// Buyers, assistants and outsiders do not decide.
const NO_DECIDER: f64 = -0.8;
/// Gone is gone.
const GONE: f64 = -1.0;
/// From here on somebody is named.
const NAMED_FROM: f64 = 0.45;
/// What one sentence of weight 1 says at most of a confidence.
const CONFIDENCE_MAX: f64 = 0.9;

/// How much speaks for somebody as the one who decides.
#[derive(Debug, Default)]
pub(super) struct Deciding {
    /// In parts of a surely read sentence.
    pub(super) score: f64,
    shown: Shown,
    told: f64,
    /// Leaves it to others, in their own letters; 0 to 1.
    pub(super) defers: f64,
    says_so: f64,
}

impl Deciding {
    /// The words that show it.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        self.shown.best()
    }
}

/// Weighs everybody.
pub(super) fn weigh(
    dealings: &Dealings<'_>,
    cast: &Cast,
    sayings: &Sayings,
) -> BTreeMap<EmailAddress, Deciding> {
    let mut all: BTreeMap<EmailAddress, Deciding> = cast
        .members()
        .map(|member| (member.mailbox.address.clone(), Deciding::default()))
        .collect();
    for saying in &sayings.0 {
        let above =
            saying.tells(&[Cue::DefersToBoss]).max(APPROVAL * saying.tells(&[Cue::NeedsApproval]));
        let verb = if saying.naming.decides { 1.0 } else { 0.0 };
        let surely = above.max(VERB * verb);
        if surely <= 0.0 {
            continue;
        }
        let mut names_other = false;
        for (email, part) in saying.others() {
            let share = match part {
                Part::Subject => 0.6 + 0.4 * verb,
                Part::Beside => 0.7 + 0.2 * verb,
                Part::Addressed => 0.0,
            };
            names_other |= share > 0.0;
            if let Some(deciding) = all.get_mut(email) {
                // Whoever only speaks for somebody above does not become that.
                let strength = share * surely;
                deciding.told = 1.0 - (1.0 - deciding.told) * (1.0 - strength);
                let who = cast.get(email).map_or("", Member::name);
                let says = format!("{} leaves it to {who}, as it reads", saying.who(cast));
                deciding.shown.add(strength, saying.evidence(says));
            }
        }
        let Some(own) = saying.speaker.as_ref().and_then(|email| all.get_mut(email)) else {
            continue;
        };
        if names_other || !saying.naming.decides || !saying.naming.by_writer {
            let leaves = saying.tells(&[Cue::DefersToBoss, Cue::NeedsApproval]);
            own.defers = 1.0 - (1.0 - own.defers) * (1.0 - LEAVES * leaves);
        } else {
            own.says_so = own.says_so.max(0.5 + 0.5 * above);
            let says = format!("{} speaks as one who decides", saying.who(cast));
            own.shown.add(surely, saying.evidence(says));
        }
    }
    let titles = dealings.facts.iter().filter(|stated| stated.fact.kind == FactKind::Title);
    for stated in titles {
        let email = stated.fact.email.as_ref();
        let decides = email.is_some_and(|e| cast.get(e).is_some_and(|m| m.rank == Some(3)));
        if let Some(deciding) = email.filter(|_| decides).and_then(|email| all.get_mut(email)) {
            deciding.shown.add(TITLE_DECIDES, evidence::of_fact(dealings, stated));
        }
    }
    for (email, deciding) in &mut all {
        if let Some(member) = cast.get(email) {
            deciding.score = score(member, deciding, is_gone(dealings, email));
        }
    }
    let scores: Vec<(EmailAddress, f64)> =
        all.iter().map(|(email, deciding)| (email.clone(), deciding.score)).collect();
    for (email, deciding) in &mut all {
        let another = scores.iter().any(|(other, score)| other != email && *score >= ANOTHER_FROM);
        let is_typed = cast.get(email).is_some_and(|member| member.has(Role::DecisionMaker));
        if another || !is_typed {
            deciding.score += DEFERS * deciding.defers;
        }
    }
    all
}

fn score(member: &Member, deciding: &Deciding, is_gone: bool) -> f64 {
    let title = match member.rank {
        Some(3) => TITLE_DECIDES,
        Some(2) => TITLE_LEADS,
        _ => 0.0,
    };
    let is_typed = member.has(Role::DecisionMaker);
    let typed = match () {
        () if is_typed && member.has(Role::PrimaryContact) => TYPED_OF_CONTACT,
        () if is_typed => TYPED,
        () => 0.0,
    };
    let cannot = member.buys || member.assists || member.is_outside || member.is_of_other_deal;
    let lacks = if cannot && !is_typed || member.is_desk { NO_DECIDER } else { 0.0 };
    let gone = if is_gone { GONE } else { 0.0 };
    typed + title + TOLD * deciding.told + SAYS_SO * deciding.says_so + lacks + gone
}

/// Whoever is likeliest, if anybody is likely.
pub(super) fn point(cast: &Cast, all: &BTreeMap<EmailAddress, Deciding>) -> Option<Pointed> {
    let (email, deciding) = all.iter().max_by(|a, b| a.1.score.total_cmp(&b.1.score))?;
    let member = cast.get(email).filter(|_| deciding.score >= NAMED_FROM)?;
    let mut why: Vec<&str> = Vec::new();
    if deciding.told > 0.3 {
        why.push("others leave it to them");
    }
    if deciding.says_so > 0.0 {
        why.push("they speak as one who decides");
    }
    if member.rank == Some(3) {
        why.push("their title says so");
    }
    if member.has(Role::DecisionMaker) {
        why.push("you said so");
    }
    let confidence = CONFIDENCE_MAX * (1.0 - (-deciding.score).exp());
    Some(Pointed::at(member, confidence, why.join("; "), &deciding.shown))
}
