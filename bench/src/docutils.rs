//! Runs docutils with the Python that `PYTHON` names, or with `python3`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::texts::Texts;

/// Reads the pages that standard input names three times, and prints the CPU seconds of the fastest round.
/// The fastest round of the other readers counts too, and is too short to be interrupted.
const PROGRAM: &str = r#"
import sys, time
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
texts = [open(path, encoding="utf-8").read() for path in sys.stdin.read().split("\n") if path]
settings = get_default_settings(Parser)
settings.report_level = 5
settings.halt_level = 6
settings.warning_stream = ""
def round():
    start = time.process_time()
    for text in texts:
        Parser().parse(text, new_document("page", settings))
    return time.process_time() - start
print(min(round() for _ in range(3)))
"#;

/// Megabytes per second; `None` without docutils.
pub fn speed(texts: &Texts) -> Option<f64> {
    let paths = texts.paths();
    // A few pages are read several times, so that the start of Python does not count.
    let repeats = (20 / paths.len().max(1)).max(1);
    let input = vec![paths.join("\n"); repeats].join("\n");
    let seconds = seconds(&["-c", PROGRAM], &input)?;
    #[allow(clippy::cast_precision_loss)]
    Some(texts.megabytes() * repeats as f64 / seconds)
}

/// Parsing pages and making rows of their permission tables, in megabytes per second.
pub fn extraction(texts: &Texts) -> Option<f64> {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/docutils_extract.py");
    let paths = texts.paths();
    Some(texts.megabytes() / seconds(&[program, "--seconds"], &paths.join("\0"))?)
}

/// The seconds that a program prints.
fn seconds(arguments: &[&str], input: &str) -> Option<f64> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut child = Command::new(python)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
