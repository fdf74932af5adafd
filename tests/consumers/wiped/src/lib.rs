//! Nothing but its test: what a user keeps secret leaves no trace in memory.
