//! What stands against a letter: whom not to write to, which nothing overrules, and what the coach holds up,
//! which a person may overrule with a reason that is kept.

use inroad_coach::audience::Standing;
use inroad_coach::draft::Channel;
use inroad_coach::report::Finding;
use inroad_coach::rules::rule::Severity;
use inroad_model::{EmailAddress, Moment, Remark};
use serde::{Deserialize, Serialize};

use super::asked::SendAsked;
use crate::coach::{CoachAsked, Coached};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Somebody who is not written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbidden {
    /// Who; `None` where what is said holds for the letter.
    pub whom: Option<EmailAddress>,
    /// Why.
    pub why: String,
}

/// That a person let a letter go although the coach held it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overruled {
    /// What it said.
    pub findings: Vec<String>,
    /// Why it went all the same.
    pub because: Remark,
}

/// What the coach says of a letter, as sending takes it.
pub(super) struct Checked {
    pub coached: Coached,
    /// What holds it up until a person says why it goes all the same.
    pub held: Vec<Finding>,
    /// What nobody overrules.
    pub fixed: Vec<Forbidden>,
}

impl Inroad {
    /// Who of these is not to be written to, by everything that was said by now.
    pub(super) async fn not_to_be_written_to(
        &self,
        recipients: &[EmailAddress],
    ) -> Result<Vec<Forbidden>> {
        let left_alone = self.left_alone_by_now().await?;
        let forbidden = recipients.iter().filter_map(|email| {
            let stated = spellings(email).iter().find_map(|email| left_alone.of(email))?;
            let said = match stated.what {
                Standing::OptedOut => "asked for no more mail",
                _ => "is on your list of whom not to write to",
            };
            let since = stated.on.map(|day| format!(" since {day}")).unwrap_or_default();
            Some(Forbidden { whom: Some(email.clone()), why: format!("{email} {said}{since}") })
        });
        Ok(forbidden.collect())
    }

    /// Refuses a letter to somebody who is not to be written to.
    pub(super) async fn must_be_allowed(&self, recipients: &[EmailAddress]) -> Result<()> {
        let forbidden = self.not_to_be_written_to(recipients).await?;
        let Some(first) = forbidden.first() else { return Ok(()) };
        Err(Error::Forbidden { what: format!("Nothing is sent: {}", first.why) })
    }

    /// What the coach finds in it, for the first to whom it goes.
    pub(super) async fn checked(
        &self,
        asked: &SendAsked,
        first: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Checked> {
        let coach = self.coach(first, at).await?;
        let how =
            CoachAsked { channel: Channel::Email, stage: None, person: first.cloned(), many: None };
        let coached = coach.read(&asked.as_draft(), &how)?;
        let blocks = |finding: &&Finding| finding.severity == Severity::Block;
        let is_fixed = |finding: &Finding| {
            coach.pack().rule(&finding.rule).is_some_and(|ready| ready.rule.fixed)
        };
        let (fixed, held): (Vec<Finding>, Vec<Finding>) =
            coached.report.findings.iter().filter(blocks).cloned().partition(is_fixed);
        let fixed = fixed.into_iter().map(|finding| Forbidden { whom: None, why: finding.says });
        Ok(Checked { fixed: fixed.collect(), held, coached })
    }
}

/// An address with its domain in letters and in the form that servers are told: a list may know either.
fn spellings(email: &EmailAddress) -> Vec<EmailAddress> {
    let ascii = idna::domain_to_ascii(email.domain());
    let (letters, _odd) = idna::domain_to_unicode(email.domain());
    let domains = ascii.ok().into_iter().chain([letters]);
    let others = domains.filter_map(|domain| format!("{}@{domain}", email.local()).parse().ok());
    std::iter::once(email.clone()).chain(others).collect()
}

/// Refuses what the coach holds up, unless a person said why it goes all the same.
pub(super) fn must_be_overruled(
    held: &[Finding],
    because: Option<Remark>,
) -> Result<Option<Overruled>> {
    let mut says: Vec<String> = held.iter().map(|finding| finding.says.clone()).collect();
    says.dedup();
    match (says.is_empty(), because) {
        (true, _) => Ok(None),
        (false, Some(because)) => Ok(Some(Overruled { findings: says, because })),
        (false, None) => {
            let what = format!(
                "Held up: {}. Put it right, or tick that it goes all the same and say why",
                says.join("; ")
            );
            Err(Error::Conflict { what })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_known_in_either_spelling() {
        let check = |typed: &str, listed: &str| {
            let listed: EmailAddress = listed.parse().unwrap();
            assert!(spellings(&typed.parse().unwrap()).contains(&listed), "{typed} {listed}");
        };
        check("jana@xn--mller-kva.example", "jana@müller.example");
        check("jana@müller.example", "jana@xn--mller-kva.example");
        check("Jana@Lindner.example", "jana@lindner.example");
    }
}
