//! In which kind of project an action takes effect.
//! This module must never turn "not stated" into "no".

/// The scope columns of a permission table, each of three values.
///
/// `Some(true)` is the documentation's `Y`: an action granted by a custom policy takes effect in
/// this kind of project. `Some(false)` is `x`: it does not. `None` is a column that is missing, or
/// the `-` in IAM's own tables, where the kind of project does not matter.
///
/// ```
/// use permspec_runtime::Scope;
///
/// let image_sharing = Scope { iam_project: Some(true), enterprise_project: Some(false) };
/// assert_ne!(image_sharing, Scope { enterprise_project: None, ..image_sharing });
/// assert_eq!(Scope::default(), Scope { iam_project: None, enterprise_project: None });
/// ```
///
/// Source: the pages "Introduction" below "Permissions and Supported Actions" of IMS, ECS, VPC and IAM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Whether the action takes effect when it is granted in an IAM project.
    pub iam_project: Option<bool>,
    /// Whether the action takes effect when it is granted in an enterprise project.
    pub enterprise_project: Option<bool>,
}

impl Scope {
    /// In IAM projects and in enterprise projects.
    pub const BOTH: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: Some(true),
    };

    /// In IAM projects, and not in enterprise projects.
    pub const IAM_PROJECT_ONLY: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: Some(false),
    };

    /// In IAM projects; nothing is said of enterprise projects.
    pub const IAM_PROJECT: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: None,
    };

    /// Nothing is said of either.
    pub const UNSTATED: Scope = Scope {
        iam_project: None,
        enterprise_project: None,
    };
}
