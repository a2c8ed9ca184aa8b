//! A paragraph and its properties, in the order in which the schema wants them.

/// Properties beside the style's.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub style: &'static str,
    /// `w:framePr`, whole.
    pub frame: String,
    /// Level and number of a list; number 0 takes the style's away.
    pub list: Option<(usize, usize)>,
    /// `w:pBdr`, whole.
    pub border: &'static str,
    /// Left edge and how far the first line stands before it, in twentieths of a point.
    pub hanging: Option<(usize, usize)>,
    pub align: &'static str,
    /// `w:sectPr`, whole: the section ends here.
    pub section: String,
}

impl Paragraph {
    pub fn of(style: &'static str) -> Self {
        Self {
            style,
            ..Self::default()
        }
    }

    pub fn align(mut self, align: &'static str) -> Self {
        self.align = align;
        self
    }

    pub fn list(mut self, level: usize, number: usize) -> Self {
        self.list = Some((level, number));
        self
    }

    pub fn hanging(mut self, left: usize, hanging: usize) -> Self {
        self.hanging = Some((left, hanging));
        self
    }

    /// The paragraph with its runs.
    pub fn print(&self, runs: &str) -> String {
        let mut out = format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", self.style);
        out.push_str(&self.frame);
        if let Some((level, number)) = self.list {
            out.push_str(&format!(
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"
            ));
        }
        out.push_str(self.border);
        if let Some((left, hanging)) = self.hanging {
            let first = if hanging > 0 {
                format!("w:hanging=\"{hanging}\"")
            } else {
                "w:firstLine=\"0\"".to_owned()
            };
            out.push_str(&format!("<w:ind w:left=\"{left}\" {first}/>"));
        }
        if !self.align.is_empty() {
            out.push_str(&format!("<w:jc w:val=\"{}\"/>", self.align));
        }
        out.push_str(&self.section);
        out.push_str("</w:pPr>");
        out.push_str(runs);
        out.push_str("</w:p>");
        out
    }
}
