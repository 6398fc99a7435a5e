//! What records say of a person, and the forms that put one right.

use inroad_model::{ContactField, EmailAddress, RecordChange, Remark};
use inroad_service::{Doubt, Error, PersonPage};
use maud::{Markup, html};

use crate::forms::{Fields, hidden, one};
use crate::parts::person_link;
use crate::visit::Visit;

/// The cards of the person, and what can be put right.
pub(super) fn section(
    person: &PersonPage,
    on_record: &[(ContactField, String)],
    visit: &Visit,
) -> Markup {
    html! {
        section aria-labelledby="records" {
            h2 id="records" { "In your contacts" }
            @if person.contacts.is_empty() { p.quiet { "No card of theirs." } }
            @else {
                ul.written { @for card in &person.contacts { li {
                    @let words = [&card.name, &card.title, &card.organization];
                    @for (n, word) in words.into_iter().flatten().chain(&card.phones).enumerate() { @if n > 0 { " · " } (word) }
                } } }
            }
            // Without any record there is nothing that could be put right.
            @if !(person.contacts.is_empty() && on_record.is_empty()) { details.tell {
                summary { "Put right what your records say" }
                p.quiet { small { "It counts here from now on, for deals too, and can be undone. An address book that has your leave on " a href="/connections" { "Connections" } " is changed as well; any other is only read." } }
                form.line method="post" action={ (person_link(&person.email)) "/record" } {
                    (hidden(&visit.form_key, &visit.address))
                    label for="record-of" { "Your records say" }
                    select id="record-of" name="of" required {
                        option value="" { "…" }
                        @for (field, was) in on_record { option value=(of(*field, was)) { (field.in_words()) ": " (was) } }
                        @for field in ContactField::ALL {
                            @if field == ContactField::Phone { option value=(of(field, "")) { "one more telephone number" } }
                            @else if !on_record.iter().any(|(known, _)| *known == field) { option value=(of(field, "")) { "no " (field.in_words()) " yet" } }
                        }
                    }
                    label for="record-is" { "What is so" }
                    input id="record-is" name="is" required maxlength=(RecordChange::CHARS_MAX) autocomplete="off";
                    button type="submit" { "Put it right" }
                }
            } }
        }
    }
}

/// The answer to a doubt that says what would be right; nothing where it does not.
pub(crate) fn answer(doubt: &Doubt, whom: &EmailAddress, is_first: bool, visit: &Visit) -> Markup {
    html! {
        @if let Doubt::OtherTitle { signed, recorded, .. } = doubt {
            form.line method="post" action={ (person_link(whom)) "/record" } {
                (hidden(&visit.form_key, &visit.address))
                input type="hidden" name="of" value=(of(ContactField::Title, recorded));
                input type="hidden" name="is" value=(signed);
                button type="submit" data-key="y" data-page-key=[is_first.then_some("y")] { "Put right: “" (signed) "”" }
            }
        }
    }
}

/// A value of a property, as a form says it.
fn of(field: ContactField, was: &str) -> String {
    format!("{}={was}", field.as_str())
}

/// What a form puts right.
pub(super) fn change(fields: &Fields) -> Result<RecordChange, Error> {
    let invalid = |what: String| Error::Invalid { what };
    let chosen = one(fields, "of").split_once('=');
    let found = chosen.and_then(|(field, was)| Some((ContactField::from_name(field)?, was)));
    let (field, was) = found.ok_or_else(|| invalid("Choose what is to be put right".to_owned()))?;
    let remark = |text| Remark::if_any(text).map_err(|why| invalid(why.to_string()));
    Ok(RecordChange { field, was: remark(was)?, is: remark(one(fields, "is"))? })
}
