//! Columns of activities: notes, calls, meetings, tasks.

use super::{Line, Role};

/// English first, then German, French, Spanish, Italian, Dutch, Portuguese.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const TABLE: &[Line] = &[
    (Role::ActivityType, &[
        "Activity type", "Task type", "Task Subtype", "Engagement type", "Aktivitätstyp",
        "Type d'activité", "Tipo de actividad", "Tipo attività", "Activiteitstype",
        "Tipo de atividade",
    ]),
    (Role::Subject, &[
        "Subject", "Title", "Task title", "Note Title", "Call Subject", "Betreff", "Titel",
        "Objet", "Asunto", "Oggetto", "Onderwerp", "Assunto",
    ]),
    (Role::Body, &[
        "Body", "Note Content", "Note body", "Task body", "Call notes", "Activity note",
        "Full Comments", "property_hs_note_body", "property_hs_body_preview",
        "property_hs_call_body", "property_hs_meeting_body", "property_hs_task_body",
        "property_hs_communication_body", "property_hs_email_text", "Notizinhalt",
        "Contenu de la note", "Contenido de la nota", "Contenuto della nota", "Conteúdo da nota",
    ]),
    // Lists of people and of products have these as well; see `layout`.
    (Role::Note, &[
        "Note", "Notes", "Description", "Comments", "Notiz", "Notizen", "Beschreibung", "Nota",
        "Notas", "Notitie", "Descripción", "Descrizione", "Descrição",
    ]),
    (Role::Day, &[
        "Activity date", "Due date", "Date", "Start", "Start Date", "Marked as done time",
        "Completion date", "Closed Time", "Created Time", "Create Date", "Created Date",
        "property_hs_timestamp", "property_hs_createdate", "Activity DateTime", "Start DateTime",
        "Fälligkeitsdatum", "Datum", "Date d'échéance", "Fecha de vencimiento", "Fecha",
        "Data di scadenza", "Data", "Vervaldatum", "Data de vencimento",
    ]),
    (Role::Person, &[
        "Contact person", "Contact Name", "Contact", "Name", "Person", "Associated Contact",
        "Kontakt", "Ansprechpartner", "Persona de contacto", "Contatto", "Contactpersoon",
    ]),
    (Role::PersonEmail, &["Email", "Contact Email", "Associated Email"]),
    (Role::PersonIds, &[
        "Associated Contact IDs", "Contact Name.id", "who_id", "WhoId", "Contact ID",
    ]),
    (Role::Company, &[
        "Organization", "Account Name", "Company", "Associated Company", "Company / Account",
        "Firma", "Empresa", "Azienda", "Bedrijf",
    ]),
    (Role::DealName, &["Deal", "Opportunity", "Associated Deal", "Related To"]),
    (Role::Owner, &[
        "Activity assigned to", "Assigned to", "Assigned to user", "Assigned", "Note Owner",
        "Task Owner", "Owner",
    ]),
    (Role::Status, &["Task status", "Status", "Done"]),
    (Role::Id, &["Record ID", "Activity ID", "ID", "engagement_id", "Task ID", "Note ID"]),
    (Role::Deleted, &["Is Deleted", "_fivetran_deleted", "Deleted"]),
    // Not read: it tells that the table lists people.
    (Role::FirstName, &[
        "First Name", "Last Name", "Given Name", "Family Name", "Vorname", "Nachname", "Prénom",
        "Apellidos", "Cognome", "Voornaam", "Achternaam", "Sobrenome", "Apelido",
    ]),
];
