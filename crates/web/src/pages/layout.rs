//! The frame around every page.

use inroad_model::Moment;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The title of a review.
pub(super) fn title(as_of: Moment) -> String {
    format!("Review of {}", as_of.date().strftime("%-d %B %Y"))
}

/// A page of the server.
pub(super) fn page(title: &str, body: &Markup) -> Markup {
    frame(
        title,
        &html! { link rel="stylesheet" href="/style.css"; },
        &html! { a.brand href="/" { "inroad" } },
        body,
    )
}

/// A page that is a file of its own.
pub(super) fn single_file(title: &str, body: &Markup) -> Markup {
    let style = html! { style { (PreEscaped(super::STYLE)) } };
    frame(title, &style, &html! { span.brand { "inroad" } }, body)
}

fn frame(title: &str, style: &Markup, brand: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · inroad" }
                (style)
            }
            body {
                header.top { (brand) }
                main { (body) }
                footer { "A person decides, and a person sends." }
            }
        }
    }
}
