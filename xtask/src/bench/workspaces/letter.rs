//! What one letter more costs, by how many there are.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::super::lists::filling::{DealsOf, Filling, prepare};
use super::super::load::processor;
use super::super::median;
use super::super::site::Site;
use super::{move_to, serve};
use crate::postgres::Postgres;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Letters that come in, one after the other, each of another deal.
const LETTERS: usize = 20;
const DEALS: usize = 30;
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(2);
/// What is done behind an answer is done by then.
const BEHIND: Duration = Duration::from_secs(3);

/// What the reader should know.
pub(super) const NOTE: &str = "Workspaces with a person to ten messages, and 30 deals whose people are evenly taken from all, so that a deal has as \
     many letters in each. 20 letters come in one after the other by `POST /imports/files` of a server that runs, each of another deal: \
     the middle of them until it is kept, then of the first look at its deal, then of the first look at all deals. \
     What all of it took of the processor, in programs and database, with what they do behind it, is told for each letter.";

/// A table with a row for each size.
pub(super) fn costs(
    program: &Path,
    folder: &Path,
    postgres: &Postgres,
) -> Result<Vec<Vec<String>>> {
    let head = ["messages", "kept, ms", "its deal, ms", "all deals, ms", "processor, ms"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for size in SIZES {
        rows.push(of_size(program, folder, postgres, size)?);
    }
    Ok(rows)
}

fn of_size(program: &Path, folder: &Path, postgres: &Postgres, size: usize) -> Result<Vec<String>> {
    let filling = Filling {
        contacts: size / 10,
        companies: size / 100,
        letters: size,
        deals: DEALS,
        deals_of: DealsOf::All,
        leads: 0,
        listed: 0,
    };
    let name = format!("size-{size}");
    let data = prepare(program, &folder.join(&name), &filling)?;
    move_to(program, Path::new(&data), postgres, &name)?;
    postgres.ask("ANALYZE")?;
    let server = serve(program, folder, postgres, &name)?;
    let site = Site::of(&server.link)?;
    let people = people(&folder.join(&name).join("deals.json"))?;
    json(&site, "/api/v1/review")?;
    let used = || -> Result<f64> {
        Ok(processor::of(server.process())? + processor::of_database(&postgres.named_by())?)
    };
    std::thread::sleep(BEHIND);
    let before = used()?;
    let (mut kept, mut looked, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (deal, person)) in people.iter().take(LETTERS).enumerate() {
        let start = Instant::now();
        let job = brought(&site, &letter(person, number))?;
        while is_under_way(&json(&site, &format!("/api/v1/jobs/{job}"))?) {
            ensure!(start.elapsed() < PATIENCE, "The letter does not come in");
            std::thread::sleep(PAUSE);
        }
        kept.push(milliseconds(start));
        let start = Instant::now();
        let touches = json(&site, &format!("/api/v1/deals/{deal}/touches"))?;
        ensure!(touches.to_string().contains("One letter more"), "The letter is not there");
        json(&site, &format!("/api/v1/deals/{deal}/review"))?;
        looked.push(milliseconds(start));
        let start = Instant::now();
        json(&site, "/api/v1/review")?;
        all.push(milliseconds(start));
    }
    std::thread::sleep(BEHIND);
    let each = (used()? - before) * 1e3 / LETTERS as f64;
    let mut row = vec![size.to_string()];
    row.extend([kept, looked, all].map(|times| format!("{:.0}", median(times))));
    row.push(format!("{each:.0}"));
    eprintln!("{}", row.join(" | "));
    Ok(row)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// The deals, each with one of its people.
fn people(deals: &Path) -> Result<Vec<(String, String)>> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(deals)?)?;
    let deals = file["deals"].as_array().context("There are no deals")?;
    let open = deals.iter().filter(|deal| deal["stage"] != "won" && deal["stage"] != "lost");
    let with = |deal: &Value| {
        let id = deal["id"].as_str()?.to_owned();
        Some((id, deal["people"][1]["email"].as_str()?.to_owned()))
    };
    open.map(|deal| with(deal).context("A deal without people")).collect()
}

fn letter(person: &str, number: usize) -> String {
    format!(
        "From: {person}\nTo: {}\nSubject: One letter more\nMessage-ID: <more{number}@measured.example>\n\
         Date: Sun, 1 Nov 2026 09:00:{number:02} +0000\n\n\
         We have read your offer, and would like to talk about the second part.\n",
        super::super::lists::filling::ME
    )
}

/// Brings a letter in; gives the number of the job.
fn brought(site: &Site, letter: &str) -> Result<u64> {
    let mut request = site.request("/api/v1/imports/files?name=one.eml");
    "POST".clone_into(&mut request.method);
    let kind = "application/octet-stream".to_owned();
    request.headers.insert("Content-Type".to_owned(), kind);
    letter.clone_into(&mut request.body);
    let answer = body(&request.ask(&site.host)?)?;
    answer["job"].as_u64().context("There is no job")
}

fn is_under_way(job: &Value) -> bool {
    job["state"] == "waiting" || job["state"] == "running"
}

fn json(site: &Site, address: &str) -> Result<Value> {
    body(&site.ask(address)?)
}

/// What stands behind the head of an answer.
fn body(answer: &[u8]) -> Result<Value> {
    let text = std::str::from_utf8(answer)?;
    let (_, body) = text.split_once("\r\n\r\n").context("An answer without an end of its head")?;
    Ok(serde_json::from_str(body)?)
}
