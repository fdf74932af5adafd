//! Text and inline markup as elements.

use rst_parser::{Inline, ReferenceTarget};

use crate::tree::Tree;

impl Tree<'_> {
    pub fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let text = inline.text();
        match inline {
            Inline::Text { .. } => self.text(text),
            Inline::Emphasis { .. } => self.marked("emphasis", text),
            Inline::Strong { .. } => self.marked("strong", text),
            Inline::Literal { .. } => self.marked("literal", text),
            Inline::Problematic { .. } => self.marked("problematic", text),
            Inline::Role(role) => self.role(&role.name, text, role.target.as_deref()),
            Inline::Reference(reference) => {
                // A URI that is written as text does not have a name.
                let first = self.source.as_bytes().get(reference.span.start as usize);
                let named = first == Some(&b'`');
                self.reference(text, &reference.target, reference.defines, named);
            }
            Inline::FootnoteReference { label, .. } => {
                let (auto, name) = footnote_label(label);
                self.element(
                    "footnote_reference",
                    &[("auto", auto), ("refname", &name)],
                    |tree| {
                        if auto.is_empty() {
                            tree.text(label);
                        }
                    },
                );
            }
            Inline::CitationReference { label, .. } => {
                self.element(
                    "citation_reference",
                    &[("refname", &normal(label))],
                    |tree| tree.text(label),
                );
            }
            Inline::SubstitutionReference(reference) => match &reference.target {
                Some(target) => {
                    let (anonymous, refname, _) = target_attributes(target);
                    let attributes = [("anonymous", anonymous), ("refname", refname)];
                    self.element("reference", &attributes, |tree| {
                        tree.substitution_reference(text);
                    });
                }
                None => self.substitution_reference(text),
            },
            Inline::Target { .. } => {
                self.element("target", &[("names", &normal(text))], |tree| {
                    tree.text(text);
                });
            }
            _ => self.marked("inline", text),
        }
    }

    fn marked(&mut self, name: &str, text: &str) {
        self.element(name, &[], |tree| tree.text(text));
    }

    fn substitution_reference(&mut self, name: &str) {
        let refname = collapse(name);
        self.element("substitution_reference", &[("refname", &refname)], |tree| {
            tree.text(name);
        });
    }

    fn role(&mut self, name: &str, text: &str, target: Option<&str>) {
        let name = name.to_lowercase();
        let (base, format) = self
            .roles
            .get(&name)
            .cloned()
            .unwrap_or((name, String::new()));
        let element = match base.as_str() {
            "ab" | "abbreviation" => "abbreviation",
            "ac" | "acronym" => "acronym",
            "code" | "literal" => "literal",
            "emphasis" | "math" | "strong" => &base,
            "raw" => {
                self.element(
                    "raw",
                    &[("format", &format), ("xml:space", "preserve")],
                    |tree| tree.text(text),
                );
                return;
            }
            "sub" | "subscript" => "subscript",
            "sup" | "superscript" => "superscript",
            "t" | "title" | "title-reference" => "title_reference",
            "pep" | "pep-reference" => {
                let number = text.trim_start_matches("PEP ").trim();
                self.element(
                    "reference",
                    &[(
                        "refuri",
                        &format!("https://peps.python.org/pep-{number:0>4}"),
                    )],
                    |tree| tree.text(text),
                );
                return;
            }
            "rfc" | "rfc-reference" => {
                let (number, section) = target
                    .unwrap_or_default()
                    .split_once('#')
                    .unwrap_or((target.unwrap_or_default(), ""));
                let section = if section.is_empty() {
                    String::new()
                } else {
                    format!("#{section}")
                };
                let uri = format!("https://tools.ietf.org/html/rfc{number}.html{section}");
                self.element("reference", &[("refuri", &uri)], |tree| tree.text(text));
                return;
            }
            _ => "inline",
        };
        self.marked(element, text);
    }

    fn reference(&mut self, text: &str, target: &ReferenceTarget, defines: bool, named: bool) {
        let (anonymous, refname, refuri) = target_attributes(target);
        let named = named || refuri.is_empty();
        let name = if named { collapse(text) } else { String::new() };
        let attributes = [
            ("anonymous", anonymous),
            ("name", &name),
            ("refname", refname),
            ("refuri", refuri),
        ];
        self.element("reference", &attributes, |tree| tree.text(text));
        if defines {
            self.element(
                "target",
                &[
                    ("names", &normal(text)),
                    ("refname", refname),
                    ("refuri", refuri),
                ],
                |_| (),
            );
        }
    }
}

fn target_attributes(target: &ReferenceTarget) -> (&'static str, &str, &str) {
    match target {
        ReferenceTarget::Name(name) => ("", name, ""),
        ReferenceTarget::Uri(uri) => ("", "", uri),
        _ => ("1", "", ""),
    }
}

/// The `auto` attribute of a label, and the name that the label refers to.
pub fn footnote_label(label: &str) -> (&'static str, String) {
    match label.strip_prefix('#') {
        Some(name) => ("1", normal(name)),
        None if label == "*" => ("*", String::new()),
        None => ("", normal(label)),
    }
}

pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn normal(text: &str) -> String {
    collapse(&text.to_lowercase())
}
