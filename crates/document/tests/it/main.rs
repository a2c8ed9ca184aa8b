//! What the room promises of sources and documents.

mod hostile;
mod lint;
mod reading;
mod resolving;
mod round_trip;
