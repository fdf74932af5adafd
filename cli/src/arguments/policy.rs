//! The grammar of the commands that join calls, actions and policies.
//! It contains declarations only.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{CatalogueOption, Format};

/// Options of `permspec route`.
#[derive(Debug, Args)]
#[command(after_help = ROUTE_EXAMPLES)]
pub struct Route {
    /// Method and path of the call, as one argument or two, or the name of an operation. The path may
    /// have a query, a scheme and a host. Without a method, all methods are tried.
    #[arg(value_name = "CALL", required = true, num_args = 1..=2)]
    pub call: Vec<String>,

    /// The JSON body of the call. Its key tells apart operations that share a path.
    #[arg(long, value_name = "JSON")]
    pub body: Option<String>,

    /// Only operations of this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const ROUTE_EXAMPLES: &str = "\
Examples:
  permspec route \"POST /v2/images/70a599e0/members\"
  permspec route /v2/images/70a599e0/members
  permspec route ims.AddImageMember
  permspec route POST /v2/p/volumes/v/action --body '{\"os-extend\": {}}'
  permspec route GET https://ims.eu-de.otc.t-systems.com/v2/images

Several operations may share a call. In one service, a key of the body may tell them apart. Operations \
of several services may share a call because each service has its own host. The command shows all of \
them, unless the call has a documented host.";

/// Options of `permspec permissions`.
#[derive(Debug, Args)]
#[command(after_help = PERMISSIONS_EXAMPLES)]
pub struct Permissions {
    /// Only actions that match this pattern, such as `ims:*:*` or `vpc:*:get*`.
    #[arg(
        value_name = "PATTERN",
        default_value = "*:*:*",
        hide_default_value = true
    )]
    pub pattern: String,

    /// Only actions of operations with all of these words, such as `resize server`.
    #[arg(long, value_name = "WORDS")]
    pub grep: Option<String>,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: TableFormat,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

/// The output format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: one line for each action and operation (RFC 4180).
    Csv,
}

const PERMISSIONS_EXAMPLES: &str = "\
Examples:
  permspec permissions
  permspec permissions \"ims:images:*\"
  permspec permissions --grep \"resize server\"
  permspec permissions \"*:*:delete*\" --format csv > deletions.csv";

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Print the smallest policy for some operations or calls.
    For(For),
    /// Report what is wrong with a policy, what it allows, and which of its rights were never needed.
    Check(PolicyCheck),
    /// Report which actions and operations one policy allows and another does not.
    Diff(PolicyDiff),
}

/// Options of `permspec policy for`.
#[derive(Debug, Args)]
#[command(after_help = FOR_EXAMPLES)]
pub struct For {
    /// Operations by name, such as `ims.AddImageMember`, or calls, such as `GET /v2/images`.
    #[arg(value_name = "OPERATION", required_unless_present = "routes")]
    pub operations: Vec<String>,

    /// A file of calls: lines `METHOD path`, an access log in common or combined format, or a HAR.
    /// `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub routes: Vec<PathBuf>,

    /// Consider only operations of this service for calls.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// What the policy grants, and where it goes.
    #[command(flatten)]
    pub made: MadePolicy,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

/// What a policy grants for operations, and where it goes.
#[derive(Args, Clone, Debug)]
pub struct MadePolicy {
    /// Also allow the actions that the operations depend on.
    #[arg(long)]
    pub dependencies: bool,

    /// A case that applies, in the documentation's words, such as `EVS disk`.
    #[arg(long, value_name = "CASE")]
    pub when: Vec<String>,

    /// A case that does not apply.
    #[arg(long, value_name = "CASE")]
    pub not_when: Vec<String>,

    /// Use patterns that match several actions. A pattern may also match actions that the documentation
    /// does not list.
    #[arg(long)]
    pub patterns: bool,

    /// The output format: only the policy, or everything for programs.
    #[arg(long, default_value = "policy")]
    pub format: PolicyFormat,

    /// Write the policies to this folder, one file per policy: `policy-1.json` and so on.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What `permspec policy for` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyFormat {
    /// The policy. If a limit requires several policies, use `--out`, because they are not one document.
    Policy,
    /// An object with the policies, the catalogue's version, and the open questions.
    Json,
}

const FOR_EXAMPLES: &str = "\
Examples:
  permspec policy for ims.AddImageMember ims.ListImageMembers > policy.json
  permspec policy for --routes access.log --service ims
  permspec policy for --routes access.log --out policies
  permspec policy for evs.ListEvsTagsOfTenant \\
      --when \"EVS disk\" --not-when Backup --not-when Snapshot

The policy is printed on standard output. Standard error names the catalogue, and reports what could not \
be mapped to operations. The command fails if something is left open: a line that is not a call, a call \
that belongs to no operation or to several, or a case for which neither --when nor --not-when is given. It \
also fails if several policies are needed and --out is missing; then standard output is empty.";

/// Options of `permspec policy check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct PolicyCheck {
    /// The policy.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Report whether the policy allows this operation or call: yes, no, or depends.
    #[arg(long, value_name = "OPERATION")]
    pub can: Vec<String>,

    /// Consider only operations of this service for calls.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Where the policy is attached.
    #[arg(long, default_value = "iam-project", value_name = "PLACE")]
    pub attached: Attachment,

    /// List what the policy allows but none of these calls needed. The file is as for `policy for
    /// --routes`.
    #[arg(long, value_name = "FILE")]
    pub unused: Vec<PathBuf>,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

/// Options of `permspec policy diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct PolicyDiff {
    /// The policy before.
    #[arg(value_name = "A")]
    pub before: PathBuf,

    /// The policy after.
    #[arg(value_name = "B")]
    pub after: PathBuf,

    /// Where both policies are attached.
    #[arg(long, default_value = "iam-project", value_name = "PLACE")]
    pub attached: Attachment,

    /// The output format.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  permspec policy diff before.json after.json
  permspec policy diff before.json after.json --attached enterprise-project

The command evaluates both policies for every action of the catalogue, every action that a policy names, \
and every operation. It compares conditions by their text. A pattern also matches actions that no table \
lists. If the policies differ only in such actions, the exit code is 3. The command fails if the policies \
differ.";

/// Where a policy is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Attachment {
    /// In IAM, for a project.
    IamProject,
    /// In Enterprise Management, for an enterprise project.
    EnterpriseProject,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  permspec policy check policy.json
  permspec policy check policy.json --can \"POST /v2/images/{image_id}/members\"
  permspec policy check policy.json --can ims.AddImageMember
  permspec policy check policy.json --unused access.log

The command fails if there is an error or a warning. With --can, the exit code tells the result instead, \
unless there is an error: 0 for yes, 1 for no, 3 if it depends. The result depends if it rests on a \
condition, on an open case, on which of several operations the call is, or on something that the \
documentation does not say. With --unused, the exit code is 1 if something was never needed.";
