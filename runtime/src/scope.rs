//! The kinds of projects in which an action takes effect.
//! This module must never turn "not stated" into "no".

/// The scope columns of a permission table. Each of them has three values.
///
/// `Some(true)` is the documentation's `Y`: an action that a custom policy grants takes effect in this
/// kind of project. `Some(false)` is `x`: it does not take effect. `None` means that the column is
/// missing. It also means `-` in IAM's own tables, if the kind of project does not matter.
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

    /// In IAM projects, but not in enterprise projects.
    pub const IAM_PROJECT_ONLY: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: Some(false),
    };

    /// In IAM projects. The documentation does not mention enterprise projects.
    pub const IAM_PROJECT: Scope = Scope {
        iam_project: Some(true),
        enterprise_project: None,
    };

    /// The documentation does not mention either of them.
    pub const UNSTATED: Scope = Scope {
        iam_project: None,
        enterprise_project: None,
    };
}
