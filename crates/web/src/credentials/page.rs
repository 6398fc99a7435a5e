//! The page of how somebody comes in, and what is shown once.

use inroad_model::Moment;
use inroad_service::{
    ApiToken, NewSecondStep, PASSWORD_CHARS_MIN, SecondStep, Session, scopes_in_words,
};
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::ADDRESS;
use crate::forms::hidden_key;
use crate::visit::Visit;

/// What another password leaves as it is.
const GO_ON_OPENING: &str =
    if cfg!(feature = "passkeys") { "Passkeys and tokens" } else { "Tokens" };

/// What the page shows.
#[derive(Debug)]
pub(super) struct Known {
    /// Where they sign in.
    pub login: Option<Login>,
    pub tokens: Vec<ApiToken>,
    /// Whether they may read the log.
    pub sees_log: bool,
}

/// What lets somebody in from elsewhere.
#[derive(Debug)]
pub(super) struct Login {
    /// Who comes in by an identity provider may have none.
    pub has_password: bool,
    /// What is shown of passkeys.
    pub passkeys: Markup,
    /// What is shown of identity providers.
    pub providers: Markup,
    pub browsers: Vec<Session>,
    /// The number of the browser that asks.
    pub this: Option<i64>,
    pub second_step: SecondStep,
}

/// The page.
pub(super) fn credentials(known: &Known, visit: &Visit) -> Markup {
    html! {
        h1 { "Signing in" }
        @if let Some(login) = &known.login {
            (browsers(login, visit))
            @if login.has_password {
                (password(visit))
                (second_step_now(login.second_step, visit))
            }
            (login.passkeys)
            (login.providers)
        } @else {
            p.lead { "On this machine your link lets you in. What stands here is for other programs." }
        }
        (tokens(&known.tokens, visit))
        @if known.sees_log { p { a href="/audit" { "Who came in, and who changed what they may" } } }
    }
}

pub(super) fn when(at: Moment) -> String {
    at.offset().to_datetime(at.timestamp()).strftime("%-d %b %Y, %H:%M UTC").to_string()
}

fn browsers(login: &Login, visit: &Visit) -> Markup {
    html! {
        section.setting {
            h2 { "Where you are signed in" }
            div.scroll { table {
                thead { tr { th scope="col" { "Browser" } th scope="col" { "From" } th scope="col" { "Since" } th scope="col" { "Last seen" } th scope="col" { "Sign out" } } }
                tbody { @for browser in &login.browsers {
                    tr {
                        th scope="row" title=(browser.caller.browser) { (called(&browser.caller.browser)) @if login.this == Some(browser.number) { br; small.quiet { "this one" } } }
                        td { (browser.caller.from) }
                        td { (when(browser.since)) }
                        td { (when(browser.seen_at)) }
                        td {
                            @if login.this == Some(browser.number) {
                                form method="post" action="/sign-out" { (hidden_key(&visit.form_key)) button type="submit" { "Sign out" } }
                            } @else {
                                form method="post" action={ (ADDRESS) "/browsers/" (browser.number) "/end" } { (hidden_key(&visit.form_key)) button type="submit" { "Sign it out" } }
                            }
                        }
                    }
                } }
            } }
            p.quiet { "A browser stays signed in for a week, and for a day without being seen." }
        }
    }
}

/// What a browser is called, out of all that it says of itself; what says nothing that is known, as it is.
fn called(says: &str) -> String {
    // Browsers also name those that came before them.
    const BROWSERS: [(&str, &str); 6] = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 5] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| says.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) if says.is_empty() => "A program that does not say what it is".to_owned(),
        (None, _) => says.chars().take(60).collect(),
    }
}

fn password(visit: &Visit) -> Markup {
    html! {
        section.setting {
            h2 { "Password" }
            form method="post" action={ (ADDRESS) "/password" } {
                (hidden_key(&visit.form_key))
                (now("former"))
                label for="password" { "Another one, of " (PASSWORD_CHARS_MIN) " characters at least" }
                input type="password" name="password" id="password" required autocomplete="new-password" minlength=(PASSWORD_CHARS_MIN) maxlength="1024";
                label for="again" { "The same once more" }
                input type="password" name="again" id="again" required autocomplete="new-password" maxlength="1024";
                p.quiet { small { "Your other browsers are signed out. " (GO_ON_OPENING) " go on opening: take back those that are not yours." } }
                div.row { button type="submit" { "Change it" } }
            }
        }
    }
}

pub(super) fn now(name: &str) -> Markup {
    html! {
        label for=(name) { "Your password now" }
        input type="password" name=(if name == "former" { "former" } else { "password" }) id=(name) required autocomplete="current-password" maxlength="1024";
    }
}

fn second_step_now(second_step: SecondStep, visit: &Visit) -> Markup {
    html! {
        section.setting {
            h2 { "A second step" }
            @match second_step {
                SecondStep::None => {
                    p { "With a code of your phone beside it, a password that somebody else learns opens nothing." }
                    p { a.act href={ (ADDRESS) "/second-step" } { "Set it up" } }
                }
                SecondStep::On { written_left } => {
                    p { "A code is asked for. Of those that you wrote down, " (written_left) @if written_left == 1 { " is left." } @else { " are left." } }
                    form method="post" action={ (ADDRESS) "/second-step/end" } {
                        (hidden_key(&visit.form_key))
                        (now("for-second-step"))
                        div.row { button type="submit" { "Ask for no code any more" } }
                    }
                }
            }
        }
    }
}

/// What a device has to know.
pub(super) fn second_step(new: &NewSecondStep, why_not: Option<&str>, visit: &Visit) -> Markup {
    html! {
        p { a href=(ADDRESS) { "← Signing in" } }
        h1 { "A second step" }
        @if let Some(why_not) = why_not { p.wrong role="alert" { (why_not) "." } }
        p.lead { "Let the app for codes on your phone read this, or type the secret into it." }
        @if let Some(picture) = picture(&new.address) { p.code-picture { (picture) } }
        p { code { (new.secret) } }
        section.setting {
            form method="post" action={ (ADDRESS) "/second-step" } {
                (hidden_key(&visit.form_key))
                input type="hidden" name="secret" value=(new.secret);
                label for="code" { "The code that it shows now" }
                input type="text" name="code" id="code" required autocomplete="one-time-code" inputmode="numeric" maxlength="10";
                (now("for-second-step"))
                div.row { button type="submit" { "Ask for a code from now on" } }
            }
        }
    }
}

/// The address as a picture that phones read.
fn picture(address: &str) -> Option<Markup> {
    let drawn = QrCode::new(address.as_bytes()).ok()?;
    let text = drawn.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    // What stands before it is for a file of its own.
    let begin = text.find("<svg")?;
    text.get(begin..).map(|picture| PreEscaped(picture.to_owned()))
}

/// The codes to write down.
pub(super) fn codes(codes: &[String]) -> Markup {
    html! {
        h1 { "Codes to write down" }
        p.lead { "Each lets you in once when you do not have your phone. They are shown this once." }
        ul { @for code in codes { li { code { (code) } } } }
        p { a.act href=(ADDRESS) { "I have them" } }
    }
}

fn tokens(tokens: &[ApiToken], visit: &Visit) -> Markup {
    html! {
        section.setting {
            h2 { "Tokens for programs" }
            p { "A program that shows a token asks in your name. It comes no further than you do." }
            @if !tokens.is_empty() {
                div.scroll { table {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "May" } th scope="col" { "Until" } th scope="col" { "Last used" } th scope="col" { "Take back" } } }
                    tbody { @for token in tokens {
                        tr {
                            th scope="row" { (token.name) }
                            td { (scopes_in_words(&token.scopes)) }
                            td { (when(token.expires_at)) }
                            td { @match token.seen_at { Some(at) => (when(at)), None => span.quiet { "never" } } }
                            td { form method="post" action={ (ADDRESS) "/tokens/" (token.number) "/end" } { (hidden_key(&visit.form_key)) button type="submit" { "Take it back" } } }
                        }
                    } }
                } }
            }
            form method="post" action={ (ADDRESS) "/tokens" } {
                (hidden_key(&visit.form_key))
                label for="name" { "What it is for" }
                input type="text" name="name" id="name" required maxlength="60" autocomplete="off";
                fieldset {
                    legend { "What it may" }
                    label.choice { input type="radio" name="may" value="read" checked; " read" }
                    label.choice { input type="radio" name="may" value="write"; " read and write" }
                    label.choice { input type="radio" name="may" value="propose"; " read, and propose what you then confirm: for an assistant" }
                }
                label for="days" { "For how many days" }
                input type="number" name="days" id="days" required min="1" max="366" value="90";
                div.row { button type="submit" { "Make a token" } }
            }
        }
    }
}

/// A token, once.
pub(super) fn token(secret: &str) -> Markup {
    html! {
        p { a href=(ADDRESS) { "← Signing in" } }
        h1 { "A token" }
        p.lead { "It is shown this once. Whoever has it asks in your name: put it where only that program reads it." }
        p { code.address { (secret) } }
        p.quiet { "A program shows it with each question: " code { "Authorization: Bearer " (secret) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_as_people_call_them() {
        for (says, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", "A program that does not say what it is"),
            ("<b>own</b>", "<b>own</b>"),
        ] {
            assert_eq!(called(says), expected, "{says}");
        }
    }
}
