//! Reads what `cargo test -- --show-output` and `node --test` print: counts, hides what passing tests
//! say, and keeps their SKIPPED lines.

use std::collections::BTreeSet;

/// What was read so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    skipped: BTreeSet<String>,
    skipping_tests: BTreeSet<(u64, String)>,
    /// Walks that skipped; node counts them apart.
    walks_skipped: u64,
    /// Which test program speaks.
    program: u64,
    hiding: bool,
    test: String,
}

impl Tally {
    /// Takes the next line; says whether it is worth showing.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        if let Some(told) = line.strip_prefix("ℹ ") {
            return self.take_count_of_node(told);
        }
        if let Some(skipped) = line.trim_start().strip_prefix("﹣ ") {
            let (name, why) = skipped.split_once(" # ").unwrap_or((skipped, "no reason"));
            let name = name.rsplit_once(" (").map_or(name, |(name, _time)| name);
            self.skipped.insert(format!("SKIPPED: {name}: {why}"));
            return false;
        }
        if line.starts_with("SKIPPED") && !self.hiding {
            self.skipped.insert(line.to_owned());
            return false;
        }
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.hiding = false;
            self.program += 1;
            self.passed += count_before(counts, " passed");
            self.failed += count_before(counts, " failed");
            return true;
        }
        if line == "successes:" {
            self.hiding = true;
        } else if line == "failures:" {
            self.hiding = false;
        } else if self.hiding {
            if let Some(name) =
                line.strip_prefix("---- ").and_then(|l| l.strip_suffix(" stdout ----"))
            {
                name.clone_into(&mut self.test);
            } else if line.starts_with("SKIPPED") {
                self.skipped.insert(line.to_owned());
                self.skipping_tests.insert((self.program, self.test.clone()));
            }
        }
        // A test that passes needs no line of its own among a thousand.
        let passed = line.starts_with("test ") && line.ends_with(" ... ok");
        !self.hiding && !passed
    }

    /// The summary of node's test runner, a count a line; anything else is a remark worth showing.
    fn take_count_of_node(&mut self, told: &str) -> bool {
        let Some((what, count)) = told.split_once(' ') else { return true };
        let Ok(count) = count.parse::<u64>() else { return what != "duration_ms" };
        match what {
            "pass" => self.passed += count,
            // One that took too long was neither passed nor failed for node.
            "fail" | "cancelled" => self.failed += count,
            "skipped" => self.walks_skipped += count,
            "tests" | "suites" | "todo" => {}
            _ => return true,
        }
        false
    }

    /// Tests that failed.
    pub(crate) fn failed(&self) -> u64 {
        self.failed
    }

    /// Tests that passed and skipped nothing.
    pub(crate) fn passed(&self) -> u64 {
        self.passed.saturating_sub(self.skipping_tests.len() as u64)
    }

    /// What tests said that they skipped, each once.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = &str> {
        self.skipped.iter().map(String::as_str)
    }

    /// The line that stands last.
    pub(crate) fn closing_line(&self) -> String {
        let skipped = match self.skipping_tests.len() as u64 + self.walks_skipped {
            0 => String::new(),
            n => format!(", {n} skipped"),
        };
        format!("{} passed, {} failed{skipped}", self.passed(), self.failed)
    }
}

/// The number in front of a word: 12 of `ok. 12 passed; 0 failed`.
fn count_before(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else { return 0 };
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, shown: &[&str], closing: &str) {
        let mut tally = Tally::default();
        let kept: Vec<&str> = output.lines().filter(|line| tally.take(line)).collect();
        assert_eq!(kept, shown);
        assert_eq!(tally.closing_line(), closing);
    }

    #[test]
    fn counts_and_hides() {
        check(
            "running 3 tests\ntest a ... ok\ntest b ... ok\ntest c ... FAILED\nsuccesses:\n\
             ---- a stdout ----\nsome figures\nSKIPPED: no corpus\nSKIPPED: no other corpus\n\
             successes:\n    a\n    b\nfailures:\n---- c stdout ----\nboom\nfailures:\n    c\n\
             test result: FAILED. 2 passed; 1 failed; 0 ignored\n\
             test a ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored",
            &[
                "running 3 tests",
                "test c ... FAILED",
                "failures:",
                "---- c stdout ----",
                "boom",
                "failures:",
                "    c",
                "test result: FAILED. 2 passed; 1 failed; 0 ignored",
                "test result: ok. 1 passed; 0 failed; 0 ignored",
            ],
            "2 passed, 1 failed, 1 skipped",
        );
        check("", &[], "0 passed, 0 failed");
    }

    #[test]
    fn counts_walks() {
        check(
            "✔ one (1.5ms)\n﹣ two (0.1ms) # there is no search\n✖ three (2ms)\nℹ see this picture\n\
             ℹ tests 4\nℹ pass 1\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ duration_ms 12.5",
            &["✔ one (1.5ms)", "✖ three (2ms)", "ℹ see this picture"],
            "1 passed, 2 failed, 1 skipped",
        );
        let mut tally = Tally::default();
        assert!(!tally.take("SKIPPED: walks: node is missing"));
        assert_eq!(tally.skipped().collect::<Vec<_>>(), ["SKIPPED: walks: node is missing"]);
    }
}
