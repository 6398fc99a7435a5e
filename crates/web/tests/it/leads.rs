//! Leads over HTTP, by the links of those who work here: who gets which page, and who may send which form.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use inroad_model::{Member, MemberRole, Moment, TeamName};
use inroad_service::Actor;

use crate::site::{Site, form_key_in, key};

const PEOPLE: [(&str, MemberRole, Option<&str>); 9] = [
    ("tom", MemberRole::Seller, Some("North")),
    ("nia", MemberRole::Seller, Some("North")),
    ("sam", MemberRole::Seller, Some("South")),
    ("mia", MemberRole::Marketer, Some("Marketing")),
    ("max", MemberRole::Manager, Some("North")),
    ("sue", MemberRole::Manager, Some("South")),
    ("adm", MemberRole::Administrator, None),
    ("pia", MemberRole::Provider, Some("Lead House")),
    ("pol", MemberRole::Provider, Some("Call Centre")),
];
/// In this order the answers stand in each row.
const WHO: [&str; 11] =
    ["nobody", "tom", "nia", "sam", "mia", "max", "sue", "adm", "pia", "pol", "owner"];

struct House {
    site: Site,
    keys: BTreeMap<&'static str, String>,
}

impl House {
    async fn new() -> Self {
        let site = Site::start().await;
        let at: Moment = "2026-01-05T09:00:00Z".parse().unwrap();
        let owner = Actor::owner();
        let mut keys = BTreeMap::from([("owner", key().as_str().to_owned())]);
        for (name, role, team) in PEOPLE {
            let email: inroad_model::EmailAddress =
                format!("{name}@brandt-advice.example").parse().unwrap();
            let team = team.map(|team| TeamName::new(team).unwrap());
            let member = Member::new(email.clone(), name, [role], team).unwrap();
            site.inroad.put_member(&owner, member, at).await.unwrap();
            let made = site.inroad.renew_member_key(&owner, &email, at).await.unwrap();
            keys.insert(name, made.what);
        }
        Self { site, keys }
    }

    fn cookie(&self, who: &str) -> String {
        let port = self.site.address.rsplit(':').next().unwrap();
        let key = self.keys.get(who).map_or("", String::as_str);
        format!("inroad_key_{port}={key}")
    }

    async fn see(&self, who: &str, path: &str) -> String {
        self.site.ask(path, &[("Cookie", &self.cookie(who))]).await
    }

    async fn send(&self, who: &str, path: &str, form: &str) -> String {
        let form = format!("form_key={}&{form}", form_key_in(&self.cookie(who)));
        self.site.send(path, &[("Cookie", &self.cookie(who))], &form).await
    }

    async fn done(&self, who: &str, path: &str, form: &str) -> String {
        let answer = self.send(who, path, form).await;
        assert_eq!(status(&answer), "303", "{who} {path} {form}: {answer}");
        answer
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

/// A definition out of the form, signed by both; Tom's lead, one that waits for the North, one from outside
/// that is Tom's, and one that he gave back.
async fn worked() -> House {
    let house = House::new().await;
    let form = "key-0=&name-0=Need&means-0=They+named+one&need-0=must&told-0=yes_no&accept=8&touch=16&from=09:00\
                &until=17:00&day=mon&day=tue&day=wed&day=thu&day=fri&zone=UTC&country=&closed=&reasons=No+need\
                &territories=.example:+North";
    house.done("mia", "/leads/definition", form).await;
    house.done("mia", "/leads/definition/1/sign", "side=marketing").await;
    house.done("tom", "/leads/definition/1/sign", "side=sales").await;
    let tom = "tom%40brandt-advice.example";
    for (who, name, to) in
        [("mia", "Eva", tom), ("mia", "Ole", "team+North"), ("pia", "Rik", ""), ("mia", "Ina", tom)]
    {
        let form = format!(
            "name={name}&email={name}@firm.example&source=Fair&promised=A+list&answer-need=yes&to={to}"
        );
        house.done(who, "/leads/new", &form).await;
    }
    house.done("max", "/leads/3/act", &format!("do=move&to={tom}")).await;
    house.done("tom", "/leads/4/act", "do=return&reason=No+need&words=None").await;
    house
}

#[tokio::test]
async fn each_sees_and_does_what_is_theirs() {
    let house = worked().await;
    // What is asked of a lead with a word that no step has is refused only to who may see it.
    for (method, path, form, expected) in [
        //                                         nobody tom nia sam mia max sue adm pia pol owner
        ("GET", "/leads", "", "403 200 200 200 200 200 200 403 200 200 200"),
        ("GET", "/leads/new", "", "403 403 403 403 200 403 403 403 200 200 200"),
        ("POST", "/leads/new", "name=x", "403 403 403 403 422 403 403 403 422 422 422"),
        ("GET", "/leads/import", "", "403 403 403 403 200 403 403 403 200 200 200"),
        ("GET", "/leads/definition", "", "403 200 200 200 200 200 200 403 200 200 200"),
        ("POST", "/leads/definition", "accept=x", "403 422 422 422 422 422 422 403 403 403 422"),
        (
            "POST",
            "/leads/definition/change",
            "change=drop&criterion=x",
            "403 422 422 422 422 422 422 403 403 403 422",
        ),
        (
            "POST",
            "/leads/definition/{number}/sign",
            "side=sales",
            "403 409 409 409 409 409 409 403 403 403 409",
        ),
        ("GET", "/leads/providers", "", "403 403 403 403 200 200 200 403 403 403 200"),
        ("GET", "/leads/providers/{firm}", "", "403 403 403 403 200 200 200 403 200 403 200"),
        (
            "POST",
            "/leads/providers/{firm}",
            "day=2026-01-05",
            "403 403 403 403 422 422 422 403 422 403 422",
        ),
        ("GET", "/leads/disagreements", "", "403 200 200 200 200 200 200 403 403 403 200"),
        ("GET", "/leads/{number}", "", "403 200 404 404 200 200 404 403 404 404 200"),
        ("GET", "/leads/2", "", "403 200 200 404 200 200 404 403 404 404 200"),
        ("GET", "/leads/3", "", "403 200 404 404 200 200 404 403 200 404 200"),
        (
            "POST",
            "/leads/{number}/act",
            "do=accept&seen=0",
            "403 409 404 404 403 403 404 403 404 404 409",
        ),
        ("POST", "/leads/2/act", "do=accept&seen=0", "403 409 409 404 403 403 404 403 404 404 409"),
        (
            "POST",
            "/leads/4/act",
            "do=answer&words=So&seen=0",
            "403 403 404 404 409 403 404 403 404 404 409",
        ),
        (
            "POST",
            "/leads/3/act",
            "do=give-up&words=So&seen=0",
            "403 403 404 404 409 403 404 403 409 404 409",
        ),
        (
            "POST",
            "/leads/1/act",
            "do=move&to=team+South&seen=0",
            "403 403 404 404 403 409 404 403 404 404 409",
        ),
        (
            "POST",
            "/leads/1/act",
            "do=treatment&words=",
            "403 422 404 404 422 422 404 403 404 404 422",
        ),
        ("POST", "/leads/{number}/deal", "", "403 403 404 404 403 403 404 403 404 404 409"),
    ] {
        let path = path.replace("{number}", "1").replace("{firm}", "Lead%20House");
        let mut found = Vec::new();
        for who in WHO {
            let answer = match method {
                "GET" => house.see(who, &path).await,
                _ => house.send(who, &path, form).await,
            };
            found.push(status(&answer).to_owned());
        }
        assert_eq!(found.join(" "), expected, "{method} {path} {form}, of {WHO:?}");
    }
}

/// The routes of all families of pages, as their sources name them.
fn routes(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let mut rest = text.as_str();
            while let Some((_, after)) = rest.split_once(".route(") {
                let start = after.trim_start();
                if let Some(quoted) = start.strip_prefix('"') {
                    found.push(quoted.split('"').next().unwrap().to_owned());
                }
                rest = after;
            }
        }
    }
}

#[tokio::test]
async fn no_page_of_the_mailbox_opens_to_anybody_else() {
    const OPEN: [&str; 14] = [
        "/leads",
        "/sellers",
        "/shared",
        "/team",
        "/help",
        "/credentials",
        "/sign-out",
        "/audit",
        "/style.css",
        "/app.js",
        "/palette.js",
        "/icon.svg",
        "/news",
        "/deeds",
    ];
    let house = worked().await;
    let mut all = Vec::new();
    routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    assert!(all.len() > 80, "{} routes were found", all.len());
    assert!(all.iter().any(|route| route == "/leads/{number}/act"));
    let is_open = |route: &str| {
        OPEN.iter().any(|open| {
            route.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let mut closed = 0;
    // The door for what was marked on other pages knows nothing, and is open to anybody; so is whether all is well.
    let is_door =
        |route: &str| matches!(route, "/" | "/clip" | "/healthz" | "/readyz" | "/metrics");
    for route in all.iter().filter(|route| !is_open(route) && !is_door(route)) {
        let path: String = route
            .split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        // The one page that needs no cookie holds a secret of its own.
        let is_feed = path.contains("calendar") || path.contains(".ics");
        closed += 1;
        for who in WHO.into_iter().filter(|who| *who != "owner") {
            let seen = house.see(who, &path).await;
            let expected = if is_feed { ["403", "404"] } else { ["403", "403"] };
            assert!(expected.contains(&status(&seen)), "{who} sees {path}: {}", status(&seen));
            let sent = house.send(who, &path, "").await;
            let refused = if is_feed { ["403", "405"] } else { ["403", "403"] };
            assert!(refused.contains(&status(&sent)), "{who} sends {path}: {}", status(&sent));
        }
    }
    assert!(closed > 60, "{closed} routes were asked");
    // The first page leads everybody to their own.
    let first = house.see("tom", "/").await;
    assert!(first.contains("/leads") && status(&first) == "303", "{first}");
}

#[tokio::test]
async fn what_is_shown_of_a_lead_is_escaped_and_tells_no_word_of_a_letter() {
    let house = worked().await;
    let form = "name=%3Cscript%3Ealert(1)%3C/script%3E&email=jana@lindner.example&source=Form&answer-need=no&to=own";
    house.done("mia", "/leads/new", form).await;
    house.done("owner", "/leads/5/act", "do=accept").await;
    let seen = house.see("mia", "/leads/5").await;
    assert!(!seen.contains("<script>alert"), "{seen}");
    assert!(seen.contains("How it was treated"), "{seen}");
    assert!(!seen.contains("may I call") && !seen.contains("Pricing"), "{seen}");
    let today = house.see("owner", "/").await;
    assert!(today.contains("Leads that wait"), "{today}");
    // The same address again is told before it is kept.
    let again = house.send("pia", "/leads/new", form).await;
    assert!(again.contains("It may be there already") && !again.contains("number 5"), "{again}");
}

#[tokio::test]
async fn a_list_of_one_page_and_of_many() {
    let house = House::new().await;
    let none = house.see("mia", "/leads").await;
    assert!(none.contains("None yet."), "{none}");
    let rows: Vec<String> = (0..250).map(|n| format!("P{n},p{n}@firm{n}.example,Fair\n")).collect();
    let rows = rows.concat();
    let table = format!("Name,Email,Source\n{rows}");
    let part = |name: &str, more: &str, content: &str| {
        format!(
            "--cut\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n"
        )
    };
    let form = part("form_key", "", &form_key_in(&house.cookie("mia")))
        + &part("to", "", "team North")
        + &part("file", "; filename=\"a.csv\"", &table)
        + "--cut--\r\n";
    let request = format!(
        "POST /leads/import HTTP/1.1\r\nConnection: close\r\nHost: {}\r\nCookie: {}\r\nContent-Length: {}\r\n\
         Content-Type: multipart/form-data; boundary=cut\r\n\r\n{form}",
        house.site.address,
        house.cookie("mia"),
        form.len()
    );
    let came = house.site.exchange_bytes(&request).await;
    let came = String::from_utf8_lossy(&came);
    assert_eq!(status(&came), "303", "{came}");
    let last = house.see("mia", "/leads?page=3&words=p").await;
    assert!(last.contains("Page 3 of 3") && last.contains("250 leads"), "{last}");
    assert!(house.see("sam", "/leads").await.contains("None yet."));
}
