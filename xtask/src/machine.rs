//! What a measurement ran on, in words, so that figures of two machines are not compared by
//! mistake.

use crate::command;

/// Cores, processor, memory, system and compiler, as far as they are known.
pub(crate) fn described() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut parts = vec![format!("{cores} cores")];
    let processor = field("/proc/cpuinfo", "model name");
    parts.extend(processor.map(|name| format!("of {name}")));
    let memory = field("/proc/meminfo", "MemTotal").and_then(|text| gib(&text));
    parts.extend(memory.map(|gib| format!("{gib} GiB of memory")));
    parts.push(std::env::consts::OS.to_owned());
    parts.extend(command::answer("rustc", &["--version"]));
    parts.join(", ").replace(" cores, of ", " cores of ")
}

/// The value of the first line `name : value` in a file of the system.
pub(crate) fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim().to_owned())
    })
}

/// `24576000 kB` in whole GiB.
fn gib(text: &str) -> Option<u64> {
    Some((kilobytes(text)? + (1 << 19)) >> 20)
}

/// The number of `24576000 kB`.
pub(crate) fn kilobytes(text: &str) -> Option<u64> {
    text.strip_suffix(" kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory() {
        assert_eq!(gib("24576000 kB"), Some(23));
        assert_eq!(kilobytes("  12 kB"), Some(12));
        assert_eq!(kilobytes("12"), None);
    }
}
