//! `cargo xtask screenshot`: the pictures in `docs/images`, taken of the running program; and, to be
//! looked at, pictures of made-up maps of accounts.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::bench::release;
use crate::command;
use crate::need::{BROWSER, Met};
use crate::project::Project;
use crate::server::Server;

/// The file, where on the page it is taken, and how large the window is.
const PICTURES: [(&str, &str, &str); 2] =
    [("review.png", "/", "1000,1180"), ("deal.png", "/deals/zumbrunn", "1000,1180")];

/// How maps are looked at: on a light screen, on a dark one, and on paper.
const LOOKS: [(&str, &[&str]); 2] =
    [("light", &[]), ("dark", &["--blink-settings=preferredColorScheme=0"])];

/// Serves the sample and takes a picture of each page.
pub(crate) fn take(project: &Project) -> Result<()> {
    let browser = browser()?;
    let program = release(project)?;
    let folder = project.path("target/screenshot");
    let data = folder.join("demo.db");
    let data = data.to_str().context("The path is no UTF-8")?;
    let server = Server::start(&program, &["--data", data, "demo"])?;
    let images = project.path("docs/images");
    std::fs::create_dir_all(&images)?;
    for (file, page, window) in PICTURES {
        // The link carries its key; the page behind it is named in front of the key.
        let address = server.link.replacen("/?", &format!("{page}?"), 1);
        command::run(
            headless(&browser, &folder)
                .arg(format!("--window-size={window}"))
                .arg(format!("--screenshot={}", images.join(file).display()))
                .arg(address),
        )?;
    }
    Ok(())
}

/// Draws made-up maps and takes pictures of them, and a PDF as they are printed.
pub(crate) fn maps(project: &Project) -> Result<()> {
    let browser = browser()?;
    let folder = project.path("target/maps");
    let mut draw = Command::new("cargo");
    draw.args(["run", "--quiet", "--locked", "-p", "inroad-web", "--example", "maps", "--"]);
    command::run(draw.arg(&folder).current_dir(project.path(".")))?;
    let mut files: Vec<_> =
        std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "svg"));
    files.sort();
    for file in files {
        let svg = std::fs::read_to_string(&file)?;
        let size = svg.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"'));
        let (size, _) = size.context("A picture without a size")?;
        let window = size.replace(' ', ",");
        let address = format!("file://{}", file.display());
        for (look, flags) in LOOKS {
            let picture = file.with_extension(format!("{look}.png"));
            command::run(
                headless(&browser, &folder)
                    .args(flags)
                    .arg(format!("--window-size={window}"))
                    .arg(format!("--screenshot={}", picture.display()))
                    .arg(&address),
            )?;
        }
        let page = file.with_extension("html");
        if !page.is_file() {
            continue;
        }
        let printed = file.with_extension("pdf");
        command::run(
            headless(&browser, &folder)
                .arg("--no-pdf-header-footer")
                .arg(format!("--print-to-pdf={}", printed.display()))
                .arg(format!("file://{}", page.display())),
        )?;
    }
    println!("See {}", folder.display());
    Ok(())
}

fn browser() -> Result<PathBuf> {
    match BROWSER.meet() {
        Met::By(path) => Ok(path),
        Met::No(why) => bail!("{why}"),
    }
}

/// A browser without a window that loads nothing of its own.
fn headless(browser: &Path, folder: &Path) -> Command {
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
        .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
        .args(["--disable-component-update", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()));
    command
}
