//! What is shipped: every file readable, every domain once, everything encrypted.

use std::collections::BTreeMap;

use inroad_connect::providers::{Evidence, Provider, all, by_domain, by_host, by_id, by_mail_host};
use inroad_connect::{Security, Service, SignIn};

#[test]
fn every_file_is_shipped_and_can_be_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbook/providers");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    let mut files: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    files.sort();
    let mut shipped: Vec<String> = all().iter().map(|provider| provider.id.clone()).collect();
    shipped.sort();
    assert_eq!(files, shipped);
    assert!(files.len() >= 15);
}

#[test]
fn each_domain_stands_once() {
    for of in [|it: &Provider| it.domains.clone(), |it: &Provider| it.mail_hosts.clone()] {
        let mut seen = BTreeMap::new();
        for provider in all() {
            for domain in of(provider) {
                let other = seen.insert(domain.clone(), provider.id.clone());
                assert_eq!(other, None, "{domain} stands in {} as well", provider.id);
            }
        }
        assert!(seen.len() > 5);
    }
}

#[test]
fn what_each_provider_holds() {
    for provider in all() {
        let id = &provider.id;
        assert!(!provider.domains.is_empty() || !provider.mail_hosts.is_empty(), "{id}");
        assert!(!provider.source.is_empty() && !provider.sign_in.is_empty(), "{id}");
        for service in [Service::Imap, Service::Submission] {
            assert!(provider.servers.iter().any(|it| it.service == service), "{id}: {service:?}");
        }
        for server in &provider.servers {
            let here = server.host == "127.0.0.1";
            let usual: &[(Service, Security, u16)] = &[
                (Service::Imap, Security::Tls, 993),
                (Service::Submission, Security::Tls, 465),
                (Service::Submission, Security::StartTls, 587),
                (Service::CalDav, Security::Tls, 443),
                (Service::CalDav, Security::Tls, 8443),
                (Service::CardDav, Security::Tls, 443),
            ];
            let ports = (server.service, server.security, server.port);
            assert!(here || usual.contains(&ports), "{id}: {ports:?}");
            assert!(!provider.ways(server).is_empty(), "{id}");
        }
        let oauth = provider.sign_in.iter().any(|way| matches!(way, SignIn::OAuth { .. }));
        assert_eq!(oauth, provider.oauth.is_some(), "{id}");
        if let Some(oauth) = &provider.oauth {
            let places = [Some(&oauth.authorize), Some(&oauth.token), oauth.device.as_ref()];
            for place in places.into_iter().flatten() {
                assert!(place.as_str().starts_with("https://"), "{id}: {place}");
            }
            assert!(!oauth.mail_scopes.is_empty(), "{id}");
        }
        let notes = provider.notes.iter().chain(std::iter::once(&provider.name));
        assert!(notes.into_iter().all(|note| !note.is_empty() && note.len() < 200), "{id}");
        assert!(provider.checked.as_str() >= "2026-11-01", "{id}");
    }
    assert!(all().iter().any(|provider| provider.evidence == Evidence::OwnPage));
}

#[test]
fn who_is_found() {
    let id =
        |found: Option<&'static Provider>| found.map_or("none", |provider| provider.id.as_str());
    for (domain, expected) in [
        ("gmail.com", "gmail"),
        ("outlook.com", "outlook-com"),
        ("proton.me", "proton"),
        ("mail.gmail.com", "none"),
        ("evilgmail.com", "none"),
    ] {
        assert_eq!(id(by_domain(domain)), expected, "{domain}");
    }
    for (host, expected) in [
        ("aspmx.l.google.com", "gmail"),
        ("smtp.google.com", "gmail"),
        ("lindner-example.mail.protection.outlook.com", "microsoft-365"),
        ("lindner-example.a-v1.mx.microsoft", "microsoft-365"),
        ("mx.zoho.eu", "zoho-eu-organisation"),
        ("mx00.ionos.de", "ionos-de"),
        ("in1-smtp.messagingengine.com", "fastmail"),
        ("aspmx.l.google.com.evil.example", "none"),
        ("evilgoogle.com", "none"),
    ] {
        assert_eq!(id(by_mail_host(host)), expected, "{host}");
    }
    assert_eq!(id(by_host("imap.gmail.com")), "gmail");
    assert_eq!(id(by_host("127.0.0.1")), "none");
    assert!(by_id("gmail").is_some() && by_id("nobody").is_none());
}
