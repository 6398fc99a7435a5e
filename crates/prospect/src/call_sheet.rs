//! A sheet for the telephone: how to open, five open questions, what to listen for, and how to
//! leave a good impression where it does not fit.
//!
//! Its words are proposals in the user's voice; names and facts in them are those of the form.

use inroad_model::Topic;
use serde::Serialize;

use crate::{Form, FormRow};

/// So many questions fit into a first call.
const QUESTIONS: usize = 5;

/// A sheet for a first call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallSheet {
    /// How to begin, a line each.
    pub opening: Vec<String>,
    /// What to ask, the most useful first.
    pub questions: Vec<ToAsk>,
    /// What to say where it does not fit: an alternative, a referral, leave to stay in touch.
    pub leaving_well: Vec<String>,
}

/// A question with what to listen for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToAsk {
    /// The question.
    pub text: String,
    /// What it is about; `None` for one of the user's own.
    pub topic: Option<Topic>,
    /// What to listen for.
    pub listen_for: String,
    /// Whom to ask, where the user said.
    pub whom: Option<String>,
}

/// In which order topics are asked about: what only they can tell comes before what can be looked up.
const BY_USE: [Topic; 13] = [
    Topic::Need,
    Topic::Today,
    Topic::Department,
    Topic::Deciding,
    Topic::Trigger,
    Topic::Budget,
    Topic::Growth,
    Topic::Technology,
    Topic::Difference,
    Topic::Licence,
    Topic::Region,
    Topic::Size,
    Topic::Industry,
];

/// Makes the sheet; `me` is what the user is called, `firm` what the firm is called.
pub fn call_sheet(form: &Form, me: Option<&str>, firm: &str) -> CallSheet {
    CallSheet {
        opening: opening(form, me, firm),
        questions: questions(form),
        leaving_well: leaving_well(form),
    }
}

fn row(form: &Form, topic: Topic) -> Option<&FormRow> {
    form.rows.iter().find(|row| row.topic == topic)
}

/// The newest thing known of a topic, what is verified first.
fn newest(form: &Form, topic: Topic) -> Option<&str> {
    let row = row(form, topic)?;
    row.verified.first().or(row.assumed.first()).map(|held| held.text.trim_end_matches('.'))
}

fn opening(form: &Form, me: Option<&str>, firm: &str) -> Vec<String> {
    let mut lines = vec![match me {
        Some(me) => format!("Good morning, this is {me}. Do I reach you at a fair moment?"),
        None => "Good morning, this is … Do I reach you at a fair moment?".to_owned(),
    }];
    lines.push(match (newest(form, Topic::Trigger), newest(form, Topic::Need)) {
        (Some(trigger), _) => format!("I call because of this: {trigger}."),
        (None, Some(need)) => format!("I wonder whether this concerns {firm}: {need}."),
        (None, None) => format!("I have read about {firm} and would like to understand more."),
    });
    if let Some(difference) = newest(form, Topic::Difference) {
        lines.push(format!("Only if they ask what we do: {difference}."));
    }
    lines.push(
        "May I ask you two or three questions, and you tell me if I am wrong here?".to_owned(),
    );
    lines
}

/// The user's own questions first, then topics of which nothing was verified lately.
fn questions(form: &Form) -> Vec<ToAsk> {
    let own = form.questions.iter().map(|question| ToAsk {
        text: question.text.clone(),
        topic: None,
        listen_for: "An answer in their own words; write it down as they say it.".to_owned(),
        whom: question.whom.clone(),
    });
    let open = BY_USE.into_iter().filter_map(|topic| row(form, topic));
    let open = open.filter(|row| !row.is_settled()).map(|row| ToAsk {
        text: asks(row.topic).to_owned(),
        topic: Some(row.topic),
        listen_for: listen_for(row),
        whom: None,
    });
    own.chain(open).take(QUESTIONS).collect()
}

/// An open question about a topic.
fn asks(topic: Topic) -> &'static str {
    match topic {
        Topic::Industry => "How do you describe what your firm does to somebody from outside?",
        Topic::Size => "How is the team made up that this would concern?",
        Topic::Region => "How is your business spread over places, and what is decided where?",
        Topic::Licence => "What rules or approvals do you have to keep to in this?",
        Topic::Technology => "What do you work with today, and what do you like about it?",
        Topic::Growth => {
            "What would you like to have reached in a year, and what has to change for it?"
        }
        Topic::Trigger => "What has changed for you lately that makes this more pressing, or less?",
        Topic::Budget => "How does money for something like this usually come about in your house?",
        Topic::Department => {
            "How does this show in your house, and which department feels it most?"
        }
        Topic::Deciding => "How do you come to a decision like this, and who wants to be heard?",
        Topic::Need => "What would you most like to see different?",
        Topic::Today => "How do you do it today, and what happens when it goes wrong?",
        Topic::Difference => "What would somebody like us have to bring to be worth your time?",
    }
}

/// What to listen for, with the assumption that the answer would settle.
fn listen_for(row: &FormRow) -> String {
    let cue = match row.topic {
        Topic::Industry => "Their own word for it; use it from then on.",
        Topic::Size => "Numbers of people and teams, and who is missing.",
        Topic::Region => "A second place that decides.",
        Topic::Licence => "A date by which they must comply.",
        Topic::Technology => "What they praise: do not touch it. What they work around: ask on.",
        Topic::Growth => "A number and a date, and who promised it to whom.",
        Topic::Trigger => "A date, an event, a person who came or left.",
        Topic::Budget => "When it is planned, who signs, and whether it was ever spent on this.",
        Topic::Department => "A name, and a department other than the one that we think of.",
        Topic::Deciding => "Names beside their own, and a step that takes time.",
        Topic::Need => "Trouble in their words, what it costs, and for whom.",
        Topic::Today => "A firm or a person who does it now, and how loyal they are to them.",
        Topic::Difference => "What disappointed them with others.",
    };
    match row.assumed.first().filter(|_| row.verified.is_empty()) {
        Some(assumed) => {
            format!("{cue} We assume: {}.", assumed.text.trim_end_matches('.'))
        }
        None => cue.to_owned(),
    }
}

fn leaving_well(form: &Form) -> Vec<String> {
    let mut lines = vec![
        "Say it first: from what you tell me, we are not the right ones for this.".to_owned(),
        "An alternative: name somebody, or a way, that would help them more. Only one that you would \
         take yourself."
            .to_owned(),
    ];
    lines.push(match newest(form, Topic::Department) {
        Some(department) => format!(
            "A referral: is there somebody else in the house, beyond {department}, for whom this is a \
             question?"
        ),
        None => "A referral: who in your house, or whom you know, might have this question?".to_owned(),
    });
    lines.push(
        "Leave to stay in touch: may I write to you when I come across something of use to you? If \
         not, I shall not."
            .to_owned(),
    );
    lines
}

#[cfg(test)]
mod tests {
    use inroad_language::questions::{QuestionKind, ask};

    use super::*;

    #[test]
    fn every_question_is_an_open_one() {
        for topic in Topic::ALL {
            assert_eq!(ask(asks(topic)), Some(QuestionKind::Open), "{}", asks(topic));
        }
    }
}
