//! A story as its file holds it. Fields that mean nothing are refused.

use std::collections::BTreeMap;

use inroad_model::{Advice, Cause, FactKind, Role, Stage, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// One seller's deals, mail and the truth about them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// A short name.
    pub slug: String,
    /// The seller.
    pub me: Seller,
    /// Addresses of the seller's own firm.
    #[serde(default)]
    pub colleagues: Vec<String>,
    /// The moment at which advice is asked, with its offset.
    pub as_of: String,
    /// The deals as typed in.
    pub deals: Vec<Deal>,
    /// All mail; some may be later than `as_of`.
    pub mail: Vec<Letter>,
    /// What is true of the deals at `as_of`.
    pub truth: Truth,
}

/// Who sells.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// The name.
    pub name: String,
    /// The addresses.
    pub emails: Vec<String>,
}

/// A deal as the seller typed it: often incomplete or wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// Which.
    pub id: String,
    /// The name.
    pub name: String,
    /// The other side.
    pub organization: String,
    /// Its domain.
    pub domain: String,
    /// How far it is.
    pub stage: Stage,
    /// What it is worth, in `currency`.
    pub value: Option<Number>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The fee that was quoted.
    #[serde(default)]
    pub fee_quoted: Option<Number>,
    /// What such work costs: from, to.
    #[serde(default)]
    pub usual_fee_range: Option<(Number, Number)>,
    /// Whether it is a long account that goes on.
    #[serde(default)]
    pub ongoing_account: bool,
    /// The day on which it began.
    pub opened: Date,
    /// Who belongs to it.
    pub people: Vec<Person>,
    /// What the seller noted.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// Somebody on the other side, as typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The parts they play.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its day.
    pub date: Date,
    /// Its words.
    pub text: String,
}

/// One mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Which, within the story.
    pub id: String,
    /// When it was sent, with its offset.
    pub date: String,
    /// `Name <address>`.
    pub from: String,
    /// `Name <address>` each.
    pub to: Vec<String>,
    /// `Name <address>` each.
    #[serde(default)]
    pub cc: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text, with line ends.
    pub body: String,
    /// Which mail it answers.
    #[serde(default)]
    pub reply_to_id: Option<String>,
    /// More head fields.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}

/// What is true.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// Of each deal.
    pub deals: Vec<TrueDeal>,
}

/// What is true of a deal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrueDeal {
    /// Which deal.
    pub id: String,
    /// Its state.
    pub state: State,
    /// The likeliest cause, then others that may be said; none where nothing is wrong.
    pub causes: Vec<Cause>,
    /// What to do.
    pub advice: Advice,
    /// What else may be advised.
    #[serde(default)]
    pub also_acceptable_advice: Vec<Advice>,
    /// Who is against it.
    pub resistor: Option<String>,
    /// Who could move it, best first.
    pub levers: Vec<String>,
    /// Who decides, if the story tells.
    pub decision_maker: Option<String>,
    /// What is stated up to `as_of`.
    pub facts: Vec<TrueFact>,
    /// How one knows.
    pub why: String,
}

/// Something that a mail or a note states.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrueFact {
    /// What kind of thing.
    pub kind: FactKind,
    /// About whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `out_of_office`: the day as the words give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// `come_back`: the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// `referred`: to whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `title`: the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A story of two mails.
    pub(crate) const SMALL: &str = r#"{"slug": "small", "me": {"name": "Mo", "emails": ["mo@seller.example"]},
      "as_of": "2025-05-09T09:00:00+02:00",
      "deals": [{"id": "d1", "name": "Work", "organization": "Lindner", "domain": "lindner.example",
        "stage": "proposal", "value": 9000, "currency": "EUR", "opened": "2025-05-01",
        "people": [{"email": "jana@lindner.example", "name": "Jana Kühn", "title": null}]}],
      "mail": [
        {"id": "m1", "date": "2025-05-02T10:00:00+02:00", "from": "Mo <mo@seller.example>",
         "to": ["Jana Kühn <jana@lindner.example>"], "subject": "Angebot für Mai", "body": "Hallo Jana"},
        {"id": "m2", "date": "2025-05-03T10:00:00+02:00", "from": "Jana Kühn <jana@lindner.example>",
         "to": ["Mo <mo@seller.example>"], "subject": "Re: Angebot für Mai", "reply_to_id": "m1",
         "body": "From here it looks good, schön!"}],
      "truth": {"deals": [{"id": "d1", "state": "warm", "causes": [], "advice": "pursue",
        "resistor": null, "levers": [], "decision_maker": "jana@lindner.example",
        "facts": [{"kind": "out_of_office", "email": "jana@lindner.example", "until": "2025-05-20"}],
        "why": "m2"}]}}"#;

    #[test]
    fn what_means_nothing_is_refused() {
        assert!(serde_json::from_str::<Story>(SMALL).is_ok());
        let odd = SMALL.replace("\"slug\"", "\"colour\": 1, \"slug\"");
        assert!(serde_json::from_str::<Story>(&odd).is_err());
        let odd = SMALL.replace("\"warm\"", "\"lukewarm\"");
        assert!(serde_json::from_str::<Story>(&odd).is_err());
    }
}
