//! `inroad targets`, `ideal-client`, `form`, `assume`, `found`: before the first call.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail, ensure};
use inroad_model::{
    AccountKey, Claim, ClaimSource, EmailAddress, Entry, MessageId, Moment, Remark, Subject,
};
use inroad_prospect::{read_ideal_file, write_ideal_file};
use inroad_service::{
    AccountGiven, CareAsked, Desk, Inroad, PAGE_BYTES_MAX, PageToKeep, Prospect, Register, Target,
};

use crate::cli::{
    AssumeArgs, DoublesAction, FormArgs, FoundArgs, IdealAction, PlainFormat, TargetsAction,
};
use crate::{show, when};

/// Shows the targets, or puts a firm on the list or takes one off.
pub(crate) async fn targets(
    inroad: Inroad,
    action: Option<TargetsAction>,
    as_of: Moment,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match action {
        None => {
            let register = inroad.register(as_of).await?;
            let targets = Target::among(&inroad.entries(as_of).await?);
            let mut seen = Vec::new();
            for target in targets {
                seen.push((prospect(&inroad, &register, &target.key, as_of).await?, target));
            }
            show::targets(&seen, out)?;
        }
        Some(TargetsAction::Add { account, because, instead_of, new }) => {
            let at = when::now();
            let because = because.as_deref().map_or(Ok(None), Remark::if_any)?;
            let firm = firm_to_add(&inroad, &account, new, at).await?;
            let leaves = match instead_of {
                Some(leaves) => Some(known(&inroad, &leaves, at).await?),
                None => None,
            };
            let done = inroad.add_target(&firm, because, leaves.as_ref(), at).await?;
            let key = firm.key()?;
            writeln!(out, "{key} is on the target list. To undo it: inroad undo {}", done.deed)?;
        }
        Some(TargetsAction::Remove { account }) => {
            let key = known(&inroad, &account, when::now()).await?;
            let done = inroad.remove_target(&key, when::now()).await?;
            writeln!(out, "{key} is off the target list. To undo it: inroad undo {}", done.deed)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the ideal client as a file, or states it by one.
pub(crate) async fn ideal_client(
    inroad: Inroad,
    action: Option<IdealAction>,
    as_of: Moment,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    match action {
        None => {
            let ideal = inroad.ideal_client(as_of).await?;
            if ideal.qualifiers.is_empty() {
                writeln!(out, "{NO_IDEAL}")?;
            } else {
                write!(out, "{}", write_ideal_file(&ideal))?;
            }
        }
        Some(IdealAction::Set { file }) => {
            let text = read(&file)?;
            let ideal = read_ideal_file(&text).with_context(|| file.display().to_string())?;
            let done = inroad.state_ideal_client(&ideal, when::now()).await?;
            let count = ideal.qualifiers.len();
            writeln!(out, "Stated by {count} qualifiers. To undo it: inroad undo {}", done.deed)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// What an ideal client may look like, to begin with.
const NO_IDEAL: &str = "\
# You have not said yet whom you help best. Write a file like this one, then:
# inroad ideal-client set FILE

# [[qualifier]]
# topic = \"industry\"
# level = \"must\"                  # must, want or avoid
# words = [\"logistics\", \"freight\"]
# weight = 4                      # 1 to 5
# because = \"We know their peaks\"

# [[qualifier]]
# topic = \"size\"
# level = \"want\"
# at-least = 50
# at-most = 500
# of = \"people\"";

/// Shows the form of a firm, or the sheet for a first call.
pub(crate) async fn form(inroad: Inroad, args: FormArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let at = when::now();
    let key = known(&inroad, &args.account, at).await?;
    let register = inroad.register(at).await?;
    let seen = prospect(&inroad, &register, &key, at).await?;
    let me = inroad.myself().await?.and_then(|me| me.seller.name);
    inroad.close().await?;
    let sheet = seen.call_sheet(me.as_deref());
    if args.call && sheet.is_none() {
        bail!("{} is left alone; there is no sheet for calling them", seen.label);
    }
    match (args.format, sheet.filter(|_| args.call)) {
        (PlainFormat::Json, Some(sheet)) => show::json(&sheet, out)?,
        (PlainFormat::Json, None) => show::json(&seen.form, out)?,
        (PlainFormat::Table, Some(sheet)) => show::call_sheet(&seen.label, &sheet, out)?,
        (PlainFormat::Table, None) => show::form(&seen, at.date(), out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes down what is assumed or verified of a firm.
pub(crate) async fn assume(
    inroad: Inroad,
    args: AssumeArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let firm = inroad.register(at).await?.account_given(&args.account)?;
    let key = firm.key()?;
    let text = args.text.join(" ");
    let done = if let Some(claim) = args.wrong {
        let entry = Entry::Fell { claim, because: Remark::if_any(&text)? };
        inroad.write_down(Subject::Account(key.clone()), entry, at).await?
    } else {
        let text = Remark::new(&text)?;
        let source = args.by.map_or(ClaimSource::Own, |by| ClaimSource::Told { by });
        let day = args.on.unwrap_or_else(|| at.date());
        if let Some(number) = args.settles {
            inroad.settle_claim(&key, number, text, source, day, at).await?
        } else {
            let (topic, is_verified) = (args.topic, args.verified);
            let claim = Claim {
                topic,
                text,
                is_verified,
                day,
                source,
                settles: None,
                settles_import: None,
            };
            inroad.write_down(Subject::Account(key.clone()), Entry::Claim(claim), at).await?
        }
    };
    write_down_new(&inroad, firm, at).await?;
    inroad.close().await?;
    writeln!(out, "Kept of {key}. To undo it: inroad undo {}", done.deed)?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps a text that was found of a firm.
pub(crate) async fn found(
    inroad: Inroad,
    args: FoundArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let register = inroad.register(at).await?;
    let firm = register.account_given(&args.account)?;
    let key = firm.key()?;
    let text = read(&args.file)?;
    let page = PageToKeep { title: &args.title, url: &args.url, day: args.on, text: &text };
    let done = inroad.keep_page(&key, &page, at).await?;
    let called = match &firm {
        AccountGiven::New(account) if account.domain.is_none() => account.name.clone(),
        _ => register.called_in_texts(&key),
    };
    let proposed = inroad.proposed_of_page(done.what, &called, at).await?;
    write_down_new(&inroad, firm, at).await?;
    inroad.close().await?;
    writeln!(out, "Kept of {key} as {}. To undo it: inroad undo {}", done.what, done.deed)?;
    show::proposed(&key, &proposed, out)?;
    Ok(ExitCode::SUCCESS)
}

async fn prospect(
    inroad: &Inroad,
    register: &Register,
    key: &AccountKey,
    at: Moment,
) -> Result<Prospect> {
    let entries = inroad.entries(at).await?;
    let pages = inroad.pages(at).await?;
    let ideal = inroad.ideal_client(at).await?;
    Ok(register.prospect(key, &entries, &pages, &ideal, at.date()))
}

/// Writes a firm down that was new when something was kept of it.
async fn write_down_new(inroad: &Inroad, firm: AccountGiven, at: Moment) -> Result<()> {
    if let AccountGiven::New(account) = firm {
        inroad.describe_account(*account, at).await?;
    }
    Ok(())
}

/// The firm that is to come on the list; a new one that is like some that are known is asked about.
async fn firm_to_add(
    inroad: &Inroad,
    typed: &str,
    is_new: bool,
    at: Moment,
) -> Result<AccountGiven> {
    let register = inroad.register(at).await?;
    let firm = register.account_given(typed)?;
    if let (AccountGiven::New(account), false) = (&firm, is_new) {
        let like = register.doubles().like_account(account);
        if !like.is_empty() {
            let like: Vec<String> =
                like.iter().map(|firm| format!("{} ({})", firm.called, firm.key)).collect();
            bail!(
                "'{typed}' may be {}. Name that one, or say --new if it is another firm",
                show::plain(&like.join(" or "))
            );
        }
    }
    Ok(firm)
}

/// Lists what to look after.
pub(crate) async fn care(inroad: Inroad, out: &mut dyn Write) -> Result<ExitCode> {
    let at = when::now();
    let desk = Desk::new(inroad.clone(), Some(at));
    let (register, morning) = (desk.register().await?, desk.glance().await?);
    let (entries, ideal) = (inroad.entries(at).await?, inroad.ideal_client(at).await?);
    let doubles = inroad.open_among(&register.doubles()).await?;
    let asked = CareAsked {
        morning: &morning,
        entries: &entries,
        ideal: &ideal,
        doubles: Some(&doubles),
        notes: &inroad.waiting_notes(at).await?,
        on: at.date(),
    };
    show::care(&register.care(&asked), out)?;
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps a note by mail as one of a deal.
pub(crate) async fn place(
    inroad: Inroad,
    note: &str,
    deal: &str,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let done = inroad.place_note(&MessageId::new(note)?, deal, when::now()).await?;
    let deed = inroad.deed(done.deed).await?;
    inroad.close().await?;
    writeln!(out, "{}. To take it back: inroad undo {}", show::plain(&deed.says), deed.number)?;
    Ok(ExitCode::SUCCESS)
}

/// Lists who may be there twice, or says which are one and which two.
pub(crate) async fn doubles(
    inroad: Inroad,
    action: Option<DoublesAction>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    let (a, b, is_same) = match action {
        None => {
            let found = inroad.register(at).await?.doubles();
            let open = inroad.open_among(&found).await?;
            inroad.close().await?;
            show::doubles(&open, out)?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(DoublesAction::Same { a, b }) => (a, b, true),
        Some(DoublesAction::Apart { a, b }) => (a, b, false),
    };
    let done = match (a.parse::<EmailAddress>(), b.parse::<EmailAddress>()) {
        (Ok(a), Ok(b)) => inroad.decide_same_person(&a, &b, is_same, at).await?,
        // Two names that were joined lead to one firm, so they are parted by themselves.
        _ if !is_same => {
            let (a, b) = (a.parse::<AccountKey>()?, b.parse::<AccountKey>()?);
            inroad.decide_same_account(&a, &b, false, at).await?
        }
        _ => {
            let (a, b) = (known(&inroad, &a, at).await?, known(&inroad, &b, at).await?);
            inroad.decide_same_account(&a, &b, true, at).await?
        }
    };
    inroad.close().await?;
    let what = if is_same { "one" } else { "two" };
    writeln!(out, "{a} and {b} are {what}. To undo it: inroad undo {}", done.deed)?;
    Ok(ExitCode::SUCCESS)
}

/// The firm that is meant, without writing anything down.
async fn known(inroad: &Inroad, typed: &str, at: Moment) -> Result<AccountKey> {
    Ok(inroad.register(at).await?.account_given(typed)?.key()?)
}

/// The text of a file, or of the standard input; a little more than may be kept, so that too much is told.
fn read(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let most = PAGE_BYTES_MAX as u64 + 1;
    if file == Path::new("-") {
        std::io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| file.display().to_string())?;
        opened.take(most).read_to_end(&mut bytes)?;
    }
    ensure!(
        bytes.len() <= PAGE_BYTES_MAX,
        "{} holds more than a megabyte; keep the part that tells of them",
        file.display()
    );
    String::from_utf8(bytes).map_err(|cause| {
        let at = cause.utf8_error().valid_up_to();
        anyhow!("{} is no UTF-8 text at byte {at}; save it as UTF-8 text", file.display())
    })
}
