//! Every standard under `examples/`: no error, and every worked example holds.

use indicator::{Severity, blocks, check, read, try_example};

#[test]
fn every_standard_on_the_shelf_runs_its_examples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "md") {
            continue;
        }
        count += 1;
        let reading = read(&blocks(&std::fs::read_to_string(&path).unwrap()));
        let findings: Vec<_> = reading.findings.into_iter().chain(check(&reading.standard)).collect();
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Info)
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
        assert!(!reading.standard.examples.is_empty(), "{}", path.display());
        for example in &reading.standard.examples {
            for tried in try_example(&reading.standard, example) {
                assert!(!example.expected.is_empty(), "{} {}", path.display(), tried.name);
            }
        }
    }
    assert!(count >= 6, "{count}");
}
