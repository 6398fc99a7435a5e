//! A scene written down as SVG: classes only, so that the page's style sheet gives it its colours.

use std::collections::BTreeSet;

use inroad_advice::politics::map::{Learnt, Map, Side};
use maud::{Markup, PreEscaped, html};

use super::View;
use super::card::{self, Card, Text, WIDTH};
use super::curve::Curve;
use super::legend::{Entry, Sample};
use super::rect::{Point, Rect};
use super::scene::Scene;
use super::sheet::Who;
use super::strokes::{arrow, number, polyline, smooth, turned, zigzag};
use super::symbols;
use super::text::clean;
use super::ties::{Drawn, Kind};
use super::words::{self, Stance};

/// The picture as an element of a page, or as a file of its own with that style.
pub(super) fn write(map: &Map, view: &View, scene: &Scene, style: Option<&str>) -> Markup {
    let (width, height) = scene.size;
    let ids = view.layout.as_str();
    let near = near(map, view);
    let label =
        format!("Map of the account: {} people, {} ties", map.people().len(), map.bonds().len());
    html! {
        svg.account-map xmlns="http://www.w3.org/2000/svg" role="group" aria-label=(label)
            width=(number(width)) height=(number(height))
            viewBox=(format!("0 0 {} {}", number(width), number(height))) {
            @if let Some(style) = style { style { (PreEscaped(style)) } }
            defs { @for at in 0..scene.camps.len() { (symbols::pattern(ids, at)) } }
            rect.paper width=(number(width)) height=(number(height)) {}
            @for frame in &scene.sheet.frames { (rounded("frame", frame, 8.0)) }
            @for (at, camp) in scene.camps.iter().enumerate() { (symbols::field(ids, at, &camp.name, &camp.field)) }
            @for heading in &scene.sheet.headings { (text(heading)) }
            @for (who, tie, corners) in &scene.lines { (line(map, *who, *tie, corners, &near)) }
            @for (drawn, curve) in &scene.curves { (tie(map, drawn, curve, &near)) }
            @for (who, rect) in &scene.sheet.boxes {
                @if let Some(card) = scene.cards.get(who) { (boxed(map, view, *who, *rect, card, &near)) }
            }
            g.legend { @for entry in &scene.legend { (explained(ids, entry)) } }
        }
    }
}

/// Whom the view is about, with whoever is tied to them; everybody where it is about nobody.
fn near(map: &Map, view: &View) -> BTreeSet<usize> {
    let Some(focus) = view.focus else { return (0..map.people().len()).collect() };
    let ends = map.bonds().iter().map(|bond| (bond.from, bond.to));
    let tied = ends.filter(|(a, b)| *a == focus || *b == focus).flat_map(|(a, b)| [a, b]);
    tied.chain([focus]).collect()
}

fn far(is_near: bool) -> &'static str {
    if is_near { "" } else { " far" }
}

/// How surely something is known, as one of five classes.
fn known(known: f64) -> &'static str {
    match known {
        known if known >= 0.8 => "known-5",
        known if known >= 0.6 => "known-4",
        known if known >= 0.4 => "known-3",
        known if known >= 0.2 => "known-2",
        _ => "known-1",
    }
}

fn text(text: &Text) -> Markup {
    html! { text class=(text.face.class()) x=(number(text.at.x)) y=(number(text.at.y)) { (text.words) } }
}

fn rounded(class: &str, rect: &Rect, radius: f64) -> Markup {
    html! {
        rect class=(class) x=(number(rect.x)) y=(number(rect.y)) rx=(number(radius))
            width=(number(rect.width)) height=(number(rect.height)) {}
    }
}

/// A line of the tree, from a boss down to somebody.
fn line(map: &Map, who: usize, tie: usize, corners: &[Point], near: &BTreeSet<usize>) -> Markup {
    let Some(bond) = map.bonds().get(tie) else { return html! {} };
    let mail = if bond.learnt == Learnt::Mail { " mail" } else { "" };
    let is_near = near.contains(&bond.from) && near.contains(&bond.to);
    let class = format!("tie tree{mail} {}{}", known(bond.known), far(is_near));
    let path = polyline(corners);
    // Its title is that of the last stretch: the others are shared with those beside.
    let own = polyline(corners.get(corners.len().saturating_sub(2)..).unwrap_or(corners));
    told(&class, (who, bond.to), &words::bond(map, bond), &own, &html! { path.line d=(path) {} })
}

/// Something that says what it is when it is pointed at or reached by keys.
fn told(class: &str, ends: (usize, usize), says: &str, hit: &str, shown: &Markup) -> Markup {
    html! {
        g class=(class) tabindex="0" role="img" aria-label=(says) data-from=(ends.0) data-to=(ends.1) {
            title { (says) }
            path.hit d=(hit) {}
            (shown)
        }
    }
}

fn tie(map: &Map, drawn: &Drawn, curve: &Curve, near: &BTreeSet<usize>) -> Markup {
    let name = |at: usize| map.people().get(at).map_or(String::new(), |who| clean(&who.name));
    let (from, to) = drawn.ends;
    let mut says: Vec<String> = drawn
        .bonds
        .iter()
        .filter_map(|at| map.bonds().get(*at))
        .map(|bond| words::bond(map, bond))
        .collect();
    if drawn.kind == Kind::Route {
        says.push(format!("The route: from {} to {}", name(from), name(to)));
    }
    let mail = if drawn.is_from_mail { " mail" } else { "" };
    let is_near = near.contains(&from) && near.contains(&to);
    let class = format!("tie {}{mail} {}{}", drawn.kind.class(), known(drawn.known), far(is_near));
    let path = match drawn.kind {
        Kind::AtOdds => zigzag(curve),
        _ => smooth(curve),
    };
    let shown = html! {
        path.line d=(path) {}
        @if drawn.kind.has_arrow() {
            path.head d=(arrow(curve)) {}
            @if drawn.is_mutual { path.head d=(arrow(&turned(curve))) {} }
        }
    };
    told(&class, drawn.ends, &says.join("\n"), &smooth(curve), &shown)
}

fn boxed(
    map: &Map,
    view: &View,
    who: Who,
    rect: Rect,
    card: &Card,
    near: &BTreeSet<usize>,
) -> Markup {
    let place = format!("translate({} {})", number(rect.x), number(rect.y));
    match who {
        Who::Person(at) => {
            let says = words::person(map, at, &card::badges(map, view, at));
            let class = class_of(map, view, at, near);
            html! {
                g class=(class) transform=(place) tabindex="0" role="img" aria-label=(says) data-who=(at) {
                    title { (says) }
                    (inside(card, map.people().get(at).map_or(0.0, |person| person.weight.known)))
                }
            }
        }
        Who::Ghost(at) => {
            let says = view.ghosts.get(at).map_or(String::new(), |says| clean(says));
            html! {
                g.ghost transform=(place) tabindex="0" role="img" aria-label=(says) {
                    title { (says) }
                    (rounded("box", &Rect::new(0.0, 0.0, WIDTH, card.height), 6.0))
                    @for line in &card.texts { (text(line)) }
                }
            }
        }
    }
}

fn class_of(map: &Map, view: &View, at: usize, near: &BTreeSet<usize>) -> String {
    let Some(person) = map.people().get(at) else { return String::new() };
    let stance = match person.side {
        Side::Ours => "ours",
        Side::Theirs | Side::Outside => Stance::of(person).class(),
    };
    let marks = [
        (map.in_the_way == Some(at), " in-the-way"),
        (view.route.contains(&at), " on-route"),
        (view.focus == Some(at), " in-focus"),
        (!person.is_met && person.side != Side::Ours, " unmet"),
    ];
    let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
    format!("person {stance}{marks}{}", far(near.contains(&at)))
}

fn inside(card: &Card, weight_known: f64) -> Markup {
    html! {
        (rounded("box", &Rect::new(0.0, 0.0, WIDTH, card.height), 6.0))
        path.band d=(symbols::band(card.height)) {}
        @if let Some((stance, at)) = card.stance { (symbols::stance(stance, at)) }
        @if let Some((bar, filled)) = card.weight {
            (rounded("bar", &bar, 3.0))
            (rounded(&format!("filled {}", known(weight_known)), &Rect { width: bar.width * filled, ..bar }, 3.0))
        }
        @for badge in &card.badges { (rounded("badge", badge, badge.height / 2.0)) }
        @for line in &card.texts { (text(line)) }
    }
}

fn explained(ids: &str, entry: &Entry) -> Markup {
    let at = entry.at;
    let middle = at.centre().y;
    let (left, right) = (Point::new(at.x, middle), Point::new(at.right(), middle));
    let straight = Curve { from: left, bend: (left, right), to: right };
    let plain = polyline(&[left, right]);
    html! {
        @match entry.sample {
            Sample::Line(Kind::AtOdds) => { g.tie.at-odds { path.line d=(zigzag(&straight)) {} } }
            Sample::Line(kind) => {
                g class=(format!("tie {}", kind.class())) {
                    path.line d=(plain) {}
                    path.head d=(arrow(&straight)) {}
                }
            }
            Sample::Tree => { g.tie.tree { path.line d=(plain) {} } }
            Sample::Dashed => { g.tie.tree.mail { path.line d=(plain) {} } }
            Sample::Faint => { g.tie.tree.known-1 { path.line d=(plain) {} } }
            Sample::Bar => {
                (rounded("bar", &Rect::new(at.x, middle - 3.0, at.width, 6.0), 3.0))
                (rounded("filled known-5", &Rect::new(at.x, middle - 3.0, at.width * 0.6, 6.0), 3.0))
            }
            Sample::Camp(nth) => { (symbols::field(ids, nth, "", &[at])) }
            Sample::Words => {}
        }
        (text(&entry.text))
    }
}
