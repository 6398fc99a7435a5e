//! What a finding means, beside the words for which it was said; and the facts beside the whole draft.

use gen_lsp_types::{Hover, MarkupContent, MarkupKind, Position};
use inroad_coach::report::{Finding, Report};

use crate::diagnostics::line;
use crate::documents::Document;

/// What is to be said at a place; `None` where nothing is.
pub(crate) fn at(document: &Document, place: Position) -> Option<Hover> {
    let report = &document.coached()?.report;
    let byte = document.text.byte(place);
    let here: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| {
            let place = document.place(finding);
            place.start <= byte && byte <= place.end
        })
        .collect();
    let mut parts: Vec<String> = here.iter().map(|finding| meaning(finding)).collect();
    let front = document.text.line_of(document.front.start);
    let line = document.text.line_of(byte);
    if line == front || line == 0 {
        parts.push(facts(report));
    }
    if parts.is_empty() {
        return None;
    }
    let range = match here.as_slice() {
        [finding] => Some(document.text.span(&document.place(finding))),
        _ => None,
    };
    let said = MarkupContent { kind: MarkupKind::Markdown, value: parts.join("\n\n---\n\n") };
    Some(Hover { contents: said.into(), range })
}

/// Why it matters, what to do, what that rests on.
fn meaning(finding: &Finding) -> String {
    let source = &finding.source;
    format!(
        "**{}** ({}, `{}`)\n\n{}\n\n**Instead:** {}\n\n**Rests on** {}: {}",
        plain(&line(finding)),
        finding.severity.as_str(),
        finding.rule,
        plain(&finding.why),
        plain(&finding.fix),
        source.grade.in_words(),
        plain(&source.says),
    )
}

/// The numbers, and what is known of the person.
fn facts(report: &Report) -> String {
    let mut said = vec![format!("**Facts:** {}.", plain(&report.numbers_in_words().join("; ")))];
    let known = &report.known_facts;
    if !known.is_empty() {
        let used = known.iter().filter(|fact| fact.used).count();
        said.push(format!("\n**Of {} known facts it uses {used}:**\n", known.len()));
        said.extend(known.iter().map(|fact| {
            let mark = if fact.used { "used" } else { "not used" };
            format!("- {mark}: {} ({})", plain(&fact.says), plain(&fact.source))
        }));
    }
    if !report.not_checked.is_empty() {
        let rules: Vec<String> =
            report.not_checked.iter().map(|one| format!("`{}`", one.rule)).collect();
        said.push(format!("\n**Not checked:** {}", rules.join(", ")));
    }
    said.join("\n")
}

/// What makes markup of text in the middle of a line.
const MARKUP: &str = "\\`*_{}[]<>#|~!&^$+=";

/// Text that stays text in Markdown, in one line: what a letter says never becomes a picture or a list.
fn plain(text: &str) -> String {
    let line =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.chars().enumerate() {
        if MARKUP.contains(c) || at == 0 && c == '-' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_no_markup() {
        assert_eq!(plain("![x](http://a.example/)"), "\\!\\[x\\](http://a.example/)");
        assert_eq!(plain("- one - two"), "\\- one - two");
        assert_eq!(plain("<img>\n\n# it's \u{1b}25 %"), "\\<img\\> \\# it's 25 %");
    }
}
