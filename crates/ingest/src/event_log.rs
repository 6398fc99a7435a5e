//! Logs of who wrote to whom and when, without words, as archives for study are given away, and
//! questions asked of them.
//!
//! Both are CSV with a line of column names. A letter: `id,time,from,to,cc,in_reply_to`, time in
//! seconds since 1970, several people separated by spaces; `x` answers something that is not in
//! the log. A question: `case_id,dataset,split,seller,contact,cut,` then either
//! `msg_id,elapsed_days,horizon_days` (is this letter answered?) or `horizon_days,pending` (is
//! there silence?).
//!
//! Must not: know what is made of them.

use std::ops::RangeInclusive;

use inroad_model::Issue;

use crate::Limits;
use crate::export::table::{Row, Table};
use crate::issues::IssueList;

/// The years 1 to 9999, in seconds since 1970.
const SECONDS: RangeInclusive<f64> = -62_135_596_800.0..=253_402_300_799.0;
/// Ten years: nobody waits longer.
const DAYS: RangeInclusive<f64> = 0.0..=3_650.0;

/// One letter of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedLetter {
    /// Its own id.
    pub id: String,
    /// Seconds since 1970.
    pub time: f64,
    /// Who wrote it.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// Who got a copy.
    pub cc: Vec<String>,
    /// The id of what it answers, `x` if that is not known, empty if it answers nothing.
    pub in_reply_to: String,
}

/// One question asked of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedCase {
    /// The line on which it stands, from 1.
    pub line: u64,
    /// Its id.
    pub case_id: String,
    /// The log that it is asked of.
    pub dataset: String,
    /// The part it belongs to: `train`, `test`; empty if nothing is said.
    pub split: String,
    /// Whose mailbox is looked at.
    pub seller: String,
    /// Of whom something is expected.
    pub contact: String,
    /// The moment at which it is asked, as it was written.
    pub checkpoint: String,
    /// The same in seconds since 1970.
    pub cut: f64,
    /// What is asked.
    pub asked: LoggedQuestion,
}

/// What is asked of a log.
#[derive(Debug, Clone, PartialEq)]
pub enum LoggedQuestion {
    /// Whether a letter will be answered within seven days.
    Reply {
        /// The letter.
        id: String,
        /// Days that it has waited.
        elapsed_days: f64,
    },
    /// Whether nothing will come within so many days.
    Silence {
        /// Days.
        horizon_days: f64,
    },
}

/// The letters of a log. Lines that are none are told and left out.
pub fn letters(bytes: &[u8], limits: &Limits) -> (Vec<LoggedLetter>, Vec<Issue>) {
    let mut letters = Vec::new();
    let issues = read(bytes, limits, &["id", "time", "from", "to"], |_, cell| {
        let from = cell("from");
        if from.is_empty() {
            return Err("It does not say who wrote it".to_owned());
        }
        letters.push(LoggedLetter {
            id: cell("id"),
            time: number(cell("time"), "time", &SECONDS)?,
            from,
            to: people(cell("to")),
            cc: people(cell("cc")),
            in_reply_to: cell("in_reply_to"),
        });
        Ok(())
    });
    (letters, issues)
}

/// The questions of a file. Lines that are none are told and left out.
pub fn cases(bytes: &[u8], limits: &Limits) -> (Vec<LoggedCase>, Vec<Issue>) {
    let mut cases = Vec::new();
    let needed = ["case_id", "dataset", "seller", "contact", "cut", "horizon_days"];
    let issues = read(bytes, limits, &needed, |line, cell| {
        let letter = cell("msg_id");
        let asked = if letter.is_empty() {
            LoggedQuestion::Silence {
                horizon_days: number(cell("horizon_days"), "horizon_days", &DAYS)?,
            }
        } else {
            let elapsed_days = number(cell("elapsed_days"), "elapsed_days", &DAYS)?;
            LoggedQuestion::Reply { id: letter, elapsed_days }
        };
        let checkpoint = cell("cut");
        cases.push(LoggedCase {
            line,
            case_id: cell("case_id"),
            dataset: cell("dataset"),
            split: cell("split"),
            seller: cell("seller"),
            contact: cell("contact"),
            cut: number(&checkpoint, "cut", &SECONDS)?,
            checkpoint,
            asked,
        });
        Ok(())
    });
    (cases, issues)
}

/// Goes through the rows below the line of names; `take` gets the line and the cells by name.
fn read(
    bytes: &[u8],
    limits: &Limits,
    needed: &[&str],
    mut take: impl FnMut(u64, &dyn Fn(&str) -> String) -> Result<(), String>,
) -> Vec<Issue> {
    let mut issues = IssueList::new(Vec::new(), limits);
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut table = Table::new(text, b',', limits);
    let Some((line, _)) = table.advance() else {
        return vec![Issue::new("The file is empty", "Give a CSV file with a line of names")];
    };
    let names: Vec<String> = table.row().cells().map(str::to_owned).collect();
    for name in needed {
        if !names.iter().any(|known| known == name) {
            let what = format!("The column '{name}' is missing");
            let way_out = format!("The first line has to name {}", needed.join(", "));
            return vec![Issue::new(what, way_out).at_line(line)];
        }
    }
    table.expect_width(names.len());
    let mut rows = 0;
    while let Some((line, damage)) = table.advance() {
        rows += 1;
        if rows > limits.items {
            let what = format!("There are more than {} lines", limits.items);
            issues.add_to_all(Issue::new(what, "The rest was left out").at_line(line));
            break;
        }
        let row: Row<'_> = table.row();
        let cell = |name: &str| {
            let column = names.iter().position(|known| known == name);
            column.map_or_else(String::new, |column| row.cell(column).to_owned())
        };
        let taken = match damage {
            Some(damage) => Err(format!("The line is damaged ({damage:?})")),
            None => take(line, &cell),
        };
        if let Err(what) = taken {
            issues.add(Issue::new(what, "The line was left out").at_line(line));
        }
    }
    issues.finish("lines")
}

fn number(text: impl AsRef<str>, column: &str, range: &RangeInclusive<f64>) -> Result<f64, String> {
    let text = text.as_ref();
    match text.parse::<f64>() {
        Ok(number) if range.contains(&number) => Ok(number),
        Ok(number) if number.is_finite() => {
            let (least, most) = (range.start(), range.end());
            Err(format!("'{text}' in column '{column}' is not from {least} to {most}"))
        }
        _ => Err(format!("'{text}' in column '{column}' is not a number")),
    }
}

fn people(cell: impl AsRef<str>) -> Vec<String> {
    cell.as_ref().split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_and_damage_is_told_by_line() {
        let text = "id,time,from,to,cc,in_reply_to\n\
                    m1,100,p1,p2 p3,,\n\
                    m2,soon,p2,p1,,m1\n\
                    m3,300,p2,p1,p4,x\n";
        let (letters, issues) = letters(text.as_bytes(), &Limits::default());
        assert_eq!(letters.len(), 2);
        assert_eq!(letters[0].to, ["p2", "p3"]);
        assert_eq!(letters[1].in_reply_to, "x");
        assert_eq!(
            issues.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["line 3: 'soon' in column 'time' is not a number. The line was left out"]
        );
    }

    #[test]
    fn both_kinds_of_questions_are_read() {
        let replies = "case_id,dataset,split,seller,contact,cut,msg_id,elapsed_days,horizon_days\n\
                       a:A:p1:p2:100:3,a,test,p1,p2,259300,m1,3,7\n";
        let (read, issues) = cases(replies.as_bytes(), &Limits::default());
        assert!(issues.is_empty());
        assert_eq!(read[0].asked, LoggedQuestion::Reply { id: "m1".to_owned(), elapsed_days: 3.0 });
        let silences = "case_id,dataset,split,seller,contact,cut,horizon_days,pending\n\
                        a:B:p1:p2:100,a,test,p1,p2,100,60,1\n";
        let (read, _) = cases(silences.as_bytes(), &Limits::default());
        assert_eq!(read[0].asked, LoggedQuestion::Silence { horizon_days: 60.0 });
    }

    #[test]
    fn what_lies_outside_of_time_is_told() {
        let log = "id,time,from,to\nm1,1e18,p1,p2\nm2,-1e300,p1,p2\nm3,NaN,p1,p2\nm4,5,p1,p2\n";
        let (letters, issues) = letters(log.as_bytes(), &Limits::default());
        assert_eq!((letters.len(), issues.len()), (1, 3));
        assert!(issues[0].what.contains("'1e18' in column 'time' is not from"), "{}", issues[0]);
        let silences = "case_id,dataset,seller,contact,cut,horizon_days\na,x,p1,p2,5,-1e300\n";
        let (cases, issues) = cases(silences.as_bytes(), &Limits::default());
        assert!(cases.is_empty());
        assert_eq!(
            issues[0].to_string(),
            "line 2: '-1e300' in column 'horizon_days' is not from 0 to 3650. The line was left out"
        );
    }

    #[test]
    fn a_file_without_the_columns_says_which() {
        let (_, issues) = letters(b"id,when\n", &Limits::default());
        assert_eq!(
            issues[0].to_string(),
            "line 1: The column 'time' is missing. The first line has to name id, time, from, to"
        );
    }
}
