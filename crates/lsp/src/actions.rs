//! What a person may do about a finding: put it right where that takes no thought, or dismiss it.

use std::collections::HashMap;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Command, Diagnostic, Edit,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
};
use inroad_coach::fixes::{Fix, fixes};
use inroad_coach::report::Finding;
use inroad_coach::rules::rule::Severity;
use inroad_service::{DRAFT_BYTES_MAX, Dismissal};
use serde_json::Value;

use crate::diagnostics;
use crate::documents::Document;
use crate::settings::Settings;

/// Puts a finding to rest.
const DISMISS: &str = "inroad.dismiss";
/// Takes that back.
const UNDISMISS: &str = "inroad.undismiss";
/// The commands that a client may ask for.
pub(crate) const COMMANDS: [&str; 2] = [DISMISS, UNDISMISS];

/// What a command asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Dismiss(Dismissal),
    Undismiss(Dismissal),
}

/// What may be done where the editor asks.
pub(crate) fn at(
    document: &Document,
    params: &CodeActionParams,
    settings: &Settings,
) -> Vec<CodeActionResponse> {
    let Some(coached) = document.coached() else { return Vec::new() };
    let only = params.context.only.as_deref().unwrap_or_default();
    let wanted =
        |kind: &CodeActionKind| matches!(kind, CodeActionKind::Empty | CodeActionKind::QuickFix);
    if !only.is_empty() && !only.iter().any(wanted) {
        return Vec::new();
    }
    let asked = document.text.bytes(params.range);
    let is_here = |finding: &&Finding| {
        let place = document.place(finding);
        place.start <= asked.end && asked.start <= place.end
    };
    let mut offered = Vec::new();
    let draft = document.draft();
    for finding in &coached.report.findings {
        let mark = diagnostics::one(document, finding);
        let is_named = params.context.diagnostics.iter().any(|given| is_same(given, &mark));
        if !is_named && !is_here(&finding) {
            continue;
        }
        if settings.takes_literals {
            let fixes = fixes(&draft, finding).into_iter();
            offered.extend(fixes.map(|fix| {
                let edit = edit(document, &params.text_document.uri, &fix, settings);
                action(fix.title, Some(mark.clone()), Some(edit), None)
            }));
        }
        // What blocks a draft as a whole stands until the draft or the record changes.
        if finding.quote.is_empty() && finding.severity == Severity::Block {
            continue;
        }
        let whole = if finding.quote.is_empty() { "drafts as a whole" } else { "these words" };
        let title = format!("Dismiss “{}” for {whole}", finding.says);
        offered.push(to_command(title, DISMISS, finding, Some(mark), settings));
    }
    for finding in coached.dismissed.iter().filter(is_here) {
        let title = format!("Let “{}” speak up again", finding.says);
        offered.push(to_command(title, UNDISMISS, finding, None, settings));
    }
    offered
}

/// Whether a client speaks of one of our marks.
fn is_same(given: &Diagnostic, ours: &Diagnostic) -> bool {
    given.code == ours.code && given.range == ours.range
}

fn to_command(
    title: String,
    name: &str,
    finding: &Finding,
    mark: Option<Diagnostic>,
    settings: &Settings,
) -> CodeActionResponse {
    let dismissal = serde_json::json!({ "rule": finding.rule, "quote": finding.quote });
    let command = Command {
        title: title.clone(),
        tooltip: None,
        command: name.to_owned(),
        arguments: Some(vec![dismissal]),
    };
    if settings.takes_literals { action(title, mark, None, Some(command)) } else { command.into() }
}

fn action(
    title: String,
    mark: Option<Diagnostic>,
    edit: Option<WorkspaceEdit>,
    command: Option<Command>,
) -> CodeActionResponse {
    let kind = Some(CodeActionKind::QuickFix);
    let diagnostics = mark.map(|mark| vec![mark]);
    CodeAction { title, kind, diagnostics, edit, command, ..CodeAction::default() }.into()
}

fn edit(document: &Document, uri: &Uri, fix: &Fix, settings: &Settings) -> WorkspaceEdit {
    let edits = fix
        .edits
        .iter()
        .map(|(range, new)| TextEdit { range: document.text.span(range), new_text: new.clone() });
    if !settings.takes_versions {
        let changes = HashMap::from([(uri.clone(), edits.collect())]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let change = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: document.version,
            text_document_identifier: TextDocumentIdentifier { uri: uri.clone() },
        },
        edits: edits.map(Edit::from).collect(),
    };
    WorkspaceEdit { document_changes: Some(vec![change.into()]), ..WorkspaceEdit::default() }
}

/// What a command with its arguments asks.
///
/// # Errors
/// What is wrong with it, in words.
pub(crate) fn asked(command: &str, arguments: &[Value]) -> Result<Asked, String> {
    let asks: fn(Dismissal) -> Asked = match command {
        DISMISS => Asked::Dismiss,
        UNDISMISS => Asked::Undismiss,
        other => return Err(format!("There is no command '{other}'")),
    };
    let first = arguments.first().cloned().unwrap_or(Value::Null);
    let dismissal: Dismissal = serde_json::from_value(first)
        .map_err(|why| format!("'{command}' takes a rule and a quote: {why}"))?;
    if dismissal.rule.len() + dismissal.quote.len() > DRAFT_BYTES_MAX {
        return Err(format!("'{command}' takes words of a draft, and these are more than one has"));
    }
    Ok(asks(dismissal))
}
