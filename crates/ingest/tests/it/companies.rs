//! Tables of companies as CRM programs export them, and where the people of tables are: invented rows
//! under real column names.

use inroad_ingest::Limits;
use inroad_ingest::export::{Export, ExportKind, ExportSystem, parse_export};
use inroad_model::{Account, Contact};
use proptest::prelude::*;

use crate::corpus;

fn read(table: &[u8]) -> Export {
    let (export, issues) = parse_export(table, &Limits::default());
    assert!(issues.is_empty(), "{issues:?}");
    export
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Checks who wrote the table and its first company: name, domain, industry, employees, revenue,
/// street, postcode, city, region, country, phone, note, owner, identifier.
#[track_caller]
fn check(table: &str, system: ExportSystem, expected: [&str; 14]) {
    let export = read(table.as_bytes());
    assert_eq!((export.system, export.kind), (system, ExportKind::Companies), "{table}");
    let [
        name,
        domain,
        industry,
        employees,
        revenue,
        street,
        postcode,
        city,
        region,
        country,
        phone,
        note,
        owner,
        id,
    ] = expected;
    let account = Account {
        domain: some(domain),
        industry: some(industry),
        employees: some(employees),
        revenue: some(revenue),
        street: some(street),
        postcode: some(postcode),
        city: some(city),
        region: some(region),
        country: some(country),
        phone: some(phone),
        note: some(note),
        owner: some(owner),
        external_id: some(id),
        ..Account::named(name)
    };
    assert_eq!(export.companies[0].value, account, "{table}");
}

#[test]
fn companies_of_each_program() {
    check(
        "Record ID,Company name,Company Domain Name,Website URL,Phone Number,Industry,Number of Employees,Annual Revenue,Street Address,Street Address 2,City,State/Region,Country/Region,Postal Code,Company owner,Create Date,Last Activity Date,Associated Note,Description\n\
         77,Lindner Bau,,https://www.lindner.example/en,+49 30 1,CONSTRUCTION,350,12000000,Hauptstr. 1,Tor 3,Bonn,NRW,Germany,53113,Marta Ito,2026-01-01,,,Builds halls\n",
        ExportSystem::HubSpot,
        [
            "Lindner Bau",
            "lindner.example",
            "CONSTRUCTION",
            "350",
            "12000000",
            "Hauptstr. 1, Tor 3",
            "53113",
            "Bonn",
            "NRW",
            "Germany",
            "+49 30 1",
            "Builds halls",
            "Marta Ito",
            "77",
        ],
    );
    check(
        "Id,IsDeleted,Name,Type,BillingStreet,BillingCity,BillingState,BillingPostalCode,BillingCountry,ShippingStreet,ShippingCity,ShippingPostalCode,Phone,Website,Industry,AnnualRevenue,NumberOfEmployees,Description,OwnerId,SystemModstamp\n\
         001,false,Lindner Bau,Prospect,,,,,Germany,Am Tor 3,Ulm,89073,1,lindner.example,Steel,1.2E7,350,,005,2026-01-01\n",
        ExportSystem::Salesforce,
        [
            "Lindner Bau",
            "lindner.example",
            "Steel",
            "350",
            "1.2E7",
            "Am Tor 3",
            "89073",
            "Ulm",
            "",
            "",
            "1",
            "",
            "",
            "001",
        ],
    );
    check(
        "Account Name,Account Owner,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Billing Country,Phone,Account Type,Employees,Industry\n\
         Lindner Bau,Marta Ito,\"Hauptstr. 1\nTor 3\",Bonn,NRW,53113,DE,1,Prospect,350,--None--\n",
        ExportSystem::Salesforce,
        [
            "Lindner Bau",
            "",
            "",
            "350",
            "",
            "Hauptstr. 1, Tor 3",
            "53113",
            "Bonn",
            "NRW",
            "DE",
            "1",
            "",
            "Marta Ito",
            "",
        ],
    );
    check(
        "Organization - ID;Organization - Name;Organization - Address;Organization - Street/road name of Address;Organization - House number of Address;Organization - City/town/village/locality of Address;Organization - State/county of Address;Organization - ZIP/Postal code of Address;Organization - Country of Address;Organization - Owner;Organization - Website;Organization - Number of employees;Organization - Industry;Organization - Labels\n\
         5;Lindner Bau;Hauptstr. 1, Bonn;Hauptstr.;1;Bonn;NRW;53113;Germany;Marta Ito;lindner.example;350;Steel;Hot\n",
        ExportSystem::Pipedrive,
        [
            "Lindner Bau",
            "lindner.example",
            "Steel",
            "350",
            "",
            "Hauptstr. 1",
            "53113",
            "Bonn",
            "NRW",
            "Germany",
            "",
            "",
            "Marta Ito",
            "5",
        ],
    );
    check(
        "Record Id,Account Owner.id,Account Owner,Account Name,Phone,Website,Account Type,Industry,Employees,Annual Revenue,Billing Street,Billing City,Billing State,Billing Code,Billing Country,Shipping City,Description,Tag\n\
         z1,z2,Marta Ito,Lindner Bau,1,http://lindner.example,,Steel,350,\"€ 12,000,000\",Hauptstr. 1,Bonn,NRW,53113,Germany,Ulm,Builds halls,\n",
        ExportSystem::Zoho,
        [
            "Lindner Bau",
            "lindner.example",
            "Steel",
            "350",
            "€ 12,000,000",
            "Hauptstr. 1",
            "53113",
            "Bonn",
            "NRW",
            "Germany",
            "1",
            "Builds halls",
            "Marta Ito",
            "z1",
        ],
    );
}

/// Any list of firms, in the languages that tables speak: name, site, trade, people, revenue, street,
/// postcode, city, country, phone and note.
#[test]
fn companies_in_many_languages() {
    for header in [
        "Company|Website|Industry|Employees|Annual Revenue|Street|Zip Code|City|Country|Phone|Notes",
        "Firma|Webseite|Branche|Mitarbeiterzahl|Jahresumsatz|Straße|PLZ|Ort|Land|Telefon|Bemerkungen",
        "Unternehmensname|Internetseite|Wirtschaftszweig|Anzahl der Mitarbeiter|Umsatz|Straße und Hausnummer|Postleitzahl|Stadt|Land/Region|Telefonnummer|Beschreibung",
        "Nom de l'entreprise|Site web|Secteur d'activité|Nombre d'employés|Chiffre d'affaires|Rue|Code postal|Ville|Pays|Téléphone|Commentaires",
        "Nombre de la empresa|Sitio web|Sector de actividad|Número de empleados|Ingresos anuales|Calle|Código postal|Ciudad|País|Teléfono|Notas",
        "Ragione sociale|Sito web|Settore|Numero di dipendenti|Fatturato|Via|CAP|Città|Paese|Telefono|Descrizione",
        "Bedrijfsnaam|Website-URL|Bedrijfstak|Aantal werknemers|Jaaromzet|Straat|Postcode|Plaats|Land|Telefoonnummer|Opmerkingen",
        "Nome da empresa|Site|Setor|Número de funcionários|Receita anual|Rua|Código postal|Cidade|País|Telefone|Observações",
        "Företagsnamn|Webbplats|Bransch|Antal anställda|Omsättning|Gata|Postnummer|Postort|Land|Telefon|Anteckningar",
        "Virksomhed|Hjemmeside|Branche|Antal ansatte|Omsætning|Gade|Postnr|By|Land|Telefon|Noter",
        "Nazwa firmy|Strona internetowa|Branża|Liczba pracowników|Roczny przychód|Ulica|Kod pocztowy|Miasto|Country|Numer telefonu|Uwagi",
        "Název firmy|Webové stránky|Odvětví|Počet zaměstnanců|Roční obrat|Ulice|PSČ|Město|Země|Telefonní číslo|Poznámka",
        "Компания|Сайт|Отрасль|Количество сотрудников|Выручка|Улица|Индекс|Город|Страна|Телефон|Описание",
    ] {
        let expected = Account {
            domain: some("lindner.example"),
            industry: some("Steel"),
            employees: some("51-200"),
            revenue: some("12 Mio."),
            street: some("Hauptstr. 1"),
            postcode: some("53113"),
            city: some("Bonn"),
            country: some("DE"),
            phone: some("+49 1"),
            note: some("Halls"),
            ..Account::named("Lindner Bau")
        };
        let row = "Lindner Bau|www.lindner.example|Steel|51-200|12 Mio.|Hauptstr. 1|53113|Bonn|DE|+49 1|Halls";
        let export = read(format!("{header}\n{row}\n").as_bytes());
        assert_eq!(export.kind, ExportKind::Companies, "{header}");
        assert_eq!(export.companies[0].value, expected, "{header}");
    }
}

#[test]
fn what_is_no_company_or_no_site_of_one() {
    let (export, issues) = parse_export(
        b"Company,Website,Industry\n\
          Lindner,https://www.facebook.com/lindner,n/a\n\
          ,https://kestrel.example/,Energy\n\
          ,,Energy\n\
          n/a,linkedin.com/company/acme,\n",
        &Limits::default(),
    );
    let found: Vec<_> = export.companies.iter().map(|row| row.value.clone()).collect();
    let kestrel = Account {
        domain: some("kestrel.example"),
        industry: some("Energy"),
        ..Account::named("kestrel.example")
    };
    assert_eq!(found, [Account::named("Lindner"), kestrel]);
    let told: Vec<_> = issues.iter().map(|issue| issue.place.line).collect();
    assert_eq!(told, [Some(4), Some(5)], "{issues:?}");
}

/// Checks where the first contact is: street, postcode, city, region, country, department.
#[track_caller]
fn check_place(table: &str, expected: [&str; 6]) {
    let export = read(table.as_bytes());
    assert_eq!(export.kind, ExportKind::Contacts, "{table}");
    let Contact { street, postcode, city, region, country, department, .. } =
        export.contacts[0].value.clone();
    let found =
        [street, postcode, city, region, country, department].map(Option::unwrap_or_default);
    assert_eq!(found, expected, "{table}");
}

#[test]
fn where_people_are() {
    check_place(
        "Record ID,First Name,Last Name,Email,Street Address,City,State/Region,Postal Code,Country/Region,IP Country\n\
         1,Jana,Kühn,jana@lindner.example,Hauptstr. 1,Bonn,NRW,53113,Germany,US\n",
        ["Hauptstr. 1", "53113", "Bonn", "NRW", "Germany", ""],
    );
    check_place(
        "Id,LastName,FirstName,OtherCity,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,Email,Department,SystemModstamp\n\
         003,Kühn,Jana,Ulm,Hauptstr. 1,Bonn,NRW,53113,DE,jana@lindner.example,Einkauf,2026-01-01\n",
        ["Hauptstr. 1", "53113", "Bonn", "NRW", "DE", "Einkauf"],
    );
    check_place(
        "Record Id,Contact Owner.id,First Name,Last Name,Email,Department,Mailing Street,Mailing City,Mailing State,Mailing Zip,Mailing Country,Other Zip\n\
         z1,z2,Jana,Kühn,jana@lindner.example,Einkauf,Hauptstr. 1,Bonn,NRW,53113,DE,1\n",
        ["Hauptstr. 1", "53113", "Bonn", "NRW", "DE", "Einkauf"],
    );
    check_place(
        "First Name,Last Name,Organization Name,Organization Department,E-mail 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country\n\
         Jana,Kühn,Lindner,Einkauf,jana@lindner.example,Work,\"Hauptstr. 1\n53113 Bonn\",Hauptstr. 1,Bonn ::: Ulm,,NRW,53113,DE\n",
        ["Hauptstr. 1", "53113", "Bonn", "NRW", "DE", "Einkauf"],
    );
    check_place(
        "First Name,Middle Name,Last Name,Company,Department,Home City,Business Street,Business Street 2,Business City,Business State,Business Postal Code,Business Country/Region,E-mail Address\n\
         Jana,,Kühn,Lindner,Einkauf,Ulm,Hauptstr. 1,Tor 3,Bonn,NRW,53113,DE,jana@lindner.example\n",
        ["Hauptstr. 1, Tor 3", "53113", "Bonn", "NRW", "DE", "Einkauf"],
    );
    check_place(
        "Vorname;Nachname;Firma;Abteilung;E-Mail-Adresse;Straße geschäftlich;Postleitzahl geschäftlich;Ort geschäftlich;Land/Region geschäftlich;Ort privat\n\
         Jana;Kühn;Lindner;Einkauf;jana@lindner.example;Hauptstr. 1;53113;Bonn;DE;Ulm\n",
        ["Hauptstr. 1", "53113", "Bonn", "", "DE", "Einkauf"],
    );
    check_place(
        "Person - Name;Person - Email (Work);Person - Postal address;Organization - Address\n\
         Jana Kühn;jana@lindner.example;Hauptstr. 1, Bonn;Am Tor 3\n",
        ["Hauptstr. 1, Bonn", "", "", "", "", ""],
    );
    check_place(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Jana,Kühn,https://x.example/jana,jana@lindner.example,Lindner,Buyer,07 Jun 2022\n",
        [""; 6],
    );
}

#[test]
fn places_of_shared_tables() {
    let Some(folder) = corpus::folder("exports") else { return };
    let table = |name: &str| read(&std::fs::read(folder.join(name)).unwrap());
    let outlook = table("_handmade/outlook_desktop_cp1252.csv").contacts.remove(0).value;
    assert_eq!(outlook.street.as_deref(), Some("Hauptstr. 1, Tor 3"));
    assert_eq!(
        (outlook.city.as_deref(), outlook.country.as_deref()),
        (Some("Köln"), Some("Germany"))
    );
    let hubspot = table("hubspot/fivetran_dbt_hubspot/company_data.csv").companies.remove(0).value;
    assert!(hubspot.street.is_some_and(|street| street.contains(", ")), "two columns");
    assert_eq!(hubspot.country.as_deref(), Some("United States"));
    assert_eq!(hubspot.revenue.as_deref(), Some("10000000"));
}

const COLUMNS: [&str; 14] = [
    "Company name",
    "Company Domain Name",
    "Industry",
    "Number of Employees",
    "Annual Revenue",
    "Street Address",
    "Postal Code",
    "City",
    "State/Region",
    "Country/Region",
    "Phone Number",
    "Description",
    "Company owner",
    "Record ID",
];

fn cells(account: &Account) -> [String; 14] {
    let cell = |told: &Option<String>| told.clone().unwrap_or_default();
    [
        account.name.clone(),
        cell(&account.domain),
        cell(&account.industry),
        cell(&account.employees),
        cell(&account.revenue),
        cell(&account.street),
        cell(&account.postcode),
        cell(&account.city),
        cell(&account.region),
        cell(&account.country),
        cell(&account.phone),
        cell(&account.note),
        cell(&account.owner),
        cell(&account.external_id),
    ]
}

/// A cell, quoted; the first letter keeps it from saying that nothing is known.
fn told() -> impl Strategy<Value = Option<String>> {
    prop::option::of("q[a-zäß€0-9 .;,\"'-]{0,12}z")
}

fn account() -> impl Strategy<Value = Account> {
    let domain = prop::option::of("[a-z]{1,8}\\.example");
    let parts = (prop::collection::vec(told(), 12), "q[a-zß ,\"]{0,12}z", domain);
    parts.prop_map(|(told, name, domain)| {
        let mut told = told.into_iter();
        let mut next = || told.next().flatten();
        Account {
            domain,
            industry: next(),
            employees: next(),
            revenue: next(),
            street: next(),
            postcode: next(),
            city: next(),
            region: next(),
            country: next(),
            phone: next(),
            note: next(),
            owner: next(),
            external_id: next(),
            ..Account::named(&name)
        }
    })
}

proptest! {
    #[test]
    fn companies_come_out_as_they_went_in_whatever_the_order_of_columns(
        accounts in prop::collection::vec(account(), 1..20),
        order in Just((0..14).collect::<Vec<usize>>()).prop_shuffle(),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t')],
    ) {
        let line = |cells: [String; 14]| {
            let quoted = order.iter().map(|at| format!("\"{}\"", cells[*at].replace('"', "\"\"")));
            quoted.collect::<Vec<_>>().join(&delimiter.to_string())
        };
        let head = line(COLUMNS.map(str::to_owned));
        let lines: Vec<String> = std::iter::once(head).chain(accounts.iter().map(|a| line(cells(a)))).collect();
        let (export, issues) = parse_export(lines.join("\r\n").as_bytes(), &Limits::default());
        prop_assert!(issues.is_empty(), "{issues:?}");
        let found: Vec<Account> = export.companies.into_iter().map(|row| row.value).collect();
        prop_assert_eq!(found, accounts);
    }
}
