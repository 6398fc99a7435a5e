//! The tables of who and what comes in: logins and tokens of those who work here, and other programs.

use super::{How, Kind, MOMENT, NUMBER, SECRET, Table, WORD};

/// These tables, each column with what becomes of it.
pub(super) const DOORS: &[Table] = &[
    // Of somebody who works here, what lets them in goes with them.
    Table {
        name: "login",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("email", How::Whose),
            ("password_hash", SECRET),
            ("told_at", MOMENT),
            ("second", SECRET),
        ],
    },
    Table {
        name: "invitation",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("token_hash", SECRET),
            ("told_at", MOMENT),
            ("expires_at", MOMENT),
        ],
    },
    Table {
        name: "session",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("token_hash", SECRET),
            ("told_at", MOMENT),
            ("seen_at", MOMENT),
            ("expires_at", MOMENT),
            ("awaits_code", NUMBER),
            ("details", How::Nobody("a machine and a browser, gone with the row")),
        ],
    },
    Table {
        name: "api_token",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("token_hash", SECRET),
            ("told_at", MOMENT),
            ("expires_at", MOMENT),
            ("seen_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("details", How::Json(Kind::Any)),
        ],
    },
    // Before those who know them.
    Table {
        name: "identity",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("provider_id", NUMBER),
            ("subject", How::Nobody("who they are elsewhere, gone with the row")),
            ("whose", How::Whose),
            ("told_at", MOMENT),
            ("details", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "authorization_request",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("provider_id", NUMBER),
            ("state_hash", SECRET),
            ("browser_hash", SECRET),
            ("told_at", MOMENT),
            ("expires_at", MOMENT),
            ("details", How::Naming),
        ],
    },
    Table {
        name: "identity_provider",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("name", How::Nobody("a service that an administrator named")),
            ("issuer", How::Nobody("its address")),
            ("client_id", How::Nobody("by which it knows inroad")),
            ("told_at", MOMENT),
            ("details", WORD),
        ],
    },
    Table {
        name: "passkey",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("credential_id", How::Nobody("the name of a key, gone with the row")),
            ("user_handle", How::Nobody("a random number, gone with the row")),
            ("public_key", How::Nobody("half of a key, gone with the row")),
            ("told_at", MOMENT),
            ("used_at", MOMENT),
            ("details", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "passkey_request",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("browser_hash", SECRET),
            ("told_at", MOMENT),
            ("expires_at", MOMENT),
            ("details", How::Naming),
        ],
    },
    // Before those whom it is told.
    Table {
        name: "webhook_delivery",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("webhook_id", NUMBER),
            ("event", How::Nobody("a word of ours with numbers")),
            ("content", How::Naming),
            ("state", WORD),
            ("tries", NUMBER),
            ("told_at", MOMENT),
            ("due_at", MOMENT),
            ("held_until", MOMENT),
            ("status", NUMBER),
            ("says", WORD),
        ],
    },
    Table {
        name: "webhook",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("url", How::Naming),
            ("events", WORD),
            ("secret", How::Nobody("of random numbers")),
            ("told_at", MOMENT),
            ("removed_at", MOMENT),
            ("seen_deed", NUMBER),
            ("seen_undone", MOMENT),
        ],
    },
    // An answer about somebody goes as a whole: asked again, it is given anew.
    Table {
        name: "api_request",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("asked_by", How::Whose),
            ("request_key", How::Naming),
            ("fingerprint", How::Nobody("a digest of what was asked, gone within a day")),
            ("told_at", MOMENT),
            ("status", NUMBER),
            ("head", How::Naming),
            ("body", How::Naming),
        ],
    },
];
