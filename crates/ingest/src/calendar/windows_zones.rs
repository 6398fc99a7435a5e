//! Windows' names of time zones, which Outlook and Exchange write, by CLDR's `windowsZones` (the
//! zone of each name for the whole world, `001`; Unicode licence), as data in `windows_zones.tsv`.
//!
//! It stands before the parser's own table, which lacks new names and maps a few to cities that
//! have changed their time since. Checked against `tzlocal` 5.4.5 and Babel 2.19.0, which agree.

const TABLE: &str = include_str!("windows_zones.tsv");

/// The IANA name of a zone by its name in Windows.
pub(super) fn iana_name(name: &str) -> Option<&'static str> {
    let mut rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
    rows.find(|(windows, _)| windows.eq_ignore_ascii_case(name)).map(|(_, iana)| iana)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use calcard::common::timezone::Tz;

    use super::*;

    #[test]
    fn names() {
        let check = |name, expected| assert_eq!(iana_name(name), expected, "{name}");
        check("W. Europe Standard Time", Some("Europe/Berlin"));
        check("w. europe standard time", Some("Europe/Berlin"));
        check("Central Asia Standard Time", Some("Asia/Bishkek"));
        check("Mountain Standard Time (Mexico)", Some("America/Mazatlan"));
        check("South Sudan Standard Time", Some("Africa/Juba"));
        check("Europe/Berlin", None);
        check("", None);
    }

    #[test]
    fn every_name_leads_to_a_zone() {
        let mut count = 0;
        for line in TABLE.lines() {
            let (windows, iana) = line.split_once('\t').unwrap();
            assert!(Tz::from_str(iana).is_ok(), "{windows}: {iana}");
            count += 1;
        }
        assert!(count > 130, "{count}");
    }
}
