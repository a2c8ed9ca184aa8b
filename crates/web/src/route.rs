//! What one row of the table of routes says.

use crate::{asked::Parameter, links, state::Web};
use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use platform::rights::Action;
use serde_json::Value;

/// Who may come in at all. What they may do to which object, the platform checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever has this right on something.
    Right(Action),
}

/// What kind of answer a row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page, in both languages.
    Page,
    /// Takes a form that a page shows, in both languages.
    Form,
    /// A call of the API.
    Api,
    /// A feed (Atom, iCalendar), in both languages.
    Feed,
    /// A file to keep (workbook, PDF), in both languages.
    File,
    /// Neither language nor reader: styles, pictures, health.
    Asset,
}

impl Kind {
    /// Whether its address has a Chinese and an English form.
    pub const fn has_languages(self) -> bool {
        matches!(self, Self::Page | Self::Form | Self::Feed | Self::File)
    }

    /// Whether failures are told in a problem document whatever the caller accepts.
    pub const fn is_for_programs(self) -> bool {
        matches!(self, Self::Api)
    }
}

/// A method of HTTP that the platform answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Writes the whole of something.
    Put,
    /// Changes a part of something.
    Patch,
    /// Takes something away.
    Delete,
}

impl Verb {
    /// As axum filters it.
    const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Patch => MethodFilter::PATCH,
            Self::Delete => MethodFilter::DELETE,
        }
    }

    /// As HTTP writes it.
    pub const fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Patch => Method::PATCH,
            Self::Delete => Method::DELETE,
        }
    }
}

/// A type as OpenAPI describes it: its name, its schema, and the schemas that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// Name under `components/schemas`.
    pub name: String,
    /// The schema.
    pub schema: Value,
    /// Others by name.
    pub others: Vec<(String, Value)>,
}

/// Describes a type.
pub fn describe<T: utoipa::ToSchema>() -> Described {
    let mut others = Vec::new();
    T::schemas(&mut others);
    let json = |schema| serde_json::to_value(schema).unwrap_or(Value::Null);
    Described {
        name: T::name().into_owned(),
        schema: json(T::schema()),
        others: others.into_iter().map(|(name, schema)| (name, json(schema))).collect(),
    }
}

/// A row without its handler: what the matrix of rights, the guard, OpenAPI and the metrics need to know.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The method.
    pub verb: Verb,
    /// The address without a language, with parameters in braces: `/tasks/{number}`.
    pub path: &'static str,
    /// A short stable name, for logs, metrics and `operationId`.
    pub name: &'static str,
    /// Who may come in.
    pub access: Access,
    /// What kind of answer it gives.
    pub kind: Kind,
    /// One line for OpenAPI and for whoever reads the table.
    pub summary: &'static str,
    /// Whether bodies may be as large as an upload.
    pub upload: bool,
    /// Whether no copy may be kept anywhere: forms that hold something of one reader.
    pub personal: bool,
    /// Whether the answer is a list that is paged by cursor.
    pub paged: bool,
    /// The parameters of its query, beside day, knowledge and paging.
    pub asks: &'static [Parameter],
    /// The type of the body that it takes.
    pub takes: Option<fn() -> Described>,
    /// The type of its answer; of one item where it is paged.
    pub answers: Option<fn() -> Described>,
}

impl Row {
    /// The addresses under which axum is told of it.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = vec![self.path.to_owned()];
        if self.kind.has_languages() {
            paths.push(language::Lang::En.path(self.path));
            if self.path == "/" {
                paths.push("/en".to_owned());
            }
        }
        paths
    }

    /// Whether it takes its validator and its 304 from the log: public, read only, the same for all readers of
    /// one class.
    pub fn is_cacheable(&self) -> bool {
        self.access == Access::Public
            && !self.personal
            && self.verb == Verb::Get
            && matches!(self.kind, Kind::Page | Kind::Api | Kind::Feed)
    }

    /// Whether this row answers an address that is written without a language.
    pub fn matches(&self, path: &str) -> bool {
        links::matches(self.path, path)
    }
}

/// A row with its handler.
#[derive(Clone)]
pub struct Route {
    /// What is known of it.
    pub row: Row,
    pub(crate) handler: MethodRouter<Web>,
}

impl Route {
    /// A row of any kind. `summary` is one line in English.
    pub fn new<H, T>(
        (verb, path, name): (Verb, &'static str, &'static str),
        access: Access,
        kind: Kind,
        summary: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        let row = Row {
            verb,
            path,
            name,
            access,
            kind,
            summary,
            upload: false,
            personal: false,
            paged: false,
            asks: &[],
            takes: None,
            answers: None,
        };
        Self {
            row,
            handler: on(verb.filter(), handler),
        }
    }

    /// A page: GET in both languages; its handler gives [`Page`](crate::Page).
    pub fn page<H, T>(path: &'static str, name: &'static str, access: Access, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((Verb::Get, path, name), access, Kind::Page, summary, handler)
    }

    /// What takes a form: POST in both languages.
    pub fn form<H, T>(path: &'static str, name: &'static str, access: Access, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((Verb::Post, path, name), access, Kind::Form, summary, handler)
    }

    /// A call of the API, under `/api/v1`.
    pub fn api<H, T>(
        verb: Verb,
        path: &'static str,
        name: &'static str,
        access: Access,
        summary: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((verb, path, name), access, Kind::Api, summary, handler)
    }

    /// A file to keep: GET in both languages.
    pub fn file<H, T>(path: &'static str, name: &'static str, access: Access, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((Verb::Get, path, name), access, Kind::File, summary, handler)
    }

    /// A feed: GET in both languages.
    pub fn feed<H, T>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((Verb::Get, path, name), Access::Public, Kind::Feed, summary, handler)
    }

    /// Something without language or reader.
    pub fn asset<H, T>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        Self::new((Verb::Get, path, name), Access::Public, Kind::Asset, summary, handler)
    }

    /// The same row, whose bodies may be as large as the operator allows a file to be.
    pub fn upload(mut self) -> Self {
        self.row.upload = true;
        self
    }

    /// The same row, of which no copy may be kept: no validator, `no-store`.
    pub fn personal(mut self) -> Self {
        self.row.personal = true;
        self
    }

    /// The same row, with the parameters of its query beside day, knowledge and paging.
    pub fn asks(mut self, parameters: &'static [Parameter]) -> Self {
        self.row.asks = parameters;
        self
    }

    /// The same row, with the type of the body that it takes.
    pub fn takes<T: utoipa::ToSchema>(mut self) -> Self {
        self.row.takes = Some(describe::<T>);
        self
    }

    /// The same row, with the type of its answer.
    pub fn answers<T: utoipa::ToSchema>(mut self) -> Self {
        self.row.answers = Some(describe::<T>);
        self
    }

    /// The same row, answering a list of this type that is paged by cursor ([`crate::api::Listing`]).
    pub fn lists<T: utoipa::ToSchema>(mut self) -> Self {
        self.row.answers = Some(describe::<T>);
        self.row.paged = true;
        self
    }
}
