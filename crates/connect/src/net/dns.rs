//! DNS, really asked: the name servers that this system is set up with, over UDP and TCP.
//!
//! Must not: ask any other name server, or read more than what was asked for.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};

use super::{MailHost, Resolver, ServiceRecord, Unreached};

/// How often one name server is asked.
const ATTEMPTS: usize = 2;
/// More records than that under one name are no answer.
const RECORDS_MAX: usize = 50;

/// The real thing. It keeps nothing between two questions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dns {
    at: Option<SocketAddr>,
}

impl Dns {
    /// Asks one name server instead of those that the system is set up with.
    pub fn at(server: SocketAddr) -> Self {
        Self { at: Some(server) }
    }
}

impl Resolver for Dns {
    fn services(&self, name: &str, patience: Duration) -> Result<Vec<ServiceRecord>, Unreached> {
        let records = records(self.at, name, RecordType::SRV, patience)?;
        let read = |record| match record {
            RData::SRV(srv) => Some(ServiceRecord {
                priority: srv.priority,
                weight: srv.weight,
                port: srv.port,
                target: srv.target.to_ascii(),
            }),
            _ => None,
        };
        Ok(records.into_iter().filter_map(read).collect())
    }

    fn mail_hosts(&self, domain: &str, patience: Duration) -> Result<Vec<MailHost>, Unreached> {
        let records = records(self.at, domain, RecordType::MX, patience)?;
        let read = |record| match record {
            RData::MX(mx) => {
                Some(MailHost { preference: mx.preference, host: mx.exchange.to_ascii() })
            }
            _ => None,
        };
        Ok(records.into_iter().filter_map(read).collect())
    }

    fn texts(&self, name: &str, patience: Duration) -> Result<Vec<String>, Unreached> {
        let records = records(self.at, name, RecordType::TXT, patience)?;
        let read = |record| match record {
            RData::TXT(txt) => {
                let bytes: Vec<u8> = txt.txt_data.iter().flat_map(|piece| piece.to_vec()).collect();
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => None,
        };
        Ok(records.into_iter().filter_map(read).collect())
    }
}

/// Asks on a thread of its own, so that it does not matter what the caller's thread already runs.
fn records(
    at: Option<SocketAddr>,
    name: &str,
    kind: RecordType,
    patience: Duration,
) -> Result<Vec<RData>, Unreached> {
    let ask = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| Unreached::Failed(error.to_string()))?.block_on(async {
            tokio::time::timeout(patience, lookup(at, name, kind, patience))
                .await
                .unwrap_or(Err(Unreached::Slow))
        })
    };
    std::thread::scope(|scope| scope.spawn(ask).join())
        .unwrap_or_else(|_| Err(Unreached::Failed("the question broke off".to_owned())))
}

async fn lookup(
    at: Option<SocketAddr>,
    name: &str,
    kind: RecordType,
    patience: Duration,
) -> Result<Vec<RData>, Unreached> {
    let failed = |error: &dyn std::fmt::Display| Unreached::Failed(error.to_string());
    let mut builder = match at {
        None => TokioResolver::builder_tokio().map_err(|error| failed(&error))?,
        Some(at) => {
            let ways = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut way| {
                way.port = at.port();
                way
            });
            let server = NameServerConfig::new(at.ip(), true, ways.to_vec());
            let config = ResolverConfig::from_name_servers(vec![server]);
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        }
    };
    let options = builder.options_mut();
    options.attempts = ATTEMPTS;
    options.timeout = patience / 2;
    options.use_hosts_file = ResolveHosts::Never;
    let resolver = builder.build().map_err(|error| failed(&error))?;
    // The dot at the end keeps the system's search list out of it.
    match resolver.lookup(format!("{}.", name.trim_end_matches('.')), kind).await {
        Ok(found) => {
            let of_kind = found.answers().iter().filter(|record| record.record_type() == kind);
            Ok(of_kind.take(RECORDS_MAX).map(|record| record.data.clone()).collect())
        }
        Err(error) if error.is_no_records_found() => Ok(Vec::new()),
        Err(error) => Err(failed(&error)),
    }
}
