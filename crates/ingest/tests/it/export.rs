//! Tables as CRM programs export them: invented rows under their real column names, and the
//! shared ones.

use std::fmt::Write;

use inroad_ingest::Limits;
use inroad_ingest::export::{Export, ExportKind, ExportSystem, parse_export};
use inroad_model::Stage;

use crate::corpus;

fn read(table: &[u8]) -> Export {
    let (export, issues) = parse_export(table, &Limits::default());
    assert!(issues.is_empty(), "{issues:?}");
    export
}

/// Checks who wrote the table and its first contact: name, address, title, company, opted out.
fn check_contact(table: &str, system: ExportSystem, expected: (&str, &str, &str, &str, bool)) {
    let export = read(table.as_bytes());
    assert_eq!((export.system, export.kind), (system, ExportKind::Contacts), "{table}");
    let contact = &export.contacts[0].value;
    let found = (
        contact.name.as_deref().unwrap_or(""),
        contact.emails.first().map_or("", |email| email.as_str()),
        contact.title.as_deref().unwrap_or(""),
        contact.organization.as_deref().unwrap_or(""),
        contact.opted_out,
    );
    assert_eq!(found, expected, "{table}");
}

#[test]
fn contacts_of_each_program() {
    check_contact(
        "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Contact owner,Unsubscribed from all email\n\
         1,Jana,Kühn,jana@lindner.example,+49 1,Buyer,Lindner,Me,true\n",
        ExportSystem::HubSpot,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "Lindner", true),
    );
    check_contact(
        "Datensatz-ID,Vorname,Nachname,E-Mail,Telefonnummer,Jobtitel,Name des Unternehmens,Abgemeldet von allen E-Mails\n\
         1,Jana,Kühn,jana@lindner.example,1,Einkauf,Lindner,\n",
        ExportSystem::HubSpot,
        ("Jana Kühn", "jana@lindner.example", "Einkauf", "Lindner", false),
    );
    check_contact(
        "Id,IsDeleted,AccountId,LastName,FirstName,Title,Email,HasOptedOutOfEmail,SystemModstamp\n\
         003,false,001,Kühn,Jana,Buyer,jana@lindner.example,1,2026-01-01\n",
        ExportSystem::Salesforce,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "", true),
    );
    check_contact(
        "First Name,Last Name,Title,Company / Account,Email,Lead Source,Lead Owner\n\
         Jana,Kühn,Buyer,Lindner,jana@lindner.example,Web,Me\n",
        ExportSystem::Salesforce,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "Lindner", false),
    );
    check_contact(
        "Person - Name;Person - Email (Work);Person - Organization;Person - Marketing status;Person - Label\n\
         Jana Kühn;jana@lindner.example;Lindner;Unsubscribed;\n",
        ExportSystem::Pipedrive,
        ("Jana Kühn", "jana@lindner.example", "", "Lindner", true),
    );
    check_contact(
        "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Email,Title,Email Opt Out,Unsubscribed Mode\n\
         z1,z2,Me,Jana,Kühn,z3,Lindner,jana@lindner.example,Buyer,false,Consent form\n",
        ExportSystem::Zoho,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "Lindner", true),
    );
    check_contact(
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title\n\
         Jana Kühn,Jana,,Kühn,,,* myContacts,* Work,jana@lindner.example ::: j@x.example,Lindner,Buyer\n",
        ExportSystem::GoogleContacts,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "Lindner", false),
    );
    check_contact(
        "First Name,Middle Name,Last Name,Title,Suffix,E-mail Address,E-mail 2 Address,Job Title,Company,Business Street\n\
         Jana,,Kühn,Dr.,,jana@lindner.example,,Buyer,Lindner,\n",
        ExportSystem::OutlookContacts,
        ("Jana Kühn", "jana@lindner.example", "Buyer", "Lindner", false),
    );
    check_contact(
        "Notes:\n\"Some, of the addresses, may be missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Jana,Kühn,https://x.example/jana,,Lindner,Buyer,07 Jun 2022\n",
        ExportSystem::LinkedIn,
        ("Jana Kühn", "", "Buyer", "Lindner", false),
    );
}

/// Outlook names its columns in the language of the desktop.
#[test]
fn contacts_in_seven_languages() {
    for header in [
        "\"Vorname\",\"Nachname\",\"E-Mail-Adresse\",\"Position\",\"Firma\"",
        "\"Prénom\",\"Nom\",\"Adresse de messagerie\",\"Fonction\",\"Société\"",
        "\"Nombre\",\"Apellidos\",\"Dirección de correo electrónico\",\"Cargo\",\"Empresa\"",
        "\"Nome\",\"Cognome\",\"Indirizzo posta elettronica\",\"Qualifica\",\"Società\"",
        "\"Voornaam\",\"Achternaam\",\"E-mailadres\",\"Functie\",\"Bedrijf\"",
        "\"Nome\",\"Sobrenome\",\"Endereço de email\",\"Cargo\",\"Empresa\"",
        "\"Förnamn\",\"Efternamn\",\"E-postadress\",\"Befattning\",\"Företag\"",
    ] {
        let table =
            format!("{header}\n\"Zoë\",\"Peña\",\"z@lindner.example\",\"Buyer\",\"Lindner\"\n");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&table);
        let export = read(&bytes);
        assert_eq!(export.encoding, "windows-1252");
        let contact = &export.contacts[0].value;
        assert_eq!(contact.name.as_deref(), Some("Zoë Peña"), "{header}");
        assert_eq!(contact.emails[0].as_str(), "z@lindner.example", "{header}");
        assert_eq!(contact.title.as_deref(), Some("Buyer"), "{header}");
        assert_eq!(contact.organization.as_deref(), Some("Lindner"), "{header}");
    }
}

/// Checks who wrote the table and its first deal: name, organisation, stage, value, currency, day.
fn check_deal(
    table: &str,
    system: ExportSystem,
    expected: (&str, &str, Option<Stage>, Option<f64>, &str, &str),
) {
    let export = read(table.as_bytes());
    assert_eq!((export.system, export.kind), (system, ExportKind::Deals), "{table}");
    let deal = &export.deals[0].value;
    let day = deal.close_date.map(|day| day.to_string()).unwrap_or_default();
    let found = (
        deal.name.as_str(),
        deal.organization.as_deref().unwrap_or(""),
        deal.stage,
        deal.value,
        deal.currency.as_deref().unwrap_or(""),
        day.as_str(),
    );
    assert_eq!(found, expected, "{table}");
}

#[test]
fn deals_of_each_program() {
    check_deal(
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Associated Company Names (Primary)\n\
         1,Audit,Contract Sent,1200.50,EUR,2026-03-31 10:00,2026-01-01 09:00,Lindner\n",
        ExportSystem::HubSpot,
        ("Audit", "Lindner", Some(Stage::Negotiation), Some(1200.5), "EUR", "2026-03-31"),
    );
    check_deal(
        "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner\n\
         Audit,Lindner,Closed Won,\"$1,200\",12/31/2025,Me\nB,C,Prospecting,\"$1,000.00\",1/2/2026,Me\n",
        ExportSystem::Salesforce,
        ("Audit", "Lindner", Some(Stage::Won), Some(1200.0), "USD", "2025-12-31"),
    );
    check_deal(
        "Deal - Title;Deal - Value;Deal - Currency of value;Deal - Status;Deal - Stage (pipeline);Deal - Expected close date;Organization\n\
         Audit;1.200,50;EUR;Lost;Proposal Made;31.12.2025;Lindner\n",
        ExportSystem::Pipedrive,
        ("Audit", "Lindner", Some(Stage::Lost), Some(1200.5), "EUR", "2025-12-31"),
    );
    check_deal(
        "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage\n\
         z1,z2,Me,\"48,000.00\",Audit,2026-03-31,z3,Lindner,Needs Analysis\n",
        ExportSystem::Zoho,
        ("Audit", "Lindner", Some(Stage::Discovery), Some(48_000.0), "", "2026-03-31"),
    );
    check_deal(
        "Geschäft\tFirma\tPhase\tBetrag (EUR)\tAbschlussdatum\nAudit\tLindner\tAngebot\t48.000,00\t3.4.2026\n",
        ExportSystem::Unknown,
        ("Audit", "Lindner", Some(Stage::Proposal), Some(48_000.0), "EUR", "2026-04-03"),
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_left_empty() {
    let table = b"Deal Name,Stage,Amount,Close Date\nA,Proposal,1.200,03/04/2026\nB,Proposal,2.300,05/06/2026\n";
    let (export, issues) = parse_export(table, &Limits::default());
    assert!(
        export.deals.iter().all(|row| row.value.value.is_none() && row.value.close_date.is_none())
    );
    assert_eq!(issues.len(), 2, "{issues:?}");
    assert_eq!(issues[0].place.line, Some(2));
}

#[test]
fn companies_and_activities() {
    let export = read(b"Record ID,Company name,Company Domain Name,Industry\n1,Lindner,www.lindner.example,Steel\n");
    assert_eq!(export.companies[0].value.domain.as_deref(), Some("lindner.example"));
    let export = read(
        b"Activity - Subject,Activity - Type,Activity - Due date,Activity - Note,Contact person\nCall,call,2026-03-03,Asked for a price,Jana\n",
    );
    let activity = &export.activities[0].value;
    assert_eq!(activity.body.as_deref(), Some("Asked for a price"));
    assert_eq!(activity.date, Some(jiff::civil::date(2026, 3, 3)));
}

/// What each shared table is, and how many rows it must give.
const SHARED: &[(&str, ExportSystem, ExportKind, usize)] = &[
    ("_handmade/google_contacts_2024.csv", ExportSystem::GoogleContacts, ExportKind::Contacts, 2),
    ("_handmade/hubspot_contacts_es.csv", ExportSystem::HubSpot, ExportKind::Contacts, 1),
    ("_handmade/linkedin_connections_2023.csv", ExportSystem::LinkedIn, ExportKind::Contacts, 1),
    (
        "_handmade/outlook_desktop_cp1252.csv",
        ExportSystem::OutlookContacts,
        ExportKind::Contacts,
        1,
    ),
    ("_handmade/utf16_semicolon.csv", ExportSystem::Unknown, ExportKind::Deals, 1),
    ("_handmade/zoho_deals.csv", ExportSystem::Zoho, ExportKind::Deals, 1),
    ("atomic_crm/contacts.csv", ExportSystem::Unknown, ExportKind::Contacts, 500),
    ("atomic_crm/contacts_export.csv", ExportSystem::Unknown, ExportKind::Contacts, 2),
    (
        "hubspot/fivetran_dbt_hubspot/contact_data.csv",
        ExportSystem::HubSpot,
        ExportKind::Contacts,
        22,
    ),
    (
        "hubspot/fivetran_dbt_hubspot/company_data.csv",
        ExportSystem::HubSpot,
        ExportKind::Companies,
        24,
    ),
    ("hubspot/fivetran_dbt_hubspot/deal_data.csv", ExportSystem::HubSpot, ExportKind::Deals, 44),
    (
        "hubspot/fivetran_dbt_hubspot/engagement_note_data.csv",
        ExportSystem::HubSpot,
        ExportKind::Activities,
        1,
    ),
    (
        "salesforce/fivetran_dbt_salesforce/sf_contact_data.csv",
        ExportSystem::Salesforce,
        ExportKind::Contacts,
        3,
    ),
    (
        "salesforce/fivetran_dbt_salesforce/sf_lead_data.csv",
        ExportSystem::Salesforce,
        ExportKind::Contacts,
        1,
    ),
    (
        "salesforce/fivetran_dbt_salesforce/sf_account_data.csv",
        ExportSystem::Salesforce,
        ExportKind::Companies,
        1,
    ),
    (
        "salesforce/fivetran_dbt_salesforce/sf_task_data.csv",
        ExportSystem::Salesforce,
        ExportKind::Activities,
        10,
    ),
    // Every opportunity of this table is marked as deleted.
    (
        "salesforce/fivetran_dbt_salesforce/sf_opportunity_data.csv",
        ExportSystem::Salesforce,
        ExportKind::Deals,
        0,
    ),
];

#[test]
fn shared_tables() {
    let Some(folder) = corpus::folder("exports") else { return };
    let files = corpus::files(&folder, "csv");
    assert!(files.len() >= 40, "the corpus is too small");
    for (name, system, kind, rows) in SHARED {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let (export, issues) = parse_export(&bytes, &Limits::default());
        let found = export.contacts.len()
            + export.deals.len()
            + export.companies.len()
            + export.activities.len();
        assert_eq!(
            (export.system, export.kind, found),
            (*system, *kind, *rows),
            "{name} {issues:?}"
        );
    }
    // Tables that hold neither people nor deals are refused in words, not in a panic.
    for (path, bytes) in &files {
        let (export, issues) = parse_export(bytes, &Limits::default());
        let found = export.contacts.len() + export.deals.len() + export.companies.len();
        assert!(found + export.activities.len() + issues.len() > 0, "{}", path.display());
    }
}

/// The list of an agency: 100,000 rows, many of them damaged.
#[test]
fn long_lists() {
    let mut table = String::from("First Name;Last Name;Email;Company;Do not contact\n");
    for row in 0..100_000 {
        let quote = if row % 500 == 7 { "\"" } else { "" };
        let stop = if row % 10 == 0 { "x" } else { "" };
        writeln!(table, "{quote}Jana{row};Kühn;j{row}@lindner.example;Lindner {row};{stop}")
            .unwrap();
    }
    let (export, issues) = parse_export(table.as_bytes(), &Limits::default());
    assert_eq!(export.contacts.len(), 100_000);
    assert_eq!(export.contacts.iter().filter(|row| row.value.opted_out).count(), 10_000);
    assert_eq!(issues.len(), 200);
    assert_eq!(issues[0].place.line, Some(9));
}
