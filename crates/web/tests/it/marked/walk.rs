//! From page to page and from form to form, as somebody who follows every link and fills every field.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use scraper::Html;
use url::form_urlencoded::byte_serialize;

use super::form::{DAY, Field, Form, Takes, forms, links, pattern};
use super::look::Answer;
use super::payload::Payloads;
use crate::network::header;
use crate::site::{OTHERS, Site, exchange};

/// What never ends, or is a script and no page.
const NO_PAGES: [&str; 4] = ["/news", "/sign-out", "/deeds/", ".js"];
/// What ends something that others need; it is sent last.
const ENDS: [&str; 13] = [
    "erase",
    "end",
    "remove",
    "forget",
    "disconnect",
    "sign-out",
    "leave",
    "drop",
    "undo",
    "strike",
    "password",
    "second-step",
    "passkey",
];
/// So many of one kind of form are filled.
const FORMS_OF_A_SHAPE: usize = 2;

/// Places that no reading of a form may miss, each with what would be wrong. Of all others some are refused by what
/// they take (days, numbers, addresses, passwords), or kept and shown nowhere (comments and scripts of a letter, cells
/// of a table that nothing reads).
const MUST_BE_SHOWN: &[(&str, &str)] = &[
    ("brought: a subject", "mail did not come in"),
    ("brought: a name in From", "mail did not come in"),
    ("brought: the words of a letter", "mail did not come in"),
    ("brought: the words of a letter as HTML", "mail did not come in"),
    ("brought: the name of a file", "mail as it was written was not looked at"),
    ("brought: the title of a meeting", "the calendar did not come in"),
    ("brought: who is asked to a meeting", "the calendar did not come in"),
    ("brought: the name on a card", "cards did not come in"),
    ("brought: the note on a card", "cards did not come in"),
    ("brought: a deal", "the file of deals did not come in"),
    ("brought: a person of a deal", "the file of deals did not come in"),
    ("brought: a deal in a table", "the table did not come in"),
    ("brought: a last name in a table", "the table did not come in"),
    ("brought: what an assistant calls itself", "the proposal did not wait"),
    ("brought: what a browser calls itself", "the list of browsers was not looked at"),
    #[cfg(feature = "oidc")]
    ("brought: what a sign-in service is called", "the page of signing in was not looked at"),
    #[cfg(feature = "api")]
    ("brought: a note of a program", "programs brought nothing in"),
    #[cfg(feature = "api")]
    ("brought: where a program is told", "programs brought nothing in"),
    ("/deals/*/note? text", "a note was not taken"),
    ("/deals/*/plan? what", "a plan was not taken"),
    ("/people/*/note? text", "a note was not taken"),
    ("/leads/new? person", "a lead was not taken"),
    ("/team? name", "nobody was named"),
    ("/credentials/tokens? name", "no token was made"),
    ("/search? q", "nothing was searched for"),
];

/// So many choices of a form are tried, each with its fields.
const CHOICES_MAX: usize = 9;
/// So many ways there are to fill what is not marked.
const DRESSES: usize = 3;

/// How what is not marked is filled.
#[derive(Debug, Clone, Copy)]
struct Wear {
    dress: usize,
    choice: usize,
}

/// Somebody who goes through everything.
pub(super) struct Walk<'s> {
    site: &'s Site,
    cookie: String,
    pub(super) payloads: Payloads,
    pub(super) faults: Vec<String>,
    found: Vec<(String, Form)>,
    shapes: BTreeMap<String, usize>,
    pages: BTreeSet<String>,
    answers: usize,
    taken: usize,
    fields: BTreeSet<String>,
}

impl<'s> Walk<'s> {
    pub(super) fn new(site: &'s Site, payloads: Payloads) -> Self {
        Self {
            site,
            cookie: String::new(),
            payloads,
            faults: Vec::new(),
            found: Vec::new(),
            shapes: BTreeMap::new(),
            pages: BTreeSet::new(),
            answers: 0,
            taken: 0,
            fields: BTreeSet::new(),
        }
    }

    /// Goes on as whoever shows that.
    pub(super) fn shows(&mut self, cookie: &str) {
        cookie.clone_into(&mut self.cookie);
        self.pages.clear();
    }

    /// Fails if it came less far than it usually does: over nothing, nothing is found.
    pub(super) fn reached_enough(&self) {
        let (brought, seen) = self.payloads.counts();
        let reached = [
            ("answers", self.answers, 2_500),
            ("kinds of forms", self.shapes.len(), 120),
            ("forms that were taken", self.taken, 600),
            ("fields", self.fields.len(), 120),
            ("places", brought, 180),
            ("places whose text was shown", seen, 120),
        ];
        for (what, count, least) in reached {
            println!("{count} {what}");
            assert!(count >= least, "only {count} {what}: {least} at least");
        }
        let unseen: Vec<&str> = self.payloads.unseen().collect();
        for (place, why) in MUST_BE_SHOWN {
            assert!(!unseen.contains(place), "{place} was shown nowhere: {why}");
        }
    }

    /// Signs in with a browser that calls itself a marked text.
    pub(super) async fn sign_in_as_marked(&mut self, email: &str, password: &str) {
        let name = self.payloads.for_place("brought: what a browser calls itself");
        let form = format!("email={email}&password={password}").replace(' ', "+");
        let head = format!(
            "Origin: https://{OTHERS}\r\nUser-Agent: {name}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        );
        let answer = self.send("POST", "/sign-in", &head, &form).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    /// Looks at every page that leads from page to page, so many of a kind, and at the forms there.
    pub(super) async fn pages(&mut self, of_a_kind: usize) {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        let begins =
            ["/", "/sign-in", "/sign-in/code", "/settings", "/audit", "/team", "/credentials"];
        let mut waiting: VecDeque<String> = begins.map(str::to_owned).into();
        let search = byte_serialize(b"qx \"><img src=x onerror=a>").collect::<String>();
        for asks in
            ["/search?q", "/search/suggest?q", "/people?q", "/deals?q", "/accounts?q", "/leads?q"]
        {
            waiting.push_back(format!("{asks}={search}"));
        }
        while let Some(address) = waiting.pop_front() {
            if NO_PAGES.iter().any(|word| address.contains(word))
                || !self.pages.insert(address.clone())
            {
                continue;
            }
            let seen = kinds.entry(pattern(&address)).or_default();
            *seen += 1;
            if *seen > of_a_kind {
                continue;
            }
            let answer = self.send("GET", &address, "", "").await;
            waiting.extend(self.take_in(&address, &answer));
        }
    }

    /// Keeps the forms of a page, and says where it leads.
    fn take_in(&mut self, address: &str, answer: &Answer) -> Vec<String> {
        let mut leads: Vec<String> =
            answer.header("location").map(str::to_owned).into_iter().collect();
        if answer.is_markup() {
            let page = Html::parse_document(&answer.body);
            leads.extend(links(&page));
            for form in forms(&page, address) {
                let count = self.shapes.entry(form.shape()).or_default();
                *count += 1;
                if *count <= FORMS_OF_A_SHAPE {
                    self.found.push((address.to_owned(), form));
                }
            }
        }
        leads.retain(|there| there.starts_with('/'));
        leads
    }

    /// Looks at what programs are told, which no browser takes for a page.
    pub(super) async fn programs(&mut self) {
        for place in [
            "deals",
            "people",
            "accounts",
            "leads",
            "issues",
            "deeds",
            "do-not-contact",
            "webhooks",
            "review",
        ] {
            let answer = self.send("GET", &format!("/api/v1/{place}"), "", "").await;
            assert!(!answer.is_markup() || cfg!(not(feature = "api")), "{place}: {}", answer.head);
        }
    }

    /// Fills and sends every form that was found, and those that come to light by it.
    pub(super) async fn forms(&mut self) {
        let mut last = Vec::new();
        while let Some((at, form)) = (!self.found.is_empty()).then(|| self.found.remove(0)) {
            if form.posts && ENDS.iter().any(|word| form.action.contains(word)) {
                last.push((at, form));
                continue;
            }
            self.fill(&at, &form).await;
        }
        for (at, form) in last {
            self.fill(&at, &form).await;
        }
    }

    /// All fields at once; then, for each choice, filled so that it is taken: each field alone, and all that were taken.
    async fn fill(&mut self, at: &str, form: &Form) {
        let texts: Vec<String> = form.texts().map(|field| field.name.clone()).collect();
        let all: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
        let mut untaken = all.clone();
        let mut wear = Wear { dress: 0, choice: 0 };
        self.one_try(at, form, wear, &all).await;
        for choice in 0..form.choices().min(CHOICES_MAX) {
            wear.choice = choice;
            let mut is_taken = false;
            for dress in 0..DRESSES {
                wear.dress = (wear.dress + usize::from(dress > 0)) % DRESSES;
                is_taken = self.one_try(at, form, wear, &BTreeSet::new()).await;
                if is_taken {
                    break;
                }
            }
            if !is_taken {
                continue;
            }
            let mut taken = BTreeSet::new();
            for name in &all {
                let is_new = untaken.contains(name);
                if is_new && self.one_try(at, form, wear, &BTreeSet::from([*name])).await {
                    taken.insert(*name);
                }
            }
            untaken.retain(|name| !taken.contains(name));
            if taken.len() > 1 {
                self.one_try(at, form, wear, &taken).await;
            }
        }
    }

    /// Sends a form with these fields marked and the others as a browser would; whether it was taken.
    async fn one_try(
        &mut self,
        at: &str,
        form: &Form,
        wear: Wear,
        marked: &BTreeSet<&str>,
    ) -> bool {
        let mut pairs = Vec::new();
        for field in &form.fields {
            if let Some(value) = self.value(form, field, wear, marked) {
                pairs.push((field.name.clone(), value, field.takes == Takes::File));
            }
        }
        pairs.extend(form.button.clone().map(|(name, value)| (name, value, false)));
        let (head, body) = if form.in_parts { in_parts(&pairs) } else { in_one(&pairs) };
        let answer = if form.posts {
            let head = format!("Origin: https://{OTHERS}\r\n{head}");
            self.send("POST", &form.action, &head, &body).await
        } else {
            let path = form.action.split('?').next().unwrap_or("/").to_owned();
            self.send("GET", &format!("{path}?{body}"), "", "").await
        };
        let is_taken = matches!(answer.status, 200..=303);
        self.taken += usize::from(is_taken);
        for there in self.take_in(at, &answer) {
            if answer.header("location").is_some()
                && !NO_PAGES.iter().any(|word| there.contains(word))
            {
                let page = self.send("GET", &there, "", "").await;
                self.take_in(&there, &page);
            }
        }
        is_taken
    }

    fn value(
        &mut self,
        form: &Form,
        field: &Field,
        Wear { dress, choice }: Wear,
        marked: &BTreeSet<&str>,
    ) -> Option<String> {
        let place = format!("{} {}", pattern(&form.action), field.name);
        match &field.takes {
            Takes::AsItIs => Some(field.value.clone()),
            Takes::OneOf(all) if field.name == "ask" => all.first().cloned(),
            Takes::OneOf(all) => all.get(choice.min(all.len().saturating_sub(1))).cloned(),
            Takes::Tick => {
                let value = if field.value.is_empty() { "on" } else { &field.value };
                // All, none, or one of them alone.
                let ticks = form.fields.iter().filter(|other| other.takes == Takes::Tick);
                let at = ticks.clone().position(|other| std::ptr::eq(other, field)).unwrap_or(0);
                let is_ticked = choice == 0 || choice.checked_sub(2) == Some(at);
                is_ticked.then(|| value.to_owned())
            }
            Takes::File => {
                Some(format!("Name,Email\n{},file@acme.example\n", self.payloads.for_place(&place)))
            }
            Takes::Text | Takes::Like(_) if marked.contains(field.name.as_str()) => {
                self.fields.insert(place.clone());
                let is_address = field.takes == Takes::Like("https://firm.example/page");
                Some(if is_address && choice % 2 == 0 {
                    self.payloads.for_address(&place)
                } else {
                    self.payloads.for_place(&place)
                })
            }
            Takes::Text | Takes::Like(_) if !field.value.is_empty() => Some(field.value.clone()),
            Takes::Text => Some(if dress == 2 { String::new() } else { "Plain words".to_owned() }),
            // What has been is told of an earlier day than what is planned.
            Takes::Like(DAY) if dress == 1 => Some("2026-01-05".to_owned()),
            Takes::Like(usual) => Some((*usual).to_owned()),
        }
    }

    async fn send(&mut self, way: &str, path: &str, head: &str, body: &str) -> Answer {
        let cookie = if self.cookie.is_empty() {
            String::new()
        } else {
            format!("Cookie: {}\r\n", self.cookie)
        };
        let request = format!(
            "{way} {path} HTTP/1.1\r\nConnection: close\r\nHost: {OTHERS}\r\n{cookie}{head}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let whole =
            String::from_utf8_lossy(&exchange(&self.site.address, &request).await).into_owned();
        if let Some(new) = header(&whole, "set-cookie").filter(|_| !self.cookie.is_empty()) {
            new.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
        let answer = Answer::of(&whole);
        self.answers += 1;
        self.payloads.look(&whole);
        assert!(answer.status != 500, "{way} {path}: {whole}");
        for fault in answer.faults() {
            self.faults.push(format!("{way} {path} {}: {fault}", answer.status));
        }
        answer
    }
}

fn in_one(pairs: &[(String, String, bool)]) -> (String, String) {
    let pair = |(name, value, _): &(String, String, bool)| {
        let written = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        format!("{}={}", written(name), written(value))
    };
    let body = pairs.iter().map(pair).collect::<Vec<_>>().join("&");
    ("Content-Type: application/x-www-form-urlencoded\r\n".to_owned(), body)
}

fn in_parts(pairs: &[(String, String, bool)]) -> (String, String) {
    const END: &str = "--cut-here";
    let part = |(name, value, is_file): &(String, String, bool)| {
        // Browsers write a quote in the name of a file so.
        let file = super::payload::MARKUP.replace('"', "%22");
        let file = if *is_file { format!("; filename=\"{file}.csv\"") } else { String::new() };
        format!("{END}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    };
    let body = pairs.iter().map(part).collect::<String>() + END + "--\r\n";
    ("Content-Type: multipart/form-data; boundary=cut-here\r\n".to_owned(), body)
}
