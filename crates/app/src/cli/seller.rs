//! How one sells, and who could help whom.

use clap::{Args, Subcommand};
use inroad_model::{
    Agreement, CommissionShare, EmailAddress, SellerPart, SellerWordNumber, Strength,
};
use jiff::civil::Date;

use super::PlainFormat;
use crate::when::AsOf;

/// `inroad seller`.
#[derive(Debug, Args)]
pub(crate) struct SellerArgs {
    #[command(subcommand)]
    pub action: Option<SellerAction>,
    /// As whom of those who work here, by address; you, where nobody is named
    #[arg(long = "as", value_name = "ADDRESS", global = true)]
    pub actor: Option<EmailAddress>,
    /// As of a day, or now
    #[arg(long, value_name = "DAY", default_value = "now", global = true)]
    pub as_of: AsOf,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = PlainFormat::Table, global = true)]
    pub format: PlainFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SellerAction {
    /// Show what is yours, or what somebody lets you look at
    Show {
        /// Somebody else's address
        email: Option<EmailAddress>,
    },
    /// Say how far a statement holds for you, from 1, not at all, to 5, fully
    Say {
        /// The statement, by its name such as hunting.enjoys
        statement: String,
        /// The answer
        #[arg(value_parser = agreement)]
        answer: Agreement,
    },
    /// Show what you practise, or choose it
    Goal {
        /// The habit, by its name
        habit: Option<String>,
        /// Since when; today, where no day is named
        #[arg(long, value_name = "DAY")]
        since: Option<Date>,
    },
    /// Let somebody look at a part of what is yours
    Leave {
        /// Who
        to: EmailAddress,
        /// Which part: profile, reluctance or goals
        #[arg(value_parser = part)]
        part: SellerPart,
    },
    /// Take back what you said, let or asked, by its number
    Back {
        /// The number
        number: SellerWordNumberArg,
    },
    /// Offer to help with something: opening, questions, terms, closing, reviving or trust
    Offer {
        /// With what
        #[arg(value_parser = strength)]
        with: Strength,
        /// In your words
        words: Vec<String>,
    },
    /// Ask for help; who answers for your team reads the words
    Ask {
        /// With what
        #[arg(value_parser = strength)]
        with: Strength,
        /// What it is about
        #[arg(required = true)]
        words: Vec<String>,
        /// In which deal, by its name
        #[arg(long)]
        deal: Option<String>,
        /// By when
        #[arg(long, value_name = "DAY")]
        by: Option<Date>,
        /// Whom you ask first
        #[arg(long, value_name = "ADDRESS")]
        of: Option<EmailAddress>,
    },
    /// Show who could help with a deal
    Help {
        /// The deal, by its name
        deal: String,
    },
    /// Propose how the commission of a deal is shared
    Share {
        /// The deal, by its name
        deal: String,
        /// With whom
        with: EmailAddress,
        /// Their share in percent
        #[arg(value_parser = share)]
        percent: CommissionShare,
        /// What else is agreed
        words: Vec<String>,
    },
    /// Agree to a share that was proposed to you, by its number
    Agree {
        /// The number
        number: SellerWordNumberArg,
    },
    /// Say a word as a coach to what somebody practises
    Note {
        /// Who
        to: EmailAddress,
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Show where help is wanted in the teams for which you answer
    Wanted,
}

/// The number of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SellerWordNumberArg(pub(crate) SellerWordNumber);

impl std::str::FromStr for SellerWordNumberArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().map(Self);
        number.map_err(|()| format!("'{text}' is no number; 'inroad seller' shows them"))
    }
}

fn agreement(text: &str) -> Result<Agreement, String> {
    let number = text.parse::<u8>().map_err(|_odd| "An answer is a number from 1 to 5")?;
    Ok(Agreement::try_from(number)?)
}

fn share(text: &str) -> Result<CommissionShare, String> {
    let number = text.parse::<u8>().map_err(|_odd| "A share is a whole number of percent")?;
    Ok(CommissionShare::try_from(number)?)
}

fn part(name: &str) -> Result<SellerPart, String> {
    SellerPart::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = SellerPart::ALL.iter().map(|part| part.as_str()).collect();
        format!("'{name}' is none of {}", names.join(", "))
    })
}

fn strength(name: &str) -> Result<Strength, String> {
    Strength::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Strength::ALL.iter().map(|one| one.as_str()).collect();
        format!("'{name}' is none of {}", names.join(", "))
    })
}
