//! The option `--catalogue`, which all commands have that read a catalogue.
//! It contains declarations only.

use clap::{Args, ValueEnum};

/// The catalogue to use.
#[derive(Args, Clone, Copy, Debug)]
pub struct CatalogueOption {
    /// The catalogue to use.
    #[arg(long, default_value = "auto", value_name = "WHICH")]
    pub catalogue: Which,
}

/// A catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// The project's catalogue if there is a permspec.toml, otherwise the built-in one.
    Auto,
    /// The project's catalogue: of --config, or of a permspec.toml in this folder or a parent folder.
    Project,
    /// The catalogue that is built into the command: Open Telekom Cloud.
    BuiltIn,
}
