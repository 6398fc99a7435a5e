//! Pairs that may be one, with what speaks for it and against, and the two answers.

use std::fmt::Display;

use inroad_service::MaybeOne;
use maud::{Markup, html};

use crate::forms::hidden;
use crate::visit::Visit;

/// Pairs on one page; the next ones follow when these are decided.
const PAIRS_MAX: usize = 50;

/// How a kind of pairs is spoken of, and where its answers go.
pub(crate) struct Kind<N> {
    /// Where the answers go.
    pub(crate) action: &'static str,
    /// The page of one of them.
    pub(crate) link: fn(&N) -> String,
    /// The answer that they are one: `The same person`.
    pub(crate) same: &'static str,
    /// The answer that they are two: `Two people`.
    pub(crate) two: &'static str,
}

/// The pairs, each with its reasons and its answers.
pub(crate) fn pairs<N: Display>(pairs: &[MaybeOne<N>], kind: &Kind<N>, visit: &Visit) -> Markup {
    html! {
        ul.written {
            @for (n, pair) in pairs.iter().take(PAIRS_MAX).enumerate() {
                li data-row {
                    p {
                        (name(&pair.a, &pair.a_called, kind)) " and " (name(&pair.b, &pair.b_called, kind))
                        " " small.quiet { @if pair.is_likely { "likely" } @else { "perhaps" } }
                    }
                    p.quiet {
                        @if !pair.speaks_for.is_empty() { "For it: " (pair.speaks_for.join(", ")) ". " }
                        @if !pair.speaks_against.is_empty() { "Against: " (pair.speaks_against.join(", ")) ". " }
                        @if let Some(otherwise) = pair.otherwise { "Or " (otherwise) "." }
                    }
                    (answers(&pair.a, &pair.b, n == 0, kind, visit))
                }
            }
        }
        @if pairs.len() > PAIRS_MAX { p.quiet { "And " (pairs.len() - PAIRS_MAX) " more." } }
    }
}

fn name<N: Display>(name: &N, called: &str, kind: &Kind<N>) -> Markup {
    let address = name.to_string();
    html! {
        a href=((kind.link)(name)) { (called) }
        @if called != address { " " small.quiet { (address) } }
    }
}

/// The two answers; the keys of the keyboard answer the row that is looked at, else the first.
pub(crate) fn answers<N: Display>(
    a: &N,
    b: &N,
    has_keys: bool,
    kind: &Kind<N>,
    visit: &Visit,
) -> Markup {
    html! {
        form.line method="post" action=(kind.action) {
            (hidden(&visit.form_key, &visit.address))
            input type="hidden" name="a" value=(a);
            input type="hidden" name="b" value=(b);
            button type="submit" name="same" value="yes" data-key="y" data-page-key=[has_keys.then_some("y")] aria-label={ (kind.same) ": " (a) " and " (b) } { (kind.same) }
            button type="submit" name="same" value="no" data-key="n" data-page-key=[has_keys.then_some("n")] aria-label={ (kind.two) ": " (a) " and " (b) } { (kind.two) }
        }
    }
}
