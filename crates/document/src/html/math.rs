//! Formulas → MathML on the page.

use super::write::escape;
use crate::mathml::Formulas;

impl Formulas {
    /// MathML within a line.
    pub(super) fn inline(&self, latex: &str) -> String {
        self.shown(latex, false)
    }

    /// MathML on a line of its own.
    pub(super) fn block(&self, latex: &str) -> String {
        self.shown(latex, true)
    }

    /// What cannot be converted is shown as it was written.
    fn shown(&self, latex: &str, display: bool) -> String {
        self.convert(latex, display)
            .unwrap_or_else(|| format!("<code class=\"latex\">{}</code>", escape(latex)))
    }
}
