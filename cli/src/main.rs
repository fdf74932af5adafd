//! The `permspec` command: it parses the arguments, runs one command, and turns the result into an exit code.
#![forbid(unsafe_code)]
// `println!` panics if the reader of a pipe is gone. `output` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
// Only the commands that call a cloud ask for interfaces.
#[cfg_attr(not(feature = "cloud"), allow(dead_code))]
mod catalogue;
mod command;
mod output;
mod search;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::choose_colors(arguments.color);
    let config = arguments.config.as_deref();
    let done = match &arguments.command {
        None => command::demo::run(),
        Some(Command::Extract(options)) => command::extract::run(options, config),
        Some(Command::Generate(options)) => command::generate::run(options, config),
        Some(Command::Check(options)) => command::check::run(options, config),
        Some(Command::Diff(options)) => command::diff::run(options, config),
        Some(Command::Lint(options)) => command::lint::run(options, config),
        Some(Command::Search(options)) => command::search::run(options, config),
        Some(Command::Services(options)) => command::services::run(options, config),
        Some(Command::Routes(options)) => command::routes::run(options, config),
        Some(Command::Route(options)) => command::route::run(options, config),
        #[cfg(feature = "cloud")]
        Some(Command::Call(options)) => command::perform::run(options, config),
        #[cfg(feature = "cloud")]
        Some(Command::Record(options)) => command::record::run(options, config),
        #[cfg(feature = "cloud")]
        Some(Command::Whoami(options)) => command::whoami::run(options, config),
        Some(Command::Permissions(options)) => command::permissions::run(options, config),
        Some(Command::Policy(policy)) => command::policy::run(policy, config),
        Some(Command::Export(what)) => command::export::run(what, config),
        Some(Command::Render(options)) => command::render::run(options, config),
        Some(Command::Schema(options)) => Ok(command::schema::run(options)),
        Some(Command::Init(options)) => command::init::run(options),
        Some(Command::Tables(options)) => Ok(command::tables::run(options)),
        Some(Command::Completions { shell }) => Ok(command::completions::run(*shell)),
    };
    match done {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Undecided) => ExitCode::from(3),
        Ok(Verdict::Unusable) => ExitCode::from(2),
        Err(error) => {
            output::report_findings(error.report());
            ExitCode::from(1)
        }
    }
}

/// The result of a command that ran to its end, as an exit code.
///
/// The order is from the best result to the worst. A command with several questions has the worst of their results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Everything is in order: exit code 0.
    Clean,
    /// The documentation does not decide the question: exit code 3. (Exit code 2 is for a wrong command line.)
    Undecided,
    /// Something differs or is wrong, and the command printed it: exit code 1.
    Findings,
    /// Two versions cannot be compared, because one of them cannot be read: exit code 2.
    Unusable,
}
