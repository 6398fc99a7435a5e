//! A change of some fields of a deal, by whoever saw it as it is.

use axum::extract::State;
use axum::http::HeaderMap;
use inroad_model::Stage;
use inroad_service::{DealField, StoredDeal};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{Changed, Kept, currency, stored, sum};
use crate::asked::{Json, Mailbox, Path, bounded_text};
use crate::problem::{Answer, Kind, Problem};
use crate::router::Api;
use crate::tag::{self, Tagged};
use crate::words::StageWord;

/// What changes of a deal. What is left out stays; `null` means that it is not known.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(example = json!({"stage": "proposal", "value": 52000, "currency": "EUR"}))]
pub(crate) struct Change {
    /// Its name.
    #[schema(min_length = 1, max_length = 1000)]
    name: Option<String>,
    /// The organisation on the other side.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    organization: Option<Option<String>>,
    /// How far it is.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<StageWord>)]
    stage: Option<Option<Stage>>,
    /// What it is worth.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<f64>, minimum = 0)]
    value: Option<Option<f64>>,
    /// ISO 4217 code.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{3}$")]
    currency: Option<Option<String>>,
    /// The fee that was quoted.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<f64>, minimum = 0)]
    fee_quoted: Option<Option<f64>>,
    /// The usual range of fees, the lower first.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Vec<f64>>, min_items = 2, max_items = 2)]
    usual_fees: Option<Option<(f64, f64)>>,
    /// The day on which it was opened.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = Date)]
    opened: Option<Option<Date>>,
    /// Whether it is a long-term account that must be handled with care.
    ongoing: Option<bool>,
}

/// Tells what is `null` from what is left out.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

impl Change {
    fn fields(self, before: &StoredDeal) -> Answer<Vec<DealField>> {
        let deal = &before.deal;
        let mut fields = Vec::new();
        if let Some(name) = self.name {
            fields.push(DealField::Name(bounded_text("The name", &name)?.to_owned()));
        }
        if let Some(organization) = self.organization {
            let organization = organization.filter(|text| !text.trim().is_empty());
            bounded_text("The organisation", organization.as_deref().unwrap_or_default())?;
            fields.push(DealField::Organization(organization));
        }
        fields.extend(self.stage.map(DealField::Stage));
        if self.value.is_some() || self.currency.is_some() {
            let value = self.value.unwrap_or(deal.value).map(sum).transpose()?;
            let code = self.currency.unwrap_or_else(|| deal.currency.clone());
            let code = code.as_deref().map(currency).transpose()?;
            fields.push(DealField::Value(value, code));
        }
        fields.extend(self.fee_quoted.map(DealField::FeeQuoted));
        fields.extend(self.usual_fees.map(DealField::UsualFees));
        fields.extend(self.opened.map(DealField::Opened));
        fields.extend(self.ongoing.map(DealField::Ongoing));
        // A stage that is so already began when it did.
        fields.retain(|field| *field != DealField::Stage(deal.stage));
        Ok(fields)
    }
}

/// Change a deal
///
/// Send its ETag as If-Match: where somebody else changed it meanwhile, nothing is overwritten. All fields change
/// in one deed, or none does.
#[utoipa::path(patch, path = "/deals/{id}", tag = "deals", operation_id = "change_deal",
    request_body = Change,
    params(("id" = String, Path, description = "The deal's id", example = "d1"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the deal as it was seen")),
    responses((status = 200, body = Changed, headers(("ETag" = String)))))]
pub(crate) async fn change(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(change): Json<Change>,
) -> Answer<Tagged> {
    let before = stored(&api, &id).await?;
    let version = before.version();
    tag::must_have_seen(&headers, &version)?;
    let fields = change.fields(&before)?;
    let id = before.deal.id.clone();
    let done = api.inroad.change_deal_at_once(&id, fields, Some(&version), api.now()).await;
    let (after, deed) = match done.map_err(Problem::from) {
        Ok(done) => {
            api.desk.changed(Some(&id)).await;
            (done.what, Some(done.deed.get()))
        }
        // It is so already, or somebody was quicker.
        Err(problem) if problem.status == Kind::Conflict.status().as_u16() => {
            let now = api.inroad.stored_deal(&id).await?;
            if now.version() != version {
                return Err(tag::changed());
            }
            (now, None)
        }
        Err(problem) => return Err(problem),
    };
    Tagged::of_version(after.version(), &Changed { deal: Kept::from(&after), deed })
}
