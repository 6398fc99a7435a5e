//! Days named by their distance: `tomorrow`, `next week`, `end of the month`, in thirteen languages.
//!
//! Tables only. A row is `meaning: phrases`, phrases parted by commas, words as people type them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::word_table::{WordSet, WordTable};

use super::tokens::{Token, tokens as tokenise, word_set};

/// What a phrase points at, seen from the day of the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// That many days ahead.
    Day(i32),
    /// The week that many weeks ahead.
    Week(i32),
    /// The month that many months ahead.
    Month(i32),
    /// The year that many years ahead.
    Year(i32),
    /// The turn of the year.
    NewYear,
    /// The next season that begins in that month.
    Season(i8),
    /// The next Easter Monday.
    Easter,
}

/// Which part of a month, week or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Its first day.
    Begin,
    /// Its middle.
    Middle,
    /// Its last day.
    End,
    /// Its first half, day by day.
    FirstHalf,
    /// Its second half, day by day.
    SecondHalf,
    /// The week of that number, counted from one.
    Week(i8),
    /// Its last week.
    LastWeek,
}

/// A unit of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Days.
    Day,
    /// Fourteen days.
    Fortnight,
    /// Weeks.
    Week,
    /// Months.
    Month,
}

const MEANINGS: &[(Meaning, &str)] = &[
    (
        Meaning::Day(0),
        "today, heute, aujourd'hui, hoy, oggi, vandaag, hoje, idag, i dag, tänään, \
      dziś, dzisiaj, сегодня",
    ),
    (Meaning::Day(-1), "yesterday, gestern, ayer, ieri, gisteren, ontem, igår, i går, wczoraj"),
    (
        Meaning::Day(1),
        "tomorrow, morgen, demain, mañana, domani, amanhã, imorgon, i morgon, \
      i morgen, huomenna, jutro, завтра",
    ),
    (
        Meaning::Day(2),
        "day after tomorrow, übermorgen, uebermorgen, après-demain, après demain, \
      pasado mañana, dopodomani, overmorgen, depois de amanhã, i övermorgon, послезавтра",
    ),
    (
        Meaning::Week(0),
        "this week, diese woche, dieser woche, cette semaine, esta semana, \
      questa settimana, deze week, denna vecka, den här veckan, denne uge, denne uken, \
      tällä viikolla, w tym tygodniu, на этой неделе, rest of the week, rest der woche",
    ),
    (
        Meaning::Week(1),
        "next week, coming week, nächste woche, nächster woche, nächsten woche, \
      kommende woche, kommender woche, kommenden woche, naechste woche, naechster woche, \
      semaine prochaine, la próxima semana, próxima semana, semana que viene, semana próxima, \
      prossima settimana, settimana prossima, volgende week, komende week, semana que vem, \
      nästa vecka, næste uge, neste uke, ensi viikolla, ensi viikon, w przyszłym tygodniu, \
      przyszłym tygodniu, на следующей неделе, следующей неделе",
    ),
    (
        Meaning::Week(2),
        "week after next, übernächste woche, übernächster woche, \
      dans deux semaines, over two weeks",
    ),
    (
        Meaning::Month(0),
        "this month, diesen monat, dieses monats, ce mois, ce mois-ci, este mes, \
      questo mese, deze maand, este mês, denna månad, denne måned",
    ),
    (
        Meaning::Month(1),
        "next month, nächsten monat, nächsten monats, nächster monat, \
      kommenden monat, kommenden monats, mois prochain, próximo mes, mes que viene, \
      prossimo mese, mese prossimo, volgende maand, próximo mês, mês que vem, nästa månad, \
      næste måned, neste måned, ensi kuussa, przyszłym miesiącu, следующем месяце",
    ),
    (
        Meaning::Year(0),
        "this year, dieses jahr, dieses jahres, cette année, este año, quest'anno, \
      dit jaar, este ano",
    ),
    (
        Meaning::NewYear,
        "new year, neue jahr, neuen jahr, neues jahr, neuen jahres, nouvel an, \
      nouvelle année, año nuevo, nuevo año, anno nuovo, nuovo anno, nieuwe jaar, nieuw jaar, \
      novo ano, ano novo, nya året, nyår, nytår, det nye år, nyttår, det nye året, next year, \
      nächstes jahr, nächsten jahres, nächsten jahr, kommenden jahr, année prochaine, \
      l'an prochain, próximo año, año que viene, año próximo, prossimo anno, anno prossimo, \
      volgend jaar, próximo ano, ano que vem, nästa år, næste år, neste år, ensi vuonna, \
      przyszłym roku, nowym roku, следующем году, новом году",
    ),
    (
        Meaning::Season(3),
        "spring, frühjahr, frühling, fruehjahr, printemps, primavera, voorjaar, \
      våren, foråret, keväällä, wiosną, весной",
    ),
    (
        Meaning::Season(6),
        "summer, sommer, l'été, cet été, verano, in estate, l'estate, zomer, verão, sommaren, sommeren",
    ),
    (
        Meaning::Season(9),
        "autumn, herbst, automne, otoño, autunno, najaar, herfst, outono, \
      hösten, efteråret, høsten, syksyllä, jesienią, осенью",
    ),
    (
        Meaning::Season(4),
        "second quarter, q2, zweiten quartal, deuxième trimestre, \
      segundo trimestre, secondo trimestre, tweede kwartaal",
    ),
    (
        Meaning::Season(7),
        "third quarter, q3, dritten quartal, troisième trimestre, \
      tercer trimestre, terzo trimestre, derde kwartaal",
    ),
    (
        Meaning::Season(10),
        "fourth quarter, q4, vierten quartal, quatrième trimestre, \
      cuarto trimestre, quarto trimestre, vierde kwartaal",
    ),
    (
        Meaning::Season(1),
        "first quarter, q1, ersten quartal, premier trimestre, \
      primer trimestre, primo trimestre, eerste kwartaal",
    ),
    (
        Meaning::Easter,
        "easter, ostern, pâques, pascua, semana santa, pasqua, pasen, páscoa, \
      påsk, påske",
    ),
];

const PARTS: &[(Part, &str)] = &[
    (
        Part::Begin,
        "beginning of, start of, early in, early, first week of, anfang, beginn, \
      zu beginn, début, au début, principios de, comienzos de, inicios de, inizio, inizio di, \
      inizi di, primi di, begin, eind begin, início de, começo de, början av, starten av, \
      begyndelsen af, alussa",
    ),
    (
        Part::Middle,
        "middle of, mid, mitte, mi, mediados de, metà, metà di, midden, half, \
      medio, halverwege, meados de, mitten av, midten af, midten av",
    ),
    (
        Part::End,
        "end of, the end of, close of, late, ende, fin, fin de, la fin de, fines de, \
      finales de, final de, fine, fine di, la fine di, eind, einde, einde van, fim de, \
      final do, slutet av, slutningen af, slutten av, lopussa, koniec, końca, конца, конце",
    ),
    (
        Part::FirstHalf,
        "first half of, 1st half of, erste hälfte, ersten hälfte, première quinzaine de, \
      première moitié de, primera quincena de, primera mitad de, prima quindicina di, prima metà di, \
      eerste helft van, första halvan av, første halvdel af",
    ),
    (
        Part::SecondHalf,
        "second half of, 2nd half of, latter half of, zweite hälfte, zweiten hälfte, \
      deuxième quinzaine de, seconde quinzaine de, seconde moitié de, segunda quincena de, \
      segunda mitad de, seconda quindicina di, seconda metà di, tweede helft van, andra halvan av, \
      anden halvdel af",
    ),
    (
        Part::Week(2),
        "second week of, second week in, 2nd week of, zweite woche im, zweiten woche im, \
      deuxième semaine de, segunda semana de, seconda settimana di, tweede week van",
    ),
    (
        Part::Week(3),
        "third week of, third week in, 3rd week of, dritte woche im, dritten woche im, \
      troisième semaine de, tercera semana de, terza settimana di, derde week van",
    ),
    (
        Part::LastWeek,
        "last week of, last week in, final week of, letzte woche im, letzten woche im, \
      dernière semaine de, última semana de, ultima settimana di, laatste week van",
    ),
];

const WHOLES: &[(Meaning, &str)] = &[
    (
        Meaning::Week(0),
        "week, woche, semaine, semana, settimana, vecka, veckan, uge, ugen, uke, \
      uken, tygodnia, недели",
    ),
    (
        Meaning::Month(0),
        "month, monat, monats, mois, mes, mese, maand, mês, månad, månaden, \
      måned, måneden, miesiąca, месяца",
    ),
    (Meaning::Year(0), "year, jahr, jahres, année, an, año, anno, jaar, ano, år, året, roku, года"),
];

const UNITS: &[(Unit, &str)] = &[
    (
        Unit::Day,
        "day, days, tag, tage, tagen, jour, jours, día, días, giorno, giorni, dag, \
      dagen, dia, dias, dagar, dage, dager, päivän, päivää, dni, dzień, дней, дня, день",
    ),
    (
        Unit::Week,
        "week, weeks, woche, wochen, semaine, semaines, semana, semanas, settimana, \
      settimane, weken, vecka, veckor, uge, uger, uke, uker, viikon, viikkoa, tydzień, \
      tygodnie, tygodni, неделю, недели, недель",
    ),
    (Unit::Fortnight, "fortnight, quinzaine"),
    (
        Unit::Month,
        "month, months, monat, monate, monaten, mois, mes, meses, mese, mesi, maand, \
      maanden, mês, månad, månader, måned, måneder, kuukauden, kuukautta, miesiąc, miesiące, \
      miesięcy, месяц, месяца, месяцев",
    ),
];

/// Small words that may stand between a part and its whole: `end OF THE month`.
const LINKS: &str = "of the this de des du der des dieses van von del della dello di d l la le el \
                     do da av i af den det ' im vom";

type Rows<T> = WordTable<Vec<(Vec<String>, T)>>;

struct Phrases {
    meanings: Rows<Meaning>,
    parts: Rows<Part>,
    wholes: Rows<Meaning>,
    units: Rows<Unit>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases {
    meanings: rows(MEANINGS),
    parts: rows(PARTS),
    wholes: rows(WHOLES),
    units: rows(UNITS),
});

fn rows<T: Copy>(table: &[(T, &str)]) -> Rows<T> {
    let mut map: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
    for (value, phrases) in table {
        for phrase in phrases.split(',') {
            let words: Vec<String> =
                tokenise(phrase).into_iter().map(|token| token.folded).collect();
            if let Some(first) = words.first() {
                map.entry(first.clone()).or_default().push((words, *value));
            }
        }
    }
    for list in map.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    map.into_iter().collect()
}

/// The longest phrase that begins at a token, with the token behind it.
fn longest<T: Copy>(rows: &Rows<T>, tokens: &[Token], at: usize) -> Option<(T, usize)> {
    let first = tokens.get(at)?;
    rows.get(&first.folded)?.iter().find_map(|(words, value)| {
        let fits = words
            .iter()
            .enumerate()
            .all(|(n, word)| tokens.get(at + n).is_some_and(|token| token.is(word)));
        fits.then_some((*value, at + words.len()))
    })
}

/// The words with which a phrase or a part may begin, folded.
pub(super) fn beginnings() -> impl Iterator<Item = &'static str> {
    PHRASES.meanings.words().chain(PHRASES.parts.words())
}

/// A phrase such as `next week`.
pub(super) fn meaning(tokens: &[Token], at: usize) -> Option<(Meaning, usize)> {
    longest(&PHRASES.meanings, tokens, at)
}

/// A part such as `end of`, with the small words behind it.
pub(super) fn part(tokens: &[Token], at: usize) -> Option<(Part, usize)> {
    let (part, mut next) = longest(&PHRASES.parts, tokens, at)?;
    while tokens.get(next).is_some_and(|t| t.is("-") || is_link(&t.folded)) {
        next += 1;
    }
    Some((part, past_word_month(tokens, next)))
}

/// "fin du MOIS d'octobre": the name of the month follows.
fn past_word_month(tokens: &[Token], at: usize) -> usize {
    let is_month = tokens.get(at).is_some_and(|t| {
        matches!(t.folded.as_str(), "mois" | "month" | "mes" | "mese" | "monats" | "maand")
    });
    let mut next = at + 1;
    while next < at + 3 && tokens.get(next).is_some_and(|t| is_link(&t.folded)) {
        next += 1;
    }
    let named = tokens.get(next).is_some_and(|t| super::words::month(&t.folded).is_some());
    if is_month && named && next > at + 1 { next } else { at }
}

/// What a part is part of: `week`, `month`, `year`.
pub(super) fn whole(tokens: &[Token], at: usize) -> Option<(Meaning, usize)> {
    meaning(tokens, at).or_else(|| longest(&PHRASES.wholes, tokens, at))
}

/// A counted unit such as `weeks`.
pub(super) fn unit(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    longest(&PHRASES.units, tokens, at)
}

static LINK_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(LINKS));

fn is_link(folded: &str) -> bool {
    LINK_WORDS.contains(folded)
}
