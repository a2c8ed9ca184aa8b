//! Sending requests.

use crate::{Answer, World};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// A request on its way.
#[must_use = "nothing is sent before `send`"]
pub struct Asker<'a> {
    world: &'a World,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl<'a> Asker<'a> {
    /// A request of nobody.
    pub fn new(world: &'a World, method: Method, path: &str) -> Self {
        Self {
            world,
            method,
            path: path.to_owned(),
            headers: vec![("host".to_owned(), "biaochi.test".to_owned())],
            body: Vec::new(),
        }
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// By somebody of the cast, with a session.
    pub async fn by(self, login: &str) -> Self {
        let token = self.world.session(login).await;
        self.header("cookie", &format!("bc_session={token}"))
    }

    /// With a form.
    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        self.body = form(fields).into_bytes();
        self.header(header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")
    }

    /// With a JSON body.
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header(header::CONTENT_TYPE.as_str(), "application/json")
    }

    /// With a body as it is.
    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header(header::CONTENT_TYPE.as_str(), kind)
    }

    /// Sends it through the router.
    pub async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        let response = self.world.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
            text,
        }
    }
}

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap()
}
