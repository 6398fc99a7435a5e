//! Mail as it was written, in a real browser: hostile mails do nothing, ask for nothing, and stay
//! where they are.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::devtools::Browser;
use crate::hostile_html::{patterns, program};
use crate::site::Site;

/// Where nobody should come by: keeps the first bytes of whoever does.
struct Listener {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", socket.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        let page = format!("<script>{}</script>", program(&address));
        std::thread::spawn(move || {
            while let Ok((stream, _)) = socket.accept() {
                let (kept, page) = (Arc::clone(&kept), page.clone());
                // A browser may connect ahead of what it asks: nobody waits for a silent connection.
                std::thread::spawn(move || answer(stream, &kept, &page));
            }
        });
        Self { address, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits for somebody who asks for that.
    fn hears(&self, start: &str) -> Option<String> {
        (0..100).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            self.heard().into_iter().find(|request| request.starts_with(start))
        })
    }
}

fn answer(mut stream: TcpStream, heard: &Mutex<Vec<String>>, page: &str) {
    let mut first = [0; 2_000];
    let n_bytes = stream.read(&mut first).unwrap_or(0);
    heard.lock().unwrap().push(String::from_utf8_lossy(&first[..n_bytes]).into_owned());
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n";
    let _gone = stream.write_all(format!("{head}{page}").as_bytes());
    let _already_closed = stream.shutdown(Shutdown::Both);
}

/// The patterns as mails.
fn mailbox(patterns: &[String]) -> String {
    let mut mbox = String::new();
    for (number, pattern) in patterns.iter().enumerate() {
        let subject = match number % 2 {
            0 => "Averylongword".repeat(20),
            _ => "<script>alert(1)</script>".to_owned(),
        };
        write!(
            mbox,
            "From jana@lindner.example Mon Jan  5 15:00:00 2026\n\
             From: Jana <jana@lindner.example>\nTo: Ada <ada@brandt-advice.example>\n\
             Date: Mon, 5 Jan 2026 15:00:00 +0100\nMessage-ID: <h{number}@lindner.example>\n\
             Subject: {subject}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n\
             <p>Before</p>{pattern}\n\n",
        )
        .unwrap();
    }
    mbox
}

/// Whether the page is ours, untouched, and no wider than the screen.
const PAGE: &str = "(() => {
    const brand = document.querySelector('header.top a.brand').getBoundingClientRect();
    const top = document.elementFromPoint(brand.x + brand.width / 2, brand.y + brand.height / 2);
    const root = document.documentElement;
    return [
        [document.title.endsWith(' · inroad'), 'the title is changed: ' + document.title],
        [top !== null && top.closest('header.top') !== null, 'our header is covered'],
        [root.scrollWidth <= root.clientWidth, 'too wide: ' + root.scrollWidth],
        [root.clientWidth === 360, 'the screen is ' + root.clientWidth],
        [window.frames.length <= 1, 'more than our frame'],
        [location.pathname.endsWith('/as-written'), 'gone to ' + location.href],
    ].filter(([holds]) => !holds).map(([, says]) => says);
})()";

/// Whether the frame holds words alone, untouched, and no wider than itself.
const MAIL: &str = "(() => {
    const root = document.documentElement;
    const allowed = 'a b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var'.split(' ');
    const names = 'style dir href rel target colspan rowspan start'.split(' ');
    const found = [...document.body.querySelectorAll('*')];
    const placed = found.filter(element => getComputedStyle(element).position !== 'static');
    return [
        [document.title === 'A mail', 'the title is changed: ' + document.title],
        [document.body.textContent.startsWith('Before'), 'lost: ' + document.body.textContent],
        [root.scrollWidth <= root.clientWidth, 'too wide: ' + root.scrollWidth],
        [found.every(element => allowed.includes(element.localName)), 'elements'],
        [found.every(element => element.namespaceURI === 'http://www.w3.org/1999/xhtml'), 'names'],
        [found.every(element => [...element.attributes].every(one => names.includes(one.name))), 'attributes'],
        [placed.length === 0, 'placed'],
        [document.head.children.length === 4, 'the head'],
        [location.pathname.endsWith('/as-written/mail'), 'gone to ' + location.href],
    ].filter(([holds]) => !holds).map(([, says]) => says);
})()";

#[tokio::test(flavor = "multi_thread")]
async fn hostile_mails_do_nothing_in_a_browser() {
    let listener = Listener::start();
    let patterns = patterns(&listener.address);
    assert!(patterns.len() >= 200, "{} patterns", patterns.len());
    let site = Site::over(&mailbox(&patterns)).await;
    let (address, link) = (site.address.clone(), site.link.clone());
    tokio::task::spawn_blocking(move || {
        let Some(mut browser) = Browser::start(360, 640) else { return };
        browser.open(&link);
        for (number, pattern) in patterns.iter().enumerate() {
            let page = format!("http://{address}/messages/h{number}@lindner.example/as-written");
            browser.open(&page);
            assert_eq!(browser.evaluate(PAGE), json!([]), "{page}: {pattern:.300}");
            assert_eq!(browser.evaluate_in_frame(MAIL), json!([]), "{page}: {pattern:.300}");
            assert_eq!(listener.heard(), [""; 0], "{page}: {pattern:.300}");
        }
        let said = |method: &str| browser.events.iter().any(|event| event["method"] == method);
        assert!(!said("Page.javascriptDialogOpening") && !said("Page.windowOpen"));
        let link = patterns.iter().position(|pattern| pattern.contains("/login")).unwrap();
        let page = format!("http://{address}/messages/h{link}@lindner.example/as-written");
        a_click_leads_out(&mut browser, &listener, &page);
        // What is looked for would be seen.
        browser.open(&format!("{}/control", listener.address));
        assert_eq!(browser.evaluate("document.title"), json!("1"));
        assert!(listener.hears("GET /js").is_some(), "{:?}", listener.heard());
    })
    .await
    .unwrap();
}

/// A person's click, and nothing else, opens the page that a link leads to; it is told nothing.
fn a_click_leads_out(browser: &mut Browser, listener: &Listener, page: &str) {
    browser.open(page);
    let middle = "(({x, y, width, height}) => [x + width / 2, y + height / 2])";
    browser.evaluate("document.querySelector('iframe').scrollIntoView()");
    let corner = "(({x, y}) => [x, y])(document.querySelector('iframe').getBoundingClientRect())";
    let corner = browser.evaluate(corner);
    let link = format!("{middle}(document.querySelector('a').getBoundingClientRect())");
    let link = browser.evaluate_in_frame(&link);
    let at = |axis: usize| corner[axis].as_f64().unwrap() + link[axis].as_f64().unwrap();
    for kind in ["mousePressed", "mouseReleased"] {
        let click =
            json!({"type": kind, "x": at(0), "y": at(1), "button": "left", "clickCount": 1});
        browser.ask("Input.dispatchMouseEvent", &click);
    }
    let request = listener.hears("GET /login").unwrap_or_default().to_lowercase();
    assert!(!request.is_empty(), "the link does not open");
    assert!(!request.contains("referer") && !request.contains("cookie"), "{request}");
    assert_eq!(browser.evaluate("location.pathname.endsWith('/as-written')"), json!(true));
}

#[tokio::test]
async fn only_the_pages_that_need_a_frame_may_hold_or_be_one() {
    let site = Site::start().await;
    let held = "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; \
        form-action 'none'; base-uri 'none'; frame-ancestors 'self'; \
        sandbox allow-popups allow-popups-to-escape-sandbox\r\n";
    let holds = "frame-ancestors 'none'; base-uri 'none'; frame-src 'self'\r\n";
    let message = "/messages/m2@lindner.example";
    for (path, is_held, may_hold) in [
        (format!("{message}/as-written/mail"), true, false),
        (format!("{message}/as-written"), false, true),
        (message.to_owned(), false, false),
        ("/".to_owned(), false, false),
        ("/messages/none@lindner.example/as-written/mail".to_owned(), false, false),
    ] {
        let answer = site.see(&path).await.to_lowercase();
        assert_eq!(answer.contains(held), is_held, "{path}: {answer}");
        assert_eq!(answer.contains(holds), may_hold, "{path}: {answer}");
        let frame = if is_held { "x-frame-options: sameorigin" } else { "x-frame-options: deny" };
        assert!(answer.contains(frame), "{path}: {answer}");
        assert!(answer.contains("referrer-policy: no-referrer"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn the_message_leads_to_it_and_it_says_what_was_left_out() {
    let site = Site::start().await;
    let message = "/messages/m2@lindner.example";
    assert!(site.see(message).await.contains(&format!("href=\"{message}/as-written\"")));
    let page = site.see(&format!("{message}/as-written")).await;
    for words in [
        "1 picture was not loaded",
        "1 script was left out",
        "Re: &lt;img src=",
        "sandbox=\"allow-popups allow-popups-to-escape-sandbox\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let mail = site.see(&format!("{message}/as-written/mail")).await;
    assert!(mail.contains("<p>Tomorrow <b>at ten</b>.</p><mark>[picture]</mark>"), "{mail}");
    let plain = site.see("/messages/m1@brandt-advice.example/as-written").await;
    assert!(
        plain.contains("Hello Jana, when may I call?") && !plain.contains("<iframe"),
        "{plain}"
    );
    let none = site.see("/messages/m1@brandt-advice.example/as-written/mail").await;
    assert!(none.starts_with("HTTP/1.1 404"), "{none}");
    for path in ["/messages/%20/as-written", "/messages/none@lindner.example/as-written"] {
        assert!(site.see(path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
}
