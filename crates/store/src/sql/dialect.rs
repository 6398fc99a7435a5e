//! A statement as `PostgreSQL` takes it: `?` and `?1` become `$1`, and some functions are called otherwise.

/// Functions by their names in `SQLite`, and the same by those here.
const FUNCTIONS: [(&str, &str); 7] = [
    ("char", "chr"),
    ("group_concat", "string_agg"),
    ("instr", "strpos"),
    ("json", "json_of"),
    ("json_array", "json_build_array"),
    ("json_group_array", "json_agg"),
    ("json_object", "json_build_object"),
];

/// The same statement, for `PostgreSQL`. What stands in quotation marks stays as it is.
pub(super) fn for_postgres(sql: &str) -> String {
    let mut written = String::with_capacity(sql.len() + 16);
    let mut count = 0_u32;
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => quoted(rest, first),
            '?' => 1 + rest.bytes().skip(1).take_while(u8::is_ascii_digit).count(),
            _ if is_of_word(first) => rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        match token {
            "?" => {
                count += 1;
                written.push('$');
                written.push_str(&count.to_string());
            }
            // There it asks for this order of the tables; here it would take no condition.
            "CROSS" if after.starts_with(" JOIN") => rest = after.trim_start(),
            _ if first == '?' => written.push_str(&token.replace('?', "$")),
            // There it keeps an index on the workspace from being taken; here every index begins with it.
            "+" if after.starts_with(|c: char| c.is_ascii_alphabetic()) => {}
            _ if after.starts_with('(') => written.push_str(called(token)),
            _ => written.push_str(token),
        }
    }
    written
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// How many bytes a text in quotation marks has, with both of them. A doubled mark begins the next.
fn quoted(text: &str, mark: char) -> usize {
    text.char_indices().skip(1).find(|(_, c)| *c == mark).map_or(text.len(), |(at, _)| at + 1)
}

fn called(function: &str) -> &str {
    FUNCTIONS.iter().find(|(here, _)| *here == function).map_or(function, |(_, there)| there)
}

#[cfg(test)]
mod tests {
    use super::for_postgres;

    #[test]
    fn values_and_functions_are_written_as_there() {
        for (sql, expected) in [
            ("SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2"),
            ("VALUES (?1, ?2, ?1, ?12)", "VALUES ($1, $2, $1, $12)"),
            ("SELECT '?', instr(a, '''?') > ?", "SELECT '?', strpos(a, '''?') > $1"),
            ("a w CROSS JOIN b ON b.id = w.id", "a w JOIN b ON b.id = w.id"),
            ("group_concat(a, char(10))", "string_agg(a, chr(10))"),
            ("+a.id = ? AND b + 1 > ?", "a.id = $1 AND b + 1 > $2"),
            ("char, my_instr(a)", "char, my_instr(a)"),
            ("\"instr(\" é ?", "\"instr(\" é $1"),
        ] {
            assert_eq!(for_postgres(sql), expected);
        }
    }
}
