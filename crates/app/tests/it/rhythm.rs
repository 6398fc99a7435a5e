//! `inroad rhythm` and `inroad backtest` on a log of letters.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

/// Letters to two people every week for a year. The second answers until week 30, and is not
/// written to after week 31.
fn write_log(folder: &Path) {
    let mut log = String::from("id,time,from,to,cc,in_reply_to\n");
    for week in 0..52_u32 {
        let at = u64::from(week) * 604_800;
        for (n, them) in ["ann", "bob"].iter().enumerate() {
            if *them == "ann" || week < 32 {
                writeln!(log, "q{week}{n},{at},me,{them},,").unwrap();
            }
            if *them == "ann" || week < 30 {
                writeln!(log, "a{week}{n},{},{them},me,,q{week}{n}", at + 90_000).unwrap();
            }
        }
    }
    std::fs::write(folder.join("events.csv"), log + "broken,soon,me,ann,,\n").unwrap();
    let cases = "case_id,dataset,split,seller,contact,cut,msg_id,elapsed_days,horizon_days\n\
                 x:A:me:ann:0,x,test,me,ann,24192000,q400,0,7\n\
                 x:A:me:bob:0,x,test,me,bob,18748800,q311,0,7\n\
                 x:A:me:eve:0,x,test,me,eve,18748800,q311,0,7\n\
                 x:A:me:ann:1,x,train,me,ann,1,q10,0,7\n";
    std::fs::write(folder.join("cases.csv"), cases).unwrap();
}

fn inroad(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.current_dir(folder).args(args).output().unwrap()
}

#[test]
fn cases_of_a_log_are_forecast() {
    let folder = tempfile::tempdir().unwrap();
    write_log(folder.path());
    let done = inroad(folder.path(), &["rhythm", "predict", "--log", ".", "--cases", "cases.csv"]);
    let (out, errors) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{errors}");
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(lines[0], ["dataset", "id", "checkpoint", "probability"]);
    assert_eq!(lines.len(), 3, "the test cases of people who are there: {out}");
    let chance = |at: usize| lines[at][3].parse::<f64>().unwrap();
    assert!(chance(1) > 0.8 && chance(2) > 0.5, "{out}");
    for said in
        ["line 168: 'soon' in column 'time' is not a number", "line 4: The log has nobody 'eve'"]
    {
        assert!(errors.contains(said), "{errors}");
    }
}

#[test]
fn a_log_is_replayed() {
    let folder = tempfile::tempdir().unwrap();
    write_log(folder.path());
    let done = inroad(folder.path(), &["backtest", "--log", ".", "--format", "json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["forecast"]["dark"], 1);
    assert_eq!(report["rule"]["found"], 1);
    assert!(report["flagged"].as_array().unwrap().iter().any(|silence| silence["who"] == "bob"));
    let table = inroad(folder.path(), &["backtest", "--log", "."]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.contains("14-day rule") && table.contains("bob"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let page = inroad(folder.path(), &["backtest", "--log", ".", "--format", "html"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("<svg"));
}

#[test]
fn what_cannot_be_is_told_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    write_log(folder.path());
    let events = folder.path().join("events.csv");
    let log = std::fs::read_to_string(&events).unwrap() + "far,1e18,me,ann,,\nold,-6e10,me,ann,,\n";
    std::fs::write(&events, log).unwrap();
    let done = inroad(folder.path(), &["backtest", "--log", "."]);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success() && errors.contains("'1e18' in column 'time' is not from"),
        "{errors}"
    );
    for horizon in ["0", "-1e300", "nan", "99999"] {
        let horizon = format!("--horizon={horizon}");
        assert!(!inroad(folder.path(), &["backtest", "--log", ".", &horizon]).status.success());
    }
    let args = ["rhythm", "predict", "--log", ".", "--cases", "events.csv"];
    let done = inroad(folder.path(), &args);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && errors.contains("events.csv holds no cases"), "{errors}");
}

#[test]
fn a_prior_is_fitted_and_used() {
    let folder = tempfile::tempdir().unwrap();
    write_log(folder.path());
    let fitted = inroad(folder.path(), &["rhythm", "fit", ".", "--out", "prior.csv"]);
    assert!(fitted.status.success(), "{}", String::from_utf8_lossy(&fitted.stderr));
    let args = ["rhythm", "predict", "--log", ".", "--cases", "cases.csv", "--prior", "prior.csv"];
    let answers = String::from_utf8(inroad(folder.path(), &args).stdout).unwrap();
    assert_eq!(answers.lines().count(), 3);
}
