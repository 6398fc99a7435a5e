//! How near reviews come to the truth: counts over deals, and the figures made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use inroad_model::{Advice, FactKind, State};

use crate::build::{Built, folded};
use crate::reviewed::{Quoted, Reviewed, ReviewedDeal};
use crate::story::{Story, TrueDeal, TrueFact};

/// Of so many that could be right, so many are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Right ones.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.all += 1;
    }

    /// The share, 0 to 1; nothing if there was nothing.
    pub fn value(self) -> Option<f64> {
        (self.all > 0).then(|| self.right as f64 / self.all as f64)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => write!(f, "{:.0} % of {}", 100.0 * value, self.all),
            None => f.write_str("none"),
        }
    }
}

/// Counts over the deals of stories.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// The very state.
    pub state: Share,
    /// The state or one step beside it.
    pub near: Share,
    /// Whether they have gone silent: cold or dark.
    pub silent: Share,
    /// Deals in trouble: the first cause is one of those that may be said.
    pub cause_first: Share,
    /// Deals in trouble: the likeliest cause is among the first three.
    pub cause_in_three: Share,
    /// Deals in which nothing is wrong: no cause is likelier than not.
    pub left_alone: Share,
    /// Sum over deals in trouble of the squared probability that was not given to causes that may
    /// be said.
    pub brier_sum: f64,
    /// One of the pieces of advice that may be given.
    pub advice: Share,
    /// The same by what was the best advice.
    pub advice_by_best: BTreeMap<Advice, Share>,
    /// The same for deals that are not warm.
    pub advice_in_trouble: Share,
    /// Advice to write to somebody who asked not to be written to, or to break a known pause.
    pub harmful: usize,
    /// Who is against it, where somebody is.
    pub resistor: Share,
    /// Somebody named as against it where nobody is; the wrong ones are counted.
    pub false_resistor: Share,
    /// One of the levers among the first two, for deals in trouble.
    pub lever: Share,
    /// Who decides, where the story tells.
    pub decision_maker: Share,
    /// Facts found, found wrongly, and not found.
    pub facts: (usize, usize, usize),
    /// Quotes.
    pub quotes: usize,
    /// Quotes that do not stand where the review says, each with its place.
    pub wrong_quotes: Vec<String>,
    /// Stories that got no review.
    pub without_review: usize,
}

impl Score {
    /// Compares the review of one story with its truth; without a review all is missed.
    pub fn add(&mut self, story: &Story, built: &Built, review: Option<&Reviewed>) {
        self.without_review += usize::from(review.is_none());
        for truth in &story.truth.deals {
            let deals = review.map_or(&[][..], |review| &review.deals);
            let deal = deals.iter().find(|deal| deal.id == truth.id);
            self.add_standing(truth, deal);
            self.add_causes(truth, deal);
            self.add_people(truth, deal);
            self.add_facts(truth, deal);
            if let Some(deal) = deal {
                self.add_quotes(built, deal);
            }
        }
    }

    fn add_standing(&mut self, truth: &TrueDeal, deal: Option<&ReviewedDeal>) {
        let state = deal.map(|deal| deal.state);
        let is_silent = |state| matches!(state, State::Cold | State::Dark);
        self.state.add(state == Some(truth.state));
        self.near.add(state.is_some_and(|state| is_near(state, truth.state)));
        self.silent.add(state.is_some_and(is_silent) == is_silent(truth.state));
        let advice = deal.map(|deal| deal.advice);
        let may_be_given =
            |advice| advice == truth.advice || truth.also_acceptable_advice.contains(&advice);
        let is_good = advice.is_some_and(may_be_given);
        self.advice.add(is_good);
        self.advice_by_best.entry(truth.advice).or_default().add(is_good);
        if truth.state != State::Warm {
            self.advice_in_trouble.add(is_good);
        }
        let writes_after_stop = truth.advice == Advice::Stop && advice != Some(Advice::Stop);
        let breaks_pause = truth.advice == Advice::Wait
            && truth.state == State::Paused
            && matches!(advice, Some(Advice::Pursue | Advice::LetGo))
            && !is_good;
        self.harmful += usize::from(writes_after_stop || breaks_pause);
    }

    fn add_causes(&mut self, truth: &TrueDeal, deal: Option<&ReviewedDeal>) {
        let causes = deal.map_or(&[][..], |deal| &deal.causes);
        let Some(likeliest) = truth.causes.first() else {
            let first = causes.first().map_or(0.0, |cause| cause.probability.unwrap_or(0.0));
            self.left_alone.add(first < 0.5);
            return;
        };
        let may_be_said =
            |said: &&crate::reviewed::ReviewedCause| truth.causes.contains(&said.cause);
        self.cause_first.add(causes.first().as_ref().is_some_and(may_be_said));
        self.cause_in_three.add(causes.iter().take(3).any(|said| said.cause == *likeliest));
        let given = causes.iter().filter(may_be_said).filter_map(|said| said.probability);
        self.brier_sum += (1.0 - given.sum::<f64>().min(1.0)).powi(2);
    }

    fn add_people(&mut self, truth: &TrueDeal, deal: Option<&ReviewedDeal>) {
        let is = |found: Option<&String>, who: &str| {
            found.is_some_and(|found| found.eq_ignore_ascii_case(who))
        };
        let resistor = deal.and_then(|deal| deal.resistor.as_ref());
        match &truth.resistor {
            Some(who) => self.resistor.add(is(resistor, who)),
            None => self.false_resistor.add(resistor.is_some()),
        }
        if let Some(who) = &truth.decision_maker {
            self.decision_maker.add(is(deal.and_then(|deal| deal.decision_maker.as_ref()), who));
        }
        if !truth.levers.is_empty() && truth.state != State::Warm {
            let found = deal.map_or(&[][..], |deal| &deal.levers);
            let mut first_two = found.iter().take(2);
            self.lever.add(
                first_two.any(|lever| truth.levers.iter().any(|who| is(Some(&lever.email), who))),
            );
        }
    }

    fn add_facts(&mut self, truth: &TrueDeal, deal: Option<&ReviewedDeal>) {
        let wanted: BTreeSet<_> = truth.facts.iter().map(key).collect();
        let found = deal.map_or(&[][..], |deal| &deal.facts);
        let found: BTreeSet<_> = found.iter().map(|fact| key(&fact.bare())).collect();
        self.facts.0 += wanted.intersection(&found).count();
        self.facts.1 += found.difference(&wanted).count();
        self.facts.2 += wanted.difference(&found).count();
    }

    fn add_quotes(&mut self, built: &Built, deal: &ReviewedDeal) {
        let causes = deal.causes.iter();
        let evidence =
            causes.flat_map(|cause| cause.speaks_for.iter().chain(&cause.speaks_against));
        for Quoted { message, quote } in evidence.chain(deal.facts.iter().map(|fact| &fact.words)) {
            let Some(quote) = quote.as_ref().filter(|quote| !quote.is_empty()) else { continue };
            self.quotes += 1;
            let place = message.as_deref().unwrap_or_default();
            let text = built.sources.get(place.trim_matches(['<', '>']));
            if !text.is_some_and(|text| text.contains(&folded(quote))) {
                self.wrong_quotes.push(format!("{place}: {quote}"));
            }
        }
    }

    /// The mean of the squared probability missed, over deals in trouble; 0 is best.
    pub fn brier(&self) -> f64 {
        self.brier_sum / self.cause_first.all.max(1) as f64
    }

    /// The mean over kinds of best advice of the share that is right, 0 to 1.
    pub fn balanced(&self) -> f64 {
        let shares = self.advice_by_best.values().filter_map(|share| share.value());
        shares.sum::<f64>() / self.advice_by_best.len().max(1) as f64
    }

    /// The harmonic mean of precision and recall of the facts, 0 to 1.
    pub fn facts_f1(&self) -> f64 {
        let (right, wrong, missed) = self.facts;
        2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64
    }

    /// All figures with their names, in the order in which they are shown.
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        vec![
            ("state exact", self.state.to_string()),
            ("within one step", self.near.to_string()),
            ("silent or not", self.silent.to_string()),
            ("cause first", self.cause_first.to_string()),
            ("cause in first three", self.cause_in_three.to_string()),
            ("healthy left alone", self.left_alone.to_string()),
            ("Brier of causes", format!("{:.3}", self.brier())),
            ("advice", self.advice.to_string()),
            ("advice, balanced over kinds", format!("{:.0} %", 100.0 * self.balanced())),
            ("advice on deals in trouble", self.advice_in_trouble.to_string()),
            ("harmful advice", self.harmful.to_string()),
            ("resistor", self.resistor.to_string()),
            ("false resistor", self.false_resistor.to_string()),
            ("lever in first two", self.lever.to_string()),
            ("decision maker", self.decision_maker.to_string()),
            ("facts, F1", format!("{:.3}", self.facts_f1())),
            ("quotes wrong", format!("{} of {}", self.wrong_quotes.len(), self.quotes)),
            ("no review", self.without_review.to_string()),
        ]
    }
}

/// The same, or one step towards silence or back.
fn is_near(found: State, truth: State) -> bool {
    let step = |state| match state {
        State::Warm => Some(0_i8),
        State::Cooling => Some(1),
        State::Cold => Some(2),
        State::Dark => Some(3),
        State::Paused | State::Closed => None,
    };
    let steps = step(found).zip(step(truth)).map(|(a, b)| (a - b).abs());
    found == truth || steps.is_some_and(|steps| steps <= 1)
}

/// Facts are one if kind, person and the one thing told of them are; titles may end differently.
fn key(fact: &TrueFact) -> (FactKind, String, String) {
    let day = fact.until.or(fact.on).map(|day| day.to_string());
    let told = day.or_else(|| fact.to.clone()).or_else(|| fact.title.clone()).unwrap_or_default();
    let told: String = told.chars().take(10).collect();
    (fact.kind, fact.email.clone().unwrap_or_default().to_lowercase(), told.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::tests::SMALL;

    const GOOD: &str = r#"{"deals": [{"id": "d1", "state": "warm", "advice": "pursue",
        "causes": [], "resistor": null, "levers": [], "decision_maker": "Jana@lindner.example",
        "facts": [{"kind": "out_of_office", "email": "jana@lindner.example", "from": null,
          "until": "2025-05-20", "message": "<m2.small@lindner.example>", "quote": "good,\nschön"}]}]}"#;

    fn scored(review: &str) -> Score {
        let story: Story = serde_json::from_str(SMALL).unwrap();
        let review = serde_json::from_str(review).unwrap();
        let mut score = Score::default();
        score.add(&story, &crate::build(&story), Some(&review));
        score
    }

    fn check(change: &str, into: &str, name: &str, expected: &str) {
        assert!(GOOD.contains(change));
        let figures = scored(&GOOD.replace(change, into)).figures();
        let (_, found) = figures.iter().find(|(known, _)| *known == name).unwrap();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn figures_follow_the_review() {
        check("warm", "warm", "state exact", "100 % of 1");
        check("warm", "cooling", "state exact", "0 % of 1");
        check("warm", "cooling", "within one step", "100 % of 1");
        check("warm", "dark", "silent or not", "0 % of 1");
        check("pursue", "wait", "advice", "0 % of 1");
        check("Jana@", "Tom@", "decision maker", "0 % of 1");
        check("2025-05-20", "2025-05-21", "facts, F1", "0.000");
        check("2025-05-20", "2025-05-20", "facts, F1", "1.000");
        check("schön", "schön", "quotes wrong", "0 of 1");
        check("schön", "bad", "quotes wrong", "1 of 1");
        let cause = r#""causes": [{"cause": "ill", "probability": 0.6, "for": [], "against": []}]"#;
        let cause = cause.replace("ill", "contact_ill");
        check("\"causes\": []", &cause, "healthy left alone", "0 % of 1");
        check("\"resistor\": null", "\"resistor\": \"x\"", "false resistor", "100 % of 1");
    }

    #[test]
    fn no_review_misses_all() {
        let story: Story = serde_json::from_str(SMALL).unwrap();
        let mut score = Score::default();
        score.add(&story, &crate::build(&story), None);
        assert_eq!((score.without_review, score.state.right), (1, 0));
    }
}
