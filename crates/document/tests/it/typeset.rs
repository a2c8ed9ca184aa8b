//! The program that sets a document: what it says, and that a text cannot get out of its literals.

use document::resolve::resolve;
use document::source::{parse, parse_bytes};
use document::typeset::{Options, program};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn set(source: &str) -> String {
    let document = parse(source).document;
    program(&document, &resolve(&document), &Options::default())
}

/// What is written for the document, without the house's functions.
fn body(program: &str) -> &str {
    program
        .rfind("\n#house(")
        .and_then(|at| program.get(at..))
        .unwrap_or_default()
}

/// The program with its literals taken out, or where it breaks.
fn skeleton(program: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut letters = program.chars();
    let mut open = Vec::new();
    while let Some(c) = letters.next() {
        match c {
            '"' => loop {
                match letters.next() {
                    Some('\\') => match letters.next() {
                        Some('"' | '\\' | 'n') => {}
                        other => return Err(format!("escape {other:?}")),
                    },
                    Some('"') => break,
                    Some(c) if c.is_control() => return Err(format!("control {c:?}")),
                    Some(_) => {}
                    None => return Err("a literal without end".to_owned()),
                }
            },
            '(' | '[' => open.push(c),
            ')' | ']' => {
                let begun = open.pop();
                if !matches!((begun, c), (Some('('), ')') | (Some('['), ']')) {
                    return Err(format!("{begun:?} closed by {c}"));
                }
            }
            _ => {}
        }
        if c != '"' {
            out.push(c);
        }
    }
    if open.is_empty() {
        Ok(out)
    } else {
        Err(format!("open: {open:?}"))
    }
}

/// Every name that the skeleton calls.
fn calls(skeleton: &str) -> Vec<&str> {
    skeleton
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

/// The words of our own programs: functions, and the names and values of their arguments.
const OWN: &str = " house cover codes emblem-letters class number replaces title english adoption draft draft-date call \
    published implemented publishers preliminary contents-title contents-line main-matter body-title element clause \
    annex untitled end-line san wu true false none left right horizon p items labelled spread warning caption \
    table-figure grid-of table.cell colspan rowspan align figure-of picture missing-picture figure-unit part keys \
    small-print table-note formula where-list equation term listing other-tongue change unplaced index-letter \
    index-line anchor em strong-words code variable quantity unbroken note mark sub super go link linebreak inline-picture \
    absent-picture math.upright math.op limits symbol math.class math.sqrt math.root math.frac math.mat delim \
    math.display math.inline math.attach math.scripts math.limits math.lr math.accent math.overline math.underline \
    math.overbrace math.underbrace math.overbracket math.underbracket math.cancel cross inverted angle meeting hide h \
    b t bl tl deg ";

fn foreign(program: &str) -> Option<String> {
    let skeleton = match skeleton(body(program)) {
        Ok(skeleton) => skeleton,
        Err(fault) => return Some(fault),
    };
    if let Some(c) = skeleton
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !" \n#()[],:.-+".contains(*c))
    {
        return Some(format!("{c:?} outside of a literal"));
    }
    calls(&skeleton)
        .into_iter()
        .find(|word| {
            let sizes = word.strip_suffix("fr").or_else(|| word.strip_suffix("em"));
            !OWN.contains(&format!(" {word} ")) && !sizes.is_some_and(|size| size.parse::<f64>().is_ok())
        })
        .map(str::to_owned)
}

#[test]
fn every_form_has_its_call() {
    let document = parse(include_str!("texts/every_form.md")).document;
    let options = Options {
        pictures: BTreeMap::from([("flow.svg".to_owned(), "picture-1".to_owned())]),
    };
    let program = program(&document, &resolve(&document), &options);
    assert_eq!(foreign(&program), None);
    insta::assert_snapshot!(body(&program));
}

#[test]
fn the_numbered_document_is_set_as_a_standard() {
    let program = set(include_str!("texts/numbered.md"));
    assert_eq!(foreign(&program), None);
    insta::assert_snapshot!(body(&program));
}

#[test]
fn the_date_of_the_file_is_the_texts_own() {
    let dated = |front: &str| set(&format!("+++\n{front}\n+++\n# 范围\n"));
    assert!(
        dated("dates = { publish = 2026-03-01, draft = 2025-01-01 }").contains("datetime(year:2026,month:3,day:1)")
    );
    assert!(dated("dates = { draft = 2025-01-01 }").contains("datetime(year:2025,month:1,day:1)"));
    assert!(dated("id = \"GB/T 1.1—2020\"").contains("datetime(year:2020,month:1,day:1)"));
    assert!(dated("draft = \"草案\"").contains("datetime(year:2000,month:1,day:1)"));
}

#[test]
fn a_line_over_letters_is_a_line_and_no_limit() {
    for (latex, call) in [
        (r"\overline{x}", "#math.overline("),
        (r"\overline{ab}", "#math.overline("),
        (r"\underline{x}", "#math.underline("),
        (r"\bar{x}", "#math.accent("),
    ] {
        let program = set(&format!("# 章\n均值为${latex}$。\n"));
        assert!(body(&program).contains(call), "{latex}: {}", body(&program));
        assert!(!body(&program).contains("math.limits"), "{latex}: {}", body(&program));
    }
}

#[test]
fn what_stands_below_the_lists_is_set() {
    let program = set(crate::LISTS_WITH_CLAUSES);
    let main = program.rsplit("#main-matter[").next().unwrap();
    for words in ["国家标准", "前一组的说明。", "网上的文献", "后一组的说明。"] {
        assert_eq!(main.matches(words).count(), 1, "{words}: {main}");
    }
    assert_eq!(foreign(&program), None);
}

#[test]
fn hostile_texts_stay_literals() {
    for source in [
        "# 章 #panic() [x](y)\n#read(\"/etc/passwd\") \\#eval(\"1\") `#x` $y$ @z <a> // /* \"]#panic()[\" \\\"]#panic()\n",
        "# 章 {#a\"]#panic()}\n见[](#a\"]#panic())。\n\n::: 表 \"]#p {#t 单位=\"\\\"]#p\"}\n| \"]#p | \\ |\n|---|---|\n| \"\\ | [^\"] |\n\n[^\"]: \"]#p\n:::\n",
        "# 章\n$\\text{\"]#panic()}$\n\n$$\n\\text{\"]#p} \\href{\"]#p}{y} \\unknown{\"]#p} \"]\n$$\n",
        "+++\nid = \"\\\"]#p\"\ntitle = \"\\\"]#panic()\"\npublisher = \"\\\"),#p\"\nforeword.owner = \"\\\"]#p\"\n+++\n# 章\n",
        "# 术语和定义\n::: 术语 \"]#p {en=\"#p\" 符号=\"\\\\text{\\\"]#p}\" 领域=\"]\"}\n来源：\"]#p\n:::\n",
        "# 章\n::: 未归位 \"]#p\n\"]#p\n:::\n```\"]#p\n\"]#p\n```\n```参数\n\"\\\"]#p\" = \"\\\"]#p\"\n```\n",
        "# 章\n\u{202e}右\u{202c}\u{0}\u{7}\u{85}\u{2028}文\u{feff}\n",
    ] {
        let program = set(source);
        assert_eq!(foreign(&program), None, "{source}\n{}", body(&program));
    }
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn any_bytes_stay_in_literals(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = parse_bytes(&bytes).document;
        prop_assert_eq!(foreign(&program(&document, &resolve(&document), &Options::default())), None);
    }

    #[test]
    fn any_formula_is_a_sound_program(latex in "(\\\\[a-z]{1,8}|[{}^_&<>\"#/a-z0-9 \\[\\]+=]){0,40}") {
        let program = set(&format!("# 章\n\n::: 公式\n{latex}\n:::\n\n# 尾\n"));
        prop_assert_eq!(foreign(&program), None);
    }
}

/// No line of a paragraph ends within the number of a standard; a cell is narrow, and may.
#[test]
fn the_number_of_a_standard_stays_in_one_piece() {
    let program = set(
        "# 要求\n\n应符合GB/T 18354—2021的规定，见[@GB/T 2589—2020, 5.2]和[@DB50/T 1—2020]规定。\n\n| 依据 |\n|---|\n| GB/T 18354—2021 |\n",
    );
    for piece in [
        "#\"应符合\"#unbroken(\"GB/T 18354—2021\",true,true)#\"的规定，见\"",
        "#unbroken(\"GB/T 2589—2020\",true,false)#\"，5.2\"#\"和\"",
        "#unbroken(\"DB50/T 1—2020\",true,true)#\"规定。\"",
        "[#\"GB/T 18354—2021\"]",
    ] {
        assert!(program.contains(piece), "{piece}: {program}");
    }
}
