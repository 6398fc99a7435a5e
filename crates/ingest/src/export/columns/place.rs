//! Columns of postal addresses, of people and of companies.
//!
//! Names are compared folded, as those of the other tables. Which address of a row is meant is told
//! by a word before or behind: `Billing City`, `Ort geschäftlich`.

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export) enum Part {
    Street,
    /// The number of the house where it stands apart from its street.
    House,
    /// The whole address in one cell.
    Whole,
    Postcode,
    City,
    Region,
    Country,
}

/// What an address is for; those of a firm's seat come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export) enum Which {
    /// Nothing is said.
    Main,
    Mailing,
    Business,
    Billing,
    Company,
    Home,
    Other,
}

/// English first, then German, French, Spanish, Italian, Dutch, Portuguese, and those of
/// `more_languages`.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const PARTS: &[(Part, &[&str])] = &[
    (Part::Street, &[
        "Street", "Street Address", "Street Name", "Address Line", "Address Line 1", "Street Line",
        "Street/road name of Address", "Extended Address", "Straße", "Strasse",
        "Straße und Hausnummer", "Straße Nr", "Straße/Nr.", "Straße Hausnummer", "Adresszeile",
        "Rue", "Numéro et rue", "Voie", "Adresse postale ligne", "Calle", "Calle y número",
        "Domicilio", "Via", "Via e numero", "Indirizzo via", "Straat", "Straatnaam",
        "Straat en huisnummer", "Straat en nummer", "Rua", "Logradouro", "Gata", "Gatuadress",
        "Gade", "Vej", "Gate", "Gateadresse", "Vejnavn", "Katuosoite", "Ulica", "Ulice", "Улица",
    ]),
    (Part::House, &[
        "House number of Address", "House Number", "Street Number", "Hausnummer", "Hausnr",
        "Numéro de rue", "Numero civico", "Huisnummer", "Número da porta", "Husnummer",
    ]),
    (Part::Whole, &[
        "Address", "Full Address", "Full/combined address of Address", "Formatted",
        "Postal Address", "Adresse", "Anschrift", "Postanschrift",
        "Adresse postale", "Dirección", "Dirección postal", "Indirizzo", "Indirizzo postale",
        "Adres", "Postadres", "Endereço", "Morada", "Adress", "Postadress", "Postadresse",
        "Osoite", "Adresa", "Адрес",
    ]),
    (Part::Postcode, &[
        "Postal Code", "Postcode", "Post Code", "Zip Code", "Zip", "Zip/Postal Code",
        "Postal/Zip Code", "Zip or postal code", "ZIP/Postal code of Address", "Code",
        "Postleitzahl", "PLZ", "Code postal", "Código postal", "CAP", "Codice postale",
        "Codice di avviamento postale", "CEP", "Cód. postal", "Postnummer", "Postnr",
        "Postinumero", "Kod pocztowy", "PSČ", "Индекс", "Почтовый индекс",
    ]),
    (Part::City, &[
        "City", "Town", "City/Town", "Town/City", "Locality",
        "City/town/village/locality of Address", "Stadt", "Ort", "Ort/Stadt", "Stadt/Ort",
        "Wohnort", "Firmensitz", "Ville", "Localité", "Commune", "Ciudad", "Población",
        "Localidad", "Municipio", "Città", "Comune", "Località", "Plaats", "Woonplaats", "Stad",
        "Vestigingsplaats", "Cidade", "Ort", "Postort", "By", "Poststed", "Kaupunki",
        "Postitoimipaikka", "Miasto", "Miejscowość", "Město", "Город",
    ]),
    (Part::Region, &[
        "State", "State/Region", "State/Province", "Region", "Province", "State or Province",
        "State/county of Address", "County", "State Code", "Bundesland", "Bundesland/Region",
        "Bundesland/Kanton", "Kanton", "Bundesstaat/Region", "Région", "État/Région", "Dép/Région",
        "Département/Région", "État/Province", "Canton", "Estado/Región", "Provincia",
        "Estado/Provincia", "Provincia o estado", "Comunidad autónoma", "Regione",
        "Stato/Regione", "Stato/Provincia", "Provincie", "Staat/regio", "Staat/provincie",
        "Provincie/staat", "Estado/Região", "Distrito", "Província", "UF", "Estado", "Stato",
        "Län", "Fylke", "Maakunta", "Województwo", "Область", "Регион",
    ]),
    (Part::Country, &[
        "Country", "Country/Region", "Country or Region", "Nation", "Country of Address",
        "Country Name", "Country Code", "Country/Region Code", "Land", "Land/Region", "Staat",
        "Pays", "Pays/Région", "País", "País/Región", "País o región", "Paese", "Paese/Regione",
        "Paese/Area geografica", "Nazione", "Land/regio", "Land of regio", "País/Região",
        "Maa", "Země", "Страна",
    ]),
];

/// Words before or behind the name of a part, folded.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const AFFIXES: &[(Which, &[&str])] = &[
    (Which::Main, &[
        // Google counts addresses; HubSpot's own tables mark columns.
        "address", "property", "primary", "main", "contact", "lead", "account", "person",
        "organization",
    ]),
    (Which::Mailing, &["mailing", "mailingaddress", "postal", "postanschrift", "correspondence"]),
    (Which::Business, &[
        "business", "businessaddress", "work", "workaddress", "office", "geschaftlich",
        "dienstlich", "bureau", "professionnel", "professionnelle", "deltrabajo", "detrabajo",
        "trabajo", "ufficio", "uff", "werkadres", "opwerk", "zakelijk", "comercial", "arbete",
        "arbejde", "arbeid",
    ]),
    (Which::Billing, &[
        "billing", "billingaddress", "invoice", "invoiceaddress", "rechnungs", "rechnungsadresse",
        "rechnungsanschrift", "rechnung", "facturation", "defacturation", "facturacion",
        "defacturacion", "fatturazione", "difatturazione", "factuur", "factuuradres", "cobranca",
        "decobranca", "faturamento", "defaturamento", "faturacao", "defaturacao",
    ]),
    (Which::Company, &[
        "company", "companyaddress", "headquarters", "hq", "firmen", "firma", "unternehmens",
        "empresa", "entreprise", "azienda", "bedrijfs", "bedrijf",
    ]),
    (Which::Home, &[
        "home", "homeaddress", "private", "personal", "privat", "domicile", "personnel",
        "particular", "casa", "abitazione", "ab", "prive", "thuis", "huisadres", "residencial",
    ]),
    (Which::Other, &[
        "other", "otheraddress", "shipping", "shippingaddress", "delivery", "secondary",
        "weitere", "weiterer", "weiteres", "andere", "anderer", "liefer", "lieferadresse",
        "lieferanschrift", "autre", "livraison", "delivraison", "otro", "otra", "envio",
        "deenvio", "altro", "altra", "spedizione", "dispedizione", "overig", "overige",
        "bezorg", "verzend", "verzendadres", "outro", "outra", "entrega", "deentrega",
    ]),
];
