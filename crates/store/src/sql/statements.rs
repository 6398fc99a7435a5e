//! Every statement of the store, taken out of its source: each database understands it, and it names the workspace
//! of each table that it looks into.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, SqlSafeStr as _, SqliteConnection};

use crate::Store;
use crate::tables::TABLES;

/// A statement and the file in which it stands.
struct Statement {
    file: String,
    sql: String,
}

/// Words in statements that only `SQLite` is sent.
const OF_FILES: [&str; 8] = [
    "MATCH",
    "sqlite_",
    "fts5vocab",
    "rowid",
    "temp.",
    "VACUUM",
    "message_words, rowid",
    "'delete",
];
/// Words in statements that only `PostgreSQL` is sent.
const OF_SERVERS: [&str; 7] =
    ["@@", "pg_", "information_schema", "TSVECTOR", "version", "message_words", "LOCK TABLE"];

impl Statement {
    fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.sql.contains(word))
    }

    fn is_sent_to_files(&self) -> bool {
        // The list of words is made for one connection, when it is asked for.
        self.file != "server.rs" && !self.has(&OF_SERVERS) && !self.has(&["temp."])
    }

    fn is_sent_to_servers(&self) -> bool {
        !self.has(&OF_FILES)
    }
}

fn statements() -> Vec<Statement> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                // Tests ask in their own words.
                let source = source.split("#[cfg(test)]").next().unwrap();
                let sql = texts(source).into_iter().filter(|text| is_whole(text));
                found.extend(sql.map(|sql| Statement { file: file.clone(), sql }));
            }
        }
    }
    found
}

/// A statement, and no beginning of one that is put together.
fn is_whole(text: &str) -> bool {
    const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
    VERBS.iter().any(|verb| text.starts_with(verb)) && !text.ends_with(' ') && !text.contains('{')
}

/// The texts in quotation marks in a source, as the compiler reads them.
fn texts(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => while chars.next().is_some_and(|c| c != '\n') {},
            '\'' => {
                // A character, or the name of a lifetime.
                if chars.next() == Some('\\') {
                    chars.next();
                }
                if chars.peek() == Some(&'\'') {
                    chars.next();
                }
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => match chars.next() {
                            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                            Some(c) => text.push(c),
                            None => {}
                        },
                        c => text.push(c),
                    }
                }
                texts.push(text);
            }
            _ => {}
        }
    }
    texts
}

async fn file() -> (tempfile::TempDir, SqliteConnection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    Store::open(&path).await.unwrap().close().await.unwrap();
    let options = SqliteConnectOptions::new().filename(path);
    let connection = SqliteConnection::connect_with(&options).await.unwrap();
    (folder, connection)
}

#[test]
fn texts_are_read_as_the_compiler_reads_them() {
    let source = "let a = 'x'; // \"no\"\nf::<'a>(\"a \\\n   b\", '\"', \"c\\\"d\")";
    assert_eq!(texts(source), ["a b", "c\"d"]);
    assert!(statements().len() > 200);
}

#[tokio::test]
async fn a_file_understands_every_statement() {
    let (_folder, mut connection) = file().await;
    for statement in statements().iter().filter(|one| one.is_sent_to_files()) {
        let sql = sqlx::AssertSqlSafe(statement.sql.clone()).into_sql_str();
        if let Err(why) = connection.prepare(sql).await {
            panic!("{}: {why}\n{}", statement.file, statement.sql);
        }
    }
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_server_understands_every_statement() {
    let Ok(url) = std::env::var("INROAD_TEST_DATABASE") else {
        println!("SKIPPED: no server is named");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    drop(Store::connect(&url, "statements", &folder.path().join("data")).await.unwrap());
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let mut all = Vec::new();
    for statement in statements().iter().filter(|one| one.is_sent_to_servers()) {
        let sql = super::dialect::for_postgres(&statement.sql);
        // What a list is made of is known only when it is bound.
        let lists = ["BIGINT[]", "TEXT[]"].map(|kind| {
            let parts: Vec<&str> = sql.split("json_each($").collect();
            parts.join(&format!("json_each(CAST(NULL AS {kind}) || $"))
        });
        let mut refused = Vec::new();
        for sql in lists {
            let prepare = format!("PREPARE one AS {sql}");
            match connection.execute(sqlx::AssertSqlSafe(prepare)).await {
                Ok(_) => {
                    connection.execute("DEALLOCATE one").await.unwrap();
                    refused.clear();
                    break;
                }
                // When it is sent, the kind of every value is told.
                Err(why) if why.to_string().contains("could not determine data type") => {
                    refused.clear();
                    break;
                }
                Err(why) => refused.push(why.to_string()),
            }
        }
        if !refused.is_empty() {
            all.push(format!("{}: {refused:?}\n{sql}", statement.file));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
}

/// Where a table is named: the word before it, and the table.
fn tables_in(sql: &str) -> usize {
    let words: Vec<&str> = sql
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty())
        .collect();
    let is_table =
        |name: &str| name == "message_words" || TABLES.iter().any(|table| table.name == name);
    words
        .windows(2)
        .filter(|w| matches!(w[0], "FROM" | "JOIN" | "UPDATE" | "INTO") && is_table(w[1]))
        .count()
}

#[test]
fn every_statement_names_the_workspace_of_each_table() {
    for Statement { file, sql } in statements().iter().filter(|one| one.is_sent_to_servers()) {
        let named = sql.matches("workspace_id").count();
        assert!(named >= tables_in(sql), "{file}: a table without its workspace\n{sql}");
    }
}
