//! The chapters: the files of `docs` that its table of contents names.

use std::sync::LazyLock;

use super::markdown;

/// A chapter, ready to be shown.
#[derive(Debug)]
pub(super) struct Chapter {
    /// Its name in addresses: that of its file.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// The whole of it.
    pub html: String,
    /// Its parts, from the title on.
    pub sections: Vec<Part>,
}

/// A part of a chapter: a heading with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The heading.
    pub title: String,
    /// The name of its place on the page.
    pub anchor: String,
    /// What follows, without marks.
    pub text: String,
}

/// The files, in their order.
const FILES: [(&str, &str); 29] = [
    ("manual", include_str!("../../../../docs/manual.md")),
    ("pages", include_str!("../../../../docs/pages.md")),
    ("prospects", include_str!("../../../../docs/prospects.md")),
    ("leads", include_str!("../../../../docs/leads.md")),
    ("team", include_str!("../../../../docs/team.md")),
    ("signing-in", include_str!("../../../../docs/signing-in.md")),
    ("server", include_str!("../../../../docs/server.md")),
    ("operations", include_str!("../../../../docs/operations.md")),
    ("privacy", include_str!("../../../../docs/privacy.md")),
    ("guards", include_str!("../../../../docs/guards.md")),
    ("connections", include_str!("../../../../docs/connections.md")),
    ("sending", include_str!("../../../../docs/sending.md")),
    ("touches", include_str!("../../../../docs/touches.md")),
    ("sellers", include_str!("../../../../docs/sellers.md")),
    ("editors", include_str!("../../../../docs/editors.md")),
    ("assistants", include_str!("../../../../docs/assistants.md")),
    ("api", include_str!("../../../../docs/api.md")),
    ("playbook", include_str!("../../../../docs/playbook.md")),
    ("coach", include_str!("../../../../docs/coach.md")),
    ("coach-rules", include_str!("../../../../docs/coach-rules.md")),
    ("politics", include_str!("../../../../docs/politics.md")),
    ("rhythm", include_str!("../../../../docs/rhythm.md")),
    ("turning-point", include_str!("../../../../docs/turning-point.md")),
    ("cues", include_str!("../../../../docs/cues.md")),
    ("calls", include_str!("../../../../docs/calls.md")),
    ("research", include_str!("../../../../docs/research.md")),
    ("facts", include_str!("../../../../docs/facts.md")),
    ("zones", include_str!("../../../../docs/zones.md")),
    ("bounces", include_str!("../../../../docs/bounces.md")),
];

static CHAPTERS: LazyLock<Vec<Chapter>> = LazyLock::new(|| {
    let is_chapter = |name: &str| FILES.iter().any(|(file, _)| *file == name);
    FILES
        .into_iter()
        .map(|(name, text)| {
            let (html, sections) = markdown::render(text, is_chapter);
            let title = sections.first().map_or(name, |first| first.title.as_str()).to_owned();
            Chapter { name, title, html, sections }
        })
        .collect()
});

/// All chapters.
pub(super) fn all() -> &'static [Chapter] {
    &CHAPTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_contents_names_the_chapters_in_this_order() {
        let summary = include_str!("../../../../docs/SUMMARY.md");
        let named: Vec<&str> = summary
            .lines()
            .filter_map(|line| line.split_once("](")?.1.strip_suffix(".md)"))
            .collect();
        let files: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(named, files);
    }

    #[test]
    fn no_two_parts_of_a_chapter_have_one_place() {
        for chapter in all() {
            let mut anchors: Vec<&str> =
                chapter.sections.iter().map(|part| part.anchor.as_str()).collect();
            anchors.sort_unstable();
            let count = anchors.len();
            anchors.dedup();
            assert_eq!(anchors.len(), count, "{}", chapter.name);
        }
    }
}
