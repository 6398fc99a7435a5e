//! The file by which a mail domain, or somebody in its place, names its servers.

#![no_main]

use inroad_connect::{Address, Security, autoconfig};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(address) = Address::new("jana@lindner.example") else { return };
    let found = autoconfig::read(bytes, &address);
    assert_eq!(found, autoconfig::read(bytes, &address));
    let Ok(found) = found else { return };
    assert!(found.servers.len() <= 20 && found.issues.len() <= 21);
    for told in &found.servers {
        let server = &told.server;
        assert!(server.port > 0 && server.host.contains('.') && !server.is_here());
        assert!(server.user.as_ref().is_some_and(|user| !user.is_empty()));
        assert!(!server.service.is_dav() || server.security == Security::Tls);
        assert_eq!(server.url().is_some(), server.service.is_dav());
    }
    for issue in &found.issues {
        assert!(!issue.is_empty() && issue.len() < 1_000 && !issue.contains('\n'));
    }
});
