//! The ways to the parts of a long list before and after.

use maud::{Markup, html};

/// The number of the last page of a list of so many, from 1.
pub(crate) fn last(count: usize, a_page: usize) -> usize {
    count.div_ceil(a_page.max(1)).max(1)
}

/// The ways from one page to its neighbours; nothing where there is one page alone. `address` leads to
/// the page of a number.
pub(crate) fn pager(page: usize, last: usize, address: impl Fn(usize) -> String) -> Markup {
    html! {
        @if last > 1 {
            nav.pager aria-label="Pages of the list" {
                @if page > 1 { a.act rel="prev" href=(address(page - 1)) { "← Before" } }
                span.quiet { "Page " (page) " of " (last) }
                @if page < last { a.act rel="next" href=(address(page + 1)) { "Next →" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_leads_on_and_the_last_back() {
        let check = |page, count, prev: bool, next: bool| {
            let nav = pager(page, last(count, 100), |page| format!("/x?page={page}")).into_string();
            assert_eq!(nav.contains("rel=\"prev\""), prev, "{nav}");
            assert_eq!(nav.contains("rel=\"next\""), next, "{nav}");
            nav
        };
        for (page, count) in [(1, 0), (1, 100)] {
            assert!(check(page, count, false, false).is_empty());
        }
        check(1, 101, false, true);
        check(3, 300, true, false);
        let middle = check(2, 201, true, true);
        assert!(middle.contains("/x?page=1") && middle.contains("/x?page=3"), "{middle}");
        assert!(middle.contains("Page 2 of 3"), "{middle}");
    }
}
