//! The identity provider at which tests sign in: oidc-provider, for as long as they run.
//!
//! It is installed into `target/tools/identity-provider` at the versions of the lock file in
//! `crates/openid/provider`, and listens on this machine alone. Where it cannot be had, those tests say SKIPPED.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::npm;
use crate::project::Project;

/// Its program, and what that is made of.
const SOURCE: &str = "crates/openid/provider";
/// By which it knows inroad.
const CLIENT: &str = "inroad";

/// A running provider; it ends with this value.
#[derive(Debug)]
pub(crate) struct IdentityProvider {
    child: Child,
    issuer: String,
    secret: String,
}

impl IdentityProvider {
    /// Installs it if need be, and starts it.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let node = npm::node()?;
        let source = project.path(SOURCE);
        let modules = project.path("target/tools/identity-provider");
        npm::install(&source, &modules)?;
        let secret = format!("of-{}", std::process::id());
        let folder = project.path("target/identity-provider");
        std::fs::create_dir_all(&folder)?;
        // What it says beyond its first line: that it is a provider for tests alone.
        let log = folder.join("log");
        let mut child = Command::new(node)
            .arg(source.join("provider.js"))
            .arg(&modules)
            .args([CLIENT, &secret])
            // It ends when nobody holds the other end any more.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log)?)
            .spawn()
            .context("node cannot be started")?;
        let out = child.stdout.take().context("The identity provider has no output")?;
        // From here on it ends with us, whatever goes wrong.
        let mut provider = Self { child, issuer: String::new(), secret };
        let line = BufReader::new(out).lines().next().transpose()?.unwrap_or_default();
        let Some(issuer) = line.strip_prefix("ready ") else {
            bail!("The identity provider did not begin; {} may say why", log.display());
        };
        issuer.clone_into(&mut provider.issuer);
        Ok(provider)
    }

    /// By what tests find it.
    pub(crate) fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("INROAD_OPENID_ISSUER", self.issuer.clone()),
            ("INROAD_OPENID_CLIENT", CLIENT.to_owned()),
            ("INROAD_OPENID_SECRET", self.secret.clone()),
        ]
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
