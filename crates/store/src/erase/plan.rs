//! What becomes of each column of each table when somebody is erased. A test holds it against the schema,
//! so that a table of tomorrow cannot be forgotten.

mod doors;
mod others;

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The row goes if it is an address of theirs.
    Whose,
    /// The row goes if something in it points to them.
    Naming,
    /// The row goes if it is the id of a letter that goes.
    Letter,
    /// A text, without what points to them.
    Text,
    /// A folder on a server; if its name points to them it is known by a hash from then on.
    Folder,
    /// JSON, without what points to them; the row goes if all of it is about them.
    Json(Kind),
    /// How a deed is undone: nothing, if that would bring something of them back.
    Inverse,
    /// A packed text, without what points to them.
    Packed,
    /// Packed JSON; the row goes if something in it points to them.
    PackedJson,
    /// The hash of the content beside it.
    HashOfContent,
    /// Written anew with the letters, or gone with them.
    WithLetters,
    /// Holds nobody's data, because.
    Nobody(&'static str),
}

/// What stands in JSON, by which it is looked at again once something was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Any,
    Deal,
    Event,
    Contact,
    Entry,
    Account,
    LeadEvent,
}

/// A table that is gone through row by row.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The column by which a row is found.
    pub(crate) key: &'static str,
    pub(crate) columns: &'static [(&'static str, How)],
}

const NUMBER: How = How::Nobody("a number of ours");
const MOMENT: How = How::Nobody("a moment");
const WORD: How = How::Nobody("a word of ours");
const SECRET: How = How::Nobody("of random numbers or a password, and gone with the row");
const OF_A_DEAL: How = How::Naming;
const OF_A_FIRM: How = How::Nobody("a firm's domain or name");

/// The tables that are gone through row by row.
pub(crate) fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().chain(doors::DOORS)
}

/// What is known of people, deals and firms, and was said of them.
const TABLES: &[Table] = &[
    Table {
        name: "setting",
        key: "name",
        columns: &[("name", WORD), ("value", How::Json(Kind::Any))],
    },
    Table {
        name: "deal",
        key: "id",
        columns: &[
            ("id", OF_A_DEAL),
            ("status", WORD),
            ("content", How::Json(Kind::Deal)),
            ("known_as", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "deal_change",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("changed_at", MOMENT),
            ("status", WORD),
            ("stage", WORD),
        ],
    },
    Table {
        name: "same_person",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("email_a", How::Whose),
            ("email_b", How::Whose),
            ("same", NUMBER),
            ("decided_at", MOMENT),
        ],
    },
    Table {
        name: "event",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("uid", How::Text),
            ("starts_at", MOMENT),
            ("content", How::Json(Kind::Event)),
        ],
    },
    Table {
        name: "contact",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("hash", How::HashOfContent),
            ("email", How::Whose),
            ("content", How::Json(Kind::Contact)),
        ],
    },
    Table {
        name: "import_issue",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("hash", How::Nobody("a digest of a row that goes with it")),
            ("content", How::Naming),
        ],
    },
    Table {
        name: "lesson",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("outcome", WORD),
            ("stage_before", WORD),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "overruling",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("asked_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "second_reading",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("as_of", MOMENT),
            ("made_at", MOMENT),
            ("host", WORD),
            ("model", WORD),
            ("sent_hash", How::Nobody("a digest of many letters")),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "insight",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("email", How::Whose),
            ("other_email", How::Whose),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    // Before the decisions that they follow from.
    Table {
        name: "card_change",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("connection_id", NUMBER),
            ("entry_id", NUMBER),
            ("email", How::Whose),
            ("book", How::Text),
            ("card", How::Naming),
            ("state", WORD),
            ("told_at", MOMENT),
            ("settled_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "entry",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("about", How::Whose),
            ("kind", WORD),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Entry)),
        ],
    },
    Table {
        name: "deed",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("deal_id", OF_A_DEAL),
            ("done_at", MOMENT),
            ("undone_at", MOMENT),
            ("says", How::Text),
            ("inverse", How::Inverse),
            ("done_by", How::Whose),
            ("undone_clock", MOMENT),
        ],
    },
    // What happened to a lead goes with it.
    Table {
        name: "lead",
        key: "id",
        columns: &[("id", NUMBER), ("email", How::Whose), ("import_key", How::Text)],
    },
    Table {
        name: "lead_event",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("lead_id", NUMBER),
            ("told_at", MOMENT),
            ("told_by", How::Text),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::LeadEvent)),
        ],
    },
    Table {
        name: "lead_definition",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("told_at", MOMENT),
            ("told_by", How::Text),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "lead_signature",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("definition_id", NUMBER),
            ("side", WORD),
            ("told_at", MOMENT),
            ("told_by", How::Text),
            ("withdrawn_at", MOMENT),
        ],
    },
    Table {
        name: "provider_word",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("firm", OF_A_FIRM),
            ("told_at", MOMENT),
            ("told_by", How::Text),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "seller_word",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("whose", How::Whose),
            ("told_by", How::Whose),
            ("kind", WORD),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "call_talk",
        key: "entry_id",
        columns: &[("entry_id", NUMBER), ("content", How::Nobody("numbers, gone with their note"))],
    },
    Table {
        name: "member",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("email", How::Whose),
            ("told_at", MOMENT),
            ("left_at", MOMENT),
            ("key_hash", SECRET),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "correction",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("message_id", How::Letter),
            ("sentence", How::Naming),
            ("cue", WORD),
            ("holds", NUMBER),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
        ],
    },
    Table {
        name: "account",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("hash", How::HashOfContent),
            ("account_key", OF_A_FIRM),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("content", How::Json(Kind::Account)),
        ],
    },
    Table {
        name: "ideal_client",
        key: "id",
        columns: &[("id", NUMBER), ("told_at", MOMENT), ("content", How::Json(Kind::Any))],
    },
    Table {
        name: "page",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("account_key", OF_A_FIRM),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
            ("details", How::Json(Kind::Any)),
            ("content", How::Packed),
        ],
    },
    Table {
        name: "do_not_contact",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("kind", WORD),
            ("value", How::Whose),
            ("reason", How::Text),
            ("source", How::Text),
            ("since", MOMENT),
            ("told_at", MOMENT),
            ("withdrawn_at", MOMENT),
        ],
    },
    // Before the connections that they went over.
    Table {
        name: "outgoing",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("connection_id", NUMBER),
            ("message_id", How::Nobody("of random numbers and the own domain")),
            ("state", WORD),
            ("approved_at", MOMENT),
            ("settled_at", MOMENT),
            ("details", How::Json(Kind::Any)),
            ("content", How::PackedJson),
        ],
    },
    Table {
        name: "connection",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("name", How::Text),
            ("told_at", MOMENT),
            ("removed_at", MOMENT),
            ("content", How::Json(Kind::Any)),
        ],
    },
    Table {
        name: "sync_folder",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("connection_id", NUMBER),
            ("path", How::Folder),
            ("position", How::Json(Kind::Any)),
        ],
    },
    // Last of what is made from letters: those that stay were written anew before.
    Table {
        name: "telling",
        key: "message_id",
        columns: &[("message_id", NUMBER), ("sent_at", MOMENT), ("touch", How::Json(Kind::Any))],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::others::OTHERS;
    use super::*;
    use crate::Store;
    use crate::sql;

    /// What the database and the keeper of migrations keep for themselves: no row of ours.
    fn is_theirs(table: &str) -> bool {
        table.starts_with("sqlite_")
            || table.starts_with("message_words_")
            || table == "_sqlx_migrations"
    }

    #[tokio::test]
    async fn no_column_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("x.db")).await.unwrap();
        let columns: Vec<(String, String)> = sql::query_as(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name <> 'workspace_id'",
        )
        .fetch_all(&store.writer)
        .await
        .unwrap();
        let kept: BTreeSet<(&str, &str)> = columns
            .iter()
            .filter(|(table, _)| !is_theirs(table))
            .map(|(table, column)| (table.as_str(), column.as_str()))
            .collect();
        let planned: BTreeSet<(&str, &str)> = tables()
            .chain(OTHERS)
            .flat_map(|table| table.columns.iter().map(|(column, _)| (table.name, *column)))
            .collect();
        let unplanned: Vec<_> = kept.difference(&planned).collect();
        assert!(
            unplanned.is_empty(),
            "say what becomes of these when somebody is erased: {unplanned:?}"
        );
        let imagined: Vec<_> = planned.difference(&kept).collect();
        assert!(imagined.is_empty(), "these are not there: {imagined:?}");
    }
}
