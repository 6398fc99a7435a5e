//! What was read of the data file lately, in memory for as long as nobody writes anything, in this process or
//! another.

use std::sync::{Arc, Mutex, PoisonError};

use crate::change::FileState;
use crate::{Result, Store};

/// The last thing that was read, and of which state of the file.
#[derive(Debug)]
pub(crate) struct Remembered<T: ?Sized>(Mutex<Option<(FileState, Arc<T>)>>);

impl<T: ?Sized> Default for Remembered<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: ?Sized> Remembered<T> {
    /// The last one if nothing was written since, else what is read now.
    pub(crate) async fn or_read(
        &self,
        store: &Store,
        read: impl Future<Output = Result<Arc<T>>>,
    ) -> Result<Arc<T>> {
        // Before it is read: what is written meanwhile makes it old.
        let state = store.file_state().await?;
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, last)) = kept().as_ref()
            && state == Some(*of)
        {
            return Ok(Arc::clone(last));
        }
        let read = read.await?;
        *kept() = state.map(|state| (state, Arc::clone(&read)));
        Ok(read)
    }
}
