//! Before the first call: whom one can help best, how well a firm fits, what is assumed of it and
//! what is known, and what to ask when the telephone is picked up.
//!
//! Everything is a pure function of what is [`held`] to be so about a firm. What is not known stays
//! unknown: it lowers how sure a fit is, never the fit.
//!
//! Must not: read a clock, a file or a database, or judge anybody by what is not known of them.

mod call_sheet;
mod fit;
mod form;
mod held;
mod ideal_check;
mod ideal_file;
mod learned;

pub use call_sheet::{CallSheet, ToAsk, call_sheet};
pub use fit::{Fit, Judged, Verdict, fit, typed_number};
pub use form::{Form, FormRow, OpenQuestion, form};
pub use held::{Held, held};
pub use ideal_check::check_ideal;
pub use ideal_file::{InvalidIdealFile, TypedQualifier, read_ideal_file, write_ideal_file};
pub use learned::{ClosedDeal, DEALS_MIN, Taught, learned, once_each};
