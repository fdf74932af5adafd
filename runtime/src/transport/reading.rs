//! How much of a body is read, and how much of it is shown.
//! This module must never read without a limit, or show a secret.

use alloc::string::String;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use super::body::{Body, next_piece};
use crate::boxed::BoxError;

/// The number of characters of a body that an error message shows.
const EXCERPT: usize = 300;

/// Why the whole body could not be read.
pub(crate) enum ReadError {
    TooLarge,
    Broken(BoxError),
}

impl From<ReadError> for BoxError {
    fn from(error: ReadError) -> BoxError {
        match error {
            ReadError::TooLarge => "the response is too long".into(),
            ReadError::Broken(error) => error,
        }
    }
}

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read_up_to(body: &mut Body, limit: u64) -> Result<Bytes, ReadError> {
    if body.size_hint().lower() > limit {
        return Err(ReadError::TooLarge);
    }
    let mut read = BytesMut::new();
    while let Some(piece) = next_piece(body).await {
        let piece = piece.map_err(ReadError::Broken)?;
        if (read.len() + piece.len()) as u64 > limit {
            return Err(ReadError::TooLarge);
        }
        read.extend_from_slice(&piece);
    }
    Ok(read.freeze())
}

/// Reads as much of a body as arrives and the limit allows.
pub(crate) async fn beginning(body: &mut Body, limit: u64) -> Bytes {
    let mut read = BytesMut::new();
    while let Some(Ok(piece)) = next_piece(body).await {
        let left = usize::try_from(limit).unwrap_or(usize::MAX) - read.len();
        read.extend_from_slice(&piece[..piece.len().min(left)]);
        if piece.len() >= left {
            break;
        }
    }
    read.freeze()
}

/// The beginning of a body on one line, without `secrets`.
pub(crate) fn excerpt(body: &str, secrets: &[&str]) -> String {
    let mut shown = String::from(body.trim());
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        shown = shown.replace(secret, "[secret]");
    }
    let mut characters = shown.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut excerpt: String = characters.by_ref().take(EXCERPT).collect();
    if characters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_cut_between_characters() {
        let shown = excerpt(&"é".repeat(EXCERPT + 1), &[]);
        assert_eq!(shown.chars().count(), EXCERPT + 1);
        assert!(shown.ends_with("é…"));
        assert_eq!(excerpt(&"é".repeat(EXCERPT), &[]), "é".repeat(EXCERPT));
    }

    #[test]
    fn control_characters_reach_no_terminal() {
        assert_eq!(excerpt(" a\r\nb\u{1b}[31mc ", &[]), "a  b [31mc");
    }

    #[test]
    fn a_token_that_comes_back_is_not_shown_at_the_cut() {
        let body = alloc::format!("{}s3cret-token", "x".repeat(EXCERPT - 4));
        assert!(!excerpt(&body, &["s3cret-token"]).contains("s3c"));
        assert_eq!(excerpt("abc", &[""]), "abc");
    }
}
