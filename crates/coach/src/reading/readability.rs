//! How hard a text is to read: words, syllables, and the grade of Flesch and Kincaid (1975).

/// The words of a text: runs with a letter or a digit in them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// The school grade that reads a text easily: 0.39 words a sentence + 11.8 syllables a word − 15.59.
/// `None` under 20 words, where it tells nothing.
pub(crate) fn grade(words: usize, sentences: usize, syllables: usize) -> Option<f64> {
    if words < WORDS_MIN || sentences == 0 {
        return None;
    }
    let (words, sentences) = (words as f64, sentences as f64);
    Some(0.39 * words / sentences + 11.8 * syllables as f64 / words - 15.59)
}

const WORDS_MIN: usize = 20;

/// The syllables of an English word, by its groups of vowels; numbers count their digits.
pub(crate) fn syllables(word: &str) -> usize {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 0 {
        return digits;
    }
    let mut count = 0;
    let mut was_vowel = false;
    let mut last = ['\0'; 3];
    for c in word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase) {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü' | 'é');
        count += usize::from(vowel && !was_vowel);
        was_vowel = vowel;
        last = [last[1], last[2], c];
    }
    // A silent e: "make", "asked", but "table", "needed".
    let silent = match last {
        [a, 'l', 'e'] => "aeiou".contains(a),
        [_, _, 'e'] => true,
        [a, 'e', 'd'] => !"td".contains(a),
        [a, 'e', 's'] => !"sxzc".contains(a),
        _ => false,
    };
    if silent && count > 1 { count - 1 } else { count.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_usual_words() {
        for (word, expected) in [
            ("make", 1),
            ("table", 2),
            ("asked", 1),
            ("needed", 2),
            ("proposal", 3),
            ("you", 1),
            ("implementation", 5),
            ("the", 1),
            ("42", 2),
            ("ideas", 2),
            ("purchasing", 3),
        ] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn a_short_text_has_no_grade() {
        assert_eq!(grade(19, 2, 25), None);
        let grade = grade(20, 2, 30).expect("a grade");
        assert!((grade - (0.39 * 10.0 + 11.8 * 1.5 - 15.59)).abs() < 1e-9);
    }
}
