//! What a line looks like that says how to reach its writer, or who the writer is.
//!
//! Must not: weigh; see [`super::sign_off`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::dates::tokens::{Kind, Token, word_set};
use crate::word_table::WordSet;

/// Legal forms of companies, as words of their own.
const FORMS: &str = "gmbh ag kg ohg ug mbh kgaa se ltd limited llc llp inc incorporated corp corporation plc bv nv vof sa sas sarl \
    sasu spa srl sl slu lda ltda oy oyj ab aps as asa sp zoo kft zrt sro doo ooo оао ооо зао пао pte pty co company gbr ev eg";
/// Forms that are words as well: they count in capitals or behind a comma.
const FORMS_EVERYDAY: &str = "as se co ag sa ab sp spa company limited ev eg inc corp";

/// Labels of contact lines beside those of phones.
const LABELS: &str = "email e-mail mail web website www internet skype linkedin twitter address adresse teams site http https \
    sähköposti e-post epost correo почта сайт";

/// Parts of legal notices and of the footers of lists, in the languages in which they are usual.
const LEGAL: [&str; 50] = [
    "confidential",
    "intended recipient",
    "intended solely",
    "intended only",
    "received this e-mail in error",
    "received this email in error",
    "privileged",
    "unauthorized",
    "unauthorised",
    "disclaimer",
    "before printing",
    "vertraulich",
    "adressat bestimmt",
    "irrtümlich erhalten",
    "irrtümlich zug",
    "nicht der richtige",
    "confidentiel",
    "destinataire",
    "par erreur",
    "n'imprimez",
    "confidencial",
    "destinatario",
    "por error",
    "por engano",
    "riservat",
    "per errore",
    "vertrouwelijk",
    "geadresseerde",
    "uitsluitend bestemd",
    "poufn",
    "wyłącznie dla adresata",
    "luottamuksell",
    "fortrolig",
    "konfidenti",
    "конфиденциальн",
    "amtsgericht",
    "handelsregister",
    "registergericht",
    "sitz der gesellschaft",
    "ust-idnr",
    "ust-id",
    "vat no",
    "vat reg",
    "registered in england",
    "registered office",
    "company number",
    "unsubscribe",
    "mailing list",
    "you received this message because",
    "this message was sent to",
];

struct Words {
    forms: WordSet,
    everyday: WordSet,
    labels: WordSet,
    legal: Option<AhoCorasick>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    forms: word_set(FORMS),
    everyday: word_set(FORMS_EVERYDAY),
    labels: word_set(LABELS),
    legal: AhoCorasick::builder().ascii_case_insensitive(true).build(LEGAL).ok(),
});

/// How many different parts of legal notices stand in a text.
pub(crate) fn legal_marks(text: &str) -> usize {
    let Some(finder) = &WORDS.legal else { return 0 };
    let found: BTreeSet<u32> = finder.find_iter(text).map(|m| m.pattern().as_u32()).collect();
    found.len()
}

/// Whether a chunk is an e-mail address, bare or in brackets.
pub(crate) fn is_email(chunk: &str) -> bool {
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    bare.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.split_once('.').is_some_and(|(_, end)| end.len() >= 2)
    })
}

/// Whether a chunk is a link.
pub(crate) fn is_link(chunk: &str) -> bool {
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    bare.contains("://")
        || bare.starts_with("www.")
        || bare.starts_with("WWW.")
        || bare.starts_with("mailto:")
}

/// Whether a word is a label of a contact line.
pub(crate) fn is_label(folded: &str) -> bool {
    WORDS.labels.contains(folded) || crate::signature::is_phone_label(folded)
}

/// Whether the legal form of a company stands among the tokens.
pub(crate) fn has_legal_form(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        // "Fjordbyg A/S"
        let slashed = at > 0
            && (token.is("a") || token.is("i") || token.is("k"))
            && token.capital
            && tokens.get(at + 1).is_some_and(|t| t.is("/"))
            && tokens.get(at + 2).is_some_and(|t| t.is("s") && t.capital);
        if slashed {
            return true;
        }
        if token.kind != Kind::Word || !WORDS.forms.contains(&token.folded) || at == 0 {
            return dotted_form(tokens, at);
        }
        !WORDS.everyday.contains(&token.folded) || token.capital && last_of_name(tokens, at)
    })
}

fn last_of_name(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_none_or(|next| next.kind == Kind::Mark)
}

/// "B.V.", "S.A.", "S.r.l.", "S.p.A.": single letters with dots between, behind a word.
fn dotted_form(tokens: &[Token], at: usize) -> bool {
    let letters: Option<String> = tokens.get(at..).and_then(|rest| {
        let mut letters = String::new();
        for pair in rest.chunks(2) {
            match pair {
                [letter, dot]
                    if letter.kind == Kind::Word && letter.bytes() <= 2 && dot.is(".") =>
                {
                    letters.push_str(&letter.folded);
                }
                [letter] | [letter, _] if letter.kind == Kind::Word && letter.bytes() == 1 => {
                    letters.push_str(&letter.folded);
                    break;
                }
                _ => break,
            }
        }
        (letters.len() >= 2).then_some(letters)
    });
    let behind_word = at > 0;
    behind_word
        && letters.is_some_and(|letters| {
            matches!(
                letters.as_str(),
                "bv" | "nv"
                    | "sa"
                    | "srl"
                    | "spa"
                    | "sl"
                    | "slu"
                    | "sas"
                    | "sarl"
                    | "llc"
                    | "ev"
                    | "spzoo"
                    | "zoo"
                    | "as"
                    | "sro"
                    | "plc"
                    | "ltda"
                    | "cv"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::tokens::tokens;

    fn check(line: &str, expected: bool) {
        assert_eq!(has_legal_form(&tokens(line)), expected, "{line}");
    }

    #[test]
    fn knows_legal_forms() {
        for line in [
            "Pfaff Guss GmbH",
            "Vialis Medical B.V.",
            "Portex S.A.",
            "Conti S.r.l.",
            "Nordlys AS",
            "Acme, Inc.",
        ] {
            check(line, true);
        }
        check("as we said", false);
        check("Sent as promised", false);
        check("J. E. McGrath", false);
    }
}
