//! What the room promises of sources and documents.

mod hostile;
mod reading;
mod round_trip;
