//! Columns of companies: accounts, organisations.

use super::{Line, Role};

/// English first, then German, French, Spanish, Italian, Dutch, Portuguese.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const TABLE: &[Line] = &[
    (Role::Company, &[
        "Company Name", "Account Name", "Organization Name", "Organisation Name", "Company",
        "Account", "Organization", "Organisation", "Firmenname", "Firma",
        "Name des Unternehmens", "Unternehmensname", "Unternehmen", "Nom de l'entreprise",
        "Entreprise", "Société", "Nombre de la empresa", "Empresa", "Organización",
        "Nome azienda", "Nome dell'azienda", "Azienda", "Ragione sociale", "Bedrijfsnaam",
        "Bedrijf", "Nome da empresa", "Organização",
    ]),
    // Too common to make a table one of companies; see `layout`.
    (Role::SomeName, &["Name", "Nom", "Nombre", "Nome", "Naam"]),
    (Role::Domain, &[
        "Company Domain Name", "Domain", "Domain Name", "Website", "Website URL", "Web Site",
        "Web Page", "URL", "property_domain", "Domain-Name des Unternehmens", "Domainname",
        "Webseite", "Internetseite", "Nom de domaine de l'entreprise", "Site web",
        "Nombre de dominio de la empresa", "Sitio web", "Nome dominio azienda",
        "Nome di dominio dell'azienda", "Sito web", "Domeinnaam bedrijf", "Website-URL",
        "Nome do domínio da empresa", "Site",
    ]),
    (Role::Phone, &[
        "Phone Number", "Phone", "Main Phone", "Telefon", "Telefonnummer", "Téléphone",
        "Teléfono", "Número de teléfono", "Telefono", "Telefoonnummer", "Telefone",
    ]),
    (Role::Industry, &[
        "Industry", "Account Industry", "Company Industry", "Account: Industry", "Sector",
        "Branche", "Industrie", "Wirtschaftszweig", "Secteur d'activité", "Secteur", "Industria",
        "Sector de actividad", "Settore", "Settore di attività", "Bedrijfstak", "Setor",
        "Indústria",
    ]),
    (Role::Owner, &[
        "Company owner", "Account Owner", "Owner", "Inhaber", "Propriétaire", "Propietario",
        "Propietario de empresa", "Proprietario", "Eigenaar", "Proprietário",
    ]),
    (Role::Id, &[
        "Record ID", "Company ID", "Account ID", "Organization ID", "ID", "Datensatz-ID",
        "ID de registro", "ID d'enregistrement", "ID record", "ID do registro",
    ]),
    (Role::Note, &[
        "Description", "Notes", "About us", "Beschreibung", "Descripción", "Descrizione",
        "Beschrijving", "Descrição",
    ]),
    // Not read: they tell that the table lists companies.
    (Role::Label, &[
        "Industry", "Account Type", "Number of Employees", "Employees", "Annual Revenue",
        "Branche", "Anzahl der Mitarbeiter", "Jahresumsatz", "Secteur", "Secteur d'activité",
        "Sector", "Settore", "Setor",
    ]),
    (Role::Deleted, &["Is Deleted", "_fivetran_deleted", "Deleted"]),
];
