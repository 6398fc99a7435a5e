//! Passwords: which ones are taken, and how one is compared with what is kept of it.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::internal;
use crate::{Error, Result};

/// A password that stands alone has so many characters at least (NIST SP 800-63B-4, 3.1.1.2).
pub const PASSWORD_CHARS_MIN: usize = 15;
const BYTES_MAX: usize = 1024;
/// One character over and over is no password.
const DIFFERENT_MIN: usize = 5;

/// Each comparison takes 19 MB and a processor for a while, also of those who no longer wait for its end.
static AT_ONCE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));
/// Longer than that nobody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Refuses a password that is easily guessed, by somebody who knows `about` whom it is.
///
/// # Errors
/// [`Error::Invalid`], saying what it lacks.
pub(super) fn judge(password: &str, about: &[&str]) -> Result<()> {
    let invalid = |what: String| Err(Error::Invalid { what });
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return invalid(format!(
            "A password has {PASSWORD_CHARS_MIN} characters at least; four or five words that do not \
             belong together are easy to remember"
        ));
    }
    if password.len() > BYTES_MAX {
        return invalid(format!("A password has {BYTES_MAX} bytes at most"));
    }
    let lower = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    // What is left once all is taken out that anybody would try first.
    let rest = about
        .iter()
        .filter(|word| word.chars().count() > 2)
        .fold(lower.replace("password", ""), |rest, word| rest.replace(&word.to_lowercase(), ""));
    if different.len() < DIFFERENT_MIN || rest.chars().count() < PASSWORD_CHARS_MIN / 2 {
        return invalid(
            "That password is easily guessed; take words that nobody expects".to_owned(),
        );
    }
    Ok(())
}

/// What is kept of a password: Argon2id with a salt of its own, in the PHC format.
pub(super) async fn hash(password: String) -> Result<String> {
    apart(move || {
        let hash: PasswordHash =
            Argon2::default().hash_password(password.as_bytes()).map_err(internal)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether it is the password of which that is kept. Where nothing is, it takes as long to say no.
pub(super) async fn is_right(password: String, kept: Option<String>) -> Result<bool> {
    if password.len() > BYTES_MAX {
        return Ok(false);
    }
    apart(move || {
        let kept = kept.filter(|kept| !kept.is_empty());
        let is_there = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODYS.to_owned());
        let right = Argon2::default().verify_password(password.as_bytes(), kept.as_str()).is_ok();
        Ok(right && is_there)
    })
    .await
}

/// Made as every other one, of a text that is nobody's password.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$aW5yb2FkaW5yb2FkaW5yb2Fk$5fQHrHK3uM0ADR9tYFvFJmCFIQ6mGL9xxY9tHRdtZyY";

async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let turn = tokio::time::timeout(PATIENCE, Arc::clone(&AT_ONCE).acquire_owned()).await;
    let Ok(turn) = turn else {
        return Err(Error::TooOften { seconds: PATIENCE.as_secs() });
    };
    let turn = turn.map_err(internal)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.map_err(internal)?
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let about = ["mia@brandt-advice.example", "Mia Brandt"];
        for (password, expected) in [
            ("correct horse battery", true),
            ("vier Wörter, die niemand errät", true),
            ("short", false),
            ("fourteen chars", false),
            ("aaaaaaaaaaaaaaaaaaaa", false),
            ("Mia@brandt-advice.example1", false),
            ("passwordpassword12", false),
        ] {
            assert_eq!(judge(password, &about).is_ok(), expected, "{password}");
        }
        assert!(judge(&"ab cd ef ".repeat(200), &[]).is_err());
    }

    #[tokio::test]
    async fn only_the_very_password_is_right() {
        let kept = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash("correct horse battery".to_owned()).await.unwrap(), "its own salt");
        assert!(is_right("correct horse battery".to_owned(), Some(kept.clone())).await.unwrap());
        for wrong in ["correct horse batterz", "", "Correct horse battery"] {
            assert!(!is_right(wrong.to_owned(), Some(kept.clone())).await.unwrap(), "{wrong}");
        }
        assert!(!is_right(String::new(), Some(String::new())).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_is_told_by_time_who_has_a_login() {
        // The comparison is really made: it is the very work, and no early answer.
        let before = Instant::now();
        assert!(!is_right("correct horse battery".to_owned(), None).await.unwrap());
        assert!(before.elapsed().as_millis() >= 1);
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }
}
