//! LaTeX → MathML.

use super::write::escape;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// No formula is longer, in bytes.
const LONGEST: usize = 8_000;

/// A converter, made once for a page.
pub(super) struct Formulas(Option<LatexToMathML>);

impl Formulas {
    pub fn new() -> Self {
        Self(LatexToMathML::new(MathCoreConfig::default()).ok())
    }

    /// MathML within a line.
    pub fn inline(&self, latex: &str) -> String {
        self.convert(latex, MathDisplay::Inline)
    }

    /// MathML on a line of its own.
    pub fn block(&self, latex: &str) -> String {
        self.convert(latex, MathDisplay::Block)
    }

    /// What cannot be converted is shown as it was written.
    fn convert(&self, latex: &str, display: MathDisplay) -> String {
        let written = || format!("<code class=\"latex\">{}</code>", escape(latex));
        if latex.len() > LONGEST {
            return written();
        }
        self.0
            .as_ref()
            .and_then(|converter| converter.convert_with_local_state(latex, display).ok())
            .map_or_else(written, |converted| converted.mathml)
    }
}
