//! A workspace on a server: what only many programs at once can get wrong. Runs where the environment names one.

use std::collections::BTreeSet;

use inroad_model::{Moment, Subject};
use inroad_store::{Concerning, Error, Store};
use sqlx::{Connection as _, PgConnection, Row as _};
use tempfile::TempDir;

use crate::samples::{no_words, packed, touch, words};

fn named(variable: &str) -> Option<String> {
    let url = std::env::var(variable).ok();
    if url.is_none() {
        println!("SKIPPED: {variable} names no server");
    }
    url
}

fn server() -> Option<String> {
    named("INROAD_POSTGRES")
}

/// A workspace of its own for the test.
async fn workspace(url: &str, name: &str, folder: &TempDir) -> Store {
    let name = format!("{name} of {}", std::process::id());
    Store::connect(url, &name, &folder.path().join("team.toml")).await.unwrap()
}

fn day(day: u8) -> Moment {
    format!("2026-03-{day:02}T09:00:00Z").parse().unwrap()
}

fn everything() -> Concerning {
    let domain = "lindner.example".to_owned();
    Concerning { domains: [domain].into(), ..Concerning::default() }
}

#[tokio::test]
async fn a_server_is_ready_with_its_own_schema() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&url, "ready", &folder).await;
    assert!(store.has_own_schema().await.unwrap());
    store.clone().close().await.unwrap();
    assert!(store.has_own_schema().await.is_err());
}

#[tokio::test]
async fn a_file_goes_to_a_server_and_comes_back_the_same() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = Store::open(&folder.path().join("data.db")).await.unwrap();
    let letters = (2..=6).map(|day| {
        let mut touch = touch(&format!("m{day}@lindner.example"), day, &[]);
        touch.message.subject.push('\0');
        packed(touch)
    });
    file.add_messages(letters.collect()).await.unwrap();
    file.set_setting("seller", &"somebody").await.unwrap();
    let about = Subject::Person("jana@lindner.example".parse().unwrap());
    let entry = serde_json::from_value(serde_json::json!({"kind": "tag", "tag": "new"})).unwrap();
    file.add_entry(&about, &entry, day(7)).await.unwrap();

    let server = workspace(&url, "copy", &folder).await;
    let mut told = Vec::new();
    let copied = file.copy_to(&server, no_words(), &mut |table| told.push(table)).await.unwrap();
    assert_eq!(copied.len() + 1, told.len());
    let rows = |table: &str| copied.iter().find(|one| one.table == table).unwrap().rows;
    assert_eq!((rows("message"), rows("entry"), rows("setting")), (5, 1, 1));
    assert_eq!(server.messages(&everything()).await.unwrap().len(), 5);
    assert_eq!(server.rows_with(&[words("angebot")], &[]).await.unwrap().len(), 5);

    let full = file.copy_to(&server, no_words(), &mut |_| {}).await.unwrap_err();
    assert!(matches!(full, Error::NotEmpty { .. }), "{full}");
    // What comes in next is numbered behind what was copied.
    server.add_messages(vec![packed(touch("m9@lindner.example", 9, &[]))]).await.unwrap();
    server.add_entry(&about, &entry, day(9)).await.unwrap();
    assert_eq!(server.entries().await.unwrap().len(), 2);

    let back = Store::open(&folder.path().join("back.db")).await.unwrap();
    let third = Store::open(&folder.path().join("third.db")).await.unwrap();
    server.copy_to(&back, no_words(), &mut |_| {}).await.unwrap();
    back.copy_to(&third, no_words(), &mut |_| {}).await.unwrap();
    assert_eq!(back.digest().await.unwrap(), third.digest().await.unwrap());
    assert!(back.health().await.unwrap().faults.is_empty());
    let backup = folder.path().join("backup.db");
    server.backup(&backup, no_words()).await.unwrap();
    let backup = Store::open(&backup).await.unwrap();
    assert_eq!(backup.digest().await.unwrap(), back.digest().await.unwrap());
}

#[tokio::test]
async fn nobody_sees_the_rows_of_another_workspace() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (north, south) =
        (workspace(&url, "north", &folder).await, workspace(&url, "south", &folder).await);
    // Rows are numbered alike on both sides.
    north.add_messages(vec![packed(touch("n@lindner.example", 2, &[]))]).await.unwrap();
    let mut other = touch("s@lindner.example", 3, &[]);
    other.message.subject = "Something else".to_owned();
    other.message.text = "Something else".to_owned();
    south.add_messages(vec![packed(other)]).await.unwrap();
    let ids = async |store: &Store| -> Vec<String> {
        let kept = store.messages(&everything()).await.unwrap();
        kept.iter().map(|kept| kept.touch.message.id.to_string()).collect()
    };
    assert_eq!(ids(&north).await, ["n@lindner.example"]);
    assert_eq!(ids(&south).await, ["s@lindner.example"]);
    assert!(south.rows_with(&[words("angebot")], &[]).await.unwrap().is_empty());
    assert_eq!(
        south.digest().await.unwrap(),
        workspace(&url, "south", &folder).await.digest().await.unwrap()
    );
}

#[tokio::test]
async fn many_programs_write_at_once_and_lose_nothing() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut programs = Vec::new();
    for _ in 0..4 {
        programs.push(workspace(&url, "many", &folder).await);
    }
    let about = Subject::Person("jana@lindner.example".parse().unwrap());
    let watcher = programs[0].clone();
    let before = watcher.file_state().await.unwrap();
    let mut writing = Vec::new();
    for (n, store) in programs.into_iter().enumerate() {
        for m in 0..25 {
            let (store, about) = (store.clone(), about.clone());
            writing.push(tokio::spawn(async move {
                let tag = format!("tag {n} {m}");
                let entry = serde_json::json!({"kind": "tag", "tag": tag});
                let entry = serde_json::from_value(entry).unwrap();
                let number = store.add_entry(&about, &entry, day(2)).await.unwrap();
                let letter = touch(&format!("{n}.{m}@lindner.example"), 2, &[]);
                store.add_messages(vec![packed(letter)]).await.unwrap();
                number.get()
            }));
        }
    }
    let mut numbers = BTreeSet::new();
    for one in writing {
        numbers.insert(one.await.unwrap());
    }
    assert_eq!(numbers, (1..=100).collect(), "each has a number of its own");
    assert_eq!(watcher.message_count().await.unwrap(), 100);
    let after = watcher.file_state().await.unwrap();
    assert_ne!(before, after, "what others wrote is seen");
    assert_eq!(after, watcher.file_state().await.unwrap());
}

#[tokio::test]
async fn what_was_not_committed_when_a_program_ended_is_not_there() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&url, "ended", &folder).await;
    let mut left = PgConnection::connect(&url).await.unwrap();
    let id: i64 = sqlx::query("SELECT id FROM workspace WHERE name = $1")
        .bind(format!("ended of {}", std::process::id()))
        .fetch_one(&mut left)
        .await
        .unwrap()
        .get(0);
    sqlx::raw_sql("BEGIN").execute(&mut left).await.unwrap();
    for sql in [
        "UPDATE workspace SET version = version + 1 WHERE id = $1",
        "INSERT INTO setting (workspace_id, name, value) VALUES ($1, 'half', 'true')",
    ] {
        sqlx::query(sql).bind(id).execute(&mut left).await.unwrap();
    }
    drop(left);
    store.set_setting("whole", &true).await.unwrap();
    assert_eq!(store.setting::<bool>("half").await.unwrap(), None);
    assert_eq!(store.setting::<bool>("whole").await.unwrap(), Some(true));
}

#[tokio::test]
async fn a_pooler_that_mixes_sessions_is_refused_and_one_that_keeps_them_is_not() {
    let folder = tempfile::tempdir().unwrap();
    if let Some(url) = named("INROAD_POOLER_OF_SESSIONS") {
        let store = workspace(&url, "pooled", &folder).await;
        store.add_messages(vec![packed(touch("m@lindner.example", 2, &[]))]).await.unwrap();
        assert_eq!(store.messages(&everything()).await.unwrap().len(), 1);
    }
    if let Some(url) = named("INROAD_POOLER_OF_TRANSACTIONS") {
        let refused = Store::connect(&url, "mixed", &folder.path().join("team.toml")).await;
        assert!(matches!(refused, Err(Error::MixesSessions)), "{refused:?}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["postgres://me:secret@[", "mysql://me:secret@localhost/x", "secret"] {
        let why = Store::connect(url, "none", folder.path()).await.unwrap_err().to_string();
        assert!(!why.contains("secret"), "{why}");
    }
}

/// Columns, keys and indexes of both databases, each as a line.
async fn of_server(connection: &mut PgConnection) -> BTreeSet<String> {
    let columns = sqlx::query(
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), \
           is_nullable = 'YES' FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'",
    );
    let columns = columns.fetch_all(connection).await.unwrap();
    let line = |row: &sqlx::postgres::PgRow| {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let kind = match kind.as_str() {
            "bigint" => "INTEGER",
            "text" => "TEXT",
            "bytea" => "BLOB",
            other => panic!("{table}.{column} is {other}"),
        };
        let or_null = if row.get::<bool, _>(3) { " or NULL" } else { "" };
        format!("{table}.{column} {kind}{or_null}")
    };
    let is_own = |row: &&sqlx::postgres::PgRow| {
        let (table, column): (&str, &str) = (row.get(0), row.get(1));
        table != "message_words" && (table, column) != ("workspace", "version")
    };
    columns.iter().filter(is_own).map(line).collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    drop(workspace(&url, "schema", &folder).await);
    let path = folder.path().join("data.db");
    drop(Store::open(&path).await.unwrap());
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut file = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let rows = sqlx::query(
        "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master t, \
           pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
           AND t.name NOT LIKE 'message_words%' AND t.name NOT LIKE 'sqlite_%'",
    );
    let of_file: BTreeSet<String> = rows
        .fetch_all(&mut file)
        .await
        .unwrap()
        .iter()
        .map(|row| {
            let (table, column, kind): (String, String, String) =
                (row.get(0), row.get(1), row.get(2));
            let or_null = if row.get::<bool, _>(3) { " or NULL" } else { "" };
            format!("{table}.{column} {kind}{or_null}")
        })
        .collect();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let of_server = of_server(&mut connection).await;
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> Vec<String> {
        a.difference(b).cloned().collect()
    };
    assert!(of_file.len() > 150);
    assert_eq!(only(&of_file, &of_server), Vec::<String>::new(), "not on the server");
    assert_eq!(only(&of_server, &of_file), Vec::<String>::new(), "not in the file");
}

#[tokio::test]
async fn every_key_and_every_reference_begins_with_the_workspace() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    drop(workspace(&url, "keys", &folder).await);
    let mut connection = PgConnection::connect(&url).await.unwrap();
    // An engine that spreads rows by workspace refuses keys that do not name it, and references that leave it.
    let keys = sqlx::query(
        "SELECT CAST(t.relname AS TEXT), CAST(i.relname AS TEXT), CAST(COALESCE(a.attname, '') AS TEXT) \
         FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
         JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema() \
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] \
         WHERE (x.indisunique OR i.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')) \
           AND t.relname NOT IN ('workspace', '_sqlx_migrations')",
    );
    let keys = keys.fetch_all(&mut connection).await.unwrap();
    assert!(keys.len() > 80, "{}", keys.len());
    for key in keys {
        let (table, index, first): (String, String, String) = (key.get(0), key.get(1), key.get(2));
        assert_eq!(first, "workspace_id", "{index} of {table}");
    }
    let references = sqlx::query(
        "SELECT CAST(c.conname AS TEXT), CAST(a.attname AS TEXT), CAST(f.relname AS TEXT), \
           CAST(b.attname AS TEXT) FROM pg_constraint c \
         JOIN pg_class f ON f.oid = c.confrelid \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] \
         JOIN pg_namespace n ON n.oid = c.connamespace AND n.nspname = current_schema() \
         WHERE c.contype = 'f'",
    );
    let references = references.fetch_all(&mut connection).await.unwrap();
    assert!(references.len() > 50, "{}", references.len());
    for one in references {
        let (name, from, table, to): (String, String, String, String) =
            (one.get(0), one.get(1), one.get(2), one.get(3));
        let wanted = if table == "workspace" { "id" } else { "workspace_id" };
        assert_eq!((from.as_str(), to.as_str()), ("workspace_id", wanted), "{name}");
    }
}

#[tokio::test]
async fn a_zero_byte_in_json_hides_nothing_else() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    drop(workspace(&url, "zero", &folder).await);
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for (content, path, expected) in [
        (r#"{"to":"b","title":"a\u0000b"}"#, "$.to", Some("b")),
        (r#"{"to":"b","title":"a\u0000b"}"#, "$.title", Some("ab")),
        (r#"{"to":"b","title":"a\\u0000b"}"#, "$.title", Some(r"a\u0000b")),
        (r#"{"to":"b","title":"a\\\u0000b"}"#, "$.title", Some(r"a\b")),
        (r#"{"lead":{"name":"x"}}"#, "$.lead.name", Some("x")),
        (r#"{"to":null}"#, "$.to", None),
    ] {
        let found: Option<String> = sqlx::query_scalar("SELECT json_extract($1, $2)")
            .bind(content)
            .bind(path)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(found.as_deref(), expected, "{content}");
    }
}

#[tokio::test]
async fn readers_go_on_while_a_write_waits_for_another_program() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&url, "waiting", &folder).await;
    store.set_setting("seller", &"somebody").await.unwrap();
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN; UPDATE workspace SET version = 1").execute(&mut other).await.unwrap();
    let writing: Vec<_> = (0..20)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.set_setting(&format!("n{n}"), &n).await })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    for _ in 0..20 {
        assert_eq!(store.setting::<String>("seller").await.unwrap().as_deref(), Some("somebody"));
    }
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    for one in writing {
        one.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_turn_ends_with_its_session() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = workspace(&url, "turn", &folder).await;
    let mut turn = store.take_turn("live.lock").await.unwrap().unwrap();
    assert!(turn.is_held().await);
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN workspace w ON w.id = l.objid \
         WHERE l.locktype = 'advisory' AND w.name LIKE 'turn of %'",
    )
    .execute(&mut other)
    .await
    .unwrap();
    assert!(!turn.is_held().await, "whoever held it learns that it is gone");
    assert!(store.take_turn("live.lock").await.unwrap().is_some());
}

/// By what it believed of a workspace that was empty, it would read all of it for each of its rows.
#[tokio::test]
async fn a_server_learns_how_much_came_in_at_once() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut asked = PgConnection::connect(&url).await.unwrap();
    let mut learnt = async || -> i64 {
        let row = sqlx::query(
            "SELECT analyze_count FROM pg_stat_user_tables WHERE relname = 'message' \
               AND schemaname = current_schema()",
        );
        row.fetch_one(&mut asked).await.unwrap().get(0)
    };
    let file = Store::open(&folder.path().join("data.db")).await.unwrap();
    let letters = (2..=6).map(|day| packed(touch(&format!("m{day}@lindner.example"), day, &[])));
    file.add_messages(letters.collect()).await.unwrap();
    let server = workspace(&url, "learnt", &folder).await;
    let before = learnt().await;
    file.copy_to(&server, no_words(), &mut |_| {}).await.unwrap();
    let copied = learnt().await;
    assert!(copied > before, "{before}, {copied}");
    server.take_statistics().await.unwrap();
    assert!(learnt().await > copied);
}
