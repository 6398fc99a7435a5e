//! Every table with its columns, in an order in which rows can be put in: what each refers to comes first.
//!
//! It serves what goes through all of them: the digest, and copies from one database to another. That it is
//! complete is held by a test.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whole numbers.
    Integer,
    /// Texts.
    Text,
    /// Bytes.
    Bytes,
}

/// How a column counts for whether two imports of the same input came out the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// By its value.
    Whole,
    /// By whether it has one: the moment is another each time.
    IfThere,
    /// Not at all: it depends on when and how often something was done.
    Not,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) counts: Counts,
}

impl Column {
    const fn if_there(self) -> Self {
        Self { counts: Counts::IfThere, ..self }
    }

    const fn apart(self) -> Self {
        Self { counts: Counts::Not, ..self }
    }
}

/// A table, without the column of its workspace.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns by which its rows have one order.
    pub(crate) order: &'static str,
    pub(crate) columns: &'static [Column],
}

const fn integer(name: &'static str) -> Column {
    Column { name, kind: Kind::Integer, counts: Counts::Whole }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, counts: Counts::Whole }
}

const fn bytes(name: &'static str) -> Column {
    Column { name, kind: Kind::Bytes, counts: Counts::Whole }
}

const ID: Column = integer("id");
const TOLD_AT: Column = integer("told_at").apart();
const WITHDRAWN_AT: Column = integer("withdrawn_at").if_there();
const CONTENT: Column = text("content");

macro_rules! table {
    ($name:literal by $order:literal: $($column:expr),* $(,)?) => {
        Table { name: $name, order: $order, columns: &[$($column),*] }
    };
}

/// All tables but the list of workspaces, and the index of words.
pub(crate) const TABLES: &[Table] = &[
    table!("setting" by "name": text("name"), text("value")),
    table!("original" by "id": ID, bytes("hash"), integer("bytes"), text("source"), bytes("content")),
    table!("address" by "id": ID, text("email"), text("domain").apart(), text("name")),
    table!("message" by "id": ID, text("message_id"), integer("thread_id"), integer("sent_at"),
        integer("offset_seconds"), integer("from_id"), text("from_name"), text("subject"), text("nature"),
        text("details"), bytes("new_text")),
    table!("recipient" by "message_id, field, address_id": integer("message_id"), integer("address_id"),
        integer("field"), text("name")),
    table!("thread_node" by "hash": integer("hash"), integer("thread_id")),
    table!("fact" by "message_id, id": ID.apart(), integer("message_id"), text("kind"), text("email"),
        text("details"), text("quote")),
    table!("telling" by "message_id": integer("message_id"), integer("sent_at"), text("touch")),
    table!("reading" by "first_id": integer("first_id").apart(), integer("last_id").apart(),
        text("reader").apart()),
    table!("deal" by "id": text("id"), text("status"), CONTENT, text("known_as")),
    table!("deal_change" by "deal_id, id": ID.apart(), text("deal_id"), integer("changed_at").apart(),
        text("status"), text("stage")),
    table!("lesson" by "id": ID.apart(), text("deal_id"), TOLD_AT, WITHDRAWN_AT, text("outcome").apart(),
        text("stage_before"), CONTENT),
    table!("overruling" by "id": ID.apart(), text("deal_id"), TOLD_AT, WITHDRAWN_AT,
        integer("asked_at").if_there(), CONTENT),
    table!("second_reading" by "id": ID.apart(), text("deal_id").apart(), integer("as_of").apart(),
        integer("made_at").apart(), text("host").apart(), text("model").apart(), text("sent_hash").apart(),
        CONTENT.apart()),
    table!("insight" by "id": ID, text("email").apart(), text("other_email").apart(), TOLD_AT, WITHDRAWN_AT,
        CONTENT),
    table!("entry" by "id": ID.apart(), text("deal_id"), text("about"), text("kind").apart(), TOLD_AT,
        WITHDRAWN_AT, CONTENT),
    table!("deed" by "id": ID.apart(), text("deal_id").apart(), integer("done_at").apart(),
        integer("undone_at").apart(), text("says").apart(), text("inverse").apart(), text("done_by").apart(),
        integer("undone_clock").apart()),
    table!("correction" by "id": ID.apart(), text("message_id").apart(), text("sentence"), text("cue"),
        integer("holds"), TOLD_AT, WITHDRAWN_AT),
    table!("same_person" by "id": ID.apart(), text("email_a"), text("email_b"), integer("same"),
        integer("decided_at").apart()),
    table!("event" by "id": ID.apart(), text("uid"), integer("starts_at").apart(), CONTENT),
    table!("contact" by "id": ID.apart(), bytes("hash"), text("email").apart(), CONTENT),
    table!("account" by "id": ID.apart(), bytes("hash"), text("account_key"), TOLD_AT, WITHDRAWN_AT, CONTENT),
    table!("same_account" by "id": ID.apart(), text("key_a"), text("key_b"), integer("same"),
        integer("decided_at").apart()),
    table!("ideal_client" by "id": ID.apart(), TOLD_AT, CONTENT),
    table!("page" by "id": ID.apart(), text("account_key"), TOLD_AT, WITHDRAWN_AT, text("details"),
        bytes("content")),
    table!("member" by "email": ID.apart(), text("email").apart(), TOLD_AT, integer("left_at").if_there(),
        bytes("key_hash").apart(), CONTENT),
    table!("login" by "id": ID.apart(), text("whose").apart(), text("email").apart(),
        text("password_hash").apart(), TOLD_AT, text("second").apart()),
    table!("invitation" by "id": ID.apart(), text("whose").apart(), bytes("token_hash").apart(), TOLD_AT,
        integer("expires_at").apart()),
    table!("session" by "id": ID.apart(), text("whose").apart(), bytes("token_hash").apart(), TOLD_AT,
        integer("seen_at").apart(), integer("expires_at").apart(), integer("awaits_code").apart(),
        text("details").apart()),
    table!("api_token" by "id": ID.apart(), text("whose").apart(), bytes("token_hash").apart(), TOLD_AT,
        integer("expires_at").apart(), integer("seen_at").apart(), WITHDRAWN_AT, text("details").apart()),
    table!("identity_provider" by "id": ID.apart(), text("name").apart(), text("issuer").apart(),
        text("client_id").apart(), TOLD_AT, text("details").apart()),
    table!("identity" by "id": ID.apart(), integer("provider_id").apart(), text("subject").apart(),
        text("whose").apart(), TOLD_AT, text("details").apart()),
    table!("authorization_request" by "id": ID.apart(), integer("provider_id").apart(),
        bytes("state_hash").apart(), bytes("browser_hash").apart(), TOLD_AT, integer("expires_at").apart(),
        text("details").apart()),
    table!("passkey" by "id": ID.apart(), text("whose").apart(), bytes("credential_id").apart(),
        bytes("user_handle").apart(), text("public_key").apart(), TOLD_AT, integer("used_at").apart(),
        text("details").apart()),
    table!("passkey_request" by "id": ID.apart(), bytes("browser_hash").apart(), TOLD_AT,
        integer("expires_at").apart(), text("details").apart()),
    table!("attempt" by "id": ID.apart(), text("bucket").apart(), integer("failures").apart(),
        integer("since").apart()),
    table!("audit" by "id": ID.apart(), TOLD_AT, CONTENT.apart(), bytes("hash").apart()),
    table!("do_not_contact" by "id": ID.apart(), text("kind"), text("value"), text("reason"),
        text("source").apart(), text("since").apart(), TOLD_AT, WITHDRAWN_AT),
    table!("lead" by "id": ID, text("email"), text("import_key")),
    table!("lead_event" by "id": ID.apart(), integer("lead_id"), TOLD_AT, text("told_by"), WITHDRAWN_AT, CONTENT),
    table!("lead_definition" by "id": ID.apart(), TOLD_AT, text("told_by"), WITHDRAWN_AT, CONTENT),
    table!("lead_signature" by "id": ID.apart(), integer("definition_id"), text("side"), TOLD_AT,
        text("told_by"), WITHDRAWN_AT),
    table!("provider_word" by "id": ID.apart(), text("firm"), TOLD_AT, text("told_by"), WITHDRAWN_AT, CONTENT),
    table!("seller_word" by "id": ID.apart(), text("whose"), text("told_by"), text("kind").apart(), TOLD_AT,
        WITHDRAWN_AT, CONTENT),
    table!("call_talk" by "entry_id": integer("entry_id"), CONTENT),
    table!("connection" by "id": ID, text("name"), TOLD_AT, integer("removed_at").if_there(), CONTENT),
    table!("sync_folder" by "id": ID, integer("connection_id"), text("path"), text("position")),
    table!("sync_mail" by "folder_id, uid": integer("folder_id"), integer("uid"), bytes("hash"), text("flags"),
        integer("gone_at").if_there()),
    table!("outgoing" by "id": ID, integer("connection_id"), text("message_id"), text("state"),
        integer("approved_at"), integer("settled_at"), text("details"), bytes("content")),
    table!("card_change" by "id": ID.apart(), integer("connection_id"), integer("entry_id"), text("email"),
        text("book"), text("card"), text("state"), TOLD_AT, integer("settled_at").apart(), CONTENT),
    table!("api_request" by "asked_by, request_key": ID.apart(), text("asked_by").apart(),
        text("request_key").apart(), bytes("fingerprint").apart(), TOLD_AT, integer("status").apart(),
        text("head").apart(), text("body").apart()),
    table!("webhook" by "id": ID.apart(), text("url").apart(), text("events").apart(), text("secret").apart(),
        TOLD_AT, integer("removed_at").apart(), integer("seen_deed").apart(), integer("seen_undone").apart()),
    table!("webhook_delivery" by "webhook_id, event": ID.apart(), integer("webhook_id").apart(),
        text("event").apart(), text("content").apart(), text("state").apart(), integer("tries").apart(), TOLD_AT,
        integer("due_at").apart(), integer("held_until").apart(), integer("status").apart(), text("says").apart()),
    // What was wrong with the input depends on how often an import was stopped.
    table!("import_issue" by "id": ID.apart(), bytes("hash").apart(), CONTENT.apart()),
];
