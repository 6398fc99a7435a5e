//! A draft as the page of the coach sends it at each pause of the typing.

use anyhow::{Context, Result};

use super::Site;
use super::meter::Request;

/// A letter as people write it: 140 words.
const DRAFT: &str = "Hello,\n\nin our talk in spring you said that the second site opens in June, and that \
    nobody knew yet how the night shifts would be filled. Two firms of about your size had the same \
    question last year. One of them kept its own people and paid overtime until the autumn; the other \
    lent four drivers from the depot next to it, and that was enough. I wrote down what both of them \
    would do otherwise today, on one page, with the figures that they let me pass on.\n\nWould it help \
    to go through that page together, twenty minutes, on Thursday the 12th or Friday the 13th in the \
    morning? If somebody else plans the shifts now, I am glad to hear who it is. And if it is settled, a \
    short no is just as good.\n\nKind regards,\nTest";

/// The request that asks what a careful reader would say of it.
pub(super) fn look(site: &Site, person: &str) -> Result<Request> {
    let page = String::from_utf8_lossy(&site.ask("/coach")?).into_owned();
    let (_, key) = page.split_once("name=\"form_key\" value=\"").context("The page has no form")?;
    let key = key.split('"').next().unwrap_or_default();
    let asked = site.request("/coach/look");
    let mut request = Request { method: "POST".to_owned(), ..asked };
    let kind = "application/x-www-form-urlencoded".to_owned();
    request.headers.insert("Content-Type".to_owned(), kind);
    request.body = format!(
        "form_key={key}&person={person}&channel=email&subject=Night+shifts&text={}",
        escaped(DRAFT)
    );
    Ok(request)
}

/// As a form sends it.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
