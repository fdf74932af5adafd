//! Directives as the elements docutils makes of them.

use rst_parser::{Block, Directive};

use crate::inlines::normal;
use crate::tree::Tree;

impl Tree<'_> {
    pub fn directive(&mut self, directive: &Directive) {
        let name = directive.name.to_lowercase();
        let names = normal(directive.option("name").unwrap_or_default());
        let named = [("names", names.as_str())];
        if !directive.known {
            let source = self.source.get(directive.span.range()).unwrap_or_default();
            self.unread(source);
            return;
        }
        match name.as_str() {
            "image" => self.image(directive, ""),
            "figure" => self.figure(directive),
            "code" | "code-block" | "sourcecode" => self.element(
                "literal_block",
                &[("names", &*names), ("xml:space", "preserve")],
                |tree| {
                    tree.text(&directive.body);
                },
            ),
            "parsed-literal" => self.element(
                "literal_block",
                &[("names", &*names), ("xml:space", "preserve")],
                |tree| {
                    tree.inlines(&directive.inlines);
                },
            ),
            "math" => {
                for part in directive.body.split("\n\n").filter(|part| !part.is_empty()) {
                    self.element(
                        "math_block",
                        &[("names", &*names), ("xml:space", "preserve")],
                        |tree| tree.text(part),
                    );
                }
            }
            "raw" => {
                let format = directive.arguments.join(" ").to_lowercase();
                self.element(
                    "raw",
                    &[("format", &*format), ("xml:space", "preserve")],
                    |tree| tree.text(&directive.body),
                );
            }
            "rubric" => self.element("rubric", &named, |tree| tree.inlines(&directive.inlines)),
            "line-block" | "epigraph" | "highlights" | "pull-quote" | "class" => {
                self.blocks(&directive.blocks)
            }
            "attention" | "caution" | "danger" | "error" | "hint" | "important" | "note"
            | "tip" | "warning" | "admonition" | "topic" | "sidebar" | "compound" | "container" => {
                self.element(&name, &named, |tree| {
                    if !directive.inlines.is_empty() {
                        tree.element("title", &[], |tree| tree.inlines(&directive.inlines));
                    }
                    if let Some(subtitle) = directive.option("subtitle") {
                        tree.element("subtitle", &[], |tree| tree.text(subtitle));
                    }
                    tree.blocks(&directive.blocks);
                });
            }
            _ => {}
        }
    }

    /// What a substitution stands for.
    pub fn substitution(&mut self, name: &str, directive: &Directive) {
        if directive.name.eq_ignore_ascii_case("image") {
            self.image(directive, name);
        } else {
            self.inlines(&directive.inlines);
        }
    }

    fn image(&mut self, directive: &Directive, alt: &str) {
        let target = directive.option("target").unwrap_or_default();
        if target.is_empty() {
            self.plain_image(directive, alt);
            return;
        }
        let name = target.strip_suffix('_').map(|name| name.trim_matches('`'));
        let refname = name.map(normal).unwrap_or_default();
        let uri: String = if name.is_none() {
            target.split_whitespace().collect()
        } else {
            String::new()
        };
        let attributes = [
            ("name", name.unwrap_or_default()),
            ("refname", &refname),
            ("refuri", &uri),
        ];
        self.element("reference", &attributes, |tree| {
            tree.plain_image(directive, alt)
        });
    }

    fn plain_image(&mut self, directive: &Directive, alt: &str) {
        let option = |name: &str| directive.option(name).unwrap_or_default().trim().to_owned();
        let uri: String = directive
            .arguments
            .iter()
            .flat_map(|argument| argument.split_whitespace())
            .collect();
        let alt = directive.option("alt").unwrap_or(alt);
        let scale = option("scale").trim_end_matches([' ', '%']).to_owned();
        let align = if directive.name.eq_ignore_ascii_case("figure") {
            String::new()
        } else {
            option("align")
        };
        let attributes = [
            ("align", &*align),
            ("alt", alt),
            ("height", &*option("height")),
            ("loading", &*option("loading")),
            ("names", &*normal(&option("name"))),
            ("scale", &*scale),
            ("uri", &*uri),
            ("width", &*option("width")),
        ];
        self.element("image", &attributes, |_| ());
    }

    fn figure(&mut self, directive: &Directive) {
        let option = |name: &str| directive.option(name).unwrap_or_default().to_owned();
        let attributes = [
            ("align", &*option("align")),
            ("names", &*normal(&option("figname"))),
            ("width", &*option("figwidth")),
        ];
        self.element("figure", &attributes, |tree| {
            tree.image(directive, "");
            let mut blocks = directive.blocks.as_slice();
            while let [first @ Block::Target(_), rest @ ..] = blocks {
                tree.blocks(std::slice::from_ref(first));
                blocks = rest;
            }
            let Some((first, legend)) = blocks.split_first() else {
                return;
            };
            if let Block::Paragraph(caption) = first {
                tree.element("caption", &[], |tree| tree.inlines(&caption.inlines));
            }
            if !legend.is_empty() {
                tree.element("legend", &[], |tree| tree.blocks(legend));
            }
        });
    }
}
