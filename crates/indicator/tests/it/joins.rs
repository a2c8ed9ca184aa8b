//! Each way to join that looks at all units against figures from outside: those of a paper, or those that its formulas
//! give in numpy and pymcdm 1.4 gives alike; and what holds of every one.

use crate::support::{findings, row, standard};
use crate::ways::Choices;
use indicator::{Method, Peers, RawUnit, Settings, UnitResult, blocks, read, run, understand};
use proptest::prelude::*;

/// A table of units by indicators: what rises, what falls (−), and what falls and stands as its reciprocal (1/).
struct Case {
    normalise: &'static str,
    range: &'static str,
    method: &'static str,
    weights: &'static [&'static str],
    kinds: &'static [&'static str],
    units: &'static [&'static [&'static str]],
}

impl Case {
    fn text(&self) -> String {
        let mut table = String::from("| 代号 | 权重 | 取数或公式 | 方向 |\n|--|--|--|--|\n");
        for (at, (weight, kind)) in self.weights.iter().zip(self.kinds).enumerate() {
            let formula = if *kind == "1/" {
                format!("1 ÷ 原{at}")
            } else {
                format!("原{at}")
            };
            let direction = if *kind == "-" { "逆向" } else { "正向" };
            table.push_str(&format!("| X{at} | {weight} | {formula} | {direction} |\n"));
        }
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"{}\"\n范围 = {}\n[汇总]\n方法 = \"{}\"\n```\n```指标\n{table}```\n",
            self.normalise, self.range, self.method
        )
    }

    fn rows(&self) -> Vec<RawUnit> {
        let row_of = |(at, values): (usize, &&[&str])| {
            let inputs: Vec<(String, &str)> = values
                .iter()
                .enumerate()
                .map(|(at, value)| (format!("原{at}"), *value))
                .collect();
            let inputs: Vec<(&str, &str)> = inputs.iter().map(|(name, value)| (&**name, *value)).collect();
            row(&format!("u{at}"), None, &inputs)
        };
        self.units.iter().enumerate().map(row_of).collect()
    }

    #[track_caller]
    fn gives(&self, wanted: &[f64], within: f64) {
        let standard = standard(&self.text());
        let (units, found) = understand(&standard, &self.rows());
        assert_eq!(found, []);
        let found = totals(&run(&standard, &units, Settings::default()));
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            let near = found.is_some_and(|found| (found - wanted).abs() <= within);
            assert!(near, "{}: {found:?} {wanted}", self.method);
        }
    }
}

fn totals(results: &[UnitResult]) -> Vec<Option<f64>> {
    let total = |result: &UnitResult| result.total.as_ref().map(formula::Number::to_f64);
    results.iter().map(total).collect()
}

const FIVE: &[&[&str]] = &[
    &["78", "56", "34", "6"],
    &["4", "45", "3", "97"],
    &["18", "2", "50", "63"],
    &["9", "14", "11", "92"],
    &["85", "9", "100", "29"],
];

/// Five units by four indicators that rise.
const fn five(normalise: &'static str, range: &'static str, method: &'static str, even: bool) -> Case {
    let weights: &[&str] = if even {
        &["1", "1", "1", "1"]
    } else {
        &["0.4", "0.3", "0.2", "0.1"]
    };
    Case {
        normalise,
        range,
        method,
        weights,
        kinds: &["+", "+", "+", "+"],
        units: FIVE,
    }
}

#[test]
fn vikor_tells_how_far_a_unit_is_from_the_compromise() {
    // S. Opricovic, G.-H. Tzeng 2004, the mountain climber: risk falls, altitude rises; the second path is the compromise.
    let climber = Case {
        normalise: "极差",
        range: "[0, 1]",
        method: "VIKOR",
        weights: &["0.5", "0.5"],
        kinds: &["-", "+"],
        units: &[&["1", "3000"], &["2", "3750"], &["5", "4500"]],
    };
    climber.gives(&[0.0, 1.0, 0.0], 1e-12);
    // 1 − Q of the example in pymcdm's documentation, with v of 0.5 and of 0.3.
    let q = [0.567_906_994_8, 0.766_733_035_9, 1.0, 0.749_284_210_4, 0.0];
    five("极差", "[0, 1]", "VIKOR", true).gives(&q.map(|q| 1.0 - q), 1e-9);
    let q = [0.740_744_196_9, 0.860_039_821_5, 1.0, 0.659_094_335_8, 0.0];
    five("极差", "[0, 100]", "vikor(0.3)", true).gives(&q.map(|q| 100.0 - 100.0 * q), 1e-7);
}

#[test]
fn promethee_tells_the_net_flow_of_preference() {
    // The example in pymcdm's documentation; over −1 to 1 points are the flow itself.
    let usual = Case {
        normalise: "极差",
        range: "[-1, 1]",
        method: "PROMETHEE",
        weights: &["0.5", "0.3", "0.2"],
        kinds: &["+", "+", "+"],
        units: &[&["4", "3", "2"], &["3", "2", "4"], &["5", "1", "3"]],
    };
    usual.gives(&[0.1, -0.3, 0.2], 1e-11);
    // Preference that grows up to 0.6 of a span from 0 to 1: over −1 to 1 that is 1.2 points.
    let flow = [
        0.151_696_799_5,
        0.028_934_995_8,
        -0.171_927_091_6,
        -0.187_667_369,
        0.178_962_665_3,
    ];
    five("极差", "[-1, 1]", "PROMETHEE(1.2)", true).gives(&flow, 1e-9);
}

#[test]
fn mabac_ranks_the_forklifts_of_the_paper() {
    let case = Case {
        normalise: "极差",
        range: "[-1, 1]",
        method: "MABAC",
        weights: &[
            "0.146", "0.144", "0.119", "0.121", "0.115", "0.101", "0.088", "0.068", "0.050", "0.048",
        ],
        kinds: &["-", "+", "+", "+", "-", "-", "+", "+", "+", "+"],
        units: &[
            &["22600", "3800", "2", "5", "1.06", "3.00", "3.5", "2.8", "24.5", "6.5"],
            &["19500", "4200", "3", "2", "0.95", "3.00", "3.4", "2.2", "24", "7.0"],
            &["21700", "4000", "1", "3", "1.25", "3.20", "3.3", "2.5", "24.5", "7.3"],
            &["20600", "3800", "2", "5", "1.05", "3.25", "3.2", "2.0", "22.5", "11.0"],
            &["22500", "3800", "4", "3", "1.35", "3.20", "3.7", "2.1", "23", "6.3"],
            &["23250", "4210", "3", "5", "1.45", "3.60", "3.5", "2.8", "23.5", "7.0"],
            &["20300", "3850", "2", "5", "0.90", "3.25", "3.0", "2.6", "21.5", "6.0"],
        ],
    };
    // D. Pamučar, G. Ćirović 2015, as pymcdm documents them to four places, and by the formulas to ten.
    case.gives(&[0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464], 0.000_06);
    let exact = [
        0.082_590_704_8,
        0.218_333_747_8,
        -0.048_815_522_6,
        0.024_617_328_2,
        -0.070_429_468_4,
        0.046_538_583_6,
        0.046_412_416_3,
    ];
    case.gives(&exact, 1e-9);
}

#[test]
fn marcos_ranks_the_suppliers_of_the_paper() {
    // Ž. Stević and others 2020, as pymcdm documents them to four places, and by the formulas to ten.
    let case = Case {
        normalise: "向量",
        range: "[0, 1]",
        method: "MARCOS",
        weights: &["0.1061", "0.3476", "0.3330", "0.1185", "0.0949"],
        kinds: &["1/", "+", "+", "+", "+"],
        units: &[
            &["660", "1000", "1600", "18", "1200"],
            &["800", "1000", "1600", "24", "900"],
            &["980", "1000", "2500", "24", "900"],
            &["920", "1500", "1600", "24", "900"],
            &["1380", "1500", "1500", "24", "1150"],
            &["1230", "1000", "1600", "24", "1150"],
            &["680", "1500", "1600", "18", "1100"],
            &["960", "2000", "1600", "12", "1150"],
        ],
    };
    case.gives(
        &[0.5649, 0.5543, 0.6410, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543],
        0.000_06,
    );
    let exact = [
        0.564_919_322_7,
        0.554_345_787_9,
        0.640_989_595_3,
        0.617_351_048_8,
        0.601_557_809_7,
        0.545_306_044_2,
        0.628_248_747_8,
        0.654_285_898_9,
    ];
    case.gives(&exact, 1e-9);
}

#[test]
fn waspas_ranks_the_example_of_pymcdm() {
    // Weights brought to a sum of one, which those of the documentation (1.0155) have not.
    let case = |method| Case {
        normalise: "向量",
        range: "[0, 1]",
        method,
        weights: &["0.1181", "0.1181", "0.0445", "0.1181", "0.2861", "0.2861", "0.0445"],
        kinds: &["+", "+", "+", "+", "+", "1/", "1/"],
        units: &[
            &["30", "23", "5", "0.745", "0.745", "1500", "5000"],
            &["18", "13", "15", "0.745", "0.745", "1300", "6000"],
            &["15", "12", "10", "0.500", "0.500", "950", "7000"],
            &["25", "20", "13", "0.745", "0.745", "1200", "4000"],
            &["14", "18", "14", "0.255", "0.745", "950", "3500"],
            &["17", "15", "9", "0.745", "0.500", "1250", "5250"],
            &["23", "18", "20", "0.500", "0.745", "1100", "3000"],
            &["16", "8", "14", "0.255", "0.500", "1500", "3000"],
        ],
    };
    let even = [
        0.827_708_252,
        0.783_742_037_2,
        0.695_268_480_9,
        0.877_194_099_8,
        0.792_303_240_4,
        0.700_119_524_8,
        0.867_068_426_9,
        0.572_860_829_9,
    ];
    case("WASPAS").gives(&even, 1e-9);
    let product = [
        0.816_550_83,
        0.777_467_170_5,
        0.687_399_148_3,
        0.875_233_955_8,
        0.777_607_921_8,
        0.696_588_246_1,
        0.864_758_505_8,
        0.566_002_139_1,
    ];
    case("waspas(0.2)").gives(&product, 1e-9);
}

#[test]
fn copras_edas_and_aras_give_what_their_formulas_give() {
    // pymcdm's COPRAS adds what is to be small instead of dividing by it; hence the formulas of the paper alone.
    let copras = [1.0, 0.460_442_010_6, 0.345_838_802_7, 0.287_535_285_8, 0.931_059_550_1];
    five("向量", "[0, 1]", "COPRAS", false).gives(&copras, 1e-9);
    let edas = [
        0.892_539_273_2,
        0.230_358_546_1,
        0.120_515_114_2,
        0.038_573_994_7,
        0.792_874_472_4,
    ];
    five("向量", "[0, 1]", "EDAS", false).gives(&edas, 1e-9);
    let aras = [
        0.745_457_254_7,
        0.349_652_025_8,
        0.257_926_873_3,
        0.219_611_516_9,
        0.689_505_457_2,
    ];
    five("向量", "[0, 1]", "ARAS", false).gives(&aras, 1e-9);
    // What falls stands in ARAS as its reciprocal.
    let aras = [
        0.510_709_431_6,
        0.044_631_268_7,
        0.527_083_702_6,
        0.114_778_094_2,
        0.637_015_442_8,
    ];
    let case = Case {
        kinds: &["+", "1/", "+", "1/"],
        ..five("向量", "[0, 100]", "aras", false)
    };
    case.gives(&aras.map(|share| share * 100.0), 1e-7);
}

#[test]
fn grey_relation_likens_the_fighter_aircraft_to_the_best_of_everything() {
    // Hwang and Yoon's aircraft from least to greatest; grades by Deng's formula in numpy, with ζ of 0.5 and of 0.2.
    let case = |method| Case {
        normalise: "极差",
        range: "[0, 1]",
        method,
        weights: &["0.2", "0.1", "0.1", "0.1", "0.2", "0.3"],
        kinds: &["+", "+", "+", "-", "+", "+"],
        units: &[
            &["2.0", "1500", "20000", "5.5", "5", "9"],
            &["2.5", "2700", "18000", "6.5", "3", "5"],
            &["1.8", "2000", "21000", "4.5", "7", "7"],
            &["2.2", "1800", "20000", "5.0", "5", "5"],
        ],
    };
    case("灰色关联").gives(
        &[0.625_686_274_5, 0.533_333_333_3, 0.662_820_512_8, 0.474_358_974_4],
        1e-9,
    );
    case("grey(0.2)").gives(
        &[0.483_630_952_4, 0.416_666_666_7, 0.544_579_533_9, 0.273_776_296_8],
        1e-9,
    );
}

/// SPOTIS compares nobody: it is the weighted mean between posts. J. Dezert, A. Tchamova, D. Han, J.-M. Tacnet: The SPOTIS
/// rank reversal free method for multi-criteria decision-making support, FUSION 2020, as pymcdm documents it.
#[test]
fn spotis_is_the_weighted_mean_between_posts() {
    let text = "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"目标柱\"\n范围 = [0, 1]\n[汇总]\n方法 = \"加权算术\"\n```\n```指标\n| 代号 | 权重 | 方向 | 下柱 | 上柱 |\n|--|--|--|--|--|\n| A | 0.2 | 正向 | -5 | 12 |\n| B | 0.3 | 逆向 | -6 | 10 |\n| C | 0.5 | 正向 | -8 | 5 |\n```\n";
    let standard = standard(text);
    let rows: Vec<RawUnit> = [
        ["10.5", "-3.1", "1.7"],
        ["-4.7", "0", "3.4"],
        ["8.1", "0.3", "1.3"],
        ["3.2", "7.3", "-5.3"],
    ]
    .iter()
    .zip(["a", "b", "c", "d"])
    .map(|(values, id)| row(id, None, &[("A", values[0]), ("B", values[1]), ("C", values[2])]))
    .collect();
    let (units, _) = understand(&standard, &rows);
    let found = totals(&run(&standard, &units, Settings::default()));
    for (found, distance) in found.iter().zip([0.1989, 0.3705, 0.3063, 0.7491]) {
        assert!(
            (found.unwrap() - (1.0 - distance)).abs() < 0.000_06,
            "{found:?} {distance}"
        );
    }
}

const ALL: [&str; 14] = [
    "TOPSIS",
    "Copeland",
    "VIKOR",
    "VIKOR(0.2)",
    "PROMETHEE",
    "PROMETHEE(30)",
    "COPRAS",
    "MABAC",
    "EDAS",
    "ARAS",
    "WASPAS",
    "MARCOS",
    "灰色关联",
    "灰色关联(0.1)",
];

fn peers(name: &str) -> Peers {
    match Method::read(name) {
        Some(Method::Peers(peers)) => peers,
        other => panic!("{name}: {other:?}"),
    }
}

proptest! {
    #![proptest_config(crate::cases(200))]

    /// A unit at least as good everywhere never stands below; all stand between the ends; weights of another sum give the
    /// same.
    #[test]
    fn who_is_at_least_as_good_everywhere_never_stands_below(seed in any::<u64>()) {
        let mut choices = Choices(seed);
        let (count, parts) = (2 + choices.below(6) as usize, 1 + choices.below(4) as usize);
        let mut columns: Vec<Vec<f64>> =
            (0..parts).map(|_| (0..count).map(|_| choices.number().parse().unwrap()).collect()).collect();
        let weights: Vec<f64> = (0..parts).map(|_| (1 + choices.below(9)) as f64).collect();
        // Who lacks a part lacks it beside whom it is compared with.
        for column in &mut columns {
            if choices.one_in(4) {
                (column[0], column[1]) = (f64::NAN, f64::NAN);
            }
            column[0] = column[0].max(column[1]) + if choices.one_in(3) { 5.0 } else { 0.0 };
        }
        for name in ALL {
            let of = |factor: f64| {
                let parts: Vec<(f64, &[f64])> = weights.iter().zip(&columns)
                    .map(|(weight, column)| (weight * factor, column.as_slice()))
                    .collect();
                peers(name).join(&parts)
            };
            let (found, scaled) = (of(1.0), of(0.01));
            prop_assert!(found[0].is_nan() == found[1].is_nan());
            prop_assert!(found[0].is_nan() || found[0] >= found[1] - 1e-12, "{} {:?} {:?}", name, found, columns);
            for (one, other) in found.iter().zip(scaled) {
                prop_assert!(one.is_nan() || (-1e-12..=1.0 + 1e-12).contains(one), "{} {:?} {:?}", name, found, columns);
                prop_assert!((one.is_nan() && other.is_nan()) || (one - other).abs() <= 1e-9, "{} {} {}", name, one, other);
            }
        }
    }
}

#[test]
fn a_unit_alone_has_no_result_and_neither_have_ratios_below_zero() {
    for name in ALL {
        assert!(peers(name).join(&[(1.0, &[7.0]), (1.0, &[3.0])])[0].is_nan(), "{name}");
        let nothing = peers(name).join(&[(1.0, &[1.0, f64::NAN, 2.0])]);
        assert!(nothing[1].is_nan() && nothing[0] < nothing[2], "{name} {nothing:?}");
    }
    for name in ["COPRAS", "EDAS", "ARAS", "WASPAS", "MARCOS"] {
        assert!(
            peers(name)
                .join(&[(1.0, &[-1.0, 2.0])])
                .iter()
                .all(|share| share.is_nan()),
            "{name}"
        );
    }
    // A zero among points that rise from nothing is no fault.
    assert_eq!(peers("MARCOS").join(&[(1.0, &[0.0, 5.0, 10.0])]), [0.0, 0.5, 1.0]);
    assert_eq!(peers("WASPAS(0)").join(&[(1.0, &[0.0, 10.0])]), [0.0, 1.0]);
}

#[test]
fn each_way_is_read_and_written_and_no_figure_is_taken_that_means_nothing() {
    for name in ALL {
        assert_eq!(Method::read(name).unwrap().name(), name);
    }
    for (written, name) in [
        ("vikor（0.5）", "VIKOR"),
        ("GRA", "灰色关联"),
        ("平均解距离", "EDAS"),
        ("偏好顺序(5)", "PROMETHEE(5)"),
    ] {
        assert_eq!(Method::read(written).unwrap().name(), name);
    }
    for wrong in [
        "VIKOR(2)",
        "WASPAS(-1)",
        "灰色关联(0)",
        "PROMETHEE(-3)",
        "TOPSIS(1)",
        "VIKOR(",
        "VIKOR(x)",
        "PROMETHEE(inf)",
    ] {
        assert_eq!(Method::read(wrong), None, "{wrong}");
    }
}

#[test]
fn ways_that_take_ratios_ask_for_points_from_zero_up() {
    let text = |normalise: &str, method: &str| {
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n{normalise}\n[汇总]\n方法 = \"{method}\"\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | 正向 |\n```\n"
        )
    };
    let has = |normalise: &str, method: &str| {
        findings(&text(normalise, method))
            .iter()
            .any(|finding| finding.rule == "indicator-join-ratio")
    };
    assert!(has("方法 = \"z分\"", "COPRAS") && has("方法 = \"极差\"\n范围 = [-1, 1]", "EDAS"));
    assert!(!has("方法 = \"z分\"", "VIKOR") && !has("方法 = \"极差\"", "COPRAS"));
}

/// The exact way says of each way to join what it is, in either language.
#[test]
fn an_explanation_names_the_way() {
    use language::Lang;
    let case = five("极差", "[0, 100]", "灰色关联(0.2)", true);
    let standard = read(&blocks(&case.text())).standard;
    let (units, _) = understand(&standard, &case.rows());
    let results = run(&standard, &units, Settings::default());
    for (lang, words) in [(Lang::Zh, "灰色关联(0.2)"), (Lang::En, "grey(0.2)")] {
        let told = indicator::outline(&indicator::explain(&standard, &units[0], &results[0], None, lang));
        assert!(told.contains(words), "{told}");
    }
}
