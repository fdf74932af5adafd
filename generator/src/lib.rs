//! permspec
