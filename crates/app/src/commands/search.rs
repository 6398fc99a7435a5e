//! `inroad search`: deals, people, messages and notes by words and operators.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;
use inroad_service::search::{LastWord, Query, Search, states_of};

use crate::cli::{PlainFormat, SearchArgs};
use crate::{show, when};

/// Searches and lists what was found.
pub(crate) async fn run(
    inroad: Inroad,
    args: &SearchArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let typed = as_typed(&args.words);
    let last_word = LastWord::Whole;
    // A review takes far longer than a search.
    let states = if Query::parse(&typed, last_word).0.asks_states() {
        Some(states_of(&inroad.review(when::now()).await?))
    } else {
        None
    };
    let search = Search {
        typed: &typed,
        last_word,
        states: states.as_ref(),
        shown_max: usize::from(args.limit),
        as_of: None,
    };
    let found = inroad.search(&search).await?;
    inroad.close().await?;
    match args.format {
        PlainFormat::Json => show::json(&found, out)?,
        PlainFormat::Table => show::findings(&found, out)?,
    }
    Ok(if found.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The words as a search box takes them: what was quoted for the shell stands side by side.
fn as_typed(words: &[String]) -> String {
    let typed = |word: &String| {
        let word = word.trim();
        let is_phrase = word.contains(char::is_whitespace) && !word.contains('"');
        match word.split_once(':') {
            _ if !is_phrase => word.to_owned(),
            Some((operator, value)) if operator.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                format!("{operator}:\"{value}\"")
            }
            _ => match word.strip_prefix('-') {
                Some(unwanted) => format!("-\"{unwanted}\""),
                None => format!("\"{word}\""),
            },
        }
    };
    words.iter().map(typed).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_for_the_shell_stands_side_by_side() {
        for (words, expected) in [
            (&["annual offer"][..], "\"annual offer\""),
            (&["annual", "offer"], "annual offer"),
            (&["\"annual offer\"", "jana"], "\"annual offer\" jana"),
            (&["from:Jana Wolf", "-side letter"], "from:\"Jana Wolf\" -\"side letter\""),
            (&["at 12:30 today"], "\"at 12:30 today\""),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(as_typed(&words), expected);
        }
    }
}
