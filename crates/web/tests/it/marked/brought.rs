//! What outsiders bring in: mail, a calendar, cards, tables, a file of deals, and what programs send.

use serde_json::json;

use super::payload::Payloads;
use crate::site::Site;

/// Files in which every text is marked.
pub(super) struct Brought {
    mail: String,
    deals: String,
    calendar: String,
    cards: String,
    table: String,
    contacts: String,
}

/// A word of a header as mailing programs encode it, so that it comes in whole.
fn encoded(text: &str) -> String {
    let hex = text.bytes().fold(String::new(), |hex, byte| format!("{hex}={byte:02X}"));
    format!("=?utf-8?Q?{hex}?=")
}

/// A cell of a table.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

impl Brought {
    pub(super) fn new(payloads: &mut Payloads) -> Self {
        let mut mark = |place: &str| payloads.for_place(&format!("brought: {place}"));
        let mail = mail(&mut mark);
        let people = json!([{"email": "jana@lindner.example", "name": mark("a person of a deal")}]);
        let deals = json!({
            "me": {"name": mark("one's own name"), "emails": ["ada@brandt-advice.example"]},
            "deals": [
                {"id": "a/b c", "name": mark("a deal"), "domain": "lindner.example", "value": 48000,
                 "currency": "EUR", "people": people},
                {"id": "lost/1", "name": mark("a lost deal"), "domain": "acme.example", "stage": "lost",
                 "people": [{"email": "omar@acme.example", "name": mark("a person of a lost deal")}]},
                {"id": mark("the id of a deal"), "name": "Rota", "domain": "quiet.example",
                 "people": [{"email": "rik@quiet.example", "name": "Rik"}]},
            ],
        });
        let calendar = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nX-WR-CALNAME:{}\r\nBEGIN:VEVENT\r\n\
             UID:one@lindner.example\r\nDTSTAMP:20260101T100000Z\r\nDTSTART:20260108T100000Z\r\n\
             DTEND:20260108T110000Z\r\nSUMMARY:{}\r\nLOCATION:{}\r\nDESCRIPTION:{}\r\n\
             ORGANIZER;CN=Ada:mailto:ada@brandt-advice.example\r\n\
             ATTENDEE;CN=\"{}\":mailto:jana@lindner.example\r\n\
             ATTENDEE;CN=\"{}\":mailto:petra@lindner.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            mark("the name of a calendar"),
            mark("the title of a meeting"),
            mark("the place of a meeting"),
            mark("the description of a meeting"),
            // A quote ends a parameter, so that an apostrophe stands for it.
            mark("who is asked to a meeting").replace('"', "'"),
            mark("who else is asked to a meeting").replace('"', "'"),
        );
        let cards = format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nN:{};;;;\r\nORG:{}\r\nTITLE:{}\r\nNOTE:{}\r\n\
             ADR:;;{};Berlin;;10115;DE\r\nTEL:{}\r\nCATEGORIES:{}\r\nURL:javascript:alert(1)\r\n\
             EMAIL:card@lindner.example\r\nEND:VCARD\r\n",
            mark("the name on a card"),
            mark("the last name on a card").replace(';', ""),
            mark("the firm on a card").replace(';', ""),
            mark("the title on a card"),
            mark("the note on a card"),
            mark("the street on a card").replace(';', ""),
            mark("the number on a card"),
            mark("the group on a card"),
        );
        let columns = [
            "Record ID",
            "Deal Name",
            "Pipeline",
            "Deal Stage",
            "Amount",
            "Currency",
            "Close Date",
            "Create Date",
            "Last Activity Date",
            "Deal owner",
            "Associated Company Names (Primary)",
        ];
        let cells: Vec<String> = columns.iter().map(|column| cell(&mark(column))).collect();
        let good = format!(
            "7,{},{},Contract Sent,21400,EUR,2026-09-15,2026-01-03,2026-01-05,{},{}",
            cell(&mark("a deal in a table")),
            cell(&mark("a pipeline in a table")),
            cell(&mark("an owner in a table")),
            cell(&mark("a firm in a table")),
        );
        let table = format!("{}\n{good}\n{}\n", columns.join(","), cells.join(","));
        let contacts = format!(
            "First Name,Last Name,Email Address,Company,Position,Connected On\n{},{},tab@acme.example,{},{},05 Jan 2026\n",
            cell(&mark("a first name in a table")),
            cell(&mark("a last name in a table")),
            cell(&mark("a company in a table")),
            cell(&mark("a position in a table")),
        );
        Self { mail, deals: deals.to_string(), calendar, cards, table, contacts }
    }

    pub(super) fn files(&self) -> [(&str, &str); 6] {
        [
            ("mail.mbox", &self.mail),
            ("deals.json", &self.deals),
            ("calendar.ics", &self.calendar),
            ("cards.vcf", &self.cards),
            ("crm.csv", &self.table),
            ("contacts.csv", &self.contacts),
        ]
    }

    /// What comes over HTTP by a token, and what somebody names in a terminal.
    pub(super) async fn by_programs(&self, site: &Site, payloads: &mut Payloads) {
        let mut mark = |place: &str| payloads.for_place(&format!("brought: {place}"));
        proposed(site, &mut mark).await;
        #[cfg(feature = "oidc")]
        named_provider(site, &mut mark).await;
        #[cfg(feature = "api")]
        sent(site, payloads).await;
    }
}

/// Letters both ways, one as HTML, one with a file, one without an end of its words.
fn mail(mark: &mut impl FnMut(&str) -> String) -> String {
    let subject = mark("a subject");
    format!(
        "From ada@brandt-advice.example Mon Jan  5 09:00:00 2026\n\
         From: Ada Brandt <ada@brandt-advice.example>\nTo: {to} <jana@lindner.example>\n\
         Date: Mon, 5 Jan 2026 09:00:00 +0100\nMessage-ID: <m1@brandt-advice.example>\n\
         Subject: {subject}\n\nHello Jana, when may I call? {own}\n\n\
         From jana@lindner.example Mon Jan  5 15:00:00 2026\n\
         From: {from} <jana@lindner.example>\nTo: Ada Brandt <ada@brandt-advice.example>\n\
         Cc: {cc} <petra@lindner.example>\n\
         Date: Mon, 5 Jan 2026 15:00:00 +0100\nMessage-ID: <m2@lindner.example>\n\
         In-Reply-To: <m1@brandt-advice.example>\nSubject: Re: {subject}\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=cut\n\n--cut\nContent-Type: text/plain; charset=utf-8\n\n\
         Tomorrow at ten. {body}\nI am out of office until 20 January, please ask {named}.\n\n\
         Kind regards\nJana Kühn\n{title}\nLindner GmbH\nTel. +49 30 1234567\n\n--cut\n\
         Content-Type: application/pdf; name=\"{file}\"\n\
         Content-Disposition: attachment; filename=\"{file}\"\nContent-Transfer-Encoding: base64\n\nAAAA\n--cut--\n\n\
         From rik@quiet.example Mon Jan  5 16:00:00 2026\n\
         From: Rik <rik@quiet.example>\nTo: Ada Brandt <ada@brandt-advice.example>\n\
         Date: Mon, 5 Jan 2026 16:00:00 +0100\nMessage-ID: <m3@quiet.example>\nSubject: {stop}\n\
         Content-Type: text/html; charset=utf-8\n\n\
         <p title='{hint}'>Please do not write to me again. {escaped}</p><!-- {comment} --><script>{code}</script>\n\n\
         From ada@brandt-advice.example Mon Jan  5 17:00:00 2026\n\
         From: Ada Brandt <ada@brandt-advice.example>\nTo: Ada Brandt <ada@brandt-advice.example>\n\
         Date: Mon, 5 Jan 2026 17:00:00 +0100\nMessage-ID: <m4@brandt-advice.example>\n\
         Subject: {note}\n\nTo myself: {words}\n\n",
        subject = encoded(&subject),
        to = encoded(&mark("a name in To")),
        own = mark("the words of one's own letter"),
        from = encoded(&mark("a name in From")),
        cc = encoded(&mark("a name in Cc")),
        body = mark("the words of a letter"),
        named = mark("who is named in a letter"),
        title = mark("the title in a signature"),
        file = encoded(&mark("the name of a file")),
        stop = encoded(&mark("the subject of who wants no more")),
        hint = mark("an attribute of a letter").replace('\'', ""),
        escaped = mark("the words of a letter as HTML").replace('<', "&lt;"),
        comment = mark("a comment of a letter"),
        code = mark("a script of a letter"),
        note = encoded(&mark("the subject of a note to oneself")),
        words = mark("the words of a note to oneself"),
    )
}

/// What an assistant proposes.
async fn proposed(site: &Site, mark: &mut impl FnMut(&str) -> String) {
    use inroad_model::MessageId;
    use inroad_service::{Actor, AssessmentAsked};
    let says = json!({"people": {"person": {"who": "jana@lindner.example", "is": {"stance": "leans_for"}}}});
    let asked = AssessmentAsked {
        deal: "a/b c".to_owned(),
        says: serde_json::from_value(says).unwrap(),
        message: MessageId::new("m2@lindner.example").unwrap(),
        quote: "Tomorrow at ten".to_owned(),
        sure_percent: Some(60),
        by: mark("what an assistant calls itself"),
    };
    let at = "2026-01-06T09:00:00+01:00".parse().unwrap();
    site.inroad.propose_assessment(&Actor::owner(), asked, at).await.unwrap();
}

/// A sign-in service of a firm.
#[cfg(feature = "oidc")]
async fn named_provider(site: &Site, mark: &mut impl FnMut(&str) -> String) {
    use inroad_service::{Actor, Caller, NewProvider, now};
    let new = NewProvider {
        issuer: "https://id.firm.example".to_owned(),
        name: mark("what a sign-in service is called"),
        client_id: "inroad".to_owned(),
        client_secret: None,
        by_address: false,
    };
    let (owner, passwords) = (Actor::owner(), site.passwords.as_ref().unwrap());
    let named =
        site.inroad.put_identity_provider(&owner, new, passwords, &Caller::default(), now()).await;
    named.unwrap();
}

/// What other programs send.
#[cfg(feature = "api")]
async fn sent(site: &Site, payloads: &mut Payloads) {
    use inroad_service::{Actor, Caller, Scope, now};

    use crate::site::{OTHERS, exchange};
    let mut mark = |place: &str| payloads.for_place(&format!("brought: {place}"));
    let scopes = [Scope::Read, Scope::Write].into();
    let name = mark("the name of a token");
    let caller = Caller::default();
    let token =
        site.inroad.make_token(&Actor::owner(), &name, scopes, 1, &caller, now()).await.unwrap();
    let all = [
        ("deals", json!({"name": mark("a deal of a program"), "domain": "new.example"})),
        ("deals/a%2Fb%20c/notes", json!({"text": mark("a note of a program")})),
        (
            "deals/a%2Fb%20c/plans",
            json!({"day": "2026-02-03", "what": mark("a plan of a program")}),
        ),
        (
            "deals/a%2Fb%20c/aside",
            json!({"until": "2026-02-03", "reason": mark("why a program waits")}),
        ),
        ("do-not-contact", json!({"whom": "alone.example", "because": mark("why nobody writes")})),
        (
            "webhooks",
            json!({"url": format!("https://hooks.example/?{}", mark("where a program is told"))}),
        ),
        ("deals", json!({mark("a field that there is not"): 1})),
    ];
    for (path, body) in all {
        let body = body.to_string();
        let request = format!(
            "POST /api/v1/{path} HTTP/1.1\r\nConnection: close\r\nHost: {OTHERS}\r\nAuthorization: Bearer {}\r\n\
             Idempotency-Key: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            token.secret,
            path.len() * 1000 + body.len(),
            body.len(),
        );
        let answer = String::from_utf8_lossy(&exchange(&site.address, &request).await).into_owned();
        payloads.look(&answer);
        let answer = super::look::Answer::of(&answer);
        assert!(answer.faults().is_empty(), "{path}: {:?}", answer.faults());
        assert!(!answer.is_markup(), "{path}: {}", answer.head);
    }
}
