//! What erasing a person takes, said before it is done.

use inroad_model::EmailAddress;
use inroad_service::WhatGoes;
use maud::{Markup, html};

use super::LIST;
use crate::forms::hidden_key;
use crate::parts::person_link;
use crate::visit::Visit;

pub(super) fn page(
    email: &EmailAddress,
    look: &WhatGoes,
    word: Option<&str>,
    visit: &Visit,
) -> Markup {
    let at = person_link(email);
    html! {
            @if look.is_nothing() { p { a href=(LIST) { "← Do not contact" } } } @else { p { a href=(at) { "← " (email) } } }
            h1 { "Erase a person" }
            p.lead { "This cannot be undone. Afterwards nobody finds them here, and nothing brings them back, not even the same mailbox once more." }
            @if let Some(word) = word { p.word role="alert" { (word) } }
            (goes(look))
            (stays(look))
            form.box method="post" action={ (at) "/erase" } {
                (hidden_key(&visit.form_key))
                h2 { "Erase" }
                @if !look.other_files.is_empty() {
                    fieldset {
                        legend { "These files beside the data file may hold them, too" }
                        @for (n, file) in look.other_files.iter().enumerate() {
                            label for={ "backup-" (n) } {
                                input type="checkbox" id={ "backup-" (n) } name="backup" value=(file.display()) checked;
                                " " (file.file_name().unwrap_or_default().to_string_lossy())
                            }
                        }
                    }
                }
                label for="address" { "Type " strong { (email) } " to confirm" }
                input id="address" name="address" type="text" required autocomplete="off" spellcheck="false";
                button type="submit" { "Erase for good" }
            }
            @if !look.is_nothing() {
    form method="post" action={ (at) "/export" } {
                    (hidden_key(&visit.form_key))
                    p { "Do they ask what is held? It can be saved as files, for them, before it goes." }
                    button type="submit" { "Save all that is held" }
                }
            }
        }
}

fn goes(look: &WhatGoes) -> Markup {
    html! {
        section aria-labelledby="goes" {
            h2 id="goes" { "What goes" }
            ul {
                li { "All their addresses: " (look.emails.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
                li { strong { (look.letters_gone) " letters" } " as a whole: theirs, and those that went to them alone" }
                li { "Their address, their name and their words in " strong { (look.letters_changed) " letters of others" } ", of which the text stays, without formatting and attached files" }
                @for deal in &look.seats { li { "Their seat in " (deal) } }
                @for (noun, erased) in &look.rows {
                    li {
                        (noun) ": "
                        @if erased.gone > 0 { (erased.gone) " go" }
                        @if erased.gone > 0 && erased.changed > 0 { ", " }
                        @if erased.changed > 0 { (erased.changed) " stay without them" }
                    }
                }
            }
        }
    }
}

fn stays(look: &WhatGoes) -> Markup {
    html! {
        section aria-labelledby="stays" {
            h2 id="stays" { "What stays" }
            ul {
                li { "A hash of each address on the list " a href=(LIST) { "Do not contact" } ", so that nobody proposes to write to them" }
                li { "Their given name alone, where others mention it, since it may be anybody's" }
                @for (name, other) in &look.shared_names {
                    li { "The name " (name) " in texts of others: " a href=(person_link(other)) { (other) } " bears it, too. If both are one person, say so there first." }
                }
                li { "Backups elsewhere, and files that you imported from" }
            }
        }
    }
}
