//! What every handler is handed.

use crate::{
    proxies::Proxies,
    rate::{Limits, Rates},
};
use platform::Platform;
use std::sync::Arc;

/// The platform as pages see it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Web {
    /// The running platform.
    pub platform: Platform,
    /// What was built, for the foot of each page and for validators: a version, perhaps with a commit.
    pub build: &'static str,
    /// Whether this is a demonstration, which every page then says.
    pub demo: bool,
    /// Whose word on where a request comes from is believed.
    pub proxies: Arc<Proxies>,
    /// How often each reader may ask, and how often they have.
    pub limits: Arc<Limits>,
}

impl Web {
    /// Pages for a platform.
    pub fn new(platform: Platform, build: &'static str) -> Self {
        let demo = platform.settings().demo;
        Self {
            platform,
            build,
            demo,
            proxies: Arc::default(),
            limits: Arc::new(Limits::new(Rates::default())),
        }
    }

    /// The same pages behind reverse proxies.
    pub fn behind(mut self, proxies: Proxies) -> Self {
        self.proxies = Arc::new(proxies);
        self
    }

    /// The same pages, where each reader may ask so often.
    pub fn limited(mut self, rates: Rates) -> Self {
        self.limits = Arc::new(Limits::new(rates));
        self
    }

    /// Whether browsers reach the platform by TLS, so that cookies and headers can insist on it.
    pub fn is_secure(&self) -> bool {
        self.platform.settings().base_url.starts_with("https://")
    }
}
