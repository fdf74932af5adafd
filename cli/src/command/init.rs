//! `permspec init`: the first files of a project.

use permspec::Error;

use crate::Verdict;
use crate::arguments::Init;

pub fn run(options: &Init) -> Result<Verdict, Error> {
    let _ = options;
    Ok(Verdict::Clean)
}
