//! `inroad send` and `inroad sent`: a letter is shown, let go by the user's word on it, and what became of it.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_model::{ConnectionName, MessageId, Remark};
use inroad_service::{
    Answering, Approval, Inroad, LetGo, LetGoState, SendAct, SendAsked, SendLook, SendWay,
};

use super::coach::text_of;
use super::live::passwords;
use crate::cli::{PlainFormat, SendArgs, SentArgs};
use crate::show::{self, plain};
use crate::when;

/// Nobody can tell whether it went.
const UNKNOWN: u8 = 4;

pub(crate) async fn send(inroad: Inroad, args: SendArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let asked = asked(&args)?;
    let now = when::now();
    if let Some(day) = args.remind {
        let done = inroad.remind_to_send(&asked, None, day, now).await?;
        let deed = inroad.deed(done.deed).await?;
        inroad.close().await?;
        writeln!(out, "Nothing is sent. {}.", plain(&deed.says))?;
        writeln!(
            out,
            "Keep the draft: inroad keeps none. To take it back: inroad undo {}",
            deed.number
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let although = args.although.as_deref().map(Remark::new).transpose().context("--although")?;
    let way = if args.to_drafts { SendWay::Drafts } else { SendWay::Now };
    let passwords = passwords(inroad.path(), &args.secrets);
    let look = inroad.look_before_sending(&asked, now).await?;
    // Which letter it answers was decided when it was shown; the fingerprint tells whether that is so.
    let approval = if let Some(approval) = args.yes {
        approval
    } else {
        show::letter_to_send(&look, out)?;
        if args.show {
            inroad.close().await?;
            return shown(&look, way, out);
        }
        let Some(approval) = agreed(&look, way, although.as_ref(), out)? else {
            inroad.close().await?;
            writeln!(out, "Nothing is sent.")?;
            return Ok(ExitCode::FAILURE);
        };
        approval
    };
    let asked = look.asked;
    let act = SendAct { asked, way, approval, although };
    let letter = inroad.let_go(act, &passwords, when::now()).await?;
    inroad.close().await?;
    told(&letter, out)
}

/// What the draft and the arguments ask for.
fn asked(args: &SendArgs) -> Result<SendAsked> {
    let (text, _) = text_of(&args.file)?;
    let mut asked = SendAsked::of_draft(&text);
    asked.from = args.from.as_deref().map(ConnectionName::new).transpose()?;
    for (field, more) in
        [(&mut asked.to, &args.to), (&mut asked.cc, &args.cc), (&mut asked.bcc, &args.bcc)]
    {
        for one in more {
            *field = if field.is_empty() { one.clone() } else { format!("{field}, {one}") };
        }
    }
    if let Some(subject) = &args.subject {
        asked.subject.clone_from(subject);
    }
    match args.answers.as_deref() {
        None => {}
        Some("none") => asked.answering = Answering::Nothing,
        Some(id) => {
            let id = id.trim().trim_start_matches('<').trim_end_matches('>');
            asked.answering = Answering::Letter(MessageId::new(id).context("--answers")?);
        }
    }
    Ok(asked)
}

/// Says how the letter that was shown is let go.
fn shown(look: &SendLook, way: SendWay, out: &mut dyn Write) -> Result<ExitCode> {
    let Some(approval) = &look.approval else { return Ok(ExitCode::FAILURE) };
    let how = if way == SendWay::Drafts { " --to-drafts" } else { "" };
    let although = if look.held.is_empty() { "" } else { " --although REASON" };
    writeln!(
        out,
        "To let this very letter go within an hour, the same command with{how}{although}"
    )?;
    writeln!(out, "  --yes {approval}")?;
    Ok(ExitCode::SUCCESS)
}

/// Asks whoever sits at the terminal; `None` where they do not want it.
fn agreed(
    look: &SendLook,
    way: SendWay,
    although: Option<&Remark>,
    out: &mut dyn Write,
) -> Result<Option<Approval>> {
    let Some(approval) = look.approval.clone() else { return Ok(None) };
    if !look.held.is_empty() && although.is_none() {
        writeln!(out, "The coach holds it up. Put it right, or say --although and the reason.")?;
        return Ok(None);
    }
    if way == SendWay::Now && !look.can_send {
        bail!(
            "No server is known that sends for {}: --to-drafts puts the letter among your drafts, or connect \
             the mailbox once more with --smtp SERVER",
            look.from
        );
    }
    if !std::io::stdin().is_terminal() {
        bail!(
            "Nobody can be asked here: see the letter with --show, and let it go with what that prints"
        );
    }
    let what = match way {
        SendWay::Now => "send it now",
        SendWay::Drafts => "put it among your drafts",
    };
    write!(out, "Type yes to {what}: ")?;
    out.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok((line.trim() == "yes").then_some(approval))
}

fn told(letter: &LetGo, out: &mut dyn Write) -> Result<ExitCode> {
    for line in show::fate(letter) {
        writeln!(out, "{line}")?;
    }
    Ok(match letter.state {
        LetGoState::Went => ExitCode::SUCCESS,
        LetGoState::DidNotGo => ExitCode::FAILURE,
        LetGoState::Unknown | LetGoState::OnItsWay | LetGoState::NotLookedFor => {
            ExitCode::from(UNKNOWN)
        }
    })
}

pub(crate) async fn sent(inroad: Inroad, args: SentArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let said = args.went.map(|number| (number, true));
    if let Some((number, went)) = said.or(args.did_not_go.map(|number| (number, false))) {
        inroad.say_what_became(number, went, when::now()).await?;
    }
    let passwords = passwords(inroad.path(), &args.secrets);
    inroad.settle_what_was_begun(&passwords).await?;
    let page = inroad.let_go_letters(args.limit, 0).await?;
    inroad.close().await?;
    match args.format {
        PlainFormat::Json => show::json(&page.letters, out)?,
        PlainFormat::Table => show::let_go(&page, out)?,
    }
    Ok(ExitCode::SUCCESS)
}
