//! Whoever tries too often in vain waits: by the name under which they try, and by the machine they try from.

use inroad_model::Moment;
use jiff::SignedDuration;

use super::Caller;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// For so long what was tried in vain counts.
const COUNTS_FOR: SignedDuration = SignedDuration::from_mins(15);
/// Under one name.
const UNDER_A_NAME_MAX: u32 = 10;
/// From one machine, behind which a whole office may sit.
const FROM_A_MACHINE_MAX: u32 = 50;

/// Who tries.
pub(super) struct Tries {
    name: String,
    machine: String,
}

impl Tries {
    /// Under a name, which may be anything that was typed: only its hash is kept.
    pub(super) fn under(name: &str, caller: &Caller) -> Self {
        let of = |kind: &str, text: &str| {
            let hash = blake3::hash(text.as_bytes()).to_hex();
            format!("{kind} {}", hash.chars().take(32).collect::<String>())
        };
        Self { name: of("name", name), machine: of("machine", &caller.from) }
    }
}

impl Inroad {
    /// Refuses whoever has to wait.
    ///
    /// # Errors
    /// [`Error::TooOften`].
    pub(super) async fn may_try(&self, tries: &Tries, at: Moment) -> Result<()> {
        for (bucket, max) in [(&tries.name, UNDER_A_NAME_MAX), (&tries.machine, FROM_A_MACHINE_MAX)]
        {
            let Some(attempts) = self.store.attempts(bucket).await? else { continue };
            let over = attempts.since.timestamp() + COUNTS_FOR;
            if attempts.failures >= max && at.timestamp() < over {
                let seconds = over.duration_since(at.timestamp()).as_secs().unsigned_abs().max(1);
                return Err(Error::TooOften { seconds });
            }
        }
        Ok(())
    }

    /// Counts what was tried in vain. Returns whether whoever tries has to wait from now on.
    pub(super) async fn tried_in_vain(&self, tries: &Tries, at: Moment) -> Result<bool> {
        let oldest = Moment::utc(at.timestamp() - COUNTS_FOR);
        let name = self.store.failed_attempt(&tries.name, at, oldest).await?;
        let machine = self.store.failed_attempt(&tries.machine, at, oldest).await?;
        Ok(name == UNDER_A_NAME_MAX || machine == FROM_A_MACHINE_MAX)
    }

    /// Whoever came in may be wrong as often again. What came from their machine still counts: others may sit
    /// there.
    pub(super) async fn tried_well(&self, tries: &Tries) -> Result<()> {
        Ok(self.store.forget_attempts(&tries.name).await?)
    }
}
