//! The settings of a client, which are the same for both clients. They only reach the engine here.

/// The methods that both clients share. The macro takes the type and the example of its documentation.
macro_rules! settings {
    ($client:ty) => {
        impl $client {
            /// Makes a client that sends over `transport`.
            ///
            /// # Errors
            /// Returns an error if the text is not a URL that can be an [`Address`](crate::Address).
            pub fn over<A>(
                transport: impl crate::Transport + 'static,
                address: A,
            ) -> Result<Self, crate::Error>
            where
                A: TryInto<crate::Address>,
                A::Error: Into<crate::Error>,
            {
                let address = address.try_into().map_err(Into::into)?;
                let engine = crate::client::Engine::new(address, alloc::sync::Arc::new(transport));
                Ok(Self { engine })
            }

            /// Makes a client for all services of a cloud.
            #[cfg(feature = "cloud")]
            pub(crate) fn of_cloud<C>(
                transport: alloc::sync::Arc<dyn crate::Transport>,
                address: crate::Address,
                cloud: alloc::sync::Arc<C>,
            ) -> Self
            where
                C: crate::client::Locate + crate::auth::Authenticate + 'static,
            {
                let mut engine = crate::client::Engine::new(address, transport);
                engine.auth = Some(cloud.clone());
                engine.cloud = Some(cloud);
                Self { engine }
            }

            /// Sends `token` as `X-Auth-Token` with every request that does not set this header itself.
            ///
            /// A token is valid for 24 hours, and for one project or account. Use a
            /// [`RenewingToken`](crate::auth::RenewingToken) in a program that runs longer. Over
            /// `http://` the token is not encrypted.
            #[must_use]
            pub fn token(self, token: impl Into<crate::auth::Secret>) -> Self {
                self.auth(crate::auth::FixedToken::new(token))
            }

            /// Authenticates every request with `auth`.
            #[must_use]
            pub fn auth(mut self, auth: impl crate::auth::Authenticate + 'static) -> Self {
                self.engine.auth = Some(alloc::sync::Arc::new(auth));
                self
            }

            /// Sets how long an attempt may take, from the name lookup to the last byte of the response.
            /// The default is 60 seconds, of which connecting may take 10 seconds.
            #[must_use]
            pub fn timeout(mut self, timeout: core::time::Duration) -> Self {
                self.engine.timeout = timeout;
                self
            }

            /// Sets how long an `upload` or `download` may take, because its body may be large. The
            /// default is one hour.
            #[must_use]
            pub fn transfer_timeout(mut self, timeout: core::time::Duration) -> Self {
                self.engine.transfer_timeout = timeout;
                self
            }

            /// Sets how many bytes the body of a response may have. The default is 16 MiB. The limit does
            /// not apply to `download`.
            #[must_use]
            pub fn response_limit(mut self, bytes: u64) -> Self {
                self.engine.response_limit = bytes;
                self
            }

            /// Sets whether and how the client repeats a failed call. The default is
            /// [`Retry::NEVER`](crate::Retry::NEVER).
            #[must_use]
            pub fn retry(mut self, retry: crate::Retry) -> Self {
                self.engine.retry = retry;
                self
            }

            /// Sets the value of a path parameter for requests that leave it open ([`OWN`](crate::OWN)), such as
            /// `project_id`.
            #[must_use]
            pub fn parameter(mut self, name: &str, value: &str) -> Self {
                self.engine.parameters.insert(name.into(), value.into());
                self
            }

            /// The address of the service.
            pub fn address(&self) -> &crate::Address {
                &self.engine.address
            }
        }

        /// Does not show what authenticates.
        impl core::fmt::Debug for $client {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.engine.fmt_as("Client", f)
            }
        }
    };
}
