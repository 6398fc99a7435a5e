//! The review as a whole: states, advice and promises, on small stories.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on should stop; situations lie in files"
)]

mod causes;
mod holidays;
mod lasting;
mod lessons;
mod maps;
mod overruled;
mod parts;
mod politics;
mod promises;
mod rhythm;
mod second;
mod situations;
mod states;
mod story;
#[cfg(test)]
mod structure;
mod touch_case;
mod touch_plans;
mod touch_promises;
mod turn;
mod winning;
