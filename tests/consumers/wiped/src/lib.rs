//! Contains only a test: a user's secrets leave no trace in memory.
