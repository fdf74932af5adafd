//! The services that a program calls through the proxy by name.

use std::net::SocketAddr;

use permspec::Error;
use permspec_runtime::Address;

use super::fault;
use crate::catalogue::OpenedCatalogue;
use crate::output::quoted;

/// A service behind the proxy.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    /// The short name, which is the first segment of the path at the proxy.
    pub(super) service: String,
    pub(super) upstream: Address,
}

impl Endpoint {
    /// Reads `NAME=URL`.
    pub(super) fn read(texts: &[String], known: &OpenedCatalogue) -> Result<Vec<Endpoint>, Error> {
        let one = |text: &String| {
            let Some((service, url)) = text.split_once('=') else {
                return Err(fault(&format!("{} is not NAME=URL", quoted(text))));
            };
            known.check_service(Some(service))?;
            let upstream = Address::try_from(url).map_err(|error| fault(&error.to_string()))?;
            Ok(Endpoint {
                service: service.to_owned(),
                upstream,
            })
        };
        texts.iter().map(one).collect()
    }

    /// Where the program must call the service.
    pub(super) fn local(&self, proxy: SocketAddr) -> String {
        format!("http://{proxy}/{}", self.service)
    }
}
