//! What a workbook holds where its sheets cannot compute.

use crate::support::{row, standard};
use indicator::{BookCell, FIRST_ROW, Settings, run, understand, workbook};
use language::Lang;

/// A total over all units stands as its value, named; grade and rank stay formulas over it.
#[test]
fn a_total_joined_over_all_units_stands_as_its_value() {
    for method in ["TOPSIS", "Copeland"] {
        let text = format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n[汇总]\n方法 = \"{method}\"\n[等级]\n高 = \"总分 ≥ 50\"\n低 = \"其余\"\n[[加分]]\n分 = 5\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 0.6 | 正向 |\n| B | 0.4 | 正向 |\n```\n"
        );
        let standard = standard(&text);
        let rows = [
            row("x", None, &[("A", "1"), ("B", "9")]),
            row("y", None, &[("A", "4"), ("B", "2")]),
            row("z", None, &[("A", "9"), ("B", "3")]),
            row("w", None, &[("地", "3")]),
        ];
        let (units, _) = understand(&standard, &rows);
        let results = run(&standard, &units, Settings::default());
        let book = workbook(&standard, &units, &results, Settings::default(), Lang::Zh);
        let sheet = &book.sheets[0];
        let column = |head: &str| sheet.heads.iter().position(|own| own == head).unwrap();
        let (joined, total, grade, rank) = (column("汇总分"), column("总分"), column("等级"), column("名次"));
        for (cells, result) in sheet.rows.iter().zip(&results).take(3) {
            let BookCell::Number(own) = &cells[joined] else {
                panic!("{method} {:?}", cells[joined])
            };
            let wanted = result.total.as_ref().unwrap().to_f64() - 5.0;
            assert!((own.parse::<f64>().unwrap() - wanted).abs() < 1e-9, "{own} {wanted}");
        }
        let last = &sheet.rows[3];
        assert!(results[3].total.is_none());
        assert!(
            matches!(&last[joined], BookCell::Live { value, .. } if value == "#N/A"),
            "{last:?}"
        );
        for (at, cells) in sheet.rows.iter().enumerate() {
            let place = format!("${}", FIRST_ROW as usize + at);
            for at in [total, grade, rank] {
                assert!(
                    matches!(&cells[at], BookCell::Live { formula, .. } if formula.contains(&place)),
                    "{:?}",
                    cells[at]
                );
            }
        }
        assert!(book.still.contains(&"汇总分".to_owned()), "{:?}", book.still);
    }
}
