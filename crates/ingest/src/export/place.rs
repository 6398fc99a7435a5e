//! Where somebody is: the postal columns of a table, those of one address together.
//!
//! Tables hold several addresses of one row (`Billing City`, `Shipping City`, `Home City`), and the
//! street of one must not stand beside the city of another. So columns are gathered by address first.
//! Must not: read countries or numbers; what stands in a cell stays as it was written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::columns::place::{AFFIXES, PARTS, Part, Which};
use super::fold::fold;
use super::people::is_said_empty;
use super::table::Row;

/// A postal address as written. Empty parts are `None`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Postal {
    pub(crate) street: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) country: Option<String>,
}

impl Postal {
    /// Whether a letter would find its way: more than a country is told.
    fn is_precise(&self) -> bool {
        self.street.is_some() || self.postcode.is_some() || self.city.is_some()
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which address of a row: what it is for, and its number where a table counts them.
type Address = (Which, u32);

/// The columns of one address: of each part the best one first.
type Columns = BTreeMap<Part, Vec<usize>>;

/// The postal columns of a table, the address that is asked first at the front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places(Vec<Columns>);

impl Places {
    /// Those among these columns, given with their names.
    pub(super) fn among<'h>(headers: impl Iterator<Item = (usize, &'h str)>) -> Self {
        let mut found: BTreeMap<Address, BTreeMap<Part, Vec<(usize, usize)>>> = BTreeMap::new();
        for (column, header) in headers {
            if let Some((address, part, rank)) = part_of(header) {
                let parts = found.entry(address).or_default();
                parts.entry(part).or_default().push((rank, column));
            }
        }
        let by_rank = |mut ranked: Vec<(usize, usize)>| {
            ranked.sort_unstable();
            ranked.into_iter().map(|(_, column)| column).collect()
        };
        let addresses = found
            .into_values()
            .map(|parts| parts.into_iter().map(|(part, ranked)| (part, by_rank(ranked))).collect());
        Self(addresses.collect())
    }

    /// The first address of a row that names a place, else the first of which anything is told.
    pub(super) fn read(&self, row: Row<'_>) -> Postal {
        let mut vague = Postal::default();
        for columns in &self.0 {
            let postal = read(columns, row);
            if postal.is_precise() {
                return postal;
            }
            if vague.is_empty() {
                vague = postal;
            }
        }
        vague
    }
}

fn read(columns: &Columns, row: Row<'_>) -> Postal {
    let cells = |part| {
        let columns = columns.get(&part).map_or(&[][..], Vec::as_slice);
        columns.iter().map(|column| row.cell(*column)).filter_map(told)
    };
    let first = |part| cells(part).next();
    let street = match (lines(cells(Part::Street)), first(Part::House)) {
        (None, _) => lines(cells(Part::Whole)),
        (street, None) => street,
        (Some(street), Some(house)) => Some(format!("{street} {house}")),
    };
    Postal {
        street,
        postcode: first(Part::Postcode),
        city: first(Part::City),
        region: first(Part::Region),
        country: first(Part::Country),
    }
}

/// The lines of a street, in columns such as `Address` and `Address 2`; what repeats another is none.
fn lines(cells: impl Iterator<Item = String>) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for cell in cells {
        if !lines.iter().any(|line| line.contains(&cell) || cell.contains(line.as_str())) {
            lines.push(cell);
        }
    }
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// A cell on one line; of several values in it the first. `None` where it tells nothing.
fn told(cell: &str) -> Option<String> {
    let cell = cell.split(" ::: ").next().unwrap_or(cell).trim();
    // A column called `Adresse` may well hold e-mail addresses.
    if cell.is_empty() || is_said_empty(cell) || cell.contains('@') {
        return None;
    }
    Some(on_one_line(cell)).filter(|line| !line.is_empty())
}

/// The lines of a text with a comma between them.
pub(crate) fn on_one_line(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(|line| line.trim().trim_end_matches(',').trim_end());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a column is of which address, and how good its name is: 0 is best.
fn part_of(header: &str) -> Option<(Address, Part, usize)> {
    let folded = fold(header);
    let number = header.split_once(" - ").map_or(0, |(head, _)| number_in(head));
    if let Some((part, rank)) = NAMES.get(folded.as_str()) {
        return (!part_needs_affix(&folded)).then_some(((Which::Main, number), *part, *rank));
    }
    AFFIXES.iter().find_map(|(which, affixes)| {
        affixes.iter().find_map(|affix| {
            let starts = folded.strip_prefix(affix);
            let bare = starts.or_else(|| folded.strip_suffix(affix))?;
            let (part, rank) = NAMES.get(bare)?;
            Some(((*which, number), *part, *rank))
        })
    })
}

/// `Billing Code` is a postal code; a `Code` may be anything, and so may a `State` in Spanish.
fn part_needs_affix(folded: &str) -> bool {
    matches!(folded, "code" | "estado" | "stato" | "formatted")
}

fn number_in(head: &str) -> u32 {
    let digits: String = head.chars().filter(char::is_ascii_digit).take(4).collect();
    digits.parse().unwrap_or(0)
}

static NAMES: LazyLock<BTreeMap<String, (Part, usize)>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for (part, spellings) in PARTS {
        for (rank, spelling) in spellings.iter().enumerate() {
            names.entry(fold(spelling)).or_insert((*part, rank));
        }
    }
    names
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::export::table::Table;

    /// Reads the second line under the names of the first: street, postcode, city, region, country.
    fn check(header: &str, row: &str, expected: [&str; 5]) {
        let headers: Vec<&str> = header.split('|').collect();
        let places = Places::among(headers.iter().copied().enumerate());
        let limits = Limits::default();
        let mut table = Table::new(row, b'|', &limits);
        table.advance().unwrap();
        let Postal { street, postcode, city, region, country } = places.read(table.row());
        let found = [street, postcode, city, region, country].map(Option::unwrap_or_default);
        assert_eq!(found, expected, "{header}");
    }

    #[test]
    fn the_parts_of_one_address_stay_together() {
        check(
            "Shipping City|Billing Street|Billing City|Shipping Street|Billing Country",
            "Ulm|Hauptstr. 1|Bonn|Am Tor 3|DE",
            ["Hauptstr. 1", "", "Bonn", "", "DE"],
        );
        check(
            "BillingCountry|ShippingStreet|ShippingCity|ShippingPostalCode",
            "Germany|Am Tor 3|Ulm|89073",
            ["Am Tor 3", "89073", "Ulm", "", ""],
        );
        check(
            "Address 1 - Street|Address 1 - City|Address 2 - City|Address 2 - Postal Code",
            "||Ulm|89073",
            ["", "89073", "Ulm", "", ""],
        );
        check("Country|Home Country", "|Chile", ["", "", "", "", "Chile"]);
    }

    #[test]
    fn streets_of_several_columns() {
        check(
            "Street Address|Street Address 2|Zip/Postal Code",
            "12 Long Lane|Floor 3|AB1",
            ["12 Long Lane, Floor 3", "AB1", "", "", ""],
        );
        check(
            "Straße|Hausnummer|PLZ|Ort|Bundesland|Land",
            "Gasse|7a|80331|München|Bayern|DE",
            ["Gasse 7a", "80331", "München", "Bayern", "DE"],
        );
        check(
            "Address 1 - Formatted|Address 1 - Street",
            "\"1 Lane\nAB1 Town\"|",
            ["1 Lane, AB1 Town", "", "", "", ""],
        );
        check(
            "Address 1|Address 2|Full Address",
            "12 Long Lane|Floor 3|12 Long Lane, Town",
            ["12 Long Lane, Floor 3", "", "", "", ""],
        );
        check("Adresse|Ville", "jana@lindner.example|Lyon", ["", "", "Lyon", "", ""]);
        check("City|State", "n/a|-", ["", "", "", "", ""]);
    }

    #[test]
    fn outlook_in_its_languages() {
        for header in [
            "Business Street|Business Postal Code|Business City|Business State|Business Country/Region",
            "Straße geschäftlich|Postleitzahl geschäftlich|Ort geschäftlich|Region geschäftlich|Land/Region geschäftlich",
            "Rue (bureau)|Code postal (bureau)|Ville (bureau)|Dép/Région (bureau)|Pays/Région (bureau)",
            "Calle del trabajo|Código postal del trabajo|Ciudad de trabajo|Provincia o estado de trabajo|País o región del trabajo",
            "Via (uff.)|CAP (uff.)|Città (uff.)|Provincia (uff.)|Paese (uff.)",
            "Werkadres, straat|Werkadres, postcode|Werkadres, plaats|Werkadres, provincie|Werkadres, land",
            "Rua comercial|Código postal comercial|Cidade comercial|Estado comercial|País/região comercial",
        ] {
            check(header, "S|1|C|R|L", ["S", "1", "C", "R", "L"]);
        }
    }
}
