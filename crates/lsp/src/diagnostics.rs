//! What the coach found, as the editor marks it.

use gen_lsp_types::{Diagnostic, DiagnosticSeverity};
use inroad_coach::report::Finding;
use inroad_coach::rules::rule::Severity;

use crate::documents::{Document, Look};

/// Who says it, in the editor's list.
pub(crate) const SOURCE: &str = "inroad";
/// The code of what is said of a draft that is not read.
pub(crate) const NOT_READ: &str = "not-read";

/// Everything that is to be marked in a draft.
pub(crate) fn of(document: &Document) -> Vec<Diagnostic> {
    match &document.look {
        None => Vec::new(),
        Some(Look::Coached(coached)) => {
            coached.report.findings.iter().map(|finding| one(document, finding)).collect()
        }
        Some(Look::Unread(why)) => vec![Diagnostic {
            range: document.text.span(&document.front),
            severity: Some(DiagnosticSeverity::Information),
            code: Some(NOT_READ.to_owned().into()),
            source: Some(SOURCE.to_owned()),
            message: why.clone().into(),
            ..Diagnostic::default()
        }],
    }
}

/// A finding as it is marked.
pub(crate) fn one(document: &Document, finding: &Finding) -> Diagnostic {
    Diagnostic {
        range: document.text.span(&document.place(finding)),
        severity: Some(match finding.severity {
            Severity::Block => DiagnosticSeverity::Error,
            Severity::Warn => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(finding.rule.clone().into()),
        source: Some(SOURCE.to_owned()),
        message: line(finding).into(),
        ..Diagnostic::default()
    }
}

/// A finding in one line.
pub(crate) fn line(finding: &Finding) -> String {
    let detail = finding.detail.split_whitespace().collect::<Vec<_>>().join(" ");
    if detail.is_empty() { finding.says.clone() } else { format!("{} ({detail})", finding.says) }
}
