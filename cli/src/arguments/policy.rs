//! The grammar of the commands that join calls, actions and policies.
//! Declarations only; this module must never run anything.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Asked, Format};

/// Options of `permspec route`.
#[derive(Debug, Args)]
#[command(after_help = ROUTE_EXAMPLES)]
pub struct Route {
    /// Method and path of the call, as one argument or two; the path may have a query, and scheme
    /// and host. Without a method, each is asked. Or the name of an operation.
    #[arg(value_name = "CALL", required = true, num_args = 1..=2)]
    pub call: Vec<String>,

    /// The JSON body of the call: its key tells operations apart that share a path.
    #[arg(long, value_name = "JSON")]
    pub body: Option<String>,

    /// Only operations of this service.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

const ROUTE_EXAMPLES: &str = "\
Examples:
  permspec route \"POST /v2/images/70a599e0/members\"
  permspec route /v2/images/70a599e0/members
  permspec route ims.AddImageMember
  permspec route POST /v2/p/volumes/v/action --body '{\"os-extend\": {}}'
  permspec route GET https://ims.eu-de.otc.t-systems.com/v2/images

Several operations may share a call, in one service (told apart by a key of the body, or not at all) \
or in several, which listen on hosts of their own: all are shown.";

/// Options of `permspec permissions`.
#[derive(Debug, Args)]
#[command(after_help = PERMISSIONS_EXAMPLES)]
pub struct Permissions {
    /// Only actions that this pattern means, such as `ims:*:*` or `vpc:*:get*`.
    #[arg(
        value_name = "PATTERN",
        default_value = "*:*:*",
        hide_default_value = true
    )]
    pub pattern: String,

    /// Only actions of operations with all of these words, such as `resize server`.
    #[arg(long, value_name = "WORDS")]
    pub grep: Option<String>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: TableFormat,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

/// How a list is printed.
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
    /// Say what is wrong with a policy, what it allows, and what of it was never needed.
    Check(PolicyCheck),
    /// Say which actions and operations one policy allows and another does not.
    Diff(PolicyDiff),
}

/// Options of `permspec policy for`.
#[derive(Debug, Args)]
#[command(after_help = FOR_EXAMPLES)]
pub struct For {
    /// Operations by name, such as `ims.AddImageMember`, or calls, such as `GET /v2/images`.
    #[arg(value_name = "OPERATION", required_unless_present = "routes")]
    pub operations: Vec<String>,

    /// Calls from a file: lines `METHOD path`, an access log in common or combined format, or a HAR;
    /// `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub routes: Vec<PathBuf>,

    /// Take calls for operations of this service only.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Allow the actions that the operations depend on, too.
    #[arg(long)]
    pub dependencies: bool,

    /// A case that applies, as the documentation words it, such as `EVS disk`.
    #[arg(long, value_name = "CASE")]
    pub when: Vec<String>,

    /// A case that does not apply.
    #[arg(long, value_name = "CASE")]
    pub not_when: Vec<String>,

    /// Let patterns stand for several actions. They may mean actions that the documentation does not
    /// list.
    #[arg(long)]
    pub patterns: bool,

    /// How to print: the policy alone, or everything for programs.
    #[arg(long, default_value = "policy")]
    pub format: PolicyFormat,

    /// Write the policies below this folder, each to a file of its own: `policy-1.json` and so on.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

/// What `permspec policy for` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyFormat {
    /// The policy. Where a limit makes several, there is no one document, and `--out` is needed.
    Policy,
    /// An object with the policies, the catalogue's version, and what was left open.
    Json,
}

const FOR_EXAMPLES: &str = "\
Examples:
  permspec policy for ims.AddImageMember ims.ListImageMembers > policy.json
  permspec policy for --routes access.log --service ims
  permspec policy for --routes access.log --out policies
  permspec policy for evs.ListEvsTagsOfTenant \\
      --when \"EVS disk\" --not-when Backup --not-when Snapshot

The policy is on standard output; what could not be mapped, and which catalogue it was made from, is \
on standard error. It fails where something was left open: a line that is no call, a call that no \
operation or that several have, or a case of which nobody said whether it applies. It also fails where \
several policies are needed and no folder is named for them; then standard output is empty.";

/// Options of `permspec policy check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct PolicyCheck {
    /// The policy.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Whether the policy allows this operation or call: yes, no, or that it depends.
    #[arg(long, value_name = "OPERATION")]
    pub can: Vec<String>,

    /// Take calls for operations of this service only.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,

    /// Where the policy is attached.
    #[arg(long, default_value = "iam-project", value_name = "PLACE")]
    pub attached: Attachment,

    /// List what the policy allows and none of these calls needed: a file as for `policy for
    /// --routes`.
    #[arg(long, value_name = "FILE")]
    pub unused: Vec<PathBuf>,

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
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

    /// How to print.
    #[arg(long, default_value = "text")]
    pub format: Format,

    /// Which catalogue to ask.
    #[command(flatten)]
    pub asked: Asked,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  permspec policy diff before.json after.json
  permspec policy diff before.json after.json --attached enterprise-project

Every action of the catalogue, every action that a policy names, and every operation is asked about \
in both; conditions are compared by their text. A pattern means actions too that no table lists: where \
the policies differ in nothing but these, the exit code is 3. It fails where the policies differ.";

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

It fails where there is an error or a warning. With --can the exit code is the answer instead, \
unless there is an error: 0 for yes, 1 for no, 3 where it depends on a condition, on the case or the \
operation that is meant, or on what the documentation does not say. With --unused it is 1 where \
something was never needed.";
