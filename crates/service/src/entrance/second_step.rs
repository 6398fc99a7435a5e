//! The second step: a code that a device of theirs shows for half a minute (RFC 6238), or one of those that they
//! wrote down. Each code counts once.

use inroad_model::{EmailAddress, Moment};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use super::{Caller, internal, whose};
use crate::audit::Audited;
use crate::inroad::Inroad;
use crate::rights::Actor;
use crate::{Error, Result};

const SECRET_BYTES: usize = 20;
/// How many codes are there to write down.
const WRITTEN_DOWN: usize = 10;
/// Of these letters, which nobody takes for each other; 16 of them have 80 random bits.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzo";
const LETTERS_OF_A_CODE: usize = 16;
/// How devices show whose code it is.
const ISSUER: &str = "inroad";

/// What is kept of it.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// What the device knows, too, in base32.
    secret: String,
    /// The half minute of the last code that counted.
    last: u64,
    /// Hashes of the codes that they wrote down and did not show yet.
    written: Vec<String>,
}

/// What a device has to know, before it is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSecondStep {
    /// In base32, to be typed.
    pub secret: String,
    /// As an address that devices read from a picture.
    pub address: String,
}

impl std::fmt::Debug for NewSecondStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewSecondStep(…)")
    }
}

/// Whether somebody has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondStep {
    /// The password is enough.
    None,
    /// A code is asked for.
    On {
        /// How many of those that they wrote down are left.
        written_left: usize,
    },
}

impl Inroad {
    /// Whether somebody has a second step.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they have no login.
    pub async fn second_step(&self, actor: &Actor) -> Result<SecondStep> {
        let login = self.store.login_of(whose(actor)?).await?.ok_or_else(no_login)?;
        if login.second.is_empty() {
            return Ok(SecondStep::None);
        }
        let kept: Kept = serde_json::from_str(&login.second).map_err(internal)?;
        Ok(SecondStep::On { written_left: kept.written.len() })
    }

    /// What a device has to know; with a secret that was shown already, the same once more. Nothing is kept of it
    /// before [`Inroad::begin_second_step`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if they have no login; [`Error::Invalid`] for what is no secret.
    pub async fn new_second_step(
        &self,
        actor: &Actor,
        shown: Option<&str>,
    ) -> Result<NewSecondStep> {
        let login = self.store.login_of(whose(actor)?).await?.ok_or_else(no_login)?;
        let secret = if let Some(shown) = shown {
            Secret::try_from_base32(shown).map_err(|_odd| Error::Invalid {
                what: "The secret is not as it was shown".to_owned(),
            })?
        } else {
            let mut bytes = [0; SECRET_BYTES];
            getrandom::fill(&mut bytes).map_err(internal)?;
            Secret::new_stack(bytes)
        };
        let secret = secret.to_base32();
        let email = login.email.as_str().replace('@', "%40");
        let address = format!("otpauth://totp/{ISSUER}:{email}?secret={secret}&issuer={ISSUER}");
        Ok(NewSecondStep { secret, address })
    }

    /// From now on a code is asked for. `code` shows that the device knows the secret. Returns the codes to write
    /// down, which are shown this once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a wrong password; [`Error::Invalid`] for a wrong code; [`Error::Conflict`] where
    /// there is one already; [`Error::TooOften`].
    pub async fn begin_second_step(
        &self,
        actor: &Actor,
        password: &str,
        secret: &str,
        code: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<Vec<String>> {
        let login = self.proven(actor, password, caller, at).await?;
        let Some(last) = step_of(secret, code, at)? else {
            return Err(Error::Invalid {
                what: "That is not the code of this secret. Look whether the clock of the device is right"
                    .to_owned(),
            });
        };
        let codes = (0..WRITTEN_DOWN).map(|_| written_code()).collect::<Result<Vec<_>>>()?;
        let written = codes.iter().map(|code| hash_of_written(code)).collect();
        let kept = Kept { secret: secret.to_owned(), last, written };
        let kept = serde_json::to_string(&kept).map_err(internal)?;
        let is_new = login.second.is_empty();
        if !is_new || !self.store.set_second(login.whose.as_ref(), "", &kept).await? {
            return Err(Error::Conflict { what: "A code is asked for already".to_owned() });
        }
        self.audit(login.whose.as_ref(), caller, Audited::SecondStepOn, at).await?;
        Ok(codes)
    }

    /// From now on the password is enough.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a wrong password; [`Error::TooOften`].
    pub async fn end_second_step(
        &self,
        actor: &Actor,
        password: &str,
        caller: &Caller,
        at: Moment,
    ) -> Result<()> {
        let login = self.proven(actor, password, caller, at).await?;
        if !login.second.is_empty() {
            self.store.set_second(login.whose.as_ref(), &login.second, "").await?;
            self.audit(login.whose.as_ref(), caller, Audited::SecondStepOff, at).await?;
        }
        Ok(())
    }

    /// Whether it is a code of theirs that did not count yet; it does from now on.
    pub(super) async fn is_code_of(
        &self,
        whose: Option<&EmailAddress>,
        code: &str,
        at: Moment,
    ) -> Result<bool> {
        let Some(login) = self.store.login_of(whose).await? else { return Ok(false) };
        if login.second.is_empty() {
            return Ok(false);
        }
        let mut kept: Kept = serde_json::from_str(&login.second).map_err(internal)?;
        let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if let Some(step) = step_of(&kept.secret, &code, at)? {
            if step <= kept.last {
                return Ok(false);
            }
            kept.last = step;
        } else {
            let hash = hash_of_written(&code);
            let before = kept.written.len();
            kept.written.retain(|written| *written != hash);
            if kept.written.len() == before {
                return Ok(false);
            }
        }
        let now = serde_json::to_string(&kept).map_err(internal)?;
        Ok(self.store.set_second(whose, &login.second, &now).await?)
    }
}

/// The half minute whose code it is: this one, or one beside it.
fn step_of(secret: &str, code: &str, at: Moment) -> Result<Option<u64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = Secret::try_from_base32(secret)
        .map_err(|_odd| Error::Invalid { what: "The secret is not as it was shown".to_owned() })?;
    let totp: Totp = Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|_odd| Error::Invalid { what: "The secret is not as it was shown".to_owned() })?;
    let seconds = u64::try_from(at.timestamp().as_second()).unwrap_or_default();
    Ok(totp.check(&code, seconds))
}

fn written_code() -> Result<String> {
    let mut bytes = [0; LETTERS_OF_A_CODE];
    getrandom::fill(&mut bytes).map_err(internal)?;
    let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let mut code = String::new();
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    Ok(code)
}

fn hash_of_written(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    blake3::hash(letters.to_lowercase().as_bytes()).to_hex().to_string()
}

fn no_login() -> Error {
    Error::NotFound { what: "You have no login: on your own machine a link lets you in".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples of RFC 6238, and the last six digits of theirs.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from("12345678901234567890".as_bytes()).to_base32();
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            let at = Moment::utc(jiff::Timestamp::from_second(second).unwrap());
            let step = u64::try_from(second).unwrap() / 30;
            assert_eq!(step_of(&secret, code, at).unwrap(), Some(step), "{second}");
            let later = Moment::utc(jiff::Timestamp::from_second(second + 90).unwrap());
            assert_eq!(step_of(&secret, code, later).unwrap(), None, "{second}");
        }
        assert!(
            step_of("not base32!", "287082", Moment::utc(jiff::Timestamp::UNIX_EPOCH)).is_err()
        );
    }

    #[test]
    fn what_is_written_down_is_read_however_it_is_typed() {
        let code = written_code().unwrap();
        assert_eq!(code.len(), 19);
        assert_ne!(code, written_code().unwrap());
        let typed = code.to_uppercase().replace('-', "");
        assert_eq!(hash_of_written(&typed), hash_of_written(&code));
    }
}
