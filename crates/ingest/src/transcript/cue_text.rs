//! The text of one caption: voices, times of words and character references, without the markup.
//!
//! After the "cue text parsing rules" of the W3C: a tag ends at `>` or with the text, tags that
//! are not known are left out and their words stay.
//! Must not: know where the caption stands.

use super::clock;

/// Words of one voice, and from when on they are spoken, if the caption says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Who speaks, as `<v Name>` says.
    pub(super) voice: Option<String>,
    /// The time before the words, in milliseconds.
    pub(super) from_ms: Option<u64>,
    /// The words as they stand, line ends and all.
    pub(super) text: String,
}

/// Reads the text of a caption.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut voices: Vec<Option<String>> = Vec::new();
    let mut runs = Vec::new();
    let mut run = Run { voice: None, from_ms: None, text: String::new() };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tagged) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push_decoded(&mut run.text, before);
        let tagged = tagged.strip_prefix('<').unwrap_or(tagged);
        let (tag, after) = tagged.split_once('>').unwrap_or((tagged, ""));
        rest = after;
        let (mut voice, mut from_ms) = (run.voice.clone(), run.from_ms);
        match Tag::of(tag) {
            Tag::Voice(name) => {
                voices.push(voice);
                voice = name;
            }
            Tag::VoiceEnds => voice = voices.pop().unwrap_or(voice),
            Tag::Time(time) => from_ms = Some(time),
            Tag::Other => continue,
        }
        let before = std::mem::replace(&mut run, Run { voice, from_ms, text: String::new() });
        if !before.text.is_empty() {
            runs.push(before);
        }
    }
    push_decoded(&mut run.text, rest);
    if !run.text.is_empty() {
        runs.push(run);
    }
    runs
}

/// Nobody has a longer name.
const NAME_CHARS_MAX: usize = 200;

enum Tag {
    Voice(Option<String>),
    VoiceEnds,
    Time(u64),
    Other,
}

impl Tag {
    fn of(tag: &str) -> Self {
        if tag.trim_end() == "/v" {
            return Self::VoiceEnds;
        }
        if tag.starts_with(|c: char| c.is_ascii_digit()) {
            let time = clock::strict(tag).filter(|(_, rest)| rest.is_empty());
            return time.map_or(Self::Other, |(time, _)| Self::Time(time));
        }
        let is_voice = |rest: &&str| rest.is_empty() || rest.starts_with(['.', ' ', '\t', '\n']);
        let Some(rest) = tag.strip_prefix('v').filter(is_voice) else { return Self::Other };
        let (_, annotation) = rest.split_once([' ', '\t', '\n']).unwrap_or(("", ""));
        let mut decoded = String::new();
        push_decoded(&mut decoded, annotation);
        let name = decoded.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().take(NAME_CHARS_MAX).collect();
        Self::Voice(Some(name).filter(|name| !name.is_empty()))
    }
}

/// References that captions use; what else is written stays as it stands.
const REFERENCES: [(&str, &str); 12] = [
    ("amp;", "&"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("nbsp;", "\u{a0}"),
    ("lrm;", "\u{200e}"),
    ("rlm;", "\u{200f}"),
    ("quot;", "\""),
    ("apos;", "'"),
    ("rsquo;", "\u{2019}"),
    ("hellip;", "\u{2026}"),
    ("ndash;", "\u{2013}"),
    ("mdash;", "\u{2014}"),
];

fn push_decoded(out: &mut String, text: &str) {
    let mut pieces = text.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let named = REFERENCES.iter().find_map(|(name, is)| Some((*is, piece.strip_prefix(name)?)));
        if let Some((is, rest)) = named {
            out.push_str(is);
            out.push_str(rest);
        } else if let Some((is, rest)) = numbered(piece) {
            out.push(is);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(piece);
        }
    }
}

/// `#39;` and `#x27;`.
fn numbered(piece: &str) -> Option<(char, &str)> {
    let (number, rest) = piece.strip_prefix('#')?.split_once(';')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(code).filter(|c| *c != '\0')?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<u64>, &str)]) {
        let found = runs(text);
        let found: Vec<_> = found
            .iter()
            .map(|run| (run.voice.as_deref().unwrap_or(""), run.from_ms, run.text.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn voices() {
        check("<v Jana Lindner>Good morning.</v>", &[("Jana Lindner", None, "Good morning.")]);
        check("<v.loud  Jana\tL>Hi", &[("Jana L", None, "Hi")]);
        check("<v A>One</v> <v B>Two", &[("A", None, "One"), ("", None, " "), ("B", None, "Two")]);
        check("<v>Nobody", &[("", None, "Nobody")]);
        check("<v A &amp; B>x", &[("A & B", None, "x")]);
        check("<video>Not a voice", &[("", None, "Not a voice")]);
    }

    #[test]
    fn times_of_words() {
        check(
            "<00:01.000>Hee!<00:01.500> Ho",
            &[("", Some(1_000), "Hee!"), ("", Some(1_500), " Ho")],
        );
        check("<00:aa>x", &[("", None, "x")]);
    }

    #[test]
    fn markup_goes_and_words_stay() {
        check("<i>So</i> <c.red>be</c> it", &[("", None, "So be it")]);
        check(
            "a &lt; b &amp;&#39;&#x27; &unknown; &#0;",
            &[("", None, "a < b &'' &unknown; &#0;")],
        );
        check("cut off <b", &[("", None, "cut off ")]);
        check("", &[]);
    }
}
