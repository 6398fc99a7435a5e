//! Lists in pages: each page ends with a cursor that leads to the next one. A cursor names the last item, not its
//! place, so that nothing is left out or shown twice when the list changes meanwhile.

use std::fmt::Display;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Answer, Problem};

/// So many items make a page where nobody says how many.
const LIMIT_USUAL: usize = 50;
/// A page holds no more.
pub(crate) const LIMIT_MAX: usize = 200;
/// No cursor of ours is longer.
const CURSOR_CHARS_MAX: usize = 4000;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// What to send as `cursor` for the next page; `null` on the last one.
    pub(crate) next: Option<String>,
}

/// Which page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked<K> {
    list: &'static str,
    /// The last item of the page before.
    pub(crate) after: Option<K>,
    /// How many items.
    pub(crate) limit: usize,
}

impl<K: Display + FromStr + Ord> Asked<K> {
    /// What a query asks for of the list of that name.
    pub(crate) fn of(
        list: &'static str,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Answer<Self> {
        let limit = limit.unwrap_or(LIMIT_USUAL);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Problem::unreadable(format!("A page holds 1 to {LIMIT_MAX} items")));
        }
        let read = |cursor: &str| {
            decoded(list, cursor)
                .and_then(|key| key.parse().ok())
                .ok_or_else(|| Problem::unreadable("This cursor is none of this list's"))
        };
        Ok(Self { list, after: cursor.map(read).transpose()?, limit })
    }

    /// The page out of all items, which are put into the order of their keys.
    pub(crate) fn cut<T>(&self, items: impl IntoIterator<Item = (K, T)>) -> Page<T> {
        let is_behind = |(key, _): &(K, T)| self.after.as_ref().is_none_or(|after| key > after);
        let mut items: Vec<(K, T)> = items.into_iter().filter(is_behind).collect();
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.page(items)
    }

    /// The page out of its items and one more, if there is one, in their order.
    pub(crate) fn page<T>(&self, mut items: Vec<(K, T)>) -> Page<T> {
        let is_more = items.len() > self.limit;
        items.truncate(self.limit);
        let last = items.last().filter(|_| is_more);
        let next = last.map(|(key, _)| encoded(self.list, &key.to_string()));
        Page { items: items.into_iter().map(|(_, item)| item).collect(), next }
    }
}

fn encoded(list: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}\n{key}"))
}

fn decoded(list: &str, cursor: &str) -> Option<String> {
    if cursor.len() > CURSOR_CHARS_MAX {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (of, key) = text.split_once('\n')?;
    (of == list).then(|| key.to_owned())
}

/// A key by which the latest comes first: the moment in microseconds, then what tells apart what is of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Latest {
    pub(crate) at: i64,
    pub(crate) which: String,
}

impl Ord for Latest {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, &self.which).cmp(&(self.at, &other.which))
    }
}

impl PartialOrd for Latest {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Display for Latest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.at, self.which)
    }
}

impl FromStr for Latest {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, which) = text.split_once(' ').ok_or(())?;
        Ok(Self { at: at.parse().map_err(|_no_number| ())?, which: which.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pages_hold_everything_once_in_order(
            mut keys in prop::collection::btree_set(".{0,8}", 0..60),
            limit in 1_usize..20,
        ) {
            let mut cursor = None;
            let mut seen = Vec::new();
            loop {
                let asked = Asked::<String>::of("list", cursor.as_deref(), Some(limit)).unwrap();
                let page = asked.cut(keys.iter().map(|key| (key.clone(), key.clone())));
                prop_assert!(page.items.len() <= limit);
                seen.extend(page.items);
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
            }
            prop_assert_eq!(seen, std::mem::take(&mut keys).into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn nothing_else_is_a_cursor(text in ".*") {
            if let Ok(asked) = Asked::<i64>::of("list", Some(&text), None) {
                let key = asked.after.unwrap().to_string();
                prop_assert_eq!(decoded("list", &encoded("list", &key)), Some(key));
            }
            prop_assert!(Asked::<i64>::of("list", Some(&encoded("other", "7")), None).is_err());
        }

        #[test]
        fn the_latest_comes_first(a in any::<i64>(), b in any::<i64>(), which in "[^\n]{0,9}") {
            let (one, other) = (Latest { at: a, which: which.clone() }, Latest { at: b, which });
            prop_assert_eq!(&one.to_string().parse::<Latest>().unwrap(), &one);
            prop_assert_eq!(one.cmp(&other), b.cmp(&a));
        }
    }

    #[test]
    fn a_page_has_its_bounds() {
        for limit in [0, LIMIT_MAX + 1, usize::MAX] {
            assert!(Asked::<i64>::of("list", None, Some(limit)).is_err());
        }
        assert_eq!(Asked::<i64>::of("list", None, None).unwrap().limit, LIMIT_USUAL);
    }
}
