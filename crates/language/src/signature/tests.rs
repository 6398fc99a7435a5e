//! Signatures with what they say.

use inroad_model::{Mailbox, Signature};

use super::*;

/// Name, title, company and phones, parted by bars; what is missing is a dash.
fn check(from: &str, text: &str, expected: &str) {
    let (name, address) = from.split_once('<').unwrap();
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    let from = Mailbox { name, address: address.trim_end_matches('>').parse().unwrap() };
    let Signature { name, title, company, phones } = read(text, Some(&from));
    let or_dash = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
    let phones = if phones.is_empty() { "-".to_owned() } else { phones.join("; ") };
    let found = [or_dash(name), or_dash(title), or_dash(company), phones].join(" | ");
    assert_eq!(found, expected, "{text}");
}

#[test]
fn reads_usual_signatures() {
    check(
        "Ines Postma <i.postma@vialis.example>",
        "Best,\nInes Postma\nHead of Quality & Regulatory Affairs | Vialis Medical B.V.\nT +31 20 555 0199\nF +31 20 555 0198",
        "Ines Postma | Head of Quality & Regulatory Affairs | Vialis Medical B.V. | +31 20 555 0199",
    );
    check(
        "Ines Postma <i.postma@vialis.example>",
        "Ines Postma, Head of Quality, Vialis",
        "Ines Postma | Head of Quality | Vialis | -",
    );
    check(
        "Jürgen Pfaff <j.pfaff@pfaff-guss.example>",
        "Mit freundlichen Grüßen\n\ni.V. Jürgen Pfaff\nLeiter Technik\n\nPfaff Guss GmbH\nAm Hafen 12, 24103 Kiel\nTel. 0431 555-120\n\
         Geschäftsführer: Karl Pfaff, Amtsgericht Kiel HRB 12345",
        "Jürgen Pfaff | Leiter Technik | Pfaff Guss GmbH | 0431 555-120",
    );
    check(
        "Camille Roche <camille@ateliers-roche.example>",
        "Cordialement,\n\nCamille Roche\nDirectrice commerciale\nAteliers Roche SAS\nTél. : 01 55 50 12 34",
        "Camille Roche | Directrice commerciale | Ateliers Roche SAS | 01 55 50 12 34",
    );
    check(
        "Dana Pruitt <dana.pruitt@greyfell.example>",
        "-- \nDana Pruitt\nCFO a.i.\nGreyfell Holdings Ltd\nT +44 20 7946 0011 | M +44 7700 900123",
        "Dana Pruitt | CFO a.i. | Greyfell Holdings Ltd | +44 20 7946 0011; +44 7700 900123",
    );
    check(
        "John Dorn <john@pandaland.example>",
        "—\nJohn Dorn\nCEO at Pandaland\n\n@pandaland",
        "John Dorn | CEO | Pandaland | -",
    );
}

#[test]
fn reads_titles_in_other_languages() {
    for (line, title) in [
        ("Responsable de Compras", "Responsable de Compras"),
        ("Responsabile acquisti", "Responsabile acquisti"),
        ("Hoofd inkoop", "Hoofd inkoop"),
        ("*Inköpschef*", "Inköpschef"),
        ("Hankintapäällikkö, Laakso Oy", "Hankintapäällikkö"),
        ("Kierownik działu zakupów", "Kierownik działu zakupów"),
        ("Руководитель отдела закупок", "Руководитель отдела закупок"),
        ("Manager, Gas Transmission Marketing", "Manager, Gas Transmission Marketing"),
        ("Geschäftsführerin", "Geschäftsführerin"),
        ("VP Operations, Northern Lines Europe", "VP Operations"),
        ("Kaufmännische Leitung, Prokuristin", "Kaufmännische Leitung, Prokuristin"),
        ("Senior Manager, Operations & HR", "Senior Manager, Operations & HR"),
    ] {
        let found = read(&format!("Ann Lee\n{line}"), None);
        assert_eq!(found.title.as_deref(), Some(title), "{line}");
    }
}

#[test]
fn what_is_not_plain_stays_out() {
    check("Ann Lee <ann@x.example>", "Thanks,\nAnn", "Ann | - | - | -");
    check(
        "Ann Lee <ann@x.example>",
        "Ann Lee\nManaging Director: Bob Ray\nHead Office: 12 High St",
        "Ann Lee | - | - | -",
    );
    check("Ann Lee <ann@x.example>", "Ann\nPlease call my manager before noon", "Ann | - | - | -");
    check("Ann Lee <ann@x.example>", "Ann\n\nMicrosoft Gold Partner", "Ann | - | - | -");
    check("<info@x.example>", "Sent from my iPhone", "- | - | - | -");
    check(
        "Ann Lee <ann@x.example>",
        "Sincerely\nAnn Lee (she/her)\nPartner",
        "Ann Lee | Partner | - | -",
    );
}
