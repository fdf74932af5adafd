//! The embedded built-in templates.
//! This is only a list. A test compares it with the folder.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),+]
    };
}

/// Every file, with its path below `templates/export/`, in the order of the paths.
pub(super) const FILES: &[(&str, &str)] = files![
    "csv/operations.csv.j2",
    "go/_header.j2",
    "go/{service}/{service}.go.j2",
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
    "markdown/README.md.j2",
    "markdown/{service}.md.j2",
    "python/permissions.py.j2",
    "rego/permspec/check.rego",
    "rego/permspec/data.json.j2",
    "terraform/{service}.tf.j2",
    "typescript/index.ts.j2",
    "typescript/{service}.ts.j2",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"));
        let mut report = permspec::Report::default();
        let files = permspec::load::files(root, &mut report);
        let names: Vec<String> = files
            .iter()
            .map(|file| {
                file.strip_prefix(root)
                    .unwrap()
                    .display()
                    .to_string()
                    .replace('\\', "/")
            })
            .collect();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, names);
    }
}
