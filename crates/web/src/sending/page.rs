//! The letter as its bytes read, everybody who gets it, what stands against it, and the acts.

use inroad_coach::report::Finding;
use inroad_coach::rules::rule::Severity;
use inroad_model::{EmailAddress, Mailbox, MessageId, Moment};
use inroad_service::{Answering, SendLook};
use jiff::ToSpan;
use maud::{Markup, html};

use super::{Shown, Typed};
use crate::forms::hidden_key;
use crate::parts;
use crate::visit::Visit;

pub(super) fn page(shown: &Shown<'_>, visit: &Visit) -> Markup {
    html! {
        p { a href={ "/coach?person=" (parts::escape(&shown.typed.asked.to)) } { "← The coach" } " · " a href="/sent" { "What you sent" } }
        h1 { "Before it goes" }
        p.lead { "The letter as whoever gets it will read it. It goes when you say so, once, as it stands here; nothing goes by itself." }
        @if let Some(trouble) = shown.trouble { p.held role="alert" { strong { (sentence(trouble)) } } }
        @if let Some(look) = shown.look {
            (letter(look))
            (against(look))
            (acts(look, shown, visit))
        }
        (change(shown, visit))
        @if shown.look.is_some() { (another_day(shown, visit)) }
    }
}

/// With a full stop at its end.
fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

fn letter(look: &SendLook) -> Markup {
    let letter = &look.letter;
    let all =
        |list: &[Mailbox]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let blind: Vec<&str> = look.bcc.iter().map(EmailAddress::as_str).collect();
    let rows = [
        ("From", letter.from.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("To", all(&letter.to)),
        ("Copy to", all(&letter.cc)),
        ("Blind copy to", blind.join(", ")),
        ("Subject", letter.subject.clone()),
        ("Dated", letter.date.map(dated).unwrap_or_default()),
    ];
    html! {
        section.outgoing aria-labelledby="the-letter" {
            h2 id="the-letter" { "The letter" }
            dl.pairs {
                @for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                    dt { (name) } dd { (value) }
                }
                dt { "Answers" } dd { (answers(look)) }
            }
            pre.letter tabindex="0" role="region" aria-label="The text of the letter" { (letter.text.trim_end()) }
            details {
                summary { "The very bytes" }
                pre.letter tabindex="0" role="region" aria-label="The bytes of the letter" { (look.source) }
            }
            p {
                @match look.recipients.as_slice() {
                    [only] => { "It goes to one person: " strong { (only) } "." }
                    many => {
                        "It goes to " strong { (many.len()) " people" } ": "
                        (many.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join(", ")) "."
                    }
                }
            }
        }
    }
}

fn dated(at: Moment) -> String {
    at.offset().to_datetime(at.timestamp()).strftime("%-d %B %Y, %H:%M").to_string()
}

fn answers(look: &SendLook) -> Markup {
    let Some(parent) = &look.thread.parent else {
        return html! { "nothing: a conversation begins" };
    };
    let line = look.thread.offered.iter().find(|line| line.id == *parent);
    html! {
        @match line {
            Some(line) => { a href=(parts::message_link(parent, None)) { (title(&line.subject)) } " " span.quiet { (from(line.from.as_ref())) (parts::day(line.at)) } }
            None => { "<" (parent) ">" }
        }
    }
}

fn title(subject: &str) -> &str {
    if subject.trim().is_empty() { "A letter without a subject" } else { subject }
}

fn from(email: Option<&EmailAddress>) -> String {
    email.map(|email| format!("{email}, ")).unwrap_or_default()
}

fn against(look: &SendLook) -> Markup {
    let findings = &look.coached.report.findings;
    let lighter: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity != Severity::Block).collect();
    html! {
        section aria-labelledby="against" {
            h2 id="against" { "What stands against it" }
            @for forbidden in &look.forbidden {
                p.held { strong { "It does not go: " } (sentence(&forbidden.why)) }
            }
            @if look.forbidden.is_empty() && look.held.is_empty() && lighter.is_empty() {
                p { "Nobody who gets it asked for no more mail, and the coach finds nothing to look at again." }
            } @else {
                ul.findings {
                    @for finding in look.held.iter().chain(lighter) { (found(finding)) }
                }
            }
        }
    }
}

fn found(finding: &Finding) -> Markup {
    html! {
        li class={ "finding " (finding.severity.as_str()) } {
            p.what { span.weight { (finding.severity.as_str()) } " " strong { (finding.says) } @if !finding.detail.is_empty() { " (" (finding.detail) ")" } }
            @if !finding.quote.trim().is_empty() { blockquote { (finding.quote) } }
            p { (finding.why) " " strong { "Instead: " } (finding.fix) }
        }
    }
}

/// What the click brings back: the letter as it was shown.
fn hidden_letter(typed: &Typed, look: Option<&SendLook>) -> Markup {
    let asked = look.map_or(&typed.asked, |look| &look.asked);
    let from = asked.from.as_ref().map_or("", |name| name.as_str());
    let pairs = [
        ("from", from),
        ("to", &asked.to),
        ("cc", &asked.cc),
        ("bcc", &asked.bcc),
        ("subject", &asked.subject),
        ("text", &asked.text),
        ("deal", &typed.deal),
        ("answers", answers_value(&asked.answering)),
    ];
    html! { @for (name, value) in pairs { input type="hidden" name=(name) value=(value); } }
}

fn answers_value(answering: &Answering) -> &str {
    match answering {
        Answering::BySubject => "",
        Answering::Nothing => "none",
        Answering::Letter(id) => id.as_str(),
    }
}

fn acts(look: &SendLook, shown: &Shown<'_>, visit: &Visit) -> Markup {
    let Some(approval) = &look.approval else { return Markup::default() };
    html! {
        section aria-labelledby="let-it-go" {
            h2 id="let-it-go" { "Let it go" }
            @if !shown.is_open {
                p.held { "Nothing goes out from here: this is the sample, or a desk of a past day." }
            } @else {
                form.outgoing method="post" action="/send/go" {
                    (hidden_key(&visit.form_key))
                    (hidden_letter(shown.typed, Some(look)))
                    input type="hidden" name="approval" value=(approval);
                    @if !look.held.is_empty() {
                        fieldset {
                            legend { "The coach holds it up: " (says(&look.held)) }
                            label { input type="checkbox" name="although" value="yes"; " It goes all the same" }
                            label { "because " input type="text" name="because" maxlength="300" autocomplete="off"; }
                            p.quiet { "Your reason is kept with the letter." }
                        }
                    }
                    p.acts {
                        button type="submit" name="do" value="drafts" { "Put into my drafts" }
                        @if look.can_send { button.main type="submit" name="do" value="now" { "Send now" } }
                    }
                    @if look.can_send {
                        p.quiet { "From " (look.from) ". A copy goes to your sent letters. Sent is sent: it cannot be taken back." }
                    } @else {
                        p.quiet { "For " (look.from) " no server is known that sends; your own mail program sends it from the drafts. " code { "inroad connect mailbox … --smtp SERVER" } " names one." }
                    }
                }
            }
        }
    }
}

fn says(held: &[Finding]) -> String {
    let mut says: Vec<&str> = held.iter().map(|finding| finding.says.as_str()).collect();
    says.dedup();
    says.join("; ")
}

fn change(shown: &Shown<'_>, visit: &Visit) -> Markup {
    let asked = shown.look.map_or(&shown.typed.asked, |look| &look.asked);
    let offered = shown.look.map_or(&[][..], |look| &look.thread.offered);
    let chosen = match &asked.answering {
        Answering::Letter(id) => Some(id),
        Answering::BySubject | Answering::Nothing => None,
    };
    let is_known = |id: &MessageId| offered.iter().any(|line| line.id == *id);
    html! {
        section.write aria-labelledby="change" {
            h2 id="change" { @if shown.look.is_some() { "Change it" } @else { "Write it" } }
            form method="post" action="/send" {
                (hidden_key(&visit.form_key))
                input type="hidden" name="deal" value=(shown.typed.deal);
                @if shown.mailboxes.len() > 1 {
                    label { "From" select name="from" {
                        @for mailbox in shown.mailboxes {
                            @let name = &mailbox.connection.name;
                            option value=(name) selected[asked.from.as_ref() == Some(name)] { (name) }
                        }
                    } }
                }
                label { "To" input type="text" name="to" value=(asked.to) autocomplete="off" placeholder="name@firm.example, Name <name@firm.example>"; }
                label { "Copy to" input type="text" name="cc" value=(asked.cc) autocomplete="off"; }
                label { "Blind copy to" input type="text" name="bcc" value=(asked.bcc) autocomplete="off"; }
                label { "Subject" input type="text" name="subject" value=(asked.subject) autocomplete="off" maxlength="300"; }
                label { "It answers" select name="answers" {
                    option value="" selected[asked.answering == Answering::BySubject] { "the last letter with them of that subject, if it begins with Re:" }
                    option value="none" selected[asked.answering == Answering::Nothing] { "nothing: a conversation begins" }
                    @for line in offered {
                        option value=(line.id) selected[chosen == Some(&line.id)] { (title(&line.subject)) " (" (from(line.from.as_ref())) (day(line.at)) ")" }
                    }
                    @if let Some(id) = chosen.filter(|id| !is_known(id)) {
                        option value=(id) selected { "<" (id) ">" }
                    }
                } }
                label { "Your letter" textarea name="text" rows="14" spellcheck="true" { "\n" (asked.text) } }
                p.acts { button type="submit" { "Look at it" } }
            }
        }
    }
}

fn day(at: Option<Moment>) -> String {
    at.map_or_else(|| "no date".to_owned(), |at| parts::date(at.date()))
}

fn another_day(shown: &Shown<'_>, visit: &Visit) -> Markup {
    let dated = shown.look.and_then(|look| look.letter.date).map(Moment::date);
    let tomorrow = dated.and_then(|day| day.checked_add(1.day()).ok());
    html! {
        section aria-labelledby="another-day" {
            h2 id="another-day" { "Not today" }
            p { "inroad sends nothing later by itself. It can remind you on a day; put the letter into your drafts as well, as its text is not kept here." }
            form.line method="post" action="/send/remind" {
                (hidden_key(&visit.form_key))
                (hidden_letter(shown.typed, shown.look))
                label { "Remind me on " input type="date" name="day" required value=[tomorrow]; }
                button type="submit" { "Plan it" }
            }
        }
    }
}
