//! The command line's grammar and its help texts.
//! It contains declarations only.

#[cfg(feature = "cloud")]
mod account;
mod catalogue;
mod drift;
mod export;
mod policy;
#[cfg(feature = "cloud")]
mod record;
mod search;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

#[cfg(feature = "cloud")]
pub use account::{Call, Credentials, Whoami};
pub use catalogue::{CatalogueOption, Which};
pub use drift::{Check, Diff, DiffFormat};
pub use export::{Export, ExportTarget, Init, Openapi, OpenapiVersion, Render, Schema, SchemaKind};
#[cfg(feature = "cloud")]
pub use policy::MadePolicy;
pub use policy::{
    Attachment, For, Permissions, Policy, PolicyCheck, PolicyDiff, PolicyFormat, Route, TableFormat,
};
#[cfg(feature = "cloud")]
pub use record::Record;
pub use search::{Routes, Search, Services};

/// Turn permission tables of cloud API documentation into code.
///
/// Without a command, permspec reads a built-in page (image sharing, 8 operations) and prints the
/// result. It does not write any file.
#[derive(Debug, Parser)]
#[command(name = "permspec", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The configuration of the project [default: permspec.toml or spec/permspec.toml, in this folder
    /// or in a parent folder].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// When to use colours.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the command is done and found nothing wrong
  1  an input is wrong or something differs; every finding was printed
  2  the command line is wrong
  3  the documentation does not decide the question (`policy check --can`, `policy diff`)";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documentation pages and write the spec model.
    Extract(Extract),
    /// Write the generated crate from the spec model.
    Generate(Generate),
    /// Fail if documentation, spec model and generated code disagree.
    Check(Check),
    /// Report what changed between two versions, and what breaks callers or policies.
    Diff(Diff),
    /// Report what is wrong with documentation pages.
    Lint(Lint),
    /// Find operations by words, such as `resize server`.
    Search(Search),
    /// List the services of the catalogue.
    Services(Services),
    /// List operations with their calls, actions and scopes.
    Routes(Routes),
    /// Show which operation a call or a name is, and what it needs.
    Route(Route),
    /// Call an operation of the cloud, or print the request.
    #[cfg(feature = "cloud")]
    Call(Call),
    /// Show who calls the cloud, and what policies allow.
    #[cfg(feature = "cloud")]
    Whoami(Whoami),
    /// Run a program, and make the smallest policy for what it calls.
    #[cfg(feature = "cloud")]
    Record(Record),
    /// List actions with the operations that need them.
    Permissions(Permissions),
    /// Make, check and compare custom policies.
    #[command(subcommand)]
    Policy(Policy),
    /// Make OpenAPI documents, an HTML catalogue or Markdown from the spec model.
    #[command(subcommand)]
    Export(Export),
    /// Make files from the spec model with your own or built-in templates.
    Render(Render),
    /// Print the JSON Schema of models, interfaces, permspec.toml or data of templates.
    Schema(Schema),
    /// Add a permspec.toml, a CI file and a build script to a project.
    Init(Init),
    /// Print every table of a page as the parser sees it.
    Tables(Tables),
    /// Print a completion script for a shell.
    #[command(
        after_help = "Example:\n  permspec completions bash > ~/.local/share/bash-completion/completions/permspec"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Options of `permspec extract`.
#[derive(Debug, Args)]
#[command(after_help = EXTRACT_EXAMPLES)]
pub struct Extract {
    /// Pages to read instead of the project's pages. Their models are printed, not written.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<PathBuf>,

    /// A folder of documentation. Every page below it that has a permission table is read.
    #[arg(long, value_name = "DIR", conflicts_with = "pages")]
    pub docs: Option<PathBuf>,

    #[command(flatten)]
    pub api: ApiReference,

    /// With pages: the service of the pages [default: the name of the page's folder]. With --docs: the
    /// only service to read.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// What to print: a summary of the run, or one operation per line (jsonl, which writes no files).
    #[arg(long, default_value = "text", conflicts_with = "pages")]
    pub format: ExtractFormat,

    /// Compare with the model on the disk and write nothing.
    #[arg(long, conflicts_with = "pages")]
    pub check: bool,

    /// Do not fail if there was no permission table to read.
    #[arg(long)]
    pub allow_empty: bool,
}

/// Options of `permspec extract` for pages of an API reference.
#[derive(Debug, Args)]
pub struct ApiReference {
    /// Read the pages of the API reference below DIR instead: parameters, bodies and examples. The project's
    /// model gets an interface per page.
    #[arg(long, requires = "docs")]
    pub reference: bool,

    /// Print the descriptions of pages, parameters and fields too, as plain text. Needs --format jsonl, because no
    /// model has descriptions.
    #[arg(long, requires = "reference")]
    pub descriptions: bool,
}

/// What `permspec extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// The summary: pages, tables, rows, operations, findings by code.
    Text,
    /// The summary for programs.
    Json,
    /// One operation per line, with `operation`, `service` and `page`.
    Jsonl,
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  permspec extract                            write spec/<service>/<page>.json
  permspec extract --check                    report which models would change
  permspec extract docs/page.rst              print one page's model
  permspec extract --docs DIR                 write one model per page below DIR
  permspec extract --docs DIR --format jsonl  print one operation per line
  permspec extract --docs DIR --reference     write one interface per page
  permspec extract --docs DIR --reference --format jsonl --descriptions
                                              print one page per line, with what it says in its own words

The service of a page below DIR is the service whose `repository` in permspec.toml is a folder of \
the page's path. Otherwise it is the name of the first folder. The command fails if a row ends neither \
as an operation nor as a finding.";

/// Options of `permspec lint`.
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct Lint {
    /// Pages, or folders of pages.
    #[arg(value_name = "DOCS", required = true)]
    pub docs: Vec<PathBuf>,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: LintFormat,

    /// Also read the pages of an API reference: parameters, bodies and examples.
    #[arg(long)]
    pub reference: bool,

    /// Also print notes, not only errors and warnings.
    #[arg(long)]
    pub notes: bool,

    /// Do not fail if there was no permission table to read.
    #[arg(long)]
    pub allow_empty: bool,
}

/// The output format of `permspec lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// For people, with the offending lines.
    Text,
    /// One finding per line.
    Json,
    /// Annotations for a hosted CI.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

const LINT_EXAMPLES: &str = "\
Examples:
  permspec lint docs/
  permspec lint docs/ --format github
  permspec lint docs/ --notes --format sarif > findings.sarif

The command fails if there is an error or a warning.";

/// Options of `permspec generate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec generate            write the crate that permspec.toml names\n  permspec generate --check    report which files would change"
)]
pub struct Generate {
    /// Compare with the files on the disk and write nothing.
    #[arg(long)]
    pub check: bool,
}

/// Options of `permspec tables`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  permspec tables spec/ims/image_sharing.rst --format json")]
pub struct Tables {
    /// The pages to read.
    #[arg(value_name = "PAGE", required = true)]
    pub pages: Vec<PathBuf>,

    /// The output format; JSON is one line per page.
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
