//! Which program wrote this table? Told by columns that only that program writes.
//!
//! The answer is shown to the person and kept with the import; reading does not depend on it, so
//! an unknown program is no obstacle.
//! Must not: decide how a column is read.

use super::fold::fold;

/// A program that exports tables of people, companies or deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportSystem {
    /// `HubSpot` CRM.
    HubSpot,
    /// Salesforce Sales Cloud: reports, the data export, or its object names.
    Salesforce,
    /// Pipedrive.
    Pipedrive,
    /// Zoho CRM.
    Zoho,
    /// Google Contacts, the old form and that of 2024.
    GoogleContacts,
    /// Outlook on the desktop or the web.
    OutlookContacts,
    /// The connections of a `LinkedIn` account.
    LinkedIn,
    /// None of these.
    Unknown,
}

/// How columns betray their program.
enum Sign {
    /// The folded name.
    Name(&'static str),
    /// The name as written, in lower case, contains this.
    Contains(&'static str),
}

use Sign::{Contains, Name};

/// Signs with their weight; a program is believed from [`WEIGHT_MIN`] on, the heaviest first.
const SIGNS: &[(ExportSystem, &[(Sign, u32)])] = &[
    (
        ExportSystem::LinkedIn,
        &[
            (Name("connectedon"), 3),
            (Name("verbundenam"), 3),
            (Name("enrelationdepuis"), 3),
            (Name("url"), 1),
            (Name("position"), 1),
        ],
    ),
    (
        ExportSystem::Pipedrive,
        &[
            (Contains("person - "), 2),
            (Contains("deal - "), 2),
            (Contains("organization - "), 2),
            (Contains("activity - "), 2),
            (Contains("lead - "), 2),
            (Contains("pipedrive system id"), 3),
        ],
    ),
    (
        ExportSystem::Zoho,
        &[
            (Contains(" owner.id"), 3),
            (Contains("name.id"), 2),
            (Contains("created by.id"), 2),
            (Name("unsubscribedmode"), 2),
        ],
    ),
    (
        ExportSystem::GoogleContacts,
        &[
            (Contains("e-mail 1 - "), 2),
            (Contains("phone 1 - "), 1),
            (Contains("organization 1 - "), 1),
            (Name("groupmembership"), 2),
            (Name("fileas"), 1),
            (Name("phoneticfirstname"), 1),
            (Name("yominame"), 1),
        ],
    ),
    (
        ExportSystem::OutlookContacts,
        &[
            (Contains("e-mail 2 address"), 2),
            (Contains("e-mail 2: "), 2),
            (Name("emailaddress"), 1),
            (Name("emaildisplayname"), 2),
            (Name("businessstreet"), 2),
            (Name("businesscountryregion"), 1),
            (Name("givenyomi"), 2),
            (Name("weiterevornamen"), 2),
            (Name("adressedemessagerie"), 2),
            (Name("telefongeschaftlich"), 1),
            (Name("ruegeschaftlich"), 1),
            (Name("strassegeschaftlich"), 1),
            (Name("ruebureau"), 2),
            (Name("segundonombre"), 1),
            (Name("calledeltrabajo"), 2),
            (Name("secondonome"), 1),
            (Name("viaufficio"), 2),
            (Name("werkadresstraat"), 2),
            (Name("ruacomercial"), 2),
            (Name("middlename"), 1),
            (Name("suffix"), 1),
        ],
    ),
    (
        ExportSystem::HubSpot,
        &[
            (Name("recordid"), 2),
            (Name("idderegistro"), 2),
            (Name("datensatzid"), 2),
            (Name("idrecord"), 2),
            (Name("iddenregistrement"), 2),
            (Name("idenregistrement"), 2),
            (Name("iddoregistro"), 2),
            (Contains("associated company"), 2),
            (Contains("associated contact"), 2),
            (Contains("associated deal"), 2),
            (Name("lifecyclestage"), 1),
            (Name("contactowner"), 1),
            (Name("dealstage"), 1),
            (Contains("property_"), 2),
            (Name("companydomainname"), 1),
            (Name("dealpipelinestageid"), 2),
        ],
    ),
    (
        ExportSystem::Salesforce,
        &[
            (Name("systemmodstamp"), 3),
            (Name("stagename"), 2),
            (Name("accountid"), 1),
            (Name("hasoptedoutofemail"), 2),
            (Name("isdeleted"), 1),
            (Name("opportunityname"), 2),
            (Name("opportunityowner"), 2),
            (Name("accountname"), 1),
            (Name("companyaccount"), 2),
            (Name("leadowner"), 1),
            (Name("leadsource"), 1),
            (Name("lastmodifiedbyid"), 1),
            (Name("billingcity"), 1),
            (Name("mailingcity"), 1),
            (Name("accountowner"), 1),
            (Contains("__c"), 2),
        ],
    ),
];

/// Signs of less weight together prove nothing.
const WEIGHT_MIN: u32 = 2;

/// The program whose signs weigh most; the earlier one of the list where two are equal.
pub(super) fn detect_system(headers: &[String]) -> ExportSystem {
    let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
    let lower: Vec<String> = headers.iter().map(|header| header.to_lowercase()).collect();
    let mut best = (ExportSystem::Unknown, WEIGHT_MIN - 1);
    for (system, signs) in SIGNS {
        let weight = signs
            .iter()
            .filter(|(sign, _)| match sign {
                Name(name) => folded.iter().any(|header| header == name),
                Contains(part) => lower.iter().any(|header| header.contains(part)),
            })
            .map(|(_, weight)| weight)
            .sum();
        if weight > best.1 {
            best = (*system, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, expected: ExportSystem) {
        let headers: Vec<String> = headers.split('|').map(str::to_owned).collect();
        assert_eq!(detect_system(&headers), expected, "{headers:?}");
    }

    #[test]
    fn programs_are_known_by_their_columns() {
        check("Record ID|First Name|Last Name|Email|Contact owner", ExportSystem::HubSpot);
        check("Record Id|Contact Owner.id|Contact Owner|First Name", ExportSystem::Zoho);
        check("Person - Name|Person - Email (Work)", ExportSystem::Pipedrive);
        check("Opportunity Name|Stage|Amount|Account Name|Close Date", ExportSystem::Salesforce);
        check(
            "Name|Given Name|Family Name|Group Membership|E-mail 1 - Value",
            ExportSystem::GoogleContacts,
        );
        check(
            "Vorname|Weitere Vornamen|Nachname|Firma|E-Mail-Adresse",
            ExportSystem::OutlookContacts,
        );
        check(
            "First Name|Last Name|Email Address|Company|Position|Connected On",
            ExportSystem::LinkedIn,
        );
        check("Name|Email", ExportSystem::Unknown);
    }
}
