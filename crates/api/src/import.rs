//! Bulk imports: rows of JSON, each with what became of it, and files as the page Import takes them.

use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use inroad_model::{Contact, EmailAddress};
use inroad_service::RowCame;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Query, bounded, bounded_text, media_type, parsed, text};
use crate::deals::NewDeal;
use crate::problem::{Answer, Kind, Problem};
use crate::router::Api;

const JSON: &str = "application/json";
/// JSON by lines goes by several names.
const BY_LINES: [&str; 3] = ["application/x-ndjson", "application/ndjson", "application/jsonl"];
/// No import of rows is larger.
pub(crate) const ROWS_BYTES_MAX: usize = 16 << 20;
/// Nor has it more rows.
const ROWS_MAX: usize = 5000;
/// No file that is sent here is larger; what is, is better read from where it lies.
const FILE_BYTES_MAX: usize = 512 << 20;
/// No id and no reason is told at greater length, so that the result of many rows stays small enough to be kept.
const TOLD_CHARS_MAX: usize = 300;
/// More addresses or telephone numbers has nobody.
const OF_ONE_MAX: usize = 50;

/// What became of a row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RowResult {
    /// Which, from 1.
    number: usize,
    /// `new`, `there` (it was there already), `left_out` (somebody of it was erased) or `refused`.
    #[schema(example = "new")]
    state: &'static str,
    /// Under which id or address it is kept.
    id: Option<String>,
    /// Why it was refused.
    because: Option<String>,
}

/// What became of an import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportResult {
    /// How many rows are new.
    new: usize,
    /// How many were there already.
    there: usize,
    /// How many were left out or refused.
    refused: usize,
    /// Each row, in its order.
    rows: Vec<RowResult>,
}

/// Rows: an array of JSON, or JSON by lines. What cannot be read as a row is one with a fault.
pub(crate) struct Rows<T>(Vec<Answer<T>>);

impl<T: DeserializeOwned> FromRequest<Api> for Rows<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _api: &Api) -> Answer<Self> {
        let kind = media_type(request.headers()).unwrap_or_default();
        if kind != JSON && !BY_LINES.contains(&kind.as_str()) {
            let what = "Send an array of application/json, or rows of application/x-ndjson";
            return Err(Problem::new(Kind::Unsupported, what));
        }
        let bytes = bounded(request.into_body(), ROWS_BYTES_MAX).await?;
        let rows: Vec<Answer<T>> = if kind == JSON {
            let rows: Vec<Box<RawValue>> = parsed(&bytes)?;
            rows.iter().map(|row| parsed(row.get().as_bytes())).collect()
        } else {
            let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
            lines.filter(|line| !line.is_empty()).map(parsed).collect()
        };
        if rows.len() > ROWS_MAX {
            return Err(Problem::invalid(format!("Send {ROWS_MAX} rows at a time at most")));
        }
        Ok(Self(rows))
    }
}

impl<T> Rows<T> {
    /// The rows that can be used, and those that cannot with why.
    fn sorted<U>(self, read: impl Fn(T) -> Answer<U>) -> (Vec<U>, Vec<Option<Problem>>) {
        let mut usable = Vec::new();
        let mut faults = Vec::new();
        for row in self.0 {
            match row.and_then(&read) {
                Ok(row) => {
                    usable.push(row);
                    faults.push(None);
                }
                Err(problem) => faults.push(Some(problem)),
            }
        }
        (usable, faults)
    }
}

/// What became of all rows: of the usable ones in their order, and why the others were refused.
fn result<T>(
    came: Vec<RowCame<T>>,
    faults: Vec<Option<Problem>>,
    id: impl Fn(T) -> Option<String>,
) -> ImportResult {
    let mut came = came.into_iter();
    let mut result =
        ImportResult { new: 0, there: 0, refused: 0, rows: Vec::with_capacity(faults.len()) };
    for (number, fault) in (1..).zip(faults) {
        let because = fault.map(|problem| problem.detail);
        let of_row = if because.is_none() { came.next() } else { None };
        let (state, id, count) = match of_row {
            Some(RowCame::New(which)) => ("new", id(which), &mut result.new),
            Some(RowCame::There(which)) => ("there", id(which), &mut result.there),
            Some(RowCame::LeftOut) => ("left_out", None, &mut result.refused),
            None => ("refused", None, &mut result.refused),
        };
        *count += 1;
        result.rows.push(RowResult { number, state, id: id.map(cut), because: because.map(cut) });
    }
    result
}

fn cut(text: String) -> String {
    match text.char_indices().nth(TOLD_CHARS_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Import deals
///
/// An array of JSON, or a deal on each line (`application/x-ndjson`). A row with a fault stops none of the others,
/// and the same import again brings nothing twice: a deal of an id or a name that is there keeps what was typed.
#[utoipa::path(post, path = "/imports/deals", tag = "imports", operation_id = "import_deals",
    request_body(content = Vec<NewDeal>, description = "At most 5000",
        example = json!([{"id": "crm-7", "name": "Audit of two plants", "organization": "Acme"}])),
    responses((status = 200, body = ImportResult)))]
pub(crate) async fn deals(
    _: Mailbox,
    State(api): State<Api>,
    rows: Rows<NewDeal>,
) -> Answer<axum::Json<ImportResult>> {
    let (deals, faults) = rows.sorted(NewDeal::read);
    let came = api.inroad.import_deal_rows(deals).await?;
    api.desk.changed(None).await;
    Ok(axum::Json(result(came, faults, |id| Some(id.to_string()))))
}

/// A contact as an address book or another program knows them.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NewContact {
    /// The whole name, given name first.
    name: Option<String>,
    /// All addresses, the first one preferred.
    #[schema(value_type = Vec<String>, max_items = 50)]
    emails: Vec<EmailAddress>,
    /// Telephone numbers as written.
    #[schema(max_items = 50)]
    phones: Vec<String>,
    /// Title or position.
    title: Option<String>,
    /// The firm.
    organization: Option<String>,
    /// The part of the firm.
    department: Option<String>,
    /// The identifier in the program that it comes from.
    external_id: Option<String>,
    /// Whether they asked not to be written to.
    opted_out: bool,
    /// Street and number.
    street: Option<String>,
    /// The postal code.
    postcode: Option<String>,
    /// The city.
    city: Option<String>,
    /// The state, canton or province.
    region: Option<String>,
    /// The country.
    country: Option<String>,
}

impl NewContact {
    fn read(self) -> Answer<Contact> {
        let texts = [
            &self.name,
            &self.title,
            &self.organization,
            &self.department,
            &self.external_id,
            &self.street,
            &self.postcode,
            &self.city,
            &self.region,
            &self.country,
        ];
        for text in texts.into_iter().flatten().chain(&self.phones) {
            bounded_text("A text", text)?;
        }
        if self.emails.len() > OF_ONE_MAX || self.phones.len() > OF_ONE_MAX {
            let what = format!("More than {OF_ONE_MAX} addresses or numbers of one person");
            return Err(Problem::invalid(what));
        }
        let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let name = filled(self.name);
        if name.is_none() && self.emails.is_empty() {
            return Err(Problem::invalid("A contact needs a name or an address"));
        }
        Ok(Contact {
            name,
            emails: self.emails,
            phones: self.phones,
            title: filled(self.title),
            organization: filled(self.organization),
            note: None,
            external_id: filled(self.external_id),
            opted_out: self.opted_out,
            street: filled(self.street),
            postcode: filled(self.postcode),
            city: filled(self.city),
            region: filled(self.region),
            country: filled(self.country),
            department: filled(self.department),
        })
    }
}

/// Import contacts
///
/// An array of JSON, or a contact on each line (`application/x-ndjson`). A row with a fault stops none of the
/// others, and the same contact comes in once.
#[utoipa::path(post, path = "/imports/contacts", tag = "imports", operation_id = "import_contacts",
    request_body(content = Vec<NewContact>, description = "At most 5000",
        example = json!([{"name": "Omar Li", "emails": ["omar@acme.example"], "organization": "Acme"}])),
    responses((status = 200, body = ImportResult)))]
pub(crate) async fn contacts(
    _: Mailbox,
    State(api): State<Api>,
    rows: Rows<NewContact>,
) -> Answer<axum::Json<ImportResult>> {
    let (contacts, faults) = rows.sorted(NewContact::read);
    let came = api.inroad.import_contact_rows(contacts).await?;
    api.desk.changed(None).await;
    Ok(axum::Json(result(came, faults, |email| email.map(|email| email.to_string()))))
}

/// How a file is imported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileAsked {
    /// What the file is called.
    #[param(min_length = 1, max_length = 1000, example = "contacts.csv")]
    name: String,
    /// Whether it is only looked at, and nothing kept.
    #[serde(default)]
    dry_run: bool,
}

/// An import that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunImport {
    /// Its number, for `/jobs/{number}`.
    job: u64,
}

/// Import a file
///
/// Whatever the page Import takes: a CSV of a CRM, a mailbox, one mail, a calendar, an address book. What it is,
/// its first bytes tell. It is read in the background; `/jobs/{number}` tells how far it is and what came in.
#[utoipa::path(post, path = "/imports/files", tag = "imports", operation_id = "import_file", params(FileAsked),
    request_body(content = String, content_type = "application/octet-stream", description = "The file, at most 512 MB",
        example = "Name,Email\nOmar Li,omar@acme.example\n"),
    responses((status = 202, body = BegunImport, headers(("Location" = String)))))]
pub(crate) async fn file(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<FileAsked>,
    body: Body,
) -> Answer<Response> {
    let name = text("The name", &asked.name)?;
    let mut upload = api.jobs.begin_upload()?;
    upload.begin_file(name).await?;
    let mut parts = body.into_data_stream();
    let mut bytes = 0_usize;
    while let Some(part) = parts.next().await {
        let broken = |_| Problem::unreadable("The file broke off; send it again");
        let part = part.map_err(broken)?;
        bytes += part.len();
        if bytes > FILE_BYTES_MAX {
            let what = format!("A file here holds {} MB at most", FILE_BYTES_MAX >> 20);
            return Err(Problem::new(Kind::TooLarge, what));
        }
        upload.write(&part).await?;
    }
    if bytes == 0 {
        return Err(Problem::invalid("The file is empty"));
    }
    let job = api.jobs.import_upload(upload, asked.dry_run).await?;
    let mut headers = HeaderMap::new();
    if let Ok(place) = format!("/api/v1/jobs/{job}").parse() {
        headers.insert(header::LOCATION, place);
    }
    Ok((StatusCode::ACCEPTED, headers, axum::Json(BegunImport { job })).into_response())
}
