//! Practice for a voicemail: said aloud, heard again, timed. What is recorded never leaves the page.

use maud::{Markup, html};

/// The recorder; it is there with a script only.
pub(super) fn recorder() -> Markup {
    html! {
        section.recorder aria-labelledby="practice" data-recorder data-with-script hidden {
            h2 id="practice" { "Say it once" }
            p.quiet { "Recorded in this page, and gone with it: nothing leaves this machine." }
            p.acts {
                button type="button" data-record { "Record" }
                button type="button" data-stop disabled { "Stop" }
            }
            p role="status" data-took {}
            audio controls hidden aria-label="What you said" {}
        }
    }
}
