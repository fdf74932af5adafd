//! From an incoming method and path to the operations that it may be.
//! This module must never choose among operations that the documentation does not tell apart.

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
/// Generated code holds one for each service, and the generated crate one for all of them; each is
/// constant data, so there is nothing to build at start-up.
///
/// ```
/// use permspec_runtime::{Catalogue, Method};
///
/// /// Which operations may an access log's line be?
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
    /// A catalogue as the generator writes it: the operations by service (`None` for a service that
    /// is switched off), and the tree of their paths.
    ///
    /// The tree's form belongs to the generator and the runtime of one version; write no literal of
    /// it by hand. An operation that the tree names and the lists lack is never found.
    ///
    /// # Panics
    /// Where the tree is of another version's form; for a `static`, that is an error of the compiler.
    pub const fn new(
        version: &'static str,
        services: &'static [Option<&'static [RouteSpec]>],
        tree: &'static [u8],
    ) -> Catalogue {
        assert!(
            matches!(tree.first_chunk(), Some(&trie::MAGIC)),
            "the generated code is of another version than permspec-runtime; generate it again"
        );
        Catalogue {
            version,
            services,
            trie: Trie(tree),
        }
    }

    /// Which documentation the catalogue was made from: package, version and a digest of the spec
    /// model, such as `otc-api 0.1.0 (model 6f78d4f8899c)`. Results that outlive the program, such
    /// as policies, should be kept with it.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The operations that `method` on `target` may call.
    ///
    /// `target` is what stands in a request line or a log: percent-encoded or not, with or without
    /// query, fragment, one slash at the end, or scheme and host (which are not looked at).
    ///
    /// - A text in a template beats a parameter, segment by segment from the left, and a mixed
    ///   segment (`{region}:{id}`) stands between the two; only the most specific template of a
    ///   service counts. Where it has no route for the method, the next one does.
    /// - Operations that share method and template are all candidates. Where the documentation tells
    ///   them apart by a key of the JSON body, [`Endpoint::body_action`](crate::Endpoint) names it.
    /// - Services listen on hosts of their own, so none hides another's operations; whoever knows the
    ///   service asks its own catalogue.
    /// - A version segment is taken in either case: `/V1.0/` is `/v1.0/`.
    /// - A parameter that is the whole first segment and is named as a version (`/{api_version}`) takes
    ///   versions only, so that `/favicon.ico` is nothing that the documentation names.
    /// - No parameter is empty, `.` or `..`, in any encoding: a server would serve another path.
    ///
    /// It allocates nothing, and takes time in proportion to the target's length.
    ///
    /// A route that the documentation states without a method ([`Endpoint::method`](crate::Endpoint))
    /// is found by every [`Method`], which are those of HTTP's own specifications; another word, such
    /// as `PROPFIND`, is no `Method` and calls nothing.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Method, RouteSpec};
    ///
    /// /// The operation that a call is, where the key of its body is known.
    /// fn called(catalogue: &Catalogue, target: &str, key: &str) -> Option<&'static RouteSpec> {
    ///     let candidates = catalogue.find(Method::Post, target);
    ///     let meant = candidates.told_by(|known| known == key);
    ///     meant.first().map(|found| found.spec())
    /// }
    /// ```
    pub fn find<'t>(&self, method: Method, target: &'t str) -> Candidates<'t> {
        let method = method as u8;
        let walk = Walk::new(self.trie, Path::of(target), 1 << method);
        Candidates::new(self.services, walk, method)
    }

    /// The operations that `method` on `target` calls where the router decodes no path before it has
    /// chosen a handler: a text of a template is this text and no encoding of it, `..` and `%2e%2e` are
    /// values like others, a slash at the end begins an empty segment, and what a mixed segment does not
    /// fit is one value of it.
    #[cfg(feature = "tower")]
    pub(crate) fn find_as_written<'t>(&self, method: Method, target: &'t str) -> Candidates<'t> {
        let method = method as u8;
        let walk = Walk::new(self.trie, Path::as_written(target), 1 << method);
        Candidates::new(self.services, walk, method)
    }

    /// The same where the router takes an empty segment for a value too, as `matchit` does between slashes.
    #[cfg(feature = "tower")]
    pub(crate) fn find_with_empty_values<'t>(
        &self,
        method: Method,
        target: &'t str,
    ) -> Candidates<'t> {
        let method = method as u8;
        let path = Path::as_written(target).map(|path| Path {
            may_be_empty: true,
            ..path
        });
        let walk = Walk::new(self.trie, path, 1 << method);
        Candidates::new(self.services, walk, method)
    }

    /// Every operation, by service and page.
    ///
    /// ```
    /// use permspec_runtime::{Catalogue, Permission};
    ///
    /// /// How many operations stop working without this action.
    /// fn weight(catalogue: &Catalogue, action: &Permission) -> usize {
    ///     catalogue.specs().filter(|spec| spec.needs(action)).count()
    /// }
    /// ```
    pub fn specs(&self) -> impl Iterator<Item = &'static RouteSpec> + Clone + use<> {
        self.services.iter().flatten().copied().flatten()
    }

    /// The operation with the name `ims.AddImageMember`, in exactly this spelling.
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
