//! Columns of deals, also called opportunities.

use super::{Line, Role};

/// English first, then German, French, Spanish, Italian, Dutch, Portuguese.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const TABLE: &[Line] = &[
    (Role::DealName, &[
        "Deal Name", "Opportunity Name", "Deal Title", "Opportunity", "Deal", "Title", "Name",
        "Potential Name", "property_dealname", "Subject", "Dealname", "Name des Deals",
        "Opportunity-Name", "Geschäft", "Verkaufschance", "Titel", "Bezeichnung",
        "Nom de la transaction", "Transaction", "Affaire", "Nom de l'affaire", "Opportunité",
        "Titre", "Nom", "Nombre del negocio", "Negocio", "Nombre del trato", "Trato",
        "Oportunidad", "Nombre de la oportunidad", "Título", "Nombre", "Nome dell'affare",
        "Affare", "Nome trattativa", "Trattativa", "Opportunità", "Nome opportunità", "Titolo",
        "Nome", "Naam deal", "Dealnaam", "Kans", "Naam", "Nome do negócio", "Negócio",
        "Oportunidade", "Nome da oportunidade",
    ]),
    (Role::Stage, &[
        "Deal Stage", "Stage", "Stage Name", "Sales Stage", "Opportunity Stage",
        "Pipeline Stage", "Stage (pipeline)", "Deal Phase", "Phase", "Deal-Phase",
        "Verkaufsphase", "Dealphase", "Stufe", "Phase de la transaction", "Étape",
        "Étape de la transaction", "Étape de vente", "Etapa del negocio", "Etapa", "Fase",
        "Fase del affare", "Fase dell'affare", "Fase di vendita", "Fase della trattativa",
        "Dealfase", "Verkoopfase", "Stadium", "Etapa do negócio", "Fase do negócio", "Estágio",
        "property_dealstage",
    ]),
    (Role::Status, &[
        "Status", "Deal Status", "Opportunity Status", "State", "Statut", "Estado", "Stato",
    ]),
    (Role::IsWon, &["Is Won", "Won", "Is Closed Won", "Closed Won"]),
    (Role::IsClosed, &["Is Closed", "Closed", "Is deal closed"]),
    (Role::WonTime, &["Won time", "Won date", "Date won", "Won on"]),
    (Role::LostTime, &[
        "Lost time", "Lost date", "Date lost", "Lost on", "Lost reason", "Closed Lost Reason",
    ]),
    (Role::Probability, &[
        "Probability", "Probability (%)", "Deal probability", "Wahrscheinlichkeit",
        "Probabilité", "Probabilidad", "Probabilità", "Waarschijnlijkheid", "Probabilidade",
    ]),
    (Role::Value, &[
        "Amount", "Deal Value", "Value", "Deal Amount", "Opportunity Amount", "property_amount",
        "Total", "Total Value", "Amount in company currency", "Betrag", "Wert", "Deal-Wert",
        "Auftragswert", "Montant", "Valeur", "Importe", "Valor", "Monto", "Cantidad", "Importo",
        "Valore", "Ammontare", "Bedrag", "Waarde", "Montante", "Quantia", "Expected Revenue",
        "Umsatz",
    ]),
    (Role::Currency, &[
        "Currency", "Currency of value", "Deal Currency", "Opportunity Currency",
        "Amount Currency", "CurrencyIsoCode", "Currency in company currency", "Währung",
        "Devise", "Moneda", "Divisa", "Valuta", "Moeda",
    ]),
    (Role::Source, &[
        "Lead Source", "Deal Source", "Original Traffic Source", "Original Source",
        "Original Source Type", "Source", "Source channel", "Channel",
        "property_hs_analytics_source", "Lead-Quelle", "Leadquelle", "Quelle", "Herkunft",
        "Source du prospect", "Source de piste", "Origine", "Origine du prospect",
        "Fuente del lead", "Fuente de candidato", "Fuente", "Origen", "Fonte del lead", "Fonte",
        "Origine lead", "Leadbron", "Bron", "Herkomst", "Fonte do lead", "Origem", "Origem do lead",
    ]),
    (Role::Industry, &[
        "Industry", "Account Industry", "Company Industry", "Account: Industry", "Sector",
        "Branche", "Industrie", "Wirtschaftszweig", "Secteur d'activité", "Secteur", "Industria",
        "Sector de actividad", "Settore", "Settore di attività", "Bedrijfstak", "Setor",
        "Indústria",
    ]),
    (Role::Opened, &[
        "Create Date", "Created Date", "Created Time", "Deal created", "Deal created on",
        "Created", "Created On", "Created At", "Date created", "Add time", "Date Opened",
        "Opened", "Open date", "Start Date", "property_createdate", "Erstellungsdatum",
        "Erstellt am", "Erstelldatum", "Date de création", "Créé le", "Fecha de creación",
        "Creado", "Data di creazione", "Creato il", "Aanmaakdatum", "Gemaakt op",
        "Data de criação", "Criado em",
    ]),
    (Role::CloseDate, &[
        "Close Date", "Closing Date", "Expected close date", "Closed on", "Closed Date",
        "Expected Closing", "Closed At", "Estimated close date", "property_closedate",
        "Abschlussdatum", "Schlussdatum", "Schließungsdatum", "Erwartetes Abschlussdatum",
        "Voraussichtliches Abschlussdatum", "Date de fermeture", "Date de clôture",
        "Date de fin", "Fecha de cierre", "Fecha de cierre prevista", "Data di chiusura",
        "Data chiusura", "Data chiusura prevista", "Sluitingsdatum", "Afsluitdatum",
        "Verwachte sluitingsdatum", "Data de fechamento", "Data de fecho",
        "Data de encerramento",
    ]),
    // A date of which only this is said; read as the closing date where there is no other.
    (Role::Day, &["Date", "Datum", "Fecha", "Data"]),
    (Role::Company, &[
        "Account Name", "Organization", "Organisation", "Organization Name", "Company",
        "Company Name", "Associated Company Names (Primary)", "Associated Company (Primary)",
        "Associated Company", "Associated Company Names", "Account", "Client", "Customer",
        "Customer Name", "Firma", "Unternehmen", "Kunde", "Entreprise", "Société", "Cliente",
        "Empresa", "Organización", "Azienda", "Società", "Organizzazione", "Bedrijf",
        "Organisatie", "Klant", "Organização",
    ]),
    (Role::Domain, &[
        "Company Domain Name", "Domain", "Website", "Website URL", "Company Domain",
        "Company Website", "Account Website",
    ]),
    (Role::Person, &[
        "Contact person", "Contact Name", "Person", "Primary Contact", "Contact",
        "Associated Contact", "Associated Contact (Primary)", "Associated Contacts", "Contacts",
        "Person Name", "Contact Full Name", "Buyer", "Ansprechpartner", "Kontaktperson",
        "Kontakt", "Contact principal", "Nom du contact", "Interlocuteur", "Persona de contacto",
        "Contacto", "Persona di contatto", "Contatto", "Referente", "Contactpersoon",
        "Pessoa de contato", "Pessoa de contacto", "Contato",
    ]),
    (Role::PersonEmail, &[
        "Contact Email", "Email", "E-mail", "Person Email", "Email (Work)",
        "Contact person email", "Contact: Email", "Primary Contact Email", "Associated Email",
        "E-Mail-Adresse", "Correo", "Correo electrónico", "Indirizzo e-mail", "E-mailadres",
        "Contact E-mail", "Email Address",
    ]),
    (Role::PersonIds, &[
        "Associated Contact IDs", "Contact Name.id", "Contact ID", "contactsIds",
        "Contact person ID", "Primary Contact ID", "Person ID",
    ]),
    (Role::Owner, &[
        "Deal owner", "Opportunity Owner", "Owner", "Owner Name", "Assigned User", "Sales rep",
        "Salesperson", "Zuständiger Mitarbeiter", "Deal-Inhaber", "Inhaber",
        "Propriétaire de la transaction", "Propriétaire", "Propietario del negocio",
        "Propietario", "Proprietario dell'affare", "Proprietario", "Deal-eigenaar", "Eigenaar",
        "Proprietário do negócio", "Proprietário",
    ]),
    (Role::Note, &[
        "Deal Description", "Description", "Notes", "Note", "Next Step", "Beschreibung",
        "Descripción", "Descrizione", "Descrição", "property_description",
    ]),
    (Role::Id, &[
        "Record ID", "Deal ID", "Opportunity ID", "ID", "Pipedrive System ID",
        "Deal Pipedrive System ID", "Datensatz-ID", "ID de registro", "ID d'enregistrement",
        "ID record", "ID do registro", "Deal-ID",
    ]),
    (Role::Deleted, &["Is Deleted", "_fivetran_deleted", "Deleted"]),
    // Not read: it tells that the table lists people.
    (Role::FirstName, &[
        "First Name", "Last Name", "Given Name", "Family Name", "Vorname", "Nachname", "Prénom",
        "Apellidos", "Cognome", "Voornaam", "Achternaam", "Sobrenome", "Apelido",
    ]),
];
