//! The XML of standards: sound, complete, with the names of the text.

use document::resolve::resolve;
use document::source::parse;
use document::sts::print;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;

const NUMBERED: &str = include_str!("texts/numbered.md");
const EVERY_FORM: &str = include_str!("texts/every_form.md");
const SHREDDING: &str = include_str!("../../../../examples/vehicle-shredding/specification.md");
const VOCABULARY: &str = include_str!("../../../../examples/language-services/terms.md");
const BILINGUAL: &str = include_str!("../../../../examples/international-care/service.md");
const AMENDMENT: &str = include_str!("../../../../examples/appliance-recycling/amendment-1.md");
const PARK: &str = include_str!("../../../../examples/logistics-park/evaluation.md");

const TEXTS: [&str; 7] = [NUMBERED, EVERY_FORM, SHREDDING, VOCABULARY, BILINGUAL, AMENDMENT, PARK];

/// An element as read: its way from the top, its attributes, the text straight in it.
#[derive(Debug, Clone)]
struct Element {
    way: Vec<String>,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn name(&self) -> &str {
        self.way.last().map_or("", String::as_str)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }
}

/// Every element, in the order of their starts; the fault where the XML is not well formed.
fn read(xml: &str) -> Result<Vec<Element>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event()?;
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let mut way: Vec<String> = open.iter().map(|at| found[*at].name().to_owned()).collect();
                way.push(start.name().as_ref().to_owned());
                let mut attributes = Vec::new();
                for attribute in start.attributes() {
                    let attribute = attribute?;
                    attributes.push((attribute.key.as_ref().to_owned(), attribute.value.to_string()));
                }
                found.push(Element {
                    way,
                    attributes,
                    text: String::new(),
                });
                if matches!(event, Event::Start(_)) {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].text.push_str(&text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    Ok(found)
}

fn xml(source: &str) -> String {
    let document = parse(source).document;
    print(&document, &resolve(&document))
}

#[test]
fn every_text_is_well_formed_and_its_references_lead_somewhere() {
    for source in TEXTS {
        let elements = read(&xml(source)).unwrap();
        let mut ids = BTreeSet::new();
        for id in elements.iter().filter_map(|element| element.get("id")) {
            assert!(ids.insert(id), "{id} twice");
            assert!(id.starts_with(|c: char| c.is_alphabetic() || c == '_'), "{id}");
        }
        for element in elements.iter().filter(|element| element.name() == "xref") {
            let to = element.get("rid").unwrap();
            assert!(
                ids.contains(to) || element.get("ref-type") == Some("other"),
                "{to} leads nowhere"
            );
        }
        let top: Vec<&str> = elements
            .iter()
            .filter(|element| element.way.len() == 2)
            .map(Element::name)
            .collect();
        assert!(top == ["front", "body", "back"] || top == ["front", "body"], "{top:?}");
    }
}

#[test]
fn identity_stands_in_the_order_of_its_model() {
    // From the content model of std-meta (ANSI/NISO Z39.102).
    let order = [
        "title-wrap",
        "proj-id",
        "release-version",
        "std-ident",
        "std-org",
        "content-language",
        "std-ref",
        "release-date",
        "meta-date",
        "comm-ref",
        "ics",
        "std-xref",
        "custom-meta-group",
    ];
    for source in TEXTS {
        let elements = read(&xml(source)).unwrap();
        let places: Vec<usize> = elements
            .iter()
            .filter(|element| element.way.len() == 4 && element.way[2] == "std-meta")
            .map(|element| order.iter().position(|name| *name == element.name()).expect("known"))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
    }
    let elements = read(&xml(SHREDDING)).unwrap();
    let text = |way: &[&str]| -> Vec<String> {
        elements
            .iter()
            .filter(|element| {
                element
                    .way
                    .ends_with(&way.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
            })
            .map(|element| element.text.clone())
            .collect()
    };
    assert_eq!(text(&["title-wrap", "full"])[0], "报废机动车破碎\u{3000}技术规范");
    assert_eq!(text(&["std-meta", "std-ref"]), ["SB/T XXXX—2026"]);
    assert_eq!(text(&["std-meta", "ics"]), ["43.020", "13.030.50"]);
    assert_eq!(text(&["std-ident", "originator"]), ["SB"]);
}

#[test]
fn clauses_terms_tables_figures_and_formulas_are_there() {
    let document = parse(SHREDDING).document;
    let resolved = resolve(&document);
    let elements = read(&print(&document, &resolved)).unwrap();
    let count = |name: &str| elements.iter().filter(|element| element.name() == name).count();
    assert_eq!(count("app"), 1);
    assert_eq!(count("table-wrap"), 3);
    assert_eq!(count("fig"), 1);
    assert_eq!(count("disp-formula"), 2);
    assert_eq!(count("term-sec"), 3);
    assert_eq!(count("non-normative-note"), 1);
    assert_eq!(
        count("mml:math"),
        elements.iter().filter(|element| element.name() == "tex-math").count()
    );
    let norms: Vec<&str> = elements
        .iter()
        .filter(|element| element.name() == "std-ref" && element.way.contains(&"ref-list".to_owned()))
        .map(|element| element.text.as_str())
        .collect();
    assert_eq!(
        norms,
        ["GB 12348—2008", "GB 16297—1996", "GB 18599—2020", "GB 22128—2019"]
    );
    // A label behind each section's start is the number that the text has.
    for (at, element) in elements
        .iter()
        .enumerate()
        .filter(|(_, element)| element.name() == "sec")
    {
        let Some(id) = element.get("id") else { continue };
        let label = elements.get(at + 1).filter(|next| next.name() == "label");
        let number = resolved
            .labels
            .iter()
            .find_map(|(known, label)| (known.as_str() == id).then(|| label.caption(document::model::TextLanguage::Zh)))
            .unwrap_or_default();
        assert_eq!(label.map_or("", |label| label.text.as_str()), number, "{id}");
    }
    let spans: Vec<&Element> = elements
        .iter()
        .filter(|element| element.get("rowspan").is_some())
        .collect();
    assert_eq!(spans.len(), 3);
}

#[test]
fn both_languages_of_a_text_are_told_apart() {
    let elements = read(&xml(BILINGUAL)).unwrap();
    let languages: Vec<&str> = elements
        .iter()
        .filter(|element| element.name() == "content-language")
        .map(|element| element.text.as_str())
        .collect();
    assert_eq!(languages, ["zh", "en"]);
    let translated = elements
        .iter()
        .filter(|element| element.get("content-type") == Some("translation") && element.get("xml:lang") == Some("en"))
        .count();
    assert!(translated > 20, "{translated}");
    let sets = elements
        .iter()
        .filter(|element| element.name() == "tbx:langSet")
        .count();
    assert_eq!(sets, 4);
}

#[test]
fn what_stands_below_the_lists_is_written() {
    let elements = read(&xml(crate::LISTS_WITH_CLAUSES)).unwrap();
    for (id, way, title) in [
        ("national", "standard body sec sec", "国家标准"),
        ("online", "standard back ref-list ref-list", "网上的文献"),
    ] {
        let at = elements
            .iter()
            .position(|element| element.get("id") == Some(id))
            .unwrap();
        assert_eq!(elements[at].way.join(" "), way);
        let inside: Vec<&str> = elements[at + 1..]
            .iter()
            .take_while(|element| element.way.len() > elements[at].way.len())
            .map(|element| element.text.as_str())
            .collect();
        assert!(inside.contains(&title), "{inside:?}");
        assert!(inside.iter().any(|text| text.ends_with("组的说明。")), "{inside:?}");
    }
    let imported = document::import::sts(xml(crate::LISTS_WITH_CLAUSES).as_bytes()).unwrap();
    for words in [
        "## 国家标准 {#national}",
        "前一组的说明。",
        "## 网上的文献 {#online}",
        "后一组的说明。",
        "某书",
    ] {
        assert_eq!(
            imported.source.matches(words).count(),
            1,
            "{words}: {}",
            imported.source
        );
    }
}

#[test]
fn what_stands_below_the_index_is_written() {
    let source = "# 范围\n本文件规定了外观。\n\n# 术语和定义\n::: 术语 外观 {en=\"look\"}\n所见。\n:::\n\n\
                  # 索引\n按拼音排列。\n\n## 英文索引 {#english}\n另列的说明。\n";
    let elements = read(&xml(source)).unwrap();
    let at = elements
        .iter()
        .position(|element| element.get("id") == Some("english"))
        .unwrap();
    assert_eq!(elements[at].way.join(" "), "standard back sec sec");
    let texts: Vec<&str> = elements.iter().map(|element| element.text.as_str()).collect();
    for words in ["按拼音排列。", "英文索引", "另列的说明。"] {
        assert!(texts.contains(&words), "{words}: {texts:?}");
    }
}

#[test]
fn a_formula_too_deep_to_convert_stays_as_it_was_written() {
    let deep = format!("{}x{}", r"\sqrt{".repeat(80), "}".repeat(80));
    let elements = read(&xml(&format!("# 章\n按${deep}$。\n\n::: 公式\n{deep}\n:::\n"))).unwrap();
    let count = |name: &str| elements.iter().filter(|element| element.name() == name).count();
    assert_eq!((count("tex-math"), count("mml:math")), (2, 0));
}

#[test]
fn what_a_text_says_is_never_markup() {
    let source = "# 范围\n\n<script>&\"'\u{1}</script>，见[网页](https://example.org/?a=1&b=2)。\n\n`<b>`与$a<b$。\n";
    let elements = read(&xml(source)).unwrap();
    assert!(
        elements
            .iter()
            .all(|element| !["script", "b"].contains(&element.name()))
    );
    assert_eq!(xml(source), xml(source));
}
