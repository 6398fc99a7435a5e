//! The nouns of inroad: who wrote what to whom, what it states, and what is concluded from it.
//!
//! Every other crate speaks in these types, so this one depends on none of ours. Constructors
//! enforce the invariants; a value that exists is a valid one. What is not known is said with
//! [`Assessment`] or `Option`, never with an empty text or a zero.
//!
//! Must not: read a clock, a file or the environment, or know how anything is stored or shown.

mod account;
mod address;
mod assessment;
mod away;
mod bounce;
mod calendar;
mod claim;
mod connection;
mod contact;
mod correction;
mod cue;
mod deal;
mod domain_set;
mod entry;
mod fact;
mod id;
mod ideal_client;
mod insight;
mod insight_words;
mod issue;
mod kept_insight;
mod kept_page;
mod lesson;
mod member;
mod message;
mod moment;
mod overruling;
mod probability;
mod proposed_assessment;
mod record;
mod remark;
mod second_reading;
mod seller_word;
mod sign_in;
mod touch;
mod transcript;
mod useful;
mod verdict;

pub use account::{Account, AccountKey, InvalidAccountKey};
pub use address::{EmailAddress, InvalidAddress, Mailbox, typed_domain};
pub use assessment::{Assessment, Author};
pub use away::Away;
pub use bounce::{Bounce, BounceClass, FailedRecipient};
pub use calendar::{Attendee, CalendarEvent, Invitation, InvitationMethod, Move, Participation};
pub use claim::{Claim, ClaimSource, Topic};
pub use connection::{
    AddressBooks, CalendarFeed, CalendarServer, Connection, ConnectionName, DavServer, Deleted,
    FoldersWanted, Mailbox as MailboxConnection, NotAConnectionName, NotesFolder, Reads, Security,
    ServerAddress,
};
pub use contact::Contact;
pub use correction::{Correction, InvalidSentence, Sentence};
pub use cue::{Cue, FoundCue};
pub use deal::{Deal, Note, Role, Seat, Seller, Stage};
pub use domain_set::DomainSet;
pub use entry::{Channel, DeedNumber, Entry, EntryNumber, KeptEntry, SharedWith, Subject};
pub use fact::{Fact, FactKind, Source};
pub use id::{DealId, InvalidId, MessageId};
pub use ideal_client::{
    IdealClient, IndustryCode, Level, Qualifier, StatedIdealClient, Wanted, Weight,
};
pub use insight::{Degree, Insight, Known, Stance, TieKind, Trait};
pub use issue::{Issue, Place};
pub use kept_insight::{InsightNumber, KeptInsight, that_hold};
pub use kept_page::{KeptPage, PageHead, PageNumber};
pub use lesson::{
    KeptLesson, LastReview, Lesson, LessonNumber, LessonWords, Outcome, PlayTried, SupposedCause,
};
pub use member::{InvalidMember, Member, MemberRole, TeamName};
pub use message::{Attachment, BodyOrigin, Message, Nature};
pub use moment::{InvalidMoment, Moment};
pub use overruling::{InvalidOverruling, Overruling};
pub use probability::{InvalidProbability, Probability};
pub use proposed_assessment::{Assessed, ProposedAssessment};
pub use record::{ContactField, RecordChange};
pub use remark::{InvalidRemark, Remark};
pub use second_reading::{Finding, ReadCause, Remarks, SecondReading};
pub use seller_word::{
    Agreement, CallTalk, CommissionShare, KeptSellerWord, SellerPart, SellerWord, SellerWordNumber,
    Strength,
};
pub use sign_in::{OAuthServer, OAuthSignIn, SignIn};
pub use touch::{Gist, Signature, Touch, Voice};
pub use transcript::{Piece, Transcript, TranscriptKind, Turn};
pub use useful::Useful;
pub use verdict::{Advice, Cause, State};
