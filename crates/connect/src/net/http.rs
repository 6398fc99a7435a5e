//! Web servers, really asked.
//!
//! Must not: follow a redirect, use a proxy that the environment names, keep a cookie, or unpack
//! anything.

use inroad_reach::{Named, Reach};
use ureq::config::Config;
use ureq::{
    Agent, Body,
    http::{Response, header},
};
use zeroize::Zeroizing;

use super::{Answer, Bounds, Form, Unreached, Web};
use crate::WebAddress;

/// Longest piece of an answer's head that is looked at.
const LOCATION_BYTES_MAX: usize = 2_000;

/// The real thing. Each question has a connection of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Http;

/// The same, for somebody who may not reach everything that this machine does.
#[derive(Debug, Clone, Copy)]
pub struct HttpWithin(pub Reach);

impl Web for Http {
    fn get(&self, address: &WebAddress, bounds: Bounds) -> Result<Answer, Unreached> {
        HttpWithin(Reach::Anywhere).get(address, bounds)
    }

    fn post(&self, address: &WebAddress, form: &Form, bounds: Bounds) -> Result<Answer, Unreached> {
        HttpWithin(Reach::Anywhere).post(address, form, bounds)
    }
}

impl Web for HttpWithin {
    fn get(&self, address: &WebAddress, bounds: Bounds) -> Result<Answer, Unreached> {
        let call = agent(self.0, bounds).get(address.as_str()).call();
        answer(call.map_err(|error| unreached(&error))?, bounds)
    }

    fn post(&self, address: &WebAddress, form: &Form, bounds: Bounds) -> Result<Answer, Unreached> {
        let call = agent(self.0, bounds)
            .post(address.as_str())
            .content_type("application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .send(form.body());
        answer(call.map_err(|error| unreached(&error))?, bounds)
    }
}

fn agent(reach: Reach, bounds: Bounds) -> Agent {
    let config = Config::builder()
        .timeout_global(Some(bounds.whole))
        .timeout_connect(Some(bounds.connect.min(bounds.whole)))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .user_agent("inroad")
        .build();
    Named::nobody(reach).agent(config)
}

fn answer(response: Response<Body>, bounds: Bounds) -> Result<Answer, Unreached> {
    let status = response.status().as_u16();
    let said = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let location = said(header::LOCATION).filter(|there| there.len() <= LOCATION_BYTES_MAX);
    let location = location.map(str::to_owned);
    let retry_after_s = said(header::RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok());
    let body = response.into_body().into_with_config().limit(bounds.bytes_max);
    let body = Zeroizing::new(body.read_to_vec().map_err(|error| unreached(&error))?);
    Ok(Answer { status, location, retry_after_s, body })
}

fn unreached(error: &ureq::Error) -> Unreached {
    match error {
        ureq::Error::Timeout(_) => Unreached::Slow,
        ureq::Error::BodyExceedsLimit(_) => Unreached::TooLarge,
        other => Unreached::Failed(other.to_string()),
    }
}
