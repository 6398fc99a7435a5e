//! The page in a real browser, where one is installed.

use std::process::Command;

use crate::site::Site;

pub(crate) const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What a browser makes of an address, or `None` after saying that there is no browser.
fn rendered(address: &str, window: &str) -> Option<String> {
    let profile = tempfile::tempdir().unwrap();
    for browser in BROWSERS {
        let run = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("--window-size={window}"))
            .arg(address)
            .output();
        if let Ok(output) = run {
            return Some(String::from_utf8(output.stdout).unwrap());
        }
    }
    println!("SKIPPED: no browser is installed (Debian: apt-get install chromium)");
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_opens_the_review() {
    let site = Site::start().await;
    let link = site.link.clone();
    let Some(page) =
        tokio::task::spawn_blocking(move || rendered(&link, "1000,800")).await.unwrap()
    else {
        return;
    };
    assert!(page.contains("Tuesday, 6 January 2026"), "{page}");
    assert!(page.contains("Pricing &amp; &lt;em&gt;more"), "{page}");
}
