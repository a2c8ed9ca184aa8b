//! Formulas: MathML, element by element, as Word's own mathematics (OMML).

use crate::mathml::{Element, Grid, Node};
use crate::xml::escape;

/// What stands in `m:oMath`. `None` if some element has no counterpart.
pub(crate) fn omml(tree: &[Node]) -> Option<String> {
    let body = row(tree)?;
    Some(format!("<m:oMath>{body}</m:oMath>"))
}

const FONT: &str = "<w:rPr><w:rFonts w:ascii=\"Cambria Math\" w:hAnsi=\"Cambria Math\"/></w:rPr>";

fn run(text: &str, style: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "<m:r>{style}{FONT}<m:t xml:space=\"preserve\">{}</m:t></m:r>",
        escape(text)
    )
}

/// Upright.
const PLAIN: &str = "<m:rPr><m:sty m:val=\"p\"/></m:rPr>";
/// Words, not mathematics.
const WORDS: &str = "<m:rPr><m:nor/></m:rPr>";

/// Elements one after the other. A large sign takes what follows it up to the next relation.
fn row(nodes: &[Node]) -> Option<String> {
    let elements: Vec<&Element> = nodes.iter().filter_map(Node::element).collect();
    let text: String = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Text(text) if !text.trim().is_empty() => Some(run(text, "")),
            _ => None,
        })
        .collect();
    Some(text + &sequence(&elements)?)
}

fn sequence(elements: &[&Element]) -> Option<String> {
    let mut out = String::new();
    let mut rest = elements;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let Some(large) = large(first) else {
            out.push_str(&one(first)?);
            continue;
        };
        let (operand, others) = after.split_at(operand_end(after));
        if operand.is_empty() {
            out.push_str(&one(first)?);
        } else {
            out.push_str(&large.print(&sequence(operand)?)?);
            rest = others;
        }
    }
    Some(out)
}

/// Up to the first relation or sum that stands in no brackets of its own.
fn operand_end(elements: &[&Element]) -> usize {
    let mut open = 0_usize;
    for (index, element) in elements.iter().enumerate().filter(|(_, element)| element.name == "mo") {
        match element.text().as_str() {
            "(" | "[" | "{" => open += 1,
            ")" | "]" | "}" if open > 0 => open -= 1,
            ")" | "]" | "}" => return index,
            "=" | "+" | "-" | "−" | "±" | "<" | ">" | "≤" | "≥" | "≠" | "≈" | "," | ";" if open == 0 => {
                return index;
            }
            _ => {}
        }
    }
    elements.len()
}

/// ∑ with what stands at it.
struct Large<'a> {
    sign: String,
    below: Option<&'a Element>,
    above: Option<&'a Element>,
    /// Whether they stand under and over it.
    limits: bool,
}

const SIGNS: [&str; 15] = [
    "∑", "∏", "∐", "⋃", "⋂", "⨁", "⨂", "⋁", "⋀", "∫", "∬", "∭", "∮", "∯", "∰",
];

fn large(element: &Element) -> Option<Large<'_>> {
    let parts: Vec<&Element> = element.elements().collect();
    let (base, below, above) = match (element.name.as_str(), parts.as_slice()) {
        ("mo", _) => (element, None, None),
        ("msub" | "munder", [base, below]) => (*base, Some(*below), None),
        ("msup" | "mover", [base, above]) => (*base, None, Some(*above)),
        ("msubsup" | "munderover", [base, below, above]) => (*base, Some(*below), Some(*above)),
        _ => return None,
    };
    let sign = base.text();
    (base.name == "mo" && SIGNS.contains(&sign.as_str())).then(|| Large {
        limits: element.name.starts_with("mu") || element.name == "mover",
        sign,
        below,
        above,
    })
}

impl Large<'_> {
    fn print(&self, operand: &str) -> Option<String> {
        let hide = |script: Option<&Element>, name: &str| match script {
            Some(_) => String::new(),
            None => format!("<m:{name} m:val=\"1\"/>"),
        };
        let inside = |script: Option<&Element>| script.map_or(Some(String::new()), one);
        Some(format!(
            "<m:nary><m:naryPr><m:chr m:val=\"{}\"/><m:limLoc m:val=\"{}\"/>{}{}</m:naryPr><m:sub>{}</m:sub><m:sup>{}\
             </m:sup><m:e>{operand}</m:e></m:nary>",
            escape(&self.sign),
            if self.limits { "undOvr" } else { "subSup" },
            hide(self.below, "subHide"),
            hide(self.above, "supHide"),
            inside(self.below)?,
            inside(self.above)?,
        ))
    }
}

fn one(element: &Element) -> Option<String> {
    let children = &element.children;
    let parts: Vec<&Element> = element.elements().collect();
    Some(match (element.name.as_str(), parts.as_slice()) {
        ("mi", _) => identifier(&element.text(), element.attribute("mathvariant") == "normal"),
        ("mn", _) => run(&element.text(), ""),
        ("mtext" | "ms", _) => run(&element.text(), WORDS),
        ("mo", _) => operator(&element.text()),
        ("mspace", _) => space(element.attribute("width")),
        ("mrow" | "mpadded" | "mstyle" | "mtd", _) => group(children)?,
        ("mphantom", _) => format!(
            "<m:phant><m:phantPr><m:show m:val=\"0\"/></m:phantPr><m:e>{}</m:e></m:phant>",
            row(children)?
        ),
        ("msqrt", _) => format!(
            "<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/><m:e>{}</m:e></m:rad>",
            row(children)?
        ),
        ("mroot", [radicand, index]) => {
            format!(
                "<m:rad><m:deg>{}</m:deg><m:e>{}</m:e></m:rad>",
                one(index)?,
                one(radicand)?
            )
        }
        ("mfrac", [above, below]) => {
            let kind = if element.attribute("linethickness") == "0" {
                "<m:fPr><m:type m:val=\"noBar\"/></m:fPr>"
            } else {
                ""
            };
            format!(
                "<m:f>{kind}<m:num>{}</m:num><m:den>{}</m:den></m:f>",
                one(above)?,
                one(below)?
            )
        }
        ("msub", [base, sub]) => format!("<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>", one(base)?, one(sub)?),
        ("msup", [base, sup]) => format!("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", one(base)?, one(sup)?),
        ("msubsup", [base, sub, sup]) => format!(
            "<m:sSubSup><m:e>{}</m:e><m:sub>{}</m:sub><m:sup>{}</m:sup></m:sSubSup>",
            one(base)?,
            one(sub)?,
            one(sup)?
        ),
        ("mover", [base, mark]) if element.attribute("accent") == "true" => over(base, &mark.text())?,
        ("munder", [base, mark]) if element.attribute("accentunder") == "true" => under(base, &mark.text())?,
        ("munder", [base, below]) => limit("Low", &one(base)?, below)?,
        ("mover", [base, above]) => limit("Upp", &one(base)?, above)?,
        ("munderover", [base, below, above]) => limit("Upp", &limit("Low", &one(base)?, below)?, above)?,
        ("mmultiscripts", [base, rest @ ..]) => scripts(base, rest)?,
        ("mtable", rows) => table(rows)?,
        ("menclose", [inner, ..]) => enclosed(element.attribute("notation"), inner)?,
        _ => return None,
    })
}

fn limit(kind: &str, base: &str, script: &Element) -> Option<String> {
    Some(format!(
        "<m:lim{kind}><m:e>{base}</m:e><m:lim>{}</m:lim></m:lim{kind}>",
        one(script)?
    ))
}

fn identifier(text: &str, upright: bool) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if u32::from(letter) < 0x2e80 || u32::from(letter) >= 0x1_d400 => {
            run(text, if upright { PLAIN } else { "" })
        }
        (Some(letter), _) if u32::from(letter) >= 0x2e80 => run(text, WORDS),
        _ => run(text, PLAIN),
    }
}

fn operator(text: &str) -> String {
    // Function application, invisible product, separator and sum are nothing that is printed.
    if text.chars().all(|c| matches!(c, '\u{2061}'..='\u{2064}')) {
        return String::new();
    }
    let words = text.chars().count() > 1;
    run(text, if words { PLAIN } else { "" })
}

fn space(width: &str) -> String {
    let width = width.strip_suffix("em").and_then(|number| number.parse::<f64>().ok());
    match width {
        Some(width) if width >= 0.9 => run("\u{2003}", ""),
        Some(width) if width >= 0.4 => run("\u{2002}", ""),
        Some(width) if width > 0.0 => run("\u{2009}", ""),
        _ => String::new(),
    }
}

const FENCES: [&str; 20] = [
    "(", "[", "{", "⟨", "⌈", "⌊", "|", "‖", "∣", "∥", ")", "]", "}", "⟩", "⌉", "⌋", "/", "↑", "↓", "∕",
];

/// A row; one between delimiters that stretch is as high as what is between them.
fn group(children: &[Node]) -> Option<String> {
    let elements: Vec<&Element> = children.iter().filter_map(Node::element).collect();
    let fence = |end: Option<&&Element>| -> Option<String> {
        let end = end.filter(|end| end.name == "mo")?;
        let sign = end.text();
        let stretches = end.attribute("stretchy") != "false";
        // An empty one stands for a side without delimiter.
        (stretches && (sign.is_empty() || FENCES.contains(&sign.as_str()))).then_some(sign)
    };
    if elements.len() < 2 || elements.len() != children.len() {
        return row(children);
    }
    let (opens, closes) = (fence(elements.first()), fence(elements.last()));
    if opens.is_none() && closes.is_none() {
        return row(children);
    }
    let from = usize::from(opens.is_some());
    let to = elements.len() - usize::from(closes.is_some());
    let inner = sequence(elements.get(from..to)?)?;
    Some(format!(
        "<m:d><m:dPr><m:begChr m:val=\"{}\"/><m:endChr m:val=\"{}\"/></m:dPr><m:e>{inner}</m:e></m:d>",
        escape(&opens.unwrap_or_default()),
        escape(&closes.unwrap_or_default())
    ))
}

fn brace(mark: &str) -> bool {
    matches!(mark, "⏞" | "⏟" | "⎴" | "⎵")
}

fn over(base: &Element, mark: &str) -> Option<String> {
    let base = one(base)?;
    if brace(mark) {
        return Some(format!(
            "<m:groupChr><m:groupChrPr><m:chr m:val=\"{mark}\"/><m:pos m:val=\"top\"/><m:vertJc m:val=\"bot\"/></m:groupChrPr>\
             <m:e>{base}</m:e></m:groupChr>"
        ));
    }
    let sign = match mark {
        "‾" | "_" | "―" | "\u{332}" | "\u{305}" => {
            return Some(format!(
                "<m:bar><m:barPr><m:pos m:val=\"top\"/></m:barPr><m:e>{base}</m:e></m:bar>"
            ));
        }
        "¯" => "\u{304}",
        "^" | "ˆ" => "\u{302}",
        "~" | "˜" => "\u{303}",
        "→" => "\u{20d7}",
        "←" => "\u{20d6}",
        "˙" | "." => "\u{307}",
        "¨" => "\u{308}",
        "ˇ" => "\u{30c}",
        "˘" => "\u{306}",
        "´" => "\u{301}",
        "`" => "\u{300}",
        "˚" => "\u{30a}",
        mark => mark,
    };
    Some(format!(
        "<m:acc><m:accPr><m:chr m:val=\"{}\"/></m:accPr><m:e>{base}</m:e></m:acc>",
        escape(sign)
    ))
}

fn under(base: &Element, mark: &str) -> Option<String> {
    let base = one(base)?;
    Some(if brace(mark) {
        format!("<m:groupChr><m:groupChrPr><m:chr m:val=\"{mark}\"/></m:groupChrPr><m:e>{base}</m:e></m:groupChr>")
    } else if matches!(mark, "_" | "‾" | "\u{332}" | "―") {
        format!("<m:bar><m:barPr><m:pos m:val=\"bot\"/></m:barPr><m:e>{base}</m:e></m:bar>")
    } else {
        format!("<m:limLow><m:e>{base}</m:e><m:lim>{}</m:lim></m:limLow>", run(mark, ""))
    })
}

/// Scripts behind the base, then, after `mprescripts`, before it; a pair each, below and above.
fn scripts(base: &Element, rest: &[&Element]) -> Option<String> {
    let split = rest
        .iter()
        .position(|part| part.name == "mprescripts")
        .unwrap_or(rest.len());
    let (behind, before) = rest.split_at(split);
    let pair = |at: &[&Element]| -> Option<(String, String)> {
        let script = |index: usize| {
            at.get(index)
                .map_or(Some(String::new()), |script| row(&script.children))
        };
        Some((script(0)?, script(1)?))
    };
    let mut out = one(base)?;
    if !behind.is_empty() {
        let (sub, sup) = pair(behind)?;
        out = format!("<m:sSubSup><m:e>{out}</m:e><m:sub>{sub}</m:sub><m:sup>{sup}</m:sup></m:sSubSup>");
    }
    if let Some((_, before)) = before.split_first() {
        let (sub, sup) = pair(before)?;
        out = format!("<m:sPre><m:sub>{sub}</m:sub><m:sup>{sup}</m:sup><m:e>{out}</m:e></m:sPre>");
    }
    Some(out)
}

/// Rows of cells. Those that stand at a common sign become lines that meet there, others a matrix.
fn table(rows: &[&Element]) -> Option<String> {
    let grid = Grid::of(rows);
    let mut out = String::new();
    if grid.meets {
        for line in &grid.lines {
            let mut inner = Vec::new();
            for cell in line {
                inner.push(row(&cell.children)?);
            }
            out.push_str(&format!("<m:e>{}</m:e>", inner.join(&run("&", ""))));
        }
        return Some(format!("<m:eqArr>{out}</m:eqArr>"));
    }
    let side = if grid.left { "left" } else { "center" };
    let width = grid.width.max(1);
    for line in &grid.lines {
        out.push_str("<m:mr>");
        for column in 0..width {
            let inner = match line.get(column) {
                Some(cell) => row(&cell.children)?,
                None => String::new(),
            };
            out.push_str(&format!("<m:e>{inner}</m:e>"));
        }
        out.push_str("</m:mr>");
    }
    Some(format!(
        "<m:m><m:mPr><m:plcHide m:val=\"1\"/><m:mcs><m:mc><m:mcPr><m:count m:val=\"{width}\"/><m:mcJc m:val=\"{side}\"/></m:mcPr></m:mc></m:mcs></m:mPr>\
         {out}</m:m>"
    ))
}

fn enclosed(notation: &str, inner: &Element) -> Option<String> {
    let mut strikes = String::from(
        "<m:hideTop m:val=\"1\"/><m:hideBot m:val=\"1\"/><m:hideLeft m:val=\"1\"/><m:hideRight m:val=\"1\"/>",
    );
    if notation.contains("horizontal") {
        strikes.push_str("<m:strikeH m:val=\"1\"/>");
    }
    if notation.contains("updiagonal") {
        strikes.push_str("<m:strikeBLTR m:val=\"1\"/>");
    }
    if notation.contains("downdiagonal") {
        strikes.push_str("<m:strikeTLBR m:val=\"1\"/>");
    }
    Some(format!(
        "<m:borderBox><m:borderBoxPr>{strikes}</m:borderBoxPr><m:e>{}</m:e></m:borderBox>",
        one(inner)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mathml::Formulas;

    fn convert(latex: &str) -> String {
        omml(&Formulas::new().tree(latex, true).unwrap()).unwrap()
    }

    #[test]
    fn a_sum_takes_what_it_sums() {
        let math = convert(r"S = \sum_{i=1}^{n} w_i x_i + b");
        let (before, after) = math.split_once("<m:nary>").unwrap();
        assert!(before.contains(">S<") && before.contains(">=<"));
        let (operand, rest) = after.split_once("</m:nary>").unwrap();
        assert!(operand.contains("<m:limLoc m:val=\"undOvr\"/>"));
        assert_eq!(operand.matches("<m:sSub>").count(), 2);
        assert!(rest.contains(">b<"));
    }

    #[test]
    fn a_sum_does_not_tear_brackets_apart() {
        let math = convert(r"\sum_{i=1}^{n} m_i(1 - w_i) + b");
        let (inside, after) = math.rsplit_once("</m:nary>").unwrap();
        assert!(inside.contains(">)<") && after.contains(">b<") && !after.contains(">)<"));
    }

    #[test]
    fn every_form_has_its_counterpart() {
        for (latex, part) in [
            (r"\frac{a}{b}", "<m:f>"),
            (r"\sqrt{x}", "<m:degHide"),
            (r"\sqrt[3]{x}", "<m:rad><m:deg>"),
            (r"x_i^2", "<m:sSubSup>"),
            (r"\left( \frac{1}{2} \right]", "<m:endChr m:val=\"]\"/>"),
            (
                r"\begin{cases} 1, & x > 0 \\ 0, & x \le 0 \end{cases}",
                "<m:mcJc m:val=\"left\"/>",
            ),
            (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "<m:eqArr>"),
            (
                r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
                "<m:begChr m:val=\"(\"/>",
            ),
            (r"\hat{x}", "<m:acc>"),
            (r"\overline{x}", "<m:bar>"),
            (r"\overbrace{a+b}^{n}", "<m:groupChr>"),
            (r"\text{若 }x", "<m:nor/>"),
            (r"\lim_{n \to \infty} x", "<m:limLow>"),
            (r"\ln x", "<m:sty m:val=\"p\"/>"),
        ] {
            let math = convert(latex);
            assert!(math.contains(part), "{latex}\n{math}");
        }
    }

    #[test]
    fn a_sum_of_nothing_leaves_no_empty_box() {
        assert!(!convert(r"\sum").contains("m:nary"));
    }
}
