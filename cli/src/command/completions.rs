//! `permspec completions`: a script that completes commands, options and files.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Verdict;
use crate::arguments::Arguments;

pub fn run(shell: Shell) -> Verdict {
    clap_complete::generate(
        shell,
        &mut Arguments::command(),
        "permspec",
        &mut std::io::stdout(),
    );
    Verdict::Clean
}
