//! The page: the text at the left, what was found at the right.

use inroad_coach::draft::{Channel, Stage};
use maud::{Markup, html};

use super::{Beside, Shown, begin, copying, looked, recorder, whom};
use crate::forms::hidden_key;
use crate::visit::Visit;

pub(super) fn page(
    shown: &Shown<'_>,
    beside: &Beside,
    found: &whom::Found,
    visit: &Visit,
) -> Markup {
    let name = shown.coach.audience().person.as_ref().and_then(|person| person.name.as_deref());
    html! {
        h1 { "Coach" }
        p.lead { "What a careful reader would say of your draft, before it goes. No mark, and no other wording: you write, and you send. " a href="/coach/rules" { "The rules" } " · " a href="/sent" { "What you sent" } }
        (whom::form(shown.asked, name, found))
        div.coach {
            div.write {
                (form(shown, visit))
                p.quiet id="copied" role="status" {}
            }
            section.read aria-labelledby="found" {
                h2 id="found" { "What was found" }
                p role="status" id="count" { (looked::count(shown)) }
                (looked::looked(shown))
                p.quiet data-with-script hidden { small { kbd { "Alt" } "+" kbd { "↓" } " " kbd { "↑" } " go through what was found, " kbd { "Esc" } " goes back to the text." } }
            }
            div.help { (begin::help(shown.asked, beside)) }
        }
        script type="module" src="/coach.js" {}
    }
}

/// What changes when another word is typed.
pub(super) fn parts(shown: &Shown<'_>) -> Markup {
    html! { (looked::looked(shown)) (copying::copying(shown)) }
}

fn form(shown: &Shown<'_>, visit: &Visit) -> Markup {
    let asked = shown.asked;
    let is_refused = shown.coach.left_alone().is_some();
    html! {
        form id="draft" method="post" action="/coach" data-draft {
            (hidden_key(&visit.form_key))
            input type="hidden" name="person" value=(asked.person);
            input type="hidden" name="deal" value=(asked.deal);
            input type="hidden" name="play" value=(asked.play);
            input type="hidden" name="opening" value=(asked.opening);
            // The first button is the one that Enter means.
            p.choices {
                button.for-ears type="submit" tabindex="-1" { "Look at it" }
                label { "It goes by " select name="channel" data-chosen {
                    @for channel in Channel::ALL { option value=(channel.as_str()) selected[channel == asked.channel] { (way(channel)) } }
                } }
                label { "It is " select name="stage" data-chosen {
                    option value="" { "what passed before tells" }
                    @for stage in Stage::ALL { option value=(stage.as_str()) selected[Some(stage) == asked.stage] { (stage.in_words()) } }
                } }
            }
            @if asked.channel == Channel::Email {
                label { "Subject" input type="text" name="subject" value=(shown.typed.subject) autocomplete="off" maxlength="300"; }
            }
            label { (text_label(asked.channel)) textarea name="text" rows="16" spellcheck="true" aria-describedby="count" readonly[is_refused] { "\n" (shown.typed.text) } }
            button type="submit" data-look { "Look at it" }
            (copying::copying(shown))
            @if asked.channel == Channel::Voicemail && !is_refused { (recorder::recorder()) }
        }
    }
}

fn text_label(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "Your draft",
        Channel::Voicemail => "What you will say",
        Channel::Call => "How you begin, and what you ask",
        Channel::Text => "Your message",
    }
}

fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Voicemail => "voicemail",
        Channel::Call => "a call",
        Channel::Text => "a short message",
    }
}
