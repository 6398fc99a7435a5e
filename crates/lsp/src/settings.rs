//! What a client says of itself when a conversation begins, and what is answered.
//!
//! Read leniently, field by field: a client that says more, less or otherwise than the protocol has it is
//! served as far as it is understood.

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, ExecuteCommandOptions, InitializeResult,
    PositionEncodingKind, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkDoneProgressOptions,
};
use inroad_coach::draft::Channel;
use serde_json::Value;

use crate::actions::COMMANDS;
use crate::positions::Encoding;

/// What holds for a whole conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) encoding: Encoding,
    /// The way of drafts whose names tell none.
    pub(crate) channel: Channel,
    /// Whether actions may be more than commands.
    pub(crate) takes_literals: bool,
    /// Whether edits may name the version that they are for.
    pub(crate) takes_versions: bool,
}

impl Settings {
    /// Out of the parameters of `initialize`; and what in them cannot be used, in words.
    pub(crate) fn of(params: &Value) -> (Self, Option<String>) {
        let at = |path: &str| params.pointer(path);
        let encodings = at("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let takes_bytes = encodings.is_some_and(|all| all.iter().any(|one| one == "utf-8"));
        let named = at("/initializationOptions/channel").and_then(Value::as_str);
        let channel =
            named.and_then(|name| Channel::ALL.into_iter().find(|one| one.as_str() == name));
        let complaint = named.filter(|_| channel.is_none()).map(|name| {
            format!("There is no channel '{name}'; write email, voicemail, call or text")
        });
        let settings = Self {
            encoding: if takes_bytes { Encoding::Utf8 } else { Encoding::Utf16 },
            channel: channel.unwrap_or(Channel::Email),
            takes_literals: at("/capabilities/textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            takes_versions: at("/capabilities/workspace/workspaceEdit/documentChanges")
                .is_some_and(|yes| yes == true),
        };
        (settings, complaint)
    }

    /// What this server can do.
    pub(crate) fn answer(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
            ..CodeActionOptions::default()
        };
        let commands = ExecuteCommandOptions {
            commands: COMMANDS.map(str::to_owned).to_vec(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(true.into()),
            code_action_provider: Some(actions.into()),
            execute_command_provider: Some(commands),
            ..ServerCapabilities::default()
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        InitializeResult {
            capabilities,
            server_info: Some(ServerInfo { name: "inroad".to_owned(), version }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_said_is_what_every_client_can() {
        let (settings, complaint) = Settings::of(&json!({ "capabilities": [], "processId": {} }));
        assert_eq!(settings.encoding, Encoding::Utf16);
        assert_eq!(settings.channel, Channel::Email);
        assert!(!settings.takes_literals && !settings.takes_versions && complaint.is_none());
    }

    #[test]
    fn what_is_said_counts() {
        let (settings, complaint) = Settings::of(&json!({
            "capabilities": {
                "general": { "positionEncodings": ["utf-16", "utf-8"] },
                "workspace": { "workspaceEdit": { "documentChanges": true } },
                "textDocument": { "codeAction": { "codeActionLiteralSupport": {} } },
            },
            "initializationOptions": { "channel": "voicemail" },
        }));
        assert_eq!((settings.encoding, settings.channel), (Encoding::Utf8, Channel::Voicemail));
        assert!(settings.takes_literals && settings.takes_versions && complaint.is_none());
        let (_, complaint) =
            Settings::of(&json!({ "initializationOptions": { "channel": "fax" } }));
        assert!(complaint.is_some_and(|said| said.contains("fax")));
    }
}
