//! Finds the operations that an incoming method and path may be.
//! This module must never choose among operations that the documentation does not distinguish.

mod candidate;
mod captured;
mod percent;
mod segment;
mod target;
#[cfg(feature = "alloc")]
pub(crate) mod told;
mod trie;
mod version;
mod walk;
mod word;

use core::fmt;

pub use candidate::{Candidate, Candidates};
pub use captured::{Captured, Parameters};
pub use percent::Decoded;

use crate::{Method, RouteSpec};
use target::Path;
use trie::Trie;
use walk::Walk;

/// The operations of one or several services, and the tree of their paths.
///
/// Generated code contains one catalogue per service, and the generated crate contains one of all
/// services. A catalogue is constant data, so it costs nothing at start-up.
///
/// ```
/// use permspec_runtime::{Catalogue, Method};
///
/// /// The operations that a line of an access log may be.
/// fn operations(catalogue: &Catalogue, method: Method, target: &str) -> Vec<String> {
///     catalogue.find(method, target).map(|found| found.spec().to_string()).collect()
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Catalogue {
    version: &'static str,
    services: &'static [Option<&'static [RouteSpec]>],
    trie: Trie,
}

impl Catalogue {
    /// Makes a catalogue as the generator writes it: the operations by service (`None` for a service that
    /// is disabled), and the tree of their paths.
    ///
    /// Do not write the tree by hand. Generator and runtime of the same version share its format. An
    /// operation that is in the tree but not in the lists is never found.
    ///
    /// # Panics
    /// Panics if the tree has the format of another version. For a `static`, this is a compiler error.
    pub const fn new(
        version: &'static str,
        services: &'static [Option<&'static [RouteSpec]>],
        tree: &'static [u8],
    ) -> Catalogue {
        assert!(
            matches!(tree.first_chunk(), Some(&trie::MAGIC)),
            "the generated code has another version than permspec-runtime; generate it again"
        );
        Catalogue {
            version,
            services,
            trie: Trie(tree),
        }
    }

    /// The documentation that the catalogue was made from: package, version and a digest of the spec
    /// model, such as `otc-api 0.1.0 (model 6f78d4f8899c)`. Keep it with results that exist longer than
    /// the program, such as policies.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The operations that `method` on `target` may call.
    ///
    /// `target` is the text of a request line or a log. It may be percent-encoded or not. It may have a
    /// query, a fragment, one slash at the end, and a scheme and a host, which are ignored.
    ///
    /// - A text in a template is more specific than a mixed segment (`{region}:{id}`), and a mixed
    ///   segment is more specific than a parameter. Segments are compared from left to right. Only the
    ///   most specific template of a service counts. If it does not have a route for the method, the next
    ///   one counts.
    /// - Operations that share method and template are all candidates. If the documentation distinguishes
    ///   them by a key of the JSON body, [`Endpoint::body_action`](crate::Endpoint) is that key.
    /// - Each service has its own host, so no service hides the operations of another one. If you know
    ///   the service, use its own catalogue.
    /// - A version segment matches in either case: `/V1.0/` is `/v1.0/`.
    /// - A parameter that is the whole first segment and is named as a version (`/{version_id}`) matches
    ///   only versions. Therefore, `/favicon.ico` does not match it.
    /// - The value of a parameter is never empty, `.` or `..`, in any encoding, because a server would
    ///   serve another path.
    ///
    /// The lookup does not allocate. Its time is proportional to the length of the target.
    ///
    /// Every [`Method`] matches a route that the documentation states without a method
    /// ([`Endpoint::method`](crate::Endpoint)). Methods are those of HTTP's own specifications. Another
    /// word, such as `PROPFIND`, is not a `Method` and does not call an operation.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Method, RouteSpec};
    ///
    /// /// The operation of a call, if the key of its body is known.
    /// fn called(catalogue: &Catalogue, target: &str, key: &str) -> Option<&'static RouteSpec> {
    ///     let candidates = catalogue.find(Method::Post, target);
    ///     let meant = candidates.told_by(|known| known == key);
    ///     meant.first().map(|found| found.spec())
    /// }
    /// ```
    pub fn find<'t>(&self, method: Method, target: &'t str) -> Candidates<'t> {
        let number = method as u8;
        let walk = Walk::new(self.trie, Path::of(target), 1 << number);
        Candidates::new(self.services, walk, number)
    }

    /// The operations that `method` on `target` calls if the router chooses a handler before it decodes
    /// the path. A text of a template matches only this text, and not an encoding of it. `..` and
    /// `%2e%2e` are values like any others. A slash at the end begins an empty segment. A segment that
    /// does not match a mixed segment is one value.
    #[cfg(feature = "tower")]
    pub(crate) fn find_as_written<'t>(&self, method: Method, target: &'t str) -> Candidates<'t> {
        let number = method as u8;
        let walk = Walk::new(self.trie, Path::as_written(target), 1 << number);
        Candidates::new(self.services, walk, number)
    }

    /// The same, if the router also accepts an empty segment as a value, as `matchit` does between
    /// slashes.
    #[cfg(feature = "tower")]
    pub(crate) fn find_with_empty_values<'t>(
        &self,
        method: Method,
        target: &'t str,
    ) -> Candidates<'t> {
        let number = method as u8;
        let path = Path::as_written(target).map(|path| Path {
            may_be_empty: true,
            ..path
        });
        let walk = Walk::new(self.trie, path, 1 << number);
        Candidates::new(self.services, walk, number)
    }

    /// Every operation, in the order of services and pages.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Permission};
    ///
    /// /// The number of operations that stop working without this action.
    /// fn weight(catalogue: &Catalogue, action: &Permission) -> usize {
    ///     catalogue.specs().filter(|spec| spec.needs(action)).count()
    /// }
    /// ```
    pub fn specs(&self) -> impl Iterator<Item = &'static RouteSpec> + Clone + use<> {
        self.services.iter().flatten().copied().flatten()
    }

    /// The operation with the name `name`, such as `ims.AddImageMember`. Case matters.
    pub fn get(&self, name: &str) -> Option<&'static RouteSpec> {
        let (service, id) = name.split_once('.')?;
        self.specs()
            .find(|spec| spec.service == service && spec.id == id)
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("version", &self.version)
            .field("operations", &self.specs().count())
            .finish_non_exhaustive()
    }
}
