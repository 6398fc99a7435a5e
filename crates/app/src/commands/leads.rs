//! `inroad leads` and `inroad definition`: leads between marketing and sales.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use inroad_leads::{
    Answer, Given, HandOver, LeadEvent, LeadPerson, To, Who, read_definition_file,
    write_definition_file,
};
use inroad_model::{EmailAddress, Remark, TeamName};
use inroad_service::{Actor, ImportAsked, Inroad, LeadWhich, LeadsAsked, NewLead};

use crate::cli::{
    DefinitionAction, DefinitionArgs, HandOverArgs, LeadsAction, LeadsArgs, ListArgs, PlainFormat,
};
use crate::{show, when};

/// Shows or changes leads.
pub(crate) async fn leads(
    inroad: Inroad,
    args: LeadsArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let actor = actor(&inroad, args.who.as_ref()).await?;
    let at = when::now();
    let desk = LeadDesk { inroad: &inroad, actor: &actor };
    match args
        .action
        .unwrap_or_else(|| LeadsAction::List(ListArgs { page: 1, ..ListArgs::default() }))
    {
        LeadsAction::List(asked) => {
            let page = asked.page.max(1);
            let list = inroad.leads(&actor, &listed(asked), page, at).await?;
            show::lead_list(&list, args.format, out)?;
        }
        LeadsAction::Show { number } => {
            show::lead(&inroad.lead(&actor, number, at).await?, args.format, out)?;
        }
        LeadsAction::HandOver(new) => {
            let done = inroad.hand_over_lead(&actor, desk.new_lead(*new).await?, at).await?;
            show::lead_done(&inroad.deed(done.deed).await?, done.what, args.format, out)?;
        }
        LeadsAction::Import { file, to, source, dry_run } => {
            let bytes = std::fs::read(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            let to = desk.taker(to.as_deref()).await?;
            let asked = ImportAsked { to: to.as_ref(), source: &source, dry_run };
            let came = inroad.import_leads(&actor, &bytes, &asked, at).await?;
            show::imported_leads(&came, dry_run, args.format, out)?;
        }
        action => {
            let (number, event) = desk.event(action).await?;
            let done = inroad.act_on_lead(&actor, number, None, event, at).await?;
            show::lead_done(&inroad.deed(done.deed).await?, number, args.format, out)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Shows what a qualified lead is, proposes a version or signs one.
pub(crate) async fn definition(
    inroad: Inroad,
    args: DefinitionArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let DefinitionArgs { action, who, format } = args;
    let actor = actor(&inroad, who.as_ref()).await?;
    let at = when::now();
    match action.unwrap_or(DefinitionAction::Show { number: None }) {
        DefinitionAction::Show { number } => {
            let page = inroad.lead_definition(&actor, at).await?;
            if format == PlainFormat::Json {
                show::json(&page, out)?;
            } else {
                let version = match number {
                    Some(number) => Some(
                        page.versions
                            .iter()
                            .find(|version| version.number == number)
                            .ok_or_else(|| anyhow!("There is no version {number}"))?,
                    ),
                    None => page.counting(),
                };
                for line in show::definition_head(&page, version) {
                    writeln!(out, "# {line}")?;
                }
                let definition = version
                    .map_or_else(inroad_leads::Definition::to_begin_with, |version| {
                        version.definition.clone()
                    });
                write!(out, "{}", write_definition_file(&definition)?)?;
            }
        }
        DefinitionAction::Propose { file, because } => {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            let definition =
                read_definition_file(&text).with_context(|| file.display().to_string())?;
            let because = because.as_deref().map_or(Ok(None), Remark::if_any)?;
            let done = inroad.propose_lead_definition(&actor, definition, because, at).await?;
            show::lead_done(&inroad.deed(done.deed).await?, done.what, format, out)?;
        }
        DefinitionAction::Sign { number, side } => {
            let done = inroad.sign_lead_definition(&actor, number, side, at).await?;
            show::lead_done(&inroad.deed(done.deed).await?, number, format, out)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn actor(inroad: &Inroad, who: Option<&EmailAddress>) -> Result<Actor> {
    Ok(match who {
        Some(email) => inroad.actor_called(email).await?,
        None => inroad.owner().await?,
    })
}

fn listed(asked: ListArgs) -> LeadsAsked {
    LeadsAsked {
        which: if asked.mine { LeadWhich::Mine } else { LeadWhich::All },
        states: asked.states.iter().map(|state| state.replace([' ', '-'], "_")).collect(),
        source: asked.source,
        words: asked.words,
        ..LeadsAsked::default()
    }
}

/// What is typed, read for the data file that it is typed for.
struct LeadDesk<'a> {
    inroad: &'a Inroad,
    actor: &'a Actor,
}

impl LeadDesk<'_> {
    async fn new_lead(&self, args: HandOverArgs) -> Result<NewLead> {
        Ok(NewLead {
            to: self.taker(args.to.as_deref()).await?,
            despite_doubles: args.despite_doubles,
            hand_over: HandOver {
                definition: None,
                person: LeadPerson {
                    name: args.name,
                    email: args.email,
                    phone: args.phone,
                    title: String::new(),
                },
                account: args.account,
                place: args.place,
                source: args.source,
                campaign: args.campaign,
                said: args.said,
                promised: args.promised,
                asked: args.asked,
                answers: answers(&args.answers)?,
            },
        })
    }

    /// Who takes a lead: somebody by address, or a team by name.
    async fn taker(&self, typed: Option<&str>) -> Result<Option<To>> {
        let Some(typed) = typed else { return Ok(None) };
        if !typed.contains('@') {
            return Ok(Some(To::Team(TeamName::new(typed)?)));
        }
        let email: EmailAddress = typed.parse()?;
        let who = self.inroad.actor_called(&email).await?;
        Ok(Some(To::Person(if who.is_owner() { Who::Own } else { Who::Member(email) })))
    }

    /// The step that a command asks for.
    async fn event(&self, action: LeadsAction) -> Result<(i64, LeadEvent)> {
        let words = |text: Option<&str>| text.map_or(Ok(None), Remark::if_any);
        Ok(match action {
            LeadsAction::Accept { number } => (number, LeadEvent::Accepted),
            LeadsAction::Return { number, reason, because } => {
                (number, LeadEvent::Returned { reason, words: Remark::new(&because)? })
            }
            LeadsAction::Recycle { number, until, because } => {
                (number, LeadEvent::Recycled { until, words: words(because.as_deref())? })
            }
            LeadsAction::Answer { number, because, give_up: true, .. } => {
                (number, LeadEvent::GivenUp { words: Remark::new(&because)? })
            }
            LeadsAction::Answer { number, because, answers: typed, to, give_up: false } => {
                let to = self.taker(to.as_deref()).await?;
                let words = Remark::new(&because)?;
                (number, LeadEvent::Answered { words, answers: answers(&typed)?, to })
            }
            LeadsAction::Outcome { number, outcome, because } => {
                let words = words(because.as_deref())?;
                (number, LeadEvent::Reached { outcome, on: None, words })
            }
            LeadsAction::Feedback { number, because, treatment: true, .. } => {
                let words = Remark::new(because.as_deref().unwrap_or_default())?;
                (number, LeadEvent::Treatment { pressed: None, words })
            }
            LeadsAction::Feedback { number, held, because, treatment: false } => {
                let criteria = held.into_iter().collect();
                let words = words(because.as_deref())?;
                (number, LeadEvent::Quality { criteria, pressed: None, words })
            }
            LeadsAction::Reply { number, to, because } => {
                (number, LeadEvent::Replied { to, words: Remark::new(&because)? })
            }
            LeadsAction::List(_)
            | LeadsAction::Show { .. }
            | LeadsAction::HandOver(_)
            | LeadsAction::Import { .. } => {
                return Err(anyhow!("{} does nothing to a lead", self.actor.name()));
            }
        })
    }
}

/// Answers as they are typed: `budget=5000`, `need=yes`.
fn answers(typed: &[String]) -> Result<BTreeMap<String, Answer>> {
    let mut found = BTreeMap::new();
    for typed in typed {
        let odd = || anyhow!("'{typed}' is no answer; write it like need=yes, or budget=5000");
        let (key, word) = typed.split_once('=').ok_or_else(odd)?;
        let given = match word {
            "yes" => Given::Yes,
            "no" => Given::No,
            "unknown" => Given::Unknown,
            number => Given::Number(number.parse().map_err(|_odd| odd())?),
        };
        found.insert(key.to_owned(), Answer { given, words: String::new() });
    }
    Ok(found)
}
