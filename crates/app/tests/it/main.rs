//! The program as a whole, run as a user runs it.

#[cfg(test)]
mod kill;
