//! `cargo xtask screenshot`: the pictures in `docs/images`, taken of the running program.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::bench::release;
use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;
use crate::server::Server;

const BROWSER: Need = Need {
    programs: &["chromium", "chromium-browser", "google-chrome"],
    purpose: "takes the pictures",
    packages: &["chromium"],
};

/// The file, where on the page it is taken, and how large the window is.
const PICTURES: [(&str, &str, &str); 2] =
    [("review.png", "/", "1000,1180"), ("deal.png", "/deals/zumbrunn", "1000,1180")];

/// Serves the sample and takes a picture of each page.
pub(crate) fn take(project: &Project) -> Result<()> {
    let browser = match BROWSER.meet() {
        Met::By(path) => path,
        Met::No(why) => bail!("{why}"),
    };
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
            Command::new(&browser)
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
                .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
                .args(["--disable-component-update", "--hide-scrollbars"])
                .arg(format!("--user-data-dir={}", folder.join("profile").display()))
                .arg(format!("--window-size={window}"))
                .arg(format!("--screenshot={}", images.join(file).display()))
                .arg(address),
        )?;
    }
    Ok(())
}
