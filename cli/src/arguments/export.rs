//! The grammar of the commands that make something besides Rust.
//! Declarations only; this module must never run anything.

use std::path::PathBuf;

use super::Asked;
use clap::{Args, Subcommand, ValueEnum};

/// Options of `permspec render`.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub struct Render {
    /// Built-in templates (csv, go, html, markdown, python, rego, terraform, typescript), folders below
    /// --templates, or paths of files and folders.
    #[arg(value_name = "TEMPLATE", required = true)]
    pub wanted: Vec<String>,

    /// What to write below --out, and how often.
    #[command(flatten)]
    pub place: Place,
}

/// Where files go, and which templates stand in front of the built-in ones.
#[derive(Debug, Args)]
pub struct Place {
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// A folder of templates that stand in front of the built-in ones of their names.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Compare with the files on the disk and write nothing.
    #[arg(long)]
    pub check: bool,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

const RENDER_EXAMPLES: &str = "\
Examples:
  permspec render go typescript --out clients
  permspec render notes/{service}.txt.j2 --out notes
  permspec render go --templates my-templates --out clients

The name of a template says what is made of it: `operations.csv.j2` one file, `{service}.go.j2` one a \
service, `{service}/{page}.md.j2` one a page. A file that does not end with `.j2` is copied; one whose \
name begins with `_` is there for others to include. `builtin/go/_header.j2` names a built-in template \
also where one of --templates stands in front of it, so that it can be extended.

The language is minijinja's, and what is undefined is an error. Besides minijinja's filters there are \
snake, kebab, camel, pascal, screaming, ident(LANGUAGE), quote(LANGUAGE), comment, markdown, code, csv, \
pad(WIDTH), parameters (of a path) and parts (of an action). `permspec export json` prints what templates see, and \
`permspec schema context` describes it.";

/// What to export.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// OpenAPI documents, with the permissions of each call in `x-permissions`.
    Openapi(Openapi),
    /// A catalogue to look at: a static site that asks no other server for anything.
    #[command(after_help = "Example:\n  permspec export html --out site")]
    Html(Place),
    /// A reference page for each service.
    #[command(after_help = "Example:\n  permspec export markdown --out docs/permissions")]
    Markdown(Place),
    /// What templates see, as one JSON document on standard output.
    #[command(after_help = "Example:\n  permspec export json > catalogue.json")]
    Json(Asked),
}

/// Options of `permspec export openapi`.
#[derive(Debug, Args)]
#[command(after_help = OPENAPI_EXAMPLES)]
pub struct Openapi {
    /// Only this service. Without --out its document is printed.
    #[arg(long, value_name = "NAME", required_unless_present = "out")]
    pub service: Option<String>,

    /// The folder to write `<service>.json` to.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// The version of the OpenAPI specification.
    #[arg(long = "openapi", value_name = "VERSION", default_value = "3.1")]
    pub specification: OpenapiVersion,

    /// Compare with the files on the disk and write nothing.
    #[arg(long, requires = "out")]
    pub check: bool,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

/// The version of the OpenAPI specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OpenapiVersion {
    /// OpenAPI 3.0, for tools that read nothing newer.
    #[value(name = "3.0")]
    V3_0,
    /// OpenAPI 3.1.
    #[value(name = "3.1")]
    V3_1,
}

const OPENAPI_EXAMPLES: &str = "\
Examples:
  permspec export openapi --service ims > ims.json
  permspec export openapi --out openapi

Operations that share method and path are one operation of the document; `x-permissions` lists each of \
them with all that it needs. Operations without a path are in `x-operations-without-route`.";

/// Options of `permspec schema`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec schema config > permspec.schema.json\n  permspec schema context\n\nAn editor takes the first one from a line `#:schema permspec.schema.json` in permspec.toml."
)]
pub struct Schema {
    /// What to describe.
    pub kind: SchemaKind,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// A page of the spec model.
    Model,
    /// permspec.toml.
    Config,
    /// What templates see.
    Context,
}

/// Options of `permspec init`.
#[derive(Debug, Args)]
#[command(after_help = INIT_EXAMPLES)]
pub struct Init {
    /// The project's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,

    /// The folder of the documentation pages, from the project's [default: found by its tables].
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,

    /// Where the project takes permspec from: a git repository, such as
    /// `https://code.example/permspec#REVISION`, or the folder of a checkout [default: the checkout that
    /// this command was built from].
    #[arg(long, value_name = "SOURCE")]
    pub permspec: Option<String>,
}

const INIT_EXAMPLES: &str = "\
Examples:
  permspec init
  permspec init ../service --docs doc/source
  permspec init --permspec https://code.example/permspec#v0.1.0

It writes permspec.toml with the pages that have permission tables, .github/workflows/permspec.yml, \
.gitattributes, and in a crate that has none a build.rs. A file that exists stays as it is, which is \
said; only Cargo.toml gets the dependencies that the build script needs, at its end.";
