//! An answer as a browser reads it, and what in it was not ours.

use scraper::{ElementRef, Html};

/// An answer to a request.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn of(whole: &str) -> Self {
        let (head, body) = whole.split_once("\r\n\r\n").unwrap_or((whole, ""));
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn kind(&self) -> &str {
        self.header("content-type").unwrap_or("").split(';').next().unwrap_or("").trim()
    }

    /// Whether a browser makes elements of it.
    pub(super) fn is_markup(&self) -> bool {
        matches!(self.kind(), "text/html" | "image/svg+xml" | "application/xhtml+xml" | "text/xml")
    }

    /// What is wrong with it, in sentences.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut found = self.head_faults();
        if self.is_markup() {
            // Escaped, it begins with no such sign; this holds in comments, titles and scripts too.
            for raw in ["<img src=x", "'<script>", "\"><img"] {
                if let Some((before, _)) = self.body.split_once(raw) {
                    let from = before.chars().count().saturating_sub(60);
                    let near: String = before.chars().skip(from).collect();
                    found.push(format!("{raw} stands there as it came: …{near}"));
                }
            }
            let page = Html::parse_document(&self.body);
            let elements = page.root_element().descendants().filter_map(ElementRef::wrap);
            found.extend(elements.flat_map(|element| element_faults(&element)));
        }
        found
    }

    fn head_faults(&self) -> Vec<String> {
        let mut found = Vec::new();
        let policy = self.header("content-security-policy").unwrap_or("");
        if !policy.starts_with("default-src 'none'") || policy.contains("script-src 'unsafe") {
            found.push(format!("no policy: '{policy}'"));
        }
        if self.header("x-content-type-options") != Some("nosniff") {
            found.push("a browser may guess what it is".to_owned());
        }
        if !self.body.is_empty() && self.kind().is_empty() {
            found.push("it does not say what it is".to_owned());
        }
        // A line that came from outside would begin a header of its own.
        if self.head.lines().any(|line| line.starts_with(['<', '"', '>'])) {
            found.push(format!("a header is not ours: {}", self.head));
        }
        found
    }
}

/// What an element has that none of ours has.
fn element_faults(element: &ElementRef<'_>) -> Vec<String> {
    let (name, mut found) = (element.value().name(), Vec::new());
    let attribute = |name| element.value().attr(name).unwrap_or("");
    let is_ours = match name {
        "script" => {
            let src = attribute("src");
            src.starts_with('/')
                && src.rsplit_once('.').is_some_and(|(_, kind)| kind == "js")
                && element.text().all(str::is_empty)
        }
        "img" => !matches!(attribute("src"), "" | "x"),
        "iframe" => attribute("src").starts_with("/messages/") && !attribute("sandbox").is_empty(),
        "object" | "embed" | "applet" | "base" | "foreignObject" | "animate" | "set" => false,
        "meta" => attribute("http-equiv").is_empty() || attribute("http-equiv") == "refresh",
        _ => true,
    };
    if !is_ours {
        found.push(format!("an element is not ours: {}", short(&element.html())));
    }
    for (name, value) in element.value().attrs() {
        let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b));
        if !is_plain || name.starts_with("on") || name == "srcdoc" {
            found.push(format!("an attribute is not ours: {name} of {}", short(&element.html())));
        }
        let leads = ["href", "src", "action", "formaction", "xlink:href", "data", "poster"];
        let bare: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let bare = bare.to_ascii_lowercase();
        let is_code = ["javascript:", "vbscript:", "data:"].iter().any(|way| bare.starts_with(way));
        // The bookmark of one's own is code, and holds nothing but where this server is.
        let is_bookmark = bare.starts_with("javascript:") && !bare.contains("alert(1)//qx");
        if leads.contains(&name) && is_code && !is_bookmark {
            found.push(format!("an address is code: {}", short(&element.html())));
        }
    }
    found
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

#[test]
fn what_is_not_escaped_is_seen() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nx-content-type-options: nosniff\r\n\
                content-security-policy: default-src 'none'; script-src 'self'\r\n\r\n";
    let bare = head.replace("default-src 'none'", "default-src *");
    for (page, expected) in [
        ("<p>&quot;&gt;&lt;img src=x onerror=a&gt;'&lt;script&gt;", true),
        ("<script type=\"module\" src=\"/app.js\"></script>", true),
        ("<p>qx1z\"><img src=x onerror=a>'<script>", false),
        ("<title>qx1z\"><img src=x onerror=a>'<script></title>", false),
        // Only the quote was let through.
        ("<input value=\"qx1z\"&gt;&lt;img src=x onerror=a&gt;\">", false),
        ("<a href=\"javascript:alert(1)//qx1z\">", false),
        ("<a href=\"https://firm.example/javascript:\">", true),
        ("<script>let a = 1;</script>", false),
        ("<iframe src=\"/messages/1\"></iframe>", false),
    ] {
        let answer = Answer::of(&format!("{head}{page}"));
        assert_eq!(answer.faults().is_empty(), expected, "{page}: {:?}", answer.faults());
    }
    assert!(!Answer::of(&format!("{bare}<p>")).faults().is_empty());
}
