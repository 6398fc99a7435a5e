//! What holds of every picture.

use inroad_advice::politics::map::{Map, Person};
use inroad_model::TieKind;
use proptest::prelude::*;

use super::curve::Curve;
use super::rect::Rect;
use super::sample::{any_map, bond, people};
use super::scene::{Scene, compose};
use super::*;

const LAYOUTS: [Layout; 2] = [Layout::Tree, Layout::Layers];

/// The first two that overlap.
fn overlapping(boxes: &[Rect]) -> Option<(Rect, Rect)> {
    boxes
        .iter()
        .enumerate()
        .find_map(|(at, a)| boxes.iter().skip(at + 1).find(|b| a.overlaps(b)).map(|b| (*a, *b)))
}

fn check(map: &Map, scene: &Scene) -> Result<(), TestCaseError> {
    let boxes: Vec<Rect> = scene.sheet.boxes.values().copied().collect();
    prop_assert_eq!(boxes.len(), map.people().len() + 2);
    prop_assert_eq!(overlapping(&boxes), None);
    let texts: Vec<Rect> = scene.texts().iter().map(card::Text::room).collect();
    prop_assert_eq!(overlapping(&texts), None);
    // A text of the sheet lies in no box, a text of a box lies in its box.
    for (who, card) in &scene.cards {
        let inside = Rect::new(0.0, 0.0, card::WIDTH, card.height);
        prop_assert!(card.texts.iter().all(|text| inside.holds(&text.room())), "{:?}", who);
    }
    let headings = scene.sheet.headings.iter().chain(scene.legend.iter().map(|entry| &entry.text));
    for text in headings {
        prop_assert!(!boxes.iter().any(|rect| rect.overlaps(&text.room())), "{:?}", text);
    }
    let all = Rect::new(0.0, 0.0, scene.size.0, scene.size.1);
    let curves = scene.curves.iter().map(|(_, curve)| Curve::room(curve));
    let fields = scene.camps.iter().flat_map(|camp| camp.field.iter().copied());
    let frames = scene.sheet.frames.iter().copied();
    for part in boxes.iter().copied().chain(texts).chain(curves).chain(fields).chain(frames) {
        prop_assert!(all.holds(&part), "{:?} in {:?}", part, scene.size);
    }
    Ok(())
}

fn view(layout: Layout) -> View {
    View {
        layout,
        ghosts: vec!["Nobody with the budget has been met".to_owned(), "<b>".to_owned()],
        badges: [(
            0,
            vec!["decides".to_owned(), "ask next, before anybody else is asked".to_owned()],
        )]
        .into(),
        route: vec![0, 3, 700, 2],
        ..View::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_all_is_inside(map in any_map()) {
        for layout in LAYOUTS {
            check(&map, &compose(&map, &view(layout)))?;
        }
    }

    #[test]
    fn it_is_well_formed_and_says_nothing_unescaped(map in any_map()) {
        for layout in LAYOUTS {
            let picture = draw_standalone(&map, &view(layout));
            prop_assert!(!picture.contains(|c: char| c.is_control() && c != '\n'));
            prop_assert!(!picture.contains("style=\""));
            let opened = picture.matches('<').count() - 2 * picture.matches("</").count();
            prop_assert_eq!(opened, 0, "an element is not closed");
        }
    }
}

fn named(name: &str) -> Map {
    let mut two = people(2);
    two[0] = Person {
        title: Some(name.to_owned()),
        camp: Some(name.to_owned()),
        agenda: Some(name.to_owned()),
        ..Person::unknown("x", name)
    };
    let mut tie = bond(0, 1, TieKind::ReportsTo, 0.5);
    tie.quote = Some(name.to_owned());
    Map::new(two, vec![tie]).unwrap()
}

#[test]
fn what_looks_like_markup_stays_text() {
    for evil in ["<script>alert(1)</script>", "\"><svg onload=\"x", "</title><b>", "&lt;i>"] {
        let map = named(evil);
        for layout in LAYOUTS {
            let view = View { ghosts: vec![evil.to_owned()], ..view(layout) };
            let all = figure(&map, &view).into_string() + &draw_standalone(&map, &view);
            for markup in ["<script", "<svg onload", "</title><b>", "<b>", "<i>"] {
                assert!(!all.contains(markup), "{evil}: {all}");
            }
        }
    }
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    let map = named("Head of Finance");
    for layout in LAYOUTS {
        assert_eq!(draw(&map, &view(layout)), draw(&map, &view(layout)));
    }
}

#[test]
fn a_map_as_large_as_can_be_is_drawn() {
    let up = |at: usize| bond(at, at / 7, TieKind::ReportsTo, 0.6);
    let across = |at: usize| bond(at % 1000, (at * 7 + 3) % 1000, TieKind::GoesToForAdvice, 0.3);
    let bonds = (1..1000).map(up).chain((0..8000).map(across)).filter(|tie| tie.from != tie.to);
    let map = Map::new(people(1000), bonds.collect()).unwrap();
    for layout in LAYOUTS {
        let scene = compose(&map, &View { layout, ..View::default() });
        assert_eq!(scene.sheet.boxes.len(), 1000);
        assert!(scene.legend.iter().any(|entry| entry.text.words.contains("not drawn")));
    }
    let nobody = Map::new(Vec::new(), Vec::new()).unwrap();
    assert!(draw(&nobody, &View::default()).contains("0 people"));
}
