//! `inroad search`: messages by their words.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

use crate::show;

/// Finds messages and lists them, newest first.
pub(crate) async fn run(
    inroad: Inroad,
    words: &[String],
    limit: u32,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let found = inroad.search(&as_typed(words), limit).await?;
    inroad.close().await?;
    if found.is_empty() {
        writeln!(out, "Nothing found.")?;
        return Ok(ExitCode::FAILURE);
    }
    let rows: Vec<[String; 3]> = found
        .iter()
        .map(|hit| {
            [
                hit.date.map_or_else(String::new, |date| date.date().to_string()),
                hit.from.as_ref().map_or_else(String::new, |from| from.label().to_owned()),
                hit.subject.clone(),
            ]
        })
        .collect();
    writeln!(out, "{}", show::table(["Day", "From", "Subject"], &rows))?;
    Ok(ExitCode::SUCCESS)
}

/// The words as a search box takes them. What was quoted for the shell is a phrase, and the space
/// at the end says that the last word is whole.
fn as_typed(words: &[String]) -> String {
    let typed = |word: &String| match word.trim() {
        phrase if phrase.contains(char::is_whitespace) && !phrase.contains('"') => {
            format!("\"{phrase}\" ")
        }
        word => format!("{word} "),
    };
    words.iter().map(typed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_for_the_shell_is_a_phrase() {
        for (words, expected) in [
            (&["annual offer"][..], "\"annual offer\" "),
            (&["annual", "offer"], "annual offer "),
            (&["\"annual offer\"", "jana"], "\"annual offer\" jana "),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(as_typed(&words), expected);
        }
    }
}
