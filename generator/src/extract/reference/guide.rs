//! Pages that have a URI section and do not describe one operation.

/// Whether a page is about calling an API in general, or walks through several calls.
pub(crate) fn is_guide(path: &str, title: &str) -> bool {
    let title = super::part::words(title);
    let guide = |part: &str| {
        part.starts_with("calling_api")
            || matches!(part, "api_calling" | "examples" | "application_examples")
    };
    path.split('/').any(guide)
        || matches!(
            title.as_str(),
            "making an api request"
                | "constructing a request"
                | "making a request"
                | "rest apis"
                | "api request"
        )
}
