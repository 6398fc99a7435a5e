//! Phrases: rows of words that are known as a whole.
//!
//! Must not: know a rule.

use std::sync::LazyLock;

use super::utterance::Word;
use super::words::key;

/// Phrases, sorted.
pub(super) struct Phrases(Vec<Box<[u128]>>);

impl Phrases {
    /// Of a text with a phrase between commas.
    fn new(text: &str) -> Self {
        let phrase = |phrase: &str| phrase.split_whitespace().map(key).collect();
        let mut phrases: Vec<Box<[u128]>> = text.split(',').map(phrase).collect();
        phrases.sort();
        Self(phrases)
    }

    /// Of how many words the longest phrase is with which these begin; zero where there is none.
    pub(super) fn begin(&self, words: &[Word]) -> usize {
        let Some(first) = words.first() else { return 0 };
        let start = self.0.partition_point(|phrase| phrase.first() < Some(&first.key));
        let near = self.0.iter().skip(start);
        near.take_while(|phrase| phrase.first() == Some(&first.key))
            .filter(|phrase| phrase.len() <= words.len() && same(phrase, words))
            .map(|phrase| phrase.len())
            .max()
            .unwrap_or(0)
    }

    /// Whether the words are one of them, no more and no less.
    pub(super) fn are(&self, words: &[Word]) -> bool {
        !words.is_empty() && self.begin(words) == words.len()
    }
}

fn same(phrase: &[u128], words: &[Word]) -> bool {
    phrase.iter().zip(words).all(|(key, word)| *key == word.key)
}

/// What may stand before what is said, beside single words.
pub(super) static OPENERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "i mean, you know, let's see, let me see, i guess, you see, excuse me, by the way, \
         for example, i'm sorry, all right, of course, in fact, on the other hand, i think, \
         i don't know, just curious, i was just curious, \
         out of curiosity, my question is, the question is, my question to you is, let me ask you, \
         let me ask you this, can i ask, can i ask you, may i ask, may i ask you, could i ask, quick question, one question, \
         before we go on, before i forget, good morning, good afternoon, thank you",
    )
});

/// What looks like a question and is none, with nothing else beside it: back-channels, requests to
/// say something again, greetings, and what is asked of nobody.
pub(super) static UNASKED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "really, oh, huh, yeah, no, or, hello, is that right, is that so, is that true, no kidding, \
         you're kidding, are you kidding, are you kidding me, are you serious, you think so, \
         think so, how about that, isn't that something, is it really, \
         pardon, pardon me, beg your pardon, i beg your pardon, excuse me, sorry, i'm sorry, \
         what, sorry what, i'm sorry what, what was that, sorry what was that, what's that, \
         what did you say, what's that again, what was that again, say again, say it again, \
         say that again, come again, can you say that again, could you say that again, \
         can you repeat that, could you repeat that, can you repeat that please, \
         could you repeat that please, could you say that again please, \
         how do you do, how's it going, how are things, what's up, \
         who knows, who cares, so what, why not, or what, you know what, guess what, \
         what can i say, what do you know, who doesn't, who wouldn't, need i say more, \
         what could go wrong, what could possibly go wrong, how cool is that, how great is that, \
         what's not to like, why bother",
    )
});

/// Asks to be told, without asking in form.
pub(super) static TELL: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tell me about, tell me more, tell me a bit, tell me a little, tell me what, tell me how, \
         tell me why, tell us about, tell us more, tell us what, tell us how, tell us why, \
         walk me through, walk us through, talk me through, talk us through, take me through, \
         take us through, help me understand, help us understand, describe for me, describe to me, \
         describe how, describe what, describe your, describe the, explain to me, explain to us, \
         explain how, explain why, say more, say a bit more, say a little more, \
         give me an example, give us an example, give me a sense, give us a sense, \
         share with me, share with us, elaborate, expand on",
    )
});

/// Wishes to be told, as good as a question.
pub(super) static WISH_TO_HEAR: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "i'd love to hear, i'd like to hear, i'd love to know, i'd like to know, \
         i'd love to understand, i'd like to understand, i would love to hear, \
         i would like to hear, i would love to know, i would like to know, \
         i would like to understand, we'd love to hear, we'd like to hear, we'd like to understand, \
         i'm curious, i am curious, i was wondering, i'm wondering, i am wondering, i wonder, \
         we were wondering, just wondering, wondering",
    )
});
