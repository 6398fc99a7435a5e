//! Every action of a user, once: pages, the command line and later faces call these and nothing
//! below them.
//!
//! Must not: hold SQL, know HTTP, print, or send anything to anybody but by a person's act on that very letter
//! (`outgoing`, and nothing else); a second reading is asked for through its own crate, by a consent and an
//! explicit command.

mod api_requests;
mod audit;
mod backtest;
mod backup;
mod calls;
mod care;
mod coach;
mod corrected_examples;
mod corrections;
mod deal_edit;
mod deal_match;
mod deal_views;
mod deals;
mod deeds;
mod desk;
mod do_not_contact;
mod doctor;
mod doubles;
mod draft;
mod entrance;
mod entries;
mod erase;
mod error;
mod feed;
mod first_run;
mod import;
mod inroad;
mod insight;
mod jobs;
mod leads;
mod leave_alone;
mod lessons;
mod letter_told;
mod live;
mod looked;
mod members;
mod memory;
mod migrate;
mod opt_outs;
mod opt_outs_of_gone;
mod outgoing;
mod overruling;
mod owner;
mod people;
mod person_files;
mod place;
mod playbook;
mod playbook_edit;
mod politics;
mod processing_record;
mod proposals;
mod proposed_assessments;
mod proposing;
mod prospects;
mod reading;
mod ready;
mod records;
mod register;
mod reread;
mod retention;
mod review;
pub mod rhythm;
mod rights;
mod sample;
pub mod search;
mod second_reading;
mod seller;
mod sellers;
mod shared_deals;
mod sources;
mod timeline;
mod touches;
mod uniting;
mod uploads;
mod webhooks;
mod who_is_who;
mod winning;
mod written;

/// The clock of this machine: when something was said or came in.
pub fn now() -> inroad_model::Moment {
    inroad_model::Moment::utc(jiff::Timestamp::now())
}

pub use audit::{AuditCheck, AuditLine, Audited, By, LinkedBy, PasskeyRefusedFor, TurnedAwayFor};
pub use backtest::{
    BacktestReport, FlagDay, FlagTally, FlaggedSilence, ReliabilityRow, backtest_log,
};
pub use calls::by_mail::WaitingNote;
pub use calls::{Call, CallAsked, DayFrom, read_call};
pub use care::{ACCOUNT_KINDS, CARE_A_DAY_MAX, Care, CareAsked, CareItem};
pub use coach::{
    Coach, CoachAsked, CoachTally, Coached, Coaches, DRAFT_BYTES_MAX, Dismissal, FactPlace,
    PlacedFact, addressee, coach_folder, draft_text,
};
pub use corrected_examples::{CorrectedExamples, corrected_examples};
pub use corrections::shown_correction;
pub use deal_edit::DealField;
pub use deal_views::DealView;
pub use deals::{DealFile, read_deal_file};
pub use deeds::{Deed, Done};
pub use desk::{Desk, Morning, Then};
pub use do_not_contact::{NotContacted, NotContactedWho, SaidBy, SuppressionReport, TakeBack};
pub use doctor::Diagnosis;
pub use doubles::{Doubles, LikeAccount, MaybeOne, OpenDoubles};
pub use draft::{
    DraftAsked, FittingPlay, Opening, Skeleton, TouchWords, UsableFact, first_play_with,
    fitting_plays, play_named, skeleton,
};
pub use entrance::{
    ApiCaller, ApiToken, Caller, Credentials, Entered, Invited, LINK_LASTS, MadeToken,
    NewSecondStep, OWNER_LINK_LASTS, PASSWORD_CHARS_MIN, SESSION_IDLE_MAX, SESSION_LASTS, Scope,
    SecondStep, Session, SessionHeld, scopes_in_words,
};
#[cfg(feature = "oidc")]
pub use entrance::{Back, CameBack, Identity, IdentityProvider, NewProvider, Sent, Wish};
#[cfg(feature = "passkeys")]
pub use entrance::{
    NewPasskeyAsked, PASSKEY_ANSWERED_WITHIN, Passkey, PasskeyAnswer, PasskeyAsked, passkeys_open,
};
pub use entries::{TAG_CHARS_MAX, tag_from};
pub use erase::guard::OfErased;
pub use erase::{ErasedReport, WhatGoes};
pub use error::{Error, Fault, Result};
pub use first_run::{OwnerCandidate, OwnerLook};
pub use import::rows::RowCame;
pub use import::{ImportOptions, ImportReport, Progress, Stop};
pub use inroad::Inroad;
pub use inroad_secrets::PASSPHRASE_VARIABLE;
pub use insight::{Told, Untold};
pub use jobs::{BackupFile, Came, Job, JobState, Jobs, Pace, Work};
pub use leads::{
    Asks, DefinitionPage, DisagreementsPage, ImportAsked, ImportedLeads, LEADS_A_PAGE, LeadDouble,
    LeadList, LeadMay, LeadOrder, LeadPage, LeadRow, LeadTold, LeadWhich, LeadsAsked, NewLead,
    Provider, ProviderWord, Touched, Treatment, WaitingLeads, Way,
};
pub use lessons::{
    DecidedOtherwise, LessonAnswers, LessonOffer, LessonsReport, LikelyCause, ToldLesson,
    WaitingDeal,
};
pub use letter_told::LetterTold;
pub use live::{
    AskPassphrase, Asking, ByBrowser, ByCode, FoundServers, LiveReport, LiveState, LiveStatus,
    NumberedConnection, Passwords, PasswordsAre, PendingSignIn, ProposedServer, ReadOnce,
    Shown as ShownConnection, SignInAsked, SignIns, SignedIn, Tempo, Trouble, WayIn, WriteBack,
    find_servers, way_in_by_oauth,
};
pub use memory::give_memory_back;
pub use outgoing::{
    Answering, Approval, CopyState, Forbidden, InvalidApproval, LetGo, LetGoPage, LetGoState,
    Overruled, SendAct, SendAsked, SendLook, SendWay, Settling, ThreadChoice, usual_sending_port,
};
pub use overruling::{AskedOnce, Decision};
pub use owner::OwnerGuess;
pub use people::{PersonPage, PersonView, SamePersonProposal};
pub use person_files::{IntoFolder, IntoZip, PersonExport, PersonSink};
pub use place::{Place, ServerPlace};
pub use playbook::{FailedCase, check_playbook, playbook_folder, read_playbook};
pub use playbook_edit::{ScenarioFile, Trial};
pub use politics::{DealPolitics, read_map};
pub use processing_record::{ExchangedWith, KeptKind, PlaceOfData, ProcessingRecord};
pub use proposals::{Choice, Decided, Proposal, ProposedPerson};
pub use proposed_assessments::{AssessmentAsked, WaitingAssessment, proposable_cues};
pub use prospects::{
    AccountGiven, Other, PAGE_BYTES_MAX, PageToKeep, Proposed, Prospect, Silence, Statement,
    TARGETS_AT_LEAST, TARGETS_AT_MOST, Target,
};
pub use reading::{Reading, read_message};
pub use ready::Readiness;
pub use register::{
    AccountRow, Camp, Firm, PeopleAsked, PeopleOrder, PersonRow, Register, Registered, camps_of,
};
pub use reread::{BATCH_MESSAGES as REREAD_BATCH_MESSAGES, RereadProgress, RereadReport};
pub use retention::{Retention, RetentionLook, RetentionReport};
pub use review::{FileReview, review_files};
pub use rights::{Actor, LeadRight, LeadSides, Right};
pub use sample::Sample;
pub use second_reading::{
    Consent, NewConsent, Question as SecondQuestion, SecondSource, read_recorded,
};
pub use seller::Myself;
pub use sellers::{
    Asked, AskedFor, Colleague, GivenLeave, Goal, Goals, HelpFor, HelpWanted, Offered, OpenToMe,
    OwnWords, Preparation, Profile, PutOffs, Selling, ShareAsked, Shared,
};
pub use shared_deals::{DealShare, SharedDeal, SharedDealWhole, SharedTouch, SharedWay};
pub use sources::ToImport;
pub use timeline::{Happened, Happening, Timeline};
pub use touches::{MadeTouch, NewTouchPlan, TouchApproval, Touches};
pub use uploads::{UPLOAD_BYTES_MAX, UPLOAD_FILES_MAX, Upload};
pub use webhooks::{MadeWebhook, WEBHOOK_EVENTS, Webhook};
pub use winning::{
    ColumnWords, DealChance, DealsWinning, FileWinning, RowChance, WinningQuestion, weigh_file,
};

pub use inroad_advice::acquaintance::{Acquaintance, CueMonth, Doubt};
pub use written::AsWritten;

pub use inroad_advice::playbook::lessons::{Change, Changed};
pub use inroad_advice::playbook::{Playbook, scenario, signs};
pub use inroad_advice::politics::account::{Account, words};
pub use inroad_advice::politics::map::{Comfort, Map};
pub use inroad_advice::seller_habits;
pub use inroad_advice::touch_plan::{
    Approved as ApprovedTouch, Happened as TouchHappened, Hours, Matter, NextTouch, TouchPlan,
    TouchState,
};
pub use inroad_advice::win_rates::{CauseTally, PlayTally, Tally};
pub use inroad_advice::winning::{BaseRate, Chance, Judged, Likely, Mover, Summary, Verdict};
pub use inroad_coach::call;
pub use inroad_language::cues::taught::Change as CueChange;
pub use inroad_model::{Cue, DeedNumber};
pub use inroad_reach::Reach as ServerReach;
pub use inroad_second_reading::{
    Checked as CheckedSecondReading, Endpoint as SecondReadingEndpoint, Key as SecondReadingKey,
};
pub use inroad_store::{
    ApiAnswer, ApiRequest, DealStatus, DeedsAsked, DeliveryState, Erased, KeptDelivery, KeptMember,
    LetterLine, PoolUse, StoredDeal,
};
pub use inroad_webhook::Reach as WebhookReach;
