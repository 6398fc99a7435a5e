//! One file for each command.

mod backtest;
mod backup;
mod call;
pub(crate) mod coach;
mod completions;
mod connect;
mod connect_mailbox;
mod correct;
mod deals;
mod demo;
mod desk;
mod doctor;
mod draft;
mod entrance;
#[cfg(feature = "oidc")]
mod identity_provider;
mod import;
mod leads;
mod lessons;
mod live;
mod lsp;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod me;
mod migrate;
mod operations;
mod overrule;
mod person;
mod playbook;
mod politics;
mod privacy;
mod proposed;
mod prospects;
mod read;
mod record;
mod reread;
mod review;
mod rhythm;
mod search;
mod second_reading;
mod seller;
mod send;
mod serve;
mod team;
mod tell;
mod touches;
mod winning;
mod written;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::Inroad;

use crate::cli::{Cli, Command};
use crate::data_file;
use serve::Serving;

/// Does what was asked.
pub(crate) async fn run(cli: Cli, out: &mut dyn Write) -> Result<ExitCode> {
    let data = cli.data.or_else(data_file::from_environment);
    // A name that was typed, here or into the environment, may be mistyped; the usual one is not.
    let is_typed = data.is_some();
    let open = async || {
        Ok::<_, anyhow::Error>(Inroad::open_existing(&data_file::path(data.clone())?).await?)
    };
    let open_or_make =
        async || Ok::<_, anyhow::Error>(Inroad::open(&data_file::path(data.clone())?).await?);
    match cli.command {
        Command::Demo { serving, no_serve } => demo::run(data, serving.port, !no_serve, out).await,
        Command::Import { paths, dry_run, batch_mails } => {
            import::run(open_or_make().await?, &paths, dry_run, batch_mails, out).await
        }
        Command::Connect { action } => connect::run(open_or_make().await?, action, out).await,
        Command::Disconnect { name, secrets } => {
            live::disconnect(open().await?, &name, &secrets, out).await
        }
        Command::Sync { name, secrets } => live::sync(open().await?, name, &secrets, out).await,
        Command::Status => live::status(open().await?, out).await,
        Command::Me { emails, name } => me::run(open_or_make().await?, emails, name, out).await,
        Command::Deals { action } => deals::run(open().await?, action, out).await,
        Command::Review(args) if !args.mail.is_empty() => review::run_files(&args, out),
        Command::Review(args) => review::run(open().await?, args.showing, out).await,
        Command::Deal { name, showing } => {
            review::run_deal(open().await?, &name, showing, out).await
        }
        Command::Politics { name: None, file, comfort, format, .. } => {
            politics::run_file(file.as_deref(), comfort, format, out)
        }
        Command::Politics { name: Some(name), comfort, as_of, format, .. } => {
            politics::run(open().await?, &name, comfort, as_of.0, format, out).await
        }
        Command::Person { email, same_as, not_same_as, as_of, format } => {
            let decisions = person::Decisions { same_as, not_same_as };
            person::run(open().await?, &email, decisions, as_of.0, format, out).await
        }
        Command::Read { file, format } => read::run(&file, format, out),
        Command::Call(args) => {
            call::run(&data_file::path(data.clone())?, is_typed, args, out).await
        }
        Command::Search(args) => search::run(open().await?, &args, out).await,
        Command::Serve {
            serving,
            reach,
            as_of,
            secrets,
            #[cfg(feature = "operations")]
            operations,
        } => {
            #[cfg(feature = "operations")]
            operations::log::begin(&operations);
            // Who has no mail in it yet is led to bring some, on the page.
            let sample = crate::sample::beside(data.as_deref()).ok();
            let inroad = if is_typed { open().await? } else { open_or_make().await? };
            let passwords = Some(live::passwords_at_start(&inroad, &secrets, out).await?);
            let pages = Serving {
                as_of: as_of.map(|day| day.0),
                sample,
                passwords,
                network: reach.at.map(|address| (reach.listen, address)),
                #[cfg(feature = "operations")]
                metrics: operations.metrics,
            };
            serve::run(inroad, serving.port, pages, out).await
        }
        Command::Backup { file } => backup::backup(open().await?, &file, out).await,
        Command::Migrate(args) => migrate::run(open().await?, args, out).await,
        Command::Restore { file } => {
            backup::restore(&file, &data_file::path(data.clone())?, out).await
        }
        Command::Backtest { log: Some(log), horizon, format, .. } => {
            backtest::run_log(&log, f64::from(horizon), format, out)
        }
        Command::Backtest { as_of, format, .. } => {
            backtest::run(open().await?, as_of.0, format, out).await
        }
        Command::Playbook { action } => {
            playbook::run(&data_file::path(data.clone())?, &action, out)
        }
        Command::Winning(args) => match args.question() {
            Some((file, question)) => winning::run_file(&file, &question, args.format, out),
            None => winning::run(open().await?, args.as_of.0, args.format, out).await,
        },
        Command::SecondReading { action } => second_reading::run(open().await?, action, out).await,
        Command::Rhythm { action } => rhythm::run(&action, out),
        Command::Lessons { action, as_of, format } => {
            lessons::run(open().await?, action, as_of.0, format, out).await
        }
        Command::Overrule { name, advice, because, undo: _, format } => {
            let own = advice.zip(because);
            overrule::run(open().await?, &name, own, format, out).await
        }
        Command::Coach(args) => coach::run(&data_file::path(data.clone())?, *args, out).await,
        Command::Lsp => lsp::run(&data_file::path(data.clone())?).await,
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(open().await?, &args).await,
        Command::Draft(args) => draft::run(open().await?, *args, out).await,
        Command::Send(args) => send::send(open().await?, *args, out).await,
        Command::Sent(args) => send::sent(open().await?, args, out).await,
        Command::Proposed(args) => proposed::run(open().await?, args, out).await,
        Command::Correct(args) => correct::run(open().await?, args, out).await,
        Command::Targets { action, as_of } => {
            prospects::targets(open().await?, action, as_of.0, out).await
        }
        Command::Touches(args) => touches::touches(open().await?, *args, out).await,
        Command::Care => prospects::care(open().await?, out).await,
        Command::Place { note, deal } => prospects::place(open().await?, &note, &deal, out).await,
        Command::Doubles { action } => prospects::doubles(open().await?, action, out).await,
        Command::IdealClient { action, as_of } => {
            prospects::ideal_client(open().await?, action, as_of.0, out).await
        }
        Command::Form(args) => prospects::form(open().await?, args, out).await,
        Command::Assume(args) => prospects::assume(open().await?, *args, out).await,
        Command::Found(args) => prospects::found(open().await?, args, out).await,
        Command::Team { action } => team::run(open_or_make().await?, action, out).await,
        Command::Token { action } => entrance::token(open_or_make().await?, action, out).await,
        Command::Audit(args) => entrance::audit(open().await?, args, out).await,
        Command::Leads(args) => leads::leads(open_or_make().await?, *args, out).await,
        Command::Definition(args) => leads::definition(open_or_make().await?, args, out).await,
        Command::Seller(args) => seller::run(open().await?, *args, out).await,
        Command::Today { as_of } => desk::today(open().await?, as_of, out).await,
        Command::Note(args) => desk::note(open().await?, args, out).await,
        Command::Plan(args) => desk::plan(open().await?, args, out).await,
        Command::Aside(args) => desk::aside(open().await?, args, out).await,
        Command::Share(args) => desk::share(open().await?, args, out).await,
        Command::History => desk::history(open().await?, out).await,
        Command::Undo { number } => desk::undo(open().await?, number, out).await,
        Command::Reread { batch_mails } => reread::run(open().await?, batch_mails, out).await,
        Command::Tell(args) => tell::run(open().await?, args, out).await,
        Command::DoNotContact { action } => {
            privacy::do_not_contact(open_or_make().await?, action, out).await
        }
        Command::Erase(args) => privacy::erase(open().await?, args, out).await,
        Command::ExportPerson(args) => privacy::export_person(open().await?, args, out).await,
        Command::Privacy { action } => privacy::privacy(open().await?, &action, out).await,
        Command::Record { whom, field, value, instead } => {
            record::run(open().await?, &whom, field, &value, instead.as_deref(), out).await
        }
        Command::Tag { whom, tag, remove } => {
            written::tag(open().await?, &whom, &tag, remove, out).await
        }
        Command::Completions { shell } => completions::run(shell, out),
        Command::Man { to } => man::run(to.as_deref(), out),
        Command::Doctor { digest } => doctor::run(open().await?, digest, out).await,
    }
}
