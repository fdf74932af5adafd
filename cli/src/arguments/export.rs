//! The grammar of the commands that make files other than Rust.
//! It contains declarations only.

use std::path::PathBuf;

use super::CatalogueOption;
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
    pub target: ExportTarget,
}

/// Where files go, and which templates replace the built-in ones.
#[derive(Debug, Args)]
pub struct ExportTarget {
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// A folder of templates. They replace the built-in templates of the same names.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Compare with the files on the disk and write nothing.
    #[arg(long)]
    pub check: bool,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const RENDER_EXAMPLES: &str = "\
Examples:
  permspec render go typescript --out clients
  permspec render notes/{service}.txt.j2 --out notes
  permspec render go --templates my-templates --out clients

The file name of a template decides what is made: `operations.csv.j2` makes one file, `{service}.go.j2` \
makes one file per service, and `{service}/{page}.md.j2` makes one file per page. A file that does not \
end with `.j2` is copied. A file whose name begins with `_` is only for other templates to include. \
`builtin/go/_header.j2` always names the built-in template, so that a template of --templates can extend \
the template that it replaces.

The template language is minijinja's. An undefined value is an error. In addition to minijinja's filters \
there are snake, kebab, camel, pascal, screaming, ident(LANGUAGE), quote(LANGUAGE), comment, markdown, \
code, csv, pad(WIDTH), parameters (of a path) and parts (of an action). `permspec export json` prints the \
data that templates see, and `permspec schema context` describes it.";

/// What to export.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// OpenAPI documents, with the permissions of each call in `x-permissions`.
    Openapi(Openapi),
    /// A browsable catalogue: a static site that does not make requests to other servers.
    #[command(after_help = "Example:\n  permspec export html --out site")]
    Html(ExportTarget),
    /// A reference page for each service.
    #[command(after_help = "Example:\n  permspec export markdown --out docs/permissions")]
    Markdown(ExportTarget),
    /// The data that templates see, as one JSON document on standard output.
    #[command(after_help = "Example:\n  permspec export json > catalogue.json")]
    Json(CatalogueOption),
}

/// Options of `permspec export openapi`.
#[derive(Debug, Args)]
#[command(after_help = OPENAPI_EXAMPLES)]
pub struct Openapi {
    /// Only this service. Without --out, its document is printed.
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

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

/// The version of the OpenAPI specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OpenapiVersion {
    /// OpenAPI 3.0, for tools that do not read newer versions.
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

Operations that share a method and a path become one operation of the document. Its `x-permissions` lists \
each of them with everything that it needs. Operations without a path are in `x-operations-without-route`.";

/// Options of `permspec schema`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec schema config > permspec.schema.json\n  permspec schema context\n\nThe line `#:schema permspec.schema.json` in permspec.toml tells an editor to use the first schema."
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
    /// The interface of an operation, in the spec model.
    Interface,
    /// permspec.toml.
    Config,
    /// The data that templates see.
    Context,
}

/// Options of `permspec init`.
#[derive(Debug, Args)]
#[command(after_help = INIT_EXAMPLES)]
pub struct Init {
    /// The project's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,

    /// The folder of the documentation pages, relative to the project [default: the folder whose
    /// pages have permission tables].
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,

    /// The source from which the project takes permspec: a git repository, such as
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

The command writes permspec.toml with the pages that have permission tables, \
.github/workflows/permspec.yml and .gitattributes. In a crate without a build script, it also writes \
build.rs. It does not change existing files, and reports each of them. The exception is Cargo.toml: the \
command appends the dependencies that the build script needs.";
