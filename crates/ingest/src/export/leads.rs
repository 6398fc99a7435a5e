//! Tables of leads: an export of a CRM, or of a form on a web site.
//!
//! People are read as everywhere; beside them stand where they came from, the campaign, and every other
//! column under its own name, since a form asks what only its makers know.
//! Must not: decide what a lead is, or refuse a table because some rows are bad.

use inroad_model::{EmailAddress, Issue};

use super::ExportKind;
use super::columns::Role;
use super::fold::fold;
use super::head;
use super::layout::assign;
use super::people::read_person;
use super::plain;
use super::records::ExportRow;
use super::table::{Damage, Table};
use crate::Limits;
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;

/// A lead as another program knows it. What is empty there is empty here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportedLead {
    /// The name.
    pub name: String,
    /// The address, if one can be read.
    pub email: Option<EmailAddress>,
    /// The telephone number as written.
    pub phone: String,
    /// What they do.
    pub title: String,
    /// Their firm.
    pub company: String,
    /// Where it is.
    pub place: String,
    /// Where they came from.
    pub source: String,
    /// The campaign.
    pub campaign: String,
    /// What was written or noted.
    pub said: String,
    /// The number in the other program.
    pub id: Option<String>,
    /// Every filled cell with the name of its column.
    pub others: Vec<(String, String)>,
}

/// Names of the column that says where a lead came from, folded, the best first.
const SOURCES: [&str; 14] = [
    "leadsource",
    "originalsource",
    "originalsourcetype",
    "originaltrafficsource",
    "latestsource",
    "source",
    "channel",
    "quelle",
    "leadquelle",
    "herkunft",
    "sourcedelead",
    "origen",
    "fuentedelead",
    "utmsource",
];
/// The same for the campaign.
const CAMPAIGNS: [&str; 12] = [
    "campaign",
    "campaignname",
    "utmcampaign",
    "utmcampaignc",
    "kampagne",
    "campagne",
    "campana",
    "campanha",
    "formname",
    "form",
    "recentconversion",
    "firstconversion",
];
/// Letters that are kept of a cell.
const CELL_CHARS_MAX: usize = 4000;

/// Reads a table of leads in any of the usual encodings, with any of the usual delimiters.
///
/// The issues name lines. A row without a name, an address and a telephone number is told and left out.
///
/// ```
/// use inroad_ingest::{Limits, export::parse_leads};
/// let table = b"Name,Email,Lead Source,Campaign,Budget\nJana,jana@lindner.example,Fair,Spring,yes\n";
/// let (leads, issues) = parse_leads(table, &Limits::default());
/// let lead = &leads[0].value;
/// assert_eq!((lead.source.as_str(), lead.campaign.as_str()), ("Fair", "Spring"));
/// assert!(lead.others.contains(&("Budget".to_owned(), "yes".to_owned())));
/// assert!(issues.is_empty());
/// ```
pub fn parse_leads(bytes: &[u8], limits: &Limits) -> (Vec<ExportRow<ExportedLead>>, Vec<Issue>) {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut issues = IssueList::new(issues, limits);
    let head = head::find(&text, limits);
    let mut table = Table::new(&text, head.delimiter, limits);
    table.expect_width(head.width);
    let mut columns: Option<Columns> = None;
    let mut leads = Vec::new();
    while let Some((line, damage)) = table.advance() {
        if let Some(damage) = damage {
            issues.add(plain::told(damage).at_line(line));
        }
        if line < head.line || damage == Some(Damage::TooLong) || table.row().is_blank() {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::of(table.row().cells().map(str::to_owned).collect()));
            continue;
        };
        if leads.len() >= limits.items {
            let what = format!("There are more than {} rows", limits.items);
            issues.add(Issue::new(what, "The rest was not read; split the file").at_line(line));
            break;
        }
        match columns.read(table.row()) {
            Ok(value) => leads.push(ExportRow { line, value }),
            Err(issue) => issues.add((*issue).at_line(line)),
        }
    }
    if columns.is_none() {
        issues.add_to_all(Issue::new(
            "There is no row with the names of columns",
            "Name the columns in the first row, such as Name, Email, Phone, Company, Source, Campaign",
        ));
    }
    (leads, issues.finish("rows"))
}

/// The columns of one table.
struct Columns {
    names: Vec<String>,
    layout: super::layout::Layout,
    source: Option<usize>,
    campaign: Option<usize>,
}

impl Columns {
    fn of(names: Vec<String>) -> Self {
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let find = |wanted: &[&str]| {
            wanted.iter().find_map(|name| folded.iter().position(|column| column == name))
        };
        Self {
            layout: assign(&names, ExportKind::Contacts),
            source: find(&SOURCES),
            campaign: find(&CAMPAIGNS),
            names,
        }
    }

    fn read(&self, row: super::table::Row<'_>) -> Result<ExportedLead, Box<Issue>> {
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column)).to_owned();
        let nothing = || {
            Box::new(Issue::new(
                "There is neither an address nor a telephone number",
                "The row was left out",
            ))
        };
        let (contact, unreadable) = read_person(&self.layout, row).ok_or_else(nothing)?;
        if contact.opted_out {
            return Err(Box::new(Issue::new(
                "They asked for no more mail, as the table says",
                "The row was left out; nobody works on such a lead",
            )));
        }
        if let (Some(odd), true) = (&unreadable, contact.emails.is_empty()) {
            return Err(Box::new(Issue::new(
                format!("'{odd}' is no mail address"),
                "Mend the address, and import the table again",
            )));
        }
        if contact.emails.is_empty() && contact.phones.is_empty() {
            return Err(nothing());
        }
        let places = [contact.city, contact.region, contact.country];
        let cut = |text: &str| text.chars().take(CELL_CHARS_MAX).collect::<String>();
        let others = self.names.iter().enumerate().filter_map(|(column, name)| {
            let cell = row.cell(column);
            (!cell.is_empty()).then(|| (name.clone(), cut(cell)))
        });
        Ok(ExportedLead {
            name: contact.name.unwrap_or_default(),
            email: contact.emails.into_iter().next(),
            phone: contact.phones.into_iter().next().unwrap_or_default(),
            title: contact.title.unwrap_or_default(),
            company: contact.organization.unwrap_or_default(),
            place: places.into_iter().flatten().collect::<Vec<_>>().join(", "),
            source: cell(self.source),
            campaign: cell(self.campaign),
            said: cut(&self.layout.text(row, Role::Note).unwrap_or_default()),
            id: contact.external_id,
            others: others.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(table: &str) -> (Vec<ExportRow<ExportedLead>>, Vec<String>) {
        let (leads, issues) = parse_leads(table.as_bytes(), &Limits::default());
        (leads, issues.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_columns_of_two_systems() {
        let salesforce = "id,first_name,last_name,company,email,phone,lead_source,utm_campaign_c,has_opted_out_of_email\n\
             00Q1,Jana,Lindner,Lindner Bau,jana@lindner.example,,Website,Spring,FALSE\n\
             00Q2,Rik,Quiet,Quiet,rik@quiet.example,,Website,Spring,TRUE\n";
        let (leads, issues) = read(salesforce);
        assert_eq!(leads.len(), 1, "{issues:?}");
        let lead = &leads[0].value;
        assert_eq!(
            (lead.name.as_str(), lead.source.as_str(), lead.campaign.as_str(), lead.id.as_deref()),
            ("Jana Lindner", "Website", "Spring", Some("00Q1"))
        );
        assert!(issues[0].contains("asked for no more mail"), "{issues:?}");
        let hubspot = "Record ID;First Name;Last Name;Email;Phone Number;Company Name;Lead Status;Original Source;City\n\
             7;Omar;Acme;omar@acme.example;+49 40 1234567;Acme;New;Organic Search;Hamburg\n";
        let (leads, issues) = read(hubspot);
        assert!(issues.is_empty(), "{issues:?}");
        let lead = &leads[0].value;
        assert_eq!((lead.source.as_str(), lead.place.as_str()), ("Organic Search", "Hamburg"));
    }

    #[test]
    fn bad_rows_are_told_with_their_line() {
        let (leads, issues) =
            read("Name,Email,Phone\nA,a@x.example,\nB,no address,\nC,,\nD,,030 123456\n");
        assert_eq!(leads.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
        assert!(
            issues[0].contains("line 3") && issues[0].contains("no mail address"),
            "{issues:?}"
        );
        assert!(issues[1].contains("line 4"), "{issues:?}");
        let (leads, issues) = read("");
        assert!(leads.is_empty() && issues[0].contains("names of columns"), "{issues:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (leads, _issues) = parse_leads(&bytes, &Limits::default());
            for lead in leads {
                prop_assert!(lead.value.email.is_some() || !lead.value.phone.is_empty());
            }
        }
    }
}
