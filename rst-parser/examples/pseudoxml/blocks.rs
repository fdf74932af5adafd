//! Body elements as elements.

use rst_parser::{Block, BlockLine, Cell, ReferenceTarget, Table};

use crate::inlines::{footnote_label, normal};
use crate::tree::Tree;

impl Tree<'_> {
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one arm per kind of block")]
    fn block(&mut self, block: &Block) {
        match block {
            Block::Section(section) => self.element(
                "section",
                &[("names", &normal(&section.title_text()))],
                |tree| {
                    tree.element("title", &[], |tree| tree.inlines(&section.title));
                    tree.blocks(&section.blocks);
                },
            ),
            Block::Paragraph(paragraph) => {
                self.element("paragraph", &[], |tree| tree.inlines(&paragraph.inlines));
            }
            Block::BulletList(list) => self.element(
                "bullet_list",
                &[("bullet", &list.bullet.to_string())],
                |tree| {
                    list.items.iter().for_each(|item| {
                        tree.element("list_item", &[], |tree| tree.blocks(&item.blocks));
                    });
                },
            ),
            Block::EnumeratedList(list) => {
                let start = if list.start == 1 {
                    String::new()
                } else {
                    list.start.to_string()
                };
                let attributes = [
                    ("enumtype", list.numbering.as_str()),
                    ("prefix", list.form.prefix()),
                    ("start", &start),
                    ("suffix", list.form.suffix()),
                ];
                self.element("enumerated_list", &attributes, |tree| {
                    list.items.iter().for_each(|item| {
                        tree.element("list_item", &[], |tree| tree.blocks(&item.blocks));
                    });
                });
            }
            Block::DefinitionList(list) => self.element("definition_list", &[], |tree| {
                for item in &list.items {
                    tree.element("definition_list_item", &[], |tree| {
                        tree.element("term", &[], |tree| tree.inlines(&item.term));
                        for classifier in &item.classifiers {
                            tree.element("classifier", &[], |tree| tree.inlines(classifier));
                        }
                        tree.element("definition", &[], |tree| tree.blocks(&item.blocks));
                    });
                }
            }),
            Block::FieldList(list) => self.element("field_list", &[], |tree| {
                for field in &list.fields {
                    tree.element("field", &[], |tree| {
                        tree.element("field_name", &[], |tree| tree.inlines(&field.name));
                        tree.element("field_body", &[], |tree| tree.blocks(&field.blocks));
                    });
                }
            }),
            Block::OptionList(list) => self.element("option_list", &[], |tree| {
                for item in &list.items {
                    tree.element("option_list_item", &[], |tree| {
                        tree.element("option_group", &[], |tree| {
                            item.options.iter().for_each(|option| tree.option(option));
                        });
                        tree.element("description", &[], |tree| tree.blocks(&item.blocks));
                    });
                }
            }),
            Block::LineBlock(block) => self.line_block(&block.lines, 0),
            Block::LiteralBlock(block) => self.literal(&block.text),
            Block::DoctestBlock(block) => {
                self.element("doctest_block", &[("xml:space", "preserve")], |tree| {
                    tree.text(&block.text);
                });
            }
            Block::BlockQuote(quote) => self.element("block_quote", &[], |tree| {
                tree.blocks(&quote.blocks);
                if let Some(attribution) = &quote.attribution {
                    tree.element("attribution", &[], |tree| tree.inlines(attribution));
                }
            }),
            Block::Comment(comment) => {
                self.element("comment", &[("xml:space", "preserve")], |tree| {
                    if !comment.text.is_empty() {
                        tree.text(&comment.text);
                    }
                });
            }
            Block::Target(target) => {
                let (refname, refuri) = match &target.target {
                    Some(ReferenceTarget::Name(name)) => (&**name, ""),
                    Some(ReferenceTarget::Uri(uri)) => ("", &**uri),
                    _ => ("", ""),
                };
                let anonymous = if target.name.is_empty() { "1" } else { "" };
                let attributes = [
                    ("anonymous", anonymous),
                    ("names", &target.normal_name()),
                    ("refname", refname),
                    ("refuri", refuri),
                ];
                self.element("target", &attributes, |_| ());
            }
            Block::Footnote(footnote) => {
                let (auto, name) = footnote_label(&footnote.label);
                self.element("footnote", &[("auto", auto), ("names", &name)], |tree| {
                    if auto.is_empty() {
                        tree.element("label", &[], |tree| tree.text(&footnote.label));
                    }
                    tree.blocks(&footnote.blocks);
                });
            }
            Block::Citation(citation) => {
                self.element("citation", &[("names", &normal(&citation.label))], |tree| {
                    tree.element("label", &[], |tree| tree.text(&citation.label));
                    tree.blocks(&citation.blocks);
                });
            }
            Block::SubstitutionDefinition(definition) => {
                self.element(
                    "substitution_definition",
                    &[("names", &definition.name)],
                    |tree| {
                        tree.substitution(&definition.name, &definition.directive);
                    },
                );
            }
            Block::Directive(directive) => self.directive(directive),
            Block::Table(table) => self.table(table),
            Block::Transition(_) => self.element("transition", &[], |_| ()),
            Block::Malformed(malformed) => self.unread(&malformed.text),
            _ => {}
        }
    }

    /// Text that could not be read, as docutils keeps it.
    pub fn unread(&mut self, text: &str) {
        self.element("system_message", &[], |tree| tree.literal(text));
    }

    pub fn literal(&mut self, text: &str) {
        self.element("literal_block", &[("xml:space", "preserve")], |tree| {
            tree.text(text);
        });
    }

    fn option(&mut self, option: &rst_parser::CommandOption) {
        self.element("option", &[], |tree| {
            tree.element("option_string", &[], |tree| tree.text(&option.name));
            if let Some(argument) = &option.argument {
                // An empty delimiter is an attribute, too.
                tree.open("option_argument", &[("delimiter", option.delimiter)]);
                tree.text(argument);
                tree.close();
            }
        });
    }

    /// Lines that are indented more than the least indented line are a line block inside this one.
    pub fn line_block(&mut self, lines: &[BlockLine], depth: usize) {
        let least = lines
            .iter()
            .map(|line| line.indent)
            .min()
            .unwrap_or_default();
        self.element("line_block", &[], |tree| {
            let mut rest = lines;
            while let Some((line, after)) = rest.split_first() {
                let deeper = rest.iter().take_while(|line| line.indent > least).count();
                if deeper > 0 && depth < 64 {
                    tree.line_block(&rest[..deeper], depth + 1);
                    rest = &rest[deeper..];
                } else {
                    tree.element("line", &[], |tree| tree.inlines(&line.inlines));
                    rest = after;
                }
            }
        });
    }

    fn table(&mut self, table: &Table) {
        let option = |name: &str| {
            table
                .options
                .iter()
                .find(|option| option.name == name)
                .map_or("", |option| &option.value)
        };
        let attributes = [
            ("align", option("align")),
            ("names", &normal(option("name"))),
            ("width", &option("width").replace(' ', "")),
        ];
        self.element("table", &attributes, |tree| {
            if let Some(title) = &table.title {
                tree.element("title", &[], |tree| tree.inlines(title));
            }
            tree.element("tgroup", &[("cols", &table.columns.to_string())], |tree| {
                for (column, width) in table.widths.iter().enumerate() {
                    let stub = if column < table.stub_columns { "1" } else { "" };
                    tree.element(
                        "colspec",
                        &[("colwidth", &width.to_string()), ("stub", stub)],
                        |_| (),
                    );
                }
                if table.header_rows > 0 {
                    tree.element("thead", &[], |tree| {
                        table.header().iter().for_each(|row| tree.row(&row.cells));
                    });
                }
                tree.element("tbody", &[], |tree| {
                    table.body().iter().for_each(|row| tree.row(&row.cells));
                });
            });
        });
    }

    fn row(&mut self, cells: &[Cell]) {
        let number = |more: usize| {
            if more == 0 {
                String::new()
            } else {
                more.to_string()
            }
        };
        self.element("row", &[], |tree| {
            for cell in cells {
                let attributes = [
                    ("morecols", &*number(cell.more_columns)),
                    ("morerows", &*number(cell.more_rows)),
                ];
                tree.element("entry", &attributes, |tree| tree.blocks(&cell.blocks));
            }
        });
    }
}
