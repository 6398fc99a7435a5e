//! The forms of a page, and what they are filled with.

use scraper::{ElementRef, Html, Selector};

/// The day of which a field is filled that takes one.
pub(super) const DAY: &str = "2026-02-03";

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any text.
    Text,
    /// A text, of which a browser would only take such a one.
    Like(&'static str),
    /// What already stands there.
    AsItIs,
    /// One of these.
    OneOf(Vec<String>),
    /// Its value, if it is ticked.
    Tick,
    /// A file.
    File,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) takes: Takes,
}

/// A form of a page, to be sent by one of its buttons.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) posts: bool,
    pub(super) in_parts: bool,
    pub(super) action: String,
    pub(super) fields: Vec<Field>,
    pub(super) button: Option<(String, String)>,
}

impl Form {
    /// The same for all forms that are alike.
    pub(super) fn shape(&self) -> String {
        let mut names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let way = if self.posts { "POST" } else { "GET" };
        let is_word = |value: &str| value.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let button = self
            .button
            .as_ref()
            .map(|(name, value)| (name, if is_word(value) { value.as_str() } else { "*" }));
        format!("{way} {} {} {button:?}", pattern(&self.action), names.join(","))
    }

    /// How many choices there are between which its fields may differ.
    pub(super) fn choices(&self) -> usize {
        let of_fields = self.fields.iter().map(|field| match &field.takes {
            Takes::OneOf(all) if field.name != "ask" => all.len(),
            _ => 1,
        });
        let ticks = self.fields.iter().filter(|field| field.takes == Takes::Tick).count();
        of_fields.max().unwrap_or(1).max(if ticks > 0 { ticks + 2 } else { 1 })
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.takes, Takes::Text | Takes::Like(_)))
    }
}

/// An address without what differs between things of one kind.
pub(super) fn pattern(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_of_one = |part: &str| {
        part.len() > 24 || part.contains(|c: char| c.is_ascii_digit() || "@%._".contains(c))
    };
    let parts = path.split('/').map(|part| if is_of_one(part) { "*" } else { part });
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or(""));
    format!("{}?{}", parts.collect::<Vec<_>>().join("/"), names.collect::<Vec<_>>().join("&"))
}

/// Where pages of ours lead from here.
pub(super) fn links(page: &Html) -> Vec<String> {
    let every = Selector::parse("[href], iframe[src]").unwrap();
    let found = page.select(&every).filter_map(|element| {
        let there = element.value().attr("href").or_else(|| element.value().attr("src"))?;
        let there = there.split('#').next()?;
        (there.starts_with('/') && !there.starts_with("//")).then(|| there.to_owned())
    });
    found.collect()
}

/// The forms of a page, one for each button with a name.
pub(super) fn forms(page: &Html, at: &str) -> Vec<Form> {
    let every = Selector::parse("form").unwrap();
    page.select(&every).flat_map(|form| of_element(page, &form, at)).collect()
}

fn of_element(page: &Html, form: &ElementRef<'_>, at: &str) -> Vec<Form> {
    let attribute = |name| form.value().attr(name);
    let path = at.split('?').next().unwrap_or(at);
    let action = match attribute("action") {
        None | Some("") => at.to_owned(),
        Some(query) if query.starts_with('?') => format!("{path}{query}"),
        Some(action) => action.to_owned(),
    };
    let inside = Selector::parse("input, textarea, select, button").unwrap();
    let mut elements: Vec<ElementRef<'_>> = form.select(&inside).collect();
    if let Some(id) = attribute("id") {
        let apart = Selector::parse("[form]").unwrap();
        elements.extend(page.select(&apart).filter(|it| it.value().attr("form") == Some(id)));
    }
    let mut fields: Vec<Field> = Vec::new();
    let mut buttons = Vec::new();
    for element in elements {
        let value = element.value().attr("value").unwrap_or("").to_owned();
        let Some(name) = element.value().attr("name").map(str::to_owned) else { continue };
        let kind = element.value().attr("type").unwrap_or("text");
        let takes = match (element.value().name(), kind) {
            ("button", _) | (_, "submit") => {
                let there = element.value().attr("formaction").map(str::to_owned);
                buttons.push((name, value, there));
                continue;
            }
            ("textarea", _) => {
                let value = element.text().collect();
                fields.push(Field { name, value, takes: Takes::Text });
                continue;
            }
            ("select", _) => Takes::OneOf(options(&element)),
            (_, "radio") => {
                let known = fields.iter_mut().find(|field| field.name == name);
                if let Some(Field { takes: Takes::OneOf(others), .. }) = known {
                    others.push(value);
                    continue;
                }
                Takes::OneOf(vec![value.clone()])
            }
            (_, "hidden") => Takes::AsItIs,
            (_, "checkbox") => Takes::Tick,
            (_, "file") => Takes::File,
            (_, kind) => {
                let is_number = element.value().attr("inputmode").is_some_and(|it| it != "email");
                if is_number { Takes::Like("5") } else { like(kind, &name) }
            }
        };
        fields.push(Field { name, value, takes });
    }
    let form = Form {
        posts: attribute("method").is_some_and(|way| way.eq_ignore_ascii_case("post")),
        in_parts: attribute("enctype").is_some_and(|kind| kind.contains("multipart")),
        action,
        fields,
        button: None,
    };
    if buttons.is_empty() {
        return vec![form];
    }
    let by = |(name, value, there): (String, String, Option<String>)| Form {
        button: Some((name, value)),
        action: there.unwrap_or_else(|| form.action.clone()),
        ..form.clone()
    };
    buttons.into_iter().map(by).collect()
}

fn options(select: &ElementRef<'_>) -> Vec<String> {
    let every = Selector::parse("option").unwrap();
    let value = |option: ElementRef<'_>| match option.value().attr("value") {
        Some(value) => value.to_owned(),
        None => option.text().collect(),
    };
    select.select(&every).map(value).collect()
}

/// What a field takes by its kind and its name.
fn like(kind: &str, name: &str) -> Takes {
    let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match kind {
        "date" => Takes::Like(DAY),
        "datetime-local" => Takes::Like("2026-02-03T10:00"),
        "time" => Takes::Like("10:00"),
        "month" => Takes::Like("2026-02"),
        "number" | "range" => Takes::Like("5"),
        "email" => Takes::Like("jana@lindner.example"),
        "url" => Takes::Like("https://firm.example/page"),
        "password" => Takes::Like("plain words nobody expects"),
        _ if named(&["email", "address", "who", "with", "more"]) || name == "by" => {
            Takes::Like("jana@lindner.example")
        }
        _ if named(&["url"]) => Takes::Like("https://firm.example/page"),
        _ if named(&["host"]) => Takes::Like("127.0.0.1"),
        _ if named(&["port"]) => Takes::Like("9"),
        _ if named(&["day", "date", "until", "since", "from", "applies"]) => Takes::Like(DAY),
        _ if named(&["least", "most", "days", "hours", "percent", "codes", "number"]) => {
            Takes::Like("5")
        }
        _ => Takes::Text,
    }
}
