//! The mail and the chart of the manufacturing company, and the reference tables.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use inroad_advice::politics::rank::Row;
use inroad_model::Moment;
use jiff::Timestamp;

/// Accounts of machines, by the description of the data.
const TECHNICAL: [u32; 7] = [4, 10, 21, 23, 24, 26, 46];

/// Two people of whom the second stands above the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) lower: u32,
    pub(super) higher: u32,
}

/// What is measured on.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) rows: Vec<Row<u32>>,
    /// Everybody but machines.
    pub(super) known: BTreeSet<u32>,
    pub(super) direct: Vec<Pair>,
    /// Direct pairs, and those through others.
    pub(super) chain: Vec<Pair>,
    /// How many stand above each.
    pub(super) levels: BTreeMap<u32, usize>,
    reference: PathBuf,
}

impl Data {
    pub(super) fn read(folder: &Path) -> Result<Data> {
        let mail = Sheet::read(&folder.join("data/manufacturing_email/emails.csv"))?;
        let moments: Vec<i64> = mail.column("t")?;
        let ends = mail.column::<u32>("from")?.into_iter().zip(mail.column::<u32>("to")?);
        let rows = ends.zip(moments).map(|((from, to), at)| {
            Ok(Row { from, to, at: Moment::utc(Timestamp::from_second(at)?) })
        });
        let rows: Vec<Row<u32>> = rows.collect::<Result<_>>()?;
        let reports = Sheet::read(&folder.join("data/manufacturing_email/reports_to.csv"))?;
        let ends = reports.column::<u32>("emp")?.into_iter().zip(reports.column::<u32>("boss")?);
        let boss: BTreeMap<u32, u32> = ends.filter(|(own, boss)| own != boss).collect();
        let direct = boss.iter().map(|(own, boss)| Pair { lower: *own, higher: *boss }).collect();
        let (mut chain, mut levels) = (Vec::new(), BTreeMap::new());
        for own in boss.keys().chain(boss.values()) {
            let above: Vec<u32> =
                std::iter::successors(boss.get(own), |at| boss.get(at)).copied().take(99).collect();
            if levels.insert(*own, above.len()).is_none() {
                chain.extend(above.into_iter().map(|higher| Pair { lower: *own, higher }));
            }
        }
        let people = rows.iter().flat_map(|row| [row.from, row.to]);
        let known = people.filter(|who| !TECHNICAL.contains(who)).collect();
        Ok(Data { rows, known, direct, chain, levels, reference: folder.join("reference") })
    }

    /// Figures of a reference table, from the row that begins with these words.
    pub(super) fn reference(
        &self,
        table: &str,
        begins: &[&str],
        columns: &[&str],
    ) -> Result<Vec<f64>> {
        let sheet = Sheet::read(&self.reference.join(table))?;
        let row = sheet.rows.iter().position(|row| row.iter().zip(begins).all(|(a, b)| a == b));
        let row = row.with_context(|| format!("{table} has no row {begins:?}"))?;
        columns.iter().map(|column| Ok(sheet.column::<f64>(column)?[row])).collect()
    }

    /// What the reference got from all mailboxes of a kind for pairs of a kind, pair by pair.
    pub(super) fn mailboxes(&self, kind: &str, pairs: &str, column: &str) -> Result<f64> {
        let mut sheet = Sheet::read(&self.reference.join("hierarchy_manufacturing_egoview.csv"))?;
        sheet.rows.retain(|row| row[0] == kind && row.iter().any(|cell| cell == pairs));
        let counts = sheet.column::<f64>("n_pairs")?;
        let right = sheet.column::<f64>(column)?;
        let sum: f64 = counts.iter().zip(right).map(|(count, right)| count * right).sum();
        Ok(sum / counts.iter().sum::<f64>())
    }
}

/// A table with named columns of numbers.
#[derive(Debug)]
pub(super) struct Sheet {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn read(file: &Path) -> Result<Sheet> {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let cells =
            |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect();
        let mut lines = text.lines().filter(|line| !line.is_empty()).map(cells);
        let head: Vec<String> = lines.next().with_context(|| file.display().to_string())?;
        let rows: Vec<Vec<String>> = lines.collect();
        ensure!(rows.iter().all(|row| row.len() == head.len()), "{} is uneven", file.display());
        Ok(Sheet { head, rows })
    }

    pub(super) fn column<T>(&self, name: &str) -> Result<Vec<T>>
    where
        T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
    {
        let at = self.head.iter().position(|known| known == name);
        let at = at.with_context(|| format!("There is no column {name}"))?;
        self.rows.iter().map(|row| row[at].parse::<T>().with_context(|| row.join(","))).collect()
    }
}
