//! Which catalogue a command asks: an option that all commands have that read one.
//! Declarations only; this module must never run anything.

use clap::{Args, ValueEnum};

/// Which catalogue to ask.
#[derive(Args, Clone, Copy, Debug)]
pub struct Asked {
    /// Which catalogue to ask.
    #[arg(long, default_value = "auto", value_name = "WHICH")]
    pub catalogue: Which,
}

/// A catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// The project's where there is a permspec.toml, otherwise the built-in one.
    Auto,
    /// The project's: that of --config, or of a permspec.toml here or in a folder above.
    Project,
    /// The one that the command has built in: Open Telekom Cloud.
    BuiltIn,
}
