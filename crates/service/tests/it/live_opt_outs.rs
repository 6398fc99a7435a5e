//! Somebody asks, in whatever language, for no more mail: the very reading that brings the letter finds it,
//! their touch plan ends, and nothing of what came with it proposes to write to them.

use inroad_service::{Error, NewTouchPlan, ReadOnce, Stop};

use crate::desk::{Desk, day, email, moment};
use crate::live_faults::{connection, mailbox, passwords, quick};
use crate::mail_server::MailServer;
use crate::opt_out::named;

/// A language, and how one asks in it.
const ASKED: [(&str, &str); 14] = [
    ("en", "Please take me off your list."),
    ("de", "Bitte streichen Sie mich aus Ihrem Verteiler."),
    ("fr", "Merci de ne plus me contacter."),
    ("es", "Por favor, no me escriban más."),
    ("it", "La prego di non scrivermi più."),
    ("nl", "Haal mij alstublieft van uw lijst."),
    ("sv", "Jag vill inte ha fler mejl från er."),
    ("da", "Jeg ønsker ikke flere mails."),
    ("no", "Vennligst fjern meg fra listen deres."),
    ("pt", "Por favor, removam o meu endereço da vossa lista."),
    ("pl", "Proszę o usunięcie mojego adresu z listy."),
    ("fi", "Poistakaa minut listaltanne."),
    ("ru", "Пожалуйста, больше не пишите мне."),
    ("unsubscribe", "Unsubscribe"),
];

fn who(language: &str) -> String {
    format!("person@{language}-firm.example")
}

fn mail(language: &str, n: usize, is_theirs: bool, text: &str) -> String {
    let (us, them) = ("marta@studio.example".to_owned(), who(language));
    let (from, to) = if is_theirs { (&them, &us) } else { (&us, &them) };
    format!(
        "From: {from}\r\nTo: {to}\r\nDate: {} Mar 2026 09:00:00 +0000\r\n\
         Message-ID: <{n}.{is_theirs}@{language}-firm.example>\r\nSubject: Warehouse\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n",
        n + 1
    )
}

#[tokio::test]
async fn found_in_the_reading_that_brings_it() {
    let server = MailServer::start();
    server.mail().folder("INBOX");
    let desk = Desk::new().await;
    let inroad = &desk.inroad;
    let passwords = passwords(inroad.path());
    let connection = connection(mailbox(server.port));
    inroad.connect(&connection, "x".to_owned(), &passwords, day(1)).await.unwrap();
    let read = async || {
        let how = ReadOnce { only: None, stop: Stop::default() };
        let read = inroad.read_once_at(&how, &quick(), &passwords, &|_, _| ()).await;
        read.unwrap().remove(0).outcome.unwrap()
    };
    // Letters to and fro with everybody, so that there is something to propose.
    for (language, _) in ASKED {
        for n in 0..6 {
            let text = "We looked at the offer and have a question about the crane.";
            server.mail().folder("INBOX").put(&mail(language, n, n % 2 == 1, text));
        }
    }
    server.mail().folder("INBOX").put(&mail("bystander", 1, true, "How much is the crane?"));
    read().await;
    inroad.decide_deals(&[], true).await.unwrap();
    let proposed = named(&desk.review(day(9)).await);
    let languages = ASKED.iter().map(|(language, _)| *language).chain(["bystander"]);
    let mut plans = Vec::new();
    for language in languages.clone() {
        let person = email(&who(language));
        let new = NewTouchPlan { person, deal: None, firm: None, because: None };
        let touches = inroad.touches(day(9)).await.unwrap();
        plans.push(inroad.begin_touches(&touches, new, day(9)).await.unwrap().what);
    }
    assert!(ASKED.iter().any(|(language, _)| proposed.contains(&who(language))), "{proposed:?}");

    // All ask at once, and each letter comes with others of the same firm that ask for an answer.
    for (language, asks) in ASKED {
        let mut mail_of = server.mail();
        let inbox = mail_of.folder("INBOX");
        inbox.put(&mail(language, 11, true, "Could you send the drawings?"));
        inbox.put(&mail(language, 12, true, asks));
    }
    read().await;
    let at = day(20);
    let listed = inroad.not_contacted("", moment("2026-03-20T23:00:00Z")).await.unwrap();
    let listed: Vec<&str> = listed.iter().map(|one| one.whom.key()).collect();
    let touches = inroad.touches(at).await.unwrap();
    let proposed = named(&desk.review(at).await);
    for ((language, asks), plan) in ASKED.iter().zip(&plans) {
        let who = who(language);
        assert!(listed.contains(&who.as_str()), "{language}: {asks}");
        assert!(!proposed.contains(&who), "{language}: {asks}");
        let plan = touches.plan(*plan).unwrap();
        assert_eq!((plan.state.as_str(), plan.next.is_none()), ("ended", true), "{language}");
        let new = NewTouchPlan { person: email(&who), deal: None, firm: None, because: None };
        let refused = inroad.begin_touches(&touches, new, at).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{language}: {refused:?}");
    }
    let bystander = touches.plan(*plans.last().unwrap()).unwrap();
    assert!(bystander.next.is_some() && !listed.contains(&who("bystander").as_str()));
}
