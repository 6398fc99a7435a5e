//! The words that stand for states, stages and the like, for the document. What they mean, `model` says.

use utoipa::ToSchema;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $($word:ident),+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, ToSchema)]
            #[schema(rename_all = "snake_case")]
            #[cfg_attr(not(test), expect(dead_code, reason = "only the document names them"))]
            pub(crate) enum $name { $($word),+ }
        )+
        #[cfg(test)]
        fn all() -> Vec<(&'static str, Vec<String>)> {
            vec![$((stringify!($name), vec![$(format!("{:?}", $name::$word)),+])),+]
        }
    };
}

words! {
    /// How a deal or a person stands.
    StateWord: Warm, Cooling, Cold, Dark, Paused, Closed;
    /// What to do.
    AdviceWord: Pursue, Wait, LetGo, Stop;
    /// How far a deal is.
    StageWord: Lead, Discovery, Proposal, Negotiation, Won, Lost;
    /// Whether somebody accepted a deal, or it was only proposed from mail.
    StatusWord: Proposed, Open, Dismissed;
    /// How one gets in touch.
    ChannelWord: Mail, Call, Meeting;
    /// By which way a draft goes.
    DraftWord: Email, Voicemail, Call, Text;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(words: &[String]) -> Vec<String> {
        let snake = |word: &String| {
            word.char_indices().fold(String::new(), |mut snake, (at, c)| {
                if c.is_uppercase() && at > 0 {
                    snake.push('_');
                }
                snake.push(c.to_ascii_lowercase());
                snake
            })
        };
        words.iter().map(snake).collect()
    }

    #[test]
    fn they_are_the_words_of_the_house() {
        use inroad_coach::draft::Channel as Draft;
        use inroad_model::{Advice, Channel, Stage, State};
        let as_json = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for (name, words) in all() {
            let expected: Vec<String> = match name {
                "StateWord" => State::ALL.iter().map(|s| as_json(serde_json::json!(s))).collect(),
                "AdviceWord" => Advice::ALL.iter().map(|s| as_json(serde_json::json!(s))).collect(),
                "StageWord" => Stage::ALL.iter().map(|s| s.as_str().to_owned()).collect(),
                "ChannelWord" => Channel::ALL.iter().map(|s| s.as_str().to_owned()).collect(),
                "DraftWord" => Draft::ALL.iter().map(|s| s.as_str().to_owned()).collect(),
                _ => vec!["proposed".into(), "open".into(), "dismissed".into()],
            };
            assert_eq!(snake(&words), expected, "{name}");
        }
    }
}
