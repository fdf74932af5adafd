//! A server that sends bytes. It can send what no HTTP library would send, and it counts connections.
//! This module must never tidy what it received.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The response to the n-th request of all connections, from 0, as bytes. `None` closes the connection.
pub type Script = dyn Fn(usize) -> Option<Vec<u8>> + Send + Sync;

/// A server that runs until the process ends.
pub struct Wire {
    pub url: String,
    connections: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub fn start<A: Into<Option<Vec<u8>>>>(
        script: impl Fn(usize) -> A + Send + Sync + 'static,
    ) -> Wire {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let wire = Wire {
            url: format!("http://{}", listener.local_addr().unwrap()),
            connections: Arc::default(),
            heads: Arc::default(),
        };
        let (connections, heads) = (wire.connections.clone(), wire.heads.clone());
        let script: Arc<Script> = Arc::new(move |number| script(number).into());
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (heads, script) = (heads.clone(), script.clone());
                std::thread::spawn(move || serve(socket.unwrap(), &heads, &*script));
            }
        });
        wire
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Request line and headers of each request since the last time.
    pub fn heads(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock().unwrap())
    }
}

fn serve(mut socket: TcpStream, heads: &Mutex<Vec<String>>, script: &Script) {
    while let Some(head) = read_request(&mut socket) {
        let number = {
            let mut all = heads.lock().unwrap();
            all.push(head);
            all.len() - 1
        };
        let Some(answer) = script(number) else { return };
        if socket.write_all(&answer).is_err() {
            return;
        }
    }
}

/// The head of a request, after its body was read. `None` at the end of the connection.
fn read_request(socket: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        socket.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let lower = head.to_ascii_lowercase();
    let after = lower.split("content-length: ").nth(1);
    let length = after.map_or(0, |rest| {
        rest.split("\r\n").next().unwrap().parse().unwrap()
    });
    socket.read_exact(&mut vec![0; length]).ok()?;
    Some(head)
}

/// A response with a body of known length.
pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
    text.into_bytes()
}
