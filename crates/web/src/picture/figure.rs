//! The picture as a part of a page, with its ties in words beside it.

use inroad_advice::politics::map::Map;
use maud::{Markup, PreEscaped, html};

use super::{View, draw, words};

/// So many ties are told in words, the surest first.
const TIES_MAX: usize = 300;

/// The picture with its ties in words. It scrolls by itself; [`script`] makes it larger, smaller and
/// a file, where the page may run it.
pub fn figure(map: &Map, view: &View) -> Markup {
    let mut bonds: Vec<_> = map.bonds().iter().collect();
    bonds.sort_by(|a, b| b.known.total_cmp(&a.known));
    html! {
        figure.map {
            div.tools hidden {
                button type="button" data-do="smaller" aria-label="Smaller" { "−" }
                button type="button" data-do="larger" aria-label="Larger" { "+" }
                button type="button" data-do="fit" { "Fit" }
                button type="button" data-do="svg" { "Save as SVG" }
                button type="button" data-do="png" { "Save as PNG" }
            }
            div.sheet tabindex="0" role="region" aria-label="Map of the account" { (PreEscaped(draw(map, view))) }
            p.said aria-live="polite" {}
            @if !bonds.is_empty() {
                details {
                    summary { "The ties in words" }
                    ul { @for bond in bonds.iter().take(TIES_MAX) { li { (words::bond(map, bond)) } } }
                    @if bonds.len() > TIES_MAX { p.quiet { "And " (bonds.len() - TIES_MAX) " more." } }
                }
            }
        }
    }
}

/// What moves and saves the pictures of a page: once in the page, beside any number of figures.
pub fn script() -> Markup {
    html! { script type="module" src="/map.js" {} }
}
