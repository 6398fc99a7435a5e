//! The way in for assistants, behind the same door as the pages and over the same desk.

use axum::Router;
use inroad_mcp::{AnsweredAt, Asker};
use inroad_service::ApiCaller;

use crate::access::Reach;
use crate::server::App;

/// Whether a request comes to it.
pub(crate) fn is_asked(path: &str) -> bool {
    path == inroad_mcp::PLACE
}

/// In whose name an assistant asks that shows a token.
pub(crate) fn asker(caller: &ApiCaller) -> Asker {
    Asker::by_token(caller)
}

pub(crate) fn routes(app: &App, at: AnsweredAt) -> Router<App> {
    inroad_mcp::router(&app.inroad, &app.desk, at)
}

/// The names under which the server answers: those that the door lets through, said once more where a request of this
/// protocol is read.
pub(crate) fn answered_at(reach: &Reach, port: u16) -> AnsweredAt {
    match reach {
        Reach::ThisMachine { .. } => {
            let names = ["127.0.0.1", "localhost", "[::1]"];
            AnsweredAt {
                hosts: names.iter().map(ToString::to_string).collect(),
                origins: names.iter().map(|name| format!("http://{name}:{port}")).collect(),
            }
        }
        Reach::Network { address, .. } => {
            let host = address.host();
            let origin = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
            AnsweredAt { hosts: vec![host.to_owned()], origins: vec![format!("https://{origin}")] }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Key;

    #[test]
    fn it_answers_under_its_own_names_alone() {
        let here = answered_at(&Reach::ThisMachine { key: Key::new([7; 16]) }, 4747);
        assert_eq!(here.hosts, ["127.0.0.1", "localhost", "[::1]"]);
        assert!(here.origins.iter().all(|origin| origin.ends_with(":4747")), "{here:?}");
        for (address, host, origin) in [
            (
                "https://inroad.firm.example",
                "inroad.firm.example",
                "https://inroad.firm.example:443",
            ),
            ("https://firm.example:8443", "firm.example:8443", "https://firm.example:8443"),
        ] {
            let address = address.parse().unwrap();
            let reach = Reach::Network { listen: [127, 0, 0, 1].into(), address };
            let at = answered_at(&reach, 4747);
            assert_eq!((at.hosts, at.origins), (vec![host.to_owned()], vec![origin.to_owned()]));
        }
    }
}
