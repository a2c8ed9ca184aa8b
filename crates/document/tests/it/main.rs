//! What the room promises of sources and documents.

mod carried;
mod diff;
mod foreign;
mod forms;
mod fuzz;
mod hostile;
mod import;
mod import_lines;
mod import_sts;
mod lint;
mod marks;
mod mending;
mod office;
mod pages;
mod reading;
mod resolving;
mod round_trip;
mod shelf;
mod sts;
mod thirty;
mod tongues;
mod typeset;
mod word;

/// Clauses below the two lists, which should have none.
const LISTS_WITH_CLAUSES: &str = "# 范围\n本文件规定了外观。\n\n# 规范性引用文件\n## 国家标准 {#national}\n\
    前一组的说明。\n\n- GB/T 1—2020 甲\n\n# 要求\n应符合GB/T 1—2020。\n\n# 参考文献\n## 网上的文献 {#online}\n\
    后一组的说明。\n\n- 某书\n";

/// So many cases of a property: the same ones in every run of the suite, fresh ones by `--long`.
fn cases(cases: u32) -> proptest::prelude::ProptestConfig {
    use proptest::test_runner::RngSeed;
    let long = std::env::var_os("BIAOCHI_LONG").is_some();
    proptest::prelude::ProptestConfig {
        cases: if long { cases * 20 } else { cases },
        max_shrink_iters: 20_000,
        rng_seed: if long {
            RngSeed::Random
        } else {
            RngSeed::Fixed(20_200_331)
        },
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    }
}
