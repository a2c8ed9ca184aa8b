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
    use Access::{Public, SignedIn};
    vec![
        // Home
        Route::page("/", "home", Public, "What matters today", pages::home::page),
        // Signing in, one's own account
        Route::page("/sign-in", "sign-in", Public, "The door", pages::sign_in::page).personal(),
        Route::form("/sign-in", "sign-in-enter", Public, "Takes login and password", pages::sign_in::enter),
        Route::page("/sign-in/code", "sign-in-code", Public, "Asks for the second factor", pages::sign_in::code_page).personal(),
        Route::form("/sign-in/code", "sign-in-code-show", Public, "Takes the second factor", pages::sign_in::show_code),
        Route::form("/sign-out", "sign-out", Public, "Ends the session", pages::sign_in::leave),
        Route::page("/join/{token}", "join", Public, "Set the first password, or another", pages::sign_in::join_page).personal(),
        Route::form("/join/{token}", "join-set", Public, "Sets the password by a letter's token", pages::sign_in::set_password),
        Route::page("/account", "account", SignedIn, "One's own account", pages::account::page),
        Route::form("/account/sessions/end", "session-end", SignedIn, "Ends one of one's sessions", pages::account::end_session),
        Route::page("/account/keys/new", "key-new", SignedIn, "The form for a key", pages::account::key_page),
        Route::form("/account/keys/new", "key-make", SignedIn, "Makes a key", pages::account::make_key),
        Route::form("/account/keys/end", "key-end", SignedIn, "Ends one of one's keys", pages::account::end_key),
        Route::page("/account/password", "password", SignedIn, "The form for another password", pages::account::password_page),
        Route::form("/account/password", "password-change", SignedIn, "Changes the password", pages::account::change_password),
        Route::page("/account/second-factor", "factor", SignedIn, "The second factor", pages::account::factor_page),
        Route::form("/account/second-factor", "factor-offer", SignedIn, "Offers a secret", pages::account::offer_factor),
        Route::form("/account/second-factor/confirm", "factor-confirm", SignedIn, "Puts the second factor into force", pages::account::confirm_factor),
        // The list
        Route::page("/list", "list", Public, "The tasks in the document's own order and words", pages::list::page),
        Route::page("/tasks/{id}", "task", Public, "One task, from its line to what came out", pages::task::page),
        Route::page("/obligations", "obligations", Public, "What each place or ministry undertook", pages::obligation::list),
        Route::page("/search", "search", Public, "Titles and numbers", pages::search::page),
        // What the platform says of itself
        Route::page("/words", "words", Public, "The vocabulary", pages::words::page),
        Route::page("/privacy", "privacy", Public, "What is kept about whom", pages::statement::privacy),
        Route::page("/accessibility", "accessibility", Public, "For whom the pages work, and how", pages::statement::accessibility),
        // The API
        Route::page("/api/", "api", Public, "The API for people", pages::api::page),
        Route::api(Verb::Get, "/api/v1/lists", "list_lists", Public, "Lists", api::lists::lists).lists::<api::lists::ListView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/tasks", "list_tasks", Public, "Tasks of a list; tier, place, measure, state, guiding, q", api::lists::tasks).lists::<api::lists::TaskView>(),
        Route::api(Verb::Get, "/api/v1/lists/{id}/versions", "list_versions", Public, "Versions of a list, newest first", api::lists::versions).lists::<api::lists::VersionView>(),
        Route::api(Verb::Get, "/api/v1/tasks/{id}", "task_get", Public, "One task", api::lists::task).answers::<api::lists::TaskView>(),
        Route::api(Verb::Get, "/api/v1/measures", "measure_list", Public, "The measures with their sentences", api::lists::measures).lists::<api::lists::MeasureView>(),
        Route::api(Verb::Get, "/api/v1/actions/{id}", "action_get", Public, "One sentence of a measure", api::lists::action).answers::<api::lists::ActionView>(),
        Route::api(Verb::Get, "/api/v1/obligations", "obligation_list", Public, "What each place or ministry undertook; list, version, task, action, subject, place, tier, claim, firm, role, stage, state, holder, late, measure", api::obligations::obligations).lists::<api::obligations::ObligationView>(),
        Route::api(Verb::Get, "/api/v1/obligations/{id}", "obligation_get", Public, "One obligation", api::obligations::obligation).answers::<api::obligations::ObligationView>(),
        Route::api(Verb::Get, "/api/v1/places", "place_list", Public, "Places", api::places::places).lists::<api::places::PlaceView>(),
        Route::api(Verb::Get, "/api/v1/places/{code}", "place_get", Public, "One place, by code, prefix or name", api::places::place).answers::<api::places::PlaceView>(),
        Route::api(Verb::Get, "/api/v1/outputs", "output_list", Public, "What came out, inside the list and outside; place, in_list", api::places::outputs).lists::<api::places::OutputView>(),
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
