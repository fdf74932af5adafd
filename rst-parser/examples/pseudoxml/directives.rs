//! Directives as the elements that docutils makes of them.

use rst_parser::{Block, Directive, ReferenceTarget};

use crate::inlines::normal;
use crate::tree::Tree;

impl Tree<'_> {
    pub fn directive(&mut self, directive: &Directive) {
        let name = directive.name.to_lowercase();
        let names = normal(directive.option("name").unwrap_or_default());
        let attributes = [("names", names.as_str())];
        if !directive.known {
            let source = self.source.get(directive.span.range()).unwrap_or_default();
            self.unread(source);
            return;
        }
        match name.as_str() {
            "role" => self.define_role(&directive.body),
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
                let format = normal(&directive.arguments.join(" "));
                self.element(
                    "raw",
                    &[("format", &*format), ("xml:space", "preserve")],
                    |tree| tree.text(&directive.body),
                );
            }
            "rubric" => self.element("rubric", &attributes, |tree| {
                tree.inlines(&directive.inlines);
            }),
            "line-block" | "epigraph" | "highlights" | "pull-quote" | "class" | "rst-class"
            | "only" => {
                self.blocks(&directive.blocks);
            }
            "attention" | "caution" | "danger" | "error" | "hint" | "important" | "note"
            | "tip" | "warning" | "admonition" | "topic" | "sidebar" | "compound" | "container" => {
                self.element(&name, &attributes, |tree| {
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

    /// `name(base)`, and a field list.
    fn define_role(&mut self, body: &str) {
        let mut lines = body.lines();
        let first = lines.next().unwrap_or_default();
        let (name, base) = first.split_once('(').unwrap_or((first, "inline)"));
        let format = lines
            .find_map(|line| line.strip_prefix(":format:"))
            .unwrap_or_default();
        let base = base.trim_end_matches(')').trim().to_lowercase();
        self.roles.insert(
            name.trim().to_lowercase(),
            (base, format.trim().to_lowercase()),
        );
    }

    /// The text or image that a substitution stands for.
    pub fn substitution(&mut self, name: &str, directive: &Directive) {
        match directive.name.to_lowercase().as_str() {
            "image" => self.image(directive, name),
            "raw" => self.directive(directive),
            _ => self.inlines(&directive.inlines),
        }
    }

    fn image(&mut self, directive: &Directive, alt: &str) {
        let (name, refname, uri) = match directive.link() {
            Some(ReferenceTarget::Name(name)) => (name.clone(), name, Box::default()),
            Some(ReferenceTarget::Uri(uri)) => (Box::default(), Box::default(), uri),
            _ => return self.plain_image(directive, alt),
        };
        let attributes = [("name", &*name), ("refname", &*refname), ("refuri", &*uri)];
        self.element("reference", &attributes, |tree| {
            tree.plain_image(directive, alt);
        });
    }

    fn plain_image(&mut self, directive: &Directive, alt: &str) {
        let option = |name: &str| {
            directive
                .option(name)
                .unwrap_or_default()
                .trim()
                .replace(' ', "")
        };
        let uri = directive.uri().unwrap_or_default();
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
            ("width", &*pixels(option("figwidth"))),
        ];
        self.element("figure", &attributes, |tree| {
            tree.image(directive, "");
            let mut blocks = directive.blocks.as_slice();
            while let [first, rest @ ..] = blocks
                && goes_before_caption(first)
            {
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

fn goes_before_caption(block: &Block) -> bool {
    match block {
        Block::Target(_) => true,
        Block::Directive(directive) => {
            matches!(
                directive.name.to_lowercase().as_str(),
                "class" | "rst-class"
            ) && directive.blocks.is_empty()
        }
        _ => false,
    }
}

/// A width without a unit is a number of pixels.
fn pixels(width: String) -> String {
    if width.is_empty() || !width.bytes().all(|byte| byte.is_ascii_digit()) {
        width
    } else {
        format!("{width}px")
    }
}
