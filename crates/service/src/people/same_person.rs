//! The user says who is who: two addresses are one person's, or not; and takes it back.

use inroad_model::{EmailAddress, Moment};

use crate::Result;
use crate::deeds::Done;
use crate::inroad::Inroad;

impl Inroad {
    /// Says that two addresses belong to one person, or that they do not. The latest word counts; who
    /// was one person with others and is told apart from one of them leaves them all.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] for one address twice.
    pub async fn decide_same_person(
        &self,
        a: &EmailAddress,
        b: &EmailAddress,
        same: bool,
        at: Moment,
    ) -> Result<Done<()>> {
        self.decide_same(a, b, same, at).await
    }

    /// Takes an address out of all that were said to be the same person's; those stay one person's.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] if it is said to be nobody else's.
    pub async fn split_person(&self, email: &EmailAddress, at: Moment) -> Result<Done<()>> {
        self.split(email, &format!("{email} is a person of its own"), at).await
    }
}
