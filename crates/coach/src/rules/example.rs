//! The examples of a rule, which are its tests.

use super::check;
use super::pack::{PackError, Ready, fault};
use super::rule::Example;
use crate::draft::{Channel, Draft};
use crate::reading::Reading;

/// Tries the examples of a rule: it has to speak up in the bad ones and to be checked, and silent, in the
/// good ones.
pub(super) fn try_all(file: &str, ready: &Ready) -> Result<(), PackError> {
    for (n, example) in ready.rule.bad.iter().enumerate() {
        match found(ready, example) {
            Ok(true) => {}
            Ok(false) => return wrong(file, ready, format!("bad example {} passes", n + 1)),
            Err(why) => {
                return wrong(file, ready, format!("bad example {} is not checked: {why}", n + 1));
            }
        }
    }
    for (n, example) in ready.rule.good.iter().enumerate() {
        match found(ready, example) {
            Ok(false) => {}
            Ok(true) => return wrong(file, ready, format!("good example {} does not pass", n + 1)),
            Err(why) => {
                return wrong(file, ready, format!("good example {} is not checked: {why}", n + 1));
            }
        }
    }
    Ok(())
}

fn found(ready: &Ready, example: &Example) -> Result<bool, String> {
    let rule = &ready.rule;
    let channel = example.channel.or(rule.channels.first().copied()).unwrap_or(Channel::Email);
    let stage = example.stage.or(rule.stages.first().copied());
    let draft = Draft::new(&example.text, channel);
    let reading = Reading::new(&draft, &example.knows, stage);
    check::one(ready, &reading).map(|findings| !findings.is_empty())
}

fn wrong(file: &str, ready: &Ready, what: String) -> Result<(), PackError> {
    Err(fault(file, Some(&ready.rule.id), what))
}
