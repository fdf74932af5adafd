//! The built-in templates, embedded.
//! A list and nothing else; a test holds it against the folder, so that this module must never miss one.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),+]
    };
}

/// Every file by its path below `templates/export/`, in the order of the paths.
pub(super) const FILES: &[(&str, &str)] = files!["csv/operations.csv.j2",];
