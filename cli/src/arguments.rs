//! The command line's grammar and its help texts.
//! Declarations only; this module must never run anything.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
  2  the command line is wrong";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read documentation pages and write the spec model.
    Extract(Extract),
    /// Write the generated crate from the spec model.
    Generate(Generate),
    /// Fail where documentation, spec model and generated code disagree.
    #[command(after_help = CHECK_EXAMPLES)]
    Check,
    /// List operations with their routes, actions and scopes.
    Routes(Routes),
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

    /// The service of the pages [default: the name of the folder that the page is in].
    #[arg(long, value_name = "NAME", requires = "pages")]
    pub service: Option<String>,

    /// Compare with the model on the disk and write nothing.
    #[arg(long, conflicts_with = "pages")]
    pub check: bool,
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  permspec extract                                    write spec/<service>/<page>.json
  permspec extract --check                            say which models would change
  permspec extract docs/image_sharing.rst --service ims   print one page's model";

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

const CHECK_EXAMPLES: &str = "\
It compares the pages with the spec model, and the model with the generated crate. A change of a page
that no caller and no policy notices (wrapping, order, a reworded title) does not fail.

Example, in CI:
  permspec check";

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
