//! Word files: sound, complete, with the numbers of the text.

use document::docx::{Options, Picture, file};
use document::model::{Block, BlockKind, Clause, Document, Visit, walk_document};
use document::resolve::{LabelKind, Resolved, resolve};
use document::source::{parse, parse_bytes};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

const NUMBERED: &str = include_str!("texts/numbered.md");
const EVERY_FORM: &str = include_str!("texts/every_form.md");

/// The parts of a file.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

fn text_of(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

/// An element: its name and attributes.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// The elements of a part; fails where it is not well formed.
fn read(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        (attribute.key.as_ref().to_owned(), attribute.value.to_string())
                    })
                    .collect();
                found.push(Element {
                    name: name.clone(),
                    attributes,
                });
                if matches!(event, Event::Start(_)) {
                    open.push(name);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn word(source: &str) -> Vec<u8> {
    let document = parse(source).document;
    file(&document, &resolve(&document), &Options::default()).unwrap()
}

fn texts() -> Vec<(String, String)> {
    let mut texts = crate::shelf::texts()
        .into_iter()
        .map(|(path, text)| (path.display().to_string(), text))
        .collect::<Vec<_>>();
    texts.push(("numbered".to_owned(), NUMBERED.to_owned()));
    texts.push(("every form".to_owned(), EVERY_FORM.to_owned()));
    texts.push(("nothing".to_owned(), String::new()));
    texts
}

/// Says what is wrong with a file's structure.
fn faults(bytes: &[u8]) -> Vec<String> {
    let parts = parts(bytes);
    let mut faults = Vec::new();
    for (name, bytes) in parts
        .iter()
        .filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels"))
    {
        read(std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{name}")));
    }
    // Every relation leads to a part, and every id that is used is one.
    for (owner, relations) in [
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("", "_rels/.rels"),
    ] {
        let known: BTreeMap<String, String> = read(&text_of(&parts, relations))
            .iter()
            .filter(|element| element.name == "Relationship")
            .map(|element| {
                let target = &element.attributes["Target"];
                if element.attributes.get("TargetMode").is_none() {
                    let whole = if owner.is_empty() {
                        target.clone()
                    } else {
                        match target.strip_prefix("../") {
                            Some(up) => up.to_owned(),
                            None => format!("word/{target}"),
                        }
                    };
                    if !parts.contains_key(&whole) {
                        faults.push(format!("no part {whole}"));
                    }
                }
                (element.attributes["Id"].clone(), target.clone())
            })
            .collect();
        if !owner.is_empty() {
            for element in read(&text_of(&parts, owner)) {
                for key in ["r:id", "r:embed"] {
                    if let Some(id) = element.attributes.get(key)
                        && !known.contains_key(id)
                    {
                        faults.push(format!("{} has no relation {id}", element.name));
                    }
                }
            }
        }
    }
    // Every part has a type.
    let types = read(&text_of(&parts, "[Content_Types].xml"));
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let typed = types.iter().any(|element| {
            element
                .attributes
                .get("PartName")
                .is_some_and(|part| part[1..] == **name)
                || element
                    .attributes
                    .get("Extension")
                    .is_some_and(|ending| name.ends_with(&format!(".{ending}")))
        });
        if !typed {
            faults.push(format!("{name} has no type"));
        }
    }
    // Every style, list, comment, footnote and bookmark that is named exists.
    let named = |part: &str, element: &str, attribute: &str| -> BTreeSet<String> {
        read(&text_of(&parts, part))
            .into_iter()
            .filter(|found| found.name == element)
            .filter_map(|mut found| found.attributes.remove(attribute))
            .collect()
    };
    let styles = named("word/styles.xml", "w:style", "w:styleId");
    for part in parts
        .keys()
        .filter(|name| name.starts_with("word/") && name.ends_with(".xml"))
    {
        for element in read(&text_of(&parts, part)) {
            let is_style = matches!(
                element.name.as_str(),
                "w:pStyle" | "w:rStyle" | "w:tblStyle" | "w:basedOn" | "w:next"
            );
            if is_style && !styles.contains(&element.attributes["w:val"]) {
                faults.push(format!("{part}: no style {}", element.attributes["w:val"]));
            }
        }
    }
    let lists = named("word/numbering.xml", "w:num", "w:numId");
    let used = named("word/document.xml", "w:numId", "w:val");
    faults.extend(
        used.iter()
            .filter(|number| *number != "0" && !lists.contains(*number))
            .map(|number| format!("no list {number}")),
    );
    for (part, element, mark) in [
        ("word/footnotes.xml", "w:footnote", "w:footnoteReference"),
        ("word/comments.xml", "w:comment", "w:commentReference"),
    ] {
        let known = named(part, element, "w:id");
        let used = named("word/document.xml", mark, "w:id");
        faults.extend(used.difference(&known).map(|id| format!("{element} {id} is missing")));
    }
    let xml = text_of(&parts, "word/document.xml");
    let starts = read(&xml);
    let mut names = BTreeSet::new();
    for element in starts.iter().filter(|element| element.name == "w:bookmarkStart") {
        if !names.insert(element.attributes["w:name"].clone()) {
            faults.push(format!("bookmark {} twice", element.attributes["w:name"]));
        }
    }
    for code in xml.split("REF _bc").skip(1) {
        let name = format!("_bc{}", code.split(' ').next().unwrap_or_default());
        if !names.contains(&name) {
            faults.push(format!("a field refers to {name}, which is not there"));
        }
    }
    for element in starts.iter().filter(|element| element.name == "w:hyperlink") {
        if let Some(anchor) = element.attributes.get("w:anchor")
            && !names.contains(anchor)
        {
            faults.push(format!("a link to {anchor}, which is not there"));
        }
    }
    let mut cells: Vec<&str> = xml.split("</w:tc>").collect();
    cells.pop();
    if !cells.iter().all(|cell| cell.ends_with("</w:p>")) {
        faults.push("a cell that ends without paragraph".to_owned());
    }
    faults
}

#[test]
fn every_file_is_sound() {
    for (name, source) in texts() {
        assert_eq!(faults(&word(&source)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn no_style_hands_down_an_indent_in_characters() {
    // In Word `firstLineChars` of a style wins over `firstLine` of those based on it: titles and items would be indented.
    let file = word("# 范围\n本文件规定了外观。\n");
    let (mut style, mut based, mut by_characters) = (String::new(), Vec::new(), BTreeSet::new());
    for Element { name, attributes, .. } in read(&text_of(&parts(&file), "word/styles.xml")) {
        match name.as_str() {
            "w:style" => style.clone_from(&attributes["w:styleId"]),
            "w:basedOn" => based.push(attributes["w:val"].clone()),
            "w:ind" if attributes.contains_key("w:firstLineChars") => {
                by_characters.insert(style.clone());
            }
            _ => {}
        }
    }
    assert!(!based.is_empty());
    let handed: Vec<&String> = based.iter().filter(|style| by_characters.contains(*style)).collect();
    assert_eq!(handed, Vec::<&String>::new());
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert_eq!(word(NUMBERED), word(NUMBERED));
}

/// What Word shows: its lists counted, the results of fields taken.
mod shown {
    use super::{BTreeMap, Element, read, text_of};
    use quick_xml::Reader;
    use quick_xml::events::Event;

    /// A paragraph as it is shown.
    #[derive(Debug, Default, Clone)]
    pub struct Line {
        pub style: String,
        /// What the list prints.
        pub number: String,
        pub text: String,
        pub bookmarks: Vec<String>,
    }

    /// The levels of a list: pattern and format, and where it is known by a style.
    struct Lists {
        patterns: BTreeMap<(String, usize), (String, String)>,
        lists: BTreeMap<String, String>,
        by_style: BTreeMap<String, (String, usize)>,
        counts: BTreeMap<String, [usize; 9]>,
    }

    impl Lists {
        fn of(parts: &BTreeMap<String, Vec<u8>>) -> Self {
            let mut lists = Self {
                patterns: BTreeMap::new(),
                lists: BTreeMap::new(),
                by_style: BTreeMap::new(),
                counts: BTreeMap::new(),
            };
            let (mut list, mut level, mut number) = (String::new(), 0, String::new());
            let mut format = String::new();
            for element in read(&text_of(parts, "word/numbering.xml")) {
                let value = element.attributes.get("w:val").cloned().unwrap_or_default();
                match element.name.as_str() {
                    "w:abstractNum" => list.clone_from(&element.attributes["w:abstractNumId"]),
                    "w:lvl" => level = element.attributes["w:ilvl"].parse().unwrap(),
                    "w:numFmt" => format = value,
                    "w:lvlText" => {
                        lists.patterns.insert((list.clone(), level), (value, format.clone()));
                    }
                    "w:num" => number.clone_from(&element.attributes["w:numId"]),
                    "w:abstractNumId" => {
                        lists.lists.insert(number.clone(), value);
                    }
                    _ => {}
                }
            }
            let mut style = String::new();
            let mut level = 0;
            for Element { name, attributes, .. } in read(&text_of(parts, "word/styles.xml")) {
                let value = attributes.get("w:val").cloned().unwrap_or_default();
                match name.as_str() {
                    "w:style" => style.clone_from(&attributes["w:styleId"]),
                    "w:ilvl" => level = value.parse().unwrap(),
                    "w:numId" => {
                        lists.by_style.insert(style.clone(), (value, level));
                    }
                    _ => {}
                }
            }
            lists
        }

        fn count(&mut self, style: &str, own: Option<(String, usize)>) -> String {
            let Some((number, level)) = own.or_else(|| self.by_style.get(style).cloned()) else {
                return String::new();
            };
            let Some(list) = self.lists.get(&number).cloned() else {
                return String::new();
            };
            // Lists of one pattern that begin anew count for themselves; chapters and annexes are one list each.
            let counts = self.counts.entry(number).or_default();
            counts[level] += 1;
            counts[level + 1..].fill(0);
            let mut text = self.patterns[&(list.clone(), level)].0.clone();
            for (at, count) in counts.iter().enumerate() {
                let format = self.patterns[&(list.clone(), at)].1.as_str();
                let shown = match format {
                    "upperLetter" => document::resolve::letter(*count),
                    "lowerLetter" => document::resolve::letter(*count).to_lowercase(),
                    _ => count.to_string(),
                };
                text = text.replace(&format!("%{}", at + 1), &shown);
            }
            text
        }
    }

    /// The paragraphs, in order, those of tables too.
    pub fn lines(parts: &BTreeMap<String, Vec<u8>>) -> Vec<Line> {
        let mut lists = Lists::of(parts);
        let xml = text_of(parts, "word/document.xml");
        let mut reader = Reader::from_str(&xml);
        let mut lines = Vec::new();
        let mut line = Line::default();
        let mut own: (Option<usize>, Option<String>) = (None, None);
        let (mut in_text, mut waiting) = (false, Vec::new());
        loop {
            let event = reader.read_event().unwrap();
            match event {
                Event::Start(ref start) | Event::Empty(ref start) => {
                    let get = |name: &str| -> String {
                        start
                            .attributes()
                            .flatten()
                            .find(|attribute| attribute.key.as_ref() == name)
                            .map(|attribute| attribute.value.to_string())
                            .unwrap_or_default()
                    };
                    match start.name().as_ref() {
                        "w:p" => {
                            line = Line {
                                bookmarks: std::mem::take(&mut waiting),
                                ..Line::default()
                            };
                            own = (None, None);
                        }
                        "w:pStyle" => line.style = get("w:val"),
                        "w:ilvl" => own.0 = get("w:val").parse().ok(),
                        "w:numId" => own.1 = Some(get("w:val")),
                        "w:bookmarkStart" => {
                            line.bookmarks.push(get("w:name"));
                            waiting.push(get("w:name"));
                        }
                        "w:t" | "m:t" => in_text = matches!(event, Event::Start(_)),
                        "w:br" => line.text.push('\n'),
                        "w:tab" if !line.style.is_empty() => line.text.push('\t'),
                        _ => {}
                    }
                }
                Event::Text(ref text) if in_text => line.text.push_str(text),
                Event::GeneralRef(ref name) if in_text => line.text.push_str(match &**name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    other => panic!("{other}"),
                }),
                Event::End(ref end) => match end.name().as_ref() {
                    "w:t" | "m:t" => in_text = false,
                    "w:p" => {
                        waiting.clear();
                        let list = own.1.clone().map(|number| (number, own.0.unwrap_or(0)));
                        line.number = lists.count(&line.style, list);
                        lines.push(std::mem::take(&mut line));
                    }
                    _ => {}
                },
                Event::Eof => return lines,
                _ => {}
            }
        }
    }
}

/// The clauses and terms of a text with their numbers and titles, as the model has them.
fn numbered(document: &Document, resolved: &Resolved) -> Vec<(String, String)> {
    struct Numbers<'a>(Vec<(String, String)>, &'a Resolved);
    impl<'a> Visit<'a> for Numbers<'_> {
        fn clause(&mut self, clause: &'a Clause, _depth: usize) {
            let Some(label) = self.1.label(&clause.id) else { return };
            if label.kind == LabelKind::Titled {
                return;
            }
            let title = match &clause.heading {
                Some(heading) => document::model::plain_text(&heading.title),
                None => String::new(),
            };
            self.0.push((label.caption(document::model::TextLanguage::Zh), title));
        }

        fn block(&mut self, block: &'a Block) {
            if matches!(block.kind, BlockKind::Term(_) | BlockKind::Note(_))
                && let Some(label) = self.1.label(&block.id)
            {
                self.0
                    .push((label.caption(document::model::TextLanguage::Zh), String::new()));
            }
        }
    }
    let mut numbers = Numbers(Vec::new(), resolved);
    walk_document(document, &mut numbers);
    numbers.0
}

#[test]
fn what_word_counts_is_what_the_text_has() {
    for (name, source) in texts() {
        let document = parse(&source).document;
        let resolved = resolve(&document);
        let lines = shown::lines(&parts(&word(&source)));
        let mut numbers = lines.iter().filter(|line| {
            let first = line.number.chars().next().unwrap_or(' ');
            first.is_ascii_digit() && !line.number.ends_with(')')
                || first.is_ascii_uppercase()
                || "附注".contains(first)
        });
        for (number, title) in numbered(&document, &resolved) {
            let line = numbers.next().unwrap_or_else(|| panic!("{name}: {number} is missing"));
            assert_eq!(line.number, number, "{name}: {line:?}");
            assert!(
                line.text.replace('\n', "").contains(&title),
                "{name}: {title} in {line:?}"
            );
        }
        assert!(numbers.next().is_none(), "{name}");
    }
}

#[test]
fn references_show_what_the_text_has() {
    let lines = shown::lines(&parts(&word(NUMBERED)));
    let line = |words: &str| {
        lines
            .iter()
            .find(|line| line.text.contains(words))
            .unwrap_or_else(|| panic!("{words}"))
            .text
            .clone()
    };
    assert_eq!(
        line("检验，见公式"),
        "　应按GB/T 9.2—2010，4.1检验，见公式（1）、附录A、表1、表A.1、0.1、第5章。"
    );
    assert_eq!(line("见4.1 a)"), "见4.1 a)、4.1 b) 1)。");
    let caption = |words: &str| lines.iter().find(|line| line.text.ends_with(words)).unwrap();
    assert_eq!(caption("　限值").text, "表1　限值");
    assert_eq!(caption("　用量").text, "表A.1　用量");
}

#[test]
fn fields_compute_what_they_show() {
    let parts = parts(&word(NUMBERED));
    let xml = text_of(&parts, "word/document.xml");
    for code in [
        " REF _bc",
        " SEQ 表 ",
        " SEQ 表A ",
        " SEQ 公式 ",
        " TOC ",
        " PAGEREF _bc",
    ] {
        assert!(xml.contains(code), "{code}");
    }
    let marks: BTreeSet<&str> = xml
        .split("<w:bookmarkStart ")
        .skip(1)
        .filter_map(|rest| rest.split("w:name=\"").nth(1)?.split('"').next())
        .collect();
    for rest in xml.split("REF _bc").skip(1) {
        let name = format!("_bc{}", rest.split(' ').next().unwrap());
        assert!(marks.contains(name.as_str()), "{name}");
    }
    let opened = xml.matches("fldCharType=\"begin\"").count();
    assert_eq!(opened, xml.matches("fldCharType=\"separate\"").count());
    assert_eq!(opened, xml.matches("fldCharType=\"end\"").count());
    let header = text_of(&parts, "word/header-odd.xml");
    assert!(header.contains("STYLEREF &quot;标准文件_文件编号&quot;") && header.contains("GB/T 9535.2—2026"));
}

#[test]
fn cells_that_reach_over_others_do_so_in_word() {
    let parts = parts(&word(EVERY_FORM));
    let xml = text_of(&parts, "word/document.xml");
    let table = xml.split("<w:tbl>").nth(1).unwrap().split("</w:tbl>").next().unwrap();
    let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
    assert_eq!(rows.iter().filter(|row| row.contains("<w:tblHeader/>")).count(), 2);
    assert!(rows[0].contains("<w:gridSpan w:val=\"2\"/>") && rows[0].contains("<w:vMerge w:val=\"restart\"/>"));
    assert!(rows[1].contains("<w:vMerge/>"));
    // What each row covers is the whole width.
    for row in &rows {
        let covered: usize = row
            .split("<w:tc>")
            .skip(1)
            .map(|cell| {
                cell.split("<w:gridSpan w:val=\"")
                    .nth(1)
                    .map_or(1, |rest| rest.split('"').next().unwrap().parse().unwrap())
            })
            .sum();
        assert_eq!(covered, 3, "{row}");
    }
    assert!(xml.contains("单位为毫米"));
}

#[test]
fn comments_footnotes_pictures_and_the_source_are_there() {
    let document = parse(EVERY_FORM).document;
    let mut options = Options::default();
    let png = Picture {
        ending: "png".to_owned(),
        bytes: vec![0; 30],
        raster: None,
    };
    let svg = Picture {
        ending: "svg".to_owned(),
        bytes: b"<svg viewBox=\"0 0 10 10\"></svg>".to_vec(),
        raster: Some(vec![1; 30]),
    };
    options.pictures.insert("a.png".to_owned(), png);
    options.pictures.insert("flow.svg".to_owned(), svg);
    let bytes = file(&document, &resolve(&document), &options).unwrap();
    assert_eq!(faults(&bytes), Vec::<String>::new());
    let parts = parts(&bytes);
    let comments = text_of(&parts, "word/comments.xml");
    assert!(comments.contains("待核实") && comments.contains("整块注释"));
    assert!(text_of(&parts, "word/footnotes.xml").contains("抽样数量由双方商定。"));
    assert_eq!(parts.keys().filter(|name| name.starts_with("word/media/")).count(), 3);
    assert!(text_of(&parts, "word/document.xml").contains("asvg:svgBlip"));
    let kept = text_of(&parts, "customXml/item1.xml");
    assert!(kept.contains("::: 公式 {#eq-score}") && kept.contains("&lt;!-- 待核实 --&gt;"));
}

#[test]
fn an_svg_without_raster_has_an_empty_one_beside_it() {
    let document = parse("# 章\n\n::: 图 题\n![流程](a.svg)\n:::\n").document;
    let mut options = Options::default();
    let picture = Picture {
        ending: "svg".to_owned(),
        bytes: b"<svg width=\"10\" height=\"10\"></svg>".to_vec(),
        raster: None,
    };
    options.pictures.insert("a.svg".to_owned(), picture);
    let parts = parts(&file(&document, &resolve(&document), &options).unwrap());
    assert!(parts["word/media/image2.png"].starts_with(b"\x89PNG"));
    assert!(text_of(&parts, "word/document.xml").contains("asvg:svgBlip"));
}

#[test]
fn a_formula_is_words_own() {
    let xml = text_of(
        &parts(&word("# 章\n\n::: 公式 {#a}\n\\frac{a}{b}\n:::\n")),
        "word/document.xml",
    );
    let formula = xml.split("<w:pStyle w:val=\"GongShi\"/>").nth(1).unwrap();
    insta::assert_snapshot!(formula.split("</w:p>").next().unwrap());
}

proptest! {
    #![proptest_config(crate::cases(25))]

    #[test]
    fn any_bytes_become_a_sound_file(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = parse_bytes(&bytes).document;
        let bytes = file(&document, &resolve(&document), &Options::default()).unwrap();
        prop_assert_eq!(faults(&bytes), Vec::<String>::new());
    }

    #[test]
    fn any_pieces_become_a_sound_file(
        pieces in prop::collection::vec(prop::sample::select(crate::round_trip::PIECES), 0..40)
    ) {
        let bytes = word(&pieces.concat());
        prop_assert_eq!(faults(&bytes), Vec::<String>::new());
    }
}
