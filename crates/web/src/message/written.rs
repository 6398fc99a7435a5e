//! A message as it was written: on white paper in a frame of its own, which may do nothing.
//!
//! The markup of the mail is harmless when it comes here (`inroad_ingest::written`). The frame is the
//! second line: a sandbox without scripts, forms or a way to the page around it, under a policy that
//! lets nothing be loaded.

use inroad_model::{Attachment, MessageId};
use inroad_service::AsWritten;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::parts;

/// What the frame may do: a link opens apart, and the page that it opens is an ordinary one.
const SANDBOX: &str = "allow-popups allow-popups-to-escape-sandbox";

const STYLE: &str = include_str!("../../assets/written.css");

/// The page below our frame: what was left out, the mail, what came along.
pub(crate) fn around(title: &str, written: &AsWritten, id: &MessageId) -> Markup {
    let message = format!("/messages/{}", parts::escape(id.as_str()));
    html! {
        h1 { (title) }
        p.lead { "As it was written. Nothing in it is loaded or run." }
        @if !written.left_out.is_empty() {
            ul.quiet.left-out { @for clause in &written.left_out { li { (clause) } } }
        }
        @if written.html.is_some() {
            iframe.written title="The mail as it was written" sandbox=(SANDBOX)
                src={ (message) "/as-written/mail" } {}
        } @else {
            div.mail { (written.text.trim()) }
        }
        @if !written.attachments.is_empty() {
            h2 { "What came along" }
            p.quiet { "By name only; nothing of it was opened." }
            ul.files { @for file in &written.attachments { li { (attachment(file)) } } }
        }
        p { a href=(message) { "What was understood of it" } " · " a href="/" { "To the review" } }
    }
}

fn attachment(file: &Attachment) -> Markup {
    html! {
        (file.name.as_deref().unwrap_or("without a name"))
        " " span.quiet { "(" (file.media_type) ", " (size(file.bytes)) ")" }
    }
}

/// A size as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// The page within the frame: the mail and nothing else.
pub(crate) fn alone(html: &str) -> Markup {
    html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "A mail" }
                style { (PreEscaped(STYLE)) }
            }
            body { (PreEscaped(html)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (bytes, expected) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_499, "1 KB"),
            (999_499, "999 KB"),
            (2_340_000, "2.3 MB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
    }
}
