#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::svg::{number, share};
use crate::*;

const HOSTILE: &str = "</title><script>alert(\"1\")</script>&amp;'\u{0}\u{1b}";

fn stage(reached: Option<f64>, tone: Tone, flag: Option<Flag<'static>>) -> Ruler<'static> {
    Ruler {
        title: "征求意见阶段",
        desc: "3月1日截止",
        ticks: &STAGES,
        reached,
        tone,
        flag,
    }
}

fn obligation(reached: Option<f64>, tone: Tone) -> Ruler<'static> {
    Ruler {
        title: "进行中",
        desc: "",
        ticks: &["", "", "", ""],
        reached,
        tone,
        flag: None,
    }
}

/// Every picture drawn with the same text wherever text goes.
fn all_with(text: &str) -> Vec<String> {
    let flag = Flag {
        at: 4.0,
        label: text,
        tone: Tone::Soon,
    };
    let ruled = Ruler {
        title: text,
        desc: text,
        ticks: &[text, text],
        reached: Some(0.5),
        tone: Tone::Blocked,
        flag: Some(flag),
    };
    let tile = Tile {
        row: 0,
        col: 0,
        label: text,
        name: text,
        level: Level::Two,
        count: text,
        pilot: true,
        href: Some(text),
    };
    let mark = AxisMark { at: 1.0, label: text };
    vec![
        ruler(&ruled),
        ruler_short(&ruled),
        tile_grid(text, text, &[tile]),
        swatch(text, Level::Zero),
        bars(
            text,
            text,
            &[Bar {
                label: text,
                value: 1.0,
                shown: text,
                tone: Tone::Plain,
                href: Some(text),
            }],
        ),
        stacked_bars(
            text,
            text,
            &[Series {
                name: text,
                tone: Tone::Light,
            }],
            &[Stack {
                label: text,
                values: &[1.0],
                shown: &[text],
                total: text,
                href: Some(text),
            }],
        ),
        sparkline(text, &[Some(1.0), Some(2.0)]),
        gantt(&Gantt {
            title: text,
            desc: text,
            days: 2.0,
            axis: &[mark],
            today: Some(mark),
            spans: &[Span {
                label: text,
                from: 0.0,
                to: 1.0,
                done: Some(0.5),
                milestones: &[1.0],
                name: text,
                tone: Tone::Plain,
                href: Some(text),
            }],
        }),
    ]
}

#[test]
fn a_ruler_shows_where_a_project_stands_and_its_next_date() {
    let flag = Flag {
        at: 4.0,
        label: "3月1日",
        tone: Tone::Soon,
    };
    insta::assert_snapshot!("ruler_consultation", ruler(&stage(Some(3.4), Tone::Plain, Some(flag))));
    insta::assert_snapshot!("ruler_unreported", ruler(&stage(None, Tone::Plain, None)));
    let late = Flag {
        at: 7.0,
        label: "2025年12月31日",
        tone: Tone::Overdue,
    };
    insta::assert_snapshot!("ruler_overdue", ruler(&stage(Some(6.0), Tone::Overdue, Some(late))));
}

#[test]
fn a_flag_at_the_end_keeps_its_date_inside_the_picture() {
    let late = Flag {
        at: 7.0,
        label: "2025年12月31日",
        tone: Tone::Plain,
    };
    let svg = ruler(&stage(Some(1.0), Tone::Plain, Some(late)));
    let label = svg.split("<text").find(|text| text.contains("12月31日")).unwrap();
    assert!(label.contains(r#"text-anchor="end""#), "{label}");
}

#[test]
fn a_short_ruler_tells_its_states_apart_without_colour() {
    insta::assert_snapshot!("ruler_short", ruler_short(&obligation(Some(2.0), Tone::Plain)));
    let shapes: Vec<String> = [
        obligation(None, Tone::Plain),
        obligation(Some(2.0), Tone::Plain),
        obligation(Some(2.0), Tone::Blocked),
        obligation(Some(2.0), Tone::Overdue),
    ]
    .iter()
    .map(|ruler| {
        let svg = ruler_short(ruler);
        // What is left when every colour and class is taken away.
        svg.split(' ')
            .filter(|part| !part.starts_with("fill=") && !part.starts_with("class="))
            .collect()
    })
    .collect();
    for (at, shape) in shapes.iter().enumerate() {
        assert!(shapes.iter().skip(at + 1).all(|other| other != shape));
    }
}

#[test]
fn rulers_of_obligations_line_up_in_a_list() {
    for (name, reached, tone, flag) in [
        ("unreported", None, Tone::Plain, None),
        ("progress", Some(1.4), Tone::Plain, Some((2.0, Tone::Plain))),
        ("soon", Some(1.8), Tone::Plain, Some((2.0, Tone::Soon))),
        ("blocked", Some(1.2), Tone::Blocked, None),
        ("overdue", Some(1.6), Tone::Overdue, Some((2.0, Tone::Overdue))),
        ("published", Some(3.0), Tone::Plain, None),
    ] {
        let flag = flag.map(|(at, tone)| Flag {
            at,
            label: "3月1日",
            tone,
        });
        let svg = ruler_short(&Ruler {
            title: name,
            flag,
            ..obligation(reached, tone)
        });
        assert!(svg.contains(r#"viewBox="0 0 120 16""#));
        insta::assert_snapshot!(format!("ruler_short_{name}"), svg);
    }
}

#[test]
fn the_country_fits_on_a_tile_grid() {
    let places = [
        (0, 8, "黑龙江"),
        (1, 6, "内蒙古"),
        (1, 8, "吉林"),
        (2, 0, "新疆"),
        (2, 3, "甘肃"),
        (2, 4, "宁夏"),
        (2, 5, "山西"),
        (2, 6, "北京"),
        (2, 8, "辽宁"),
        (3, 1, "西藏"),
        (3, 2, "青海"),
        (3, 4, "陕西"),
        (3, 5, "河南"),
        (3, 6, "河北"),
        (3, 7, "天津"),
        (4, 3, "四川"),
        (4, 4, "重庆"),
        (4, 5, "湖北"),
        (4, 6, "安徽"),
        (4, 7, "山东"),
        (5, 3, "云南"),
        (5, 4, "贵州"),
        (5, 5, "湖南"),
        (5, 6, "江西"),
        (5, 7, "江苏"),
        (5, 8, "上海"),
        (6, 4, "广西"),
        (6, 5, "广东"),
        (6, 6, "福建"),
        (6, 7, "浙江"),
        (7, 3, "海南"),
        (7, 4, "澳门"),
        (7, 5, "香港"),
        (7, 7, "台湾"),
        (6, 0, "南京"),
        (6, 1, "成都"),
        (7, 0, "杭州"),
        (7, 1, "深圳"),
    ];
    let tiles: Vec<Tile<'_>> = places
        .iter()
        .enumerate()
        .map(|(at, (row, col, label))| {
            let pilot = at % 4 == 3 || at >= 34;
            let level = if pilot { Level::ALL[at % 5] } else { Level::Zero };
            let count = if pilot { "14" } else { "" };
            Tile {
                row: *row,
                col: *col,
                label,
                name: label,
                level,
                count,
                pilot,
                href: Some("#place"),
            }
        })
        .collect();
    let svg = tile_grid("各地公开成果", "每格一地，颜色越深成果越多", &tiles);
    assert_eq!(svg.matches("<a ").count(), places.len());
    insta::assert_snapshot!("tile_grid_country", svg);
}

#[test]
fn a_ruler_is_never_filled_beyond_its_ends() {
    let end = ruler(&stage(Some(7.0), Tone::Plain, None));
    assert_eq!(ruler(&stage(Some(99.0), Tone::Plain, None)), end);
    assert_eq!(
        ruler(&stage(Some(f64::INFINITY), Tone::Plain, None))
            .matches("NaN")
            .count(),
        0
    );
    assert_eq!(
        ruler(&stage(Some(-1.0), Tone::Plain, None)),
        ruler(&stage(Some(0.0), Tone::Plain, None))
    );
}

#[test]
fn tiles_stand_where_the_map_has_them() {
    let tile = |row, col, label, level, pilot| Tile {
        row,
        col,
        label,
        name: label,
        level,
        count: "14",
        pilot,
        href: Some("/places/x"),
    };
    let svg = tile_grid(
        "各地承担数",
        "颜色越深，公开成果越多",
        &[
            tile(0, 1, "北京", Level::Four, true),
            tile(1, 0, "山西", Level::Zero, false),
        ],
    );
    insta::assert_snapshot!("tile_grid", svg);
}

#[test]
fn bars_are_as_long_as_their_values() {
    let row = |label, value, shown| Bar {
        label,
        value,
        shown,
        tone: Tone::Plain,
        href: None,
    };
    let svg = bars(
        "南京最多",
        "",
        &[row("南京", 14.0, "14"), row("成都", 7.0, "7"), row("无", f64::NAN, "—")],
    );
    let lengths: Vec<f64> = svg
        .split("<rect")
        .skip(1)
        .map(|bar| {
            bar.split("width=\"")
                .nth(1)
                .unwrap()
                .split('%')
                .next()
                .unwrap()
                .parse()
                .unwrap()
        })
        .collect();
    assert!((lengths[0] - 2.0 * lengths[1]).abs() < 0.2, "{lengths:?}");
    assert!(lengths[2].abs() < f64::EPSILON);
    insta::assert_snapshot!("bars", svg);
}

#[test]
fn series_are_named_at_the_bar_where_they_fit_and_in_a_key_where_they_do_not() {
    let series = [
        Series {
            name: "有公开成果",
            tone: Tone::Plain,
        },
        Series {
            name: "未报告",
            tone: Tone::Unknown,
        },
    ];
    let wide = [Stack {
        label: "南京",
        values: &[7.0, 7.0],
        shown: &["7", "7"],
        total: "14",
        href: None,
    }];
    let thin = [Stack {
        label: "南京",
        values: &[1.0, 13.0],
        shown: &["1", "13"],
        total: "14",
        href: None,
    }];
    let key = |svg: &str| svg.contains(r#"height="11""#);
    assert!(!key(&stacked_bars("t", "", &series, &wide)));
    assert!(key(&stacked_bars("t", "", &series, &thin)));
    insta::assert_snapshot!("stacked_bars", stacked_bars("各地进展", "", &series, &thin));
    let three = [
        series[0],
        Series {
            name: "进行中",
            tone: Tone::Light,
        },
        series[1],
    ];
    let row = |label, values, shown, total| Stack {
        label,
        values,
        shown,
        total,
        href: Some("#place"),
    };
    let rows = [
        row("南京", &[4.0, 5.0, 5.0], &["4", "5", "5"], "14 项"),
        row("重庆", &[1.0, 3.0, 7.0], &["1", "3", "7"], "11 项"),
        row("成都", &[0.0, 2.0, 5.0], &["0", "2", "5"], "7 项"),
    ];
    insta::assert_snapshot!("stacked_bars_places", stacked_bars("各地进展", "", &three, &rows));
}

#[test]
fn a_gap_breaks_the_line() {
    let whole = sparkline("t", &[Some(1.0), Some(3.0), Some(2.0)]);
    let broken = sparkline("t", &[Some(1.0), None, Some(2.0)]);
    let starts = |svg: &str| {
        svg.split("chart-line\" d=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .matches('M')
            .count()
    };
    assert_eq!((starts(&whole), starts(&broken)), (1, 2));
    insta::assert_snapshot!("sparkline", whole);
}

#[test]
fn spans_lie_on_their_days() {
    let svg = gantt(&Gantt {
        title: "两项在三月到期",
        desc: "",
        days: 90.0,
        axis: &[
            AxisMark { at: 0.0, label: "1月" },
            AxisMark {
                at: 59.0, label: "3月"
            },
        ],
        today: Some(AxisMark {
            at: 31.0,
            label: "今天",
        }),
        spans: &[Span {
            label: "起草",
            from: 0.0,
            to: 60.0,
            done: Some(31.0),
            milestones: &[60.0],
            name: "起草",
            tone: Tone::Plain,
            href: Some("/p/1"),
        }],
    });
    insta::assert_snapshot!("gantt", svg);
}

#[test]
fn no_text_becomes_markup() {
    for svg in all_with(HOSTILE) {
        assert!(
            !svg.contains("<script") && !svg.contains('\0') && !svg.contains('\u{1b}'),
            "{svg}"
        );
        assert!(svg.contains("&lt;script&gt;alert(&quot;1&quot;)"), "{svg}");
        // Well-formed: quotes pair up inside tags, and every element that opens closes.
        for tag in ["text", "title", "desc", "a", "g", "svg"] {
            let open = svg.matches(&format!("<{tag} ")).count() + svg.matches(&format!("<{tag}>")).count();
            assert_eq!(open, svg.matches(&format!("</{tag}>")).count(), "<{tag}> in {svg}");
        }
    }
}

#[test]
fn every_picture_keeps_to_the_policy_and_has_a_name_and_a_role() {
    for svg in all_with("名") {
        assert!(!svg.contains("style"), "{svg}");
        assert!(
            svg.contains("<title>名</title>") && svg.contains("aria-label=\"名\""),
            "{svg}"
        );
        assert_eq!(svg.contains("role=\"img\""), !svg.contains("<a "), "{svg}");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
    }
    assert_eq!(all_with("名"), all_with("名"));
}

#[test]
fn empty_data_draw_an_empty_picture() {
    for svg in [
        bars("t", "", &[]),
        stacked_bars("t", "", &[], &[]),
        tile_grid("t", "", &[]),
        sparkline("t", &[]),
    ] {
        assert!(svg.contains("<title>t</title>") && !svg.contains("NaN"), "{svg}");
    }
}

#[test]
fn coordinates_are_short_and_never_minus_zero() {
    assert_eq!(number(1.0 / 3.0), "0.3");
    assert_eq!(number(-0.01), "0");
    assert_eq!(number(f64::NAN), "0");
    assert!(share(1.0, 0.0).abs() < f64::EPSILON && share(0.0, 0.0).abs() < f64::EPSILON);
}
