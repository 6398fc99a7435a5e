//! One deal or person looked at by themselves, before a backdrop that is kept while nothing changes.

use std::sync::Arc;

use inroad_advice::DealReview;
use inroad_model::{DealId, EmailAddress, Moment};

use super::Desk;
use crate::Result;
use crate::lessons::LessonOffer;
use crate::people::PersonPage;
use crate::review::Backdrop;

impl Desk {
    /// Reviews one deal as it was known at a moment; `None` if it was not open then.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; if the data file refuses.
    pub async fn look_at(&self, id: &DealId, as_of: Moment) -> Result<Option<DealReview>> {
        self.inroad.review_before(&*self.backdrop().await?, id, as_of).await
    }

    /// The short review of a deal that has ended, filled in with what is known.
    ///
    /// # Errors
    /// As [`crate::Inroad::lesson_offer`].
    pub async fn lesson_offer(&self, name: &str) -> Result<LessonOffer> {
        let backdrop = self.backdrop().await?;
        self.inroad.lesson_offer_before(&backdrop, name, self.now()).await
    }

    /// One person as a page shows them now.
    ///
    /// # Errors
    /// As [`crate::Inroad::person_page`].
    pub async fn person(&self, email: &EmailAddress) -> Result<PersonPage> {
        let register = self.register().await?;
        let backdrop = self.backdrop().await?;
        self.inroad.person_before(&backdrop, email, &register, self.now()).await
    }

    async fn backdrop(&self) -> Result<Arc<Backdrop>> {
        let version = self.inroad.store.file_state().await?;
        let mut held = self.backdrop.lock().await;
        if let Some((of, backdrop)) = held.as_ref()
            && version.is_some()
            && *of == version
        {
            return Ok(Arc::clone(backdrop));
        }
        let backdrop = Arc::new(self.inroad.backdrop().await?);
        *held = Some((version, Arc::clone(&backdrop)));
        Ok(backdrop)
    }
}
