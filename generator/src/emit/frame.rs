//! File frames: the minijinja templates of `templates/`, embedded, and how they are rendered. A frame
//! arranges what the emitters made. This module must never make a Rust item.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

macro_rules! frames {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),+]
    };
}

/// Every built-in frame, by its path below `templates/`.
const FRAMES: &[(&str, &str)] = frames![
    "crate/Cargo.toml.j2",
    "crate/catalogue.rs.j2",
    "crate/lib.rs.j2",
    "crate/types.rs.j2",
    "crate/types.toml.j2",
];

/// Renders the built-in frame `name`.
pub(super) fn render(name: &str, context: Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax());
    // A string of TOML, with JSON's escapes.
    environment.add_filter("quoted", |text: &str| {
        serde_json::Value::from(text).to_string()
    });
    environment.add_filter("line", |text: &str| crate::inert::line(text));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let (_, text) = FRAMES
        .iter()
        .find(|(frame, _)| *frame == name)
        .expect("the frame is listed above");
    environment
        .render_named_str(name, text, context)
        .expect("built-in frames render: the emitters' contexts hold every name they use")
}

/// Block tags have their own lines and leave no trace. A file keeps its final newline.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    syntax.build().expect("the delimiters are the default ones")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "config")]
    #[test]
    fn a_text_of_the_configuration_stays_in_its_place_of_the_manifest() {
        let hostile = "x\"\n[dependencies]\nevil = \"1\"\\ \u{e9}";
        let package = crate::project::Package {
            path: "made".into(),
            name: "my-api".into(),
            version: "0.1.0".into(),
            description: hostile.into(),
            license: hostile.into(),
            default_features: Vec::new(),
            runtime_path: Some(hostile.into()),
            types: None,
        };
        let files = super::super::package(&[], &package, std::path::Path::new("made"));
        let texts: Vec<&str> = files.iter().map(|(_, text)| text).collect();
        let manifest: toml::Table = texts[0].parse().unwrap();
        assert_eq!(manifest["package"]["description"].as_str(), Some(hostile));
        assert_eq!(manifest["dependencies"].as_table().unwrap().len(), 1);
        let library = texts
            .iter()
            .find(|text| text.contains("mod catalogue"))
            .unwrap();
        assert!(
            !library
                .lines()
                .any(|line| line.starts_with("[dependencies]"))
        );
    }

    #[test]
    fn every_built_in_frame_is_a_valid_template() {
        let environment = Environment::new();
        for (name, text) in FRAMES {
            assert!(
                environment.template_from_named_str(name, text).is_ok(),
                "{name}"
            );
        }
    }
}
