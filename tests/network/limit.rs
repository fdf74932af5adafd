//! How many requests one host gets at the same time.

use std::io::{BufReader, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use permspec_runtime::{Address, Client, PerHost, Request, Reqwest, Ureq, blocking};
use tokio::runtime::Runtime;

use super::get;
use super::servers::{listen, request};

/// A server that notes how many requests it had at the same time.
struct Busy {
    address: SocketAddr,
    most: Arc<AtomicUsize>,
}

impl Busy {
    fn start() -> Busy {
        let most = Arc::new(AtomicUsize::new(0));
        let (now, highest) = (AtomicUsize::new(0), most.clone());
        let address = listen(move |stream| {
            let mut writer = stream.try_clone().unwrap();
            if request(&mut BufReader::new(stream)).is_none() {
                return;
            }
            highest.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(30));
            now.fetch_sub(1, Ordering::SeqCst);
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n";
            let _ = writer.write_all(head.as_bytes());
            let _ = writer.write_all(&[b' '; 100_000]);
        });
        Busy { address, most }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn most(&self) -> usize {
        self.most.swap(0, Ordering::SeqCst)
    }
}

fn to(busy: &Busy) -> Request {
    get().at(&busy.url())
}

fn ureq(busy: &Busy) -> Ureq {
    Ureq::for_address(&Address::try_from(busy.url()).unwrap()).unwrap()
}

#[test]
fn a_host_gets_no_more_requests_at_the_same_time_than_it_may() {
    let servers = [Busy::start(), Busy::start()];
    let url = servers[0].url();
    let client = blocking::Client::over(PerHost::new(3, ureq(&servers[0])), url.clone()).unwrap();
    thread::scope(|scope| {
        for at in 0..20 {
            let (client, server) = (&client, &servers[at % 2]);
            scope.spawn(move || client.send(to(server)).unwrap());
        }
    });
    for server in &servers {
        let most = server.most();
        assert!((2..=3).contains(&most), "{most}");
    }
    let address = Address::try_from(url.clone()).unwrap();
    let runtime = Runtime::new().unwrap();
    let transport = PerHost::new(3, Reqwest::for_address(&address).unwrap());
    let client = Client::over(transport, url).unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..20)
            .map(|at| {
                let (client, request) = (client.clone(), to(&servers[at % 2]));
                tokio::spawn(async move { client.send(request).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    for server in &servers {
        let most = server.most();
        assert!((2..=3).contains(&most), "{most}");
    }
}

#[test]
fn a_body_that_is_kept_has_its_place_until_it_was_read_or_dropped() {
    let busy = Busy::start();
    let client = blocking::Client::over(PerHost::new(1, ureq(&busy)), busy.url()).unwrap();
    let client = client.timeout(Duration::from_millis(300));
    let kept = client.download(to(&busy)).unwrap();
    let error = client.send(to(&busy)).unwrap_err();
    assert!(
        format!("{error:#}").contains("none became free in time"),
        "{error:#}"
    );
    drop(kept);
    let mut read = client.download(to(&busy)).unwrap();
    let mut body = Vec::new();
    read.read_to_end(&mut body).unwrap();
    assert_eq!(body.len(), 100_000);
    client.send(to(&busy)).unwrap();
    drop(read);
}
