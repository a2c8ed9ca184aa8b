//! Word's mathematics → LaTeX.

use super::tree::Node;

/// The LaTeX of `m:oMath`.
pub(super) fn latex(math: &Node) -> String {
    row(math).trim().to_owned()
}

fn row(node: &Node) -> String {
    let mut out = String::new();
    for part in node.nodes() {
        let piece = one(part);
        // `\alpha` must not grow together with a letter.
        let command = out.rsplit('\\').next().is_some_and(|tail| {
            out.contains('\\') && !tail.is_empty() && tail.chars().all(|c| c.is_ascii_alphabetic())
        });
        if command && piece.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

/// What stands in a child, in braces.
fn group(node: &Node, name: &str) -> String {
    format!("{{{}}}", inside(node, name))
}

fn inside(node: &Node, name: &str) -> String {
    node.child(name).map(row).unwrap_or_default()
}

/// A property of `…Pr`.
fn property<'a>(node: &'a Node, properties: &str, name: &str) -> Option<&'a str> {
    node.way(&[properties, name])?.get("m:val")
}

fn one(node: &Node) -> String {
    match node.name.as_str() {
        "m:r" => run(node),
        "m:f" if property(node, "m:fPr", "m:type") == Some("noBar") => {
            format!(
                "\\genfrac{{}}{{}}{{0pt}}{{}}{}{}",
                group(node, "m:num"),
                group(node, "m:den")
            )
        }
        "m:f" => format!("\\frac{}{}", group(node, "m:num"), group(node, "m:den")),
        "m:rad" => {
            let degree = inside(node, "m:deg");
            if degree.trim().is_empty() {
                format!("\\sqrt{}", group(node, "m:e"))
            } else {
                format!("\\sqrt[{degree}]{}", group(node, "m:e"))
            }
        }
        "m:sSub" => format!("{}_{}", base(node), group(node, "m:sub")),
        "m:sSup" => format!("{}^{}", base(node), group(node, "m:sup")),
        "m:sSubSup" => format!("{}_{}^{}", base(node), group(node, "m:sub"), group(node, "m:sup")),
        "m:sPre" => format!(
            "{{}}_{}^{}{}",
            group(node, "m:sub"),
            group(node, "m:sup"),
            inside(node, "m:e")
        ),
        "m:nary" => nary(node),
        "m:d" => delimited(node),
        "m:limLow" => limit(node, '_'),
        "m:limUpp" => limit(node, '^'),
        "m:acc" => {
            let command = match property(node, "m:accPr", "m:chr").unwrap_or("\u{302}") {
                "\u{304}" | "\u{305}" | "¯" => "bar",
                "\u{303}" | "~" => "tilde",
                "\u{20d7}" | "→" => "vec",
                "\u{307}" => "dot",
                "\u{308}" => "ddot",
                "\u{30c}" => "check",
                "\u{306}" => "breve",
                "\u{301}" => "acute",
                "\u{300}" => "grave",
                "\u{332}" => "underline",
                _ => "hat",
            };
            format!("\\{command}{}", group(node, "m:e"))
        }
        "m:bar" => {
            let command = match property(node, "m:barPr", "m:pos") {
                Some("top") => "overline",
                _ => "underline",
            };
            format!("\\{command}{}", group(node, "m:e"))
        }
        "m:groupChr" => {
            let command = match property(node, "m:groupChrPr", "m:pos") {
                Some("top") => "overbrace",
                _ => "underbrace",
            };
            format!("\\{command}{}", group(node, "m:e"))
        }
        "m:phant" => format!("\\phantom{}", group(node, "m:e")),
        "m:func" => {
            let name = node.child("m:fName").map(row).unwrap_or_default();
            format!("{name} {}", inside(node, "m:e"))
        }
        "m:m" => {
            let rows: Vec<String> = node
                .nodes()
                .filter(|row| row.name == "m:mr")
                .map(|line| {
                    let cells: Vec<String> = line.nodes().filter(|cell| cell.name == "m:e").map(row).collect();
                    cells.join(" & ")
                })
                .collect();
            format!("\\begin{{matrix}} {} \\end{{matrix}}", rows.join(" \\\\ "))
        }
        "m:eqArr" => {
            let rows: Vec<String> = node.nodes().filter(|line| line.name == "m:e").map(row).collect();
            let rows = rows.join(" \\\\ ").replace("\\&", "&");
            format!("\\begin{{aligned}} {rows} \\end{{aligned}}")
        }
        "m:e" | "m:box" | "m:borderBox" | "m:oMath" | "m:fName" | "w:ins" | "w:hyperlink" => row(node),
        // Properties say how, not what.
        name if name.ends_with("Pr") => String::new(),
        _ => row(node),
    }
}

/// What carries scripts: braces around all but a single sign.
fn base(node: &Node) -> String {
    let inner = inside(node, "m:e");
    if inner.chars().count() == 1
        || (inner.starts_with('\\')
            && inner
                .get(1..)
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphabetic())))
    {
        inner
    } else {
        format!("{{{inner}}}")
    }
}

fn nary(node: &Node) -> String {
    let sign = match property(node, "m:naryPr", "m:chr").unwrap_or("∫") {
        "∑" => "\\sum",
        "∏" => "\\prod",
        "∐" => "\\coprod",
        "⋃" => "\\bigcup",
        "⋂" => "\\bigcap",
        "⋁" => "\\bigvee",
        "⋀" => "\\bigwedge",
        "⨁" => "\\bigoplus",
        "⨂" => "\\bigotimes",
        "∬" => "\\iint",
        "∭" => "\\iiint",
        "∮" => "\\oint",
        _ => "\\int",
    };
    let mut out = sign.to_owned();
    for (name, mark) in [("m:sub", '_'), ("m:sup", '^')] {
        let script = inside(node, name);
        if !script.trim().is_empty() {
            out.push_str(&format!("{mark}{{{script}}}"));
        }
    }
    format!("{out} {}", inside(node, "m:e"))
}

fn delimited(node: &Node) -> String {
    let sign = |name: &str, usual: &str| -> String {
        let sign = property(node, "m:dPr", name).unwrap_or(usual);
        match sign {
            "" => ".".to_owned(),
            "{" | "}" => format!("\\{sign}"),
            "⟨" | "〈" => "\\langle".to_owned(),
            "⟩" | "〉" => "\\rangle".to_owned(),
            "⌈" => "\\lceil".to_owned(),
            "⌉" => "\\rceil".to_owned(),
            "⌊" => "\\lfloor".to_owned(),
            "⌋" => "\\rfloor".to_owned(),
            "‖" | "∥" => "\\|".to_owned(),
            sign => sign.to_owned(),
        }
    };
    let parts: Vec<String> = node.nodes().filter(|part| part.name == "m:e").map(row).collect();
    let between = property(node, "m:dPr", "m:sepChr").unwrap_or("|");
    format!(
        "\\left{} {} \\right{}",
        sign("m:begChr", "("),
        parts.join(&format!(" {between} ")),
        sign("m:endChr", ")")
    )
}

fn limit(node: &Node, mark: char) -> String {
    let base = inside(node, "m:e");
    let known = base.starts_with('\\');
    let base = if known {
        base
    } else {
        format!("\\operatorname*{{{base}}}")
    };
    format!("{base}{mark}{}", group(node, "m:lim"))
}

const NAMES: [&str; 18] = [
    "ln", "lg", "log", "exp", "sin", "cos", "tan", "max", "min", "lim", "sup", "inf", "det", "gcd", "arg", "cot",
    "sec", "csc",
];

fn run(node: &Node) -> String {
    let text: String = node
        .nodes()
        .filter(|part| matches!(part.name.as_str(), "m:t" | "w:t"))
        .map(Node::text)
        .collect();
    if text.is_empty() {
        return String::new();
    }
    let is_words = node.way(&["m:rPr", "m:nor"]).is_some() || text.chars().any(|c| c > '\u{2e80}' && c < '\u{1d400}');
    if is_words {
        return format!("\\text{{{}}}", escaped(&text));
    }
    let plain = property(node, "m:rPr", "m:sty") == Some("p");
    let letters = text.chars().all(|c| c.is_ascii_alphabetic());
    if NAMES.contains(&text.trim()) {
        return format!("\\{} ", text.trim());
    }
    if plain && letters {
        return format!("\\mathrm{{{text}}}");
    }
    let mut out = String::new();
    for c in text.chars() {
        match sign(c) {
            Some(command) => {
                out.push_str(command);
                if command.ends_with(|c: char| c.is_ascii_alphabetic()) {
                    out.push(' ');
                }
            }
            None => match c {
                '{' | '}' | '%' | '#' | '$' | '&' | '_' => {
                    out.push('\\');
                    out.push(c);
                }
                '\\' => out.push_str("\\backslash "),
                '^' => out.push_str("\\hat{}"),
                '~' => out.push_str("\\sim "),
                c => out.push(c),
            },
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            '{' | '}' | '%' | '#' | '$' | '&' | '_' => vec!['\\', c],
            '\\' => vec!['/'],
            c => vec![c],
        })
        .collect()
}

fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "\\alpha",
        'β' => "\\beta",
        'γ' => "\\gamma",
        'δ' => "\\delta",
        'ε' => "\\varepsilon",
        'ϵ' => "\\epsilon",
        'ζ' => "\\zeta",
        'η' => "\\eta",
        'θ' => "\\theta",
        'κ' => "\\kappa",
        'λ' => "\\lambda",
        'μ' => "\\mu",
        'ν' => "\\nu",
        'ξ' => "\\xi",
        'π' => "\\pi",
        'ρ' => "\\rho",
        'σ' => "\\sigma",
        'τ' => "\\tau",
        'φ' => "\\varphi",
        'ϕ' => "\\phi",
        'χ' => "\\chi",
        'ψ' => "\\psi",
        'ω' => "\\omega",
        'Γ' => "\\Gamma",
        'Δ' => "\\Delta",
        'Θ' => "\\Theta",
        'Λ' => "\\Lambda",
        'Π' => "\\Pi",
        'Σ' => "\\Sigma",
        'Φ' => "\\Phi",
        'Ψ' => "\\Psi",
        'Ω' => "\\Omega",
        '×' => "\\times",
        '÷' => "\\div",
        '·' | '⋅' => "\\cdot",
        '≤' => "\\le",
        '≥' => "\\ge",
        '≠' => "\\ne",
        '≈' => "\\approx",
        '±' => "\\pm",
        '∞' => "\\infty",
        '∑' => "\\sum",
        '∏' => "\\prod",
        '∫' => "\\int",
        '∂' => "\\partial",
        '∈' => "\\in",
        '→' => "\\to",
        '…' => "\\ldots",
        '−' => "-",
        '\u{2009}' => "\\,",
        '\u{2002}' => "\\ ",
        '\u{2003}' => "\\quad",
        '\u{a0}' => "~",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::docx::omml;
    use crate::import::tree::read;
    use crate::mathml::Formulas;

    fn around(latex: &str) -> String {
        let math = omml(&Formulas::new().tree(latex, true).unwrap()).unwrap();
        let xml = math.replacen(
            "<m:oMath>",
            "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
            1,
        );
        super::latex(&read("math", &xml).unwrap())
    }

    /// A formula that went to Word and came back is written otherwise, and is the same.
    #[test]
    fn formulas_come_back_as_they_were() {
        let formulas = Formulas::new();
        for latex in [
            r"S = \sum_{i=1}^{n} w_i x_i",
            r"w = \frac{m_z}{m_y} \times 100",
            r"\sqrt[3]{x^2} + \sqrt{y_i^{2}}",
            r"\left( \frac{a}{b} \right)",
            r"\alpha x + \beta \le \pi",
            r"\bar{x} + \hat{y}",
            r"\text{得分} = 1",
            r"\ln x",
        ] {
            let back = around(latex);
            let again = around(&back);
            assert_eq!(again, back, "{latex}");
            assert!(formulas.tree(&back, true).is_some(), "{latex} {back}");
        }
        assert_eq!(around(r"S = \sum_{i=1}^{n} w_i x_i"), r"S=\sum_{i=1}^{n} w_{i}x_{i}");
        assert_eq!(around(r"\frac{a}{b} \times 100\%"), r"\frac{a}{b}\times 100\%");
    }
}
