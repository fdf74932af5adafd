//! The grammar of the commands that list and find operations.
//! Declarations only; this module must never run anything.

use clap::Args;

use super::{Asked, Format};

/// Options of `permspec routes`.
#[derive(Debug, Args)]
#[command(after_help = ROUTES_EXAMPLES)]
pub struct Routes {
    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Only operations with all of these words, in any of their forms; `permspec search` ranks them.
    #[arg(long, value_name = "WORDS")]
    pub grep: Option<String>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

const ROUTES_EXAMPLES: &str = "\
Examples:
  permspec routes
  permspec routes --grep \"image member\"
  permspec routes --service ims --format json";

/// Options of `permspec search`.
#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct Search {
    /// Words of titles, names, paths or actions, in any form; a whole question will do.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// Only operations of this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// How many operations to show at most.
    #[arg(long, default_value = "10", value_name = "N")]
    pub limit: usize,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  permspec search resize server
  permspec search \"Which permission do I need to mount a volume?\"
  permspec search snapshot --service evs --format json

The operations that have all of the words come first, then by where they have them: in the title, the name, \
the service, the path, the actions. Synonyms count, such as server, instance and ECS, and less than the words \
themselves. Where nothing has all of the words, what has most of them is shown. It fails where nothing is \
found.";

/// Options of `permspec services`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec services\n  permspec services --catalogue built-in --format json"
)]
pub struct Services {
    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}
