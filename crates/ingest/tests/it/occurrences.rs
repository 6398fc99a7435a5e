//! When series take place, checked against python-dateutil 4.0.0 (`oracles/series.py`): 200 made-up
//! rules in five time zones, across changes of clocks.

use inroad_ingest::Limits;
use inroad_ingest::calendar::occurrences::{Window, parse_occurrences};

#[test]
fn series_take_place_as_another_tool_says() {
    let (mut count, mut wrong) = (0, Vec::new());
    for row in include_str!("../oracles/series.tsv").lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [start, zone, rule, from, until, expected] = columns[..] else { panic!("{row}") };
        let at = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID={zone}:{start}\r\nRRULE:{rule}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let window = Window { from: at(from), until: at(until) };
        let (events, issues) = parse_occurrences(text.as_bytes(), window, &Limits::default());
        let starts: Vec<String> = events
            .iter()
            .map(|event| event.start.unwrap().timestamp().strftime("%Y%m%dT%H%MZ").to_string())
            .collect();
        count += starts.len();
        if starts.join(" ") != expected || !issues.is_empty() {
            wrong.push(format!(
                "{start} {zone} {rule} {from} {until}\n  {starts:?}\n  {expected}\n {issues:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 1_000, "{count}");
}
