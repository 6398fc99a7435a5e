//! Whom not to write to, erasing a person, and giving a person what is held of them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use inroad_model::EmailAddress;

#[derive(Debug, Subcommand)]
pub(crate) enum DoNotContactAction {
    /// List them, the latest first; with words, those in whom all of them stand
    List {
        /// An address, a domain, or any words
        #[arg(value_name = "WORDS")]
        words: Vec<String>,
    },
    /// Leave a person or a whole firm alone: nothing proposes to write to them any more
    Add {
        /// The address, the mail domain of a firm, or the name of a person or firm that is known
        #[arg(value_name = "WHOM")]
        whom: String,
        /// Why, in a few words
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// Take your word back; what they asked for themselves stands
    Remove {
        /// The address, the mail domain of a firm, or the name of a person or firm that is known
        #[arg(value_name = "WHOM")]
        whom: String,
    },
    /// Take in a list: an address, a domain or a SHA-256 a line, or a table with such columns
    Import {
        /// The list, as text or CSV
        file: PathBuf,
    },
    /// Write all of them into a new CSV file
    Export {
        /// The file to write; - for the output
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PrivacyAction {
    /// Print the record of processing activities (GDPR, article 30) as Markdown: what is kept, why, for how
    /// long, and who receives it
    Record,
    /// How long letters are kept: show the rule, what another one would take, or set it
    Retention(RetentionArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RetentionArgs {
    /// Letters older than so many months go, but those of open deals and of firms with one
    #[arg(long, value_name = "MONTHS")]
    pub letters_months: Option<u16>,
    /// While 'inroad serve' runs, see to it every day
    #[arg(long, requires = "letters_months")]
    pub daily: bool,
    /// Set the rule and do it now; without it, only what would go is told. It cannot be undone
    #[arg(long, requires = "letters_months")]
    pub yes: bool,
    /// Keep letters until you erase them, from now on
    #[arg(long, conflicts_with = "letters_months")]
    pub off: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// The address; all others that are the same person's go, too
    #[arg(value_name = "ADDRESS")]
    pub email: EmailAddress,
    /// Do it; without it, only what would go is told
    #[arg(long)]
    pub yes: bool,
    /// Backups from which they are erased as well
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub backups: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportPersonArgs {
    /// The address; what is held under all others of the same person comes, too
    #[arg(value_name = "ADDRESS")]
    pub email: EmailAddress,
    /// A new folder, or a new file that ends in .zip
    #[arg(long, value_name = "FOLDER|FILE.zip")]
    pub to: PathBuf,
}
