//! Workflow commands of a hosted CI, which show a message at a line of a file.

/// The severity of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
    Notice,
}

/// A workflow command: `::error file=..,line=..,col=..,title=..::message`. Lines and columns count from 1.
pub fn annotation(
    level: Level,
    (file, line, column): (&str, u32, u32),
    title: &str,
    message: &str,
) -> String {
    let level = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    format!(
        "::{level} file={},line={line},col={column},title={}::{}",
        property(file),
        property(title),
        escaped(message)
    )
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
