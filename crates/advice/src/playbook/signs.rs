//! What the playbook speaks of: cues in what they wrote, and signals from who wrote when to whom.

use std::borrow::Cow;
use std::collections::BTreeMap;

use inroad_language::cues;
use inroad_model::{Cue, EmailAddress, FoundCue, Moment, Source, Touch};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::structure;
use crate::beside::Beside;
use crate::dealings::{Dealings, Direction, Exchange};
use crate::discreet;
use crate::evidence::{self, Evidence, Reader};
use crate::rhythm::Rhythm;
use crate::standing::Standing;

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $says:literal);* $(;)?) => {
        /// Something that is seen without reading.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Signal { $($(#[$doc])* $name),* }

        impl Signal {
            /// All of them.
            pub const ALL: &'static [Signal] = &[$(Signal::$name),*];

            /// The name in the playbook.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What it says, in one line.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says),* }
            }
        }
    };
}

signals! {
    /// One person alone ever wrote.
    SingleContact = "single_contact", "Only one person there ever writes to us";
    /// Several people there write.
    SeveralWrite = "several_write", "Several people there write to us";
    /// Whoever decides never wrote, or is not known.
    DeciderNotMet = "decider_not_met", "Nobody who decides has written to us";
    /// Whoever decides writes to us.
    DeciderWrites = "decider_writes", "The one who decides writes to us";
    /// Somebody of purchasing, legal or the like writes.
    PurchaserWrites = "purchaser_writes", "Purchasing writes to us now";
    /// An assistant answers.
    AssistantWrites = "assistant_writes", "An assistant answers for them";
    /// Somebody from another firm is in the correspondence.
    OutsiderInCopy = "outsider_in_copy", "Somebody from outside the firm takes part";
    /// Somebody writes from a private address.
    PrivateAddress = "private_address", "One of them writes from a private address";
    /// Somebody new on their side came in late.
    NewVoice = "new_voice", "Somebody new has come in";
    /// Somebody whom a contact used to copy is left out.
    LeftOutOfCopy = "left_out_of_copy", "Somebody who used to be copied is left out";
    /// A contact brought a boss into copy.
    BossInCopy = "boss_in_copy", "Their boss was put in copy";
    /// Somebody answers elsewhere at once, and here not at all.
    AnswersElsewhere = "answers_elsewhere", "They answer another matter at once, and this one not";
    /// The stage is older than the seller's deals usually get.
    StageTooOld = "stage_too_old", "It stands in its stage for longer than your deals take";
    /// We began by speaking of ourselves.
    PitchedFirst = "pitched_first", "Our first letters speak of us far more than of them";
    /// We speak of ourselves still.
    StillPitching = "still_pitching", "Our last letters speak of us far more than of them";
    /// They ask nothing any more.
    QuestionsStopped = "questions_stopped", "Their questions have stopped";
    /// Letters grew much shorter.
    Shorter = "shorter", "Their letters have become much shorter";
    /// Answers come slower than that person's habit.
    Slower = "slower", "Answers come slower than they used to";
    /// Answers have stopped.
    Silent = "silent", "They have stopped answering";
    /// They never answered at all.
    NeverAnswered = "never_answered", "They have never answered";
    /// We wrote twice or more since they last did.
    AskedAgain = "asked_again", "We have asked more than once without an answer";
    /// They wrote last.
    WeOwe = "we_owe", "The last word is theirs";
    /// Answers come as they used to.
    AsUsual = "as_usual", "Answers come as they always did";
    /// A meeting lies ahead.
    MeetingAhead = "meeting_ahead", "A meeting lies ahead";
    /// Meetings were called off.
    MeetingsMoved = "meetings_moved", "Meetings were moved or called off more than once";
    /// The fee is below what is usual.
    FeeBelowUsual = "fee_below_usual", "The fee lies below what such work usually costs";
    /// The fee is above what is usual.
    FeeAboveUsual = "fee_above_usual", "The fee lies above what such work usually costs";
    /// The fee is far below what is usual.
    FeeFarBelowUsual = "fee_far_below_usual", "The fee is little more than half of what such work usually costs, or less";
    /// The fee is far above what is usual.
    FeeFarAboveUsual = "fee_far_above_usual", "The fee lies by a fifth or more above what such work usually costs";
    /// An account that goes on.
    OngoingAccount = "ongoing_account", "It is an account that goes on";
    /// Nothing but a first approach.
    FirstApproach = "first_approach", "It is still a first approach";
    /// Somebody is ill.
    IsIll = "is_ill", "Somebody is said to be ill";
    /// Somebody whom we wait for has left.
    ContactGone = "contact_gone", "The one we wait for has left";
    /// Somebody else on their side has left.
    OtherGone = "other_gone", "Somebody else there has left";
    /// The firm was bought or merged.
    FirmSold = "firm_sold", "The firm was bought or merged";
    /// The firm is reorganised.
    FirmReorganised = "firm_reorganised", "The firm is reorganising";
    /// Whoever we wait for is away now.
    AwayNow = "away_now", "The one we wait for is away";
    /// A day was named on which to come back.
    DayNamed = "day_named", "They named a day for the next word";
    /// Somebody wants no more mail.
    OptedOut = "opted_out_of_mail", "They asked for no more mail";
}

/// A cue or a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// In what they wrote.
    Cue(Cue),
    /// In who wrote when to whom.
    Signal(Signal),
}

impl Sign {
    /// The name in the playbook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cue(cue) => cue.as_str(),
            Self::Signal(signal) => signal.as_str(),
        }
    }

    /// The sign of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let cue = Cue::ALL.iter().find(|cue| cue.as_str() == name).map(|cue| Self::Cue(*cue));
        let signal = || Signal::ALL.iter().find(|signal| signal.as_str() == name);
        cue.or_else(|| signal().map(|signal| Self::Signal(*signal)))
    }
}

impl<'de> Deserialize<'de> for Sign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "'{name}' is no cue and no signal; 'inroad playbook signs' lists them"
            ))
        })
    }
}

/// A sign that is there.
#[derive(Debug, Clone)]
pub struct Seen {
    /// How surely and how lately; 0 to 1.
    pub strength: f64,
    /// What shows it best; `None` for what the seller typed.
    pub evidence: Option<Evidence>,
}

/// All signs of one deal.
pub type Signs = BTreeMap<Sign, Seen>;

/// After so many days a sentence says half as much of today.
const HALF_LIFE_DAYS: f64 = 60.0;
/// What was said long ago still says so much.
const STRENGTH_MIN: f64 = 0.3;

/// Finds the signs of a deal.
pub(crate) fn find(
    dealings: &Dealings<'_>,
    said: &[Said<'_>],
    rhythm: &Rhythm,
    standing: &Standing<'_>,
    beside: &Beside<'_>,
    as_of: Moment,
) -> Signs {
    // Of each cue the plainest sentence: it says more than ten that may mean it.
    let mut plainest: BTreeMap<Cue, (f64, &Said<'_>, &FoundCue)> = BTreeMap::new();
    for said in said {
        let fading = 0.5_f64.powf(said.age_days.max(0.0) / HALF_LIFE_DAYS).max(STRENGTH_MIN);
        for cue in said.cues.iter() {
            let strength = f64::from(cue.probability) * fading;
            if plainest.get(&cue.cue).is_none_or(|(most, ..)| strength > *most) {
                plainest.insert(cue.cue, (strength, said, cue));
            }
        }
    }
    let mut signs = Signs::new();
    for (cue, (strength, said, found)) in plainest {
        let evidence = Evidence {
            message: said.source.clone(),
            quote: Some(found.quote.clone()),
            says: discreet::of_cue(said.who, cue, &said.source, said.day),
            source: Reader::BuiltIn,
        };
        signs.insert(Sign::Cue(cue), Seen { strength, evidence: Some(evidence) });
    }
    for (signal, evidence) in structure::signals(dealings, rhythm, standing, beside, as_of) {
        signs.insert(Sign::Signal(signal), Seen { strength: 1.0, evidence });
    }
    signs
}

/// Signals whose words tell more than their name: who, which letters, since when. A review tells
/// them whatever they count for.
const TOLD: &[Signal] = &[
    Signal::LeftOutOfCopy,
    Signal::BossInCopy,
    Signal::AnswersElsewhere,
    Signal::MeetingsMoved,
    Signal::StageTooOld,
    Signal::PitchedFirst,
    Signal::StillPitching,
];

/// What of them is there, in words.
pub(crate) fn seen_in_structure(signs: &Signs) -> impl Iterator<Item = Evidence> {
    let seen = TOLD.iter().filter_map(|signal| signs.get(&Sign::Signal(*signal)));
    seen.filter_map(|seen| seen.evidence.clone())
}

/// A text of theirs or a note, with what its sentences tell.
#[derive(Debug)]
pub(crate) struct Said<'d> {
    /// Where it stands.
    pub(crate) source: Source,
    /// Who wrote it; `None` for a note.
    pub(crate) writer: Option<&'d EmailAddress>,
    /// The name of whoever says it.
    who: &'d str,
    /// The day.
    day: Date,
    /// How many days before their last letter it was said.
    pub(crate) age_days: f64,
    /// What its sentences tell, in their order.
    pub(crate) cues: Cow<'d, [FoundCue]>,
}

/// What they wrote and what the seller noted. It grows old by what they wrote since: neither silence
/// nor a letter of ours is news of it.
pub(crate) fn said<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Vec<Said<'d>> {
    let latest = dealings.inbound().next_back().map_or(as_of, |exchange| exchange.at);
    // Who wants no more mail speaks of the mail, not of the deal.
    let heard = |exchange: &&Exchange<'_>| {
        !exchange.writer().is_some_and(|writer| dealings.do_not_contact.forbids(writer))
    };
    let letters = dealings.inbound().filter(heard).map(|exchange| Said {
        source: Source::Message(exchange.touch.message.id.clone()),
        writer: exchange.writer(),
        who: exchange.writer().map_or("This", |email| dealings.name(email)),
        day: exchange.at.date(),
        age_days: latest.hours_since(exchange.at) / 24.0,
        cues: cues_of(exchange.touch),
    });
    let known = dealings.deal.notes.iter().filter(|note| note.date <= as_of.date());
    let notes = known.map(|note| Said {
        source: Source::Note(note.date),
        writer: None,
        who: "Your note",
        day: note.date,
        age_days: f64::from((latest.date() - note.date).get_days()),
        cues: cues::read(&note.text).into(),
    });
    letters.chain(notes).collect()
}

/// The cues of a letter, read where they were not taken down.
pub(crate) fn cues_of(touch: &Touch) -> Cow<'_, [FoundCue]> {
    match (&touch.gist, &touch.new_text) {
        (Some(gist), _) => Cow::Borrowed(&gist.cues),
        (None, Some(text)) => cues::of_message(&touch.message, text).into(),
        (None, None) => Cow::Borrowed(&[]),
    }
}

/// The last letter of theirs as evidence.
pub(super) fn last_letter(dealings: &Dealings<'_>, says: &str) -> Option<Evidence> {
    let last = dealings.exchanges.iter().rfind(|e| e.direction == Direction::Inbound);
    last.map(|exchange| evidence::of_message(exchange, says.to_owned()))
}
