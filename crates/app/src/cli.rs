//! What can be asked on the command line.

mod call;
mod coach;
mod correct;
mod deals;
mod desk;
mod entrance;
mod formats;
#[cfg(feature = "oidc")]
mod identity_provider;
mod leads;
mod lessons;
mod live;
mod migrate;
mod names;
#[cfg(feature = "operations")]
mod operations;
mod playbook;
mod privacy;
mod proposed;
mod prospects;
mod review;
mod rhythm;
mod search;
mod second_reading;
mod seller;
mod send;
mod team;
mod tell;
mod touches;
mod winning;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use inroad_model::{Advice, ContactField, DeedNumber, EmailAddress};

use crate::when::AsOf;

pub(crate) use call::CallArgs;
pub(crate) use coach::{CoachAction, CoachArgs, DraftArgs, DraftFormat};
pub(crate) use correct::{CorrectArgs, Holds};
pub(crate) use deals::DealsAction;
pub(crate) use desk::{AsideArgs, NoteArgs, PlanArgs, ShareArgs};
pub(crate) use entrance::{AuditArgs, ReachArgs, Serving, TokenAction};
pub(crate) use formats::{Format, MapFormat, PlainFormat, ReportFormat};
#[cfg(feature = "oidc")]
pub(crate) use identity_provider::{ProviderAction, ProviderArgs};
pub(crate) use leads::{
    DefinitionAction, DefinitionArgs, HandOverArgs, LeadsAction, LeadsArgs, ListArgs,
};
pub(crate) use lessons::{LessonArgs, LessonsAction};
pub(crate) use live::{
    CommonArgs, ConnectAction, DavArgs, DeletedThere, FeedArgs, Guard, MailboxArgs, NotesArgs,
    OAuthArgs, SecretArgs, SinceArgs,
};
pub(crate) use migrate::MigrateArgs;
pub(crate) use names::{advice, cause, contact_field, cue, outcome};
#[cfg(feature = "operations")]
pub(crate) use operations::{LogForm, LogLevel, OperationsArgs};
pub(crate) use playbook::PlaybookAction;
pub(crate) use privacy::{
    DoNotContactAction, EraseArgs, ExportPersonArgs, PrivacyAction, RetentionArgs,
};
#[cfg(feature = "mcp")]
pub(crate) use proposed::McpArgs;
pub(crate) use proposed::{ProposedAction, ProposedArgs};
pub(crate) use prospects::{
    AssumeArgs, DoublesAction, FormArgs, FoundArgs, IdealAction, TargetsAction,
};
pub(crate) use review::{ReviewArgs, Showing};
pub(crate) use rhythm::{ArchiveArg, FollowArg, RhythmAction};
pub(crate) use search::SearchArgs;
pub(crate) use second_reading::{SecondReadingAction, SwitchOn};
pub(crate) use seller::{SellerAction, SellerArgs};
pub(crate) use send::{SendArgs, SentArgs};
pub(crate) use team::{MemberArgs, TeamAction};
pub(crate) use tell::{TellArgs, Word};
pub(crate) use touches::{TouchesAction, TouchesArgs, TouchesShowing};
pub(crate) use winning::WinningArgs;

/// Which deals are warm, which went quiet, why, and what the next useful step is.
#[derive(Debug, Parser)]
#[command(name = "inroad", version, about, max_term_width = 80)]
pub(crate) struct Cli {
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "The data file [default: $INROAD_DATA, else inroad.db in your data folder]"
    )]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the morning review of a sample mailbox, and serve it as a page
    Demo {
        #[command(flatten)]
        serving: Serving,
        /// Print the review and stop
        #[arg(long)]
        no_serve: bool,
    },
    /// Import mail, calendars, contacts, CRM exports and deals files
    Import {
        /// Files and folders: mbox, Maildir, .eml, .ics, .vcf, .csv, .vtt, .srt, deals .json; .zip and .tgz of these
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Say what would come in, and keep nothing
        #[arg(long)]
        dry_run: bool,
        /// Messages to a transaction; each one that is kept is told on the error output
        // For the test that kills imports; nobody else needs to choose.
        #[arg(long, value_name = "N", hide = true)]
        batch_mails: Option<usize>,
    },
    /// Connect a mailbox, a calendar, contacts, a feed or a folder of notes, so that it is read by itself
    Connect {
        #[command(subcommand)]
        action: ConnectAction,
    },
    /// Read a connection no more; what was read stays
    Disconnect {
        /// Its name, as 'inroad status' shows it
        name: String,
        #[command(flatten)]
        secrets: SecretArgs,
    },
    /// Read everything that is connected once
    Sync {
        /// Only this one
        name: Option<String>,
        #[command(flatten)]
        secrets: SecretArgs,
    },
    /// Show how everything that is connected is
    Status,
    /// Show who you are, or say it
    Me {
        /// Your addresses
        #[arg(value_name = "ADDRESS")]
        emails: Vec<EmailAddress>,
        /// Your name
        #[arg(long)]
        name: Option<String>,
    },
    /// List deals and proposals; accept or dismiss proposals
    Deals {
        #[command(subcommand)]
        action: Option<DealsAction>,
    },
    /// Show the review of all deals
    Review(ReviewArgs),
    /// Show one deal
    Deal {
        /// Its name, its id, or a part of one
        name: String,
        #[command(flatten)]
        showing: Showing,
    },
    /// Show who is in the way of a deal, where to go, what to ask, what would tip it
    Politics {
        /// The deal: its name, its id, or a part of one
        #[arg(required_unless_present = "file")]
        name: Option<String>,
        /// A map of your own, as TOML, instead of a deal
        #[arg(long, value_name = "FILE", conflicts_with = "name")]
        file: Option<PathBuf>,
        /// How much risk you are comfortable with
        #[arg(long, value_enum)]
        comfort: Option<Risk>,
        /// What was known on that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
        /// How to show it
        #[arg(long, value_enum, default_value_t = MapFormat::Table)]
        format: MapFormat,
    },
    /// Show one person, or say that two addresses are one person's
    Person {
        /// The address
        email: EmailAddress,
        /// This address is the same person's
        #[arg(long, value_name = "ADDRESS")]
        same_as: Vec<EmailAddress>,
        /// This address is somebody else's
        #[arg(long, value_name = "ADDRESS")]
        not_same_as: Vec<EmailAddress>,
        /// What was known on that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
        /// How to show it
        #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
        format: PlainFormat,
    },
    /// Show what is understood of one mail
    Read {
        /// A mail, as .eml
        file: PathBuf,
        /// How to show it
        #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
        format: PlainFormat,
    },
    /// Show what a call tells: who speaks how much, questions, promises, the next step
    Call(CallArgs),
    /// Find deals, people, messages and notes, by words and operators
    #[command(after_help = search::OPERATORS)]
    Search(SearchArgs),
    /// Serve the review as a page on this machine
    Serve {
        #[command(flatten)]
        serving: Serving,
        #[command(flatten)]
        reach: ReachArgs,
        /// The day to review [default: today]
        #[arg(long, value_name = "DAY")]
        as_of: Option<AsOf>,
        #[command(flatten)]
        secrets: SecretArgs,
        #[cfg(feature = "operations")]
        #[command(flatten)]
        operations: OperationsArgs,
    },
    /// Write everything into one new file
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Let an assistant of yours ask what is known of deals, over the Model Context Protocol
    ///
    /// It changes nothing that counts. What it answers goes to the assistant, and to whoever runs that.
    #[cfg(feature = "mcp")]
    Mcp(McpArgs),
    /// Copy everything into an empty workspace on a PostgreSQL server, for a team
    Migrate(MigrateArgs),
    /// Put a backup in the place of the data file, which is kept beside it
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Replay the past: what would have been flagged each Monday, and what came of it
    Backtest {
        /// Replay this log instead: a folder with events.csv
        #[arg(long, value_name = "DIR")]
        log: Option<PathBuf>,
        /// Days without a letter after which somebody counts as dark, in a log
        #[arg(long, value_name = "DAYS", default_value = "60", requires = "log")]
        #[arg(value_parser = clap::value_parser!(u16).range(1..=3650))]
        horizon: u16,
        /// Replay up to that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
        /// How to show it
        #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
        format: ReportFormat,
    },
    /// Tell the chance of winning by how other deals ended: yours, or those of a CSV file
    Winning(WinningArgs),
    /// Forecast answers and silences of logs of letters, and fit the prior for it
    Rhythm {
        #[command(subcommand)]
        action: RhythmAction,
    },
    /// The playbook: what may be behind a silence, and what to do about it
    Playbook {
        #[command(subcommand)]
        action: PlaybookAction,
    },
    /// What finished deals taught: win rates by cause and by play, and what that changed
    #[command(args_conflicts_with_subcommands = true)]
    Lessons {
        #[command(subcommand)]
        action: Option<LessonsAction>,
        /// What was known on that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
        /// How to show it
        #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
        format: PlainFormat,
    },
    /// Tell what you know of people that no letter says, or take it back
    #[command(after_help = tell::EXAMPLES)]
    Tell(TellArgs),
    /// Say that a sentence of a letter was read wrongly, take it back, or list what you said
    Correct(CorrectArgs),
    /// What an assistant proposed about your deals: list it, confirm or dismiss it
    Proposed(ProposedArgs),
    /// Whom not to write to: list them, add and remove, take in and give out lists
    DoNotContact {
        #[command(subcommand)]
        action: Option<DoNotContactAction>,
    },
    /// Erase a person from everything that is kept; this cannot be undone
    Erase(EraseArgs),
    /// Write all that is held about one person into files, for that person
    ExportPerson(ExportPersonArgs),
    /// What you owe to those of whom something is kept
    Privacy {
        #[command(subcommand)]
        action: PrivacyAction,
    },
    /// Give a person or a firm a word by which you find them
    Tag {
        /// The address, the mail domain of a firm, or the name where one person alone has it
        #[arg(value_name = "WHOM")]
        whom: String,
        /// The word
        tag: String,
        /// Take it away
        #[arg(long)]
        remove: bool,
    },
    /// Put right what your records say of a person: it counts from then on, and can be undone
    ///
    /// An address book that is connected with --write-back is changed as well, where its card says what is
    /// wrong.
    Record {
        /// The address, or the name where one person alone has it
        #[arg(value_name = "WHOM")]
        whom: String,
        /// What of them: name, title, firm or phone
        #[arg(value_parser = contact_field)]
        field: ContactField,
        /// What is so
        value: String,
        /// In place of what; a telephone number without it is one more
        /// [default: what your records say, if that is one thing]
        #[arg(long, value_name = "TEXT")]
        instead: Option<String>,
    },
    /// Decide otherwise than advised, with the reason
    Overrule {
        /// The deal: its name, its id, or a part of one
        name: String,
        /// What you do instead: pursue, wait, let-go or stop
        #[arg(value_parser = advice, required_unless_present = "undo")]
        advice: Option<Advice>,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT", required_unless_present = "undo")]
        because: Option<String>,
        /// Take your decision back: what inroad says counts again
        #[arg(long, conflicts_with_all = ["advice", "because"])]
        undo: bool,
        /// How to show what counts now
        #[arg(long, value_enum, default_value_t = PlainFormat::Table)]
        format: PlainFormat,
    },
    /// The 15 to 20 firms that you work on, how well they fit, and what to find out next
    #[command(args_conflicts_with_subcommands = true)]
    Targets {
        #[command(subcommand)]
        action: Option<TargetsAction>,
        /// What was known on that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
    },
    /// With whom you stay in touch until they respond: the next touch of each, and your word on it
    Touches(Box<TouchesArgs>),
    /// People and firms that may be there twice, with the reasons; say which are one and which two
    Doubles {
        #[command(subcommand)]
        action: Option<DoublesAction>,
    },
    /// A few things a day to look after: what is missing, old, twice there or at odds
    Care,
    /// Say of which deal a note is that you sent to yourself
    Place {
        /// The note, as 'inroad care' names it
        note: String,
        /// The deal: its name, its id, or a part of one
        deal: String,
    },
    /// Whom you help best: show it as a file, or state it by one
    #[command(args_conflicts_with_subcommands = true)]
    IdealClient {
        #[command(subcommand)]
        action: Option<IdealAction>,
        /// What was stated by that day
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
    },
    /// Show what is assumed and what is verified of a firm, or a sheet for the first call
    Form(FormArgs),
    /// Write down what is assumed or verified of a firm, or that an assumption does not hold
    Assume(Box<AssumeArgs>),
    /// Keep a page, a report or a press note that you found of a firm
    Found(FoundArgs),
    /// Who works with you: sellers, marketers, managers, outside providers of leads
    #[command(args_conflicts_with_subcommands = true)]
    Team {
        #[command(subcommand)]
        action: Option<TeamAction>,
    },
    /// Tokens by which other programs ask in your name
    #[command(args_conflicts_with_subcommands = true)]
    Token {
        #[command(subcommand)]
        action: Option<TokenAction>,
    },
    /// Who came in, and who changed what somebody may; whether the log of it is what it was
    Audit(AuditArgs),
    /// Leads between marketing and sales: hand over, accept, return, and what waits for whom
    Leads(Box<LeadsArgs>),
    /// What a qualified lead is: show it, propose a version, sign one
    Definition(DefinitionArgs),
    /// How you sell: what you say beside what is seen, what you practise, who could help whom
    #[command(disable_help_subcommand = true)]
    Seller(Box<SellerArgs>),
    /// Show what today asks for: what is planned, at most seven deals, and what rests
    Today {
        /// As of a day, or now
        #[arg(long, value_name = "DAY", default_value = "now")]
        as_of: AsOf,
    },
    /// Keep a note on a deal; it is read as evidence, as a letter is
    Note(NoteArgs),
    /// Plan something about a deal for a day
    Plan(PlanArgs),
    /// Lay a deal aside until a day, or until they write
    Aside(AsideArgs),
    /// Show somebody who works here how a deal stands
    Share(ShareArgs),
    /// List what you changed, the latest first
    History,
    /// Undo a change: the last one, or that of a number
    Undo {
        /// The number, as 'inroad history' lists it
        #[arg(value_parser = deed)]
        number: Option<DeedNumber>,
    },
    /// Read drafts before you send or say them: what to look at again, and why
    Coach(Box<CoachArgs>),
    /// Speak with an editor, which shows what the coach finds as you type
    Lsp,
    /// Begin a draft along a play: a skeleton with blanks, and the facts that may be used
    Draft(Box<DraftArgs>),
    /// Show a letter as it goes out, and let it go by your word: once, to your mail server or into your drafts
    Send(Box<SendArgs>),
    /// List the letters that you let go, and what became of each
    Sent(SentArgs),
    /// Let a language model that you name read a deal a second time; off until you agree
    SecondReading {
        #[command(subcommand)]
        action: SecondReadingAction,
    },
    /// Read kept mail anew, where another version of the program read it
    Reread {
        /// Messages to a transaction; each one that is kept is told on the error output
        // For the test that stops it; nobody else needs to choose.
        #[arg(long, value_name = "N", hide = true)]
        batch_mails: Option<u32>,
    },
    /// Check the data file
    Doctor {
        /// Print only a digest of everything that is kept
        #[arg(long)]
        digest: bool,
    },
    /// Print what your shell needs to complete commands of inroad as you type
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of all commands
    Man {
        /// The folder to write them into [default: the page of inroad itself goes to the output]
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
}

/// How much risk a seller is comfortable with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Risk {
    /// Would rather lose a deal than step on toes
    Careful,
    /// As most
    Even,
    /// Would rather step on toes than lose a deal
    Bold,
}

fn deed(number: &str) -> Result<DeedNumber, String> {
    number.parse().map_err(|()| format!("'{number}' is no number; 'inroad history' lists them"))
}
