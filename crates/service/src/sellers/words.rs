//! Keeping what is said of somebody's selling, and taking it back. What a deed says of it holds nothing
//! private: a deed is read by whoever looks over a shoulder.

use inroad_advice::seller_habits::{competences, goals};
use inroad_model::{
    Agreement, EmailAddress, KeptSellerWord, Moment, Remark, SellerPart, SellerWord,
    SellerWordNumber, Strength,
};
use jiff::civil::Date;

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::rights::{Actor, Right};
use crate::{Error, Result};

impl Inroad {
    /// Keeps a word, with its deed.
    pub(super) async fn keep_seller_word(
        &self,
        actor: &Actor,
        whose: Option<&EmailAddress>,
        word: &SellerWord,
        says: &str,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        let number = self.store.add_seller_word(whose, actor.signs(), word, at).await?;
        let inverse = Inverse::SellerWord { number };
        let deed = self.keep_deed_of(actor, None, says, &inverse, at).await?;
        Ok(Done { what: number, deed })
    }

    /// What counts of the words about somebody's selling at a moment.
    pub(super) async fn counting_words(
        &self,
        whose: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Vec<KeptSellerWord>> {
        let mut words = self.store.seller_words_of(whose).await?;
        words.retain(|kept| kept.counts_at(at));
        Ok(words)
    }

    /// Says how far a statement holds for oneself; of one statement the last answer counts.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for a statement that there is not;
    /// [`Error::Conflict`] if it was said already.
    pub async fn say_of_myself(
        &self,
        actor: &Actor,
        statement: &str,
        answer: Agreement,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        if competences::statement(statement).is_none() {
            let what = format!("There is no statement '{statement}'; 'inroad seller' lists them");
            return Err(Error::NotFound { what });
        }
        let whose = actor.signs();
        let known = super::profile::answers(&self.counting_words(whose, at).await?);
        if known.get(statement) == Some(&answer) {
            return Err(Error::Conflict { what: "You said so already".to_owned() });
        }
        let word = SellerWord::Answer { statement: statement.to_owned(), answer };
        self.keep_seller_word(actor, whose, &word, "What you say of yourself is kept", at).await
    }

    /// Gives somebody who works here leave to look at a part of one's own.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] if nobody of that address works inside;
    /// [`Error::Invalid`] for oneself; [`Error::Conflict`] if they may already.
    pub async fn give_leave(
        &self,
        actor: &Actor,
        to: &EmailAddress,
        part: SellerPart,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        let other = self.inside(to).await?;
        if actor.did(other.signs()) {
            return Err(Error::Invalid { what: "You see your own as it is".to_owned() });
        }
        let whose = actor.signs();
        if other.sees(whose, part, &self.store.seller_words_of(whose).await?) {
            return Err(Error::Conflict { what: format!("{to} may look already") });
        }
        let word = SellerWord::Leave { to: other.signs().cloned(), part };
        self.keep_seller_word(actor, whose, &word, "Who may look at your own is kept", at).await
    }

    /// Offers to help with something; whoever has the data file sees it beside deals that could use it.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::Conflict`] if it is offered already.
    pub async fn offer_help(
        &self,
        actor: &Actor,
        with: Strength,
        words: Option<Remark>,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        let whose = actor.signs();
        let is_same = |kept: &KeptSellerWord| matches!(&kept.word, SellerWord::Offer { with: known, .. } if *known == with);
        if self.counting_words(whose, at).await?.iter().any(is_same) {
            let what = "You offer that already; take it back to say it otherwise".to_owned();
            return Err(Error::Conflict { what });
        }
        let word = SellerWord::Offer { with, words };
        self.keep_seller_word(actor, whose, &word, "What you can help with is kept", at).await
    }

    /// Chooses the habit that one practises from a day on, in the place of any other.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for a habit that there is not; [`Error::Invalid`] for a
    /// day that is too far.
    pub async fn set_goal(
        &self,
        actor: &Actor,
        habit: &str,
        since: Date,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        if goals::habit(habit).is_none() {
            let names: Vec<&str> = goals::all().iter().map(|habit| habit.name.as_str()).collect();
            let what = format!("There is no habit '{habit}'; there are {}", names.join(", "));
            return Err(Error::NotFound { what });
        }
        let days = since.until(at.date()).map_or(i32::MAX, |span| span.get_days());
        if !(-31..=366).contains(&days) {
            let what = "Begin within a year back or a month ahead".to_owned();
            return Err(Error::Invalid { what });
        }
        let word = SellerWord::Goal { habit: habit.to_owned(), since };
        self.keep_seller_word(actor, actor.signs(), &word, "What you practise is kept", at).await
    }

    /// Notes that a step of the practice was done.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] if it is not what they practise.
    pub async fn practised(
        &self,
        actor: &Actor,
        goal: SellerWordNumber,
        step: u32,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        actor.must(Right::Selling)?;
        let whose = actor.signs();
        let words = self.counting_words(whose, at).await?;
        let habit = super::goals::practised_now(&words).filter(|(kept, ..)| kept.number == goal);
        let has_step = habit.is_some_and(|(_, habit, _)| {
            (1..=habit.steps.len()).contains(&usize::try_from(step).unwrap_or(0))
        });
        if !has_step {
            return Err(Error::NotFound { what: "That is not what you practise now".to_owned() });
        }
        let word = SellerWord::Practised { goal, step };
        self.keep_seller_word(actor, whose, &word, "A step of your practice is done", at).await
    }

    /// Says something as a coach to what somebody practises.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without leave; [`Error::NotFound`] if they practise nothing.
    pub async fn coach_note(
        &self,
        actor: &Actor,
        to: &EmailAddress,
        text: Remark,
        at: Moment,
    ) -> Result<Done<SellerWordNumber>> {
        let (whose, words) = self.open_words(actor, to, Some(SellerPart::Goals)).await?;
        let counting: Vec<KeptSellerWord> =
            words.into_iter().filter(|kept| kept.counts_at(at)).collect();
        let Some((goal, ..)) = super::goals::practised_now(&counting) else {
            return Err(Error::NotFound { what: "They practise nothing now".to_owned() });
        };
        let word = SellerWord::CoachNote { goal: goal.number, text };
        self.keep_seller_word(actor, whose.as_ref(), &word, "What you say as a coach is kept", at)
            .await
    }

    /// Takes back what one said. Whom it is about may take back what others said, too.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to whom does not work here; [`Error::NotFound`] if nothing of theirs counts
    /// under that number.
    pub async fn take_back_word(
        &self,
        actor: &Actor,
        number: SellerWordNumber,
        at: Moment,
    ) -> Result<Done<()>> {
        actor.must(Right::Inside)?;
        let kept = self.store.seller_word(number).await?;
        let is_theirs =
            |kept: &KeptSellerWord| actor.did(kept.by.as_ref()) || actor.did(kept.whose.as_ref());
        let own = kept.filter(|kept| kept.withdrawn_at.is_none() && is_theirs(kept));
        if own.is_none() {
            return Err(Error::NotFound { what: "That was taken back already".to_owned() });
        }
        self.store.withdraw_seller_word(number, Some(at)).await?;
        let inverse = Inverse::SellerWordBack { number };
        let deed = self.keep_deed_of(actor, None, "Taken back", &inverse, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Somebody who works inside, or whose data file it is.
    pub(super) async fn inside(&self, email: &EmailAddress) -> Result<Actor> {
        let found = self.actor_called(email).await?;
        if found.may(Right::Inside) {
            return Ok(found);
        }
        Err(Error::NotFound { what: format!("{email} works for another house") })
    }
}
