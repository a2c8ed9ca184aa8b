//! Formulas → calls: MathML, element by element. What stands in a formula enters as literals, as all text does.

use super::Writer;
use super::literal::{array, content, literal};
use crate::mathml::{Element, Grid, Node};

impl Writer<'_> {
    /// A formula within a line.
    pub(super) fn inline_math(&self, latex: &str) -> String {
        self.math(latex, false)
    }

    /// A formula on a line of its own, as content.
    pub(super) fn block_math(&self, latex: &str) -> String {
        content(&self.math(latex, true))
    }

    /// What cannot be converted is shown as it was written.
    fn math(&self, latex: &str, display: bool) -> String {
        match self.formulas.tree(latex, display).and_then(|tree| row(&tree)) {
            Some(body) if body.is_empty() => String::new(),
            Some(body) => format!("#equation({display},{},[{body}])", literal(latex)),
            None => format!("#code({})", literal(latex)),
        }
    }
}

/// Nodes one after the other. `None` if one of them has no counterpart.
fn row(nodes: &[Node]) -> Option<String> {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Element(element) => out.push_str(&one(element)?),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => out.push_str(&format!("#{}", literal(text))),
        }
    }
    Some(out)
}

/// The content of an element that is written out alone.
fn arg(element: &Element) -> Option<String> {
    Some(content(&one(element)?))
}

fn one(element: &Element) -> Option<String> {
    let children = &element.children;
    let parts: Vec<&Element> = element.elements().collect();
    Some(match (element.name.as_str(), parts.as_slice()) {
        ("mi", _) => identifier(&element.text(), element.attribute("mathvariant") == "normal"),
        ("mn" | "mtext", _) => words(&element.text()),
        ("mo", _) => operator(element),
        ("mspace", _) => space(element.attribute("width")),
        ("mrow" | "mpadded" | "mstyle", _) => group(children)?,
        ("mphantom", _) => format!("#hide([{}])", row(children)?),
        ("msqrt", _) => format!("#math.sqrt([{}])", row(children)?),
        ("mroot", [radicand, index]) => format!("#math.root({},{})", arg(index)?, arg(radicand)?),
        ("mfrac", [above, below]) => fraction(element, above, below)?,
        ("msub", [base, sub]) => attach(base, &[("b", sub)])?,
        ("msup", [base, sup]) => attach(base, &[("t", sup)])?,
        ("msubsup", [base, sub, sup]) => attach(base, &[("b", sub), ("t", sup)])?,
        ("mover", [base, mark]) if element.attribute("accent") == "true" => accent(base, &mark.text())?,
        ("munder", [base, mark]) if element.attribute("accentunder") == "true" => under_accent(base, &mark.text())?,
        ("munder", [base, below]) => limits(base, &[("b", below)])?,
        ("mover", [base, above]) => limits(base, &[("t", above)])?,
        ("munderover", [base, below, above]) => limits(base, &[("b", below), ("t", above)])?,
        ("mmultiscripts", [base, rest @ ..]) => scripts(base, rest)?,
        ("mtable", rows) => table(rows)?,
        ("menclose", [inner, ..]) => enclosed(element.attribute("notation"), inner)?,
        // An unknown command is shown with the whole formula as it was written.
        _ => return None,
    })
}

fn words(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("#{}", literal(text))
    }
}

/// A single letter of a variable is set in italics, words and Chinese upright.
fn identifier(text: &str, upright: bool) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if u32::from(letter) < 0x2e80 || u32::from(letter) >= 0x1_d400 => {
            if upright {
                format!("#math.upright(symbol({}))", literal(text))
            } else {
                format!("#symbol({})", literal(text))
            }
        }
        _ => words(text),
    }
}

fn operator(element: &Element) -> String {
    let text = element.text();
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        // Function application, invisible product, separator and sum.
        (None, _) | (Some('\u{2061}'..='\u{2064}'), None) => String::new(),
        (Some(_), Some(_)) => {
            let limits = element.attribute("movablelimits") == "true";
            format!("#math.op(limits:{limits},{})", literal(&text))
        }
        (Some(c), None) => {
            let tight = element.attribute("lspace") == "0" && element.attribute("rspace") == "0";
            // 1{,}5 is one number.
            if tight && matches!(c, ',' | ';' | '.') {
                format!("#math.class(\"normal\",symbol({}))", literal(&text))
            } else {
                format!("#symbol({})", literal(&text))
            }
        }
    }
}

/// `0.1667em`, also negative. Anything else is no space.
fn space(width: &str) -> String {
    let sound = width
        .strip_suffix("em")
        .and_then(|number| number.parse::<f64>().ok())
        .filter(|number| number.abs() < 20.0);
    sound.map_or_else(String::new, |number| format!("#h({number}em)"))
}

const OPENING: [&str; 10] = ["(", "[", "{", "⟨", "⌈", "⌊", "|", "‖", "∣", "∥"];
const CLOSING: [&str; 10] = [")", "]", "}", "⟩", "⌉", "⌋", "|", "‖", "∣", "∥"];

/// A row; one between delimiters that stretch is as high as what is between them.
fn group(children: &[Node]) -> Option<String> {
    let inner = row(children)?;
    let ends = [children.first(), children.last()].map(|node| node.and_then(Node::element));
    let stretches = |end: Option<&Element>, signs: &[&str]| {
        end.is_some_and(|end| {
            end.name == "mo" && end.attribute("stretchy") != "false" && signs.contains(&end.text().as_str())
        })
    };
    let opens = stretches(ends[0], &OPENING) || stretches(ends[0], &CLOSING);
    let closes = stretches(ends[1], &CLOSING) || stretches(ends[1], &OPENING);
    Some(if children.len() > 1 && (opens || closes) {
        format!("#math.lr([{inner}])")
    } else if children.len() > 1 {
        format!("#[{inner}]")
    } else {
        inner
    })
}

fn fraction(element: &Element, above: &Element, below: &Element) -> Option<String> {
    let (above, below) = (arg(above)?, arg(below)?);
    let call = if element.attribute("linethickness") == "0" {
        format!("math.mat(delim:none,({above},),({below},))")
    } else {
        format!("math.frac({above},{below})")
    };
    Some(match element.attribute("displaystyle") {
        "true" => format!("#math.display({call})"),
        "false" => format!("#math.inline({call})"),
        _ => format!("#{call}"),
    })
}

fn with_scripts(base: &str, at: &[(&str, &Element)]) -> Option<String> {
    let mut call = format!("#math.attach({base}");
    for (place, script) in at {
        call.push_str(&format!(",{place}:{}", arg(script)?));
    }
    call.push(')');
    Some(call)
}

fn attach(base: &Element, at: &[(&str, &Element)]) -> Option<String> {
    with_scripts(&format!("math.scripts({})", arg(base)?), at)
}

/// Signs that are large in a display, and take their limits above and below by themselves.
const LARGE: [&str; 12] = ["∑", "∏", "∐", "⋃", "⋂", "⨁", "⨂", "⋁", "⋀", "⨆", "⨄", "⨀"];

fn limits(base: &Element, at: &[(&str, &Element)]) -> Option<String> {
    let text = base.text();
    if base.name == "mo" && (LARGE.contains(&text.as_str()) || base.attribute("movablelimits") == "true") {
        return with_scripts(&content(&operator(base)), at);
    }
    // A brace over or under, and the words at it.
    if let ("mover" | "munder", [inner, mark]) = (base.name.as_str(), base.elements().collect::<Vec<_>>().as_slice())
        && let Some(name) = brace(&mark.text())
        && let [(_, script)] = at
    {
        return Some(format!("#math.{name}({},{})", arg(inner)?, arg(script)?));
    }
    with_scripts(&format!("math.limits({})", arg(base)?), at)
}

fn brace(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "⏞" => "overbrace",
        "⏟" => "underbrace",
        "⎴" => "overbracket",
        "⎵" => "underbracket",
        _ => return None,
    })
}

fn accent(base: &Element, mark: &str) -> Option<String> {
    let base = arg(base)?;
    if let Some(name) = brace(mark) {
        return Some(format!("#math.{name}({base})"));
    }
    let sign = match mark {
        "‾" | "_" | "―" | "\u{332}" | "\u{305}" => return Some(format!("#math.overline({base})")),
        "¯" | "\u{304}" => "\u{304}",
        "^" | "ˆ" | "\u{302}" => "\u{302}",
        "~" | "˜" | "\u{303}" => "\u{303}",
        "→" | "\u{20d7}" => "→",
        "←" | "\u{20d6}" => "←",
        "˙" | "." | "\u{307}" => "\u{307}",
        "¨" | "\u{308}" => "\u{308}",
        "ˇ" | "\u{30c}" => "\u{30c}",
        "˘" | "\u{306}" => "\u{306}",
        "´" | "\u{301}" => "\u{301}",
        "`" | "\u{300}" => "\u{300}",
        "˚" | "\u{30a}" => "\u{30a}",
        _ => return Some(format!("#math.attach(math.limits({base}),t:[#{}])", literal(mark))),
    };
    Some(format!("#math.accent({base},{})", literal(sign)))
}

fn under_accent(base: &Element, mark: &str) -> Option<String> {
    let base = arg(base)?;
    Some(match (brace(mark), mark) {
        (Some(name), _) => format!("#math.{name}({base})"),
        (None, "_" | "‾" | "\u{332}" | "―") => format!("#math.underline({base})"),
        (None, mark) => format!("#math.attach(math.limits({base}),b:[#{}])", literal(mark)),
    })
}

/// Scripts behind the base, then, after `mprescripts`, before it; a pair each, below and above.
fn scripts(base: &Element, rest: &[&Element]) -> Option<String> {
    let split = rest
        .iter()
        .position(|part| part.name == "mprescripts")
        .unwrap_or(rest.len());
    let (behind, before) = rest.split_at(split);
    let mut at = Vec::new();
    let places = behind
        .iter()
        .zip(["b", "t"])
        .chain(before.iter().skip(1).zip(["bl", "tl"]));
    for (script, place) in places {
        if !script.children.is_empty() {
            at.push((place, *script));
        }
    }
    with_scripts(&arg(base)?, &at)
}

/// Rows of cells. Those that are to stand at a common sign become lines with a mark there, others a matrix.
fn table(rows: &[&Element]) -> Option<String> {
    let grid = Grid::of(rows);
    if grid.meets {
        let mut out = String::new();
        for (index, line) in grid.lines.iter().enumerate() {
            if index > 0 {
                out.push_str("#linebreak()");
            }
            for (column, cell) in line.iter().enumerate() {
                if column > 0 {
                    out.push_str("#meeting");
                }
                out.push_str(&row(&cell.children)?);
            }
        }
        return Some(out);
    }
    let mut out = Vec::new();
    for line in &grid.lines {
        let mut cells = Vec::new();
        for column in 0..grid.width {
            let inner = match line.get(column) {
                Some(cell) => row(&cell.children)?,
                None => String::new(),
            };
            cells.push(content(&inner));
        }
        out.push(array(cells));
    }
    let align = if grid.left { "align:left," } else { "" };
    Some(format!("#math.mat(delim:none,{align}..{})", array(out)))
}

fn enclosed(notation: &str, inner: &Element) -> Option<String> {
    let marks = match (notation.contains("updiagonal"), notation.contains("downdiagonal")) {
        (true, true) => "cross:true,",
        (false, true) => "inverted:true,",
        _ if notation.contains("horizontal") => "angle:90deg,",
        _ => "",
    };
    Some(format!("#math.cancel({marks}{})", arg(inner)?))
}
