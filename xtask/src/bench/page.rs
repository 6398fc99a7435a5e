//! A page of figures as Markdown.

/// What a measurement found.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Column heads, then rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
    /// Text as it was printed by a tool of its own, shown as it is.
    pub printed: Option<String>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// A part of its own at the end.
    pub part: Option<String>,
}

impl Page {
    /// A page with a table.
    pub(super) fn table(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|cell| (*cell).to_owned()).collect()], ..Self::default() }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    /// The whole page.
    pub(super) fn markdown(&self, what: &str, command: &str, machine: &str) -> String {
        let mut title = what.chars();
        let title = title.next().map(|c| c.to_uppercase().to_string() + title.as_str());
        let mut parts = vec![
            format!("# {}", title.unwrap_or_default()),
            format!("Made by `{command} --write` on {machine}."),
        ];
        if !self.rows.is_empty() {
            parts.push(table(&self.rows));
        }
        if let Some(printed) = &self.printed {
            parts.push(format!("```\n{}\n```", printed.trim_end()));
        }
        parts.extend(self.notes.iter().cloned());
        parts.extend(self.part.clone());
        parts.join("\n\n") + "\n"
    }
}

/// Rows as a Markdown table; the first is its head.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = rows.iter().map(|cells| line(cells)).collect();
    let width = rows.first().map_or(0, Vec::len);
    lines.insert(1.min(lines.len()), line(&vec!["---".to_owned(); width]));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page() {
        let mut page = Page::table(&["what", "figure"]);
        page.row(&["size".to_owned(), "9 MB".to_owned()]);
        page.notes.push("A note.".to_owned());
        assert_eq!(
            page.markdown("size of it", "make size", "2 cores"),
            "# Size of it\n\nMade by `make size --write` on 2 cores.\n\n\
             | what | figure |\n| --- | --- |\n| size | 9 MB |\n\nA note.\n"
        );
    }
}
