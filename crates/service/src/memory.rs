//! The memory of a program that runs for days.

use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::sleep;

/// Gives back to the system what was needed for a review or a reading of mail and is free by now, every so
/// often, for as long as it is polled.
pub async fn give_memory_back(every: Duration) -> std::convert::Infallible {
    loop {
        sleep(every).await;
        // Where nothing is free, or the allocator keeps nothing back, there is nothing to do.
        let _gave = spawn_blocking(inroad_heap::give_back).await;
    }
}
