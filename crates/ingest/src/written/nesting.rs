//! Which element may stand in which: the rules by which open elements end, so that what is written
//! is well nested, never deeper than a bound, and holds words of a table in its cells only.
//!
//! A browser reorders badly nested markup; markup that can be taken in two ways is what attacks on
//! sanitisers are made of. What is written here can be taken in one way only.

use super::escaped;

/// Elements within one another, apart from parts of tables; deeper ones are left out, their words
/// are kept.
const DEPTH_MAX: usize = 64;

/// Tables within one another. A column that is added at each level takes the width of a letter.
const TABLES_MAX: usize = 12;

/// Markup that is written, with the elements that are open.
#[derive(Debug, Default)]
pub(super) struct Nested {
    pub(super) out: String,
    open: Vec<&'static str>,
}

/// Elements before which a paragraph ends.
fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "blockquote"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "li"
            | "table"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption")
}

fn is_section(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot")
}

fn is_table_part(name: &str) -> bool {
    is_cell(name) || is_section(name) || name == "tr"
}

impl Nested {
    /// Writes text where text may stand.
    pub(super) fn text(&mut self, text: &str) {
        let in_cells = self.open.last().is_some_and(|name| is_section(name) || *name == "tr");
        if in_cells && text.trim().is_empty() {
            return;
        }
        self.enter_cell();
        escaped(text, &mut self.out);
    }

    /// Writes an element that holds nothing.
    pub(super) fn void(&mut self, name: &'static str) {
        self.enter_cell();
        if ends_paragraph(name) {
            self.end_nearest("p", is_cell);
        }
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Opens an element, or leaves it out where it cannot stand; says which.
    pub(super) fn open(&mut self, name: &'static str, attributes: &str) -> bool {
        let stands = match name {
            "caption" => self.open.last() == Some(&"table"),
            "tbody" | "thead" | "tfoot" => self.back_to(|name| name == "table"),
            "tr" => {
                let in_table = self.back_to(is_section);
                if in_table {
                    self.enter_section();
                }
                in_table
            }
            "td" | "th" => {
                let in_table = self.back_to(|name| is_section(name) || name == "tr");
                if in_table {
                    self.enter_row();
                }
                in_table
            }
            _ => self.flow(name),
        };
        if stands {
            self.push(name, attributes);
        }
        stands
    }

    fn flow(&mut self, name: &'static str) -> bool {
        self.enter_cell();
        if ends_paragraph(name) {
            self.end_nearest("p", is_cell);
        }
        match name {
            "li" => self.end_nearest("li", |name| is_cell(name) || matches!(name, "ul" | "ol")),
            "dt" | "dd" => {
                for other in ["dt", "dd"] {
                    self.end_nearest(other, |name| is_cell(name) || name == "dl");
                }
            }
            "a" => self.end_nearest("a", is_cell),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                for other in ["h1", "h2", "h3", "h4", "h5", "h6"] {
                    self.end_nearest(other, is_cell);
                }
            }
            _ => {}
        }
        let others = |open: &&&str| !is_table_part(open);
        let tables = |open: &&&str| **open == "table";
        match name {
            "table" => self.open.iter().filter(tables).count() < TABLES_MAX,
            _ => self.open.iter().filter(others).count() < DEPTH_MAX,
        }
    }

    /// Ends an element and what is open within it, if it is open where this end can mean it.
    pub(super) fn close(&mut self, name: &'static str) {
        if name == "table" {
            self.end_nearest(name, |_| false);
        } else if is_table_part(name) {
            self.end_nearest(name, |name| name == "table");
        } else {
            self.end_nearest(name, |name| is_cell(name) || is_section(name));
        }
    }

    /// Whether such an element is open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.open.contains(&name)
    }

    /// All of it, with every element ended.
    pub(super) fn finish(mut self) -> String {
        self.end_from(0);
        self.out
    }

    /// Within a table but in no cell: a cell is opened, for words have no other place there.
    fn enter_cell(&mut self) {
        if self.open.last().is_some_and(|name| is_section(name) || *name == "tr") {
            self.enter_row();
            self.push("td", "");
        }
    }

    fn enter_row(&mut self) {
        self.enter_section();
        if self.open.last().is_some_and(|name| is_section(name)) {
            self.push("tr", "");
        }
    }

    /// Rows stand in a section, which a browser adds where it is missing.
    fn enter_section(&mut self) {
        if self.open.last() == Some(&"table") {
            self.push("tbody", "");
        }
    }

    /// Ends what is open in the innermost table behind the last element of such a name; false if
    /// there is no table.
    fn back_to(&mut self, is_parent: impl Fn(&str) -> bool) -> bool {
        let Some(table) = self.open.iter().rposition(|name| *name == "table") else { return false };
        let inside = self.open.get(table..).unwrap_or_default();
        let Some(parent) = inside.iter().rposition(|name| is_parent(name)) else { return false };
        self.end_from(table + parent + 1);
        true
    }

    fn end_nearest(&mut self, name: &str, is_bound: impl Fn(&str) -> bool) {
        let found = self.open.iter().rposition(|open| *open == name || is_bound(open));
        if let Some(at) = found.filter(|at| self.open.get(*at) == Some(&name)) {
            self.end_from(at);
        }
    }

    fn end_from(&mut self, at: usize) {
        while self.open.len() > at
            && let Some(name) = self.open.pop()
        {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn push(&mut self, name: &'static str, attributes: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push_str(attributes);
        self.out.push('>');
        self.open.push(name);
    }
}
