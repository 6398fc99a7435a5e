//! Colours of words and grounds, and which of them stay.
//!
//! The page is white paper. Words stay coloured if they are dark, grounds if they are light: then
//! whatever lies on whatever can be read, and nothing can be hidden by its colour.

/// A colour as red, green and blue.
pub(super) type Colour = [u8; 3];

/// Darkest ground and lightest word, as relative luminance (WCAG 2, 0 is black and 1 is white);
/// the contrast of the worst pair is 2.8.
const GROUND_MIN: f64 = 0.8;
const WORD_MAX: f64 = 0.25;

const NAMED: [(&str, Colour); 24] = [
    ("black", [0, 0, 0]),
    ("white", [255, 255, 255]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("blue", [0, 0, 255]),
    ("navy", [0, 0, 128]),
    ("maroon", [128, 0, 0]),
    ("purple", [128, 0, 128]),
    ("teal", [0, 128, 128]),
    ("olive", [128, 128, 0]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("silver", [192, 192, 192]),
    ("yellow", [255, 255, 0]),
    ("orange", [255, 165, 0]),
    ("darkred", [139, 0, 0]),
    ("darkblue", [0, 0, 139]),
    ("darkgreen", [0, 100, 0]),
    ("crimson", [220, 20, 60]),
    ("brown", [165, 42, 42]),
    ("magenta", [255, 0, 255]),
    ("lightyellow", [255, 255, 224]),
    ("whitesmoke", [245, 245, 245]),
    ("cyan", [0, 255, 255]),
];

/// Reads `#rgb`, `#rrggbb`, `rgb(1, 2, 3)` or a common name, in lower case; the number sign may be
/// missing, as in attributes of old.
pub(super) fn parse(text: &str) -> Option<Colour> {
    if let Some((_, colour)) = NAMED.iter().find(|(name, _)| *name == text) {
        return Some(*colour);
    }
    if let Some(inside) = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let mut parts = inside.split(',').map(|part| part.trim().parse::<u8>().ok());
        let colour = [parts.next()??, parts.next()??, parts.next()??];
        return parts.next().is_none().then_some(colour);
    }
    let digits = text.strip_prefix('#').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    let byte = |shift: u32| u8::try_from(number >> shift & 0xff).unwrap_or_default();
    let half = |shift: u32| u8::try_from((number >> shift & 0xf) * 17).unwrap_or_default();
    match digits.len() {
        3 => Some([half(8), half(4), half(0)]),
        6 => Some([byte(16), byte(8), byte(0)]),
        _ => None,
    }
}

/// Whether words of this colour can be read on every ground that stays.
pub(super) fn is_for_words(colour: Colour) -> bool {
    luminance(colour) <= WORD_MAX
}

/// Whether every word that stays can be read on this ground.
pub(super) fn is_for_grounds(colour: Colour) -> bool {
    luminance(colour) >= GROUND_MIN
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_colours_as_mail_writes_them() {
        for (text, expected) in [
            ("#f00", Some([255, 0, 0])),
            ("#1a2b3c", Some([26, 43, 60])),
            ("ffffff", Some([255, 255, 255])),
            ("rgb(1, 2,3)", Some([1, 2, 3])),
            ("rgb(1,2,3,4)", None),
            ("rgb(256,0,0)", None),
            ("navy", Some([0, 0, 128])),
            ("#12", None),
            ("+fffff", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn dark_words_and_light_grounds_stay() {
        for (colour, word, ground) in [
            ("black", true, false),
            ("red", true, false),
            ("white", false, true),
            ("yellow", false, true),
            ("orange", false, false),
        ] {
            let colour = parse(colour).unwrap();
            assert_eq!((is_for_words(colour), is_for_grounds(colour)), (word, ground));
        }
    }
}
