//! `permspec completions`: prints a script that completes commands, options and files.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Verdict;
use crate::arguments::Arguments;
use crate::output::print;

pub fn run(shell: Shell) -> Verdict {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "permspec", &mut script);
    print(&String::from_utf8_lossy(&script));
    Verdict::Clean
}
