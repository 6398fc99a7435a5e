//! The tables that are not gone through row by row: what becomes of them stands where letters are dealt with.

use super::{How, MOMENT, NUMBER, OF_A_FIRM, Table, WORD};

/// The other tables, each column with what becomes of it.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "what is done with these stands in the file of letters")
)]
pub(super) const OTHERS: &[Table] = &[
    Table { name: "workspace", key: "id", columns: &[("id", NUMBER), ("name", WORD)] },
    Table {
        name: "sync_mail",
        key: "uid",
        columns: &[
            ("folder_id", NUMBER),
            ("uid", NUMBER),
            ("hash", How::Nobody("a digest of a whole letter, by which it is known again")),
            ("flags", How::Nobody("marks of a server")),
            ("gone_at", MOMENT),
        ],
    },
    Table {
        name: "original",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("hash", How::Nobody("a digest of a whole letter, by which it is known again")),
            ("bytes", NUMBER),
            ("source", How::WithLetters),
            ("content", How::WithLetters),
        ],
    },
    Table {
        name: "address",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("email", How::WithLetters),
            ("domain", How::WithLetters),
            ("name", How::WithLetters),
        ],
    },
    Table {
        name: "message",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("message_id", How::WithLetters),
            ("thread_id", NUMBER),
            ("sent_at", MOMENT),
            ("offset_seconds", NUMBER),
            ("from_id", How::WithLetters),
            ("from_name", How::WithLetters),
            ("subject", How::WithLetters),
            ("nature", WORD),
            ("details", How::WithLetters),
            ("new_text", How::WithLetters),
        ],
    },
    Table {
        name: "recipient",
        key: "message_id",
        columns: &[
            ("message_id", NUMBER),
            ("address_id", How::WithLetters),
            ("field", NUMBER),
            ("name", How::WithLetters),
        ],
    },
    Table {
        name: "thread_node",
        key: "hash",
        columns: &[("hash", How::Nobody("eight bytes of a digest")), ("thread_id", NUMBER)],
    },
    Table {
        name: "fact",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("message_id", NUMBER),
            ("kind", WORD),
            ("email", How::WithLetters),
            ("details", How::WithLetters),
            ("quote", How::WithLetters),
        ],
    },
    Table {
        name: "reading",
        key: "first_id",
        columns: &[("first_id", NUMBER), ("last_id", NUMBER), ("reader", WORD)],
    },
    Table {
        name: "same_account",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("key_a", OF_A_FIRM),
            ("key_b", OF_A_FIRM),
            ("same", NUMBER),
            ("decided_at", MOMENT),
        ],
    },
    // The search index is emptied and made anew of the letters that stay.
    Table {
        name: "message_words",
        key: "rowid",
        columns: &[
            ("subject", How::WithLetters),
            ("people", How::WithLetters),
            ("body", How::WithLetters),
        ],
    },
    Table {
        name: "attempt",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("bucket", How::Nobody("a hash, for a quarter of an hour")),
            ("failures", NUMBER),
            ("since", MOMENT),
        ],
    },
    Table {
        name: "audit",
        key: "id",
        columns: &[
            ("id", NUMBER),
            ("told_at", MOMENT),
            (
                "content",
                How::Nobody("who of those who work here came in, which has to be shown later"),
            ),
            ("hash", How::Nobody("of what stands beside it")),
        ],
    },
];
