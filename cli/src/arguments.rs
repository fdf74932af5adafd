//! The command line's grammar and its help texts.
//! Declarations only; this module must never run anything.

mod drift;
mod export;
mod policy;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use drift::{Check, Diff, DiffFormat};
pub use export::{Export, Init, Openapi, OpenapiVersion, Place, Render, Schema, SchemaKind};
pub use policy::{
    Attachment, For, Permissions, Policy, PolicyCheck, PolicyDiff, PolicyFormat, Route, TableFormat,
};

/// Permission tables of cloud API documentation, turned into code.
///
/// Without a command it runs once over a page that is built in (image sharing, 8 operations),
/// prints what it makes of it, and writes nothing.
#[derive(Debug, Parser)]
#[command(name = "permspec", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The project's configuration [default: permspec.toml or spec/permspec.toml, here or in a
    /// folder above].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// When to use colours.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done; nothing is wrong
  1  an input is wrong or something differs; every finding was printed
  2  the command line is wrong
  3  the documentation does not decide what was asked (`policy check --can`)";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documentation pages and write the spec model.
    Extract(Extract),
    /// Write the generated crate from the spec model.
    Generate(Generate),
    /// Fail where documentation, spec model and generated code disagree.
    Check(Check),
    /// Say what changed between two versions, and whether it breaks anybody.
    Diff(Diff),
    /// Say what is wrong with documentation pages.
    Lint(Lint),
    /// List operations with their routes, actions and scopes.
    Routes(Routes),
    /// Say which operation a call is, and what it needs.
    Route(Route),
    /// List actions with the operations that need them.
    Permissions(Permissions),
    /// Make, check and compare custom policies.
    #[command(subcommand)]
    Policy(Policy),
    /// Make OpenAPI documents, an HTML catalogue or Markdown from the spec model.
    #[command(subcommand)]
    Export(Export),
    /// Make files from the spec model with templates.
    Render(Render),
    /// Print the JSON Schema of the model, of permspec.toml, or of what templates see.
    Schema(Schema),
    /// Write a permspec.toml, a CI file and a build script into a project.
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
    /// Pages to read instead of the project's; the models are printed, not written.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<PathBuf>,

    /// A folder of documentation: every page below it that has a permission table is read.
    #[arg(long, value_name = "DIR", conflicts_with = "pages")]
    pub docs: Option<PathBuf>,

    /// Read the pages of the API reference below DIR instead: parameters, bodies and examples.
    #[arg(long, requires = "docs", conflicts_with = "check")]
    pub reference: bool,

    /// With pages, the service they belong to [default: the name of the page's folder]; with --docs,
    /// the one service to read.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// What to print: the account of the run, or one operation a line and write nothing.
    #[arg(long, default_value = "text", conflicts_with = "pages")]
    pub format: ExtractFormat,

    /// Compare with the model on the disk and write nothing.
    #[arg(long, conflicts_with = "pages")]
    pub check: bool,
}

/// What `permspec extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// The account: pages, tables, rows, operations, findings by code.
    Text,
    /// The account for programs.
    Json,
    /// One operation a line, with `service` and `page`.
    Jsonl,
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  permspec extract                                    write spec/<service>/<page>.json
  permspec extract --check                            say which models would change
  permspec extract docs/image_sharing.rst --service ims   print one page's model
  permspec extract --docs DIR                         models of every page below DIR
  permspec extract --docs DIR --format jsonl          one operation a line, without a project
  permspec extract --docs DIR --reference --format jsonl  one reference page a line

The service of a page below DIR is the one whose `repository` in permspec.toml is a folder of its
path, else the name of the first folder. It fails where a row ends neither as an operation nor as a
finding.";

/// Options of `permspec lint`.
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct Lint {
    /// Pages, or folders of them.
    #[arg(value_name = "DOCS", required = true)]
    pub docs: Vec<PathBuf>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: LintFormat,

    /// Look at the pages of an API reference too: parameters, bodies and examples.
    #[arg(long)]
    pub reference: bool,

    /// Print notes too, not only errors and warnings.
    #[arg(long)]
    pub notes: bool,
}

/// How `permspec lint` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// For people, with the lines that are meant.
    Text,
    /// One finding a line.
    Json,
    /// Annotations of a hosted CI.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

const LINT_EXAMPLES: &str = "\
Examples:
  permspec lint docs/
  permspec lint docs/ --format github
  permspec lint docs/ --notes --format sarif > findings.sarif

It fails where there is an error or a warning.";

/// Options of `permspec generate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec generate            write the crate that permspec.toml names\n  permspec generate --check    say which files would change"
)]
pub struct Generate {
    /// Compare with the files on the disk and write nothing.
    #[arg(long)]
    pub check: bool,
}

/// Options of `permspec routes`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec routes\n  permspec routes --service ims --format json"
)]
pub struct Routes {
    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// Options of `permspec tables`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  permspec tables spec/ims/image_sharing.rst --format json")]
pub struct Tables {
    /// The pages to read.
    #[arg(value_name = "PAGE", required = true)]
    pub pages: Vec<PathBuf>,

    /// How to print; JSON is one line a page.
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
