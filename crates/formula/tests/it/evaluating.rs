//! What formulas give.

use crate::support::{Names, exact, run, score, value};
use formula::{Number, Undefined, Unit, Value, Why, evaluate, parse};

#[test]
fn sums_of_decimals_are_exact() {
    let none = Names::default();
    assert_eq!(exact("0.1 + 0.2", &none, ""), "0.3");
    assert_eq!(exact("1 ÷ 3 × 3", &none, ""), "1");
    assert_eq!(exact("2 ^ 10 − 2 ^ −1", &none, ""), "1023.5");
    assert_eq!(exact("sqrt(9/16)", &none, ""), "0.75");
    assert_eq!(exact("−2 ^ 2", &none, ""), "-4");
}

#[test]
fn roots_and_logarithms_carry_sixty_digits_and_say_that_they_are_not_exact() {
    let root = run("sqrt(2)", &Names::default());
    let root = root.in_unit(&Unit::none()).unwrap();
    assert!(!root.is_exact());
    assert_eq!(root.with_places(40), "1.4142135623730950488016887242096980785697");
    let e = run("exp(1)", &Names::default());
    assert_eq!(
        e.in_unit(&Unit::none()).unwrap().with_places(40),
        "2.7182818284590452353602874713526624977572"
    );
    let power = run("2 ^ 0.5 × 2 ^ 0.5", &Names::default());
    assert_eq!(
        power.in_unit(&Unit::none()).unwrap().with_places(30),
        "2.000000000000000000000000000000"
    );
}

#[test]
fn the_scores_of_the_factory_are_exact() {
    assert_eq!(score("线性(60 %→0, 95 %→100)", "91.2 %", "%"), "624/7");
    assert_eq!(score("线性(0→0, 80 %→100)", "64.375 %", "%"), "80.46875");
    assert_eq!(score("线性(100 ms→0, 20 ms→100)", "34 ms", "ms"), "82.5");
    assert_eq!(score("线性(0→0, 5→100)", "4", "个"), "80");
    assert_eq!(score("线性(0→0, 6→100)", "7", "个"), "100");
    assert_eq!(
        score("等级({公网共享:30, 混合专网:70, 独立专网:100})", "混合专网", "级"),
        "70"
    );
    assert_eq!(score("等级({是:100, 否:0})", "是", "是否"), "100");
    assert_eq!(score("等级({yes:100, no:0})", "否", "是否"), "0");
    assert_eq!(score("阶梯(0→100, 1→60, ≥2→0)", "0 次/a", "次/a"), "100");
    assert_eq!(score("阶梯(0→100, 1→60, ≥2→0)", "1 次/a", "次/a"), "60");
    assert_eq!(score("阶梯(0→100, 1→60, ≥2→0)", "7", "次/a"), "0");
    assert_eq!(score("阶梯((−∞, 0)→0, [0, 1)→50, 其余→100)", "0.5", "个"), "50");
}

#[test]
fn a_bare_rung_has_the_unit_of_what_is_scored() {
    assert_eq!(score("线性(10→0, 20→100)", "150000 元", "万元"), "50");
    assert_eq!(score("阶梯(0→0, 80→100)", "0.9", "%"), "0");
}

#[test]
fn off_the_ladder_is_no_zero() {
    let off = score("阶梯(0→100, 1→60)", "-1", "个");
    assert!(off.contains("OffLadder"), "{off}");
    let off = score("等级({甲:1})", "乙", "级");
    assert!(off.contains("OffLadder(\"乙\")"), "{off}");
}

fn why(text: &str, names: &Names) -> Why {
    match run(text, names) {
        Value::Absent(absence) => absence.why,
        value => panic!("{text} gives {value:?}"),
    }
}

#[test]
fn what_is_absent_stays_absent_with_its_reason() {
    let names = Names::of(&[("a", "1"), ("吨", "2 t"), ("词", "好"), ("是的", "是")]);
    assert_eq!(why("a + 无", &names), Why::Missing(String::new()));
    assert_eq!(why("0 × 无", &names), Why::Missing(String::new()));
    assert_eq!(why("合计(a, 无)", &names), Why::Missing(String::new()));
    assert_eq!(why("a ÷ (a − 1)", &names), Why::Undefined(Undefined::DivisionByZero));
    assert_eq!(why("ln(0)", &names), Why::Undefined(Undefined::Domain));
    assert_eq!(why("sqrt(−a)", &names), Why::Undefined(Undefined::Domain));
    assert_eq!(why("((10^300)^300)^300", &names), Why::Undefined(Undefined::TooLarge));
    assert_eq!(why("a + 词", &names), Why::Undefined(Undefined::WrongKind));
    assert!(matches!(
        why("a + 吨", &names),
        Why::Undefined(Undefined::UnitMismatch { .. })
    ));
    assert!(matches!(
        why("a [t]", &names),
        Why::Undefined(Undefined::UnitMismatch { .. })
    ));
    assert_eq!(
        why("查(表, a)", &names),
        Why::Undefined(Undefined::NoRow {
            table: "表".into(),
            key: "1".into()
        })
    );
    let absence = run("a + 无", &names);
    assert_eq!(absence.absence().unwrap().of.as_deref(), Some("无"));
}

#[test]
fn absence_can_be_asked_for_and_replaced_only_by_name() {
    let names = Names::of(&[("a", "1")]);
    assert_eq!(run("有值(无)", &names), Value::Truth(false));
    assert_eq!(exact("缺省(无, 5)", &names, ""), "5");
    assert_eq!(run("a = 2 且 无 = 1", &names), Value::Truth(false));
    assert_eq!(run("a = 1 或 无 = 1", &names), Value::Truth(true));
    assert!(matches!(run("a = 1 且 无 = 1", &names), Value::Absent(_)));
}

#[test]
fn lists_words_and_samples() {
    let names = Names::of(&[
        ("时延样本", "30 ms；34 ms；20 ms；40 ms；36 ms"),
        ("已集成", "MES；ERP；OA"),
        ("场景清单", "甲；乙；丙"),
        ("附录A", "乙；丙；丁"),
    ]);
    assert_eq!(exact("分位(时延样本, 0.5)", &names, "ms"), "34");
    assert_eq!(exact("分位(时延样本, 0.95)", &names, "ms"), "39.2");
    assert_eq!(exact("合计(时延样本)", &names, "ms"), "160");
    assert_eq!(exact("平均(时延样本)", &names, "ms"), "32");
    assert_eq!(exact("max(时延样本)", &names, "ms"), "40");
    assert_eq!(exact("计数({MES,ERP,PLM,SCADA,WMS} 已集成)", &names, ""), "2");
    assert_eq!(exact("计数(场景清单 ∩ 附录A)", &names, ""), "2");
    assert_eq!(exact("计数(场景清单 ∪ 附录A)", &names, ""), "4");
    assert_eq!(exact("计数(1 = 1, 2 = 3, 4 > 3)", &names, ""), "2");
}

#[test]
fn the_previous_period_is_another_world() {
    let names = Names::of(&[("综合能耗", "850 tce"), ("产值", "1000 万元")])
        .before(&[("综合能耗", "900 tce"), ("产值", "900 万元")]);
    let text = "1 − 能耗强度 ÷ 上期(能耗强度); 能耗强度 = 综合能耗 ÷ 产值";
    assert_eq!(exact(text, &names, "%"), "15");
    assert_eq!(exact("同比(产值)", &names, "%"), "100/9");
    let used: Vec<_> = evaluate(&parse(text).unwrap(), &names, None)
        .used
        .into_iter()
        .map(|used| (used.name, used.back))
        .collect();
    assert!(used.contains(&("综合能耗".to_owned(), 1)) && used.contains(&("能耗强度".to_owned(), 0)));
}

#[test]
fn ranks_are_shared_by_equals() {
    let mut names = Names::of(&[("分", "80")]);
    names.peers = ["90", "80", "80", "70"].map(value).to_vec();
    assert_eq!(run("排名(分)", &names), Value::pure(Number::from(2)));
}

#[test]
fn names_that_double_each_other_are_computed_once() {
    let mut text = "a0".to_owned();
    for at in 0..60 {
        text.push_str(&format!("; a{at} = a{} + a{}", at + 1, at + 1));
    }
    text.push_str("; a60 = 1");
    assert_eq!(exact(&text, &Names::default(), ""), 2_i64.pow(60).to_string());
}

#[test]
fn a_ring_ends() {
    assert_eq!(
        why("a; a = b; b = a", &Names::default()),
        Why::Undefined(Undefined::Ring)
    );
}

#[test]
fn values_in_place_of_names_show_the_derivation() {
    let formula = parse(r#"设备数[联网="5G"] ÷ 设备数"#).unwrap();
    let shown = formula.body.with_values(formula::Style::Chinese, &|name| {
        Some(if name == "设备数" { "640" } else { "412" }.to_owned())
    });
    assert_eq!(shown, "412 ÷ 640");
}

#[test]
fn cells_are_read_with_their_units() {
    let ms = Unit::parse("ms").unwrap();
    let read = |text: &str| Value::read(text, &ms).unwrap().in_unit(&ms).map(|n| n.exact_text());
    assert_eq!(read("34 ms").as_deref(), Some("34"));
    assert_eq!(read("0.034 s").as_deref(), Some("34"));
    assert_eq!(read("-5").as_deref(), Some("-5"));
    for unsound in ["12,5", "1e999", "3 斗", "5 5", "1/2"] {
        assert!(Value::read(unsound, &ms).is_err(), "{unsound}");
    }
}
