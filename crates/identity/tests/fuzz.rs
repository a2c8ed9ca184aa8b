//! Damaged key files and tokens: refused with their reason, never a panic, and never read as another key.
#![allow(clippy::unwrap_used, reason = "tests")]

use fuzz::Fuzz;
use identity::{KeyFile, randomness::Seeded};

#[test]
fn a_damaged_key_file_is_refused_or_is_the_same() {
    let good = KeyFile::generate(&Seeded::new(7)).unwrap().print().to_string();
    let words = [
        "format = \"1\"",
        "installation",
        "sm2",
        "=",
        "\"",
        "#",
        "\n",
        "previous_installation = \"AAAA\"",
        "AAAA",
    ];
    Fuzz::new("key file").rounds(1_500).text(&[&good], &words, |text| {
        if let Ok(read) = KeyFile::parse(text) {
            let again = read.print().to_string();
            assert_eq!(KeyFile::parse(&again).unwrap().print().to_string(), again);
        }
    });
}
