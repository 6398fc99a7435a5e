//! The coach in editors: over the pipes of the program, and in a real one.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No editor takes so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// Starts a program with pipes instead of a terminal.
fn start(command: &mut Command) -> Child {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    piped.spawn().unwrap()
}

fn server(data: &Path) -> Child {
    start(Command::new(env!("CARGO_BIN_EXE_inroad")).arg("--data").arg(data).arg("lsp"))
}

fn say(child: &mut Child, text: &str) {
    let to = child.stdin.as_mut().unwrap();
    write!(to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
}

fn hear(from: &mut BufReader<ChildStdout>) -> Value {
    let mut head = String::new();
    from.read_line(&mut head).unwrap();
    let length: usize = head.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    from.read_line(&mut head).unwrap();
    let mut text = vec![0; length];
    from.read_exact(&mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Waits for a program to end, and ends it if it does not.
fn ended(mut child: Child) -> (Option<i32>, String) {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let done = child.wait_with_output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
fn a_conversation_over_pipes_outlives_nonsense() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("none.db");
    let mut child = server(&data);
    let mut from = BufReader::new(child.stdout.take().unwrap());
    say(&mut child, "{ this is no JSON");
    assert_eq!(hear(&mut from)["error"]["code"], -32700);
    say(
        &mut child,
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
    );
    assert_eq!(hear(&mut from)["result"]["serverInfo"]["name"], "inroad");
    let text = "Hi Ann,\n\nI hope this email finds you well. How is it?";
    let opened = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {
        "textDocument": { "uri": "untitled:1", "languageId": "text", "version": 1, "text": text } } });
    say(&mut child, &opened.to_string());
    let told = hear(&mut from);
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    assert!(told.to_string().contains("throat-clearing"), "{told}");
    say(&mut child, r#"{"jsonrpc":"2.0","id":"x","method":"shutdown"}"#);
    assert_eq!(hear(&mut from)["id"], "x");
    say(&mut child, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(ended(child), (Some(0), String::new()));
    assert!(!data.exists(), "a conversation makes no data file");
}

#[test]
fn an_editor_that_is_gone_leaves_no_server_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = server(&folder.path().join("none.db"));
    drop(child.stdin.take());
    assert_eq!(ended(child), (Some(1), String::new()));
}

/// The editor, if it is installed.
fn neovim() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("nvim")).find(|file| file.is_file())
}

#[test]
fn a_draft_is_written_in_neovim() {
    let Some(neovim) = neovim() else {
        println!("SKIPPED: neovim is not installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("inroad.db");
    let run = |arguments: &[&str]| {
        let arguments: Vec<&Path> = arguments.iter().map(Path::new).collect();
        crate::program::inroad(&data, &arguments)
    };
    let made = run(&["me", "tom@ray.example", "--name", "Tom Ray"]);
    assert!(made.success, "{}", made.errors);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lsp/tests/neovim.lua");
    // Nothing of the user's own settings, and no file of them is written.
    let mut command = Command::new(neovim);
    command.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"]);
    command.arg(format!("luafile {}", script.display()));
    for variable in ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]
    {
        command.env(variable, folder.path());
    }
    command.env("INROAD_PROGRAM", env!("CARGO_BIN_EXE_inroad"));
    command.env("INROAD_FOLDER", folder.path()).env("LC_ALL", "C.UTF-8");
    let (code, errors) = ended(start(&mut command));
    assert_eq!(code, Some(0), "{errors}");
    let stats = run(&["coach", "stats"]);
    assert!(stats.out.contains("throat-clearing"), "a saved draft is taken down: {}", stats.out);
}
