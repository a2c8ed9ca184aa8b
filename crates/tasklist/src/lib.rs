//! tasklist
