//! One shape for every complaint about a file.
