//! Drafts read for the very person: what the record adds, and what is remembered of findings.

use inroad_coach::draft::Channel;
use inroad_coach::report::Report;
use inroad_model::{EmailAddress, Subject};
use inroad_service::{CoachAsked, Coached, Dismissal};

use crate::desk::{Desk, day};
use crate::letters::{JANA, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]},
  "deals": [{"id": "d1", "name": "Warehouse", "domain": "lindner.example", "stage": "proposal",
             "people": [{"email": "jana@lindner.example", "name": "Jana Kühn"},
                        {"email": "omar@lindner.example", "name": "Omar Vogt"}]}]}"#;

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    let letters = [
        letter(ME, JANA, 1, "How does the proposal look to you by now?"),
        letter(JANA, ME, 2, "It looks fine, we talk about it on Friday."),
        letter(ME, JANA, 9, "Did you talk about it?"),
    ];
    desk.take_letters(&letters).await;
    desk
}

async fn read(desk: &Desk, person: &str, on: u8, text: &str) -> Coached {
    let person: EmailAddress = person.parse().unwrap();
    let coach = desk.inroad.coach(Some(&person), day(on)).await.unwrap();
    let asked =
        CoachAsked { channel: Channel::Email, stage: None, person: Some(person), many: None };
    coach.read(text, &asked).unwrap()
}

fn rules(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[tokio::test]
async fn a_draft_is_read_for_the_very_person() {
    let desk = desk().await;
    let coached =
        read(&desk, "jana@lindner.example", 10, "Hi Hanna,\n\nShall we talk?\n\nMarta").await;
    let found = rules(&coached.report);
    for rule in ["wrong-name", "too-quick", "uses-nothing-known", "no-way-out"] {
        assert!(found.contains(&rule), "{rule}: {found:?}");
    }
    assert!(!found.contains(&"unsigned"));
    let right = "Hi Jana,\n\nHow does the warehouse look after Friday, and what does Omar think? If it is \
                 not the time, just tell me.\n\nMarta";
    let coached = read(&desk, "jana@lindner.example", 20, right).await;
    assert!(coached.report.findings.is_empty(), "{:?}", rules(&coached.report));
    assert_eq!(coached.report.metrics.unanswered, Some(1));
    assert!(coached.report.known_facts.iter().any(|fact| fact.used));
}

#[tokio::test]
async fn whoever_is_left_alone_gets_no_draft_under_any_address() {
    let desk = desk().await;
    let whom = Subject::Account("lindner.example".parse().unwrap());
    desk.inroad.leave_alone(whom, "They asked on the phone", day(3)).await.unwrap();
    for person in ["jana@lindner.example", "nobody.yet@lindner.example"] {
        let coached = read(&desk, person, 20, "Hello,\n\nShall we talk?").await;
        assert!(rules(&coached.report).contains(&"left-alone"), "{person}");
    }
    let before = read(&desk, "jana@lindner.example", 2, "Hello,\n\nShall we talk?").await;
    assert!(!rules(&before.report).contains(&"left-alone"));
}

#[tokio::test]
async fn no_way_of_writing_an_address_hides_whoever_is_left_alone() {
    let desk = desk().await;
    let whom = Subject::Person("ann.bly@harrow.example".parse().unwrap());
    desk.inroad.leave_alone(whom, "They asked on the phone", day(3)).await.unwrap();
    let coach = desk.inroad.coach(None, day(20)).await.unwrap();
    let asked = CoachAsked { channel: Channel::Email, stage: None, person: None, many: None };
    for head in [
        "To: ann.bly@harrow.example",
        "\u{feff}To: Ann <ANN.BLY@harrow.example>",
        "To: \"Bly, Ann\" <ann.bly@harrow.example>",
        "To: tom@ray.example; ann.bly@harrow.example",
        "To: tom@ray.example\nCc: Ann Bly <ann.bly@harrow.example>",
        "To: tom@ray.example,\n ann.bly@harrow.example",
        "To: Ann <ann.bly@harrow.example.>",
        "To: Ann <ann.bly@harrow.example> (home)",
        "User-Agent: Mail\nContent-Language: en\nBcc: ann.bly@harrow.example",
    ] {
        let text = format!("{head}\nSubject: Roster\n\nHello,\n\nShall we talk?");
        let coached = coach.read(&text, &asked).unwrap();
        assert!(rules(&coached.report).contains(&"left-alone"), "{head}");
    }
    let coached = coach.read("To: tom@ray.example\n\nHello,\n\nShall we talk?", &asked).unwrap();
    assert!(!rules(&coached.report).contains(&"left-alone"));
    for rule in ["opted-out", "left-alone", "asks-the-ill", "no-such-rule"] {
        let whole = Dismissal { rule: rule.to_owned(), quote: String::new() };
        desk.inroad.dismiss_finding(whole).await.unwrap_err();
    }
}

#[tokio::test]
async fn somebody_never_heard_of_gets_a_first_message() {
    let desk = desk().await;
    let text = "Subject: Re: our talk\n\nDear Ms Ek,\n\nAs discussed, shall we meet on Tuesday?";
    let coached = read(&desk, "pia.ek@fresh.example", 20, text).await;
    let found = rules(&coached.report);
    for rule in ["answer-without-thread", "false-history"] {
        assert!(found.contains(&rule), "{rule}: {found:?}");
    }
    let words = coached.report.stage_because.unwrap();
    assert_eq!(words, "nothing passed between you before");
}

#[tokio::test]
async fn a_letter_that_went_to_somebody_else_is_known_again() {
    let desk = desk().await;
    let text = "Keeping two rosters in step is where the overtime usually comes from, and most of it can \
                be seen in the plan of the week before. How do you look at it today?";
    desk.take_letters(&[letter(ME, "Ann <ann@harrow.example>", 11, text)]).await;
    let coached = read(&desk, "jana@lindner.example", 20, &format!("Hi Jana,\n\n{text}")).await;
    let copy = coached.report.findings.iter().find(|finding| finding.rule == "near-copy").unwrap();
    assert!(copy.detail.contains("ann@harrow.example"), "{}", copy.detail);
}

#[tokio::test]
async fn a_dismissal_lasts_until_the_words_change() {
    let desk = desk().await;
    let inroad = &desk.inroad;
    let person = "jana@lindner.example";
    let text = "Hi Jana,\n\nJust checking in on the warehouse. Shall we talk?";
    let coached = read(&desk, person, 20, text).await;
    inroad.remember_coached("draft.txt", &coached).await.unwrap();
    let found = coached.report.findings.iter().find(|one| one.rule == "just-checking-in").unwrap();
    let dismissal = Dismissal { rule: found.rule.clone(), quote: found.quote.clone() };
    inroad.dismiss_finding(dismissal.clone()).await.unwrap();
    let again = read(&desk, person, 20, text).await;
    assert!(again.dismissed.iter().any(|one| dismissal.is_of(one)));
    assert!(!again.report.findings.iter().any(|one| dismissal.is_of(one)));
    let other =
        read(&desk, person, 20, "Hi Jana,\n\nJust touching base about the warehouse.").await;
    assert!(rules(&other.report).contains(&"just-checking-in"));
    inroad.remember_coached("draft.txt", &again).await.unwrap();
    let good = "Hi Jana,\n\nWhat did Friday bring for the warehouse, and for Omar? No worries if not.\n\nMarta";
    inroad.remember_coached("draft.txt", &read(&desk, person, 20, good).await).await.unwrap();
    let tally = inroad.coach_stats().await.unwrap();
    assert_eq!((tally["just-checking-in"].found, tally["just-checking-in"].dismissed), (1, 1));
    assert_eq!(tally["just-checking-in"].fixed, 0);
    assert_eq!(tally["no-way-out"].fixed, 1);
    inroad.undismiss_finding(&dismissal).await.unwrap();
    assert!(rules(&read(&desk, person, 20, text).await.report).contains(&"just-checking-in"));
}

#[tokio::test]
async fn own_rules_and_proofs_lie_beside_the_data_file() {
    let desk = desk().await;
    let folder = desk.inroad.coach_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("own.toml"), "[change.no-way-out]\noff = true\n").unwrap();
    let proofs = "[[proof]]\nsays = 'Overtime at Harrow fell by 30 %'\nsource = 'report of May'\n";
    std::fs::write(folder.join("proofs.toml"), proofs).unwrap();
    let text = "Hi Jana,\n\nWe cut costs by 50 % for our clients. Shall we talk?";
    let found = read(&desk, "jana@lindner.example", 20, text).await;
    let found = rules(&found.report);
    assert!(found.contains(&"unproven-claim") && !found.contains(&"no-way-out"), "{found:?}");
    for (wrong, words) in [
        (
            "[change.opted-out]\noff = true\n",
            "own.toml, rule 'opted-out': this rule stays as it is",
        ),
        ("[change.nothing]\noff = true\n", "there is no such rule"),
        (
            "[change.just-checking-in]\nremove = ['any joy']\n",
            "rule 'just-checking-in': it does not look for 'any joy'",
        ),
        ("group = 3\n", "own.toml, line 1"),
    ] {
        std::fs::write(folder.join("own.toml"), wrong).unwrap();
        let person: EmailAddress = "jana@lindner.example".parse().unwrap();
        let error = desk.inroad.coach(Some(&person), day(20)).await.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}
