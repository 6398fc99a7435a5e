//! The user corrects how a sentence was read; it teaches, and can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use inroad_language::cues::taught::{Retelling, Taught};
use inroad_language::private;
use inroad_model::{Correction, Cue, MessageId, Moment, Sentence, Touch};
use tokio::task::spawn_blocking;

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

impl Inroad {
    /// Says of a sentence of a kept letter whether it does what a cue says. It counts for this sentence
    /// wherever it stands, and teaches how sentences like it are read.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the letter is not kept or the sentence does not stand in it;
    /// [`Error::Invalid`] for what is no sentence; [`Error::Conflict`] if that was said already.
    pub async fn correct(
        &self,
        message: &MessageId,
        sentence: &str,
        cue: Cue,
        holds: bool,
        at: Moment,
    ) -> Result<Done<Correction>> {
        let correction = correction(message, sentence, cue, holds, at)?;
        let before = self.must_be_correctable(&correction).await?;
        self.store.add_correction(&correction).await?;
        let not = if holds { "" } else { "not that " };
        let says = format!("A sentence corrected: {not}it {}", in_words(cue));
        let deed = self.keep_correction_deed(&correction, before, &says, at).await?;
        Ok(Done { what: correction, deed })
    }

    /// Refuses a correction that cannot be said; gives what was said of the same before.
    pub(crate) async fn must_be_correctable(
        &self,
        correction: &Correction,
    ) -> Result<Option<Correction>> {
        let Correction { message, sentence, cue, holds, told_at } = correction;
        let reading = self.read_kept(message, *told_at).await?;
        if !reading.sentences.iter().any(|own| own == sentence.as_str()) {
            return Err(Error::NotFound {
                what: "That sentence does not stand among the words that the writer added; give \
                       one whole sentence, as it stands there"
                    .to_owned(),
            });
        }
        let before = self.correction_of(sentence, *cue, *told_at).await?;
        if before.as_ref().is_some_and(|before| before.holds == *holds) {
            return Err(Error::Conflict { what: "You said so already".to_owned() });
        }
        Ok(before)
    }

    /// Takes back what the user said of a sentence and a cue.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing was said; [`Error::Invalid`] for what is no sentence.
    pub async fn take_correction_back(
        &self,
        sentence: &str,
        cue: Cue,
        at: Moment,
    ) -> Result<Done<Correction>> {
        let sentence = folded(sentence)?;
        let Some(before) = self.correction_of(&sentence, cue, at).await? else {
            return Err(Error::NotFound {
                what: "There is no correction of that sentence".to_owned(),
            });
        };
        self.store.withdraw_correction(&sentence, cue, at).await?;
        let says = format!("A correction taken back: whether a sentence {}", in_words(cue));
        let deed = self.keep_correction_deed(&before, Some(before.clone()), &says, at).await?;
        Ok(Done { what: before, deed })
    }

    /// The corrections that counted at a moment, in the order in which they were told.
    pub async fn corrections(&self, at: Moment) -> Result<Vec<Correction>> {
        Ok(self.store.corrections(at).await?)
    }

    /// What the corrections that counted at a moment teach.
    pub(crate) async fn taught(&self, at: Moment) -> Result<Taught<'static>> {
        Ok(Taught::new(self.store.corrections(at).await?))
    }

    /// Tells letters again as they were taught to be read: those in which something was corrected from
    /// their words, the others by the sentences that were kept of them. Letters that no correction
    /// touches stay as they are.
    pub(crate) async fn retell(
        &self,
        mut touches: Vec<Touch>,
        corrections: Vec<Correction>,
    ) -> Result<Vec<Touch>> {
        let corrected: BTreeSet<MessageId> =
            corrections.iter().map(|own| own.message.clone()).collect();
        let there = touches.iter().map(|touch| &touch.message.id);
        let wanted: BTreeSet<&MessageId> = there.filter(|id| corrected.contains(*id)).collect();
        let texts = self.store.texts(&wanted).await?;
        let retold = spawn_blocking(move || {
            let taught = Taught::new(corrections);
            retell_on_all_cores(&mut touches, &taught, &texts);
            touches
        });
        retold.await.map_err(|task| Error::stopped(&task))
    }

    /// Puts back what counted of a sentence and a cue before something was done about them.
    pub(crate) async fn put_correction_back(
        &self,
        sentence: &Sentence,
        cue: Cue,
        before: Option<Correction>,
        at: Moment,
    ) -> Result<()> {
        if let Some(before) = before {
            let again = Correction { told_at: at, ..before };
            return Ok(self.store.add_correction(&again).await?);
        }
        self.store.withdraw_correction(sentence, cue, at).await?;
        Ok(())
    }

    async fn correction_of(
        &self,
        sentence: &Sentence,
        cue: Cue,
        at: Moment,
    ) -> Result<Option<Correction>> {
        let kept = self.store.corrections(at).await?;
        Ok(kept.into_iter().rfind(|own| own.sentence == *sentence && own.cue == cue))
    }

    async fn keep_correction_deed(
        &self,
        about: &Correction,
        before: Option<Correction>,
        says: &str,
        at: Moment,
    ) -> Result<inroad_model::DeedNumber> {
        let (sentence, cue) = (about.sentence.clone(), about.cue);
        let inverse = Inverse::Correction { sentence, cue, before: before.map(Box::new) };
        self.keep_deed(None, says, &inverse, at).await
    }
}

/// What is said of a sentence, as it is kept.
pub(crate) fn correction(
    message: &MessageId,
    sentence: &str,
    cue: Cue,
    holds: bool,
    at: Moment,
) -> Result<Correction> {
    let (message, sentence) = (message.clone(), folded(sentence)?);
    Ok(Correction { message, sentence, cue, holds, told_at: at })
}

/// Whether a correction may be shown and handed on; what is private may not.
pub(crate) fn is_private(correction: &Correction) -> bool {
    matches!(correction.cue, Cue::Illness | Cue::Family)
        || private::is_private(correction.sentence.as_str())
}

/// The sentence of a correction, unless it is private.
pub fn shown_correction(correction: &Correction) -> Option<&str> {
    (!is_private(correction)).then(|| correction.sentence.as_str())
}

/// What a sentence does; of private matters only that.
fn in_words(cue: Cue) -> &'static str {
    match cue {
        Cue::Illness | Cue::Family => "tells of something private",
        cue => cue.says(),
    }
}

fn folded(sentence: &str) -> Result<Sentence> {
    Sentence::new(sentence).map_err(|cause| Error::Invalid { what: cause.to_string() })
}

fn retell_on_all_cores(
    touches: &mut [Touch],
    taught: &Taught<'_>,
    texts: &BTreeMap<MessageId, String>,
) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = touches.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        for part in touches.chunks_mut(share) {
            scope.spawn(move || retell_some(part, taught, texts));
        }
    });
}

fn retell_some(touches: &mut [Touch], taught: &Taught<'_>, texts: &BTreeMap<MessageId, String>) {
    let mut retelling = Retelling::new(taught);
    for touch in touches {
        let is_letter = touch.message.nature.is_correspondence();
        let text = texts.get(&touch.message.id).or(touch.new_text.as_ref());
        match (&mut touch.gist, text) {
            (Some(gist), Some(text)) if is_letter => retelling.read(gist, text),
            (Some(gist), _) => retelling.ask(gist),
            (None, _) => {}
        }
    }
}
