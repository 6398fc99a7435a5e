//! Lines that a device adds: "Sent from my iPhone", "Outlook für Android herunterladen".
//!
//! Told by a word for sending and a preposition at the beginning, and behind them "my", a device,
//! a mail program or a name. Sentences that begin so have a comma or go on for long.
//!
//! Must not: look at the lines around; whether one stands by itself is the caller's question.

use std::sync::LazyLock;

use super::lines::Line;
use crate::dates::tokens::{Kind, Token, fold, tokens, word_set};
use crate::word_table::WordSet;

const SENT: &str = "sent gesendet versendet verschickt geschrieben envoyé expédié écrit enviado enviada \
    escrito inviato inviata scritto verzonden verstuurd gestuurd sendt skickat skickade lähetetty wysłano \
    wysłane wysłana отправлено posted written sendet geschickt mandato odesláno gönderildi trimis відправлено \
    надіслано dictated";
const FROM: &str = "from via with using by von mit vom aus über per de depuis avec à desde do da del dal dalla \
    con dai met vanaf vanuit van fra från med z ze za с из со via mobilen dispositivo mijn min ot om";
const MY: &str = "my mein meinem meiner mon ma mes mi mis mio mia mijn meu minha meus min mitt mine mit minun \
    mojego mojej моего моей mého";
const DEVICES: &str = "iphone ipad android samsung galaxy blackberry outlook yahoo gmail mail huawei xiaomi \
    nokia sony windows phone mobile handy smartphone smarttelefon telefon telefono teléfono téléphone telefoon \
    telefonu telefone puhelin puhelimesta puhelimestani puhelimella mobil mobiltelefon mobiltelefoon móvil \
    mobilen tablet tablette ios mac apple pixel oneplus protonmail proton spark mailbird thunderbird web \
    app appen workspace телефона устройства mobiel celular telemóvel cellulare dispositivo handheld";
const GET: &str = "get download holen hämta hent télécharger téléchargez obtenir obtenez obtener obtenga descarga \
    descargar scarica ottieni obter obtenha lataa hanki pobierz скачать загрузить outlook hanki kry";

struct Words {
    sent: WordSet,
    from: WordSet,
    mine: WordSet,
    devices: WordSet,
    get: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    sent: word_set(SENT),
    from: word_set(FROM),
    mine: word_set(MY),
    devices: word_set(DEVICES),
    get: word_set(GET),
});

/// Longest line of a device, in bytes, without its link.
const BYTES_MAX: usize = 110;
/// Words that it may have.
const WORDS_MAX: usize = 12;

/// Whether a device wrote the line.
pub(crate) fn is_device_line(line: &Line<'_>) -> bool {
    if !may_be(line.head) {
        return false;
    }
    let text = without_links(line.head);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.len() > BYTES_MAX {
        return false;
    }
    let words: Vec<Token> = tokens(text).into_iter().filter(|t| t.kind == Kind::Word).collect();
    if words.len() < 2 || words.len() > WORDS_MAX {
        return false;
    }
    sent_from(text, &words) || get_program(&words) || sent_at_end(&words)
}

/// A cheap look: such a line begins or ends with a word for sending, or begins with one for getting.
fn may_be(head: &str) -> bool {
    let known = |word: Option<&str>, get: bool| {
        word.filter(|word| !word.is_empty() && word.len() <= 24).is_some_and(|word| {
            let word = fold(word);
            WORDS.sent.contains(&word) || get && WORDS.get.contains(&word)
        })
    };
    let mut letters = head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    known(letters.next(), true) || known(letters.next_back(), false)
}

/// "Sent from my …".
fn sent_from(text: &str, words: &[Token]) -> bool {
    let mut rest = words.iter();
    let sent = rest.next().is_some_and(|word| WORDS.sent.contains(&word.folded));
    let Some(from) = rest.next() else { return false };
    let own = |word: &Token| WORDS.mine.contains(&word.folded);
    // Finnish puts "from" and "my" into the ending of the noun.
    let device_word = |word: &Token| WORDS.devices.iter().any(|d| word.folded.starts_with(d));
    let from_device = device_word(from) || from.capital;
    let rest: Vec<&Token> = rest.collect();
    // "à partir de" is a preposition, "a" alone is an article.
    if from.is("a") && !rest.first().is_some_and(|word| word.is("partir")) {
        return false;
    }
    if !sent || !(WORDS.from.contains(&from.folded) || own(from) || from_device) {
        return false;
    }
    if text.contains(", ") || text.ends_with('?') {
        return false;
    }
    let named = |word: &&Token| own(word) || word.capital || WORDS.devices.contains(&word.folded);
    from_device || own(from) || rest.iter().take(4).any(named) && rest.len() <= 8
}

/// "Get Outlook for iOS", "Outlook für Android herunterladen".
fn get_program(words: &[Token]) -> bool {
    let has = |name: &str| words.iter().any(|word| word.is(name));
    let program = has("outlook") || has("yahoo") || has("gmail") || has("bluemail");
    let system = has("ios") || has("android") || has("iphone") || has("mac") || has("windows");
    let first = words.first().is_some_and(|word| WORDS.get.contains(&word.folded));
    program && system && first && words.len() <= 7
}

/// "Von meinem iPhone gesendet".
fn sent_at_end(words: &[Token]) -> bool {
    let last = words.last().is_some_and(|word| WORDS.sent.contains(&word.folded));
    let named = words.iter().any(|word| WORDS.devices.contains(&word.folded));
    last && named && words.len() <= WORDS_MAX
}

fn without_links(head: &str) -> String {
    let mut out = String::with_capacity(head.len().min(200));
    for chunk in head.split_whitespace().take(WORDS_MAX * 3) {
        let bare = chunk.split(['<', '(']).next().unwrap_or("");
        if chunk.contains("://") || chunk.contains("www.") {
            if bare.is_empty() || bare.contains("://") {
                continue;
            }
            out.push_str(bare);
        } else {
            out.push_str(chunk);
        }
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::read;

    fn check(text: &str, expected: bool) {
        assert_eq!(read(text).first().map(is_device_line), Some(expected), "{text}");
    }

    #[test]
    fn knows_lines_of_devices() {
        for text in [
            "Sent from my iPhone",
            "Sent from Outlook for iOS<https://aka.example/x>",
            "Sent via Superhuman ( https://x.example )",
            "Von meinem iPhone gesendet",
            "Gesendet mit der Telekom Mail App",
            "Envoyé depuis mon téléphone",
            "Enviado desde mi móvil",
            "Inviato da iPad",
            "Verstuurd vanaf mijn iPhone",
            "Enviado do meu telemóvel",
            "Skickat från min Samsung",
            "Lähetetty iPhonesta",
            "Wysłane z iPhone'a",
            "Отправлено с iPhone",
            "Get Outlook for Android",
            "Outlook für iOS beziehen",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn sentences_are_no_lines_of_devices() {
        for text in [
            "Sent from the desk, it is easier than the phone",
            "Sent a parcel from my desk",
            "Get back to me",
            "Enviado el lunes",
            "The mail was sent from my iPhone",
        ] {
            check(text, false);
        }
    }
}
