//! How many requests one host gets at the same time.

use std::io::{BufReader, Read, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use permspec_runtime::{Address, Client, Network, PerHost, Request, Reqwest, Ureq, blocking};
use tokio::runtime::Runtime;

use super::get;
use super::servers::{listen, request};

/// The number of bytes of a response.
const SIZE: usize = 1_000_000;

/// How many requests servers have at the same time, now and at most.
#[derive(Default)]
struct Load {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Load {
    fn begin(&self) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
    }

    fn end(&self) {
        self.now.fetch_sub(1, Ordering::SeqCst);
    }

    /// The most until now. Counts anew afterwards.
    fn most(&self) -> usize {
        self.most.swap(0, Ordering::SeqCst)
    }
}

/// A server that notes how many requests it had at the same time.
struct Busy {
    address: SocketAddr,
    own: Arc<Load>,
}

impl Busy {
    fn start() -> Busy {
        Busy::with(&Arc::default())
    }

    /// A server that also notes its requests in a load of several servers.
    fn with(all: &Arc<Load>) -> Busy {
        let own = Arc::<Load>::default();
        let loads = [own.clone(), all.clone()];
        let address = listen(move |stream| {
            let mut writer = stream.try_clone().unwrap();
            if request(&mut BufReader::new(stream)).is_none() {
                return;
            }
            for load in &loads {
                load.begin();
            }
            thread::sleep(Duration::from_millis(30));
            for load in &loads {
                load.end();
            }
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\nConnection: close\r\n\r\n");
            let _ = writer.write_all(head.as_bytes());
            let _ = writer.write_all(&vec![b' '; SIZE]);
        });
        Busy { address, own }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn to(busy: &Busy) -> Request {
    get().at(&busy.url())
}

fn ureq(busy: &Busy) -> Ureq {
    Ureq::for_address(&Address::try_from(busy.url()).unwrap()).unwrap()
}

fn reqwest(busy: &Busy) -> Reqwest {
    Reqwest::for_address(&Address::try_from(busy.url()).unwrap()).unwrap()
}

#[test]
fn a_host_gets_no_more_requests_at_the_same_time_than_it_may() {
    let all = Arc::default();
    let servers = [Busy::with(&all), Busy::with(&all)];
    let check = || {
        for server in &servers {
            let most = server.own.most();
            assert!((2..=3).contains(&most), "{most}");
        }
        // More than one host may have, so the limit is one of each host.
        let most = all.most();
        assert!((4..=6).contains(&most), "{most}");
    };
    let url = servers[0].url();
    let client = blocking::Client::over(PerHost::new(3, ureq(&servers[0])), url.clone()).unwrap();
    thread::scope(|scope| {
        for at in 0..40 {
            let (client, server) = (&client, &servers[at % 2]);
            scope.spawn(move || client.send(to(server)).unwrap());
        }
    });
    check();
    let runtime = Runtime::new().unwrap();
    let client = Client::over(PerHost::new(3, reqwest(&servers[0])), url).unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..40)
            .map(|at| {
                let (client, request) = (client.clone(), to(&servers[at % 2]));
                tokio::spawn(async move { client.send(request).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    check();
}

#[test]
fn requests_that_wait_are_sent_in_the_order_in_which_they_came() {
    let order = Arc::new(Mutex::new(Vec::new()));
    let notes = order.clone();
    let server = listen(move |stream| {
        let mut writer = stream.try_clone().unwrap();
        let lines = request(&mut BufReader::new(stream)).unwrap();
        notes.lock().unwrap().push(lines[0].clone());
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ntrue";
        writer.write_all(head.as_bytes()).unwrap();
    });
    let url = format!("http://{server}");
    let numbered = |at: usize| get().query("at", at);
    let expected: Vec<_> = (0..8).map(|at| format!("GET /?at={at} HTTP/1.1")).collect();
    // The first request keeps the only place until the others wait.
    let apart = Duration::from_millis(50);
    let transport = PerHost::new(1, Ureq::with(&Network::new()).unwrap());
    let client = blocking::Client::over(transport, url.clone()).unwrap();
    let kept = client.download(numbered(0)).unwrap();
    thread::scope(|scope| {
        for at in 1..8 {
            let (client, request) = (&client, numbered(at));
            scope.spawn(move || client.send(request).unwrap());
            thread::sleep(apart);
        }
        drop(kept);
    });
    assert_eq!(std::mem::take(&mut *order.lock().unwrap()), expected);
    let transport = PerHost::new(1, Reqwest::with(&Network::new()).unwrap());
    let client = Client::over(transport, url).unwrap();
    Runtime::new().unwrap().block_on(async {
        let kept = client.download(numbered(0)).await.unwrap();
        let mut tasks = Vec::new();
        for at in 1..8 {
            let (client, request) = (client.clone(), numbered(at));
            tasks.push(tokio::spawn(async move { client.send(request).await }));
            tokio::time::sleep(apart).await;
        }
        drop(kept);
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    assert_eq!(*order.lock().unwrap(), expected);
}

/// What a caller hears that keeps the only body, and then makes another call.
const KEPT: &str = "as many responses are open that nobody reads";

#[test]
fn a_body_that_is_kept_has_its_place_until_it_was_read_or_dropped() {
    let busy = Busy::start();
    let transport = PerHost::new(1, ureq(&busy)).patience(Duration::from_millis(300));
    let client = blocking::Client::over(transport, busy.url()).unwrap();
    let kept = client.download(to(&busy)).unwrap();
    let begin = Instant::now();
    let error = client.send(to(&busy)).unwrap_err();
    // An attempt may take a minute.
    assert!(begin.elapsed() < Duration::from_secs(10));
    assert!(format!("{error:#}").contains(KEPT), "{error:#}");
    let late = client.clone().timeout(Duration::from_millis(100));
    let error = late.send(to(&busy)).unwrap_err();
    let message = format!("{error:#}");
    assert!(message.contains("none of them ended in time"), "{message}");
    drop(kept);
    let mut read = client.download(to(&busy)).unwrap();
    let mut body = Vec::new();
    read.read_to_end(&mut body).unwrap();
    assert_eq!(body.len(), SIZE);
    client.send(to(&busy)).unwrap();
    drop(read);
}

#[test]
fn a_body_of_async_code_has_its_place_until_it_was_read_or_dropped() {
    let busy = Busy::start();
    let transport = PerHost::new(1, reqwest(&busy)).patience(Duration::from_millis(300));
    let client = Client::over(transport, busy.url()).unwrap();
    Runtime::new().unwrap().block_on(async {
        let kept = client.download(to(&busy)).await.unwrap();
        let error = client.send(to(&busy)).await.unwrap_err();
        assert!(format!("{error:#}").contains(KEPT), "{error:#}");
        drop(kept);
        let mut read = client.download(to(&busy)).await.unwrap();
        let mut size = 0;
        while let Some(piece) = read.piece().await.unwrap() {
            size += piece.len();
        }
        assert_eq!(size, SIZE);
        client.send(to(&busy)).await.unwrap();
        drop(read);
        // A call that nobody waits for any more gives its place back, too.
        let short = Duration::from_millis(10);
        let given_up = tokio::time::timeout(short, client.send(to(&busy))).await;
        assert!(given_up.is_err());
        client.send(to(&busy)).await.unwrap();
    });
}

#[test]
fn a_request_waits_for_a_body_that_is_read_slowly() {
    let busy = Busy::start();
    let patience = Duration::from_millis(500);
    let transport = PerHost::new(1, ureq(&busy)).patience(patience);
    let client = blocking::Client::over(transport, busy.url()).unwrap();
    let mut read = client.download(to(&busy)).unwrap();
    let begin = Instant::now();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| client.send(to(&busy)));
        let mut piece = vec![0; 64 * 1024];
        while read.read(&mut piece).unwrap() > 0 {
            thread::sleep(Duration::from_millis(70));
        }
        assert!(begin.elapsed() > patience, "it was not read slowly");
        waiting.join().unwrap().unwrap();
    });
}
