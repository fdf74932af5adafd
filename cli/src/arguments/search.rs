//! The grammar of the commands that list and find operations.
//! It contains declarations only.

use clap::Args;

use super::{CatalogueOption, Format};

/// Options of `permspec routes`.
#[derive(Debug, Args)]
#[command(after_help = ROUTES_EXAMPLES)]
pub struct Routes {
    /// Only this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Only operations with all of these words, in any form. `permspec search` ranks operations instead.
    #[arg(long, value_name = "WORDS")]
    pub grep: Option<String>,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
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
    /// Words of titles, names, paths or actions, in any form, or a whole question.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// Only operations of this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// The maximum number of operations to show.
    #[arg(long, default_value = "10", value_name = "N")]
    pub limit: usize,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  permspec search resize server
  permspec search \"Which permission do I need to mount a volume?\"
  permspec search snapshot --service evs --format json

Operations with all of the words come first. Then the place of the words decides: title, name, service, \
path, actions. Synonyms, such as server, instance and ECS, count less than the words themselves. If no \
operation has all of the words, the command shows those with the most words. It fails if nothing is \
found.";

/// Options of `permspec services`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  permspec services\n  permspec services --catalogue built-in --format json"
)]
pub struct Services {
    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}
