//! Which folders of a mailbox are read, in which order.

use inroad_imap::{Folder, Role};
use inroad_model::FoldersWanted;

/// Their names, the inbox first. Where the server keeps a folder with all messages of the others, that
/// one is enough.
pub(super) fn wanted(folders: Vec<Folder>, wanted: &FoldersWanted) -> Vec<String> {
    let open = folders.into_iter().filter(|folder| folder.can_be_opened);
    match wanted {
        FoldersWanted::These(names) => {
            let these = open.filter(|folder| names.contains(&folder.name));
            these.map(|folder| folder.name).collect()
        }
        FoldersWanted::Usual => {
            let open: Vec<Folder> = open.collect();
            let is_all =
                |folder: &&Folder| folder.role == Some(Role::All) && !folder.role_is_guessed;
            if let Some(all) = open.iter().find(is_all) {
                return vec![all.name.clone()];
            }
            let is_usual = |folder: &&Folder| {
                !matches!(
                    folder.role,
                    Some(Role::Drafts | Role::Trash | Role::Junk | Role::Flagged | Role::All)
                )
            };
            open.iter().filter(is_usual).map(|folder| folder.name.clone()).collect()
        }
    }
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
        assert_eq!(wanted(folders, asked), expected);
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
        let these = FoldersWanted::These(vec!["Sent".to_owned(), "[Group]".to_owned()]);
        check(&usual, &these, &["Sent"]);
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
