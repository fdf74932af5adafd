//! The crates.io package `rst_parser`, in a process of its own: it may panic, and it may not end.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::texts::Texts;

/// No page and no text gets more time than this.
const PATIENCE: Duration = Duration::from_secs(20);

/// All pages together get no more time than this.
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

/// Reads pages one by one until patience ends.
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

/// How long the peer takes for `text`; `None` if it fails or does not end.
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

/// In the process of its own: reads the standard input and prints the seconds it took.
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
