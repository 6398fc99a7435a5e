//! How wide a text is, roughly, and how it is brought into a box.
//!
//! The server does not know the reader's font, so widths are those of a wide one (`DejaVu Sans`), with
//! some room: what fits here fits in the narrower fonts of other systems.

/// Advance widths of the printable ASCII characters from the space on, in thousandths of the size.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 320, 320, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 290, 290, 579,
    290, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// A bold letter is wider by so much.
const BOLD: f64 = 1.14;

/// Which letters a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Who it is.
    Name,
    /// Titles, parts, stances, the legend.
    Plain,
    /// The small ones in badges.
    Badge,
    /// What stands above a part of the picture.
    Heading,
}

impl Face {
    /// The size in pixels; the style sheet says the same.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Name => 14.0,
            Self::Plain | Self::Heading => 12.0,
            Self::Badge => 11.0,
        }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        match self {
            Self::Name => 18.0,
            Self::Plain | Self::Heading | Self::Badge => 15.0,
        }
    }

    /// The class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Plain => "plain",
            Self::Badge => "small",
            Self::Heading => "heading",
        }
    }

    fn widening(self) -> f64 {
        match self {
            Self::Plain => 1.02,
            Self::Name | Self::Badge | Self::Heading => BOLD,
        }
    }
}

/// How wide a text is at most, in pixels.
pub(super) fn width(text: &str, face: Face) -> f64 {
    text.chars().map(thousandths).sum::<f64>() / 1000.0 * face.size() * face.widening()
}

fn thousandths(c: char) -> f64 {
    let code = u32::from(c);
    match code {
        0x20..=0x7e => f64::from(ASCII.get(code as usize - 0x20).copied().unwrap_or(1000)),
        // What is set upon the letter before.
        0x0300..=0x036f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f => 0.0,
        0x80..=0x024f if c.is_lowercase() => 680.0,
        0x80..=0x036f => 820.0,
        0x0370..=0x052f if c.is_lowercase() => 850.0,
        0x0530..=0x10ff | 0x2000..=0x20ff => 1000.0,
        0x1_0000.. => 1400.0,
        _ => 1100.0,
    }
}

/// A text without what would break a picture or turn its direction: controls become spaces, marks
/// of direction go.
pub(super) fn clean(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !matches!(u32::from(*c), 0x202a..=0x202e | 0x2066..=0x2069 | 0xfffe | 0xffff));
    let spaced: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in so many lines at most, none wider than that; what does not fit ends in an ellipsis.
pub(super) fn wrap(text: &str, face: Face, width_max: f64, lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.peek().copied() {
        let room = lines.len() < lines_max;
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), face) <= width_max => {
                line.push(' ');
                line.push_str(word);
                words.next();
            }
            _ if room => {
                lines.push(word.to_owned());
                words.next();
            }
            _ => break,
        }
    }
    let rest = words.next().map(|word| format!(" {word}")).unwrap_or_default();
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        if at == last {
            line.push_str(&rest);
        }
        *line = fit(line, face, width_max);
    }
    lines
}

/// A text in one line, cut where it is too wide.
pub(super) fn fit(text: &str, face: Face, width_max: f64) -> String {
    if width(text, face) <= width_max {
        return text.to_owned();
    }
    let room = width_max - width("…", face);
    let mut used = 0.0;
    let mut kept = String::new();
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]), face);
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_letters_are_wider() {
        let widths = ["i", "a", "W", "漢"].map(|text| width(text, Face::Plain));
        assert!(widths.windows(2).all(|two| two[0] < two[1]), "{widths:?}");
        assert!(width("Head", Face::Name) > width("Head", Face::Plain));
    }

    #[test]
    fn lines_fit_or_are_cut() {
        for (text, lines, cut) in [
            ("Head of Finance", 1, false),
            ("Head of Purchasing and Facilities", 2, false),
            ("Deputy head of everything that nobody else wanted to be head of", 2, true),
            ("Donaudampfschifffahrtsgesellschaftskapitän", 1, true),
            ("", 0, false),
        ] {
            let wrapped = wrap(text, Face::Name, 160.0, 2);
            assert_eq!(wrapped.len(), lines, "{wrapped:?}");
            assert!(wrapped.iter().all(|line| width(line, Face::Name) <= 160.0), "{wrapped:?}");
            assert_eq!(wrapped.iter().any(|line| line.ends_with('…')), cut, "{wrapped:?}");
        }
    }

    #[test]
    fn controls_and_turns_of_direction_go() {
        assert_eq!(clean("a\u{0}b\u{202e}c\n d"), "a bc d");
    }
}
