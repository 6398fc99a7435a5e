//! The list of what may come out, and a check that nothing else did.
//!
//! The check knows only the list and the one way in which markup is written here. It trusts nothing
//! that was decided while writing: a fault there makes the mail be shown as plain text.
//!
//! Must not: allow an element that loads, runs, sends or holds anything but text, or an attribute
//! that names something.

use std::borrow::Cow;

use super::{link, style};

/// The elements that come out.
pub const TAGS: [&str; 45] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// The attributes that come out; `href`, `rel` and `target` on links only, `colspan` and `rowspan`
/// on cells only, `start` on numbered lists only.
pub const ATTRIBUTES: [&str; 8] =
    ["style", "dir", "href", "rel", "target", "colspan", "rowspan", "start"];

/// What every link says beside its address: it opens apart, and whoever is led to is told nothing
/// of where it stood.
pub(super) const LINK: [(&str, &str); 2] =
    [("target", "_blank"), ("rel", "noreferrer noopener nofollow")];

/// Where links lead, if anywhere.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The largest number of columns or rows that one cell takes.
const SPAN_MAX: u32 = 40;

/// The largest number that a list starts with.
const START_MAX: u32 = 9_999;

/// Elements that hold nothing and have no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr")
}

/// The value of an attribute of an element as it may come out; `None` if it may not.
pub(super) fn value_of<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let number_up_to = |most: u32| {
        let number = value.trim().parse().ok().filter(|number| (1..=most).contains(number))?;
        Some(Cow::Owned(number.to_string()))
    };
    match (tag, name) {
        (_, "style") => Some(style::kept(value)).filter(|style| !style.is_empty()).map(Cow::Owned),
        (_, "dir") => ["ltr", "rtl", "auto"]
            .into_iter()
            .find(|dir| value.eq_ignore_ascii_case(dir))
            .map(Cow::Borrowed),
        ("td" | "th", "colspan" | "rowspan") => number_up_to(SPAN_MAX),
        ("ol", "start") => number_up_to(START_MAX),
        ("a", "href") => link::Lead::of(value).map(|lead| Cow::Owned(lead.href().to_owned())),
        ("a", "target" | "rel") => {
            let expected = LINK.into_iter().find(|(other, _)| *other == name)?.1;
            (value == expected).then_some(Cow::Borrowed(expected))
        }
        _ => None,
    }
}

/// Whether a markup is well nested, holds only what is on the list, and is written in the one way:
/// names in lower case, values in double quotes, no bracket but those of tags.
pub(super) fn lets_through(html: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { return false };
        rest = after;
        let is_right = if let Some(name) = tag.strip_prefix('/') {
            open.pop() == Some(name)
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !is_void(name) {
                open.push(name);
            }
            TAGS.contains(&name) && are_allowed(name, attributes)
        };
        if text.contains('>') || !is_right {
            return false;
        }
    }
    open.is_empty() && !rest.contains('>')
}

fn are_allowed(tag: &str, mut attributes: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    while !attributes.is_empty() {
        let Some((name, after)) = attributes.split_once("=\"") else { return false };
        let Some((value, after)) = after.split_once('"') else { return false };
        let plain = value.replace("&amp;", "&");
        if seen.contains(&name) || value_of(tag, name, &plain).is_none_or(|kept| kept != plain) {
            return false;
        }
        seen.push(name);
        attributes = match after.strip_prefix(' ') {
            Some(next) if !next.is_empty() => next,
            _ if after.is_empty() => "",
            _ => return false,
        };
    }
    tag != "a" || ["href", "target", "rel"].iter().all(|name| seen.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: bool) {
        assert_eq!(lets_through(html), expected, "{html}");
    }

    #[test]
    fn only_what_is_on_the_list_in_the_one_way() {
        let link = "<a href=\"http://a.example/?b&amp;c\" target=\"_blank\" rel=\"noreferrer noopener nofollow\">x</a>";
        for html in ["", "x", "<p>x<br>y</p>", "<td colspan=\"2\" dir=\"rtl\">x</td>", link] {
            check(html, true);
        }
        for html in [
            "<script>x</script>",
            "<P>x</P>",
            "<p>x",
            "<b><i>x</b></i>",
            "</p>",
            "a > b",
            "<p",
            "<",
            "<p onclick=\"x\">y</p>",
            "<p style='color:#000000'>y</p>",
            "<p style=\"position:fixed\">y</p>",
            "<p style=\"color:#000000\"x>y</p>",
            "<p style=\"color:#000000\" >y</p>",
            "<p dir=\"rtl\" dir=\"rtl\">y</p>",
            "<p  dir=\"rtl\">y</p>",
            "<p colspan=\"2\">y</p>",
            "<p dir=\"rtl>y</p>",
            "<a>x</a>",
            "<a href=\"http://a.example/\">x</a>",
            "<!-- x -->",
            "<br/>",
        ] {
            check(html, false);
        }
        check(&link.replace("http:", "javascript:"), false);
        check(&link.replace("_blank", "_top"), false);
    }
}
