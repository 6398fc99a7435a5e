//! Words of delivery reports, in lower case and with single blanks.
//!
//! General ways to say that a mail did not arrive, not anybody's templates. Languages in order:
//! English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian and Finnish,
//! Polish, Czech, Hungarian, Turkish, Russian, Japanese, Chinese, Korean.
//!
//! Must not: decide alone; people write "could not be delivered", too.

mod around;
mod failure;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// A list of phrases that is searched in one pass.
pub(super) struct Phrases(Option<AhoCorasick>);

impl Phrases {
    fn of(phrases: &[&str]) -> Self {
        Self(AhoCorasick::new(phrases).ok())
    }

    /// Whether one of them stands in a text that is in lower case.
    pub(super) fn stand_in(&self, lower: &str) -> bool {
        self.0.as_ref().is_some_and(|finder| finder.is_match(lower))
    }

    /// Where each of them starts and ends.
    pub(super) fn places<'t>(
        &'t self,
        lower: &'t str,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        self.0.iter().flat_map(move |finder| finder.find_iter(lower)).map(|m| (m.start(), m.end()))
    }
}

/// How the subject of a report starts, behind the words of its program.
pub(super) static SUBJECT: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(failure::SUBJECTS));
/// A mail did not arrive.
pub(super) static FAILURE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(failure::FAILURES));
/// Why a server refuses: said of an address.
pub(super) static REFUSAL: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(failure::REFUSALS));
/// It will be tried again.
pub(super) static DELAY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(around::DELAYS));
/// The mail itself follows.
pub(super) static COPY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(around::COPIES));
/// Somebody to turn to.
pub(super) static CONTACT: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(around::CONTACTS));
