//! What came back.

use axum::http::HeaderMap;

/// Status, headers and body of an answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text))
    }

    /// Where the answer sends the reader.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|v| v.to_str().unwrap().split(';').next()?.split_once('='))
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.to_owned())
    }

    /// Asserts that the text stands in the body.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.text.contains(text),
            "{} does not say {text:?}:\n{}",
            self.status,
            self.text
        );
        self
    }

    /// Asserts that the text does not stand in the body.
    #[track_caller]
    pub fn keeps_quiet_about(&self, text: &str) -> &Self {
        assert!(
            !self.text.contains(text),
            "{} says {text:?}:\n{}",
            self.status,
            self.text
        );
        self
    }

    /// Asserts the status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}
