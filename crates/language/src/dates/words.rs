//! Months, weekdays and small numbers in thirteen languages.
//!
//! Tables only; what a word means in its place is decided by the readers beside this file.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::tokens::fold;
use crate::word_table::WordTable;

/// Full names of months, January first; forms that follow a number stand beside the plain ones.
const MONTHS: [&str; 12] = [
    "january januar jänner jaenner janvier enero gennaio januari janeiro tammikuu tammikuuta \
     tammikuussa tammikuun styczeń stycznia styczniu январь января январе",
    "february februar feber février febrero febbraio februari fevereiro helmikuu helmikuuta \
     helmikuussa helmikuun luty lutego lutym февраль февраля феврале",
    "march märz maerz mars marzo maart março marts maaliskuu maaliskuuta maaliskuussa \
     maaliskuun marzec marca marcu март марта марте",
    "april avril abril aprile huhtikuu huhtikuuta huhtikuussa huhtikuun kwiecień kwietnia \
     kwietniu апрель апреля апреле",
    "may mai mayo maggio mei maio maj toukokuu toukokuuta toukokuussa toukokuun maja maju май \
     мая мае",
    "june juni juin junio giugno junho kesäkuu kesäkuuta kesäkuussa kesäkuun czerwiec czerwca \
     czerwcu июнь июня июне",
    "july juli juillet julio luglio julho heinäkuu heinäkuuta heinäkuussa heinäkuun lipiec \
     lipca lipcu июль июля июле",
    "august août agosto augustus augusti elokuu elokuuta elokuussa elokuun sierpień sierpnia \
     sierpniu август августа августе",
    "september septembre septiembre setiembre settembre setembro syyskuu syyskuuta syyskuussa \
     syyskuun wrzesień września wrześniu сентябрь сентября сентябре",
    "october oktober octobre octubre ottobre outubro lokakuu lokakuuta lokakuussa lokakuun \
     październik października październiku октябрь октября октябре",
    "november novembre noviembre novembro marraskuu marraskuuta marraskuussa marraskuun \
     listopad listopada listopadzie ноябрь ноября ноябре",
    "december dezember décembre diciembre dicembre dezembro joulukuu joulukuuta joulukuussa \
     joulukuun grudzień grudnia grudniu декабрь декабря декабре",
];

/// Short names of months: read only beside a number.
const MONTHS_SHORT: [&str; 12] = [
    "jan jän janv ene gen sty янв",
    "feb febr fév févr fev lut фев",
    "mar mär mrz mrt maa мар",
    "apr avr abr kwi апр",
    "mag mei maj",
    "jun jui giu cze июн",
    "jul juil lug lip июл",
    "aug aoû ago sie авг",
    "sep sept set sett wrz сен",
    "oct okt ott out paź окт",
    "nov lis ноя",
    "dec dez déc dic dic gru дек",
];

/// Full names of weekdays, Monday first.
const WEEKDAYS: [&str; 7] = [
    "monday montag lundi lunes lunedì maandag segunda måndag mandag maanantai maanantaina \
     maanantaihin poniedziałek poniedziałku понедельник понедельника",
    "tuesday dienstag mardi martes martedì dinsdag terça tisdag tirsdag tiistai tiistaina \
     tiistaihin wtorek wtorku вторник вторника",
    "wednesday mittwoch mercredi miércoles mercoledì woensdag quarta onsdag keskiviikko \
     keskiviikkona keskiviikkoon środa środę środy среда среду среды",
    "thursday donnerstag jeudi jueves giovedì donderdag quinta torsdag torstai torstaina \
     torstaihin czwartek czwartku четверг четверга",
    "friday freitag vendredi viernes venerdì vrijdag sexta fredag perjantai perjantaina \
     perjantaihin piątek piątku пятница пятницу пятницы",
    "saturday samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai lauantaina \
     sobota sobotę soboty суббота субботу",
    "sunday sonntag dimanche domingo domenica zondag söndag søndag sunnuntai sunnuntaina \
     niedziela niedzielę niedzieli воскресенье воскресенья",
];

/// Short names of weekdays: read only right before a day of the month.
const WEEKDAYS_SHORT: [&str; 7] = [
    "mon mo lun ma mån pn пн",
    "tue tues di mar mart tis tir wt вт",
    "wed weds mi mer mié wo ons śr ср",
    "thu thur thurs do jeu jue gio tor cz чт",
    "fri fr ven vie vr fre pt пт",
    "sat sa sam sáb sab za lör sob сб",
    "sun so dim dom zo sön nd вс",
];

/// Numbers as words, as far as people count days, weeks and months in letters.
const COUNTS: [(u32, &str); 15] = [
    (1, "one a an einer einem einen ein un une una uno een en ett et jeden один одну"),
    (2, "two zwei deux dos due twee dois duas två to kaksi kahden dwa dwie два две couple paar"),
    (3, "three drei trois tres tre drie três kolme kolmen trzy три"),
    (4, "four vier quatre cuatro quattro quatro fyra fire neljä neljän cztery четыре"),
    (5, "five fünf fuenf cinq cinco cinque vijf fem viisi viiden pięć пять"),
    (6, "six sechs seis sei zes sex seks kuusi kuuden sześć шесть"),
    (7, "seven sieben sept siete sette zeven sete sju syv"),
    (8, "eight acht huit ocho otto oito åtta åtte otte"),
    (9, "nine neun neuf nueve nove negen"),
    (10, "ten zehn dix diez dieci tien dez tio ti"),
    (11, "eleven elf onze once undici"),
    (12, "twelve zwölf zwoelf douze doce dodici twaalf"),
    (14, "fourteen vierzehn quatorze catorce quattordici veertien fjorton fjorten"),
    (15, "quinze quince quindici"),
    (20, "twenty zwanzig vingt veinte venti twintig"),
];

/// Names of months that are also everyday words: alone they need a preposition before them.
const MONTHS_EVERYDAY: &str = "may march mars mai maj maja mei marts luty";

struct Words {
    months: WordTable<i8>,
    months_short: WordTable<i8>,
    weekdays: WordTable<Weekday>,
    weekdays_short: WordTable<Weekday>,
    counts: WordTable<u32>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    months: numbered(&MONTHS, |n| n),
    months_short: numbered(&MONTHS_SHORT, |n| n),
    weekdays: numbered(&WEEKDAYS, weekday_of),
    weekdays_short: numbered(&WEEKDAYS_SHORT, weekday_of),
    counts: COUNTS
        .iter()
        .flat_map(|(value, names)| names.split_whitespace().map(|name| (fold(name), *value)))
        .collect(),
});

fn numbered<T>(rows: &[&str], value: impl Fn(i8) -> T) -> WordTable<T> {
    let rows = rows.iter().zip(1_i8..);
    rows.flat_map(|(row, number)| row.split_whitespace().map(move |name| (name, number)))
        .map(|(name, number)| (fold(name), value(number)))
        .collect()
}

fn weekday_of(number: i8) -> Weekday {
    Weekday::from_monday_one_offset(number).unwrap_or(Weekday::Monday)
}

/// The month of that full name (folded), 1 to 12.
pub(super) fn month(folded: &str) -> Option<i8> {
    WORDS.months.get(folded).copied()
}

/// The month of that full or short name (folded), 1 to 12.
pub(super) fn month_short(folded: &str) -> Option<i8> {
    month(folded).or_else(|| WORDS.months_short.get(folded).copied())
}

/// Whether a word (folded) is the full or short name of a month.
pub(crate) fn names_month(folded: &str) -> bool {
    month_short(folded).is_some()
}

/// Whether the name of a month is an everyday word as well.
pub(super) fn month_is_everyday(folded: &str) -> bool {
    MONTHS_EVERYDAY.split(' ').any(|word| word == folded)
}

/// The weekday of that full name (folded).
pub(super) fn weekday(folded: &str) -> Option<Weekday> {
    WORDS.weekdays.get(folded).copied()
}

/// The weekday of that full or short name (folded).
pub(super) fn weekday_short(folded: &str) -> Option<Weekday> {
    weekday(folded).or_else(|| WORDS.weekdays_short.get(folded).copied())
}

/// All words of these tables, folded.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let Words { months, months_short, weekdays, weekdays_short, counts } = &*WORDS;
    let of_months = months.words().chain(months_short.words());
    of_months.chain(weekdays.words()).chain(weekdays_short.words()).chain(counts.words())
}

/// The number of that word (folded).
pub(super) fn count(folded: &str) -> Option<u32> {
    WORDS.counts.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_without_accents() {
        assert_eq!(month("marz"), Some(3));
        assert_eq!(month("aout"), Some(8));
        assert_eq!(month("августа"), Some(8));
        assert_eq!(weekday("sroda"), Some(Weekday::Wednesday));
        assert_eq!(month("mar"), None);
        assert_eq!(month_short("mar"), Some(3));
        assert_eq!(count("zwei"), Some(2));
    }
}
