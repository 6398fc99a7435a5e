//! Cues: what one sentence of a letter tells a seller.

use serde::{Deserialize, Serialize};

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $says:literal),* $(,)?) => {
        /// What a sentence tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Cue { $($(#[$doc])* $name),* }

        impl Cue {
            /// All of them.
            pub const ALL: &'static [Cue] = &[$(Cue::$name),*];

            /// The name in files and in the review.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What the sentence does, in a few plain words that go on after "it" or "this".
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says),* }
            }

            /// The cue of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|cue| cue.as_str() == name)
            }
        }
    };
}

cues! {
    /// Promises something by a named day, or fixes a meeting or a start.
    CommitsToDate = "commits_to_date", "names a day",
    /// Puts it off and names no day ("let us circle back some time").
    DefersWithoutDate = "defers_without_date", "puts it off without naming a day",
    /// Thanks, praise, liking, real interest.
    Warmth = "warmth", "is warm",
    /// Short, cool, bare words that brush off.
    Curtness = "curtness", "is short and cool",
    /// Asks what it costs, for a rate, a quote, an invoice detail before buying.
    AsksPrice = "asks_price", "asks what it costs",
    /// Finds it too dear, over budget, cheaper elsewhere.
    TooDear = "too_dear", "finds it too expensive",
    /// Doubts that it is serious, deep or senior enough at this price.
    TooCheap = "too_cheap", "doubts that so low a price can be serious",
    /// Asks for a discount, better terms, or a smaller piece.
    AsksDiscount = "asks_discount", "asks for better terms or a smaller piece",
    /// Asks for a reference, a case, a result, a guarantee.
    AsksProof = "asks_proof", "asks for proof that it works",
    /// Asks a real question about the work, the method, the people, the timing.
    AsksAboutWork = "asks_about_work", "asks about the work itself",
    /// Names or hints at another bidder, offer or provider.
    NamesRival = "names_rival", "hints at another provider",
    /// Judges by criteria that the seller was never shown (a scorecard, a matrix, "your bid lost
    /// points").
    UnseenCriteria = "unseen_criteria", "judges by criteria that you may not have seen",
    /// Suddenly follows a formal procedure (dear bidder, submit through the portal, no contact
    /// during evaluation).
    FormalTurn = "formal_turn", "turns to a formal procedure",
    /// It is for a superior, a board or a committee to decide.
    DefersToBoss = "defers_to_boss", "leaves the decision to somebody above",
    /// Sign-off, release of a budget, a buy-in round of other departments is needed or going on.
    NeedsApproval = "needs_approval", "needs others to approve",
    /// Purchasing, legal or compliance comes in.
    PurchasingEnters = "purchasing_enters", "brings in purchasing, legal or compliance",
    /// Adds a new condition, step or requirement.
    AddsHurdle = "adds_hurdle", "adds a new condition",
    /// Asks for yet another document, version, slide, form.
    AsksDocument = "asks_document", "asks for another document",
    /// Cancels a meeting or a call.
    Cancels = "cancels", "cancels a meeting",
    /// Moves a meeting or a call.
    Reschedules = "reschedules", "moves a meeting",
    /// An assistant or team mate answers in the place of the contact.
    AssistantAnswers = "assistant_answers", "answers in somebody else's place",
    /// Points to another person to speak with.
    Refers = "refers", "points to somebody else",
    /// Says that they passed it on to somebody.
    Forwards = "forwards", "passed it on to somebody",
    /// Warns that a colleague is against it, difficult, to be careful with.
    WarnsOfColleague = "warns_of_colleague", "warns of a colleague",
    /// Speaks of sides, camps, department against department ("our side", "they in sales").
    QuotesCamp = "quotes_camp", "speaks of sides within the firm",
    /// Is afraid how it would look, of stepping on toes, of being seen as pushing oneself forward.
    FearsLooks = "fears_looks", "worries how it would look",
    /// Is about who would get the credit or the blame.
    CreditBlame = "credit_blame", "thinks of who gets the credit or the blame",
    /// "between us", off the record, please do not forward.
    InConfidence = "in_confidence", "says it in confidence",
    /// An adviser, investor, board member, agency, spouse or friend outside has spoken for or
    /// against it.
    OutsiderSpeaks = "outsider_speaks", "tells what somebody outside advised",
    /// Those who would use it or be helped by it do not want it.
    UsersUnwilling = "users_unwilling", "says that those it is meant for do not want it",
    /// Denies or plays down the problem.
    ProblemDenied = "problem_denied", "sees no real problem",
    /// The need has become less, other things come first now.
    NeedFaded = "need_faded", "says that other things come first now",
    /// They want another kind or size of provider, skill, place, industry background.
    OtherFit = "other_fit", "wants another kind of provider",
    /// Stays with what there is, with the current provider, doing it in house.
    StatusQuo = "status_quo", "stays with what there is",
    /// Somebody is ill, in hospital, having an operation.
    Illness = "illness", "tells of an illness",
    /// Something in the family, a birth, a death, care, a wedding.
    Family = "family", "tells of something in the family",
    /// Somebody has left or leaves the firm or the post.
    Departure = "departure", "tells that somebody leaves",
    /// Names who takes over somebody's post or tasks.
    Successor = "successor", "names who takes over",
    /// The firm is bought, merges, gets a new owner.
    Takeover = "takeover", "tells of a new owner or a merger",
    /// A restructuring, a hiring or spending freeze, lay-offs, new structure.
    Reorganisation = "reorganisation", "tells of a reorganisation",
    /// Somebody is travelling or swamped for a while.
    Travel = "travel", "is travelling or swamped",
    /// Somebody is on leave or the firm is shut for a holiday.
    Holiday = "holiday", "tells of leave or a holiday",
    /// Asks to be written to again at a later time.
    ComeBackLater = "come_back_later", "asks to hear from you later",
    /// Says sorry for answering late.
    ApologyDelay = "apology_delay", "is sorry for answering late",
    /// Is annoyed, impatient, feels pushed.
    Irritation = "irritation", "sounds annoyed",
    /// Wants no further mail or calls, off the list.
    OptOut = "opt_out", "wants no further mail",
    /// Says no kindly, or so wrapped that one must read it twice.
    PoliteNo = "polite_no", "seems to say no, kindly",
    /// Says no plainly.
    PlainNo = "plain_no", "says no",
    /// Says yes, agrees, accepts, gives the go.
    Agreement = "agreement", "says yes",
    /// Dodges a direct question, evasive, all praise and no step.
    AvoidsAnswer = "avoids_answer", "does not quite answer",
    /// The person who backed it has lost say, budget or post.
    LostSponsorPower = "lost_sponsor_power", "tells that who backed it has less say now",
    /// Complains that the pitch is generic, not about them, sent to all.
    WantsNoMassMail = "wants_no_mass_mail", "finds the mail too general",
    /// Somebody inside with no formal part in it talks against it.
    InsiderAgainst = "insider_against", "tells of somebody inside who speaks against it",
    /// The head of the department that has the problem is against it.
    OwnerAgainst = "owner_against", "tells that the head of the department is against it",
    /// The one who decides is against it.
    DeciderAgainst = "decider_against", "tells that who decides is against it",
    /// Purchasing itself drags, compares, asks for three offers, squeezes.
    BuyerBlocks = "buyer_blocks", "tells that purchasing holds it up",
}

/// A cue in a letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundCue {
    /// What it tells.
    pub cue: Cue,
    /// How likely that is what the sentence tells.
    pub probability: f32,
    /// The sentence, in bytes of the new text.
    pub range: std::ops::Range<usize>,
    /// The sentence, with its white space folded.
    pub quote: String,
    /// The words that mattered most.
    pub words: Vec<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_a_name_and_words_of_its_own() {
        let names: BTreeSet<&str> = Cue::ALL.iter().map(|cue| cue.as_str()).collect();
        let words: BTreeSet<&str> = Cue::ALL.iter().map(|cue| cue.says()).collect();
        assert_eq!((names.len(), words.len()), (Cue::ALL.len(), Cue::ALL.len()));
        for cue in Cue::ALL {
            assert_eq!(Cue::from_name(cue.as_str()), Some(*cue));
        }
        assert_eq!(Cue::from_name("no_such"), None);
    }
}
