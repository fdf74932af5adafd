//! How to use this crate: one page per task. Every example is compiled and run as a test.
//!
//! - [`call`]: call the cloud with the generated stubs.
//! - [`cloud`]: call all services of a cloud with one handle, from `clouds.yaml` or `OS_*`.
//! - [`sign`]: prove who calls, with a token or an access key.
//! - [`settings`]: read the settings of a cloud from `clouds.yaml` and the variables `OS_*`.
//! - [`guard`]: let a server allow calls by the documented permissions.
//! - [`test`](mod@test): test code that calls the cloud, without a cloud.

/// The page of a guide whose features are disabled, so that links to the guide work with every set of
/// features.
macro_rules! needs_features {
    ($guide:ident, $task:literal, $features:literal) => {
        #[doc = concat!(
            $task, "\n\nThis documentation was built without ", $features, ". To read the guide, run\n",
            "`cargo doc -p permspec-runtime --all-features --open`."
        )]
        pub mod $guide {}
    };
}

#[cfg(feature = "client")]
pub mod call;
#[cfg(not(feature = "client"))]
needs_features!(
    call,
    "Call the cloud with the generated stubs.",
    "the feature `client`"
);

#[cfg(feature = "cloud")]
pub mod cloud;
#[cfg(not(feature = "cloud"))]
needs_features!(
    cloud,
    "Call all services of a cloud with one handle.",
    "the feature `cloud`"
);

#[cfg(feature = "tower")]
pub mod guard;
#[cfg(not(feature = "tower"))]
needs_features!(
    guard,
    "Let a server allow calls by the documented permissions.",
    "the feature `tower`"
);

#[cfg(feature = "cloud")]
pub mod settings;
#[cfg(not(feature = "cloud"))]
needs_features!(
    settings,
    "Read the settings of a cloud from `clouds.yaml` and the variables `OS_*`.",
    "the feature `cloud`"
);

#[cfg(all(feature = "client", feature = "sign"))]
pub mod sign;
#[cfg(not(all(feature = "client", feature = "sign")))]
needs_features!(
    sign,
    "Prove who calls, with a token or an access key.",
    "the features `client` and `sign`"
);

#[cfg(feature = "client")]
pub mod test;
#[cfg(not(feature = "client"))]
needs_features!(
    test,
    "Test code that calls the cloud, without a cloud.",
    "the feature `client`"
);
