//! A correspondence with one firm, written down in a few words. Day 0 is Monday 5 January 2026.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use inroad_advice::dealings::Stated;
use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::second::SecondReadings;
use inroad_advice::{DealReview, Input, Review, review};
use inroad_model::{
    BodyOrigin, CalendarEvent, Deal, DealId, EmailAddress, Fact, FactKind, Gist, Mailbox, Message,
    MessageId, Moment, Nature, Seller, Signature, Source, Stage, Touch,
};
use jiff::ToSpan;
use jiff::civil::date;

pub(crate) const ME: &str = "ada@brandt-advice.example";
pub(crate) const JANA: &str = "jana@lindner.example";
pub(crate) const OMAR: &str = "omar@lindner.example";

/// The story so far.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub touches: Vec<Touch>,
    pub events: Vec<CalendarEvent>,
    pub opted_out: Vec<Stated>,
    pub second_readings: SecondReadings,
    pub deal: Deal,
    pub beside: Vec<Deal>,
}

/// Nine o'clock on a day.
pub(crate) fn morning(day: f64) -> Moment {
    let minutes = (day * 24.0 * 60.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "days of a story")]
    let span = (minutes as i64).minutes();
    let start: Moment = "2026-01-05T09:00:00+01:00".parse().unwrap();
    Moment::new(start.timestamp().checked_add(span).unwrap(), start.offset())
}

pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

/// What is taken down of a text. Letters of these stories use the same words again and again.
fn gist(text: &str) -> Gist {
    static READ: LazyLock<Mutex<BTreeMap<String, Gist>>> = LazyLock::new(Mutex::default);
    let take = || Gist {
        words: text.split_whitespace().count(),
        questions: text.matches('?').count(),
        voice: Some(inroad_language::voice::of_text(text)),
        names: Vec::new(),
        cues: inroad_language::cues::read(text),
        ..Gist::default()
    };
    READ.lock().unwrap().entry(text.to_owned()).or_insert_with(take).clone()
}

impl Story {
    pub(crate) fn new() -> Self {
        let deal = Deal {
            id: DealId::new("lindner").unwrap(),
            name: "Pricing project".to_owned(),
            organization: Some("Lindner GmbH".to_owned()),
            domain: Some("lindner.example".to_owned()),
            stage: Some(Stage::Proposal),
            stage_since: None,
            value: None,
            currency: None,
            fee_quoted: None,
            usual_fee_range: None,
            source: None,
            industry: None,
            ongoing_account: false,
            opened: Some(date(2026, 1, 5)),
            people: Vec::new(),
            notes: Vec::new(),
            insights: Vec::new(),
        };
        Self {
            touches: Vec::new(),
            events: Vec::new(),
            opted_out: Vec::new(),
            second_readings: SecondReadings::default(),
            deal,
            beside: Vec::new(),
        }
    }

    /// `n` letters to Jana, one every ten days, each answered after so many days.
    pub(crate) fn habit(n: u32, answer_days: f64) -> Self {
        (0..n).fold(Self::new(), |story, n| {
            let day = f64::from(n) * 10.0_f64.max(answer_days + 1.0);
            story.we(day).they(day + answer_days)
        })
    }

    pub(crate) fn letter(mut self, day: f64, from: &str, to: &str, text: &str) -> Self {
        let mailbox = |address: &str| Mailbox { name: None, address: email(address) };
        let message = Message {
            id: MessageId::new(&format!("m{}@story.example", self.touches.len())).unwrap(),
            in_reply_to: Vec::new(),
            references: Vec::new(),
            date: Some(morning(day)),
            from: Some(mailbox(from)),
            reply_to: Vec::new(),
            to: vec![mailbox(to)],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: "Pricing".to_owned(),
            text: text.to_owned(),
            origin: BodyOrigin::Plain,
            attachments: Vec::new(),
            nature: Nature::Correspondence,
            invitation: None,
        };
        self.touches.push(Touch {
            new_text: Some(text.to_owned()),
            gist: Some(gist(text)),
            signature: Signature::default(),
            facts: Vec::new(),
            message,
        });
        self
    }

    /// The letter written last has these people in copy.
    pub(crate) fn copying(mut self, people: &[&str]) -> Self {
        let mailbox = |address: &&str| Mailbox { name: None, address: email(address) };
        self.touches.last_mut().unwrap().message.cc = people.iter().map(mailbox).collect();
        self
    }

    /// The letter written last is about something.
    pub(crate) fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.touches.last_mut().unwrap().message.subject);
        self
    }

    /// Somebody signs with a title in the letter written last, or is signed for.
    pub(crate) fn signs_as(self, who: &str, title: &str) -> Self {
        let (who, title) = (email(who), title.to_owned());
        self.states(FactKind::Title, |fact| (fact.email, fact.title) = (Some(who), Some(title)))
    }

    /// The same letters as a file keeps them in which nothing was taken down of their texts.
    pub(crate) fn without_gists(&self) -> Self {
        let mut story = self.clone();
        story.touches.iter_mut().for_each(|touch| touch.gist = None);
        story
    }

    /// We write to Jana.
    pub(crate) fn we(self, day: f64) -> Self {
        self.letter(day, ME, JANA, "How does the proposal look to you and the board by now?")
    }

    /// Jana writes.
    pub(crate) fn they(self, day: f64) -> Self {
        let text = "Thank you for the detailed proposal. We went through it together on Monday and \
                    have a few questions on the second part, which I would like to discuss soon.";
        self.letter(day, JANA, ME, text)
    }

    /// The letter written last was a machine's.
    pub(crate) fn automatic(mut self) -> Self {
        let because = "Auto-Submitted: auto-replied".to_owned();
        self.touches.last_mut().unwrap().message.nature = Nature::AutomaticReply { because };
        self
    }

    /// The letter written last states something about its writer.
    pub(crate) fn states(mut self, kind: FactKind, fill: impl FnOnce(&mut Fact)) -> Self {
        let touch = self.touches.last_mut().unwrap();
        let writer = touch.message.from.as_ref().unwrap().address.clone();
        let source = Source::Message(touch.message.id.clone());
        let mut fact =
            Fact::new(kind, Some(writer), source, touch.new_text.clone().unwrap_or_default());
        fill(&mut fact);
        touch.facts.push(fact);
        self
    }

    /// What is asked of the story on a day.
    pub(crate) fn ask<T>(&self, day: f64, asked: impl FnOnce(&Input<'_>) -> T) -> T {
        let seller = Seller { name: None, emails: vec![email(ME)], colleagues: Vec::new() };
        asked(&Input {
            seller: &seller,
            deals: std::slice::from_ref(&self.deal),
            beside: &self.beside,
            touches: &self.touches,
            events: &self.events,
            playbook: Playbook::shipped(),
            second_readings: &self.second_readings,
            opted_out: &self.opted_out,
            as_of: morning(day),
        })
    }

    pub(crate) fn review_all(&self, day: f64) -> Review {
        self.ask(day, review)
    }

    pub(crate) fn review(&self, day: f64) -> DealReview {
        self.review_all(day).deals.remove(0)
    }
}
