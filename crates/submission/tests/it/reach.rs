//! Where a server lies is looked at before anybody is connected to.

use inroad_reach::Reach;
use inroad_submission::{Outcome, Security, Step, Why};

use crate::server::{Script, Server};
use crate::{letter, sent};

#[tokio::test]
async fn a_server_within_this_network_gets_no_letter_of_somebody_elsewhere() {
    let server = Server::start(Script::default()).await;
    let written = letter(1).written().unwrap();
    let outside = server.endpoint(Security::Plain).within(Reach::Public);
    let Outcome::Refused(refusal) = sent(&written, &outside, None).await else { panic!("it went") };
    assert_eq!(refusal.at, Step::Connection);
    let Why::Unreachable(what) = refusal.why else { panic!("{:?}", refusal.why) };
    assert!(what.contains("a network of its own"), "{what}");
    // Without the guard it would have been taken.
    let taken = sent(&written, &server.endpoint(Security::Plain), None).await;
    assert!(matches!(taken, Outcome::Accepted { .. }), "{taken:?}");
}
