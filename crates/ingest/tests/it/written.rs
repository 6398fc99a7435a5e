//! Mail as it was written: every known way to make markup do something comes out as words.

use std::sync::LazyLock;

use inroad_ingest::Limits;
use inroad_ingest::written::{ATTRIBUTES, LeftOut, TAGS, Written, as_written, sanitise};
use proptest::prelude::*;

use crate::hostile_html::patterns;

fn safe(html: &str) -> Written {
    let written = sanitise(html, &Limits::default());
    only_what_is_allowed(&written.html);
    written
}

/// Another's parser of HTML, which reads as browsers do, and its list of what may pass: what we
/// write goes through it without a change, so it means what it seems to mean.
static JUDGE: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut judge = ammonia::Builder::empty();
    judge
        .add_tags(TAGS)
        .add_generic_attributes(ATTRIBUTES)
        .add_url_schemes(["http", "https", "mailto", "tel"])
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    judge
});

fn only_what_is_allowed(html: &str) {
    assert_eq!(JUDGE.clean(html).to_string(), html);
    for attribute in html.split(" style=\"").skip(1) {
        let style = attribute.split('"').next().unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || "#:;-".contains(c);
        assert!(style.chars().all(plain), "{style}");
        for bad in ["url", "position", "margin", "z-index", "width", "height", "display"] {
            assert!(!style.contains(bad), "{style}");
        }
    }
    let links = html.matches("<a ").count();
    let rel = "target=\"_blank\" rel=\"noreferrer noopener nofollow\">";
    assert_eq!(html.matches(rel).count(), links, "{html}");
}

fn check(html: &str, expected: &str) {
    assert_eq!(safe(html).html, expected, "{html}");
}

#[test]
fn every_hostile_pattern_is_harmless() {
    let mut count = 0;
    for pattern in patterns("http://127.0.0.1:9") {
        let html = safe(&pattern).html;
        let again = safe(&html).html;
        only_what_is_allowed(&again);
        // As one part among others, and within what is open.
        safe(&format!("<table><tr><td><a href='http://a.example'><b>{pattern}</b></a><p>x"));
        safe(&pattern.repeat(3));
        count += 1;
    }
    assert!(count >= 200, "{count} patterns");
}

#[test]
fn formatting_stays() {
    check(
        "<h1>Offer</h1><p align=center>Dear <b>Jana</b>,<br>see <i>below</i></p>",
        "<h1>Offer</h1><p style=\"text-align:center\">Dear <b>Jana</b>,<br>see <i>below</i></p>",
    );
    check(
        "<table width=600><tr bgcolor=#eeeeee><th>Day<th>Sum<tr><td colspan=2>5</table>",
        "<table><tbody><tr style=\"background-color:#eeeeee\"><th>Day</th><th>Sum</th></tr>\
         <tr><td colspan=\"2\">5</td></tr></tbody></table>",
    );
    check(
        "<ul><li>one<li>two</ul><font color=red>no</font><center>x</center>",
        "<ul><li>one</li><li>two</li></ul><span style=\"color:#ff0000\">no</span>\
         <div style=\"text-align:center\">x</div>",
    );
    check("<pre>a\n  b</pre>", "<div style=\"white-space:pre-wrap\">a\n  b</div>");
    check("<p>one<p>two", "<p>one</p><p>two</p>");
    check("a < b &amp; c &lt;d&gt; \u{e4}", "a &lt; b &amp; c &lt;d&gt; \u{e4}");
    check("<ol start=3><li dir=rtl>x", "<ol start=\"3\"><li dir=\"rtl\">x</li></ol>");
}

#[test]
fn links_open_apart_and_say_where_they_lead() {
    let rel = "rel=\"noreferrer noopener nofollow\"";
    check(
        "<a href='http://lindner.example/a?b&amp;c'>the offer</a>",
        &format!(
            "<a href=\"http://lindner.example/a?b&amp;c\" target=\"_blank\" {rel}>the offer</a>"
        ),
    );
    let html = safe("<a href='http://thief.example/'>www.<b>bank</b>.example</a> x").html;
    assert!(html.ends_with("</a> <mark>(leads to thief.example)</mark> x"), "{html}");
    let html = safe("<a href='http://thief.example/'><img alt='bank.example'></a>").html;
    assert!(html.contains("[picture: bank.example]</mark></a> <mark>(leads to"), "{html}");
    let html = safe("<p><a href='http://thief.example/'>bank.example</p><p>y").html;
    assert!(html.contains("(leads to thief.example)"), "{html}");
    check("<a href='javascript:x'>y</a> <a href='#z'>w</a>", "y w");
    // More words than are looked at, most of them not to be seen.
    for filler in [" ", "\u{200b}", "word "] {
        let words = filler.repeat(5_000);
        let html = safe(&format!("<a href='http://thief.example/'>{words}bank.example</a>")).html;
        assert!(html.ends_with("<mark>(leads to thief.example)</mark>"));
    }
}

#[test]
fn pictures_are_words() {
    check("<img src=http://a.example/1 alt=' Our\nteam '>", "<mark>[picture: Our team]</mark>");
    check("<img src=http://a.example/1>", "<mark>[picture]</mark>");
    for unseen in ["width=1", "height='2px'", "style='display:none'", "style='width:0'"] {
        let written = safe(&format!("x<img {unseen} src=http://a.example/1 alt=y>"));
        assert_eq!(written.html, "x");
        assert_eq!(written.left_out, LeftOut { unseen_pictures: 1, ..LeftOut::default() });
    }
    check("<img width='1%' alt=y>", "<mark>[picture: y]</mark>");
    check("<mark>x</mark>", "<span>x</span>");
}

#[test]
fn says_what_was_left_out() {
    let written = safe(
        "<img src=a><img src=b><form><input><input></form><script>x</script><p onclick=y>\
         <meta http-equiv=refresh><iframe></iframe><video></video><svg></svg>\
         <td background=x><p style='background:url(y)'><a href=javascript:z>q</a>\
         <div style='display:none'>h</div>",
    );
    let expected = LeftOut {
        pictures: 2,
        forms: 1,
        scripts: 2,
        jumps: 1,
        frames: 1,
        films: 1,
        drawings: 1,
        grounds: 2,
        links: 1,
        hidden: 1,
        ..LeftOut::default()
    };
    assert_eq!(written.left_out, expected);
    assert_eq!(written.left_out.in_words().len(), 10);
}

#[test]
fn hidden_passages_are_left_out_unless_they_swallow_the_mail() {
    check("<div style='display: none'>a<div>b</div></div><p>c", "<p>c</p>");
    check("<div style='display:none'><p>c", "<div><p>c</p></div>");
}

#[test]
fn tables_hold_words_in_cells_only() {
    check("<table>x<b>y</b></table>", "<table><tbody><tr><td>x<b>y</b></td></tr></tbody></table>");
    check("<td>x</td><tr>y", "xy");
    check(
        "<table><tr><td>a<table><tr><td>b</table>c</table>d",
        "<table><tbody><tr><td>a<table><tbody><tr><td>b</td></tr></tbody></table>c</td></tr></tbody></table>d",
    );
}

const HEAD: &str = "From: jana@lindner.example\nSubject: x\nMIME-Version: 1.0\n";

fn check_mail(mail: &str, expected: Option<&str>) {
    let raw = format!("{HEAD}{mail}");
    let written = as_written(raw.as_bytes(), &Limits::default());
    assert_eq!(written.map(|written| written.html).as_deref(), expected, "{raw}");
}

#[test]
fn the_parts_that_are_shown() {
    let alternative = "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n\
        Content-Type: text/html\n\n<p>html</p>\n--b--\n";
    check_mail(alternative, Some("<p>html</p>"));
    check_mail("\nplain\n", None);
    check_mail("Content-Type: text/html\n\n<img width=1>\n", None);
    check_mail("\n<html><body>typed as plain</body></html>", Some("typed as plain"));
    check_mail(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>one</p>\n\
         --b\nContent-Disposition: attachment; filename=a.html\nContent-Type: text/html\n\n<p>file</p>\n\
         --b\nContent-Type: message/rfc822\n\nContent-Type: text/html\n\n<p>nested</p>\n\
         --b\n\nlist <footer>\n--b--\n",
        Some("<p>one</p><div style=\"white-space:pre-wrap\">list &lt;footer&gt;</div>"),
    );
    check_mail(
        "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+w6Q8L2I+",
        Some("<b>\u{e4}</b>"),
    );
    assert_eq!(as_written(b"", &Limits::default()), None);
}

#[test]
fn long_mails_are_cut_and_say_so() {
    let limits = Limits { html_bytes: 10, ..Limits::default() };
    let written = sanitise("<p>123456\u{e4}89", &limits);
    assert_eq!(written.html, "<p>123456</p>");
    assert!(written.left_out.cut);
}

/// What makes parsers of HTML slow or fills their memory.
#[test]
fn bombs_end_soon() {
    let limits = Limits { html_bytes: 256 << 10, ..Limits::default() };
    for bomb in [
        "<div>",
        "<b>",
        "<table>",
        "<table><tr><td>",
        "<table><b>x</b>",
        "<p><b>",
        "<p><b style='font-size:12px'><i>",
        "<a href='http://a.example'><b><p>",
        "<b></p>",
        "<font color=red><table></font>",
        "<li><dd><dt>",
        "</b>",
        "</table>",
        "<div style='display:none'>",
        "<a href='http://b.example'>www.c.example",
        "<img alt='<b>'>",
        "<",
        "&amp;",
        "<svg><math>",
        "<p style='color:red;color:red;color:red;color:red;color:red;color:red'>",
    ] {
        let written = sanitise(&bomb.repeat(limits.html_bytes / bomb.len()), &limits);
        assert!(written.html.len() < 40 * limits.html_bytes, "{bomb}: {}", written.html.len());
    }
    let attributed: Vec<String> = (0..20_000).map(|n| format!("<p><b id={n}>")).collect();
    sanitise(&attributed.concat(), &limits);
    sanitise(&format!("{}{}", "<b>".repeat(30_000), "<p>".repeat(30_000)), &limits);
}

/// Pieces of markup in any order, since random letters seldom make a tag.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(TAGS.to_vec()).prop_map(|tag| format!("<{tag}>")),
        2 => prop::sample::select(TAGS.to_vec()).prop_map(|tag| format!("</{tag}>")),
        2 => prop::sample::select(vec![
            "<svg>", "</svg>", "<math>", "<style>", "</style>", "<title>", "</title>", "<!--", "-->",
            "<noscript>", "<template>", "<select>", "</select>", "<textarea>", "<plaintext>", "<xmp>",
            "<![CDATA[", "]]>", "<mtext>", "<mglyph>", "<form>", "</form>", "<img alt='", "'>", "\">",
            "<a href=\"http://a.example/\">", "<a href='javascript:x'>", "<p style='color:red;",
            "<font color=\"", "<pre>\n", "<iframe", "<body onload=x>", "=", "\"", "&lt;", "&", "\0",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-z .]{0,8}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_comes_out_harmless(html in any::<String>()) {
        safe(&html);
    }

    #[test]
    fn any_markup_comes_out_harmless(html in pieces()) {
        safe(&html);
    }
}
