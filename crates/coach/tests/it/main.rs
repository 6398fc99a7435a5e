//! What the coach tells, as a whole.

mod call;
