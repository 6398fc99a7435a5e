//! Chapters are written in Markdown; a crate reads it, and this makes it fit our pages: headings are
//! places, links between chapters lead to their pages, and what leads elsewhere in the source is text.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::chapters::Part;

/// A chapter as HTML, with its parts. `is_chapter` tells which names of files are chapters.
pub(super) fn render(text: &str, is_chapter: impl Fn(&str) -> bool) -> (String, Vec<Part>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    let parts = parts(&events);
    let mut anchors = parts.iter().map(|part| part.anchor.clone());
    let mut open: Vec<bool> = Vec::new();
    let mut made = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let id = anchors.next().map(CowStr::from);
                made.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let to = address(&dest_url, &is_chapter);
                open.push(to.is_some());
                if let Some(to) = to {
                    let (link_type, id) = (LinkType::Inline, CowStr::from(""));
                    made.push(Event::Start(Tag::Link {
                        link_type,
                        dest_url: to.into(),
                        title,
                        id,
                    }));
                }
            }
            Event::End(TagEnd::Link) => {
                if open.pop() == Some(true) {
                    made.push(Event::End(TagEnd::Link));
                }
            }
            // Pictures of the source are not part of the program; their words are.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Table(alignments)) => {
                made.push(Event::Html("<div class=\"scroll\" tabindex=\"0\">".into()));
                made.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                made.push(Event::End(TagEnd::Table));
                made.push(Event::Html("</div>".into()));
            }
            // Marks of HTML in a chapter are shown as they stand.
            Event::Html(mark) | Event::InlineHtml(mark) => made.push(Event::Text(mark)),
            other => made.push(other),
        }
    }
    let mut page = String::new();
    html::push_html(&mut page, made.into_iter());
    // The crate aligns columns by a style of its own, which our pages do not allow.
    let page = page.replace(" style=\"text-align: right\"", " class=\"number\"");
    let page = page.replace(" style=\"text-align: left\"", "");
    (page.replace(" style=\"text-align: center\"", ""), parts)
}

/// The headings with the text that follows each.
fn parts(events: &[Event<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut in_heading = false;
    for event in events {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                parts.push(Part {
                    title: String::new(),
                    anchor: String::new(),
                    text: String::new(),
                });
            }
            Event::End(TagEnd::Heading(_)) => {
                in_heading = false;
                if let Some(part) = parts.last_mut() {
                    part.anchor = anchor(&part.title, &mut taken);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                let Some(part) = parts.last_mut() else { continue };
                if in_heading {
                    part.title.push_str(text);
                } else {
                    part.text.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => {
                if let Some(part) = parts.last_mut().filter(|_| !in_heading) {
                    part.text.push(' ');
                }
            }
            _ => {}
        }
    }
    parts
}

/// The place of a heading: its words in small letters with `-` between them; numbered from the second
/// of the same name on.
fn anchor(title: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let plain: String = title
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() => Some(c.to_ascii_lowercase()),
            ' ' | '-' => Some('-'),
            _ => None,
        })
        .collect();
    let count = taken.entry(plain.clone()).or_default();
    *count += 1;
    if *count == 1 { plain } else { format!("{plain}-{count}") }
}

/// Where a link of a chapter leads on our pages; `None` for what is not there.
fn address(link: &str, is_chapter: &impl Fn(&str) -> bool) -> Option<String> {
    if link.starts_with("https://") || link.starts_with('#') {
        return Some(link.to_owned());
    }
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, at)| (file, Some(at)));
    let name = file.strip_suffix(".md").filter(|name| is_chapter(name))?;
    Some(anchor.map_or_else(|| format!("/help/{name}"), |at| format!("/help/{name}#{at}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(render(text, |name| name == "manual").0.trim(), expected, "{text}");
    }

    #[test]
    fn headings_are_places_and_links_lead_to_pages_of_ours() {
        check("## A *b* c?", "<h2 id=\"a-b-c\">A <em>b</em> c?</h2>");
        check("[x](manual.md#a)", "<p><a href=\"/help/manual#a\">x</a></p>");
        check("[x](../crates/web/src/lib.rs)", "<p>x</p>");
        check("[x](javascript:alert(1))", "<p>x</p>");
        check("![a picture](images/x.png)", "<p>a picture</p>");
        check("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>");
    }

    #[test]
    fn a_part_ends_where_the_next_begins() {
        let (_, parts) =
            render("# One\nfirst `code`\n\n## Two\nsecond\n\n## Two\nthird", |_| false);
        let told: Vec<(&str, &str)> =
            parts.iter().map(|part| (part.anchor.as_str(), part.text.trim())).collect();
        assert_eq!(told, [("one", "first code"), ("two", "second"), ("two-2", "third")]);
    }
}
