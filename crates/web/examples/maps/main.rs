//! Draws made-up accounts of 5, 12, 40 and 150 people: `maps FOLDER`. Writes pages and SVG files, and
//! prints a line for each picture: people, ties, crossings of straight lines (of all ties, and of
//! reporting lines alone), width and height.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for looking at pictures writes files, prints, and stops when it cannot go on"
)]

mod crossings;
mod firm;

use std::fs;
use std::path::Path;

use inroad_advice::politics::map::Map;
use inroad_advice::politics::way;
use inroad_model::TieKind;
use inroad_web::picture::{Layout, View, draw_standalone, figure, script};

const SIZES: [usize; 4] = [5, 12, 40, 150];
const STYLES: [&str; 3] = ["tokens.css", "style.css", "map.css"];

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let style: String =
        STYLES.iter().map(|file| fs::read_to_string(assets.join(file)).unwrap()).collect();
    fs::write(folder.join("style.css"), style).unwrap();
    fs::copy(assets.join("map.js"), folder.join("map.js")).unwrap();
    println!("people\tlayout\tties\tcrossings\tof lines\twidth\theight\tbytes");
    for people in SIZES {
        let map = firm::of(people);
        for (name, layout) in [("tree", Layout::Tree), ("layers", Layout::Layers)] {
            let view = view(&map, layout);
            let file = draw_standalone(&map, &view);
            let (width, height) = crossings::size(&file);
            let crossings = crossings::count(&map, &file, |_| true);
            let of_lines = crossings::count(&map, &file, |kind| kind == TieKind::ReportsTo);
            let ties = map.bonds().len();
            println!(
                "{people}\t{name}\t{ties}\t{crossings}\t{of_lines}\t{width}\t{height}\t{}",
                file.len()
            );
            fs::write(folder.join(format!("{name}-{people}.svg")), file).unwrap();
            fs::write(folder.join(format!("{name}-{people}.html")), page(&map, &view)).unwrap();
            let focused = draw_standalone(&map, &View { focus: map.contact(), ..view });
            fs::write(folder.join(format!("{name}-{people}-focus.svg")), focused).unwrap();
        }
    }
}

fn view(map: &Map, layout: Layout) -> View {
    let way = way::find(map);
    let route = way.routes.first().map(way::Route::people).unwrap_or_default();
    let decides = (0..map.people().len())
        .max_by(|a, b| map.people()[*a].weight.value.total_cmp(&map.people()[*b].weight.value));
    let mut view = View { layout, route, ..View::default() };
    if let Some(decides) = decides {
        view.badges.insert(decides, vec!["decides".to_owned(), "ask next".to_owned()]);
    }
    view.ghosts.push("Nobody with the budget has been met".to_owned());
    view
}

fn page(map: &Map, view: &View) -> String {
    let figure = figure(map, view).into_string();
    let script = script().into_string().replace("/map.js", "map.js");
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Map</title>\
         <link rel=\"stylesheet\" href=\"style.css\"></head><body><main>{figure}</main>{script}</body></html>"
    )
}
