//! Columns of companies: accounts, organisations.

use super::{Line, Role};

/// English first, then German, French, Spanish, Italian, Dutch, Portuguese.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const TABLE: &[Line] = &[
    (Role::Company, &[
        "Company Name", "Account Name", "Organization Name", "Organisation Name", "Company",
        "Account", "Organization", "Organisation", "Firmenname", "Firma",
        "Name des Unternehmens", "Unternehmensname", "Unternehmen", "Nom de l'entreprise",
        "Entreprise", "Société", "Nom du compte", "Nom de la société", "Raison sociale",
        "Nombre de la empresa", "Empresa", "Organización", "Nombre de la cuenta", "Razón social",
        "Nome azienda", "Nome dell'azienda", "Azienda", "Ragione sociale", "Nome account",
        "Bedrijfsnaam", "Bedrijf", "Organisatie", "Accountnaam", "Nome da empresa",
        "Organização", "Nome da conta", "Razão social",
    ]),
    // Too common to make a table one of companies; see `layout`.
    (Role::SomeName, &["Name", "Nom", "Nombre", "Nome", "Naam"]),
    (Role::Domain, &[
        "Company Domain Name", "Domain", "Domain Name", "Website", "Website URL", "Web Site",
        "Web Page", "URL", "property_domain", "Company Website", "Account Website",
        "Domain-Name des Unternehmens", "Domainname", "Webseite", "Webseiten-URL",
        "Internetseite", "Internet", "Homepage", "Nom de domaine de l'entreprise", "Site web",
        "Site internet", "URL du site web", "Nombre de dominio de la empresa", "Sitio web",
        "Página web", "URL del sitio web", "Nome dominio azienda",
        "Nome di dominio dell'azienda", "Sito web", "URL sito web", "Domeinnaam bedrijf",
        "Website-URL", "Nome do domínio da empresa", "Site", "URL do site",
    ]),
    (Role::Phone, &[
        "Phone Number", "Phone", "Main Phone", "Company Phone", "Account Phone", "Telephone",
        "Telefon", "Telefonnummer", "Telefon Zentrale", "Téléphone", "Numéro de téléphone",
        "Teléfono", "Número de teléfono", "Telefono", "Numero di telefono", "Telefoon",
        "Telefoonnummer", "Telefone", "Número de telefone",
    ]),
    (Role::Industry, &[
        "Industry", "Account Industry", "Company Industry", "Account: Industry", "Sector",
        "Branche", "Industrie", "Wirtschaftszweig", "Secteur d'activité", "Secteur", "Industria",
        "Sector de actividad", "Settore", "Settore di attività", "Bedrijfstak", "Setor",
        "Indústria",
    ]),
    (Role::Employees, &[
        "Number of Employees", "Employees", "No. of Employees", "Employee Count",
        "Employee Range", "Company Size", "Headcount", "Anzahl der Mitarbeiter",
        "Anzahl Mitarbeiter", "Mitarbeiterzahl", "Mitarbeiteranzahl", "Mitarbeiter",
        "Beschäftigte", "Nombre d'employés", "Nombre de salariés", "Effectif", "Effectifs",
        "Número de empleados", "Empleados", "Numero di dipendenti", "Numero dipendenti",
        "Dipendenti", "Aantal werknemers", "Aantal medewerkers", "Medewerkers",
        "Número de funcionários", "Funcionários", "Número de empregados",
        "Número de colaboradores",
    ]),
    (Role::Revenue, &[
        "Annual Revenue", "Revenue", "Yearly Revenue", "Turnover", "Annual Turnover",
        "Jahresumsatz", "Umsatz", "Jährlicher Umsatz", "Chiffre d'affaires",
        "Chiffre d'affaires annuel", "Revenu annuel", "Ingresos anuales", "Facturación anual",
        "Facturación", "Fatturato", "Fatturato annuo", "Fatturato annuale", "Ricavi annuali",
        "Entrate annuali", "Jaaromzet", "Omzet", "Jaarlijkse omzet", "Receita anual",
        "Faturamento", "Faturamento anual", "Faturação anual",
    ]),
    (Role::Owner, &[
        "Company owner", "Account Owner", "Record owner", "Owner", "Assigned To",
        "Accountinhaber", "Zuständiger Mitarbeiter", "Kundenbetreuer", "Inhaber", "Propriétaire",
        "Propriétaire de l'entreprise", "Propriétaire du compte", "Propietario",
        "Propietario de empresa", "Propietario de la empresa", "Propietario de la cuenta",
        "Proprietario", "Proprietario dell'azienda", "Proprietario account", "Eigenaar",
        "Bedrijfseigenaar", "Eigenaar van bedrijf", "Accounteigenaar", "Proprietário",
        "Proprietário da empresa", "Proprietário da conta",
    ]),
    (Role::Id, &[
        "Record ID", "Company ID", "Account ID", "Organization ID", "ID", "Datensatz-ID",
        "ID de registro", "ID d'enregistrement", "ID de fiche d'informations", "ID record",
        "ID del record", "ID do registro", "ID do registo",
    ]),
    (Role::Note, &[
        "Description", "Notes", "Note", "About us", "Comments", "Account Description",
        "Beschreibung", "Notizen", "Bemerkungen", "Remarques", "Commentaires", "Descripción",
        "Notas", "Observaciones", "Descrizione", "Beschrijving", "Notities", "Opmerkingen",
        "Descrição", "Observações",
    ]),
    // Not read: they tell that the table lists companies.
    (Role::Label, &["Account Type", "Company Type", "Parent Account", "Ticker Symbol", "SIC Code"]),
    (Role::Deleted, &["Is Deleted", "_fivetran_deleted", "Deleted"]),
];
