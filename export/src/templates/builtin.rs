//! The built-in templates, embedded.
//! A list and nothing else; a test holds it against the folder, so that this module must never miss one.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),+]
    };
}

/// Every file by its path below `templates/export/`, in the order of the paths.
pub(super) const FILES: &[(&str, &str)] = files![
    "csv/operations.csv.j2",
    "html/_layout.html.j2",
    "html/_operation.html.j2",
    "html/assets/catalogue.js.j2",
    "html/assets/composer.js",
    "html/assets/operation.js",
    "html/assets/policy.js",
    "html/assets/search.js",
    "html/assets/site.css",
    "html/assets/theme.js",
    "html/index.html.j2",
    "html/service/{service}.html.j2",
];
