//! Every address that the server answers: one table. The router is made from it and from nothing else; so are the matrix
//! of rights, the description of the API and the labels of the metrics. A new row goes under the noun to which it belongs.

use crate::{
    api, assets, pages,
    route::{Access, Route, Row, Verb},
    watching,
};
use std::sync::OnceLock;

/// The rows with their handlers.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    use Access::Public;
    vec![
        // Home
        Route::page("/", "home", Public, "What matters today", pages::home::page),
        // What the platform says of itself
        Route::page("/words", "words", Public, "The vocabulary", pages::words::page),
        Route::page("/privacy", "privacy", Public, "What is kept about whom", pages::statement::privacy),
        Route::page("/accessibility", "accessibility", Public, "For whom the pages work, and how", pages::statement::accessibility),
        // The API
        Route::page("/api/", "api", Public, "The API for people", pages::api::page),
        Route::api(Verb::Get, "/api/v1/openapi.json", "openapi", Public, "This description", api::openapi::document),
        // The server
        Route::asset("/assets/{hash}/{*name}", "asset", "Styles, islands, icons", assets::serve),
        Route::asset("/favicon.ico", "favicon", "The mark", assets::favicon),
        Route::asset("/robots.txt", "robots", "What search engines may read", pages::statement::robots),
        Route::asset("/healthz", "health", "The process answers", watching::health),
        Route::asset("/readyz", "ready", "The database answers", watching::ready),
        Route::asset("/metrics", "metrics", "Prometheus", watching::metrics),
    ]
}

/// The rows without their handlers, made once.
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| table().into_iter().map(|route| route.row).collect())
}

/// The rows for whoever walks every route with every role: the test of the matrix of rights.
pub fn matrix() -> Vec<Row> {
    rows().to_vec()
}
