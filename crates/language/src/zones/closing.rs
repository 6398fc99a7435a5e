//! Closing words: "Kind regards", "Viele Grüße aus Kiel", "Thanks, Ben".
//!
//! Told by their words, not by phrases: a noun of closing with words that go with it, and then
//! nothing or a name. A sentence that holds the noun ("with regards to the offer") has other words.
//!
//! Must not: decide that a signature begins; thanks alone are no signature.

use std::sync::LazyLock;

use super::writer::Writer;
use crate::dates::tokens::{Kind, Token, word_set};
use crate::word_table::WordSet;

/// Words that only close.
const NOUNS: &str = "regards regard greetings sincerely cheers wishes yours faithfully cordially respectfully \
    truly rgds br kr grüße grüßen gruß grüsse grüssen gruss mfg lg vg bg hochachtungsvoll cordialement salutations bien \
    sincèrement amicalement amitiés cdt cdlt bav respectueusement bises saludos saludo atentamente cordialmente \
    atte abrazo saluti saluto distintamente cordialità groet groeten groetjes hoogachtend mvg \
    cumprimentos atenciosamente abraço abraços att atentamente cumps hilsen hilsner hilsninger vh mvh \
    hälsning hälsningar hälsn vänligen terveisin terveiset ystävällisin yst ystävällisesti \
    pozdrawiam pozdrowienia poważaniem szacunkiem wyrazami pozdrowieniami уважением наилучшими приветом \
    pozdravem pozdravom üdvözlettel tisztelettel saygılarımla saygılar stimă salutări";
/// Words that go with a noun, and alone say nothing.
const BESIDE: &str = "best kind kindest warm warmest with many my very all most friendly the of to you your and & \
    mit freundlichen freundlichem freundliche besten beste bestem lieben liebe lieber herzlichen herzliche herzlicher viele vielen schöne schönen \
    schöner sonnige sonnigen einen ein und meilleures sincères cordiales vous toi à je prie veuillez agréer mes nos un una unos cordial \
    cordiales atento atentos muy cordiali distinti migliori i più tanti con met vriendelijke hartelijke beste \
    de os as melhores com meus nossos um uma grande forte med vänlig vänliga venlig vennlig venlige vennlige bästa bedste \
    beste kærlig kærlige varma ystävällisin parhain terveisin z wyrazami szacunku serdecznie serdeczne с и \
    самыми добрыми пожеланиями искренним s přátelským pozdravem from aus uit fra från da din ihr \
    ihre yours love your take care";
/// Words of thanks that stand where closing words stand.
const THANKS: &str = "thanks thank thx thankyou tks danke dank bedankt merci gracias grazie obrigado obrigada tack takk \
    tak kiitos dziękuję dzięki спасибо благодарю děkuji ďakujem köszönöm teşekkürler mulțumesc remerciements";
/// Words that go with thanks.
const BESIDE_THANKS: &str = "you so much very many again in advance a lot and & vielen besten herzlichen schönen lieben \
    im voraus d avance par beaucoup mille muchas muchísimas mil de antemano por adelantado molte tante in anticipo alvast \
    hartelijk bij voorbaat muito desde já så mye mange på förhånd förhand forhånd paljon jo etukäteen z góry bardzo \
    заранее большое best kind regards und und viele";
/// Words that close a letter when they stand alone in their line.
const ALONE: &str = "best cheers bien sincerely yours warmly cordially ciao love tchau";

struct Words {
    nouns: WordSet,
    beside: WordSet,
    thanks: WordSet,
    beside_thanks: WordSet,
    alone: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    nouns: word_set(NOUNS),
    beside: word_set(BESIDE),
    thanks: word_set(THANKS),
    beside_thanks: word_set(BESIDE_THANKS),
    alone: word_set(ALONE),
});

/// How a line closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closing {
    /// Closing words, not thanks alone.
    pub(crate) formal: bool,
    /// The name stands in the same line.
    pub(crate) named: bool,
}

/// Words that closing words may have, the name included.
const WORDS_MAX: usize = 9;

/// The closing words of a line, if it is nothing else.
pub(crate) fn of(line: &[Token], writer: &Writer) -> Option<Closing> {
    if line.len() > WORDS_MAX * 2 || line.iter().any(|token| token.is("?")) {
        return None;
    }
    let mut formal = false;
    let mut thanks = false;
    let mut words = 0_usize;
    let mut at = 0_usize;
    let mut broken = false;
    while let Some(token) = line.get(at) {
        match token.kind {
            Kind::Word => {
                let word = token.folded.as_str();
                let noun = WORDS.nouns.contains(word);
                let thank = WORDS.thanks.contains(word);
                let beside = WORDS.beside.contains(word) || WORDS.beside_thanks.contains(word);
                if !(noun || thank || beside) || (broken && !noun && writer.has(token)) {
                    break;
                }
                formal |= noun;
                thanks |= thank;
                words += 1;
                broken = false;
            }
            Kind::Number(_) => return None,
            Kind::Mark => broken = true,
        }
        at += 1;
    }
    let first_alone = line.first().is_some_and(|token| WORDS.alone.contains(&token.folded));
    formal |= words == 1 && first_alone;
    if words == 0 || !(formal || thanks) {
        return None;
    }
    let rest: Vec<&Token> = line.iter().skip(at).filter(|token| token.kind == Kind::Word).collect();
    named(&rest, broken, formal, writer).map(|named| Closing { formal, named })
}

/// Whether what follows is the name (or a place: "Grüße aus Kiel"); `None` if it is a sentence.
fn named(rest: &[&Token], broken: bool, formal: bool, writer: &Writer) -> Option<bool> {
    if rest.is_empty() {
        return Some(false);
    }
    if rest.len() > 4 || !rest.iter().all(|word| word.capital) {
        return None;
    }
    let own = writer.matches(rest) > 0
        || rest.len() == 1 && rest.first().is_some_and(|word| writer.signs_as(word));
    if own {
        return Some(true);
    }
    // "Thanks Ben" thanks Ben; "Thanks, Ben" may be signed by him if no other name is known.
    (formal || broken && !writer.is_known()).then_some(broken && !writer.is_known())
}

#[cfg(test)]
mod tests {
    use inroad_model::Mailbox;

    use super::*;
    use crate::dates::tokens::tokens;

    fn check(line: &str, expected: Option<(bool, bool)>) {
        let from = Mailbox {
            name: Some("Hannah Whitlock".to_owned()),
            address: "hannah@x.example".parse().unwrap(),
        };
        let found = of(&tokens(line), &Writer::of(Some(&from)));
        assert_eq!(found.map(|c| (c.formal, c.named)), expected, "{line}");
    }

    #[test]
    fn closing_words_close() {
        for line in [
            "Kind regards,",
            "Best",
            "Mit freundlichen Grüßen",
            "Viele Grüße aus Kiel",
            "Bien cordialement,",
            "Un cordial saludo,",
            "Distinti saluti",
            "Met vriendelijke groet,",
            "Com os melhores cumprimentos,",
            "Med vänlig hälsning",
            "Ystävällisin terveisin",
            "Z poważaniem",
            "С уважением,",
            "Thanks & best regards",
        ] {
            check(line, Some((true, false)));
        }
        check("Thanks, Hannah", Some((false, true)));
        check("Cheers HW", Some((true, true)));
        check("Many thanks in advance!", Some((false, false)));
        check("Vielen Dank im Voraus", Some((false, false)));
    }

    #[test]
    fn sentences_do_not_close() {
        check("With regards to the offer we are fine", None);
        check("Thanks Piet, the scope works for us.", None);
        check("Thanks Piet", None);
        check("Best price wins", None);
        check("Thanks for checking!", None);
        check("Cheers for the quick answer", None);
    }
}
