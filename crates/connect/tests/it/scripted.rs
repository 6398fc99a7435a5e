//! A network that answers as it is told, and writes down what it was asked.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use inroad_connect::net::{
    Answer, Bounds, Form, MailHost, Resolver, ServiceRecord, Unreached, Web,
};
use inroad_connect::{Address, Asking, Discovery, Network, Patience, WebAddress, discover};

/// What is at one place.
#[derive(Debug, Clone)]
pub(crate) enum At {
    Services(Vec<(u16, u16, u16, &'static str)>),
    Mail(Vec<(u16, &'static str)>),
    Texts(Vec<&'static str>),
    File(String),
    Status(u16),
    Moved(&'static str),
    Fails(Unreached),
}

/// The network: what is not named in it is not there.
#[derive(Debug, Default)]
pub(crate) struct Scripted {
    places: BTreeMap<String, At>,
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Scripted {
    pub(crate) fn new(places: &[(&str, At)]) -> Self {
        let places = places.iter().map(|(name, at)| ((*name).to_owned(), at.clone())).collect();
        Self { places, asked: Mutex::default() }
    }

    pub(crate) fn discover(&self, address: &str, asking: Asking) -> Discovery {
        self.discover_within(address, asking, Patience::default())
    }

    pub(crate) fn discover_within(
        &self,
        address: &str,
        asking: Asking,
        patience: Patience,
    ) -> Discovery {
        let address = Address::new(address).unwrap();
        discover(&address, asking, Network { resolver: self, web: self }, patience)
    }

    pub(crate) fn was_asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn at(&self, kind: &str, name: &str) -> Result<Option<&At>, Unreached> {
        let place = format!("{kind} {name}");
        self.asked.lock().unwrap().push(place.clone());
        match self.places.get(&place) {
            Some(At::Fails(why)) => Err(why.clone()),
            found => Ok(found),
        }
    }
}

impl Resolver for Scripted {
    fn services(&self, name: &str, _: Duration) -> Result<Vec<ServiceRecord>, Unreached> {
        let Some(At::Services(records)) = self.at("SRV", name)? else { return Ok(Vec::new()) };
        let record = |(priority, weight, port, target): &(u16, u16, u16, &str)| ServiceRecord {
            priority: *priority,
            weight: *weight,
            port: *port,
            target: (*target).to_owned(),
        };
        Ok(records.iter().map(record).collect())
    }

    fn mail_hosts(&self, domain: &str, _: Duration) -> Result<Vec<MailHost>, Unreached> {
        let Some(At::Mail(hosts)) = self.at("MX", domain)? else { return Ok(Vec::new()) };
        let host = |(preference, host): &(u16, &str)| MailHost {
            preference: *preference,
            host: (*host).to_owned(),
        };
        Ok(hosts.iter().map(host).collect())
    }

    fn texts(&self, name: &str, _: Duration) -> Result<Vec<String>, Unreached> {
        let Some(At::Texts(texts)) = self.at("TXT", name)? else { return Ok(Vec::new()) };
        Ok(texts.iter().map(|text| (*text).to_owned()).collect())
    }
}

impl Web for Scripted {
    fn get(&self, address: &WebAddress, bounds: Bounds) -> Result<Answer, Unreached> {
        let answer = |status, body: &str| Answer {
            status,
            body: body.as_bytes().to_vec().into(),
            ..Answer::default()
        };
        match self.at("GET", address.as_str())? {
            Some(At::File(text)) if text.len() as u64 > bounds.bytes_max => {
                Err(Unreached::TooLarge)
            }
            Some(At::File(text)) => Ok(answer(200, text)),
            Some(At::Status(status)) => Ok(answer(*status, "")),
            Some(At::Moved(there)) => {
                Ok(Answer { location: Some((*there).to_owned()), ..answer(301, "") })
            }
            _ => Ok(answer(404, "")),
        }
    }

    fn post(&self, _: &WebAddress, _: &Form, _: Bounds) -> Result<Answer, Unreached> {
        Err(Unreached::Failed("discovery sends no form".to_owned()))
    }
}

/// A file that names one server for mail.
pub(crate) fn file(host: &str) -> At {
    At::File(format!(
        "<clientConfig><emailProvider id=\"x\"><incomingServer type=\"imap\">\
         <hostname>{host}</hostname><port>993</port><socketType>SSL</socketType>\
         <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>\
         </incomingServer></emailProvider></clientConfig>"
    ))
}
