//! How one sells, over HTTP: each page and each form, as everybody there is, by the link of each.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, Member, MemberRole, TeamName};
use inroad_service::Actor;

use crate::site::{Site, form_key_in, key};

const TOM: &str = "tom@brandt-advice.example";

/// Words that stand on Tom's pages and nowhere else.
const SAID: &str = "Being at ease with money";

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

/// The keys of everybody's links, by what they are.
async fn links(site: &Site) -> BTreeMap<&'static str, String> {
    use MemberRole::{Administrator, Manager, Marketer, Provider, Seller};
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    let owner = Actor::owner();
    let mut keys = BTreeMap::from([("owner", key().as_str().to_owned())]);
    for (what, address, role, team) in [
        ("self", TOM, Seller, Some("North")),
        ("same team", "ida@brandt-advice.example", Seller, Some("North")),
        ("other team", "per@brandt-advice.example", Seller, Some("South")),
        ("marketer", "mia@brandt-advice.example", Marketer, Some("North")),
        ("manager", "mo@brandt-advice.example", Manager, Some("North")),
        ("other manager", "max@brandt-advice.example", Manager, Some("South")),
        ("manager with leave", "may@brandt-advice.example", Manager, Some("North")),
        ("administrator", "alf@brandt-advice.example", Administrator, None),
        ("provider", "pia@leads.example", Provider, Some("Lead House")),
    ] {
        let team = team.map(|team| TeamName::new(team).unwrap());
        let email: EmailAddress = address.parse().unwrap();
        let member = Member::new(email.clone(), what, [role], team).unwrap();
        site.inroad.put_member(&owner, member, at).await.unwrap();
        let link = site.inroad.renew_member_key(&owner, &email, at).await.unwrap();
        keys.insert(what, link.what);
    }
    keys
}

struct Someone<'s> {
    site: &'s Site,
    cookie: String,
}

impl<'s> Someone<'s> {
    fn new(site: &'s Site, key: &str) -> Self {
        let port = site.address.rsplit(':').next().unwrap();
        Self { site, cookie: format!("inroad_key_{port}={key}") }
    }

    async fn get(&self, path: &str) -> String {
        self.site.ask(path, &[("Cookie", &self.cookie)]).await
    }

    async fn post(&self, path: &str, fields: &str) -> String {
        let form = format!("form_key={}&{fields}", form_key_in(&self.cookie));
        self.site.send(path, &[("Cookie", &self.cookie)], &form).await
    }
}

const INSIDE: [&str; 9] = [
    "owner",
    "self",
    "same team",
    "other team",
    "marketer",
    "manager",
    "other manager",
    "manager with leave",
    "administrator",
];
const SELLS: [&str; 4] = ["owner", "self", "same team", "other team"];

/// Tom answers, practises, asks, and lets one manager look.
async fn fill(tom: &Someone<'_>) {
    for (path, fields) in [
        ("/sellers/me/say", "statement:money.price=1"),
        ("/sellers/goal", "habit=next_step"),
        ("/sellers/me/ask", "with=closing&words=A+final+meeting"),
        ("/sellers/me/leave", "to=may@brandt-advice.example&part=profile"),
        ("/sellers/me/leave", "to=may@brandt-advice.example&part=reluctance"),
        ("/sellers/me/leave", "to=may@brandt-advice.example&part=goals"),
    ] {
        let answer = tom.post(path, fields).await;
        assert_eq!(status(&answer), "303", "{path} {fields}: {answer}");
    }
}

#[tokio::test]
async fn every_page_as_everybody() {
    let site = Site::start().await;
    let keys = links(&site).await;
    fill(&Someone::new(&site, &keys["self"])).await;
    let of_tom = format!("/sellers/{TOM}");
    let of_owner = "/sellers/ada@brandt-advice.example";
    let with_leave = ["self", "manager with leave"];
    for path in ["/sellers", "/sellers/me", "/sellers/goal", &of_tom, of_owner] {
        assert_eq!(status(&site.ask(path, &[]).await), "403", "{path} without a link");
    }
    for (who, key) in &keys {
        let someone = Someone::new(&site, key);
        for (path, may) in [
            ("/sellers", &INSIDE[..]),
            ("/sellers/me", &SELLS),
            ("/sellers/goal", &SELLS),
            (&of_tom, &with_leave),
            (of_owner, &["owner"]),
        ] {
            let answer = someone.get(path).await;
            let expected = if may.contains(who) { "200" } else { "403" };
            assert_eq!(status(&answer), expected, "{path} as {who}");
            // What Tom says of himself stands on no page of anybody without leave.
            let is_his = path == of_tom || *who == "self" && path == "/sellers/me";
            assert_eq!(
                answer.contains("not at all</strong>") && is_his,
                path == of_tom && may.contains(who),
                "{path} as {who}"
            );
            if *who != "self" && path != of_tom {
                assert!(
                    !answer.contains(&of_tom) || *who == "manager with leave",
                    "{path} as {who}"
                );
            }
        }
        let start = someone.get("/sellers").await;
        let manages = ["owner", "manager", "manager with leave"].contains(who);
        assert_eq!(start.contains("A final meeting"), manages, "where help is wanted, as {who}");
        assert!(!start.contains(SAID), "{who}");
        let frame = someone.get("/help").await.contains(r#"href="/sellers""#);
        assert_eq!(frame, INSIDE.contains(who), "the way there, as {who}");
    }
    // Once it is taken back, the manager sees nothing.
    let tom = Someone::new(&site, &keys["self"]);
    let manager = Someone::new(&site, &keys["manager with leave"]);
    let mine = tom.get("/sellers/me").await;
    let leaves = mine.split(r#"id="leave""#).nth(1).unwrap().split("<h2").next().unwrap();
    let numbers: Vec<&str> = leaves
        .split("/sellers/words/")
        .skip(1)
        .map(|rest| rest.split('/').next().unwrap())
        .collect();
    assert_eq!(numbers.len(), 3);
    for number in numbers {
        let answer = tom.post(&format!("/sellers/words/{number}/back"), "").await;
        assert_eq!(status(&answer), "303", "{answer}");
    }
    assert_eq!(status(&manager.get(&of_tom).await), "403");
    assert!(!manager.get("/sellers").await.contains(&of_tom));
}

#[tokio::test]
async fn every_form_as_everybody() {
    let site = Site::start().await;
    let keys = links(&site).await;
    fill(&Someone::new(&site, &keys["self"])).await;
    let note = format!("/sellers/{TOM}/note");
    for (who, key) in &keys {
        let someone = Someone::new(&site, key);
        for (path, fields, may) in [
            ("/sellers/me/say", "statement:money.budget=4", &SELLS[..]),
            ("/sellers/me/leave", "to=alf@brandt-advice.example&part=goals", &SELLS),
            ("/sellers/me/offer", "with=trust&words=", &SELLS),
            ("/sellers/me/ask", "with=terms&words=A+price", &SELLS),
            ("/sellers/goal", "habit=open_questions", &SELLS),
            (&note, "words=Well+asked", &["self", "manager with leave"]),
            (
                "/sellers/me/share",
                "deal=quiet&with=tom@brandt-advice.example&percent=20",
                &["owner"],
            ),
        ] {
            let answer = someone.post(path, fields).await;
            let expected = if may.contains(who) { "303" } else { "403" };
            assert_eq!(status(&answer), expected, "{path} as {who}: {answer}");
        }
        let back = someone.post("/sellers/words/1/back", "").await;
        let expected = match *who {
            "self" => "303",
            "provider" => "403",
            _ => "404",
        };
        // The first word is Tom's: only he takes it back.
        assert_eq!(status(&back), expected, "{who}");
        let agree = someone.post("/sellers/words/2/agree", "").await;
        let expected = if *who == "provider" { "403" } else { "404" };
        assert_eq!(status(&agree), expected, "{who}");
        // Of another start, no form changes anything.
        let answer =
            site.send("/sellers/me/say", &[("Cookie", &someone.cookie)], "form_key=0").await;
        assert_eq!(status(&answer), "403", "{who}");
    }
    let nobody = site.send("/sellers/me/say", &[("Cookie", "")], "statement:money.price=1").await;
    assert_eq!(status(&nobody), "403");
}

#[tokio::test]
async fn what_was_typed_is_text_and_mistakes_are_told() {
    let site = Site::start().await;
    let keys = links(&site).await;
    let owner = Someone::new(&site, &keys["owner"]);
    let words = "with=opening&words=%3Cscript%3Ealert(1)%3C/script%3E";
    for path in ["/sellers/me/offer", "/sellers/me/ask"] {
        assert_eq!(status(&owner.post(path, words).await), "303", "{path}");
    }
    let page = owner.get("/sellers/me").await;
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{page}");
    for (path, fields, expected) in [
        ("/sellers/me/say", "statement:money.price=7", "422"),
        ("/sellers/me/say", "statement:money.x=3", "404"),
        ("/sellers/me/say", "", "409"),
        ("/sellers/me/leave", "to=nobody&part=goals", "422"),
        ("/sellers/me/leave", "to=tom@brandt-advice.example&part=all", "422"),
        ("/sellers/me/ask", "with=terms&words=x&by=yesterday", "422"),
        ("/sellers/me/ask", "with=terms&words=x&by=2025-01-01", "422"),
        ("/sellers/me/ask", "with=terms&words=", "422"),
        ("/sellers/goal", "habit=heroism", "404"),
        ("/sellers/goal/done", "goal=99&step=1", "404"),
        ("/sellers/me/share", "deal=quiet&with=tom@brandt-advice.example&percent=100", "422"),
    ] {
        assert_eq!(status(&owner.post(path, fields).await), expected, "{path} {fields}");
    }
    // The deal's page tells what was agreed and by whom.
    let share = "deal=quiet&with=tom@brandt-advice.example&percent=20&words=For+the+opening";
    assert_eq!(status(&owner.post("/sellers/me/share", share).await), "303");
    let deal = owner.get("/deals/quiet").await;
    assert!(deal.contains("Who could help here") && deal.contains("not agreed yet"), "{deal}");
    let tom = Someone::new(&site, &keys["self"]);
    let start = tom.get("/sellers").await;
    let number = start.split("/sellers/words/").nth(1).unwrap().split('/').next().unwrap();
    let agreed = tom.post(&format!("/sellers/words/{number}/agree"), "next=/sellers").await;
    assert_eq!(status(&agreed), "303", "{agreed}");
    assert!(owner.get("/deals/quiet").await.contains("agreed by both"));
}
