//! What business people say and write, marked and unmarked, and what it asks.

use super::QuestionKind::{Choice, Closed, Narrow, Open};
use super::*;

#[track_caller]
fn check(expected: Option<QuestionKind>, texts: &[&str]) {
    let kinds = texts.iter().map(|text| (*text, ask(text)));
    let wrong: Vec<_> = kinds.filter(|(_, kind)| *kind != expected).collect();
    assert!(wrong.is_empty(), "{expected:?}, not {wrong:#?}");
}

/// With marks and without capitals and marks, as a machine may write speech down.
#[track_caller]
fn check_both_ways(expected: Option<QuestionKind>, texts: &[&str]) {
    let kept = |c: char| c.is_alphanumeric() || c == '\'' || c.is_whitespace();
    let unmarked = |text: &&str| text.to_lowercase().replace(|c| !kept(c), "");
    let spoken: Vec<String> = texts.iter().map(unmarked).collect();
    let spoken: Vec<&str> = spoken.iter().map(String::as_str).collect();
    check(expected, &[texts, &spoken].concat());
}

#[test]
fn open_questions() {
    check_both_ways(
        Some(Open),
        &[
            "What do you think?",
            "How does that work in your plant?",
            "Why is that?",
            "Why?",
            "So, um, what, what do you do when a supplier is late?",
            "And how did you end up with two systems?",
            "What's keeping you up at night?",
            "What would have to be true for you to switch?",
            "What kind of problems does that cause?",
            "What about the warehouse team?",
            "How about you?",
            "What if we started with one site?",
            "What made you look at this now?",
            "How come the pilot stopped?",
            "Can I ask what made you change your mind?",
            "Tell me about your current process.",
            "Walk me through a typical week.",
            "Could you describe what happens after an order comes in?",
            "Can you tell me how the decision is made?",
            "Would you mind telling me why you left them?",
            "I'd love to hear how you handle returns.",
            "I'm curious how you see it.",
            "Anna, what do you think?",
            "If you could change one thing, what would you change?",
        ],
    );
    check(
        Some(Open),
        &[
            "What happened?",
            "What else?",
            "Anything else?",
            "I see, and you do that how?",
            "What would you want me to know.",
            "Why don't they use it?",
        ],
    );
}

#[test]
fn narrow_questions() {
    check_both_ways(
        Some(Narrow),
        &[
            "When is the deadline?",
            "How many people would use it?",
            "How long does a rollout take?",
            "How often do you meet?",
            "Which day would you prefer?",
            "Who else is involved in the decision?",
            "Who is going to sign it?",
            "Where are you based?",
            "What time does it start?",
            "What's your budget for this?",
            "What is the date of the next audit?",
            "Can you tell me when the board meets?",
            "I was wondering how long you have had the system.",
            "By the way, where did you hear about us?",
            "How much does that cost you a year?",
        ],
    );
    check(
        Some(Narrow),
        &[
            "Who decides?",
            "Anna, who decides?",
            "You decide when?",
            "Which of them?",
            "At what time?",
        ],
    );
}

#[test]
fn closed_questions() {
    check_both_ways(
        Some(Closed),
        &[
            "Do you have a minute?",
            "Is the budget approved for this year?",
            "Are you free on Tuesday?",
            "Have you spoken to finance about it?",
            "Would you be open to a short call?",
            "Could you send me the numbers?",
            "Do you, do you already have a vendor?",
            "Does Monday work for you?",
            "Is finance on board with this?",
            "Has anybody looked at it?",
            "Should we?",
            "Is now a good time?",
            "Can we say the end of March?",
            "Won't that be expensive?",
            "That is a lot of work, isn't it?",
            "You don't have one yet, don't you?",
            "Do you know who signs it off?",
            "Do you have any questions or remarks?",
            "Did anybody object to it or not?",
            "I was wondering whether you had a chance to look.",
            "Is that what you had in mind?",
            "You know what I mean?",
            "You mean the annual plan?",
        ],
    );
    check(
        Some(Closed),
        &[
            "You decide alone?",
            "So you're looking at three vendors?",
            "Three vendors, right?",
            "Which is more than last year, right?",
            "Right?",
            "Okay?",
            "Why don't we meet on Tuesday?",
            "How about Tuesday at ten?",
            "Any chance you could forward it?",
            "Could you let me know when it suits you?",
            "Do you have time on Monday.",
            "And the price?",
        ],
    );
}

#[test]
fn choices() {
    check_both_ways(
        Some(Choice),
        &[
            "Would Tuesday or Thursday suit you better?",
            "Is it the price or the timing?",
            "Are you the one who decides, or is that your boss?",
            "Or is it something we said?",
        ],
    );
    check(Some(Choice), &["Tuesday or Thursday?", "By mail or by phone?", "Or next week?"]);
}

#[test]
fn what_asks_nothing() {
    check_both_ways(
        None,
        &[
            "",
            "...",
            "Really?",
            "Oh, really?",
            "Is that so?",
            "Is that right?",
            "Huh?",
            "Do you?",
            "Oh, did they really?",
            "You did?",
            "Pardon?",
            "Sorry, what was that?",
            "Could you say that again, please?",
            "The what?",
            "Who knows?",
            "What can I say?",
            "You know what?",
            "How are you doing today?",
            "Hi Anna, how are you?",
            "Isn't that great?",
            "So do I.",
            "Uh-huh.",
            "What we do is help teams like yours.",
            "What's interesting is that nobody asked.",
            "I know what you mean.",
            "I think what matters is the date.",
            "That's why we called.",
            "When you are ready, we start.",
            "Where we stand is on page two.",
            "Which is why I am writing.",
            "How we got there is a long story.",
            "Let me know when you are free.",
            "Please tell him if that works.",
            "Do let me know.",
            "Have a nice day.",
            "The point is that we agree.",
            "Is, I mean, was late.",
            "Is probably late, as always.",
            "Should you be passing, there is coffee.",
            "We meet on Monday, should you wish to come.",
            "The price went up again, can you imagine.",
            "No, that isn't it.",
            "He has, has I think, two of them.",
            "What a day!",
            "Thanks for your time today.",
            "They said, do you have it in blue.",
        ],
    );
    check(None, &["He asked, \"Is it ready?\"", "Right.", "right", "okay", "What I said."]);
}

#[test]
fn of_several_questions_the_last_counts() {
    check(
        Some(Narrow),
        &["What happened there? And when was that?", "I see. When was that? Just curious."],
    );
    check(Some(Open), &["Do you like it? If so, why?", "We saw Mr. Lang. What did he say to you?"]);
    check(
        Some(Open),
        &["yeah we have been on it for two years and it mostly works what do you use at your end"],
    );
    check(
        Some(Closed),
        &[
            "no i only saw the first part of it and then i had to leave have you seen the rest of it",
        ],
    );
}

#[test]
fn questions_of_a_letter() {
    let letter = "Hi Anna,\n\nThanks for the call. How did the board take it? We could start in \
                  May.\n\nWould Tuesday or Thursday suit you? Really?\n\nWhen is your deadline?\n\n\
                  Best\nTom";
    let found: Vec<(&str, QuestionKind)> = questions(letter)
        .into_iter()
        .map(|question| (letter.get(question.start..question.end).unwrap(), question.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("How did the board take it?", Open),
            ("Would Tuesday or Thursday suit you?", Choice),
            ("When is your deadline?", Narrow),
        ]
    );
}

#[test]
fn apostrophes_are_typed_or_printed() {
    check(Some(Open), &["What’s your plan?", "whats your plan", "how’d you find us"]);
    check(Some(Closed), &["It’s late, isn’t it?", "its late isnt it"]);
}

#[test]
fn ids_are_known_outside() {
    assert_eq!(QuestionKind::ALL.map(QuestionKind::id), ["open", "narrow", "closed", "choice"]);
}
