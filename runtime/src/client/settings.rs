//! What can be set at a client: the same for both.
//! This module must never hold logic: it only passes settings on to the engine.

/// The methods that both clients share, for the type and the example in its documentation.
macro_rules! settings {
    ($client:ty) => {
        impl $client {
            /// A client that sends over `transport`.
            ///
            /// # Errors
            /// Where the text is no URL that can be an [`Address`](crate::Address).
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

            /// Sends `token` as `X-Auth-Token` with every request that does not set this header itself. A
            /// token is valid for 24 hours and is for a project or an account;
            /// [`RenewingToken`](crate::auth::RenewingToken) is for programs that run longer.
            ///
            /// Over `http://` it travels in the clear.
            #[must_use]
            pub fn token(self, token: impl Into<crate::auth::Secret>) -> Self {
                self.auth(crate::auth::FixedToken::new(token))
            }

            /// Authenticates every request in this way.
            #[must_use]
            pub fn auth(mut self, auth: impl crate::auth::Authenticate + 'static) -> Self {
                self.engine.auth = Some(alloc::sync::Arc::new(auth));
                self
            }

            /// How long an attempt may take from its name lookup to the last byte of its answer; 60
            /// seconds unless set. Connecting may take 10 seconds of it.
            #[must_use]
            pub fn timeout(mut self, timeout: core::time::Duration) -> Self {
                self.engine.timeout = timeout;
                self
            }

            /// The same for `upload` and `download`, whose bodies may be large; an hour unless set.
            #[must_use]
            pub fn transfer_timeout(mut self, timeout: core::time::Duration) -> Self {
                self.engine.transfer_timeout = timeout;
                self
            }

            /// How many bytes the body of an answer may have; 16 MiB unless set. It does not count for
            /// `download`.
            #[must_use]
            pub fn response_limit(mut self, bytes: u64) -> Self {
                self.engine.response_limit = bytes;
                self
            }

            /// Whether a call that failed is tried again; [`Retry::NEVER`](crate::Retry::NEVER) unless
            /// set.
            #[must_use]
            pub fn retry(mut self, retry: crate::Retry) -> Self {
                self.engine.retry = retry;
                self
            }

            /// Where the service listens.
            pub fn address(&self) -> &crate::Address {
                &self.engine.address
            }
        }

        /// Shows nothing of what authenticates.
        impl core::fmt::Debug for $client {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.engine.fmt_as("Client", f)
            }
        }
    };
}
