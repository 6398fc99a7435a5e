//! Rules: data in `playbook/coach`, read, tested by their own examples, and held against a draft.

mod check;
mod example;
mod own;
pub mod pack;
pub mod rule;

pub use pack::{Pack, PackError};
