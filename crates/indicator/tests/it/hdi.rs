//! The Human Development Index as an executable standard: goalposts and a geometric mean, held against what was published.

use crate::support::{row, standard};
use indicator::{RawUnit, Settings, run, understand};

/// The posts of the technical note; those of income are the logarithms of 100 and 75,000.
const HDI: &str = "```规则\n[标准]\n模式 = \"指数\"\n评估单元 = \"国家\"\n[输入]\ngnipc = \"\"\n[标准化]\n方法 = \"目标柱\"\n范围 = [0, 1]\n截断 = true\n[汇总]\n一级 = \"几何\"\n其余 = \"算术\"\n[修约]\n总分 = 0.001\n```\n```指标\n| 代号 | 名称 | 权重 | 取数或公式 | 方向 | 下柱 | 上柱 |\n|--|--|--|--|--|--|--|\n| L | 预期寿命 | 1 | | 正向 | 20 | 85 |\n| E | 教育 | 1 | | | | |\n| E1 | 预期受教育年限 | 1 | | 正向 | 0 | 18 |\n| E2 | 平均受教育年限 | 1 | | 正向 | 0 | 15 |\n| I | 收入 | 1 | ln(gnipc) | 正向 | 4.605170185988092 | 11.225243392518447 |\n```\n";

#[test]
fn the_human_development_index_is_reproduced() {
    let folder = crate::index::shelf().with_file_name("hdi");
    let Ok(text) = std::fs::read_to_string(folder.join("hdi_2021_sample.csv")) else {
        println!(
            "SKIPPED: {} is absent; set BIAOCHI_SHELF to the folder that holds hdi",
            folder.display()
        );
        return;
    };
    let standard = standard(HDI);
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let rows: Vec<RawUnit> = lines
        .iter()
        .map(|cells| {
            let inputs = [("L", cells[2]), ("E1", cells[3]), ("E2", cells[4]), ("gnipc", cells[5])];
            row(cells[0], Some(cells[1]), &inputs)
        })
        .collect();
    let (units, findings) = understand(&standard, &rows);
    assert_eq!(findings, []);
    let results = run(&standard, &units, Settings::default());
    assert!(results.len() >= 20);
    for (result, cells) in results.iter().zip(&lines) {
        let found = result.rounded.as_ref().unwrap().to_f64();
        let published: f64 = cells[6].parse().unwrap();
        assert!((found - published).abs() < 1e-9, "{}: {found} {published}", result.id);
    }
}
