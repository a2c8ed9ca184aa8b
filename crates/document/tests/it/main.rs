//! What the room promises of sources and documents.

mod hostile;
mod lint;
mod pages;
mod reading;
mod resolving;
mod round_trip;
