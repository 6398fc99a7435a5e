//! `format=flowed` (RFC 3676): lines that were only broken to be short are made whole again.
//!
//! Must not: touch text that does not say that it is flowed.

/// Joins the lines that end in a blank with the next one of the same quote depth. `delsp`: that
/// blank was added together with the line break.
pub(super) fn joined(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The quote depth of a line that goes on in the next one.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let content = line.trim_start_matches('>');
        let depth = line.len() - content.len();
        // A blank at the start protects a line on its way, and stands behind the marks of a quote.
        let content = content.strip_prefix(' ').unwrap_or(content);
        let flows = content.ends_with(' ') && content != "-- ";
        if open.take().is_some_and(|before| before == depth && content != "-- ") {
            if delsp {
                out.pop();
            }
        } else {
            end_line(&mut out);
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
        }
        out.push_str(content);
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    end_line(&mut out);
    out
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
