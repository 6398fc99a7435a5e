//! Words of a table, found fast: the reader of days alone asks a dozen tables about every word.
//!
//! Must not: fold, or know what a word means.

/// Bytes that are compared as one number.
const HEAD_BYTES: usize = 8;

/// What a table says of words, sorted by the number that their first bytes make. To compare
/// numbers in one piece of memory takes a third of the time of comparing texts in a tree.
#[derive(Debug, Clone)]
pub(crate) struct WordTable<T> {
    rows: Vec<(u64, Box<str>, T)>,
}

/// Words without anything said of them.
#[derive(Debug, Clone)]
pub(crate) struct WordSet(WordTable<()>);

impl<T> WordTable<T> {
    /// All words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(_, word, _)| &**word)
    }

    /// What is said of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        let head = head(word);
        let first = self.rows.partition_point(|(other, ..)| *other < head);
        let rows = self.rows.get(first..)?.iter().take_while(|(other, ..)| *other == head);
        rows.into_iter().find(|(_, other, _)| **other == *word).map(|(.., value)| value)
    }
}

impl WordSet {
    /// Whether a word stands here.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.get(word).is_some()
    }

    /// All words.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.words()
    }
}

/// What is said of a word last counts.
impl<W: AsRef<str>, T> FromIterator<(W, T)> for WordTable<T> {
    fn from_iter<I: IntoIterator<Item = (W, T)>>(words: I) -> Self {
        let row = |(word, value): (W, T)| (head(word.as_ref()), word.as_ref().into(), value);
        let mut rows: Vec<(u64, Box<str>, T)> = words.into_iter().map(row).collect();
        rows.reverse();
        rows.sort_by(|(a, a_word, _), (b, b_word, _)| (a, a_word).cmp(&(b, b_word)));
        rows.dedup_by(|(_, later, _), (_, kept, _)| later == kept);
        Self { rows }
    }
}

impl<W: AsRef<str>> FromIterator<W> for WordSet {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        Self(words.into_iter().map(|word| (word, ())).collect())
    }
}

fn head(word: &str) -> u64 {
    let mut bytes = [0; HEAD_BYTES];
    for (to, from) in bytes.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_one_beginning_are_told_apart() {
        let words = [("wednesday", 1), ("wednesdays", 2), ("wed", 3), ("wed", 4), ("", 5)];
        let table: WordTable<i32> = words.into_iter().collect();
        for (word, expected) in [
            ("wednesday", Some(1)),
            ("wednesdays", Some(2)),
            ("wed", Some(4)),
            ("", Some(5)),
            ("wednesda", None),
            ("wednesdaz", None),
            ("среда", None),
        ] {
            assert_eq!(table.get(word).copied(), expected, "{word}");
        }
    }
}
