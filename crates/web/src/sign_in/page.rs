//! The pages of whoever did not come in yet.

use inroad_service::{Invited, PASSWORD_CHARS_MIN};
use maud::{Markup, html};

use super::{ADDRESS, BEGIN, CODE, Offered};
use crate::frame;

/// Address and password, a passkey, or an identity provider.
pub(super) fn sign_in(next: &str, offered: &Offered, why_not: Option<&str>) -> Markup {
    let body = html! {
        h1 { "Sign in" }
        (refusal(why_not))
        form method="post" action=(ADDRESS) {
            input type="hidden" name="next" value=(next);
            label for="email" { "Your mail address" }
            input type="email" name="email" id="email" required autocomplete="username" maxlength="254" autofocus;
            label for="password" { "Password" }
            input type="password" name="password" id="password" required autocomplete="current-password" maxlength="1024";
            div.row { button type="submit" { "Sign in" } }
        }
        @if offered.passkeys.is_some() { (by_passkey(next)) }
        @for provider in &offered.providers {
            form method="post" action={ (ADDRESS) "/with/" (provider.number) } {
                input type="hidden" name="next" value=(next);
                div.row { button type="submit" { "Sign in with " (provider.name) } }
            }
        }
        p.quiet { "Who forgot a password asks whoever runs this for another link." }
    };
    frame::outside_running("Sign in", offered.passkeys, &body)
}

/// What a script shows where the browser has passkeys, and fills in. Nobody tells a name.
fn by_passkey(next: &str) -> Markup {
    html! {
        form method="post" action={ (ADDRESS) "/passkey" } data-passkey={ (ADDRESS) "/passkey/ask" } hidden {
            input type="hidden" name="next" value=(next);
            input type="hidden" name="answer";
            p.wrong role="alert" hidden {}
            div.row { button type="submit" { "Sign in with a passkey" } }
        }
    }
}

/// The second step.
pub(super) fn code(next: &str, why_not: Option<&str>) -> Markup {
    let body = html! {
        h1 { "One more step" }
        (refusal(why_not))
        form method="post" action=(CODE) {
            input type="hidden" name="next" value=(next);
            label for="code" { "The code that your device shows" }
            input type="text" name="code" id="code" required autocomplete="one-time-code" inputmode="text" maxlength="40" autofocus;
            div.row { button type="submit" { "Go on" } }
        }
        p.quiet { "Without the device, one of the codes that you wrote down does as well. " a href=(ADDRESS) { "Begin again" } }
    };
    frame::outside("One more step", &body)
}

/// A login is set up.
pub(super) fn begin(
    token: &str,
    invited: &Invited,
    offered: &Offered,
    why_not: Option<&str>,
) -> Markup {
    let is_owner = invited.actor.is_owner();
    let body = html! {
        h1 { "Welcome to inroad" }
        @if is_owner {
            p.lead { "Set up how you sign in. It is your mailbox and what was concluded from it: whoever signs in as you sees all of it." }
        } @else {
            p.lead { "Set up how you sign in, " (invited.actor.name()) ". This page works once." }
        }
        (refusal(why_not))
        form method="post" action={ (BEGIN) (token) } {
            label for="email" { "Your mail address" }
            input type="email" name="email" id="email" required autocomplete="username" maxlength="254"
                readonly[!is_owner] value=(invited.email.as_ref().map_or("", |email| email.as_str()));
            label for="password" { "A password" }
            input type="password" name="password" id="password" required autocomplete="new-password" minlength=(PASSWORD_CHARS_MIN) maxlength="1024";
            p.quiet { small { (PASSWORD_CHARS_MIN) " characters at least. Four or five words that do not belong together are easy to remember." } }
            label for="again" { "The same once more" }
            input type="password" name="again" id="again" required autocomplete="new-password" maxlength="1024";
            div.row { button type="submit" { "Set it up" } }
        }
        @for provider in &offered.providers {
            form method="post" action={ (BEGIN) (token) "/with/" (provider.number) } {
                div.row { button type="submit" { "Sign in with " (provider.name) " instead" } }
            }
        }
    };
    frame::outside("Welcome", &body)
}

/// On the way to an identity provider: the browser goes there by itself, or by the link.
#[cfg(feature = "oidc")]
pub(super) fn on_the_way(provider: &str, address: &str) -> Markup {
    let body = html! {
        h1 { "On to " (provider) }
        p.lead { "You sign in there, and come back here." }
        p { a.act href=(address) { "Go on" } }
    };
    frame::outside("On the way", &body)
}

/// The link was used, or its time is over.
pub(super) fn link_leads_nowhere() -> Markup {
    let body = html! {
        h1 { "This link leads nowhere any more" }
        p.lead { "It works once, and for a while. If you did not use it yourself, tell whoever gave it to you: somebody else may have." }
        p { a href=(ADDRESS) { "Sign in" } }
    };
    frame::outside("No such link", &body)
}

/// Nobody can sign in.
pub(super) fn nobody_yet() -> Markup {
    let body = html! {
        h1 { "Not set up yet" }
        p.lead { "Open the link that inroad printed when it started; it works for an hour." }
        p { "Whoever has the machine gets another one by " code { "inroad team invite --at" } " and this address." }
    };
    frame::outside("Not set up yet", &body)
}

fn refusal(why_not: Option<&str>) -> Markup {
    html! { @if let Some(why_not) = why_not { p.wrong role="alert" { (why_not) "." } } }
}
