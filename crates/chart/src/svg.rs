//! Writing SVG: elements, attributes, escaped text, and numbers that come out the same everywhere.

/// The families that the pages use, so that a picture alone (in Word, in a feed) looks the same.
const FONTS: &str = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/// How a reader without eyes meets the picture.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    /// One picture with a name; nothing inside can be reached.
    Picture,
    /// A group whose links can be reached one by one.
    Group,
}

/// A picture that is being written.
pub(crate) struct Svg {
    body: String,
    width: f64,
    height: f64,
    fluid: bool,
}

impl Svg {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self {
            body: String::new(),
            width,
            height,
            fluid: false,
        }
    }

    /// A picture that a page may draw at any width: lengths are percentages, text keeps its size. Where no style sheet
    /// is, it is [`WIDE`].
    pub(crate) fn fluid(height: f64) -> Self {
        Self {
            fluid: true,
            ..Self::new(WIDE, height)
        }
    }

    /// A part of the width, in percent, with percentages of its own.
    pub(crate) fn zone(&mut self, (from, width): (f64, f64), height: f64, inside: impl FnOnce(&mut Self)) {
        let attributes = [
            ("x", Value::Percent(from)),
            ("width", Value::Percent(width)),
            ("height", Value::Number(height)),
            ("overflow", Value::Word("visible")),
        ];
        self.start("svg", "", &attributes);
        self.body.push('>');
        inside(self);
        self.body.push_str("</svg>");
    }

    /// A shape without content: `name` and its attributes.
    pub(crate) fn shape(&mut self, name: &str, class: &str, attributes: &[(&str, Value<'_>)]) {
        self.start(name, class, attributes);
        self.body.push_str("/>");
    }

    /// Text whose baseline begins, is centred or ends at `x`.
    pub(crate) fn text(&mut self, text: &str, x: f64, y: f64, style: Text) {
        self.text_at(text, Value::Number(x), 0.0, y, style);
    }

    /// As [`Svg::text`], at a place in percent, moved by `dx`.
    pub(crate) fn text_at(&mut self, text: &str, x: Value<'_>, dx: f64, y: f64, style: Text) {
        let attributes = [
            ("x", x),
            ("y", Value::Number(y)),
            ("dx", Value::Number(dx)),
            ("font-size", Value::Number(style.size)),
            ("font-weight", Value::Word(if style.bold { "600" } else { "400" })),
            ("text-anchor", Value::Word(style.anchor.word())),
            ("fill", Value::Word(style.fill)),
        ];
        // Most text is not moved.
        let kept: Vec<_> = attributes
            .into_iter()
            .filter(|(name, _)| *name != "dx" || dx.abs() > 0.0)
            .collect();
        self.start("text", style.class, &kept);
        self.body.push('>');
        escape_into(&mut self.body, text);
        self.body.push_str("</text>");
    }

    /// A link around what `inside` draws, with a name for readers that hear it.
    pub(crate) fn link(&mut self, href: Option<&str>, name: &str, inside: impl FnOnce(&mut Self)) {
        let tag = if href.is_some() { "a" } else { "g" };
        match href {
            Some(href) => self.start(tag, "chart-link", &[("href", Value::Word(href))]),
            None => self.start(tag, "chart-item", &[]),
        }
        self.body.push_str("><title>");
        escape_into(&mut self.body, name);
        self.body.push_str("</title>");
        inside(self);
        self.body.push_str("</");
        self.body.push_str(tag);
        self.body.push('>');
    }

    /// The whole element; `title` is its name and `desc` what the picture says.
    pub(crate) fn finish(self, class: &str, role: Role, title: &str, desc: &str) -> String {
        let (width, height) = (number(self.width), number(self.height));
        let role = match role {
            Role::Picture => "img",
            Role::Group => "group",
        };
        let (class, view) = if self.fluid {
            (format!("chart-fluid {class}"), String::new())
        } else {
            (class.to_owned(), format!("viewBox=\"0 0 {width} {height}\" "))
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {class}\" role=\"{role}\" {view}width=\"{width}\" height=\"{height}\" \
             font-family=\"{FONTS}\" aria-label=\""
        );
        escape_into(&mut svg, title);
        svg.push_str("\"><title>");
        escape_into(&mut svg, title);
        svg.push_str("</title>");
        if !desc.is_empty() {
            svg.push_str("<desc>");
            escape_into(&mut svg, desc);
            svg.push_str("</desc>");
        }
        svg.push_str(&self.body);
        svg.push_str("</svg>");
        svg
    }

    fn start(&mut self, name: &str, class: &str, attributes: &[(&str, Value<'_>)]) {
        self.body.push('<');
        self.body.push_str(name);
        if !class.is_empty() {
            self.body.push_str(" class=\"");
            escape_into(&mut self.body, class);
            self.body.push('"');
        }
        for (attribute, value) in attributes {
            self.body.push(' ');
            self.body.push_str(attribute);
            self.body.push_str("=\"");
            match value {
                Value::Number(value) => self.body.push_str(&number(*value)),
                Value::Percent(value) => {
                    self.body.push_str(&number(*value));
                    self.body.push('%');
                }
                Value::Word(word) => escape_into(&mut self.body, word),
            }
            self.body.push('"');
        }
    }
}

/// What an attribute holds.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Number(f64),
    Percent(f64),
    Word(&'a str),
}

/// Where text stands in relation to its `x`.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How text looks.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub(crate) class: &'static str,
    pub(crate) fill: &'static str,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) anchor: Anchor,
}

impl Text {
    pub(crate) const INK: Self = Self {
        class: "chart-ink",
        fill: INK,
        size: 12.0,
        bold: false,
        anchor: Anchor::Start,
    };
    pub(crate) const MUTED: Self = Self {
        class: "chart-muted",
        fill: MUTED,
        ..Self::INK
    };

    pub(crate) const fn size(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    pub(crate) const fn bold(mut self, bold: bool) -> Self {
        self.bold = bold;
        self
    }

    pub(crate) const fn anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    pub(crate) const fn paint(mut self, class: &'static str, fill: &'static str) -> Self {
        self.class = class;
        self.fill = fill;
        self
    }
}

/// Paper, ink and lines where no style sheet is: print, Word, feeds. In a page the classes decide.
pub(crate) const INK: &str = "#1a2026";
pub(crate) const MUTED: &str = "#55606b";
pub(crate) const LINE: &str = "#8a949e";
pub(crate) const FAINT: &str = "#d5dade";
pub(crate) const PAPER: &str = "#ffffff";

/// How wide a fluid picture is drawn where nothing else is said, and the least width its words are laid out for.
pub(crate) const WIDE: f64 = 640.0;
pub(crate) const NARROW: f64 = 320.0;

/// A coordinate to a tenth; what is not a number is drawn at 0.
pub(crate) fn number(value: f64) -> String {
    let tenths = if value.is_finite() { (value * 10.0).round() } else { 0.0 };
    // Adding zero turns -0 into 0.
    let value = tenths / 10.0 + 0.0;
    format!("{value}")
}

/// About how wide text is drawn: an em for a Chinese character, less for a Latin one.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let ems: f64 = text.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum();
    ems * size
}

/// `value` as a share of `whole`, between 0 and 1; 0 where that means nothing.
pub(crate) fn share(value: f64, whole: f64) -> f64 {
    let share = value / whole;
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no place for other control characters.
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
