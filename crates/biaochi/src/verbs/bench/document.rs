//! Texts of standards: read, checked and made into every format, cold and after an edit of one word; pages beside the
//! press alone.

use super::{Report, figure::Figure};
use crate::{config::Config, failure::Result, verbs::text::find_faces};
use document::{docx, html, json, resolve::resolve, source::parse, sts, typeset};
use press::{Fonts, Job, Profile, print};
use std::{
    fs,
    time::{Duration, Instant},
};

/// Measures a short standard, then a long one.
pub fn measure(config: &Config, report: &mut Report) -> Result<()> {
    report.heading("a standard of 30 pages");
    let from = Instant::now();
    let fonts = match find_faces(Profile::default(), config.lang) {
        Ok(fonts) => fonts,
        Err(lacking) => {
            report.skipped(&lacking.to_string());
            return Ok(());
        }
    };
    let found = from.elapsed();
    let short = text(12, 8, 6);
    let cold = build(&short, &fonts)?;
    let name = format!(
        "{} pages, cold: faces, PDF, HTML, Word, XML, JSON ({} KiB of source)",
        cold.pages,
        short.len() / 1024
    );
    report.add(Figure::new(name, (found + cold.whole).as_secs_f64(), "s").budget(1.5))?;
    let edited = short.replacen("减少碳排放", "降低碳排放", 1);
    let again = build(&edited, &fonts)?;
    report.add(
        Figure::new(
            "after an edit of one word: HTML, Word, XML, JSON",
            millis(again.rest),
            "ms",
        )
        .budget(50.0),
    )?;
    report.add(Figure::new("after an edit of one word: PDF too", millis(again.whole), "ms").budget(300.0))?;
    press::forget();

    report.heading("a standard of 236 pages with 60 long tables");
    let long = text(60, 11, 52);
    let cold = build(&long, &fonts)?;
    let name = format!("{} pages, 60 long tables, cold: PDF, HTML, Word, XML, JSON", cold.pages);
    let whole = cold.whole.as_secs_f64();
    report.add(
        Figure::new(name, whole, "s")
            .budget(12.0)
            .beside("the press alone on the same program", cold.pressed.as_secs_f64()),
    )?;
    report.all(peak().map(|megabytes| Figure::new("peak of resident memory", megabytes, "MB").budget(700.0)))
}

/// What a build took.
struct Built {
    pages: usize,
    whole: Duration,
    /// The press alone.
    pressed: Duration,
    /// All but the press.
    rest: Duration,
}

fn build(source: &str, fonts: &Fonts) -> Result<Built> {
    let from = Instant::now();
    let document = parse(source).document;
    let resolved = resolve(&document);
    let page = html::page(&document, &resolved, &html::Options::default());
    let values = json::print(&document, &resolved).unwrap_or_default();
    let word = docx::file(&document, &resolved, &docx::Options::default())
        .map_err(|fault| crate::failure::Failure::environment("Word", fault))?;
    let xml = sts::print(&document, &resolved);
    let job = Job {
        program: typeset::program(&document, &resolved, &typeset::Options::default()),
        pictures: Vec::new(),
    };
    let rest = from.elapsed();
    let printed = print(&job, fonts).map_err(|fault| crate::failure::Failure::environment("PDF", fault))?;
    let whole = from.elapsed();
    std::hint::black_box((page.len(), values.len(), word.len(), xml.len()));
    Ok(Built {
        pages: printed.pages,
        whole,
        pressed: whole.saturating_sub(rest),
        rest,
    })
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The most memory that this process has had, where the system tells.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// A standard of so many chapters, each with so many paragraphs, a list, a formula and a table of so many rows.
fn text(chapters: usize, paragraphs: usize, rows: usize) -> String {
    let mut out = String::from(
        "+++\nid = \"DB50/T 1234—2026\"\ntitle = { zh = [\"物流园区低碳运行\", \"评价指南\"] }\n\
         dates = { publish = 2026-03-01, implement = 2026-06-01 }\npublisher = [\"某局\"]\nforeword.owner = \"某局\"\n\
         +++\n\n# 前言\n\n# 范围\n\n本文件规定了评价的要求。\n\n# 规范性引用文件\n\n- GB/T 2589—2020　综合能耗计算通则\n\n",
    );
    for chapter in 1..=chapters {
        out.push_str(&format!("# 第{chapter}类要求 {{#c-{chapter}}}\n\n"));
        for paragraph in 1..=paragraphs {
            out.push_str(&format!(
                "## 第{paragraph}项 {{#c-{chapter}-{paragraph}}}\n\n物流园区集中了仓储、分拨和运输活动，是减少碳排放的重点，应符合\
                 [](#tb-{chapter})的规定，按[@GB/T 2589—2020, 5.2]计算，结果按[](#eq-{chapter})汇总。各项数据应有来源和凭证，\
                 同一园区各年度应采用相同的边界，评价结果和主要数据宜向入园企业公开。\n\n- 数据可核；\n- 口径一致；\n- 结果公开。\n\n",
            ));
        }
        out.push_str(&format!(
            "::: 公式 {{#eq-{chapter}}}\nS = \\sum_{{i=1}}^{{n}} w_i \\frac{{x_i}}{{y_i}}\n式中：\nS：综合得分\nw_i：权重\n:::\n\n\
             ::: 表 第{chapter}类指标 {{#tb-{chapter} 单位=\"吨\"}}\n| 代号 | 名称 | 限值 | 说明 |\n|---|---|---|---|\n",
        ));
        for row in 1..=rows {
            out.push_str(&format!(
                "| A{row} | 单位吞吐量碳排放下降率 | ≤ {row}.5 | 按能源账单和电表读数核对，逐年比较 |\n"
            ));
        }
        out.push_str("\n注：未使用的能源不计。\n:::\n\n");
    }
    out
}
