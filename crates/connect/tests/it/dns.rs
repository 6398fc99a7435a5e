//! The real client for DNS, at a name server on this machine.

use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{MX, SRV, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record};
use inroad_connect::net::dns::Dns;
use inroad_connect::net::{MailHost, Resolver, ServiceRecord, Unreached};

const PATIENCE: Duration = Duration::from_secs(4);

/// A name server that knows one name.
fn server(known: &'static str, records: Vec<RData>, otherwise: Option<ResponseCode>) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut bytes = [0; 2_000];
        while let Ok((count, from)) = socket.recv_from(&mut bytes) {
            let asked = Message::from_vec(&bytes[..count]).unwrap();
            let query = asked.queries[0].clone();
            let mut answer = Message::response(asked.metadata.id, asked.metadata.op_code);
            answer.metadata.recursion_available = true;
            if query.name().to_ascii().eq_ignore_ascii_case(known) {
                let of = |data: &RData| Record::from_rdata(query.name().clone(), 60, data.clone());
                answer.add_answers(records.iter().map(of));
            } else {
                let Some(otherwise) = otherwise else { continue };
                answer.metadata.response_code = otherwise;
            }
            answer.add_query(query);
            socket.send_to(&answer.to_vec().unwrap(), from).unwrap();
        }
    });
    at
}

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

#[test]
fn services() {
    let srv = |target| RData::SRV(SRV::new(10, 5, 993, name(target)));
    let records = vec![srv("Imap.Lindner.example."), srv(".")];
    let known = "_imaps._tcp.lindner.example.";
    let dns = Dns::at(server(known, records, Some(ResponseCode::NXDomain)));
    let mut found = dns.services("_imaps._tcp.lindner.example", PATIENCE).unwrap();
    found.sort_by(|a, b| a.target.cmp(&b.target));
    let record = |target: &str| ServiceRecord {
        priority: 10,
        weight: 5,
        port: 993,
        target: target.to_owned(),
    };
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], record("."));
    assert!(found[1].target.eq_ignore_ascii_case("imap.lindner.example."), "{found:?}");
    assert_eq!(dns.services("_imap._tcp.lindner.example", PATIENCE), Ok(Vec::new()));
}

#[test]
fn mail_hosts_and_texts() {
    let mx = RData::MX(MX::new(5, name("mx.zoho.eu.")));
    let txt = RData::TXT(TXT::new(vec!["path=".to_owned(), "/dav/".to_owned()]));
    let known = "lindner.example.";
    let dns = Dns::at(server(known, vec![mx], Some(ResponseCode::NXDomain)));
    let host = MailHost { preference: 5, host: "mx.zoho.eu.".to_owned() };
    assert_eq!(dns.mail_hosts("lindner.example", PATIENCE), Ok(vec![host]));
    let dns = Dns::at(server(known, vec![txt], Some(ResponseCode::NXDomain)));
    assert_eq!(dns.texts("lindner.example", PATIENCE), Ok(vec!["path=/dav/".to_owned()]));
}

#[test]
fn a_name_server_in_trouble_is_not_an_empty_answer() {
    for code in [ResponseCode::ServFail, ResponseCode::Refused] {
        let dns = Dns::at(server("x.", Vec::new(), Some(code)));
        let found = dns.mail_hosts("lindner.example", PATIENCE);
        assert!(matches!(found, Err(Unreached::Failed(_))), "{code}: {found:?}");
    }
    let start = Instant::now();
    let dns = Dns::at(server("x.", Vec::new(), None));
    let found = dns.texts("lindner.example", Duration::from_millis(600));
    assert!(found.is_err(), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn it_may_be_asked_on_any_thread() {
    let at = server("x.", Vec::new(), Some(ResponseCode::NXDomain));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let found = runtime.block_on(async { Dns::at(at).texts("lindner.example", PATIENCE) });
    assert_eq!(found, Ok(Vec::new()));
}
