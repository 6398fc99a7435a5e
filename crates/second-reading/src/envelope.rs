//! What a server wraps an answer in: `OpenAI`'s chat completions, of which little is read.

use serde::Deserialize;

/// What stood in the wrapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// The model's words.
    Words(String),
    /// The model declines, in these words.
    Declined(String),
    /// It is no such wrapping.
    Nothing,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<Content>,
    #[serde(default)]
    refusal: Option<String>,
}

/// Most servers give one text, some a list of parts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    text: String,
}

/// Takes the first answer out of its wrapping.
pub(crate) fn open(body: &[u8]) -> Said {
    let Ok(completion) = serde_json::from_slice::<Completion>(body) else { return Said::Nothing };
    let Some(choice) = completion.choices.into_iter().next() else { return Said::Nothing };
    if let Some(refusal) = choice.message.refusal.filter(|refusal| !refusal.trim().is_empty()) {
        return Said::Declined(refusal);
    }
    match choice.message.content {
        Some(Content::Text(text)) => Said::Words(text),
        Some(Content::Parts(parts)) => {
            Said::Words(parts.into_iter().map(|part| part.text).collect())
        }
        None => Said::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &Said) {
        assert_eq!(open(body.as_bytes()), *expected, "{body:.80}");
    }

    #[test]
    fn wrappings() {
        let words = || Said::Words("yes".to_owned());
        check(r#"{"id": 1, "choices": [{"message": {"role": "a", "content": "yes"}}]}"#, &words());
        let parts = r#"{"choices": [{"message": {"content": [{"type": "text", "text": "y"}, {"text": "es"}]}}]}"#;
        check(parts, &words());
        let refusal = r#"{"choices": [{"message": {"content": null, "refusal": "I cannot"}}]}"#;
        check(refusal, &Said::Declined("I cannot".to_owned()));
        for nothing in [
            "",
            "<html>",
            "{}",
            "[]",
            "{\"choices\": []}",
            "{\"choices\": [{\"message\": {}}]}",
            "{\"choices\": [{\"message\": {\"content\": 5}}]}",
        ] {
            check(nothing, &Said::Nothing);
        }
        check(&format!("{{\"choices\":{}", "[".repeat(100_000)), &Said::Nothing);
    }
}
