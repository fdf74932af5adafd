//! `permspec schema`: prints the JSON Schemas.

use permspec_export::schema::{Kind, text};

use crate::Verdict;
use crate::arguments::{Schema, SchemaKind};
use crate::output::print;

pub fn run(options: &Schema) -> Verdict {
    let kind = match options.kind {
        SchemaKind::Model => Kind::Model,
        SchemaKind::Interface => Kind::Interface,
        SchemaKind::Config => Kind::Configuration,
        SchemaKind::Context => Kind::Context,
    };
    print(&text(kind));
    Verdict::Clean
}
