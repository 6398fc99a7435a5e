//! A change of some fields of a deal, by whoever saw it as it is.

use axum::extract::State;
use axum::http::HeaderMap;
use inroad_model::Stage;
use inroad_service::{DealField, StoredDeal};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{ChangedDeal, KeptDeal, currency, stored, sum};
use crate::asked::{Json, Mailbox, Path, bounded_text};
use crate::problem::{Answer, Kind, Problem};
use crate::router::Api;
use crate::tag::{self, Tagged};
use crate::words::StageWord;

/// What changes of a deal. What is left out stays; `null` means that it is not known.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"stage": "proposal", "value": 52000, "currency": "EUR"}))]
pub(crate) struct DealChange {
    /// Its name.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 1000)]
    name: Option<String>,
    /// The organisation on the other side.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    organization: Given<String>,
    /// How far it is.
    #[serde(default)]
    #[schema(value_type = Option<StageWord>)]
    stage: Given<Stage>,
    /// What it is worth.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0)]
    value: Given<f64>,
    /// ISO 4217 code.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{3}$")]
    currency: Given<String>,
    /// The fee that was quoted.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0)]
    fee_quoted: Given<f64>,
    /// The usual range of fees, the lower first.
    #[serde(default)]
    #[schema(value_type = Option<Vec<f64>>, min_items = 2, max_items = 2)]
    usual_fees: Given<(f64, f64)>,
    /// The day on which it was opened.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    opened: Given<Date>,
    /// Whether it is a long-term account that must be handled with care.
    #[serde(default)]
    ongoing: Option<bool>,
}

/// What may be left out, be `null`, or be something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Given<T> {
    /// It stays as it is.
    #[default]
    Not,
    /// It becomes that; `None` where it is not known any more.
    As(Option<T>),
}

impl<T> Given<T> {
    /// What it becomes, or what it was.
    fn or(self, was: Option<T>) -> Option<T> {
        match self {
            Self::Not => was,
            Self::As(value) => value,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(from).map(Self::As)
    }
}

impl DealChange {
    fn fields(self, before: &StoredDeal) -> Answer<Vec<DealField>> {
        let deal = &before.deal;
        let mut fields = Vec::new();
        if let Some(name) = self.name {
            fields.push(DealField::Name(bounded_text("The name", &name)?.to_owned()));
        }
        if let Given::As(organization) = self.organization {
            let organization = organization.filter(|text| !text.trim().is_empty());
            bounded_text("The organisation", organization.as_deref().unwrap_or_default())?;
            fields.push(DealField::Organization(organization));
        }
        match self.stage {
            // A stage that is so already began when it did.
            Given::As(stage) if stage != deal.stage => fields.push(DealField::Stage(stage)),
            _ => {}
        }
        if self.value != Given::Not || self.currency != Given::Not {
            let value = self.value.or(deal.value).map(sum).transpose()?;
            let code = self.currency.or(deal.currency.clone());
            let code = code.as_deref().map(currency).transpose()?;
            fields.push(DealField::Value(value, code));
        }
        if let Given::As(fee) = self.fee_quoted {
            fields.push(DealField::FeeQuoted(fee));
        }
        if let Given::As(range) = self.usual_fees {
            fields.push(DealField::UsualFees(range));
        }
        if let Given::As(day) = self.opened {
            fields.push(DealField::Opened(day));
        }
        fields.extend(self.ongoing.map(DealField::Ongoing));
        Ok(fields)
    }
}

/// Change a deal
///
/// Send its `ETag` as `If-Match`: where somebody else changed it meanwhile, nothing is overwritten. All fields change
/// in one deed, or none does.
#[utoipa::path(patch, path = "/deals/{id}", tag = "deals", operation_id = "change_deal",
    request_body = DealChange,
    params(("id" = String, Path, description = "The deal's id", example = "d1"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the deal as it was seen")),
    responses((status = 200, body = ChangedDeal, headers(("ETag" = String)))))]
pub(crate) async fn change(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(change): Json<DealChange>,
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
    Tagged::of_version(after.version(), &ChangedDeal { deal: KeptDeal::from(&after), deed })
}
