//! What an ideal client may hold, wherever it comes from: a file, a form, or a program.

use inroad_model::{IdealClient, Qualifier, Remark, Wanted};

/// More qualifiers nobody can keep in mind.
const QUALIFIERS_MAX: usize = 40;
/// So many words, or codes, of one qualifier.
const ANY_MAX: usize = 40;
/// So many characters of a phrase or a code.
const PHRASE_CHARS_MAX: usize = 100;
/// So many characters of what is counted.
const OF_CHARS_MAX: usize = 40;

/// Whether an ideal client can be kept: not too large, and each qualifier asks for something.
///
/// # Errors
/// What is wrong with which qualifier, counted from 1, and the way out.
///
/// ```
/// use inroad_model::IdealClient;
/// assert_eq!(inroad_prospect::check_ideal(&IdealClient::default()), Ok(()));
/// ```
pub fn check_ideal(ideal: &IdealClient) -> Result<(), String> {
    check_count(ideal.qualifiers.len())?;
    for (number, qualifier) in (1..).zip(&ideal.qualifiers) {
        check_qualifier(qualifier).map_err(|what| format!("Qualifier {number}: {what}"))?;
    }
    Ok(())
}

pub(crate) fn check_count(qualifiers: usize) -> Result<(), String> {
    if qualifiers > QUALIFIERS_MAX {
        return Err(format!(
            "There are more than {QUALIFIERS_MAX} qualifiers; keep those that matter"
        ));
    }
    Ok(())
}

pub(crate) fn check_qualifier(qualifier: &Qualifier) -> Result<(), String> {
    if let Some(because) = &qualifier.because {
        Remark::new(because.as_str()).map_err(|invalid| invalid.to_string())?;
    }
    match &qualifier.wanted {
        Wanted::Words { any } => {
            check_any(any, "words")?;
            let has_words = |phrase: &String| phrase.chars().any(char::is_alphanumeric);
            match any.iter().find(|phrase| !has_words(phrase)) {
                Some(empty) => Err(format!("'{empty}' holds no word")),
                None => Ok(()),
            }
        }
        Wanted::Code { any, .. } => {
            check_any(any, "codes")?;
            match any.iter().find(|code| !is_code(code)) {
                Some(odd) => {
                    Err(format!("'{odd}' is no beginning of a code; write digits, as 62 or 62.01"))
                }
                None => Ok(()),
            }
        }
        Wanted::Number { at_least, at_most, of } => {
            if at_least.is_none() && at_most.is_none() {
                return Err("Say at least how many, or at most".to_owned());
            }
            if [at_least, at_most].into_iter().flatten().any(|number| !number.is_finite()) {
                return Err("A number must be finite".to_owned());
            }
            if at_least.zip(*at_most).is_some_and(|(low, high)| low > high) {
                return Err("at-least is more than at-most".to_owned());
            }
            if is_longer(of, OF_CHARS_MAX) {
                return Err(format!("Say what is counted in {OF_CHARS_MAX} characters"));
            }
            Ok(())
        }
    }
}

fn check_any(any: &[String], what: &str) -> Result<(), String> {
    if any.is_empty() {
        return Err(format!("There are no {what}; write what must stand there"));
    }
    if any.len() > ANY_MAX {
        return Err(format!("There are more than {ANY_MAX} {what}; keep those that matter"));
    }
    if any.iter().any(|one| is_longer(one, PHRASE_CHARS_MAX)) {
        return Err(format!("One of the {what} is longer than {PHRASE_CHARS_MAX} characters"));
    }
    Ok(())
}

fn is_longer(text: &str, chars_max: usize) -> bool {
    text.chars().nth(chars_max).is_some()
}

fn is_code(code: &str) -> bool {
    code.chars().any(|c| c.is_ascii_digit())
        && code.chars().all(|c| c.is_ascii_digit() || c == '.' || c.is_ascii_uppercase())
}
