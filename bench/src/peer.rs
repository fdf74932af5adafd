//! Runs the crates.io package `rst_parser` in a separate process, because it may panic or may not terminate.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::texts::Texts;

/// The maximum time for a page or a text.
const PATIENCE: Duration = Duration::from_secs(20);

/// The maximum time for all pages together.
const PATIENCE_FOR_ALL: Duration = Duration::from_secs(60);

/// What became of the pages.
pub struct Figures {
    megabytes_per_second: f64,
    read: usize,
    failed: usize,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { megabytes_per_second, read, failed } = self;
        write!(f, "{megabytes_per_second:.2} ({read} read, {failed} not)")
    }
}

/// Reads pages one by one until the time is over.
pub fn speed(texts: &Texts) -> Option<Figures> {
    let start = Instant::now();
    let (mut bytes, mut seconds, mut read, mut failed) = (0, 0.0, 0, 0);
    for (_, text) in &texts.pages {
        if start.elapsed() > PATIENCE_FOR_ALL {
            break;
        }
        match time(text) {
            Some(time) => {
                bytes += text.len();
                seconds += time.as_secs_f64();
                read += 1;
            }
            None => failed += 1,
        }
    }
    #[allow(clippy::cast_precision_loss)]
    (read > 0).then(|| Figures { megabytes_per_second: bytes as f64 / 1e6 / seconds, read, failed })
}

/// The time that the peer takes for `text`. `None` if it fails or does not terminate.
pub fn time(text: &str) -> Option<Duration> {
    let program = std::env::current_exe().ok()?;
    let mut child = Command::new(program)
        .args(["--peer", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let start = Instant::now();
    while child.try_wait().ok()?.is_none() {
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut printed = String::new();
    child.stdout.take()?.read_to_string(&mut printed).ok()?;
    printed.trim().parse().ok().map(Duration::from_secs_f64)
}

/// The code of the separate process: reads standard input and prints the seconds that it took.
pub fn read_page(_page: &str) {
    let mut text = String::new();
    if std::io::stdin().read_to_string(&mut text).is_err() {
        return;
    }
    let start = Instant::now();
    if peer::parse(&text).is_ok() {
        println!("{}", start.elapsed().as_secs_f64());
    }
}
