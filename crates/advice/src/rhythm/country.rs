//! In which country somebody works, as far as letters show.
//!
//! A phone number in the signature says it best, then the ending of the address. Where both are
//! silent, the time zone of the letters says it with less confidence. Where that is silent too, no
//! country is guessed.

use inroad_model::{EmailAddress, Moment};

use super::calendar;

/// A country with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Country {
    /// ISO 3166 in small letters, or `cet` for what shares Central European Time.
    pub code: &'static str,
    /// How sure it is, from 0 to 1.
    pub sure: f64,
}

/// A zone is shared with others, and travels along.
const SURE_BY_ZONE: f64 = 0.7;
/// Letters that show a zone, at least.
const LETTERS_OF_ZONE: usize = 2;

/// Endings that are no country's code but stand for one, and codes that differ from the ending.
const ENDINGS: [(&str, &str); 1] = [("uk", "gb")];
/// Endings of countries that firms everywhere use for other reasons.
const ENDINGS_OF_ANYBODY: [&str; 1] = ["co"];

/// Prefixes of phone numbers. +1 and +7 are shared by several countries, and say none.
const PREFIXES: [(&str, &str); 53] = [
    ("27", "za"),
    ("30", "gr"),
    ("31", "nl"),
    ("32", "be"),
    ("33", "fr"),
    ("34", "es"),
    ("351", "pt"),
    ("352", "lu"),
    ("353", "ie"),
    ("354", "is"),
    ("356", "mt"),
    ("357", "cy"),
    ("358", "fi"),
    ("359", "bg"),
    ("36", "hu"),
    ("370", "lt"),
    ("371", "lv"),
    ("372", "ee"),
    ("380", "ua"),
    ("381", "rs"),
    ("385", "hr"),
    ("386", "si"),
    ("39", "it"),
    ("40", "ro"),
    ("41", "ch"),
    ("420", "cz"),
    ("421", "sk"),
    ("423", "li"),
    ("43", "at"),
    ("44", "gb"),
    ("45", "dk"),
    ("46", "se"),
    ("47", "no"),
    ("48", "pl"),
    ("49", "de"),
    ("52", "mx"),
    ("54", "ar"),
    ("55", "br"),
    ("56", "cl"),
    ("57", "co"),
    ("61", "au"),
    ("64", "nz"),
    ("65", "sg"),
    ("81", "jp"),
    ("82", "kr"),
    ("852", "hk"),
    ("86", "cn"),
    ("886", "tw"),
    ("90", "tr"),
    ("91", "in"),
    ("966", "sa"),
    ("971", "ae"),
    ("972", "il"),
];

/// The country of somebody with this address, these phone numbers in the latest signature, and
/// letters of these moments (each in the writer's own time); `None` where nothing shows it.
pub fn country_of(
    email: &EmailAddress,
    phones: &[String],
    wrote: impl Iterator<Item = Moment>,
) -> Option<Country> {
    let sure = |code| Country { code, sure: 1.0 };
    // Two numbers of two countries say neither.
    let mut by_phone = phones.iter().filter_map(|phone| of_phone(phone));
    let first = by_phone.next();
    let by_phone = first.filter(|first| by_phone.all(|other| other == *first));
    by_phone
        .or_else(|| of_ending(email))
        .map(sure)
        .or_else(|| of_zone(wrote).map(|code| Country { code, sure: SURE_BY_ZONE }))
}

fn of_ending(email: &EmailAddress) -> Option<&'static str> {
    let ending = email.domain().rsplit('.').next()?;
    let code = ENDINGS.iter().find(|(known, _)| *known == ending).map_or(ending, |(_, code)| code);
    // Only two letters are a country's: `cet` is none.
    calendar::country(code).filter(|code| code.len() == 2 && !ENDINGS_OF_ANYBODY.contains(code))
}

fn of_phone(phone: &str) -> Option<&'static str> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let number = match phone.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+') {
        abroad if abroad.starts_with('+') => digits.as_str(),
        _ => digits.strip_prefix("00")?,
    };
    let (_, code) = PREFIXES.iter().find(|(prefix, _)| number.starts_with(prefix))?;
    calendar::country(code)
}

/// The zone in which most letters were written. Machines that write UTC show none.
fn of_zone(wrote: impl Iterator<Item = Moment>) -> Option<&'static str> {
    let (mut letters, mut zones) = (0, [("cet", 0), ("us", 0), ("in", 0)]);
    for moment in wrote.filter(|moment| !moment.offset().is_zero()) {
        letters += 1;
        let zone = zone_at(moment);
        if let Some((_, count)) = zones.iter_mut().find(|(known, _)| Some(*known) == zone) {
            *count += 1;
        }
    }
    let (code, most) = zones.into_iter().max_by_key(|(_, count)| *count)?;
    (most >= LETTERS_OF_ZONE && 2 * most > letters).then(|| calendar::country(code))?
}

/// Whose clocks showed that time then. Near the change of the clocks nothing is said.
fn zone_at(moment: Moment) -> Option<&'static str> {
    let is_summer = match moment.date().month() {
        4..=9 => true,
        1 | 2 | 12 => false,
        _ => return None,
    };
    let minutes = moment.offset().seconds() / 60 - if is_summer { 60 } else { 0 };
    match minutes {
        60 => Some("cet"),
        -480..=-300 if minutes % 60 == 0 => Some("us"),
        _ if moment.offset().seconds() == 19_800 => Some("in"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, phones: &[&str], wrote: &[&str], expected: Option<&str>) {
        let phones: Vec<String> = phones.iter().map(|&phone| phone.to_owned()).collect();
        let wrote = wrote.iter().map(|text| text.parse::<Moment>().unwrap());
        let found = country_of(&address.parse().unwrap(), &phones, wrote);
        assert_eq!(found.map(|country| country.code), expected, "{address} {phones:?}");
    }

    #[test]
    fn by_phone_then_by_ending_then_by_zone() {
        let winter = "2026-01-12T10:00:00+01:00";
        let summer = "2026-07-12T10:00:00+02:00";
        check("a@firm.de", &[], &[], Some("de"));
        check("a@firm.co.uk", &[], &[], Some("gb"));
        check("a@firm.de", &["+43 1 5550100"], &[], Some("at"));
        check("a@firm.com", &["0041 44 555 01 00"], &[], Some("ch"));
        check("a@firm.com", &["+49 30 5550100", "+33 1 55501000"], &[], None);
        check("a@firm.com", &["(030) 5550100"], &[], None);
        check("a@firm.com", &["+1 212 555 0100"], &[], None);
        check("a@firm.com", &["(+39) 06 555 0100"], &[], Some("it"));
        check("a@firm.com", &[], &[winter, summer], Some("cet"));
        check("a@firm.com", &[], &[winter], None);
        check("a@firm.com", &[], &["2026-01-12T10:00:00Z", "2026-01-13T10:00:00Z"], None);
        check(
            "a@firm.com",
            &[],
            &["2026-01-12T10:00:00-05:00", "2026-07-13T10:00:00-04:00"],
            Some("us"),
        );
        // In summer that is Helsinki or Athens in winter, or nobody knows.
        check("a@firm.com", &[], &["2026-01-12T10:00:00+02:00", "2026-01-13T10:00:00+02:00"], None);
        check("a@firm.io", &[], &[], None);
        check("a@firm.co", &[], &[], None);
        check("a@firm.com", &[], &[], None);
    }

    #[test]
    fn prefixes_are_of_countries_with_a_calendar_and_none_hides_another() {
        for (at, (prefix, code)) in PREFIXES.iter().enumerate() {
            assert!(calendar::country(code).is_some(), "{prefix} {code}");
            let hidden = PREFIXES[..at].iter().find(|(known, _)| prefix.starts_with(known));
            assert!(hidden.is_none(), "{prefix}");
        }
    }
}
