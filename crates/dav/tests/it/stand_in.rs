//! A server on this machine that answers as a test wants it, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// All fields in small letters.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// How an answer goes out.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, more fields (each with its line end), body.
    Says(u16, String, String),
    /// These bytes, whatever they are.
    Raw(Vec<u8>),
    /// These bytes, one at a time with a pause between them, then blanks for ever.
    Drips(Vec<u8>, Duration),
    /// A head, then so many bytes of nothing.
    Floods(u16, u64),
    /// Nothing, and the connection stays.
    Silent,
    /// Nothing, and the connection ends.
    Ends,
}

impl Reply {
    pub(crate) fn multistatus(inner: &str) -> Self {
        Self::Says(207, String::new(), multistatus(inner))
    }
}

/// The body of a multistatus with this in it.
pub(crate) fn multistatus(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" \
         xmlns:c=\"urn:ietf:params:xml:ns:caldav\" xmlns:a=\"urn:ietf:params:xml:ns:carddav\" \
         xmlns:s=\"http://calendarserver.org/ns/\">{inner}</d:multistatus>"
    )
}

/// One resource with properties that were given.
pub(crate) fn found(href: &str, props: &str) -> String {
    format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )
}

type Answering = Arc<Mutex<dyn FnMut(&Asked) -> Reply + Send>>;

/// What all connections share.
#[derive(Clone)]
struct Shared {
    answering: Answering,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// Bytes that may still go out, over all answers; then everything ends.
    bytes_left: Arc<Mutex<Option<usize>>>,
    /// Whether answers tell their length, or end with the connection.
    tells_length: Arc<AtomicBool>,
    stopping: Arc<AtomicBool>,
}

/// A running server; it ends with this value.
pub(crate) struct StandIn {
    port: u16,
    shared: Shared,
    thread: Option<JoinHandle<()>>,
}

impl StandIn {
    pub(crate) fn start(answering: impl FnMut(&Asked) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Shared {
            answering: Arc::new(Mutex::new(answering)),
            asked: Arc::default(),
            bytes_left: Arc::default(),
            tells_length: Arc::new(AtomicBool::new(true)),
            stopping: Arc::default(),
        };
        let of_thread = shared.clone();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.stopping.load(Ordering::SeqCst) {
                    return;
                }
                let shared = of_thread.clone();
                std::thread::spawn(move || shared.serve(stream.unwrap()));
            }
        });
        Self { port, shared, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// Lets so many more bytes out, over all answers, then none.
    pub(crate) fn cut_after(&self, bytes: Option<usize>) {
        *self.shared.bytes_left.lock().unwrap() = bytes;
    }

    /// Whether answers tell their length.
    pub(crate) fn tell_length(&self, tells: bool) {
        self.shared.tells_length.store(tells, Ordering::SeqCst);
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next connection.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) {
        let Some(asked) = read_request(&stream) else { return };
        self.asked.lock().unwrap().push(asked.clone());
        let reply = (self.answering.lock().unwrap())(&asked);
        // Whoever asked may be gone; that is their business.
        let _sent = self.answer(&mut stream, reply);
    }

    fn answer(&self, stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
        match reply {
            Reply::Says(status, fields, body) => {
                let length =
                    if self.tells_length.load(Ordering::SeqCst) && ![204, 304].contains(&status) {
                        format!("Content-Length: {}\r\n", body.len())
                    } else {
                        String::new()
                    };
                let head =
                    format!("HTTP/1.1 {status} x\r\nConnection: close\r\n{length}{fields}\r\n");
                self.send(stream, (head + &body).as_bytes())
            }
            Reply::Raw(bytes) => self.send(stream, &bytes),
            Reply::Drips(bytes, pause) => {
                for byte in bytes.into_iter().chain(std::iter::repeat(b' ')) {
                    stream.write_all(&[byte])?;
                    std::thread::sleep(pause);
                }
                Ok(())
            }
            Reply::Floods(status, bytes) => {
                write!(stream, "HTTP/1.1 {status} x\r\nConnection: close\r\n\r\n")?;
                let block = [b'x'; 8 << 10];
                for _ in 0..bytes / block.len() as u64 {
                    stream.write_all(&block)?;
                }
                Ok(())
            }
            Reply::Silent => {
                while !self.stopping.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Ok(())
            }
            Reply::Ends => Ok(()),
        }
    }

    fn send(&self, stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
        let mut left = self.bytes_left.lock().unwrap();
        let count = left.unwrap_or(usize::MAX).min(bytes.len());
        *left = left.map(|left| left - count);
        stream.write_all(&bytes[..count])
    }
}

fn read_request(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut head = String::new();
    loop {
        let mut field = String::new();
        reader.read_line(&mut field).ok()?;
        if field.trim().is_empty() {
            break;
        }
        head.push_str(&field.to_lowercase());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(0, |text| text.trim().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, head, body: String::from_utf8(body).unwrap() })
}
