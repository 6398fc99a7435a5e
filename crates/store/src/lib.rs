//! The only SQL of the house: what is kept, once, and how it is found again.
//!
//! Callers see functions over nouns and never a row, a statement or a connection, so that another
//! database can stand behind the same functions. One writer, short transactions, effects after
//! commit.
//!
//! Must not: decide anything about people or deals, parse mail, or know a user's rights.

mod account;
mod address;
mod api_request;
mod audit;
mod away;
mod backup;
mod card_change;
mod change;
mod connection;
mod contact;
mod copy;
mod correction;
mod database;
mod deal;
mod deal_change;
mod deed;
mod digest;
mod do_not_contact;
mod doctor;
mod entrance;
mod entry;
mod erase;
mod error;
mod event;
mod fact;
mod forget;
mod ideal_client;
mod import;
mod insight;
mod issue;
mod lead;
mod lead_definition;
mod lesson;
mod letter;
mod letters_of;
mod letters_to_self;
mod line;
mod member;
mod message;
mod opt_out;
mod original;
mod outgoing;
mod overruling;
mod page;
mod person;
mod proposal;
mod reading;
mod ready;
mod remembered;
mod same;
mod search;
mod second_reading;
mod seller_word;
mod selling;
mod setting;
mod sql;
mod statistics;
mod tables;
mod telling;
mod thread;
mod throw_away;
mod turn;
mod webhook;
mod words;

pub use account::{SameAccount, SameAccountSaid, ToldAccount};
pub use api_request::{ApiAnswer, ApiRequest};
pub use audit::{AuditChecked, AuditHash, AuditRow};
pub use backup::check_backup;
pub use card_change::{CardChangeState, KeptCardChange, NewCardChange, SettledCard};
pub use change::FileState;
pub use connection::{KeptConnection, SyncFolder, SyncMail, SyncStep};
pub use contact::{ContactsStep, Counted, contact_hash};
pub use copy::Copied;
pub use database::Store;
pub use deal::{DealHistories, DealStatus, DealUpdate, StoredDeal};
pub use deal_change::DealStages;
pub use deed::{DeedsAsked, KeptDeed};
pub use do_not_contact::{ListedKind, ListedRow, NewListed};
pub use doctor::Health;
pub use entrance::{
    ApiTokenRow, Attempted, AuthorizationRequestRow, Holder, IdentityKept, IdentityProviderRow,
    IdentityRow, InvitationRow, KnownBy, LoginRow, NewApiToken, NewAuthorizationRequest,
    NewIdentity, NewIdentityProvider, NewPasskey, NewPasskeyRequest, NewSession, PasskeyKept,
    PasskeyRow, SessionRow, SignedInBy, TokenHash,
};
pub use erase::{
    Cell, Erased, Erasing, Erasure, ReadMail, RewrittenLetter, Trace, cell_of, listed_as_erased,
};
pub use error::{Error, Result};
pub use event::{EventNow, EventsStep};
pub use forget::GoneLetter;
pub use import::{Imported, NewMessage, Rehearsal};
pub use lead::{LeadEventRow, LeadRow, LeadsAsked, LeadsState, NewLead};
pub use lead_definition::{SignatureRow, ToldRow};
pub use lesson::DealEnd;
pub use letter::{Came, Letters};
pub use letters_of::{LetterLine, SentLine};
pub use letters_to_self::LetterToSelf;
pub use line::MessageLine;
pub use member::KeptMember;
pub use message::{Concerning, StoredMessage};
pub use original::{ContentHash, Original};
pub use outgoing::{NewOutgoing, Outgoing, OutgoingState};
pub use overruling::{KeptOverruling, Said};
pub use person::{AddressRow, SamePerson};
pub use proposal::{Correspondent, Exchanged};
pub use reading::ToReread;
pub use ready::PoolUse;
pub use search::{Bringing, Sent, Words};
pub use selling::{BriefLetter, OwnAbsence};
pub use turn::Turn;
pub use webhook::{
    DeedNews, DeliveryState, KeptDelivery, KeptWebhook, NewDelivery, Tried, WebhookSeen,
};
