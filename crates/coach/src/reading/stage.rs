//! Where in a deal a draft stands, when nobody says it: by its words, then by what passed before.

use std::sync::LazyLock;

use inroad_language::patterns::{Patterns, patterns};

use super::asks::Ask;
use crate::audience::Audience;
use crate::draft::{Draft, Stage};

static CLOSING: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "(?:i am|i'm|i will now|i'll now|let me|should i|shall i|time to|going to|^) ?clos(?:e|ing) (?:the|your|our|this|my) (?:file|loop)",
        "(?:this|it) (?:is|will be|shall be) (?:my|our|the) (?:very )?(?:last|final) (?:message|e-?mail|note|attempt|try|call|word|letter|line)",
        "(?:won't|will not|not going to) (?:write|follow up|bother you|contact you|reach out|e-?mail|call) (?:again|any ?more|any further|further)",
        "take (?:it|this) off (?:my|our|your) (?:list|desk|plate)",
        "this is the last (?:time|you)",
        "stop (?:writing|reaching out|following up)",
    ])
});
static PROPOSAL: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "(?:attached|enclosed|below|here)(?: you will find| you'll find| is| are)? (?:is |are )?(?:the|our|my|your|a|you'll find our) (?:\\w+ )?(?:proposal|quote|quotation|offer|estimate)",
        "(?:the|our|my) (?:proposal|quote|quotation|offer) (?:is|comes|stands|covers|includes|for)",
        r"(?:fee|price|quote|investment|total)s? (?:is|are|comes to|comes|would be|of)[^.?!]*?(?:€|\$|£|eur|usd|gbp|chf) ?\d",
    ])
});
static COURTESY: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "congratulations|congrats",
        "get well",
        "(?:deepest |heartfelt |my |our )?(?:condolences|sympathy)",
        "happy (?:birthday|new year|holidays|anniversary)",
        "merry christmas",
        "(?:speedy|quick|full) recovery",
        "thank you (?:so much |very much )?for (?:the|your) (?:introduction|referral|kind|warm|hospitality|trust)",
        "no need to (?:reply|answer|respond)",
        "thinking of you",
    ])
});
static FOLLOW_UP: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "follow(?:ing)?[- ]up (?:on|with|about|to|after|from)",
        "check(?:ing)? (?:back )?in (?:on|with|again|to)",
        "touch(?:ing)? base",
        "circl(?:e|ing) back",
        "my (?:last|previous|earlier) (?:e-?mail|message|note|letter|voicemail|call)",
        "(?:haven't|have not|not) heard (?:back|from you|anything)",
        "i (?:wrote|called|left|e-?mailed|sent) (?:to )?you",
        "did you (?:get|have) (?:a chance|time|the chance|my)",
        "since (?:we|our) (?:last )?(?:spoke|talked|met|call|talk|meeting)",
        "when we (?:last )?(?:spoke|talked|met)",
        "any (?:news|update|decision)",
        "still (?:interested|waiting|a question|your question|open to)",
        "second (?:message|e-?mail|note|try)",
        "bump(?:ing)?",
        "where (?:things|we|this) (?:stand|stands)",
        "have you (?:had (?:a chance|time)|decided|thought|given)",
        "i(?:'ve| have) (?:\\w+ )?(?:tried|written|called|e-?mailed|reached out)",
    ])
});
static ANSWER: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "thank(?:s| you) for (?:the|your) (?:quick |prompt |kind )?(?:reply|answer|response|message|e-?mail|note|question|feedback|interest|enquiry|inquiry)",
        "as you (?:asked|said|wrote|suggested|requested)",
        "you (?:asked|wrote|wanted to know)",
        "(?:get|got|getting) back to you",
        "to answer your",
        "in (?:reply|response|answer) to your",
    ])
});
static FIRST: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "my name is",
        "i(?:'m| am) (?:reaching out|writing to (?:introduce|you because)|contacting you|getting in touch)",
        "(?:we|i) (?:help|work with|specialise in|specialize in|advise|support) (?:\\w+ )?(?:companies|firms|teams|businesses|organisations|organizations|people|leaders|manufacturers|owners|clients|directors|sales|\\w+s)",
        "introduce (?:myself|our|my|us)",
        "you don't know me",
        "we haven't (?:met|spoken)",
        "we have not (?:met|spoken)",
        "came across (?:your|you)",
        "(?:i )?(?:saw|read|noticed|found) (?:that |in |on |your|you)",
        "i(?:'m| am) (?:calling|with|from|the (?:founder|owner|managing))",
        "(?:are|is) a leading",
        "this is \\w+(?: \\w+)? (?:from|at|of|with)",
        "companies like (?:yours|you)",
        r"we(?:'ve| have) been [^.?!]*?since (?:19|20)\d\d",
    ])
});

/// The stage that the words or what passed before tell, and which of them.
pub(super) fn told(
    draft: &Draft<'_>,
    audience: &Audience,
    asks: &[Ask],
) -> Option<(Stage, String)> {
    let text = super::metrics::body(draft);
    let quoted = |patterns: &Patterns| {
        let at = patterns.find(text)?;
        Some(format!(
            "by the words \u{201c}{}\u{201d}",
            text.get(at)?.split_whitespace().collect::<Vec<_>>().join(" ")
        ))
    };
    if let Some(why) = quoted(&CLOSING) {
        return Some((Stage::Closing, why));
    }
    if let Some(why) = quoted(&COURTESY)
        && asks.is_empty()
    {
        return Some((Stage::Courtesy, why));
    }
    if let Some(why) = quoted(&PROPOSAL) {
        return Some((Stage::Proposal, why));
    }
    let replies = draft.header("in-reply-to").is_some()
        || draft.subject().is_some_and(|subject| {
            subject.get(..3).is_some_and(|re| re.eq_ignore_ascii_case("re:"))
        });
    let answers =
        replies || draft.subject.is_none() && !draft.channel.is_spoken() || ANSWER.is_in(text);
    let dealings = audience.person.as_ref().and_then(|person| person.dealings.as_ref());
    if let Some(dealings) = dealings {
        let stage = match (dealings.last_ours, dealings.last_theirs) {
            (None, None) => (Stage::FirstTouch, "nothing passed between you before"),
            _ if dealings.unanswered > 0 => (Stage::FollowUp, "yours was the last word"),
            _ if answers => (Stage::Answer, "theirs was the last word"),
            _ => (Stage::FollowUp, "you have written to each other before"),
        };
        return Some((stage.0, stage.1.to_owned()));
    }
    // Whoever introduces themselves speaks for the first time, whatever else is said.
    if !replies && let Some(why) = quoted(&INTRODUCES) {
        return Some((Stage::FirstTouch, why));
    }
    if let Some(why) = quoted(&FOLLOW_UP) {
        return Some((Stage::FollowUp, why));
    }
    if let Some(why) = quoted(&ANSWER) {
        return Some((Stage::Answer, why));
    }
    if replies {
        return Some((Stage::Answer, "by the subject of an answer".to_owned()));
    }
    if let Some(why) = quoted(&FIRST) {
        return Some((Stage::FirstTouch, why));
    }
    if NOBODY.is_in(draft.source) {
        return Some((Stage::FirstTouch, "nobody is called by name".to_owned()));
    }
    // Who says whom it is for writes to somebody of a deal.
    audience
        .person
        .as_ref()
        .map(|_| (Stage::FollowUp, "since it is for somebody you know of".to_owned()))
}

static INTRODUCES: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "my name is",
        "introduce (?:myself|our company|our firm)",
        "you don't know me",
        "we (?:haven't|have not) (?:met|spoken)",
    ])
});

static NOBODY: LazyLock<Patterns> =
    LazyLock::new(|| patterns(&["dear (?:sir|madam|sirs)", "to whom it may concern"]));
