//! The conversation with a server, up to the end of the letter. RFC 5321 and RFC 6409.
//!
//! Everything here ends in a [`Refusal`], since the end of the letter was not yet sent. What comes after
//! is [`submit`](crate::submit()) alone.

use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::content;
use crate::credentials::Credentials;
use crate::offers::Offers;
use crate::outcome::{RefusedRecipient, Said};
use crate::sign_in;
use crate::wire::{Broken, Duplex, Wire};
use crate::{Endpoint, Envelope, Patience, Refusal, Step, Why};

/// How we call ourselves: the machine's own name and address are nobody's business.
const HELLO: &[u8] = b"EHLO [127.0.0.1]\r\n";

/// A conversation under way.
pub(crate) struct Dialogue<S> {
    wire: Wire<S>,
    offers: Offers,
    patience: Patience,
    /// What no words of the server are shown with.
    hidden: Vec<Zeroizing<String>>,
}

impl<S: Duplex> Dialogue<S> {
    /// Begins over a stream, and hears the server's greeting.
    pub(crate) async fn greeted(stream: S, patience: Patience) -> Result<Self, Refusal> {
        let mut dialogue = Self::begun(stream, patience);
        let greeting = dialogue.hear(Step::Greeting).await?;
        dialogue.expect(&greeting, 220, Step::Greeting)?;
        Ok(dialogue)
    }

    /// Begins over a stream that was encrypted midway: nothing that was said before counts.
    pub(crate) fn begun(stream: S, patience: Patience) -> Self {
        Self { wire: Wire::new(stream), offers: Offers::default(), patience, hidden: Vec::new() }
    }

    /// Says hello and learns what the server offers.
    pub(crate) async fn hello(&mut self) -> Result<(), Refusal> {
        let answer = self.ask(HELLO, Step::Greeting).await?;
        self.expect(&answer, 250, Step::Greeting)?;
        self.offers = Offers::of(&answer);
        Ok(())
    }

    /// Asks for encryption; gives the stream, on which the server waits for it.
    pub(crate) async fn start_tls(mut self) -> Result<S, Refusal> {
        let refused = |what: String| Refusal { at: Step::Encryption, why: Why::NotPrivate(what) };
        if !self.offers.start_tls {
            return Err(refused("The server offers no encryption by STARTTLS".to_owned()));
        }
        let answer = self.ask(b"STARTTLS\r\n", Step::Encryption).await?;
        if answer.code != 220 {
            let said = self.said(&answer);
            return Err(refused(format!("The server does not begin the encryption: {said}")));
        }
        self.wire.into_quiet_stream().await.map_err(|broken| refused(broken.words(&[])))
    }

    /// Signs in.
    pub(crate) async fn sign_in(
        &mut self,
        credentials: &Credentials,
        endpoint: &Endpoint,
    ) -> Result<(), Refusal> {
        let way = sign_in::way(credentials, &self.offers, endpoint.host(), endpoint.port())
            .ok_or(Refusal { at: Step::SignIn, why: Why::NoWayToSignIn })?;
        self.hidden = sign_in::hidden(credentials, &way);
        let mut answer = self.ask(way.first.as_bytes(), Step::SignIn).await?;
        for line in &way.then {
            if answer.code != 334 {
                break;
            }
            answer = self.ask(line.as_bytes(), Step::SignIn).await?;
        }
        self.expect(&answer, 235, Step::SignIn)
    }

    /// Names sender and recipients. If one of them is refused, all are asked about, so that the person
    /// learns of all, and the server is told to forget the letter.
    pub(crate) async fn address(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<(), Refusal> {
        let unfit = |what: String| Refusal { at: Step::Sender, why: Why::Unfit(what) };
        if let Some(bytes_max) = self.offers.bytes_max.filter(|max| message.len() as u64 > *max) {
            return Err(unfit(format!("The server takes {bytes_max} bytes at most")));
        }
        let needs_eight_bit = !message.is_ascii();
        if needs_eight_bit && !self.offers.eight_bit {
            return Err(unfit("The server takes letters of plain ASCII only".to_owned()));
        }
        let size =
            if self.offers.size { format!(" SIZE={}", message.len()) } else { String::new() };
        let body = if needs_eight_bit { " BODY=8BITMIME" } else { "" };
        let sender = format!("MAIL FROM:<{}>{size}{body}\r\n", envelope.from());
        let answer = self.ask(sender.as_bytes(), Step::Sender).await?;
        self.expect(&answer, 250, Step::Sender)?;
        let mut refused = Vec::new();
        for recipient in envelope.to() {
            let line = format!("RCPT TO:<{recipient}>\r\n");
            let answer = self.ask(line.as_bytes(), Step::Recipients).await?;
            if answer.is_no() {
                let said = self.said(&answer);
                refused.push(RefusedRecipient { address: recipient.clone(), said });
            } else if !answer.is_yes() {
                return Err(self.unexpected(&answer, Step::Recipients));
            }
        }
        if refused.is_empty() {
            return Ok(());
        }
        // Whether it is heard or not: without `DATA` nothing is sent.
        let _heard = self.ask(b"RSET\r\n", Step::Recipients).await;
        Err(Refusal { at: Step::Recipients, why: Why::Recipients(refused) })
    }

    /// Hands over everything but the end of the letter. From the first byte on the connection is good for
    /// nothing else: if it is dropped, the server drops the letter.
    pub(crate) async fn hand_over(&mut self, message: &[u8]) -> Result<(), Refusal> {
        let answer = self.ask(b"DATA\r\n", Step::Content).await?;
        self.expect(&answer, 354, Step::Content)?;
        self.quiet(Step::Content).await?;
        let sent = self.wire.say(&content::dotted(message), self.patience.content).await;
        sent.map_err(|broken| self.broken(&broken, Step::Content))?;
        // A server that said no midway has said it before the end: the letter is not sent.
        self.quiet(Step::Content).await
    }

    /// The end of the letter, and the server's word on it. This is the one place after which a letter may
    /// be sent.
    pub(crate) async fn end(&mut self) -> Result<Answer, Broken> {
        self.wire.say(b".\r\n", self.patience.answer).await?;
        self.wire.hear(self.patience.end).await
    }

    /// Says goodbye. Nothing hangs on it any more.
    pub(crate) async fn goodbye(mut self) {
        let time = self.patience.goodbye;
        let leaving = async {
            if self.wire.say(b"QUIT\r\n", time).await.is_ok() {
                let _unheard = self.wire.hear(time).await;
            }
            self.wire.hang_up(time).await;
        };
        let _late = tokio::time::timeout(time, leaving).await;
    }

    /// The words of an answer, with what is secret taken out.
    pub(crate) fn said(&self, answer: &Answer) -> Said {
        Said { code: answer.code, words: answer.words(&self.hidden) }
    }

    /// What broke the connection, in the same way.
    pub(crate) fn words_of(&self, broken: &Broken) -> String {
        broken.words(&self.hidden)
    }

    /// Hangs up without a word.
    pub(crate) async fn hang_up(self) {
        self.wire.hang_up(self.patience.goodbye).await;
    }

    async fn ask(&mut self, line: &[u8], at: Step) -> Result<Answer, Refusal> {
        self.quiet(at).await?;
        let said = self.wire.say(line, self.patience.answer).await;
        said.map_err(|broken| self.broken(&broken, at))?;
        self.hear(at).await
    }

    async fn hear(&mut self, at: Step) -> Result<Answer, Refusal> {
        let heard = self.wire.hear(self.patience.answer).await;
        heard.map_err(|broken| self.broken(&broken, at))
    }

    async fn quiet(&mut self, at: Step) -> Result<(), Refusal> {
        let quiet = self.wire.expect_quiet().await;
        quiet.map_err(|broken| self.broken(&broken, at))
    }

    fn broken(&self, broken: &Broken, at: Step) -> Refusal {
        Refusal { at, why: Why::Broken(self.words_of(broken)) }
    }

    fn expect(&self, answer: &Answer, code: u16, at: Step) -> Result<(), Refusal> {
        if answer.code == code {
            return Ok(());
        }
        Err(self.unexpected(answer, at))
    }

    fn unexpected(&self, answer: &Answer, at: Step) -> Refusal {
        let said = self.said(answer);
        if answer.is_no() {
            return Refusal { at, why: Why::Said(said) };
        }
        Refusal {
            at,
            why: Why::Broken(format!("The server said something else than asked: {said}")),
        }
    }
}
