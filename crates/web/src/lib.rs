//! The pages, the forms and the API: a request becomes a command or a query of the platform, what comes back becomes a
//! view.
//!
//! This room knows HTTP and HTML. It knows no SQL, and it decides nothing: who may do what, and what is true on a day,
//! the platform says.
//!
//! # Words
//! - **asking**: one request as a page's author needs it: language, reader, day asked about, addresses ([`Asking`]).
//! - **row**: one line of the table of routes, which is all that the server answers ([`routes::table`]).
//! - **page**: what a handler gives back; the frame around it is drawn once, in [`layout`].
//! - **failure**: why there is no page; it becomes a box for people and a problem document for programs ([`problem`]).
//! - **links**: addresses that keep the reader's language and the day they look at ([`links`]).
//!
//! # How to add a page
//!
//! 1. Write `pages/<noun>.rs` (the noun that the feature has in `platform`, in `locales/` and in the API):
//!
//! ```
//! use maud::html;
//! use web::{Answer, Asking, Page, Web, components::facts, links::Screen};
//! use axum::extract::State;
//! use language::t;
//!
//! /// The page of one task.
//! async fn task(asking: Asking, web: State<Web>, path: web::Path<u32>) -> Answer<Page> {
//!     let number = path.0; // a path that is no number is answered 404 before you come to run
//!     // let task = platform::list::query::task(&web.platform, &asking.reader, number).await?;
//!     //                                                          `?` turns any refusal into its page or document
//!     Ok(Page::new(t!(asking.lang, "screen-list"), html! {
//!         p { a href=(asking.link("/list")) { (number) } }   // keeps /en and ?as_of=
//!     })
//!     .screen(Screen::List)
//!     .crumb(t!(asking.lang, "screen-list"), "/list")
//!     .fact(facts::Fact::new(t!(asking.lang, "facts-where"), html! { "…" })))
//! }
//! ```
//!
//! 2. Add its row to the table in `routes.rs`: `Route::page("/tasks/{number}", "task", Access::Public, "One task", task)`.
//!    The same row makes `/tasks/28` and `/en/tasks/28`, the entry in the matrix of rights, the metrics' label and,
//!    where it is an API row, the description in OpenAPI.
//! 3. Put its words into `locales/{zh,en}/<noun>.ftl` and the name of the file into `language`'s `catalogue.rs`; take
//!    them with `t!(asking.lang, "id")`, which is checked while compiling.
//! 4. Draw with [`components`]; never write `style=`, `<style>`, `<script>` or `on…=`: the policy sent with every
//!    answer forbids them, and a test reads every page for them.
//!
//! A **form** is two rows: `Route::page` shows it, `Route::form` takes it. The handler of the second takes
//! [`Form<T>`](Form), hands a command with `form.context(&asking)` to the platform, and answers `asking.go("/tasks/28")`.
//! Faults of a refusal go back into the fields by [`components::field::Faults`].
//!
//! The **API**'s rows are `Route::api`; their conventions stand in [`api`].
//!
//! What you get without asking: `as_of` and `known_at` are read, checked and kept in links; signing in and rights of the
//! row are checked before you run (the platform checks the object); `ETag` and 304 for public pages; security headers;
//! request id, log and metrics; errors in the reader's language.

pub mod api;
pub mod asked;
pub mod asking;
pub mod assets;
pub mod components;
pub mod extract;
mod feeds;
pub mod guard;
pub mod layout;
pub mod links;
pub mod listening;
pub mod page;
pub mod pages;
pub mod problem;
pub mod proxies;
pub mod rate;
pub mod route;
pub mod routes;
pub mod serving;
pub mod session;
pub mod starting;
pub mod state;
mod uploads;
pub mod watching;

pub use asking::Asking;
pub use extract::{Form, Json, Path, Query, Sent};
pub use listening::{InProcess, answer, serve};
pub use page::Page;
pub use problem::{Answer, Failure};
pub use proxies::Proxies;
pub use serving::router;
pub use starting::Door;
pub use state::Web;
