//! What the user writes down of a person or a firm: tags, notes, and that they are left alone.

use std::collections::BTreeSet;

use inroad_model::{Channel, Entry, EntryNumber, KeptEntry, Remark, Subject};
use inroad_service::{DeedNumber, Error, tag_from};
use maud::{Markup, html};

use crate::forms::{Fields, hidden, one};
use crate::server::App;
use crate::visit::Visit;

/// The tags that people have, in the order of the alphabet.
pub(crate) fn tags_of_people(entries: &[KeptEntry]) -> Vec<&str> {
    tags(entries, |about| matches!(about, Subject::Person(_)))
}

/// The tags of those that are meant, each once.
pub(crate) fn tags(entries: &[KeptEntry], is_meant: impl Fn(&Subject) -> bool) -> Vec<&str> {
    let meant = entries.iter().filter(|kept| is_meant(&kept.about));
    let tags: BTreeSet<&str> = meant
        .filter_map(|kept| match &kept.entry {
            Entry::Tag { tag } => Some(tag.as_str()),
            _ => None,
        })
        .collect();
    tags.into_iter().collect()
}

/// Writes down what a form says; `None` for an action that is none of these. The flag tells whether
/// reviews depend on it.
pub(crate) async fn act(
    app: &App,
    about: Subject,
    action: &str,
    fields: &Fields,
) -> Option<Result<(DeedNumber, bool), Error>> {
    let at = app.as_of();
    let invalid = |what: String| Error::Invalid { what };
    let words = |name| Remark::new(one(fields, name)).map_err(|why| invalid(why.to_string()));
    let entry = match action {
        "tag" => tag_from(one(fields, "tag"))
            .map(|tag| Entry::Tag { tag })
            .map_err(|why| invalid(why.to_owned())),
        "note" => words("text").and_then(|text| {
            let day = match one(fields, "day") {
                "" => at.date(),
                day => day
                    .parse()
                    .map_err(|_cause| invalid("Write the day as 2026-03-02".to_owned()))?,
            };
            Ok(Entry::Note { day, by: Channel::from_name(one(fields, "by")), text })
        }),
        "alone" => words("because").map(|because| Entry::LeaveAlone { because }),
        "strike" => {
            let Ok(number) = one(fields, "number").parse::<EntryNumber>() else {
                return Some(Err(invalid("There is nothing to take back".to_owned())));
            };
            let struck = app.inroad.strike(number, at).await;
            let bears = |entry: &Entry| matches!(entry, Entry::LeaveAlone { .. });
            return Some(struck.map(|done| (done.deed, bears(&done.what.entry))));
        }
        _ => return None,
    };
    Some(match entry {
        Ok(entry) => {
            let bears = matches!(entry, Entry::LeaveAlone { .. });
            app.inroad.write_down(about, entry, at).await.map(|done| (done.deed, bears))
        }
        Err(error) => Err(error),
    })
}

/// The tags with a way to take each back, and a form for another.
pub(crate) fn tags_section(
    entries: &[KeptEntry],
    at: &str,
    proposed: &[&str],
    visit: &Visit,
) -> Markup {
    let own = entries.iter().filter(|kept| !matches!(kept.about, Subject::Deal(_)));
    let tags: Vec<(&KeptEntry, &str)> = own
        .filter_map(|kept| match &kept.entry {
            Entry::Tag { tag } => Some((kept, tag.as_str())),
            _ => None,
        })
        .collect();
    html! {
        section.tags aria-labelledby="tags" {
            h2 id="tags" { "Tags" }
            @if !tags.is_empty() {
                ul.chips {
                    @for (kept, tag) in &tags {
                        li {
                            span { (tag) }
                            form method="post" action={ (at) "/strike" } {
                                (hidden(&visit.form_key, &visit.address))
                                input type="hidden" name="number" value=(kept.number);
                                button.small type="submit" aria-label={ "Remove the tag " (tag) } { "Remove" }
                            }
                        }
                    }
                }
            }
            form.line method="post" action={ (at) "/tag" } {
                (hidden(&visit.form_key, &visit.address))
                label for="tag" { "Add a tag" }
                input id="tag" name="tag" list="tags-known" maxlength=(inroad_service::TAG_CHARS_MAX) required;
                datalist id="tags-known" { @for tag in proposed { option value=(tag) {} } }
                button type="submit" { "Add" }
            }
        }
    }
}

/// The notes, the latest first, and a form for another.
pub(crate) fn notes_section(entries: &[KeptEntry], at: &str, visit: &Visit) -> Markup {
    let mut notes: Vec<_> = entries
        .iter()
        .filter_map(|kept| match &kept.entry {
            Entry::Note { day, by, text } => Some((kept, *day, *by, text)),
            _ => None,
        })
        .collect();
    notes.sort_by_key(|(kept, day, ..)| std::cmp::Reverse((*day, kept.number)));
    html! {
        section.notes aria-labelledby="notes" {
            h2 id="notes" { "Your notes" }
            @if notes.is_empty() { p.quiet { "None yet. What was said on the phone or over lunch is worth two lines here." } }
            @if !notes.is_empty() { ul.written {
                @for (kept, day, by, text) in &notes {
                    li {
                        small.quiet { time datetime=(day) { (day.strftime("%-d %B %Y").to_string()) } @if let Some(by) = by { " · " (channel(*by)) } }
                        p.text { (text) }
                        form method="post" action={ (at) "/strike" } {
                            (hidden(&visit.form_key, &visit.address))
                            input type="hidden" name="number" value=(kept.number);
                            button.small type="submit" aria-label={ "Remove the note of " (day) } { "Remove" }
                        }
                    }
                }
            } }
            details {
                summary { "Write a note" }
                form.stack method="post" action={ (at) "/note" } {
                    (hidden(&visit.form_key, &visit.address))
                    label { "What was said or seen" textarea name="text" rows="3" maxlength=(Remark::CHARS_MAX) required {} }
                    div.line {
                        label for="note-day" { "Day" } input id="note-day" type="date" name="day";
                        label for="note-by" { "By" }
                        select id="note-by" name="by" {
                            option value="" { "a thought" }
                            @for by in Channel::ALL { option value=(by.as_str()) { (channel(by)) } }
                        }
                        button type="submit" { "Keep" }
                    }
                }
            }
        }
    }
}

/// That they are left alone, with the way back; or a form that says so, with its reason.
pub(crate) fn alone_section(
    own: Option<&KeptEntry>,
    at: &str,
    whom: &str,
    visit: &Visit,
) -> Markup {
    html! {
        @match own.and_then(|kept| Some((kept, because(kept)?))) {
            Some((kept, because)) => {
                p { strong { "Left alone" } " since " (kept.told_at.date().strftime("%-d %B %Y").to_string()) ": " (because) }
                p.quiet { "Nothing proposes to write to " (whom) "." }
                form method="post" action={ (at) "/strike" } {
                    (hidden(&visit.form_key, &visit.address))
                    input type="hidden" name="number" value=(kept.number);
                    button type="submit" { "Take it back" }
                }
            }
            None => {
                details {
                    summary { "Leave " (whom) " alone" }
                    form.line method="post" action={ (at) "/alone" } {
                        (hidden(&visit.form_key, &visit.address))
                        label for="because-alone" { "Why" }
                        input id="because-alone" name="because" maxlength="400" required;
                        button type="submit" { "Leave alone" }
                    }
                    p.quiet { small { "From then on no list, deal or route proposes to write to " (whom) "; you can take it back." } }
                }
            }
        }
    }
}

/// Why somebody is left alone.
pub(crate) fn because(kept: &KeptEntry) -> Option<&str> {
    match &kept.entry {
        Entry::LeaveAlone { because } => Some(because.as_str()),
        _ => None,
    }
}

fn channel(by: Channel) -> &'static str {
    match by {
        Channel::Mail => "mail",
        Channel::Call => "call",
        Channel::Meeting => "meeting",
    }
}
