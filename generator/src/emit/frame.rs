//! File frames: the minijinja templates of `templates/`, embedded, and how they are rendered.
//! A frame arranges what the emitters made; this module must never make a Rust item.

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
    "crate/lib.rs.j2"
];

/// Renders the built-in frame `name`.
pub(super) fn render(name: &str, context: Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax());
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let (_, text) = FRAMES
        .iter()
        .find(|(frame, _)| *frame == name)
        .expect("the frame is listed above");
    environment
        .render_named_str(name, text, context)
        .expect("built-in frames render: the emitters' contexts hold every name they use")
}

/// Block tags stand on lines of their own and leave no trace; a file keeps its final newline.
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
