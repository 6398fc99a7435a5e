//! What other programs ask to be done under a key of theirs: asked for twice, it is done once.

use inroad_model::Moment;
use inroad_store::{ApiAnswer, ApiRequest};

use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

impl Inroad {
    /// Notes that somebody asks for something under a key, unless that is known already. `fingerprint` tells
    /// one request from another.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for nobody, who has no keys.
    pub async fn begin_request(
        &self,
        actor: &Actor,
        key: &str,
        fingerprint: &[u8],
        at: Moment,
    ) -> Result<ApiRequest> {
        if *actor == Actor::nobody() {
            return Err(Error::Forbidden { what: "Say first who you are".to_owned() });
        }
        Ok(self.store.begin_api_request(actor.signs(), key, fingerprint, at).await?)
    }

    /// Keeps what was answered to what was begun at a moment, or, where nothing was done, lets the key be used again.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn end_request(
        &self,
        actor: &Actor,
        key: &str,
        begun: Moment,
        answer: Option<&ApiAnswer>,
    ) -> Result<()> {
        match answer {
            Some(answer) => {
                self.store.answer_api_request(actor.signs(), key, begun, answer).await?;
            }
            None => self.store.forget_api_request(actor.signs(), key, begun).await?,
        }
        Ok(())
    }

    /// Forgets what was asked a day ago.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn forget_old_requests(&self, at: Moment) -> Result<()> {
        Ok(self.store.forget_old_api_requests(at).await?)
    }
}
