//! Signing in, and agreeing on extensions.

use imap_codec::imap_types::auth::AuthMechanism;
use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::Vec1;
use imap_codec::imap_types::extensions::enable::CapabilityEnable;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Session, Stage};
use crate::refusal::refusal;
use crate::sasl::{self, Way};
use crate::wire::answer::{Answer, Outcome, Words};
use crate::{Capabilities, Credentials, Error, Kind, Step};

/// A server may ask so often for more.
const ROUNDS_MAX: usize = 4;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Signs in by the best way that the server offers, and agrees on what makes following a folder
    /// cheap (CONDSTORE, QRESYNC) and names readable (UTF-8).
    ///
    /// # Errors
    ///
    /// [`Kind::Password`] for a wrong name or password, [`Kind::TokenExpired`] where a fresh token
    /// may do, [`Kind::TokenRefused`] where none will, [`Kind::NoWayToSignIn`].
    pub async fn sign_in(&mut self, credentials: &Credentials) -> Result<(), Error> {
        // A server that knows us already, over a connection that is its own proof.
        if !self.is_signed_in() {
            self.ask_offer().await?;
            let way = sasl::way(&self.offered, credentials)?;
            self.is_offered_fresh = false;
            let done = match way {
                Way::Login => self.log_in(credentials).await,
                _ => self.authenticate(way, credentials).await,
            };
            done.map_err(|error| error.without(credentials.secret().expose()))?;
            self.stage = Stage::SignedIn;
            // What is offered to anybody need not be what is offered to us.
            if !self.is_offered_fresh {
                self.offered = Capabilities::default();
            }
        }
        self.ask_offer().await?;
        self.enable().await
    }

    async fn log_in(&mut self, credentials: &Credentials) -> Result<(), Error> {
        let (user, secret) = (credentials.user(), credentials.secret().expose());
        let body = CommandBody::login(user.to_owned(), secret.to_owned())
            .map_err(|_why| Error::new(Kind::CannotSend, Step::SignIn))?;
        let patience = self.patience(Step::SignIn);
        self.run(body, &patience, |_| Ok(())).await.map(|_words| ())
    }

    async fn authenticate(&mut self, way: Way, credentials: &Credentials) -> Result<(), Error> {
        let patience = self.patience(Step::SignIn);
        let words = sasl::first_words(way, credentials)
            .ok_or_else(|| Error::new(Kind::CannotSend, Step::SignIn))?;
        let mechanism = match way {
            Way::OAuthBearer => AuthMechanism::OAuthBearer,
            Way::XOAuth2 => AuthMechanism::XOAuth2,
            Way::Plain | Way::Login => AuthMechanism::Plain,
        };
        self.begin(&patience).await?;
        let mut to_say = None;
        let body = if self.offered.has("SASL-IR") {
            CommandBody::authenticate_with_ir(mechanism, words)
        } else {
            to_say = Some(words);
            CommandBody::authenticate(mechanism)
        };
        let tag = self.send(body);
        let mut explained = None;
        let mut rounds = 0;
        loop {
            match self.hear(&patience).await? {
                Answer::GoOn(explanation) => {
                    rounds += 1;
                    let is_first = to_say.is_some();
                    let say = to_say.take().or_else(|| sasl::last_words(way).map(<[u8]>::to_vec));
                    if !is_first {
                        explained = Some(sasl::says_expired(&explanation));
                    }
                    if rounds > ROUNDS_MAX || !self.conversation.say(say) {
                        return Err(self.broken(Kind::Protocol, Step::SignIn));
                    }
                }
                Answer::Done(done, outcome, words) if done == tag => {
                    if outcome == Outcome::Ok {
                        return Ok(());
                    }
                    self.stage = Stage::Over;
                    return Err(refused(way, outcome, &words, explained));
                }
                _ => {}
            }
        }
    }

    /// Agrees on what is offered. A server that refuses is followed without.
    async fn enable(&mut self) -> Result<(), Error> {
        if !self.offered.has("ENABLE") {
            return Ok(());
        }
        // QRESYNC holds CONDSTORE.
        let state = ["QRESYNC", "CONDSTORE"].into_iter().find(|name| self.offered.has(name));
        let utf8 = Some("UTF8=ACCEPT").filter(|name| self.offered.has(name));
        let wanted =
            state.into_iter().chain(utf8).filter_map(|name| CapabilityEnable::try_from(name).ok());
        let Ok(capabilities) = Vec1::try_from(wanted.collect::<Vec<_>>()) else { return Ok(()) };
        let patience = self.patience(Step::Enable);
        let mut enabled = Capabilities::default();
        let done = self
            .run(CommandBody::Enable { capabilities }, &patience, |answer| {
                if let Answer::Enabled(names) = answer {
                    enabled = names;
                }
                Ok(())
            })
            .await;
        match done {
            Ok(_words) => self.enabled = enabled,
            Err(error) if error.kind.leaves_session() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// What a refused token means: a server that explains itself is believed, and one that does not may
/// mean that the token ran out.
fn refused(way: Way, outcome: Outcome, words: &Words, explained: Option<bool>) -> Error {
    let mut error = refusal(Step::SignIn, outcome, words);
    if way != Way::Plain && error.kind == Kind::Password {
        let is_expired =
            explained.unwrap_or(true) || words.code.as_ref().is_some_and(|code| code.is("EXPIRED"));
        error.kind = if is_expired { Kind::TokenExpired } else { Kind::TokenRefused };
    }
    error
}
