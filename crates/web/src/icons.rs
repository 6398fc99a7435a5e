//! Small pictures beside words, drawn for this program. They never stand alone: a word says the same.

use maud::{Markup, html};

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Sun,
    Columns,
    Rings,
    Baton,
    Thread,
    People,
    Pen,
    Glass,
    Book,
    Person,
    Chart,
    Scroll,
    Inbox,
    Plug,
    Sliders,
    Desk,
    Question,
}

/// The picture, as large as the words beside it, in their colour.
pub(crate) fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" { path d=(path(icon)) {} }
    }
}

/// Strokes on a square of 24 units.
fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Sun => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5"
        }
        Icon::Columns => "M4 4h4v16H4zM10 4h4v10h-4zM16 4h4v13h-4z",
        Icon::Baton => "M4 8h11l-3-3M15 8l-3 3M20 16H9l3-3M9 16l3 3",
        Icon::Rings => {
            "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 12v.01"
        }
        Icon::Thread => "M4 12a8 8 0 0 1 14-5.3M20 12a8 8 0 0 1-14 5.3M18 3v4h-4M6 21v-4h4",
        Icon::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0",
        Icon::People => {
            "M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.2 3.2 0 0 1 0 6M18 14.5c2 .7 3.5 2.6 3.5 5.5"
        }
        Icon::Pen => "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
        Icon::Glass => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 21 21",
        Icon::Book => {
            "M4 5c3-1.5 5.5-1 8 .5V20c-2.5-1.5-5-2-8-.5zM20 5c-3-1.5-5.5-1-8 .5V20c2.5-1.5 5-2 8-.5z"
        }
        Icon::Chart => "M4 4v16h16M7 15l4-5 3 3 5-7",
        Icon::Scroll => "M7 4h10v16H7zM10 8h4M10 12h4M10 16h2",
        Icon::Inbox => "M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.5h4L15 13h5",
        Icon::Plug => "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
        Icon::Sliders => "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
        Icon::Desk => "M3 9h18M5 9v10M19 9v10M13 9v6h6M10 9V5h4v4",
        Icon::Question => {
            "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18"
        }
    }
}
