//! The few things that a style may say: weight, slant, size, colour, alignment, kept blanks.
//!
//! What comes out is written anew from what was understood, so that nothing of the mail's own
//! characters stands in a style: no address, no escape, no place on the page.

use super::colour;

/// Declarations of one style that are looked at.
const DECLARATIONS_MAX: usize = 60;

/// Sizes of letters that stay, in pixels.
const LETTER_PX: std::ops::RangeInclusive<f64> = 11.0..=32.0;

/// The declarations of a style as names and values in lower case.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').take(DECLARATIONS_MAX).filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = value.strip_suffix("!important").unwrap_or(&value).trim_end().to_owned();
        Some((name.trim().to_ascii_lowercase(), value))
    })
}

/// What stays of a style: the same again where it is given what it gave.
pub(super) fn kept(style: &str) -> String {
    let mut kept: Vec<(&'static str, String)> = Vec::new();
    for (name, value) in declarations(style) {
        if let Some((name, value)) = understood(&name, &value) {
            // The last one counts, as in a browser.
            kept.retain(|(other, _)| *other != name);
            kept.push((name, value));
        }
    }
    let kept: Vec<String> = kept.iter().map(|(name, value)| format!("{name}:{value}")).collect();
    kept.join(";")
}

fn understood(name: &str, value: &str) -> Option<(&'static str, String)> {
    let colour_if = |fits: fn(colour::Colour) -> bool| {
        let [red, green, blue] = colour::parse(value).filter(|colour| fits(*colour))?;
        Some(format!("#{red:02x}{green:02x}{blue:02x}"))
    };
    let one_of = |words: &[&'static str]| {
        words.iter().find(|word| **word == value).map(|word| (*word).to_owned())
    };
    match name {
        "color" => Some(("color", colour_if(colour::is_for_words)?)),
        "background-color" | "background" => {
            Some(("background-color", colour_if(colour::is_for_grounds)?))
        }
        "font-weight" => {
            let bold = value.starts_with("bold") || value.parse().is_ok_and(|n: u16| n >= 600);
            let normal = value == "normal" || value == "400";
            let word = if bold {
                "bold"
            } else if normal {
                "normal"
            } else {
                return None;
            };
            Some(("font-weight", word.to_owned()))
        }
        "font-style" => Some(("font-style", one_of(&["italic", "oblique", "normal"])?)),
        "font-size" => Some(("font-size", letter_size(value)?)),
        "text-align" => {
            Some(("text-align", one_of(&["left", "right", "center", "justify", "start", "end"])?))
        }
        "text-decoration" | "text-decoration-line" => {
            let has = |word: &str| value.split_ascii_whitespace().any(|found| found == word);
            let word = ["line-through", "underline"].into_iter().find(|word| has(word))?;
            Some(("text-decoration", word.to_owned()))
        }
        "white-space" => {
            let word = match value {
                // Lines that never break would run out of a narrow page.
                "pre" | "pre-wrap" | "break-spaces" => "pre-wrap",
                "pre-line" => "pre-line",
                _ => return None,
            };
            Some(("white-space", word.to_owned()))
        }
        _ => None,
    }
}

/// A size in whole pixels, if it can be read and breaks nothing.
fn letter_size(value: &str) -> Option<String> {
    let (number, px_each) = match value.strip_suffix("px") {
        Some(number) => (number, 1.0),
        None => (value.strip_suffix("pt")?, 4.0 / 3.0),
    };
    let px = (number.trim().parse::<f64>().ok()? * px_each).round();
    LETTER_PX.contains(&px).then(|| format!("{px}px"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(style: &str, expected: &str) {
        assert_eq!(kept(style), expected, "{style}");
        assert_eq!(kept(expected), expected, "{style}, again");
    }

    #[test]
    fn formatting_stays() {
        check("COLOR: Red !important; font-weight:700", "color:#ff0000;font-weight:bold");
        check("background:#FFF;text-align:center", "background-color:#ffffff;text-align:center");
        check("font-size:11.0pt;font-style:italic", "font-size:15px;font-style:italic");
        check(
            "text-decoration: underline dotted;white-space:pre",
            "text-decoration:underline;white-space:pre-wrap",
        );
        check("color:red;color:blue", "color:#0000ff");
    }

    #[test]
    fn nothing_else_does() {
        for style in [
            "position:fixed;z-index:9;top:0;left:0;margin:-999px;width:9999px;height:9999px",
            "background:url(http://a.example/x.gif)",
            "background:#fff url(http://a.example/x.gif)",
            "color:white;font-size:1px;opacity:0;display:none",
            "font-size:999px;font-size:1e9px;font-size:nanpx;font-size:infpx",
            "col/**/or:red;color:r\\65 d;color:expression(alert(1))",
            "-moz-binding:url(x);behavior:url(x);content:'x';filter:x",
            "color",
            ";;:;",
        ] {
            check(style, "");
        }
    }
}
