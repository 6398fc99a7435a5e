//! The hostile patterns as HTML, for tests of what is made of them and of the page that shows it.

const PATTERNS: &str = include_str!("patterns.txt");

/// A program that marks the page that it runs in, and asks a server.
pub(crate) fn program(server: &str) -> String {
    format!("document.title=1;new(Image)().src=`{server}/js`")
}

/// All patterns, in order, pointing to a server such as `http://127.0.0.1:9`.
pub(crate) fn patterns(server: &str) -> Vec<String> {
    let lines = PATTERNS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| filled_in(line, server)).collect()
}

fn filled_in(line: &str, server: &str) -> String {
    let html = line
        .replace("{JS}", &program(server))
        .replace("{URL}", server)
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\0", "\0");
    match html.strip_prefix("{MANY}") {
        Some(piece) => piece.repeat(300),
        None => html,
    }
}
