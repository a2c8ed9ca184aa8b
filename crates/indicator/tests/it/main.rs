//! Executable standards as their users meet them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod analysis;
mod checking;
mod data;
mod disclosure;
mod editions;
mod edits;
mod factory;
mod findings;
mod footprint;
mod freight;
mod gaps;
mod hdi;
mod hostile;
mod index;
mod joins;
mod judging;
mod openlca;
mod park;
mod peers;
mod shelf;
mod support;
mod telling;
mod trying;
mod tutorial;
mod uncertain;
mod walk;
mod ways;
mod weighing;
mod workbook;

/// So many cases of a property: the same ones in every run of the suite, fresh ones by `--long`.
fn cases(cases: u32) -> proptest::prelude::ProptestConfig {
    use proptest::test_runner::RngSeed;
    let long = std::env::var_os("BIAOCHI_LONG").is_some();
    proptest::prelude::ProptestConfig {
        cases: if long { cases * 100 } else { cases },
        rng_seed: if long {
            RngSeed::Random
        } else {
            RngSeed::Fixed(20_200_331)
        },
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    }
}
