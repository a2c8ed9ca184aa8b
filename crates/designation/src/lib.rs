//! designation
