//! The marks on a message: seen, answered and the like, and keywords of a server's own.

use std::fmt::{self, Display, Formatter};

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Somebody opened it.
    Seen,
    /// Somebody answered it.
    Answered,
    /// Somebody wants to find it again.
    Flagged,
    /// It is about to be removed.
    Deleted,
    /// It is not finished.
    Draft,
    /// Any other, as the server writes it, such as `$Forwarded`.
    Other(String),
}

/// The longest name of a mark that is kept.
const NAME_BYTES_MAX: usize = 200;
/// So many marks of one message are kept.
const FLAGS_MAX: usize = 100;

impl Flag {
    /// Reads `\Seen` or a keyword. `None` for `\Recent`, which tells of a session and of no
    /// message, and for what is no name of a mark.
    pub fn parse(name: &str) -> Option<Self> {
        let known = [
            ("\\Seen", Self::Seen),
            ("\\Answered", Self::Answered),
            ("\\Flagged", Self::Flagged),
            ("\\Deleted", Self::Deleted),
            ("\\Draft", Self::Draft),
        ];
        if let Some((_, flag)) = known.into_iter().find(|(text, _)| text.eq_ignore_ascii_case(name))
        {
            return Some(flag);
        }
        let no_mark = name.is_empty()
            || name.len() > NAME_BYTES_MAX
            || name.chars().any(char::is_control)
            || name.eq_ignore_ascii_case("\\Recent");
        (!no_mark).then(|| Self::Other(name.to_owned()))
    }
}

impl Display for Flag {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Seen => "\\Seen",
            Self::Answered => "\\Answered",
            Self::Flagged => "\\Flagged",
            Self::Deleted => "\\Deleted",
            Self::Draft => "\\Draft",
            Self::Other(name) => name,
        })
    }
}

/// All marks of one message, each once, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags(Vec<Flag>);

impl Flags {
    /// Whether that mark is among them.
    pub fn contains(&self, flag: &Flag) -> bool {
        self.0.binary_search(flag).is_ok()
    }

    /// The marks in order.
    pub fn iter(&self) -> impl Iterator<Item = &Flag> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        let mut flags: Vec<Flag> = flags.into_iter().take(FLAGS_MAX).collect();
        flags.sort();
        flags.dedup();
        Self(flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        let check = |name: &str, expected: Option<Flag>| assert_eq!(Flag::parse(name), expected);
        check("\\seen", Some(Flag::Seen));
        check("\\Draft", Some(Flag::Draft));
        check("\\Recent", None);
        check("$Forwarded", Some(Flag::Other("$Forwarded".into())));
        check("Gelöscht", Some(Flag::Other("Gelöscht".into())));
        check("", None);
        check("a\r\nb", None);
        check(&"x".repeat(201), None);
    }

    #[test]
    fn each_once() {
        let names = ["\\Seen", "\\SEEN", "b", "a"];
        let flags: Flags = names.iter().filter_map(|name| Flag::parse(name)).collect();
        assert_eq!(flags.iter().map(Flag::to_string).collect::<Vec<_>>(), ["\\Seen", "a", "b"]);
        assert!(flags.contains(&Flag::Seen) && !flags.contains(&Flag::Draft));
        assert!(
            (0..1_000).map(|n| Flag::Other(n.to_string())).collect::<Flags>().iter().count() <= 100
        );
    }
}
