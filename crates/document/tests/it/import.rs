//! Word files come back as sources.

use document::docx::{Options, Picture, file};
use document::import::{Imported, docx};
use document::model::{
    Block, BlockKind, Clause, CrossReference, Document, Id, InlineKind, Visit, plain_text, walk_document,
};
use document::resolve::resolve;
use document::source::{parse, print};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A Word file of these parts.
pub fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in parts {
        packed.start_file(*name, options).unwrap();
        packed.write_all(text.as_bytes()).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// A Word file whose body this is.
pub fn with_body(body: &str) -> Vec<u8> {
    pack(&[(
        "word/document.xml",
        &format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
    )])
}

fn line(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn read(bytes: &[u8]) -> Imported {
    docx(bytes, "甲.files").unwrap()
}

/// The file without the source that it carries.
pub fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if !name.starts_with("customXml/") {
            packed
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            packed.write_all(&bytes).unwrap();
        }
    }
    packed.finish().unwrap().into_inner()
}

/// A file with another text in it, where the text stands last.
fn changed_once(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.rfind(from).unwrap_or_else(|| panic!("{from}"));
            let (before, after) = text.split_at(at);
            bytes = format!("{before}{to}{}", &after[from.len()..]).into_bytes();
        }
        packed
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        packed.write_all(&bytes).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn pictures(path: &Path) -> Options {
    let mut options = Options::default();
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some((_, ending)) = name.rsplit_once('.')
            && ["png", "svg", "jpg"].contains(&ending)
        {
            let picture = Picture {
                ending: ending.to_owned(),
                bytes: std::fs::read(entry.path()).unwrap(),
                raster: Some(vec![7; 40]),
            };
            options.pictures.insert(name, picture);
        }
    }
    options
}

/// Every example as a Word file.
fn built() -> Vec<(PathBuf, String, Vec<u8>)> {
    crate::shelf::texts()
        .into_iter()
        .map(|(path, text)| {
            let document = parse(&text).document;
            let bytes = file(&document, &resolve(&document), &pictures(&path)).unwrap();
            (path, text, bytes)
        })
        .collect()
}

#[test]
fn what_was_built_comes_back_as_it_was() {
    for (path, text, bytes) in built() {
        let imported = read(&bytes);
        assert_eq!(imported.report.origin, "kept", "{}", path.display());
        assert_eq!(imported.source, text, "{}", path.display());
        for (name, bytes) in &imported.files {
            assert_eq!(*bytes, std::fs::read(path.parent().unwrap().join(name)).unwrap());
        }
    }
    for text in [
        include_str!("texts/every_form.md"),
        include_str!("texts/numbered.md"),
        "",
    ] {
        let document = parse(text).document;
        let bytes = file(&document, &resolve(&document), &Options::default()).unwrap();
        let imported = read(&bytes);
        assert_eq!((imported.report.origin, imported.source), ("kept", print(&document)));
    }
}

/// Clauses and terms: depth, number, title.
fn outline(document: &Document) -> Vec<String> {
    struct Lines<'a>(Vec<String>, &'a document::resolve::Resolved);
    impl<'a> Visit<'a> for Lines<'_> {
        fn clause(&mut self, clause: &'a Clause, depth: usize) {
            let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
            self.0.push(format!(
                "{depth} {} {}",
                self.1.number(&clause.id),
                title.unwrap_or_default()
            ));
        }

        fn block(&mut self, block: &'a Block) {
            match &block.kind {
                BlockKind::Term(term) => self
                    .0
                    .push(format!("{} {}", self.1.number(&block.id), term.preferred.text)),
                BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Formula(_) => {
                    self.0.extend(
                        self.1
                            .label(&block.id)
                            .map(|label| label.caption(document::model::TextLanguage::Zh)),
                    );
                }
                _ => {}
            }
        }
    }
    let resolved = resolve(document);
    let mut lines = Lines(Vec::new(), &resolved);
    walk_document(document, &mut lines);
    lines.0
}

/// Without its own source a file of ours is read by its styles, and has the same clauses with the same numbers.
#[test]
fn without_its_source_a_file_is_read_by_its_styles() {
    for (path, text, bytes) in built() {
        let imported = read(&bare(&bytes));
        assert_eq!(imported.report.origin, "word");
        let first = parse(&text).document;
        // Data become tables; forewords are written out.
        let lines = |document: &Document| -> Vec<String> {
            outline(document)
                .into_iter()
                .filter(|line| !line.contains("前言") && !line.starts_with('表') && !line.starts_with('（'))
                .collect()
        };
        assert_eq!(
            lines(&imported.document),
            lines(&first),
            "{}\n{}",
            path.display(),
            imported.source
        );
        assert_eq!(imported.document.front.designation, first.front.designation);
        assert_eq!(imported.document.front.title, first.front.title);
        assert!(imported.report.blocks.iter().all(|block| block.confidence > 0));
    }
}

/// Lines that one text has and the other has not.
fn different(one: &str, other: &str) -> Vec<String> {
    let count = |text: &str| {
        let mut lines: BTreeMap<String, i32> = BTreeMap::new();
        text.lines()
            .for_each(|line| *lines.entry(line.to_owned()).or_default() += 1);
        lines
    };
    let (mut one, other) = (count(one), count(other));
    for (line, times) in other {
        *one.entry(line).or_default() -= times;
    }
    one.into_iter()
        .filter(|(_, times)| *times != 0)
        .map(|(line, times)| format!("{} {line}", if times > 0 { '-' } else { '+' }))
        .collect()
}

#[test]
fn a_change_in_word_changes_that_line_alone() {
    let texts = built();
    let mut tried = 0;
    for (file, from, to) in [
        ("vehicle-shredding/specification.md", "破碎后", "压碎之后"),
        ("5g-factory.md", "连续运行不少于三个月", "连续运行不少于六个月"),
        ("low-carbon-park.md", "本文件适用于", "本文件只适用于"),
        ("international-care/service.md", "境外患者", "外国患者"),
        ("nursing-home-credit.md", "应扣5分", "应扣8分"),
    ] {
        let Some((path, text, bytes)) = texts.iter().find(|(path, ..)| path.ends_with(file)) else {
            panic!("{file}");
        };
        let imported = read(&changed_once(bytes, from, to));
        assert_eq!(imported.report.origin, "merged", "{}", path.display());
        assert!(
            imported
                .report
                .warnings
                .iter()
                .any(|warning| warning.message.id() == "import-changed")
        );
        let lines = different(text, &imported.source);
        assert!(lines.len() <= 4, "{}: {lines:#?}", path.display());
        assert!(
            lines.iter().any(|line| line.contains(to)),
            "{}: {lines:#?}",
            path.display()
        );

        tried += 1;
    }
    assert_eq!(tried, 5);
}

#[test]
fn plain_paragraphs_are_known_by_their_words() {
    let body = [
        "1 范围",
        "本文件规定了外观的要求。",
        "2　规范性引用文件",
        "GB/T 2912.1—2009 纺织品",
        "3 要求",
        "3.1 外观",
        "应符合下列要求：",
        "a) 甲；",
        "1) 甲一；",
        "b) 乙。",
        "注1：甲。",
        "注2：乙。",
        "3.2 尺寸应符合表1的规定。",
        "表1 尺寸",
    ]
    .map(line)
    .concat();
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>\
                 <w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc>\
                 <w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r>\
                 <w:t>共</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let after = [
        "附录A",
        "（资料性）",
        "记录表",
        "A.1 一般",
        "记录。",
        "参考文献",
        "[1] 某书",
    ]
    .map(line)
    .concat();
    let after = after.replace(
        "<w:p><w:r><w:t>参考文献",
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>参考文献",
    );
    let after = after.replace(
        "<w:p><w:r><w:t>记录表",
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>记录表",
    );
    let imported = read(&with_body(&(body + table + &after)));
    insta::assert_snapshot!(imported.source);
}

#[test]
fn changes_comments_formulas_pictures_and_objects_are_kept() {
    let body = "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>要求</w:t></w:r></w:p>\
        <w:p><w:r><w:t>厚度</w:t></w:r><w:del w:author=\"甲\" w:date=\"2026-01-02T00:00:00Z\"><w:r><w:delText>不得</w:delText></w:r></w:del>\
        <w:ins w:author=\"乙\"><w:r><w:t>不应</w:t></w:r></w:ins><w:r><w:t>小于</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r>\
        </m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath><w:r><w:commentReference w:id=\"7\"/></w:r>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>。</w:t></w:r></w:p>\
        <w:p><w:r><w:object><v:shape><v:imagedata r:id=\"rId1\"/></v:shape></w:object></w:r></w:p>\
        <w:p><w:r><w:t>图1 结构</w:t></w:r></w:p>";
    let bytes = pack(&[
        (
            "word/document.xml",
            &format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/comments.xml",
            &format!(
                "<w:comments {SPACES}><w:comment w:id=\"7\" w:author=\"丙\"><w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment></w:comments>"
            ),
        ),
        (
            "word/footnotes.xml",
            &format!(
                "<w:footnotes {SPACES}><w:footnote w:id=\"2\"><w:p><w:r><w:t>见说明</w:t></w:r></w:p></w:footnote></w:footnotes>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"media/image1.wmf\"/></Relationships>",
        ),
        ("word/media/image1.wmf", "wmf"),
    ]);
    let imported = read(&bytes);
    insta::assert_snapshot!(imported.source);
    assert_eq!(imported.files["甲.files/image1.wmf"], b"wmf");
    assert_eq!((imported.report.changes, imported.report.comments), (2, 1));
    let told: Vec<&str> = imported
        .report
        .warnings
        .iter()
        .map(|warning| warning.message.id())
        .collect();
    assert_eq!(told, ["import-picture-kind", "import-embedded"]);
}

/// What is inserted or linked may look as the words beside it.
#[test]
fn changes_and_links_are_found_among_words_that_look_alike() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p><w:p>{}<w:ins w:author=\"甲\">{}</w:ins><w:ins w:author=\"甲\">{}\
         </w:ins>{}<w:hyperlink r:id=\"rId1\">{}</w:hyperlink>{}</w:p>",
        run("要求"),
        run("应在"),
        run("4"),
        run("小时内"),
        run("上架，见"),
        run("说明"),
        run("。"),
    );
    let bytes = pack(&[
        (
            "word/document.xml",
            &format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"https://example.org/a\" TargetMode=\"External\"/></Relationships>",
        ),
    ]);
    let imported = read(&bytes);
    let expected = "应在4小时内<!-- 修订 插入 甲 ：4小时内 -->上架，见[说明](https://example.org/a)。";
    assert!(imported.source.contains(expected), "{}", imported.source);
    assert_eq!(imported.report.changes, 1);
}

#[test]
fn files_that_are_none_are_refused_with_a_reason() {
    let refused = |bytes: &[u8]| docx(bytes, "").unwrap_err().message().id();
    assert_eq!(refused(b""), "import-no-zip");
    assert_eq!(refused(b"# \xe8\x8c\x83\xe5\x9b\xb4\n"), "import-no-zip");
    assert_eq!(refused(&[0xd0, 0xcf, 0x11, 0xe0, 0]), "import-old-word");
    assert_eq!(refused(&pack(&[("xl/workbook.xml", "<a/>")])), "import-not-word");
    assert_eq!(
        refused(&pack(&[("word/document.xml", "<w:document><w:body>")])),
        "import-broken-part"
    );
    let deep = format!(
        "<w:document {SPACES}><w:body>{}</w:body></w:document>",
        "<w:sdt>".repeat(5_000)
    );
    assert_eq!(refused(&pack(&[("word/document.xml", &deep)])), "import-too-large");
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // 1 GB of blanks in a file of 1 MB.
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    packed
        .start_file("word/document.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..100 {
        packed.write_all(&blanks).unwrap();
    }
    let bytes = packed.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(docx(&bytes, "").unwrap_err().message().id(), "import-too-large");
}

/// The drafts that lie beside the project on some machines.
fn drafts() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/word_drafts");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: no drafts in {}", folder.display());
    None
}

/// The words of a text as they are compared: no blanks, none of the marks of the dialect.
pub fn bald(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"\\*`~^$[](){}<>|#:!\u{3000}_".contains(*c))
        .map(|c| if c == '—' { '-' } else { c })
        .collect()
}

/// Paragraphs of a body, read by a plain loop and not by the importer: place, words, whether of the contents.
fn paragraphs(bytes: &[u8]) -> Vec<(usize, String)> {
    use quick_xml::Reader;
    use quick_xml::events::Event;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let mut reader = Reader::from_str(&xml);
    let (mut depth, mut place, mut found) = (0_usize, 0_usize, Vec::new());
    let mut open: Vec<(usize, String)> = Vec::new();
    let (mut in_text, mut in_contents, mut fallback) = (false, 0_usize, 0_usize);
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(ref start) => {
                depth += 1;
                match start.name().as_ref() {
                    "w:p" => open.push((place, String::new())),
                    "w:t" => in_text = true,
                    "mc:Fallback" => fallback = depth,
                    "w:sdt" if depth == 3 => in_contents = depth,
                    _ => {}
                }
            }
            Event::Text(ref text) if in_text && fallback == 0 => {
                if let Some((_, words)) = open.last_mut() {
                    words.push_str(text);
                }
            }
            Event::GeneralRef(ref name) if in_text && fallback == 0 => {
                if let Some((_, words)) = open.last_mut() {
                    words.push_str(match &**name {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        _ => "",
                    });
                }
            }
            Event::Empty(_) => {
                if depth == 2 {
                    place += 1;
                }
            }
            Event::End(ref end) => {
                match end.name().as_ref() {
                    "w:p" => {
                        let (at, words) = open.pop().unwrap();
                        if !words.trim().is_empty() && in_contents == 0 {
                            found.push((at, words));
                        }
                    }
                    "w:t" => in_text = false,
                    _ => {}
                }
                if fallback == depth {
                    fallback = 0;
                }
                if in_contents == depth {
                    in_contents = 0;
                }
                depth -= 1;
                if depth == 2 {
                    place += 1;
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Everything that a document says, front matter included.
pub fn said(document: &Document) -> String {
    struct Words(String);
    impl<'a> Visit<'a> for Words {
        fn inline(&mut self, inline: &'a document::model::Inline) {
            if let InlineKind::Comment(words) = &inline.kind {
                self.0.push_str(words);
            }
        }

        fn block(&mut self, block: &'a Block) {
            match &block.kind {
                BlockKind::Term(term) => {
                    self.0.push_str(&term.preferred.text);
                    self.0.push_str(&term.english.join("; "));
                }
                // No character is escaped in it.
                BlockKind::Listing { text, .. } => self.0.push_str(text),
                _ => {}
            }
        }
    }
    let cover = serde_json::to_string(&resolve(document).cover).unwrap();
    let mut words = Words(cover + &document.front.title.zh());
    walk_document(document, &mut words);
    bald(&(words.0 + &print(document)))
}

/// The source without marks of footnotes, comments and addresses, which stand between words, and with references as
/// they are shown.
pub fn shown(imported: &Imported) -> String {
    let resolved = resolve(&imported.document);
    let mut out = String::new();
    let mut rest = imported.source.as_str();
    let marks = [("[^", "]"), ("<!--", "-->"), ("](http", ")"), ("[](#", ")")];
    while let Some((at, (begin, end))) = marks
        .iter()
        .filter_map(|mark| Some((rest.find(mark.0)?, *mark)))
        .min_by_key(|(at, _)| *at)
    {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (inner, after) = from[begin.len()..].split_once(end).unwrap_or_default();
        if begin == "[](#" {
            let target = CrossReference {
                target: Id::written(inner),
                words: Vec::new(),
            };
            out.push_str(
                &resolved
                    .reference(&target, document::model::TextLanguage::Zh)
                    .unwrap_or_default(),
            );
        }
        rest = after;
    }
    out + rest
}

/// What stands around mentions of 图E.2.1, whose number is made anew.
pub fn around<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let number = |c: char| c.is_ascii_alphanumeric() || c == '.';
    text.split(word).map(move |part| part.trim_start_matches(number))
}

/// Tables and the cells that begin in them.
fn cells(document: &Document) -> (usize, usize) {
    struct Cells(usize, usize);
    impl<'a> Visit<'a> for Cells {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Table(table) = &block.kind {
                self.0 += 1;
                self.1 += table.rows().map(|row| row.cells.len()).sum::<usize>();
            }
        }
    }
    let mut cells = Cells(0, 0);
    walk_document(document, &mut cells);
    (cells.0, cells.1)
}

#[test]
fn drafts_of_others_come_in_with_all_they_say() {
    let Some(folder) = drafts() else { return };
    let truth = include_str!("texts/word_drafts.tsv");
    let mut failed = Vec::new();
    for name in ["draft-1", "draft-2"] {
        let bytes = std::fs::read(folder.join(format!("{name}.docx"))).unwrap();
        let imported = read(&bytes);
        if let Some(to) = std::env::var_os("BIAOCHI_SHOW") {
            std::fs::write(Path::new(&to).join(format!("{name}.md")), &imported.source).unwrap();
            let report = serde_json::to_string_pretty(&imported.report.json(language::Lang::Zh)).unwrap();
            std::fs::write(Path::new(&to).join(format!("{name}.json")), report).unwrap();
        }
        // Headings with their levels.
        let expected: BTreeMap<usize, usize> = truth
            .lines()
            .filter_map(|line| {
                let mut parts = line.split('\t');
                (parts.next() == Some(name)).then_some(())?;
                Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
            })
            .collect();
        let taken: BTreeMap<usize, usize> = imported
            .report
            .blocks
            .iter()
            .filter_map(|block| Some((block.place, block.level?)))
            .collect();
        let right = expected
            .iter()
            .filter(|(place, level)| taken.get(place) == Some(level))
            .count();
        let invented = taken.keys().filter(|place| !expected.contains_key(place)).count();
        println!(
            "{name}: {right} of {} headings right, {invented} taken for headings that are none",
            expected.len()
        );
        for (place, level) in &expected {
            if taken.get(place) != Some(level) {
                println!("  {place}: {level}, taken {:?}", taken.get(place));
            }
        }
        for place in taken.keys().filter(|place| !expected.contains_key(place)) {
            println!("  {place}: taken {:?}, none", taken.get(place));
        }
        // Texts.
        let all = said(&imported.document) + &bald(&shown(&imported));
        let paragraphs = paragraphs(&bytes);
        let mut lost = Vec::new();
        for (place, words) in &paragraphs {
            // Made anew: the title of the contents, a label without a number, days that are not set, the nature of an annex.
            if matches!(bald(words).as_str(), "目次" | "备案号：" | "（资料性附录）")
                || words.starts_with("××××-××-××")
                || words.contains("****")
            {
                continue;
            }
            // Of the publisher the cover says 发布 for itself.
            let bare = bald(words.strip_suffix("发布").unwrap_or(words));
            let title = bare.trim_start_matches(['表', '图', '附', '录']);
            let title = title.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '.');
            // Marks of items are made anew: 描述：1）甲；
            let items = words
                .split(|c: char| matches!(c, '）' | ')'))
                .map(|part| bald(part.trim_end_matches(|c: char| c.is_ascii_digit())))
                .all(|part| all.contains(&part));
            let marked = items && words.contains(['）', ')']) && words.contains(|c: char| c.is_ascii_digit());
            let mentions = words.contains("如图") && around(words, "图").all(|part| all.contains(&bald(part)));
            if !all.contains(&bare)
                && !marked
                && !mentions
                && !(title.chars().count() > 1 && bare != title && all.contains(title))
            {
                lost.push(format!("{place}: {words}"));
            }
        }
        println!(
            "{name}: {} of {} paragraphs kept",
            paragraphs.len() - lost.len(),
            paragraphs.len()
        );
        lost.iter().for_each(|line| println!("  {line}"));
        // Tables and their cells: as many as the file has, joined ones once.
        let cells = cells(&imported.document);
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut xml = String::new();
        archive
            .by_name("word/document.xml")
            .unwrap()
            .read_to_string(&mut xml)
            .unwrap();
        let mut shown = String::new();
        for (index, part) in xml.split("<mc:Fallback>").enumerate() {
            let kept = if index == 0 {
                part
            } else {
                part.split_once("</mc:Fallback>").map_or("", |(_, rest)| rest)
            };
            shown.push_str(kept);
        }
        let tables = shown.matches("<w:tbl>").count();
        let goes_on = shown.matches("<w:vMerge/>").count() + shown.matches("<w:vMerge w:val=\"continue\"/>").count();
        let expected_cells = shown.matches("<w:tc>").count() - goes_on;
        println!(
            "{name}: {} of {tables} tables, {} of {expected_cells} cells",
            cells.0, cells.1
        );
        assert_eq!(cells, (tables, expected_cells), "{name}");
        println!("{name}: {} warnings", imported.report.warnings.len());
        let sound = right * 100 >= expected.len() * 95 && invented * 100 <= expected.len() * 5 && lost.is_empty();
        if !sound {
            failed.push(name);
        }
        assert_eq!(print(&parse(&imported.source).document), imported.source);
    }
    assert!(failed.is_empty(), "{failed:?}");
}
