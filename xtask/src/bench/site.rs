//! Our own pages, asked for as by somebody who opened the link.

use anyhow::{Context, Result};

use super::meter::{self, Figure, Request};

/// The running server, asked as by somebody who opened the link.
pub(super) struct Site {
    pub host: String,
    pub cookie: String,
}

impl Site {
    /// The server behind a link.
    pub(super) fn of(link: &str) -> Result<Self> {
        let bare = link.strip_prefix("http://").context("The link is none")?;
        let (host, key) = bare.split_once("/?key=").context("The link has no key")?;
        let port = host.rsplit(':').next().context("The link has no port")?;
        Ok(Self { host: host.to_owned(), cookie: format!("inroad_key_{port}={key}") })
    }

    /// A page, to be asked for.
    pub(super) fn request(&self, address: &str) -> Request {
        let headers = [("Cookie".to_owned(), self.cookie.clone())].into();
        Request {
            method: "GET".to_owned(),
            address: address.to_owned(),
            headers,
            body: String::new(),
        }
    }

    /// The whole answer.
    pub(super) fn ask(&self, address: &str) -> Result<Vec<u8>> {
        self.request(address).ask(&self.host)
    }

    /// A page, asked for often.
    pub(super) fn often(&self, address: &str) -> Result<Figure> {
        meter::often(&self.host, &[self.request(address)])
    }
}
