//! How the program is put together.

use std::process::Command;

/// Loaders of glibc from this version on read packed places.
const GLIBC_MIN: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let found = |name: &str| std::env::var(name).unwrap_or_default();
    let is_at_home = found("HOST") == found("TARGET");
    let is_gnu = found("CARGO_CFG_TARGET_OS") == "linux" && found("CARGO_CFG_TARGET_ENV") == "gnu";
    // The places in the program that are only known once it is loaded take 3 MB of memory in each run when each is
    // listed by itself; packed they take next to none. A program that is put together on an older system has to
    // start there.
    if is_at_home && is_gnu && glibc().is_some_and(|version| version >= GLIBC_MIN) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of glibc on this machine.
fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
