//! The head of a quoted mail as mail programs copy it: `From:`, `Sent:`, `To:`, `Subject:`.
//!
//! Told by consecutive labelled lines. One label says nothing ("From: Berlin" stands in letters);
//! a sender with an address, or a sender with a day and a subject, does. Labels of languages that
//! are not listed are accepted when the values say enough: addresses in two lines and a time.
//!
//! Must not: look at the text below.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lines::{Line, next_filled};
use crate::dates::tokens::fold;

/// Longest head: long lists of recipients are wrapped.
const LINES_MAX: usize = 40;
/// Longest label, in bytes.
const LABEL_BYTES_MAX: usize = 40;

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    From,
    /// The day, with a label that is used for mails only.
    Sent,
    /// The day, with a label of many uses.
    Date,
    To,
    Subject,
    Other,
}

/// Labels of each field, parted by bars.
const LABELS: [(Field, &str); 6] = [
    (
        Field::From,
        "from|von|de|da|van|fra|från|od|от|от кого|lähettäjä|remitente|expéditeur|mittente|\
         afzender|absender|avsändare|afsender|avsender|kimden|feladó|odesílatel|odosielateľ|від|\
         από|发件人|寄件者|差出人|보낸 사람|gönderen|de la|expeditor|saatja|nuo|no",
    ),
    (
        Field::Sent,
        "sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviado em|enviada|enviada em|inviato|\
         inviata|data invio|verzonden|sendt|skickat|skickades|wysłano|data wysłania|wysłane|\
         отправлено|lähetetty|message du|sent on|date sent|gesendet am|sendt den|envoyée|\
         geschickt|gönderildi|elküldve|küldve|odesláno|odoslané|надіслано|发送时间|寄件日期|\
         送信日時|보낸 날짜|trimis",
    ),
    (
        Field::Date,
        "date|datum|fecha|data|dato|дата|päivämäärä|päiväys|datum und zeit|tarih|dátum|\
         ημερομηνία|日付|dată",
    ),
    (
        Field::To,
        "to|an|à|a|para|aan|til|till|do|кому|vastaanottaja|destinataire|destinatario|empfänger|\
         ontvanger|mottagare|modtager|mottaker|adresat|destinatário|kime|címzett|komu|pro|προς|\
         收件人|收件者|宛先|받는 사람|către|cc|kopie|copie|copie à|kopia|kopi|kopio|копия|cópia|\
         copia|bcc|cc to|dw|másolatot kap",
    ),
    (
        Field::Subject,
        "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|emne|ämne|temat|тема|aihe|sujet|\
         konu|tárgy|předmět|predmet|re|θέμα|主题|主旨|件名|제목|subiect|otsikko|betr",
    ),
    (
        Field::Other,
        "reply-to|antwort an|attachments|anlagen|attachment|importance|wichtigkeit|priorität|\
         pièces jointes|répondre à|responder a|responder para|bijlagen|liitteet|allegati|\
         adjuntos|anexos|vedlegg|vedhæftede filer|bilagor|załączniki|вложения|priority|\
         organizer|when|where|wann|wo|organisator|location|required attendees|importancia|\
         list-id|mailing-list|x-mailer|organisation|organization|nume",
    ),
];

static FIELDS: LazyLock<BTreeMap<String, Field>> = LazyLock::new(|| {
    let rows = LABELS.iter().flat_map(|(field, names)| names.split('|').map(|name| (name, *field)));
    rows.map(|(name, field)| (fold(name), field)).collect()
});

/// A head of a mail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'t> {
    /// Its last line.
    pub(super) last: usize,
    /// What stands behind the label of the sender.
    pub(super) sender: &'t str,
}

/// What was seen of a run of labelled lines.
#[derive(Debug, Default)]
struct Seen<'t> {
    fields: Vec<Field>,
    sender: Option<&'t str>,
    lines_with_address: usize,
    has_time: bool,
    first_has_address: bool,
    strange: usize,
}

/// The head that begins at a line, if one does. `announced` tells that a divider stands above.
pub(super) fn beginning_at<'t>(
    lines: &[Line<'t>],
    first: usize,
    announced: bool,
) -> Option<Head<'t>> {
    let line = lines.get(first).filter(|line| line.is_text())?;
    let (field, _) = labelled(line.head)?;
    if field.is_none() && !line.head.contains('@') {
        return None;
    }
    if let Some(head) = on_one_line(line.head) {
        return Some(Head { last: first, sender: head });
    }
    let (last, seen) = run(lines, first);
    let known = |field| seen.fields.contains(&field);
    let sender = known(Field::From);
    let enough = if seen.strange == 0 {
        let dated = known(Field::Sent) || known(Field::Date) && known(Field::Subject);
        let addressed =
            seen.lines_with_address > 0 && (known(Field::Date) || known(Field::Subject));
        sender && (dated || addressed || announced && seen.fields.len() >= 2)
    } else {
        seen.fields.len() + seen.strange >= 4
            && seen.lines_with_address >= 2
            && seen.first_has_address
            && seen.has_time
    };
    enough.then(|| Head { last, sender: seen.sender.unwrap_or("") })
}

fn run<'t>(lines: &[Line<'t>], first: usize) -> (usize, Seen<'t>) {
    let mut seen = Seen::default();
    let mut last = first;
    let mut at = first;
    let mut open: Option<Field> = None;
    while at < lines.len() && at - first < LINES_MAX {
        let Some(line) = lines.get(at).filter(|line| !line.marked) else { break };
        if line.is_blank() {
            match next_filled(lines, at, 2).and_then(|next| continued(lines, next, &seen)) {
                Some(next) if at > first => {
                    at = next;
                    continue;
                }
                _ => break,
            }
        }
        match labelled(line.head) {
            Some((field, value))
                if may_follow(field, &seen) || stands_for_field(field, line, &seen) =>
            {
                take(&mut seen, field, value);
                open = field;
            }
            Some((Some(_), _)) => break,
            _ if open_goes_on(lines, at, open) => {
                seen.lines_with_address += usize::from(line.head.contains('@'));
                if seen.sender == Some("") {
                    seen.sender = Some(line.head);
                }
            }
            _ => break,
        }
        last = at;
        at += 1;
    }
    (last, seen)
}

fn take<'t>(seen: &mut Seen<'t>, field: Option<Field>, value: &'t str) {
    let address = value.contains('@');
    if seen.fields.is_empty() && seen.strange == 0 {
        seen.first_has_address = address;
    }
    seen.lines_with_address += usize::from(address);
    seen.has_time |= has_time(value);
    match field {
        Some(field) => {
            if field == Field::From && seen.sender.is_none() {
                seen.sender = Some(value);
            }
            seen.fields.push(field);
        }
        None => seen.strange += 1,
    }
}

/// After a blank line the head goes on only with a known label that was not there yet.
fn continued(lines: &[Line<'_>], next: usize, seen: &Seen<'_>) -> Option<usize> {
    let (field, _) = labelled(lines.get(next).filter(|line| line.is_text())?.head)?;
    field.filter(|field| !seen.fields.contains(field) && seen.fields.len() < 6).map(|_| next)
}

/// A head names its sender, day and subject once, and a few kinds of recipients.
fn may_follow(field: Option<Field>, seen: &Seen<'_>) -> bool {
    let Some(field) = field else { return false };
    let most = match field {
        Field::To | Field::Other => 4,
        Field::From | Field::Sent | Field::Date | Field::Subject => 1,
    };
    seen.fields.iter().filter(|other| **other == field).count() < most
}

/// A label of an unknown language is part of a head only right below other such lines.
fn stands_for_field(field: Option<Field>, line: &Line<'_>, seen: &Seen<'_>) -> bool {
    let known = !seen.fields.is_empty();
    field.is_none()
        && line.is_whole()
        && line.bytes < 200
        && (!known || seen.strange > 0)
        && seen.strange < 6
}

/// Whether a line without label belongs to the value above it.
fn open_goes_on(lines: &[Line<'_>], at: usize, open: Option<Field>) -> bool {
    let Some(field) = open else { return false };
    let above = at.checked_sub(1).and_then(|above| lines.get(above));
    let (Some(line), Some(above)) = (lines.get(at), above) else { return false };
    let ends_open = above.head.ends_with([';', ',', ':', '<']) || above.head.ends_with(":*");
    let is_address = line.head.starts_with('<') || line.head.starts_with("mailto:");
    match field {
        Field::From | Field::To => {
            is_address || ends_open || line.indented && line.head.contains('@')
        }
        Field::Subject | Field::Sent | Field::Date | Field::Other => {
            ends_open && above.head.ends_with([':', '*'])
        }
    }
}

/// The field and value of a line of the form `Label: value`. The field is `None` if the label is
/// shaped like one but not known.
fn labelled(head: &str) -> Option<(Option<Field>, &str)> {
    let bare = head.trim_start_matches(['*', '_', '|', ' ', '\u{a0}', '\u{200e}', '\u{200b}']);
    let colon = bare.find([':', '：']).filter(|colon| *colon <= LABEL_BYTES_MAX)?;
    let (label, rest) = bare.split_at_checked(colon)?;
    let value = rest
        .trim_start_matches([':', '：'])
        .trim_matches(['*', '_', ' ', '\u{a0}', '\u{200e}', '\u{200b}']);
    if value.starts_with("//") {
        return None;
    }
    let label = label.trim_matches(['*', '_', ' ', '\u{a0}', '\u{200e}', '\u{200b}']);
    let shaped = !label.is_empty()
        && label.split(' ').count() <= 4
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\u{a0}' | '\''));
    if !shaped {
        return None;
    }
    Some((FIELDS.get(&fold(&label.replace('\u{a0}', " "))).copied(), value))
}

/// A head whose lines were run together when HTML became text.
fn on_one_line(head: &str) -> Option<&str> {
    if !head.contains('@') || head.bytes().filter(|byte| *byte == b':').count() < 3 {
        return None;
    }
    let (first, value) = labelled(head)?;
    let mut fields = vec![first?];
    let mut before = "";
    for chunk in value.split_whitespace() {
        let chunk = chunk.trim_matches('*');
        let label = if chunk == ":" { Some(before) } else { chunk.strip_suffix(':') };
        if let Some(field) = label.and_then(|label| FIELDS.get(&fold(label)))
            && !fields.contains(field)
        {
            fields.push(*field);
        }
        before = chunk;
    }
    let complete = fields.contains(&Field::From) && fields.contains(&Field::Subject);
    (complete && fields.len() >= 3).then_some(value)
}

fn has_time(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.windows(3).any(|three| match three {
        [a, b':' | b'.', c] => a.is_ascii_digit() && c.is_ascii_digit(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::read;

    fn check(text: &str, expected: Option<usize>) {
        assert_eq!(beginning_at(&read(text), 0, false).map(|head| head.last), expected, "{text}");
    }

    #[test]
    fn reads_heads_in_many_languages() {
        check(
            "From: A <a@x.example>\nSent: Monday, 3 March 2025 14:02\nTo: B\nSubject: Re\n\nHi",
            Some(3),
        );
        check(
            "*Von:* A\n*Gesendet:* Montag, 3. März 2025 14:02\n*An:* B\n*Betreff:* Re: x\nHallo",
            Some(3),
        );
        check("De : A <a@x.example>\nEnvoyé : lundi 3 mars 2025 14:02\nÀ : B\nObjet : Re", Some(3));
        check("От: A <a@x.example>\nДата: 3 марта 2025 г. 14:02\nКому: B\nТема: Re", Some(3));
        check("Fra: A\n<a@x.example>\n\nSendt: 3. mars 2025 14:02\n\nTil: B", Some(5));
        check("From: A <a@x.example> Sent: Monday To: B Subject: Re: x", Some(0));
        check("To: b@x.example;\n  c@x.example\nFrom: a@x.example\nSubject: Re", Some(3));
    }

    #[test]
    fn reads_a_head_with_labels_of_an_unlisted_language() {
        let text = "Daripada: A <a@x.example>\nDihantar: Isnin, 3 Mac 2025 14:02\n\
                    Kepada: B <b@x.example>\nSubjek: Re";
        check(text, Some(3));
    }

    #[test]
    fn labelled_lines_of_letters_are_no_heads() {
        check("From: Berlin\nTo: Munich\nDate: 12.05.2025 10:00\nSeats: 2", None);
        check("Name: Jana\nE-mail: jana@x.example\nPhone: 030 1234567\nDate: 1.2.2025 10:00", None);
        check("From: our database, not a@x.example", None);
        check("Date: Monday\nSubject: budget", None);
    }
}
