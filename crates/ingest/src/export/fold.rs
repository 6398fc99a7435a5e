//! Header names as compared: `E-Mail 2: Adresse`, `e_mail_adresse` and `EMailAdresse` are one.
//!
//! Must not: translate; the tables of columns hold the languages.

/// Lower case letters without accents, blanks, signs and digits.
///
/// Digits go because exports count alike columns: `Phone 1 - Value`, `Phone 2 - Value`.
pub(super) fn fold(header: &str) -> String {
    let mut folded = String::with_capacity(header.len());
    for c in header.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            "" if c.is_alphabetic() => folded.push(c),
            plain => folded.push_str(plain),
        }
    }
    folded
}

/// The letters without accents of the languages that the tables speak; empty for other signs.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ł' => "l",
        'ś' | 'š' => "s",
        'ź' | 'ż' | 'ž' => "z",
        'ř' => "r",
        'ď' => "d",
        'ť' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        for (header, expected) in [
            ("E-Mail 2: Adresse", "emailadresse"),
            ("first_name", "firstname"),
            ("Número de teléfono", "numerodetelefono"),
            ("Straße", "strasse"),
            ("Имя", "имя"),
            ("  ", ""),
        ] {
            assert_eq!(fold(header), expected);
        }
    }
}
