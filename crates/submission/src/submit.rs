//! Handing one letter to the server: the only function of this program that sends anything to anybody.

use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use crate::dialogue::Dialogue;
use crate::wire::Duplex;
use crate::{
    Credentials, Endpoint, Envelope, Leave, Outcome, Refusal, Security, Step, Why, connect, content,
};

/// Hands a letter over, once, and says what became of it.
///
/// The leave is the proof that a person let these very bytes go to these very people; with another one
/// nobody is asked. All recipients are accepted, or the letter goes to none of them.
///
/// Keep the Message-ID and that you are about to send before the call, and let it run to its end: if the
/// process ends in between, or the future is dropped, the outcome is [`Outcome::Unknown`]. It has
/// time-outs of its own ([`crate::Patience`]).
///
/// Without credentials nobody signs in, which suits a program on this machine that takes mail further.
pub async fn submit(
    leave: Leave,
    endpoint: &Endpoint,
    credentials: Option<&Credentials>,
    envelope: &Envelope,
    message: &[u8],
) -> Outcome {
    let before = |why| Outcome::Refused(Refusal { at: Step::Before, why });
    if !leave.covers(envelope, message) {
        return before(Why::NotThatText);
    }
    if let Some(what) = content::unfit(message) {
        return before(Why::Unfit(what.to_owned()));
    }
    let errand = Errand { endpoint, credentials, envelope, message };
    let begun = match endpoint.security() {
        Security::Plain => match connect::reach(endpoint).await {
            Ok(stream) => return errand.run_over(stream).await,
            Err(refusal) => Err(refusal),
        },
        Security::Tls => encrypted_at_once(endpoint).await,
        Security::StartTls => encrypted_midway(endpoint).await,
    };
    match begun {
        Ok(dialogue) => errand.run(dialogue).await,
        Err(refusal) => Outcome::Refused(refusal),
    }
}

/// Whether letters could be handed over so: reaches the server, signs in, and leaves. No letter is named
/// to it, so that nothing is sent whatever it answers.
///
/// # Errors
/// [`Refusal`] with the step that did not go well.
pub async fn try_account(endpoint: &Endpoint, credentials: &Credentials) -> Result<(), Refusal> {
    match endpoint.security() {
        Security::Plain => {
            let stream = connect::reach(endpoint).await?;
            let dialogue = Dialogue::greeted(stream, endpoint.patience()).await?;
            signed_in_and_left(dialogue, endpoint, credentials).await
        }
        Security::Tls => {
            signed_in_and_left(encrypted_at_once(endpoint).await?, endpoint, credentials).await
        }
        Security::StartTls => {
            signed_in_and_left(encrypted_midway(endpoint).await?, endpoint, credentials).await
        }
    }
}

async fn signed_in_and_left<S: Duplex>(
    mut dialogue: Dialogue<S>,
    endpoint: &Endpoint,
    credentials: &Credentials,
) -> Result<(), Refusal> {
    dialogue.hello().await?;
    let signed_in = dialogue.sign_in(credentials, endpoint).await;
    dialogue.goodbye().await;
    signed_in
}

async fn encrypted_at_once(endpoint: &Endpoint) -> Result<Dialogue<TlsStream<TcpStream>>, Refusal> {
    let stream = connect::reach(endpoint).await?;
    let stream = connect::encrypt(stream, endpoint).await?;
    Dialogue::greeted(stream, endpoint.patience()).await
}

async fn encrypted_midway(endpoint: &Endpoint) -> Result<Dialogue<TlsStream<TcpStream>>, Refusal> {
    let stream = connect::reach(endpoint).await?;
    let mut dialogue = Dialogue::greeted(stream, endpoint.patience()).await?;
    dialogue.hello().await?;
    let stream = dialogue.start_tls().await?;
    let stream = connect::encrypt(stream, endpoint).await?;
    Ok(Dialogue::begun(stream, endpoint.patience()))
}

/// All that one sending takes.
#[derive(Clone, Copy)]
struct Errand<'a> {
    endpoint: &'a Endpoint,
    credentials: Option<&'a Credentials>,
    envelope: &'a Envelope,
    message: &'a [u8],
}

impl Errand<'_> {
    async fn run_over<S: Duplex>(self, stream: S) -> Outcome {
        match Dialogue::greeted(stream, self.endpoint.patience()).await {
            Ok(dialogue) => self.run(dialogue).await,
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    async fn run<S: Duplex>(self, mut dialogue: Dialogue<S>) -> Outcome {
        if let Err(refusal) = self.prepare(&mut dialogue).await {
            match refusal.why {
                // Where content was begun, a goodbye would become a part of it.
                _ if refusal.at >= Step::Content => dialogue.hang_up().await,
                Why::Broken(_) => dialogue.hang_up().await,
                _ => dialogue.goodbye().await,
            }
            return Outcome::Refused(refusal);
        }
        let answer = match dialogue.end().await {
            Ok(answer) => answer,
            Err(broken) => {
                let because = dialogue.words_of(&broken);
                dialogue.hang_up().await;
                return Outcome::Unknown { because };
            }
        };
        let said = dialogue.said(&answer);
        dialogue.goodbye().await;
        if answer.is_yes() {
            Outcome::Accepted { words: said.words }
        } else if answer.is_no() {
            Outcome::Refused(Refusal { at: Step::End, why: Why::Said(said) })
        } else {
            Outcome::Unknown { because: format!("The server said neither yes nor no: {said}") }
        }
    }

    /// Everything up to the end of the letter, which is not sent here.
    async fn prepare<S: Duplex>(self, dialogue: &mut Dialogue<S>) -> Result<(), Refusal> {
        dialogue.hello().await?;
        if let Some(credentials) = self.credentials {
            dialogue.sign_in(credentials, self.endpoint).await?;
        }
        dialogue.address(self.envelope, self.message).await?;
        dialogue.hand_over(self.message).await
    }
}
