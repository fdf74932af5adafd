//! Whether a failed call is tried again, and when.
//! This module must never repeat a method that is not idempotent, because the server may have executed
//! the call.

use core::time::Duration;
use std::time::SystemTime;

use http::{StatusCode, header};

use super::{Error, ErrorKind, Response};
use crate::Method;

/// How often a client tries a call, and how long it waits between two attempts.
///
/// A client repeats only idempotent methods: `GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS` and `TRACE` ([RFC
/// 9110, section 9.2.2]). It repeats them if no complete response arrived, and after 429, 500, 502, 503
/// and 504. A request whose body is a stream is sent once.
///
/// The wait is a random time up to a bound, and the bound doubles each time. Therefore, many clients do
/// not return at the same moment. If the server sends `Retry-After`, the client waits for that time
/// instead. If that time is longer than the longest wait, the client does not try again.
///
/// ```
/// use std::time::Duration;
///
/// use permspec_runtime::Retry;
///
/// let retry = Retry::attempts(4).first_wait(Duration::from_millis(100)).longest_wait(Duration::from_secs(5));
/// # let _ = retry;
/// ```
///
/// [RFC 9110, section 9.2.2]: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first: Duration,
    longest: Duration,
}

impl Retry {
    /// Tries every call once. This is the default of a client.
    pub const NEVER: Retry = Retry::attempts(1);

    /// Makes up to `attempts` attempts in all. The first wait is up to 200 milliseconds, and no wait is
    /// longer than 30 seconds.
    pub const fn attempts(attempts: u32) -> Retry {
        Retry {
            attempts,
            first: Duration::from_millis(200),
            longest: Duration::from_secs(30),
        }
    }

    /// Sets the bound of the first wait.
    #[must_use]
    pub const fn first_wait(self, first: Duration) -> Retry {
        Retry { first, ..self }
    }

    /// Sets the bound of every wait.
    #[must_use]
    pub const fn longest_wait(self, longest: Duration) -> Retry {
        Retry { longest, ..self }
    }

    /// How long to wait before the next attempt, after `made` attempts, of which the last one ended in `error`.
    /// `None` if the call is not tried again.
    pub(super) fn pause(&self, method: Method, error: &Error, made: u32) -> Option<Duration> {
        if made >= self.attempts || !method.is_idempotent() || !is_passing(error) {
            return None;
        }
        match error.response().and_then(retry_after) {
            Some(asked) => (asked <= self.longest).then_some(asked),
            None => Some(self.bound(made).mul_f64(fastrand::f64())),
        }
    }

    fn bound(&self, made: u32) -> Duration {
        let factor = 2_u32.saturating_pow(made.saturating_sub(1));
        self.first.saturating_mul(factor).min(self.longest)
    }
}

/// Whether the next attempt may succeed.
pub(super) fn is_passing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Transport(_) => true,
        ErrorKind::Status(response) => matches!(
            response.status(),
            StatusCode::TOO_MANY_REQUESTS
                | StatusCode::INTERNAL_SERVER_ERROR
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        ),
        _ => false,
    }
}

/// Reads seconds or a date (RFC 9110, section 10.2.3).
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_double_up_to_the_longest() {
        let retry = Retry::attempts(100).longest_wait(Duration::from_secs(1));
        let bounds = [1, 2, 3, 4, 90].map(|made| retry.bound(made).as_millis());
        assert_eq!(bounds, [200, 400, 800, 1_000, 1_000]);
    }
}
