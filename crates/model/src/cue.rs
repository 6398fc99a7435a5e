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

            /// What it tells, in one line.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says),* }
            }
        }
    };
}

cues! {
    /// Promises something by a named day, or fixes a meeting or a start.
    CommitsToDate = "commits_to_date", "They name a day",
    /// Puts it off and names no day ("let us circle back some time").
    DefersWithoutDate = "defers_without_date", "They put it off without a day",
    /// Thanks, praise, liking, real interest.
    Warmth = "warmth", "They are warm about it",
    /// Short, cool, bare words that brush off.
    Curtness = "curtness", "They answer curtly",
    /// Asks what it costs, for a rate, a quote, an invoice detail before buying.
    AsksPrice = "asks_price", "They ask what it costs",
    /// Finds it too dear, over budget, cheaper elsewhere.
    TooDear = "too_dear", "They find it dear",
    /// Doubts that it is serious, deep or senior enough at this price.
    TooCheap = "too_cheap", "They doubt what is behind the price",
    /// Asks for a discount, better terms, or a smaller piece.
    AsksDiscount = "asks_discount", "They ask for less or for a lower price",
    /// Asks for a reference, a case, a result, a guarantee.
    AsksProof = "asks_proof", "They ask for proof",
    /// Asks a real question about the work, the method, the people, the timing.
    AsksAboutWork = "asks_about_work", "They ask about the work",
    /// Names or hints at another bidder, offer or provider.
    NamesRival = "names_rival", "They speak of another provider",
    /// Judges by criteria that the seller was never shown (a scorecard, a matrix, "your bid lost
    /// points").
    UnseenCriteria = "unseen_criteria", "They judge by criteria that you were not shown",
    /// Suddenly follows a formal procedure (dear bidder, submit through the portal, no contact
    /// during evaluation).
    FormalTurn = "formal_turn", "They turn to a formal procedure",
    /// It is for a superior, a board or a committee to decide.
    DefersToBoss = "defers_to_boss", "Somebody above has to decide",
    /// Sign-off, release of a budget, a buy-in round of other departments is needed or going on.
    NeedsApproval = "needs_approval", "It needs an approval inside",
    /// Purchasing, legal or compliance comes in.
    PurchasingEnters = "purchasing_enters", "Purchasing or legal comes in",
    /// Adds a new condition, step or requirement.
    AddsHurdle = "adds_hurdle", "They add a condition",
    /// Asks for yet another document, version, slide, form.
    AsksDocument = "asks_document", "They ask for another document",
    /// Cancels a meeting or a call.
    Cancels = "cancels", "They call a meeting off",
    /// Moves a meeting or a call.
    Reschedules = "reschedules", "They move a meeting",
    /// An assistant or team mate answers in the place of the contact.
    AssistantAnswers = "assistant_answers", "Somebody answers in their place",
    /// Points to another person to speak with.
    Refers = "refers", "They point to somebody else",
    /// Says that they passed it on to somebody.
    Forwards = "forwards", "They passed it on",
    /// Warns that a colleague is against it, difficult, to be careful with.
    WarnsOfColleague = "warns_of_colleague", "They warn of a colleague",
    /// Speaks of sides, camps, department against department ("our side", "they in sales").
    QuotesCamp = "quotes_camp", "They speak of sides",
    /// Is afraid how it would look, of stepping on toes, of being seen as pushing oneself forward.
    FearsLooks = "fears_looks", "They fear how it would look",
    /// Is about who would get the credit or the blame.
    CreditBlame = "credit_blame", "It is about credit or blame",
    /// "between us", off the record, please do not forward.
    InConfidence = "in_confidence", "They say it in confidence",
    /// An adviser, investor, board member, agency, spouse or friend outside has spoken for or
    /// against it.
    OutsiderSpeaks = "outsider_speaks", "Somebody from outside has a say",
    /// Those who would use it or be helped by it do not want it.
    UsersUnwilling = "users_unwilling", "Those who would use it are unwilling",
    /// Denies or plays down the problem.
    ProblemDenied = "problem_denied", "They play the problem down",
    /// The need has become less, other things come first now.
    NeedFaded = "need_faded", "Other things come first now",
    /// They want another kind or size of provider, skill, place, industry background.
    OtherFit = "other_fit", "They look for another kind of provider",
    /// Stays with what there is, with the current provider, doing it in house.
    StatusQuo = "status_quo", "They stay with what they have",
    /// Somebody is ill, in hospital, having an operation.
    Illness = "illness", "Somebody is not well",
    /// Something in the family, a birth, a death, care, a wedding.
    Family = "family", "There is something in the family",
    /// Somebody has left or leaves the firm or the post.
    Departure = "departure", "Somebody leaves",
    /// Names who takes over somebody's post or tasks.
    Successor = "successor", "Somebody takes over",
    /// The firm is bought, merges, gets a new owner.
    Takeover = "takeover", "The firm changes hands",
    /// A restructuring, a hiring or spending freeze, lay-offs, new structure.
    Reorganisation = "reorganisation", "They are being reorganised",
    /// Somebody is travelling or swamped for a while.
    Travel = "travel", "They have a lot on for a while",
    /// Somebody is on leave or the firm is shut for a holiday.
    Holiday = "holiday", "They are on leave",
    /// Asks to be written to again at a later time.
    ComeBackLater = "come_back_later", "They ask to hear again later",
    /// Says sorry for answering late.
    ApologyDelay = "apology_delay", "They are sorry for the delay",
    /// Is annoyed, impatient, feels pushed.
    Irritation = "irritation", "They are annoyed",
    /// Wants no further mail or calls, off the list.
    OptOut = "opt_out", "They want no more mail",
    /// Says no kindly, or so wrapped that one must read it twice.
    PoliteNo = "polite_no", "They say no, kindly",
    /// Says no plainly.
    PlainNo = "plain_no", "They say no",
    /// Says yes, agrees, accepts, gives the go.
    Agreement = "agreement", "They agree",
    /// Dodges a direct question, evasive, all praise and no step.
    AvoidsAnswer = "avoids_answer", "They pass over the question",
    /// The person who backed it has lost say, budget or post.
    LostSponsorPower = "lost_sponsor_power", "Whoever backed it has lost the say",
    /// Complains that the pitch is generic, not about them, sent to all.
    WantsNoMassMail = "wants_no_mass_mail", "They find it is not about them",
    /// Somebody inside with no formal part in it talks against it.
    InsiderAgainst = "insider_against", "Somebody inside talks against it",
    /// The head of the department that has the problem is against it.
    OwnerAgainst = "owner_against", "The one who has the problem is against it",
    /// The one who decides is against it.
    DeciderAgainst = "decider_against", "The one who decides is against it",
    /// Purchasing itself drags, compares, asks for three offers, squeezes.
    BuyerBlocks = "buyer_blocks", "Purchasing holds it up",
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
