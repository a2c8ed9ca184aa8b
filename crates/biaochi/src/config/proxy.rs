//! `[proxy]`: the reverse proxies whose word is believed.

use super::file::ProxyFile;
use crate::failure::{Failure, Result};
use language::{Lang, t};
use web::proxies::{Proxies, Told};

/// The proxies that are named; none where none is.
pub fn settle(file: &ProxyFile, lang: Lang) -> Result<Proxies> {
    let told = match file.header.as_deref() {
        None | Some("x-forwarded-for") => Told::XForwarded,
        Some("forwarded") => Told::Forwarded,
        Some(other) => return Err(Failure::Input(t!(lang, "cli-proxy-header", value = other))),
    };
    Proxies::parse(file.trusted.as_deref().unwrap_or_default(), told)
        .map_err(|wrong| Failure::Input(t!(lang, "cli-proxy-network", value = wrong.0)))
}
