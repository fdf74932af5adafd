//! The `permspec` command: parse the arguments, run one command, turn its outcome into an exit code.
#![forbid(unsafe_code)]
// `println!` panics where the reader of a pipe has gone: `output` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
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

/// What a command that ran to its end has to say to the shell.
///
/// In the order of weight: of several questions, the worst answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Everything is as it should be: exit code 0.
    Clean,
    /// The documentation does not decide the question: exit code 3. (2 is a wrong command line.)
    Undecided,
    /// Something differs or is wrong, and was said: exit code 1.
    Findings,
    /// Two things cannot be compared, because one cannot be read: exit code 2.
    Unusable,
}
