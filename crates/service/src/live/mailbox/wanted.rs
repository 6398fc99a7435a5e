//! Which folders of a mailbox are read, in which order.

use inroad_imap::{Folder, Role};
use inroad_model::FoldersWanted;

/// Which folders are read, and which were named and are not there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::live) struct Wanted {
    pub there: Vec<String>,
    pub absent: Vec<String>,
}

/// The folders that are read, the inbox first. Where the server keeps one with all messages of the others,
/// that one is enough.
pub(in crate::live) fn wanted(folders: Vec<Folder>, wanted: &FoldersWanted) -> Wanted {
    let open = folders.into_iter().filter(|folder| folder.can_be_opened);
    let there = match wanted {
        FoldersWanted::These(names) => {
            let open: Vec<String> = open.map(|folder| folder.name).collect();
            // The inbox has one name, however it is written.
            let is_it = |typed: &str, name: &str| {
                typed == name || (name == "INBOX" && typed.eq_ignore_ascii_case(name))
            };
            let is_absent = |typed: &&String| !open.iter().any(|name| is_it(typed, name));
            let absent = names.iter().filter(is_absent).cloned().collect();
            let is_named = |name: &String| names.iter().any(|typed| is_it(typed, name));
            return Wanted { there: open.into_iter().filter(is_named).collect(), absent };
        }
        FoldersWanted::Usual => {
            let open: Vec<Folder> = open.collect();
            let is_all =
                |folder: &&Folder| folder.role == Some(Role::All) && !folder.role_is_guessed;
            if let Some(all) = open.iter().find(is_all) {
                return Wanted { there: vec![all.name.clone()], absent: Vec::new() };
            }
            let is_usual = |folder: &&Folder| {
                !matches!(
                    folder.role,
                    Some(Role::Drafts | Role::Trash | Role::Junk | Role::Flagged | Role::All)
                )
            };
            open.iter().filter(is_usual).map(|folder| folder.name.clone()).collect()
        }
    };
    Wanted { there, absent: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, role: Option<Role>) -> Folder {
        Folder {
            name: name.to_owned(),
            delimiter: Some('/'),
            role,
            role_is_guessed: false,
            can_be_opened: !name.starts_with('['),
        }
    }

    fn check(folders: &[(&str, Option<Role>)], asked: &FoldersWanted, expected: &[&str]) {
        let folders = folders.iter().map(|(name, role)| folder(name, *role)).collect();
        assert_eq!(wanted(folders, asked).there, expected);
    }

    #[test]
    fn all_but_what_is_no_mail_of_ours() {
        let usual = [
            ("INBOX", Some(Role::Inbox)),
            ("Sent", Some(Role::Sent)),
            ("Drafts", Some(Role::Drafts)),
            ("Junk", Some(Role::Junk)),
            ("Trash", Some(Role::Trash)),
            ("Archive", Some(Role::Archive)),
            ("Clients/Lindner", None),
            ("[Group]", None),
        ];
        let all = FoldersWanted::Usual;
        check(&usual, &all, &["INBOX", "Sent", "Archive", "Clients/Lindner"]);
        let names = ["Sent", "[Group]", "inbox", "sent"].map(str::to_owned);
        let these = FoldersWanted::These(names.to_vec());
        check(&usual, &these, &["INBOX", "Sent"]);
        let folders = usual.iter().map(|(name, role)| folder(name, *role)).collect();
        assert_eq!(wanted(folders, &these).absent, ["[Group]", "sent"]);
        check(&[], &all, &[]);
    }

    #[test]
    fn one_folder_with_all_mail_is_enough() {
        let folders = [
            ("INBOX", Some(Role::Inbox)),
            ("All mail", Some(Role::All)),
            ("Sent", Some(Role::Sent)),
        ];
        check(&folders, &FoldersWanted::Usual, &["All mail"]);
    }
}
