//! How far is a deal, by the words of its stage?
//!
//! Every firm names its stages itself, so this goes by stems of words in several languages and
//! says nothing where none of them occurs.
//! Must not: guess from a number or a position.

use inroad_model::Stage;

use super::fold::fold;

/// What a stage says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StageReading {
    /// How far it is; `None` where no word tells.
    pub(super) stage: Option<Stage>,
    /// Whether it is over, even where the words do not say how.
    pub(super) closed: bool,
}

/// Names that are written in one word.
const COMPOUNDS: &[(&str, Stage)] = &[
    ("closedlost", Stage::Lost),
    ("closedwon", Stage::Won),
    ("appointmentscheduled", Stage::Discovery),
    ("qualifiedtobuy", Stage::Discovery),
    ("presentationscheduled", Stage::Discovery),
    ("decisionmakerboughtin", Stage::Negotiation),
    ("contractsent", Stage::Negotiation),
    ("valueproposition", Stage::Discovery),
    ("proofofconcept", Stage::Discovery),
    ("iddecisionmakers", Stage::Discovery),
    ("identifydecisionmakers", Stage::Discovery),
    ("contactmade", Stage::Lead),
    ("leadin", Stage::Lead),
    ("verbalcommit", Stage::Negotiation),
    ("notinterested", Stage::Lost),
    ("keininteresse", Stage::Lost),
    ("geeninteresse", Stage::Lost),
    ("pasinteresse", Stage::Lost),
    ("nodecision", Stage::Lost),
    ("contratenvoye", Stage::Negotiation),
    ("contratoenviado", Stage::Negotiation),
    ("vertraggesendet", Stage::Negotiation),
];

/// Starts of words, the more certain stage first: an offer that was lost is lost. A dot stands for
/// the end of the word.
#[rustfmt::skip] // One line a word would hide the table.
const STEMS: &[(Stage, &[&str])] = &[
    (Stage::Lost, &[
        "lost", "terminat", "verloren", "perdu", "perdid", "perso.", "persa.", "perdit",
        "disqualif", "abandon", "dead", "reject", "declin", "abgelehnt", "abgesagt", "cancel",
        "annul", "storniert", "gescheitert", "verlor", "rechaz", "refus", "rifiut", "afgewezen",
        "forlora", "tabt", "tapt", "havitty", "przegran", "utracon", "prohran", "ztracen",
        "проигр", "потер", "отказ",
    ]),
    (Stage::Won, &[
        "won", "gewonnen", "gagne", "ganad", "vint", "ganh", "vunn", "vundet", "voitet", "wygran",
        "vyhran", "ziskan", "выигр", "успешно",
    ]),
    (Stage::Negotiation, &[
        "negotiat", "verhandl", "negoci", "negozi", "trattativa", "onderhandel", "contract",
        "vertrag", "contrat", "contratto", "legal", "procurement", "commit", "closing",
        "vertragsprufung", "review", "forhandl", "neuvottel", "negocj", "vyjednav", "jednani",
        "переговор", "договор",
    ]),
    (Stage::Proposal, &[
        "propos", "quote", "quotation", "offer", "angebot", "offert", "devis", "propuesta",
        "cotiz", "presupuest", "preventiv", "voorstel", "orcament", "pitch", "bid", "tender",
        "estimate", "pricing", "tilbud", "tarjous", "ofert", "nabidk", "предлож",
    ]),
    (Stage::Discovery, &[
        "discover", "qualifi", "qualifiz", "calific", "qualif", "needs", "analy", "demo",
        "presentation", "praesentation", "meeting", "appointment", "termin", "bedarf", "evaluat",
        "decouvert", "besoin", "descubrimiento", "necesidad", "scoperta", "gekwalificeerd",
        "behoefte", "perception", "scoping", "diagnos", "trial", "pilot", "erstgesprach",
        "rendez", "reunion", "riunione", "afspraak", "reuniao", "perceive", "develop", "behov",
        "kvalifi", "tarve", "tarpe", "analiz", "potreb", "квалифик", "потребност", "встреч",
    ]),
    (Stage::Lead, &[
        "lead", "prospect", "new", "neu", "nouveau", "nuevo", "nuovo", "nieuw", "novo",
        "contact", "kontakt", "inbound", "inquiry", "anfrage", "target", "cold", "idea", "idee",
        "interess", "prospekt", "uusi", "nowy", "novy", "новый", "лид",
    ]),
];

/// Starts of words that say that a contract is signed: won, unless one waits for it.
const SIGNED: &[&str] = &[
    "signed",
    "unterschrieben",
    "signe.",
    "signee.",
    "firmado",
    "firmato",
    "getekend",
    "assinado",
];

/// Words that say that something has still to come.
const AWAITED: &[&str] = &[
    "be",
    "not",
    "wait",
    "await",
    "pending",
    "nicht",
    "noch",
    "wartet",
    "warten",
    "wird",
    "pas",
    "attente",
    "non",
    "attesa",
    "no",
    "pendiente",
    "niet",
    "nog",
    "wacht",
    "nao",
    "pendente",
];

/// Starts of words that say that it is over without saying how.
const CLOSED: &[&str] = &[
    "closed",
    "geschlossen",
    "abgeschlossen",
    "fermee.",
    "cerrad",
    "chiuso.",
    "chiusa.",
    "gesloten",
    "fechad",
    "cloture",
    "avslutad",
    "lukket",
    "stengt",
    "suljettu",
    "zamkniet",
    "uzavren",
    "закрыт",
];

/// Reads the words of a stage.
pub(super) fn read_stage(text: &str) -> StageReading {
    let compact = fold(text);
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    let starts =
        |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| is_stem_of(word, stem)));
    let compound = COMPOUNDS.iter().find(|(name, _)| compact.contains(name)).map(|(_, s)| *s);
    let signed = starts(SIGNED);
    let awaited = signed && words.iter().any(|word| is_awaiting(word));
    let over = STEMS.iter().take(2).find(|(_, stems)| starts(stems)).map(|(s, _)| *s);
    let over = over.or((signed && !awaited).then_some(Stage::Won));
    // `Offre ferme` is a firm offer.
    let closed = compact.starts_with("closed") || compact == "ferme" || starts(CLOSED);
    let stage = compound
        .filter(|stage| matches!(stage, Stage::Won | Stage::Lost))
        .or(over)
        .or(if closed { None } else { compound })
        .or_else(|| {
            let rest = STEMS.iter().find(|(_, stems)| starts(stems)).map(|(s, _)| *s);
            rest.or(awaited.then_some(Stage::Negotiation)).filter(|_| !closed)
        });
    StageReading { stage, closed: closed || matches!(stage, Some(Stage::Won | Stage::Lost)) }
}

fn is_awaiting(word: &str) -> bool {
    AWAITED.contains(&word) || ["await", "waiting"].iter().any(|start| word.starts_with(start))
}

/// Short stems must be the whole word or nearly so: `new` is not `news desk`, `won` not `wonder`.
fn is_stem_of(word: &str, stem: &str) -> bool {
    if let Some(whole) = stem.strip_suffix('.') {
        return word == whole;
    }
    word.strip_prefix(stem).is_some_and(|rest| stem.len() > 4 || rest.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, stage: Option<Stage>, closed: bool) {
        assert_eq!(read_stage(text), StageReading { stage, closed }, "{text:?}");
    }

    #[test]
    fn stages_by_words() {
        check("Closed Won", Some(Stage::Won), true);
        check("closedlost", Some(Stage::Lost), true);
        check("Closed-Lost to Competition", Some(Stage::Lost), true);
        check("Closed", None, true);
        check("Abgeschlossen und gewonnen", Some(Stage::Won), true);
        check("Perdu", Some(Stage::Lost), true);
        check("Perso", Some(Stage::Lost), true);
        check("Personal call", None, false);
        check("Open", None, false);
        check("Negotiation/Review", Some(Stage::Negotiation), false);
        check("Proposal/Price Quote", Some(Stage::Proposal), false);
        check("Angebot verschickt", Some(Stage::Proposal), false);
        check("Qualified To Buy (Sales Pipeline)", Some(Stage::Discovery), false);
        check("Needs Analysis", Some(Stage::Discovery), false);
        check("Prospecting", Some(Stage::Lead), false);
        check("Signed", Some(Stage::Won), true);
        check("Contrat signé", Some(Stage::Won), true);
        check("Won - pending onboarding", Some(Stage::Won), true);
        check("To be signed", Some(Stage::Negotiation), false);
        check("Waiting for signed contract", Some(Stage::Negotiation), false);
        check("Contrat à signer", Some(Stage::Negotiation), false);
        check("Noch nicht unterschrieben", Some(Stage::Negotiation), false);
        check("Kein Interesse", Some(Stage::Lost), true);
        check("Geen interesse", Some(Stage::Lost), true);
        check("Pas intéressé", Some(Stage::Lost), true);
        check("Interesse", Some(Stage::Lead), false);
        check("In chiusura", None, false);
        check("Chiuso", None, true);
        check("Offre ferme", None, false);
        check("Fermé", None, true);
        check("Affaire fermée", None, true);
        check("Wonderland", None, false);
        check("3", None, false);
        check("", None, false);
    }
}
