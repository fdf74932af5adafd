//! What a section title or a lead line announces: the path, the request, the response, an example.
//! It knows words, and not the blocks around them.

/// The part of an operation page that a block belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// What the operation does, and everything that is not in another part.
    #[default]
    About,
    /// Method and path, and the parameters in it.
    Uri,
    /// What the caller sends.
    Request,
    /// What the server sends.
    Response,
    /// Examples of requests and responses, without a word which.
    Example,
    /// Status codes.
    Status,
    /// Error codes.
    Errors,
}

/// What a title or a lead says about the blocks after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Announced {
    /// The part, if the words name one.
    pub(crate) part: Option<Part>,
    /// Whether an example follows.
    pub(crate) example: bool,
    /// Whether an error or a failure follows.
    pub(crate) abnormal: bool,
}

/// What the title of a section announces.
pub(crate) fn title(text: &str) -> Announced {
    let said = words(text);
    let list: Vec<&str> = said.split(' ').collect();
    let has = |word: &str| list.contains(&word);
    let example = has("example") || has("examples") || has("sample") || has("samples");
    let request = has("request") || has("requests");
    let response = has("response") || has("responses");
    let status = has("status") || has("returned") || has("return") || has("response");
    let code = has("code") || has("codes") || has("value") || has("values");
    let part = if example {
        Some(match (request, response) {
            (true, false) => Part::Request,
            (false, true) => Part::Response,
            _ if has("uri") || has("url") => Part::Uri,
            _ => Part::Example,
        })
    } else if has("uri") || has("url") {
        Some(Part::Uri)
    } else if (has("error") || has("errors")) && code {
        Some(Part::Errors)
    } else if status && code {
        Some(Part::Status)
    } else if response {
        Some(Part::Response)
    } else if request && !has("method") && !has("methods") {
        Some(Part::Request)
    } else if matches!(
        said.as_str(),
        "parameter description" | "parameters description"
    ) {
        Some(Part::Response)
    } else {
        None
    };
    Announced {
        part,
        example,
        abnormal: has("abnormal") || has("failure") || has("failed"),
    }
}

/// Whether the title of a section announces what the operation does.
pub(crate) fn is_function(title: &str) -> bool {
    matches!(
        words(title).as_str(),
        "function" | "functions" | "function description"
    )
}

/// Words that begin a lead about parameters.
const PARAMETERS: [&str; 6] = [
    "parameter",
    "parameters",
    "field",
    "fields",
    "attribute",
    "attributes",
];

/// What a lead line inside a part announces; `None` if it is prose.
pub(crate) fn lead(text: &str) -> Option<Announced> {
    if text.len() > LONGEST_LEAD {
        return None;
    }
    let said = words(text);
    let list: Vec<&str> = said.split(' ').collect();
    let has = |word: &str| list.contains(&word);
    let for_example =
        said.starts_with("for example") || said.contains("following is an example of");
    let example = !for_example
        && (has("example") || has("examples") || has("sample") || has("samples"))
        && (list.len() <= 9 || said.ends_with("as follows"));
    let short = list.len() <= 8;
    if !example && !short {
        return None;
    }
    let parameters = PARAMETERS.iter().any(|word| has(word));
    let about = has("request") || has("response") || has("requests") || has("responses");
    let normal = matches!(
        said.as_str(),
        "normal" | "normal response" | "normal responses" | "success" | "success response"
    );
    let abnormal = has("abnormal")
        || has("failure")
        || has("failed")
        || said == "error response"
        || said == "exception";
    if !example && !(short && (parameters || about || normal || abnormal)) {
        return None;
    }
    // `Example response (request failed)` shows a response: the first word counts.
    let part = list.iter().find_map(|word| match *word {
        "uri" | "url" => Some(Part::Uri),
        "request" | "requests" => Some(Part::Request),
        "response" | "responses" => Some(Part::Response),
        _ => None,
    });
    Some(Announced {
        part,
        example,
        abnormal,
    })
}

/// A lead is a line, not a paragraph of prose.
const LONGEST_LEAD: usize = 160;

/// The text in lower case, words divided by one space, without punctuation.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
        let word = word.trim_matches(['.', '-']);
        if word.is_empty() {
            continue;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        if word.is_ascii() {
            let start = words.len();
            words.push_str(word);
            words[start..].make_ascii_lowercase();
        } else {
            words.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    words
}

/// The status in `Status code: 200` or `STATUS CODE 200`.
pub(crate) fn status(text: &str) -> Option<u16> {
    // Every start begins with one of these letters. Few texts do, and only those are taken apart.
    let first = text.chars().find(|c| c.is_alphanumeric() || *c == '_')?;
    if !matches!(first.to_ascii_lowercase(), 's' | 'h' | 'r') {
        return None;
    }
    let head: String = text.chars().take(40).collect();
    let said = words(&head);
    let rest = [
        "status codes",
        "status code",
        "http status code",
        "returned code",
        "response code",
        "http 1.1",
        "http 1.0",
        "http 2",
    ]
    .iter()
    .find_map(|start| said.strip_prefix(start))?;
    number(rest.trim_start().split(' ').next()?)
}

/// A status: three digits, the first from 1 to 5.
pub(crate) fn number(text: &str) -> Option<u16> {
    let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let status: u16 = digits.then(|| text.parse().ok())??;
    (100..600).contains(&status).then_some(status)
}
