//! A folder of a mailbox, as a list tells of it.

use crate::Role;

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name as people read it, with the names of those above it, such as `INBOX/Clients`. It is
    /// also what opens it. The inbox is always called `INBOX`.
    pub name: String,
    /// What stands between the parts of the name; none where folders hold no folders.
    pub delimiter: Option<char>,
    /// What it is for, if that is known.
    pub role: Option<Role>,
    /// Whether the role was told by the name only, not by the server.
    pub role_is_guessed: bool,
    /// Whether it can hold messages. One that cannot only holds other folders.
    pub can_be_opened: bool,
}

impl Folder {
    pub(crate) fn plain(name: &str, delimiter: Option<char>) -> Self {
        let role = name.eq_ignore_ascii_case("INBOX").then_some(Role::Inbox);
        let name = if role.is_some() { "INBOX" } else { name };
        Self { name: name.to_owned(), delimiter, role, role_is_guessed: false, can_be_opened: true }
    }

    /// The name without those of the folders above it.
    pub fn last_part(&self) -> &str {
        self.delimiter
            .and_then(|delimiter| self.name.rsplit_once(delimiter))
            .map_or(self.name.as_str(), |(_, last)| last)
    }

    /// How many folders are above it.
    pub fn depth(&self) -> usize {
        self.delimiter.map_or(0, |delimiter| self.name.matches(delimiter).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_name() {
        let check = |name: &str, delimiter, last: &str, depth| {
            let folder = Folder::plain(name, delimiter);
            assert_eq!((folder.last_part(), folder.depth()), (last, depth), "{name}");
        };
        check("INBOX.Clients.Sent", Some('.'), "Sent", 2);
        check("a/b", None, "a/b", 0);
        check("a/", Some('/'), "", 1);
        check("inbox", Some('/'), "INBOX", 0);
    }
}
