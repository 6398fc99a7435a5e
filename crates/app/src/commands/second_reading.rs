//! `inroad second-reading`: switching it on and off, seeing what would be sent, and asking.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use inroad_advice::discreet;
use inroad_model::{Moment, SecondReading};
use inroad_service::{
    CheckedSecondReading, Consent, Inroad, NewConsent, SecondQuestion, SecondReadingEndpoint,
    SecondReadingKey,
};

use crate::cli::{SecondReadingAction, SwitchOn};
use crate::show::plain;

/// The variable that may hold the key.
pub(crate) const KEY_VARIABLE: &str = "INROAD_SECOND_READING_KEY";

/// Does what was asked.
pub(crate) async fn run(
    inroad: Inroad,
    action: SecondReadingAction,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let code = match action {
        SecondReadingAction::On(args) => on(&inroad, args, out).await?,
        SecondReadingAction::Off { forget } => off(&inroad, forget, out).await?,
        SecondReadingAction::Status => status(&inroad, out).await?,
        SecondReadingAction::Try { deal, dry_run, as_of } => {
            try_one(&inroad, &deal, dry_run, as_of.0, out).await?
        }
        SecondReadingAction::Run { deal, as_of } => {
            read(&inroad, deal.as_deref(), as_of.0, out).await?
        }
    };
    inroad.close().await?;
    Ok(code)
}

/// The key in the environment, if there is one.
pub(crate) fn key_of_environment() -> Result<Option<SecondReadingKey>> {
    match std::env::var(KEY_VARIABLE).ok().filter(|key| !key.is_empty()) {
        Some(key) => Ok(Some(SecondReadingKey::new(&key)?)),
        None => Ok(None),
    }
}

fn key(consent: &Consent) -> Result<Option<SecondReadingKey>> {
    match key_of_environment()? {
        Some(key) => Ok(Some(key)),
        None => Ok(consent.key()?),
    }
}

async fn on(inroad: &Inroad, args: SwitchOn, out: &mut dyn Write) -> Result<ExitCode> {
    let endpoint = SecondReadingEndpoint::new(&args.url)?;
    let host = endpoint.host();
    writeln!(out, "{}", what_is_sent(&endpoint))?;
    let before = inroad.second_consent().await?;
    let is_agreed = before.is_some_and(|consent| consent.host == host);
    let agreed_host = match args.i_agree_to_send_to {
        Some(host) => host,
        None if is_agreed => host.clone(),
        None if std::io::stdin().is_terminal() => {
            write!(out, "If you agree, type the host: ")?;
            out.flush()?;
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            line
        }
        None => bail!("Nothing was switched on. In a script say --i-agree-to-send-to {host}"),
    };
    let new = NewConsent {
        url: args.url,
        model: args.model,
        key_file: args.key_file,
        trust: args.trust,
        agreed_host,
    };
    let consent = inroad.turn_second_reading_on(new).await?;
    writeln!(
        out,
        "The second reading is on: {} at {}. Look what would be sent: inroad second-reading try \
         DEAL --dry-run",
        plain(&consent.model),
        consent.host
    )?;
    Ok(ExitCode::SUCCESS)
}

/// What a consent is a consent to.
fn what_is_sent(endpoint: &SecondReadingEndpoint) -> String {
    let host = endpoint.host();
    let way = match (endpoint.is_here(), endpoint.is_encrypted()) {
        (true, _) => "This is a server on this machine.",
        (false, true) => "It goes there encrypted; whoever runs that host can read it.",
        (false, false) => {
            "It goes there WITHOUT encryption: whoever is on the way, and whoever runs that host, \
             can read it."
        }
    };
    format!(
        "A second reading sends this to {host}, each time that you say 'inroad second-reading run' or 'try', \
         and never otherwise:\n\
         - the letters of one deal: what was written, when, the subjects, and the names and addresses of those \
         who wrote and got them\n\
         - your notes about that deal, its name, the organisation, the fee quoted, and the names, titles and \
         roles of its people\n\
         - your name and the name of the model\n\
         Letters of other deals, attachments, calendars and address books are not sent. {way}"
    )
}

async fn off(inroad: &Inroad, forget: bool, out: &mut dyn Write) -> Result<ExitCode> {
    let forgotten = inroad.turn_second_reading_off(forget).await?;
    write!(out, "The second reading is off: nothing is sent, and what was read does not count.")?;
    if forget {
        write!(out, " {forgotten} readings are forgotten.")?;
    }
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

async fn status(inroad: &Inroad, out: &mut dyn Write) -> Result<ExitCode> {
    let count = inroad.second_reading_count(now()).await?;
    match inroad.second_consent().await? {
        None => writeln!(out, "The second reading is off. Nothing leaves this machine.")?,
        Some(consent) => writeln!(
            out,
            "The second reading is on.\nHost: {}, since your consent of {}\nModel: {}\nTrust: {}\nKey: {}",
            consent.host,
            consent.given_at.date(),
            plain(&consent.model),
            consent.trust,
            consent.key_file.as_ref().map_or_else(
                || format!("none, or in {KEY_VARIABLE}"),
                |path| format!("in {}", path.display())
            ),
        )?,
    }
    writeln!(out, "{count} deals have a second reading.")?;
    Ok(ExitCode::SUCCESS)
}

async fn try_one(
    inroad: &Inroad,
    deal: &str,
    dry_run: bool,
    as_of: Moment,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let question = inroad.second_question(deal, as_of).await?;
    if dry_run {
        writeln!(
            out,
            "This would be sent to {}:\n\n{}\n\n{}",
            question.consent.host,
            plain(&question.request.system),
            plain(&question.request.user)
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let checked = asked(inroad, &question, out).await?;
    tell(&checked, out)?;
    writeln!(out, "Nothing of it was kept; 'inroad second-reading run' keeps it.")?;
    Ok(ExitCode::SUCCESS)
}

async fn read(
    inroad: &Inroad,
    deal: Option<&str>,
    as_of: Moment,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let questions = match deal {
        Some(deal) => vec![inroad.second_question(deal, as_of).await?],
        None => inroad.second_questions(as_of).await?,
    };
    let mut failed = 0;
    for question in &questions {
        if question.is_known {
            writeln!(out, "{}: nothing new to read.", plain(&question.deal.name))?;
            continue;
        }
        match asked(inroad, question, out).await {
            Ok(checked) => {
                inroad.keep_second(question, &checked).await?;
                tell(&checked, out)?;
            }
            // One deal that fails says little of the next, but a host that is gone stays so.
            Err(error) if deal.is_some() || failed > 0 => return Err(error),
            Err(error) => {
                failed += 1;
                writeln!(out, "  {}", plain(&error.to_string()))?;
            }
        }
    }
    if questions.is_empty() {
        writeln!(out, "No open deal has letters or notes to read.")?;
    }
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn asked(
    inroad: &Inroad,
    question: &SecondQuestion,
    out: &mut dyn Write,
) -> Result<CheckedSecondReading> {
    let consent = &question.consent;
    writeln!(
        out,
        "{}: sending {} letters and notes to {} …",
        plain(&question.deal.name),
        question.request.sheets(),
        consent.host
    )?;
    out.flush()?;
    Ok(inroad.ask_second(question, key(consent)?).await?)
}

fn tell(checked: &CheckedSecondReading, out: &mut dyn Write) -> Result<()> {
    let mut reading = checked.reading.clone();
    discreet::keep_reading(&mut reading);
    let SecondReading { causes, remarks, model, .. } = &reading;
    if causes.is_empty() {
        writeln!(out, "  {} names no cause with words that stand.", plain(model))?;
    }
    for named in causes {
        let says = named.cause.says().trim_end_matches('.');
        writeln!(out, "  {says} ({})", named.probability.in_percent())?;
        for (findings, side) in
            [(&named.findings_for, ""), (&named.findings_against, "against it: ")]
        {
            for finding in findings {
                let place = finding.message.to_reference();
                writeln!(out, "  - {side}{}", plain(&finding.says))?;
                writeln!(out, "    \"{}\" {}", plain(&finding.quote), plain(&place))?;
            }
        }
    }
    if let Some(question) = &remarks.question {
        writeln!(out, "  It would ask: {}", plain(question))?;
    }
    for line in &checked.told {
        writeln!(out, "  ({})", plain(line))?;
    }
    Ok(())
}

fn now() -> Moment {
    Moment::utc(jiff::Timestamp::now())
}
