//! What all targets share: bounds so tight that small inputs reach them, and checks on issues.
//!
//! A target may only say what must hold for any bytes; what a format means is tested elsewhere.

use inroad_ingest::Limits;

/// Bounds that an input of a few kilobytes reaches, so that the code behind each is run.
pub fn tight() -> Limits {
    Limits {
        message_bytes: 2_000,
        depth: 3,
        parts: 5,
        header_fields: 10,
        header_field_bytes: 200,
        recipients: 3,
        text_bytes: 300,
        html_bytes: 400,
        transcript_bytes: 1_500,
        attachments: 2,
        references: 2,
        items: 3,
        item_bytes: 500,
        columns: 6,
        issues: 4,
    }
}

/// Issues are sentences for a person: never empty, and of a length that fits on a screen.
pub fn check_issues<'a>(
    issues: impl IntoIterator<Item = &'a inroad_model::Issue>,
    limits: &Limits,
) {
    let mut count = 0;
    for issue in issues {
        count += 1;
        assert!(!issue.what.is_empty() && !issue.way_out.is_empty());
        assert!(issue.what.len() <= 4_000, "{} bytes", issue.what.len());
    }
    // A reader may add a few that count the rest.
    assert!(count <= limits.issues + 10, "{count} issues");
}
