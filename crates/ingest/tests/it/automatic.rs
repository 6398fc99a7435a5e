//! What is written by machines and what by people, in own samples and on ordinary mail.

use std::collections::BTreeMap;

use inroad_ingest::Limits;
use inroad_ingest::mail::parse_message;
use inroad_model::Nature;

use crate::corpus;

/// Header fields that come with an answer.
const ANSWER: &str = "In-Reply-To: <offer.1@seller.example>\n";

fn kind(nature: &Nature) -> &'static str {
    match nature {
        Nature::Correspondence => "letter",
        Nature::AutomaticReply { .. } => "reply",
        Nature::AutomaticNotice { .. } => "notice",
        Nature::Bounce(_) => "bounce",
        Nature::MailingList { .. } => "list",
        Nature::Newsletter { .. } => "newsletter",
    }
}

/// Checks the nature of a mail from a person, given more header fields, the subject and the text.
fn check(fields: &str, subject: &str, text: &str, expected: &str) {
    check_from("Jana Kühn <jana.kuehn@lindner.example>", fields, subject, text, expected);
}

fn check_from(from: &str, fields: &str, subject: &str, text: &str, expected: &str) {
    let raw = format!(
        "From: {from}\nTo: Eva Brandt <eva@seller.example>\nSubject: {subject}\n\
         Date: Mon, 2 Mar 2026 09:00:00 +0100\nMessage-ID: <1@lindner.example>\n{fields}\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    let (message, _) = parse_message(raw.as_bytes(), &Limits::default());
    assert_eq!(kind(&message.nature), expected, "{raw}\n{:?}", message.nature);
}

#[test]
fn answers_by_machines_that_say_so_in_a_header() {
    let text = "I am out of the office.";
    check("Auto-Submitted: auto-replied\n", "Re: Offer", text, "reply");
    check("Auto-Submitted: auto-generated\n", "Automatic reply: Offer", text, "reply");
    check("X-Autoreply: yes\n", "Re: Offer", "Back on Monday.", "reply");
    check("X-Autorespond: Offer\n", "Re: Offer", "Back on Monday.", "reply");
    check("Precedence: auto_reply\n", "Re: Offer", "Back on Monday.", "reply");
    check("X-Auto-Response-Suppress: All\n", "Automatic reply: Offer", text, "reply");
    check(
        "X-Auto-Response-Suppress: All\n",
        "Abwesend: Angebot",
        "Ich bin bis Montag im Urlaub.",
        "reply",
    );
}

/// No header at all, in eight languages and more.
#[test]
fn answers_by_machines_that_only_the_words_show() {
    for (subject, text) in [
        ("Automatic reply: Offer", "Back on Monday."),
        (
            "Re: Offer",
            "Thank you for your email. I am out of the office until 12 March with limited \
          access to email. In urgent cases please contact bo@lindner.example.",
        ),
        (
            "Re: Offer",
            "Thank you for your message. I'm currently on parental leave. During my absence \
          please contact my colleague Bo.",
        ),
        (
            "Re: Angebot",
            "Vielen Dank für Ihre Nachricht.\n\nIch bin bis zum 12. März nicht im Büro. \
          Ihre Mail wird nicht weitergeleitet. In dringenden Fällen wenden Sie sich an Bo.",
        ),
        ("Automatische Antwort: Angebot", "Bin im Urlaub."),
        (
            "Re: Offre",
            "Bonjour,\n\nMerci pour votre message. Je suis absente du bureau jusqu'au 12 \
          mars. En cas d'urgence, contactez Bo.",
        ),
        ("Réponse automatique : Offre", "Je suis en congés."),
        (
            "Re: Oferta",
            "Gracias por su mensaje. Estoy fuera de la oficina hasta el 12 de marzo. En caso \
          de urgencia escriba a Bo.",
        ),
        (
            "Re: Offerta",
            "Grazie per la sua mail. Sono fuori ufficio fino al 12 marzo. In caso di \
          urgenza scrivere a Bo.",
        ),
        (
            "Re: Offerte",
            "Bedankt voor uw bericht. Ik ben afwezig tot 12 maart. Bij dringende zaken \
          kunt u Bo mailen; ik ben niet op kantoor.",
        ),
        (
            "Re: Oferta",
            "Obrigada pela sua mensagem. Estou de férias até 12 de março. Em caso de \
          urgência, contacte Bo.",
        ),
        (
            "Re: Offert",
            "Tack för ditt mejl. Jag är på semester till den 12 mars. Vid brådskande \
          ärenden kontakta Bo.",
        ),
        ("Autosvar: Tilbud", "Jeg er på ferie."),
        ("Odpowiedź automatyczna: Oferta", "Jestem na urlopie."),
        (
            "Re: Offer",
            "Thank you for your message. Jana Kühn has left the company. Please contact my \
          colleagues at office@lindner.example.",
        ),
        ("Re: Offer", "This is an automated response. We have received your message."),
        ("Re: Offer", "Please do not reply to this email. This mailbox is not monitored."),
        (
            "Re: Offer",
            "Thank you for contacting us. Your request has been received, the ticket number is \
          4711. We answer within two business days.",
        ),
    ] {
        check(ANSWER, subject, text, "reply");
    }
}

#[test]
fn notices_of_machines() {
    check(
        "Auto-Submitted: auto-generated\n",
        "Invoice 4711",
        "Your invoice is attached.",
        "notice",
    );
    check("X-GitHub-Reason: mention\n", "Re: a change", "Merged.", "notice");
    check_from(
        "Tickets <no-reply@desk.example>",
        "",
        "Ticket 4711",
        "A ticket was opened.",
        "notice",
    );
    check_from("noreply-de@shop.example", "", "Bestellung", "Ihre Bestellung ist da.", "notice");
    check_from("Desk <notifications@desk.example>", "", "New comment", "Bo wrote.", "notice");
    check_from(
        "Billing <billing@shop.example>",
        "",
        "Receipt",
        "This is an automatically generated message. Your card was charged.",
        "notice",
    );
    check_from(
        "Buchhaltung <rechnung@shop.example>",
        "",
        "Rechnung",
        "Diese E-Mail wurde automatisch erstellt. Ihre Rechnung liegt bei.",
        "notice",
    );
}

#[test]
fn newsletters_and_lists() {
    let offer = "Our spring offers are here. Click below.";
    check_from(
        "Shop <news@shop.example>",
        "List-Unsubscribe: <https://shop.example/u>\nList-Id: <news.shop.example>\n",
        "Spring",
        offer,
        "newsletter",
    );
    check_from("Shop <news@shop.example>", "Precedence: bulk\n", "Spring", offer, "newsletter");
    check_from(
        "Shop <news@shop.example>",
        "List-Unsubscribe: <https://shop.example/u>\nFeedback-ID: 1:2:3\n",
        "Spring",
        offer,
        "newsletter",
    );
    check(
        "List-Id: Users <users.tool.example>\nList-Post: <mailto:users@tool.example>\nPrecedence: list\n",
        "Re: How to",
        "Like this.",
        "list",
    );
    check("Mailing-List: contact users-help@tool.example; run by ezmlm\n", "How to", "Hm?", "list");
    check("X-BeenThere: users@tool.example\nX-Mailman-Version: 2.1\n", "How to", "Hm?", "list");
}

/// People are away, too, and say so; they quote machines, and their programs add headers.
#[test]
fn letters_that_look_like_something_else() {
    for (fields, subject, text) in [
        (
            ANSWER,
            "Re: Offer",
            "Hi Eva,\n\nI am out of the office next week, can we talk on the 12th of March?\n\nJana",
        ),
        (
            ANSWER,
            "Re: Offer",
            "Eva,\n\nI will be on vacation until Monday. The budget is approved, send the contract.",
        ),
        (
            ANSWER,
            "Re: Angebot",
            "Hallo Eva,\n\nich bin nächste Woche im Urlaub. Können wir am 12. sprechen?\n\nJana",
        ),
        (
            ANSWER,
            "Re: Offre",
            "Bonjour Eva,\n\nje suis en congés la semaine prochaine, mais le budget est validé.",
        ),
        (
            ANSWER,
            "Re: Oferta",
            "Hola Eva,\n\nestaré de vacaciones la semana que viene. ¿Podemos hablar el día 12 de marzo?",
        ),
        (
            ANSWER,
            "Re: Offer",
            "Thanks for your email, Eva. I was in meetings all day. Yes, we want to go on.",
        ),
        (
            ANSWER,
            "Re: Offer",
            "Bo has left the company, so I have taken over. Can you send me the last offer again?",
        ),
        (
            ANSWER,
            "Re: Offer",
            "That quote is no longer valid, as the year is over. Please make a new one.",
        ),
        (ANSWER, "Re: Offer", "Please don't reply to all, half of them are not involved."),
        (ANSWER, "Re: Out of office", "Welcome back! Shall we go on where we stopped last week?"),
        (
            ANSWER,
            "Re: Offer",
            "Hello,\n\nwe have received your offer and will come back to you shortly.\n\nJana",
        ),
        (
            ANSWER,
            "Re: Angebot",
            "Guten Tag,\n\nwir haben Ihre Nachricht erhalten und melden uns in Kürze.\n\nJana Kühn",
        ),
        (ANSWER, "Re: Tank 4", "The level is not monitored at night, that is the whole problem."),
        ("X-Auto-Response-Suppress: All\n", "Offer", "Hi Eva, thanks for the offer. We are in."),
        (
            "X-Auto-Response-Suppress: OOF, AutoReply\n",
            "Offer",
            "I am on vacation from Friday on, so let us sign before.",
        ),
        ("Auto-Submitted: no\n", "Offer", "We are in."),
        ("Precedence: normal\n", "Offer", "We are in."),
        (
            "List-Unsubscribe: <mailto:u@tool.example>\n",
            "Our talk",
            "Hi Eva,\n\nas promised, the numbers.",
        ),
        (
            "",
            "Urlaub",
            "Hallo Eva, ich bin ab Freitag im Urlaub. Bis dahin brauche ich das Angebot.",
        ),
        (
            "",
            "Your ticket",
            "Hi Eva, did you get the ticket number from our help desk for the fair next week?",
        ),
        ("", "Sick", "Hi Eva, I am ill today and cannot make our call. How about Thursday at ten?"),
        (
            "",
            "Fwd: Automatic reply: Offer",
            "Hi Eva, see below, he is away. Shall I ask his deputy?\n\n> Thank you for your email.",
        ),
    ] {
        check(fields, subject, text, "letter");
    }
}

/// Lists and newsletters of ordinary mail: hardly anything there was answered by a machine.
#[test]
fn ordinary_mail() {
    let Some(folder) = corpus::ham() else { return };
    let mut n_kinds = BTreeMap::<&str, usize>::new();
    let mut replies = Vec::new();
    for name in ["easy-ham-1", "easy-ham-2", "hard-ham-1"] {
        for (path, raw) in corpus::files(&folder.join(name), "txt") {
            let (message, _) = parse_message(&raw, &Limits::default());
            *n_kinds.entry(kind(&message.nature)).or_default() += 1;
            if let Nature::AutomaticReply { because } = message.nature {
                replies.push(format!("{}: {because}", path.display()));
            }
        }
    }
    println!("{n_kinds:?}");
    println!("{}", replies.join("\n"));
    assert!(n_kinds.values().sum::<usize>() >= 4_000, "the corpus is too small");
    // Five are there: absences that were answered to a list.
    assert!(replies.len() <= 5, "{}", replies.join("\n"));
}
