//! The grammar of the commands that call the cloud.
//! It contains declarations only.

use std::path::PathBuf;

use clap::Args;

use super::{CatalogueOption, Format};

/// Who calls, and where the cloud is.
#[derive(Args, Clone, Debug, Default)]
pub struct Credentials {
    /// The cloud of clouds.yaml [default: OS_CLOUD, or the cloud that the variables OS_* describe].
    #[arg(long, value_name = "NAME")]
    pub os_cloud: Option<String>,

    /// The region, instead of the one that the settings state.
    #[arg(long, value_name = "NAME")]
    pub os_region_name: Option<String>,
}

/// Options of `permspec call`.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args, Clone, Debug)]
#[command(after_help = CALL_EXAMPLES, disable_help_flag = true)]
pub struct Call {
    /// The operation, such as `ims.ListImages`. With --service, a method: then a path follows.
    #[arg(value_name = "OPERATION", required_unless_present = "help")]
    pub operation: Option<String>,

    /// The values of the path in their order, and every parameter as --NAME VALUE. The options of this command may
    /// stand here, too.
    #[arg(
        value_name = "PARAMETERS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub parameters: Vec<String>,

    /// The body: JSON, `@FILE`, or `-` for standard input.
    #[arg(long, value_name = "JSON")]
    pub body: Option<String>,

    /// A parameter of the query, also one that the documentation lacks.
    #[arg(long, value_name = "NAME=VALUE")]
    pub query: Vec<String>,

    /// A header, also one that the documentation lacks.
    #[arg(long, value_name = "NAME=VALUE")]
    pub header: Vec<String>,

    /// Print the request as a curl command, and what it needs. Nothing is sent.
    #[arg(long)]
    pub dry_run: bool,

    /// Send a call that may change something: any method but GET and HEAD.
    #[arg(long)]
    pub yes: bool,

    /// Print the status and the headers of the response too.
    #[arg(long)]
    pub include: bool,

    /// Print help: of the operation, or of this command if there is none.
    #[arg(long, short)]
    pub help: bool,

    /// The address of the service, instead of the one that the cloud states.
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,

    /// The service of a call that the catalogue lacks.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Who calls, and where the cloud is.
    #[command(flatten)]
    pub credentials: Credentials,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const CALL_EXAMPLES: &str = "\
Examples:
  permspec call ims.ListImages --limit 5
  permspec call ims.ListImageMembers 70a599e0-31e7-49b7-b260-868f441e862b
  permspec call ims.AddImageMember IMAGE --body '{\"member\": \"PROJECT\"}' --yes
  permspec call ims.AddImageMember IMAGE --body @member.json --dry-run
  permspec call --service ims GET /v2/images

Who calls is read as by the command `openstack`: from clouds.yaml and the variables OS_*. The caller's own project \
need not be stated. A path parameter can also be given by its name. The response is printed: JSON on several lines, \
anything else as it arrived.";

/// Options of `permspec whoami`.
#[derive(Args, Clone, Debug)]
#[command(after_help = WHOAMI_EXAMPLES)]
pub struct Whoami {
    /// A policy of the caller. Several policies count together.
    #[arg(long, value_name = "FILE")]
    pub policy: Vec<PathBuf>,

    /// With policies: list the operations that they allow.
    #[arg(long, requires = "policy")]
    pub list: bool,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Who calls, and where the cloud is.
    #[command(flatten)]
    pub credentials: Credentials,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const WHOAMI_EXAMPLES: &str = "\
Examples:
  permspec whoami
  permspec whoami --os-cloud otc --format json
  permspec whoami --policy policy.json --list";
