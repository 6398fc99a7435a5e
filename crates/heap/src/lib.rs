//! Memory that the program no longer needs, given back to the system.
//!
//! The allocator of the GNU C library keeps whatever was freed below something that is still held. A program
//! that runs for days and works hard for a few seconds at a time, as a review of all deals or a reading of
//! mail does, so holds what its hardest work took, and a little more each time.
//!
//! Must not: know what memory was needed for, or hold any. It is the one crate with `unsafe` code, and that is
//! one call.

/// Asks the allocator to give back what is free, anywhere in it. Tells whether it gave back anything;
/// `false` where the allocator is another than the GNU C library's.
///
/// It takes a millisecond for each few hundred megabytes that are held, more where much is free, and others
/// who want memory meanwhile may wait: call it after work, from a thread that may block.
#[must_use = "an allocator with nothing to give says so"]
pub fn give_back() -> bool {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "no safe function asks the allocator for it")]
    {
        // SAFETY: `malloc_trim` takes no pointer, and takes the allocator's own locks as every allocation does.
        unsafe { libc::malloc_trim(0) == 1 }
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    false
}
