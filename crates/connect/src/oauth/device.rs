//! Signing in by a code that a person enters on another device (RFC 8628), for machines on which no
//! browser can come back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::answer::{ANSWER_BYTES_MAX, Reply};
use super::ask::{self, reply, secrets, send};
use super::{Authority, Client, Tokens};
use crate::net::Web;
use crate::{Error, Token, WebAddress, words};

/// How a code is given for tokens.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How often is asked where the server does not say.
const EVERY_S: u64 = 5;
/// What `slow_down` adds.
const SLOWER_S: u64 = 5;
/// No server asks to wait longer between two questions, nor to keep a code longer.
const EVERY_S_MAX: u64 = 60;
const LASTS_S_MAX: u64 = 3_600;
/// Longest code that a person is asked to type.
const CODE_CHARS_MAX: usize = 40;

/// A code for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What the person types.
    pub user_code: String,
    /// Where they type it.
    pub page: WebAddress,
    /// The same page with the code already in it, where the server gives one.
    pub page_with_code: Option<WebAddress>,
    /// How long it counts.
    pub lasts: Duration,
    every: Duration,
    device: Token,
}

/// What a caller says after a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Ask again.
    GoOn,
    /// The person wants no more of it.
    Stop,
}

#[derive(Deserialize)]
struct Raw {
    device_code: Option<String>,
    user_code: Option<String>,
    #[serde(alias = "verification_url")]
    verification_uri: Option<String>,
    verification_uri_complete: Option<String>,
    expires_in: Option<u64>,
    interval: Option<u64>,
    error: Option<String>,
}

impl Code {
    /// Asks for a code.
    ///
    /// # Errors
    /// [`Error::NoCodes`] where the provider gives none, and what the server refused.
    pub fn new(
        client: &Client,
        authority: &Authority,
        scopes: &[String],
        web: &dyn Web,
    ) -> Result<Self, Error> {
        let none = || Error::NoCodes { host: authority.token.host().to_owned() };
        let address = authority.device.as_ref().ok_or_else(none)?;
        let scope = scopes.join(" ");
        let fields = [("client_id", client.id()), ("scope", scope.as_str())];
        let answer = send(web, address, &fields)?;
        let unclear = |what| Error::Unclear { host: address.host().to_owned(), what };
        if answer.body.len() > ANSWER_BYTES_MAX {
            return Err(unclear("it is too large"));
        }
        let raw: Raw = serde_json::from_slice(&answer.body)
            .map_err(|_hidden| unclear("it is not the JSON that a request for a code asks for"))?;
        let device = raw.device_code.and_then(Token::new);
        if raw.error.is_some() {
            let Reply::Refused { code, words } = reply(address, &answer)? else {
                return Err(unclear("it holds a token where a code was asked for"));
            };
            return Err(ask::refused(address.host(), &code, &words.shown(&[])));
        }
        let page = |text: String| WebAddress::new(&text).ok();
        let user_code = raw.user_code.filter(|code| is_code(code));
        let (Some(device), Some(user_code)) = (device, user_code) else {
            return Err(unclear("it holds no code"));
        };
        let shown =
            raw.verification_uri.and_then(page).ok_or_else(|| unclear("it names no page"))?;
        // A page at another host than the one that is shown would not be the one that is looked at.
        let same = |page: &WebAddress| page.host() == shown.host();
        let page_with_code = raw.verification_uri_complete.and_then(page).filter(same);
        let lasts_s = raw.expires_in.unwrap_or(LASTS_S_MAX).min(LASTS_S_MAX);
        let every_s = raw.interval.unwrap_or(EVERY_S).clamp(1, EVERY_S_MAX);
        Ok(Self {
            user_code,
            page: shown,
            page_with_code,
            lasts: Duration::from_secs(lasts_s),
            every: Duration::from_secs(every_s),
            device,
        })
    }

    /// Asks, again and again, whether the person has said yes. Between two questions `pause` is
    /// called with how long to wait; `moment` tells the time.
    ///
    /// # Errors
    /// [`Error::Declined`], [`Error::TooLate`], [`Error::Stopped`], and what else the server
    /// refused. That it is busy or not reached ends nothing before the code does.
    pub fn wait(
        self,
        client: &Client,
        authority: &Authority,
        web: &dyn Web,
        moment: &dyn Fn() -> Timestamp,
        pause: &mut dyn FnMut(Duration) -> Wait,
    ) -> Result<Tokens, Error> {
        let too_late = || Error::TooLate { host: self.page.host().to_owned() };
        let until = moment().saturating_add(signed(self.lasts)).map_err(|_hidden| too_late())?;
        let mut fields = vec![("grant_type", GRANT), ("device_code", self.device.reveal())];
        fields.extend(client.fields());
        let mut every = self.every;
        let mut next = every;
        loop {
            if moment().saturating_add(signed(next)).map_err(|_hidden| too_late())? > until {
                return Err(too_late());
            }
            if pause(next) == Wait::Stop {
                return Err(Error::Stopped);
            }
            next = every;
            let asked = send(web, &authority.token, &fields)
                .and_then(|answer| reply(&authority.token, &answer));
            match asked {
                Ok(Reply::Granted(granted)) => return Ok(Tokens::of(granted, None, moment())),
                Ok(Reply::Refused { code, .. }) if code == "authorization_pending" => {}
                Ok(Reply::Refused { code, .. }) if code == "slow_down" => {
                    every = at_most(every + Duration::from_secs(SLOWER_S));
                    next = every;
                }
                Ok(Reply::Refused { code, words }) => {
                    let words = words.shown(&secrets(&fields));
                    match ask::refused(authority.token.host(), &code, &words) {
                        // The code is spent or unknown: there is no sign-in yet that could end.
                        Error::SignInAgain { .. } => return Err(too_late()),
                        busy if busy.may_pass() => every = at_most(every * 2),
                        other => return Err(other),
                    }
                    next = every;
                }
                Err(error) if error.may_pass() => {
                    every = at_most(every * 2);
                    next = error.wait().unwrap_or(every).max(every);
                }
                Err(error) => return Err(error),
            }
        }
    }
}

fn at_most(every: Duration) -> Duration {
    every.min(Duration::from_secs(EVERY_S_MAX))
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn is_code(code: &str) -> bool {
    !code.trim().is_empty()
        && code.chars().count() <= CODE_CHARS_MAX
        && !code.chars().any(words::turns_text)
}
