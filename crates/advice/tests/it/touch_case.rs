//! One person with a touch plan, and what is known of them, for tests of touch plans.

use inroad_advice::dealings::Direction::{self, Inbound, Outbound};
use inroad_advice::touch_plan::reach::{AwayKind, AwayTold, Reach};
use inroad_advice::touch_plan::{
    Alone, Cadence, DealWord, Ledger, Matter, PlanInput, TouchPlan, touch_plans,
};
use inroad_model::{
    Advice, Channel, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Remark, Source, Subject,
};
use jiff::civil::{Date, date};

pub(crate) const JANA: &str = "jana@lindner.example";
/// A Monday.
pub(crate) const BEGUN: &str = "2026-03-02T09:00:00+01:00";

pub(crate) fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Noon of a day of March 2026; days after the 31st are of April.
pub(crate) fn noon(day: i8) -> Moment {
    let (month, day) = if day > 31 { (4, day - 31) } else { (3, day) };
    at(&format!("2026-{month:02}-{day:02}T12:00:00+01:00"))
}

pub(crate) fn words(text: &str) -> Remark {
    Remark::new(text).unwrap()
}

/// One person with a touch plan, and what is known of them.
pub(crate) struct Case {
    pub(crate) entries: Vec<KeptEntry>,
    pub(crate) letters: Vec<(Moment, Direction)>,
    pub(crate) reach: Reach,
    pub(crate) usual_days: Option<(f64, f64)>,
    pub(crate) phone: Option<String>,
    pub(crate) bounces_since: Option<Date>,
    pub(crate) left: Option<(Date, Option<String>)>,
    pub(crate) alone: Option<Alone>,
    pub(crate) deal: Option<(Advice, Option<Date>)>,
    pub(crate) matters: Vec<Matter>,
}

impl Case {
    pub(crate) fn new() -> Self {
        let mut case = Self {
            entries: Vec::new(),
            letters: Vec::new(),
            reach: Reach::default(),
            usual_days: None,
            phone: None,
            bounces_since: None,
            left: None,
            alone: None,
            deal: None,
            matters: Vec::new(),
        };
        case.write(at(BEGUN), Entry::KeepInTouch { deal: None, firm: None, because: None });
        case
    }

    pub(crate) fn write(&mut self, told_at: Moment, entry: Entry) -> EntryNumber {
        let number = EntryNumber::new(i64::try_from(self.entries.len()).unwrap() + 1).unwrap();
        let about = Subject::Person(JANA.parse().unwrap());
        let (withdrawn_at, away) = (None, Vec::new());
        self.entries.push(KeptEntry { number, about, told_at, withdrawn_at, away, entry });
        number
    }

    pub(crate) fn wrote(mut self, days: &[i8]) -> Self {
        self.letters.extend(days.iter().map(|day| (noon(*day), Outbound)));
        self.letters.sort_by_key(|(at, _)| *at);
        self
    }

    pub(crate) fn heard(mut self, day: i8) -> Self {
        self.letters.push((noon(day), Inbound));
        self.letters.sort_by_key(|(at, _)| *at);
        self
    }

    pub(crate) fn noted(mut self, day: i8, by: Channel, text: &str) -> Self {
        let entry = Entry::Note { day: noon(day).date(), by: Some(by), text: words(text) };
        self.write(noon(day), entry);
        self
    }

    pub(crate) fn away(
        mut self,
        kind: AwayKind,
        said: i8,
        from: Date,
        until: Option<Date>,
    ) -> Self {
        self.reach.away.push(AwayTold {
            kind,
            from,
            until,
            said_at: noon(said),
            source: Source::Note(noon(said).date()),
            by_themselves: true,
            words: (kind != AwayKind::Private).then(|| "I am back then".to_owned()),
        });
        self
    }

    pub(crate) fn plan(&self, as_of: Moment) -> TouchPlan {
        let known: Vec<KeptEntry> =
            self.entries.iter().filter(|kept| kept.counts_at(as_of)).cloned().collect();
        let ledger = Ledger::of(&known, EmailAddress::clone);
        let letters: Vec<_> = self.letters.iter().filter(|(at, _)| *at <= as_of).copied().collect();
        let deals = self.deal.iter();
        let input = PlanInput {
            begun: ledger.plans.first().unwrap(),
            label: "Jana Kühn",
            reach: &self.reach,
            letters: &letters,
            usual_days: self.usual_days,
            phone: self.phone.clone(),
            bounces_since: self.bounces_since,
            left: self.left.clone(),
            alone: self.alone,
            deals: deals
                .map(|(advice, until)| DealWord {
                    name: "Warehouse",
                    advice: *advice,
                    until: *until,
                })
                .collect(),
            matters: &self.matters,
            firm: Some("lindner.example"),
        };
        touch_plans(&[input], Cadence::shipped(), as_of).remove(0)
    }
}

#[track_caller]
pub(crate) fn check(case: &Case, as_of: i8, state: &str, next: Option<(i8, i8)>) -> TouchPlan {
    let plan = case.plan(noon(as_of));
    assert_eq!(plan.state.as_str(), state, "{plan:#?}");
    let day = plan.next.as_ref().map(|next| next.day);
    let expected = next.map(|(month, day)| date(2026, month, day));
    assert_eq!(day, expected, "{plan:#?}");
    plan
}

/// What is said of a plan, all in one.
pub(crate) fn told(plan: &TouchPlan) -> String {
    let next = plan.next.as_ref();
    let mut told = plan.state.why().unwrap_or_default().to_owned();
    if let Some(next) = next {
        told.push_str(&next.why_day.join("; "));
        told.push_str(&next.why_channel);
        told.push_str(&next.openings.join("; "));
    }
    told
}
