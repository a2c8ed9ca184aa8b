//! Footprints of product systems: cases of textbooks, and that both ways to solve say the same.

use indicator::footprint::{Footprint, Lines, ProductSystem, Sampled, Sampling, of_all, of_demands, sampled};

struct Table {
    head: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    fn new(text: &str) -> Self {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        let mut lines = text.lines();
        Self {
            head: cells(lines.next().unwrap()),
            rows: (2..).zip(lines.map(cells)).collect(),
        }
    }

    fn lines(&self) -> Lines<'_> {
        Lines {
            head: &self.head,
            rows: &self.rows,
        }
    }
}

fn read(a: &str, b: &str, c: &str) -> Result<ProductSystem, String> {
    let (a, b, c) = (
        Table::new(&format!("product,process,amount\n{a}")),
        Table::new(&format!("flow,process,amount\n{b}")),
        Table::new(&format!("flow,factor\n{c}")),
    );
    ProductSystem::read(&a.lines(), &b.lines(), &c.lines())
        .map_err(|(table, found)| format!("{table} {} {}", found[0].rule, found[0].place.line))
}

fn of<'a>(system: &'a ProductSystem, product: &str, amount: f64) -> Footprint<'a> {
    let demand = Table::new(&format!("product,amount\n{product},{amount}"));
    let demands = system.demands(&demand.lines()).unwrap();
    of_demands(system, &demands).unwrap().remove(0)
}

fn close(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() <= 1e-9 * (1.0 + wanted.abs()),
        "{found} {wanted}"
    );
}

#[test]
fn electricity_from_fuel_is_that_of_the_book() {
    // R. Heijungs, S. Suh: The Computational Structure of Life Cycle Assessment, Kluwer 2002, 2.1–2.2: for 1000 kWh
    // s = (100, 2), and 120 kg CO2, 14 kg SO2 are given off, 100 l of crude oil taken.
    let a = "fuel,power,-2\nelectricity,power,10\nfuel,refinery,100";
    let b = "CO2,power,1\nSO2,power,0.1\nCO2,refinery,10\nSO2,refinery,2\noil,refinery,-50";
    for (factors, wanted) in [("CO2,1", 120.0), ("SO2,1", 14.0), ("oil,1", -100.0)] {
        let system = read(a, b, factors).unwrap();
        assert_eq!(system.unweighed().len(), 2);
        let found = of(&system, "electricity", 1000.0);
        close(found.score, wanted);
        assert_eq!(found.solver, "substitution");
    }
    let system = read(a, b, "CO2,1").unwrap();
    let found = of(&system, "electricity", 1000.0);
    let parts: Vec<(&str, f64, f64)> = found
        .contributions
        .iter()
        .map(|part| (part.of, part.amount, part.score))
        .collect();
    assert_eq!(parts, [("power", 100.0, 100.0), ("refinery", 2.0, 20.0)]);
}

#[test]
fn what_needs_each_other_is_solved_together() {
    // By hand: 1 kWh takes 0.4 kg of coal, 1 kg of coal 0.1 kWh; s = 1/(1 − 0.04) and 0.4 of it.
    let a = "kWh,plant,1\ncoal,plant,-0.4\ncoal,mine,1\nkWh,mine,-0.1";
    let system = read(a, "CO2,plant,1\nCO2,mine,0.2", "CO2,1").unwrap();
    let found = of(&system, "kWh", 1.0);
    close(found.score, 1.125);
    close(found.contributions[0].amount, 25.0 / 24.0);
    assert!(found.residual < 1e-12 && found.solver == "gauss-seidel", "{found:?}");
    // 1 kg of coal: y = 0.2 + 0.1 × 1.125.
    let all = of_all(&system).unwrap();
    let scores: Vec<(&str, f64)> = all.iter().map(|one| (one.product, one.score)).collect();
    assert_eq!(scores[0].0, "kWh");
    close(scores[0].1, 1.125);
    close(scores[1].1, 0.3125);
    assert_eq!(all[0].solver, "adjoint gauss-seidel");
    let parts: Vec<&str> = all[0].contributions.iter().map(|part| part.of).collect();
    assert_eq!(parts, ["plant", "coal"]);
}

#[test]
fn an_economy_of_two_sectors_is_that_of_the_book() {
    // R. E. Miller, P. D. Blair: Input–Output Analysis, Cambridge 2009, 2.3: f = (600, 1500) calls for x = (1247.5,
    // 1841.6), rounded.
    let a = "one,1,0.85\none,2,-0.25\ntwo,1,-0.20\ntwo,2,0.95";
    let output = |sector: &str| {
        let system = read(a, &format!("x,{sector},1"), "x,1").unwrap();
        of(&system, "one", 600.0).score + of(&system, "two", 1500.0).score
    };
    assert_eq!(
        ((output("1") * 10.0).round(), (output("2") * 10.0).round()),
        (12475.0, 18416.0)
    );
}

#[test]
fn many_processes_in_one_core_balance_and_both_ways_agree() {
    let size = 3_000_u64;
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let (mut a, mut b) = (String::new(), String::new());
    for process in 0..size {
        a.push_str(&format!("p{process},m{process},1\n"));
        for _ in 0..8 {
            a.push_str(&format!("p{},m{process},-0.{:03}\n", next(size), 1 + next(110)));
        }
        b.push_str(&format!("CO2,m{process},{}\n", next(100)));
    }
    let system = read(&a, &b, "CO2,1").unwrap();
    let all = of_all(&system).unwrap();
    for product in [0, 17, 2_999] {
        let one = of(&system, &format!("p{product}"), 1.0);
        let same = all.iter().find(|other| other.product == one.product).unwrap();
        assert!(
            (one.score - same.score).abs() <= 1e-8 * one.score,
            "{} {}",
            one.score,
            same.score
        );
        let parts: f64 = one.contributions.iter().map(|part| part.score).sum::<f64>() + one.rest;
        close(parts, one.score);
    }
}

#[test]
fn sweeps_that_run_away_give_way_to_elimination() {
    // A by-product for which another process is spared: it balances, but not by sweeps.
    let a = "x,a,1\ny,a,3\nx,b,-2\ny,b,1";
    let system = read(a, "CO2,a,1", "CO2,1").unwrap();
    let found = of(&system, "x", 1.0);
    assert_eq!(found.solver, "elimination");
    // s = (1/7, −3/7).
    close(found.score, 1.0 / 7.0);
}

#[test]
fn what_has_no_footprint_is_refused_with_the_reason() {
    let b = "CO2,a,1";
    for (a, rule) in [
        ("x,a,1\ny,a,-1", "0 footprint-unmade 0"),
        ("x,a,1\ny,a,1", "0 footprint-shared-maker 0"),
        ("x,a,1\nx,b,1", "0 footprint-two-makers 0"),
        ("x,a,1\nx,b,ten", "0 footprint-not-a-number 3"),
        ("x,a,NaN", "0 footprint-not-a-number 2"),
        ("x,,1", "0 footprint-no-name 2"),
    ] {
        assert_eq!(read(a, b, "CO2,1").unwrap_err(), rule, "{a}");
    }
    assert_eq!(
        read("x,a,1", "CO2,z,1", "CO2,1").unwrap_err(),
        "1 footprint-no-process 2"
    );
    assert_eq!(
        read("x,a,1", b, "CO2,1\nCO2,2").unwrap_err(),
        "2 footprint-factor-twice 3"
    );

    let rule = |system: &ProductSystem| {
        let one = of_demands(system, &[(0, 1.0)]).unwrap_err().remove(0).rule;
        (one, of_all(system).unwrap_err().remove(0).rule)
    };
    // More coal for power, and more power for coal, than there comes out.
    let greedy = read(
        "kWh,plant,1\ncoal,plant,-4\ncoal,mine,1\nkWh,mine,-1",
        "CO2,plant,1",
        "CO2,1",
    )
    .unwrap();
    assert_eq!(rule(&greedy), ("footprint-unproductive", "footprint-unproductive"));
    let singular = read(
        "kWh,plant,1\ncoal,plant,-2\ncoal,mine,1\nkWh,mine,-0.5",
        "CO2,plant,1",
        "CO2,1",
    )
    .unwrap();
    assert_eq!(rule(&singular), ("footprint-singular", "footprint-singular"));
}

fn with_spreads(a: &str, b: &str, c: &str) -> ProductSystem {
    let (a, b, c) = (
        Table::new(&format!("product,process,amount,uncertainty\n{a}")),
        Table::new(&format!("flow,process,amount,uncertainty\n{b}")),
        Table::new(&format!("flow,factor,uncertainty\n{c}")),
    );
    ProductSystem::read(&a.lines(), &b.lines(), &c.lines()).unwrap()
}

fn draws(system: &ProductSystem, draws: u32, seed: u64) -> Sampled {
    let settings = Sampling {
        draws,
        until: None,
        seed,
        threads: 2,
    };
    sampled(system, &[(0, 2.0)], settings).unwrap().remove(0)
}

#[test]
fn a_product_of_factors_spreads_as_its_formula_says() {
    // Two units of heat, each from 5 kg of fuel (within a factor of 1.5), 3 kg of CO2 a kg of fuel (±10 %), weighed by
    // 1 (±20 %): 30 times three factors that do not depend on each other, of which mean and variance are known.
    let system = with_spreads(
        "heat,boiler,1,\nfuel,boiler,-5,对数正态(×1.5)\nfuel,well,1,",
        "CO2,well,3,均匀(±10 %)",
        "CO2,1,正态(±20 %)",
    );
    let logarithm = (1.5_f64.ln() / 1.959_963_984_540_054).powi(2);
    let mean = 30.0 * (logarithm / 2.0).exp();
    let squares = (2.0 * logarithm).exp() * (1.0 + 0.01 / 3.0) * (1.0 + (0.2_f64 / 1.959_963_984_540_054).powi(2));
    let sd = (900.0 * squares - mean * mean).sqrt();
    let found = draws(&system, 20_000, 1);
    assert_eq!((found.draws, found.failed), (20_000, 0));
    // Four times what 95 % allow.
    assert!((found.mean - mean).abs() < 2.0 * found.mean_ci, "{found:?} {mean}");
    assert!((found.sd / sd - 1.0).abs() < 0.02, "{found:?} {sd}");
    assert!(
        found.p5 < found.p50 && found.p50 < found.p95 && (found.p50 / 30.0 - 1.0).abs() < 0.01,
        "{found:?}"
    );
    // To the first order the mean is nearly all known beforehand: plain sampling has 1.96 σ/√n.
    let plain = 1.96 * found.sd / (found.draws as f64).sqrt();
    assert!(found.mean_ci < plain / 3.0, "{found:?} {plain}");
    // The squares of the slopes: fuel most, then the factor, then the flow.
    let from: Vec<(&str, Option<&str>)> = found
        .from
        .iter()
        .map(|source| (source.of.as_str(), source.process.as_deref()))
        .collect();
    assert_eq!(from, [("fuel", Some("boiler")), ("CO2", None), ("CO2", Some("well"))]);
    let all: f64 = found.from.iter().map(|source| source.share).sum();
    assert!((all - 1.0).abs() < 1e-12, "{all}");
}

#[test]
fn a_ring_is_solved_anew_for_every_draw() {
    // score = (1 + 0.4 φ 0.2) ÷ (1 − 0.04 φ) with φ within ±50 % alike: its mean by Simpson's rule.
    let system = with_spreads(
        "kWh,plant,1,\ncoal,plant,-0.4,均匀(±50 %)\ncoal,mine,1,\nkWh,mine,-0.1,",
        "CO2,plant,1,\nCO2,mine,0.2,",
        "CO2,1,",
    );
    let score = |factor: f64| 2.0 * (1.0 + 0.08 * factor) / (1.0 - 0.04 * factor);
    let steps = 1_000;
    let simpson: f64 = (0..=steps)
        .map(|at| {
            let weight = match at {
                0 => 1.0,
                at if at == steps => 1.0,
                at if at % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * score(0.5 + f64::from(at) / f64::from(steps))
        })
        .sum::<f64>()
        / (3.0 * f64::from(steps));
    let found = draws(&system, 4_000, 7);
    assert!(
        (found.mean - simpson).abs() < 2.0 * found.mean_ci,
        "{found:?} {simpson}"
    );
    assert!(found.mean_ci < 1e-4, "{found:?}");
    assert!((found.p50 - score(1.0)).abs() < 0.01, "{found:?}");
}

#[test]
fn the_same_seed_gives_the_same_digits_on_any_number_of_threads_and_stops_where_it_is_sure() {
    let system = with_spreads(
        "kWh,plant,1,\ncoal,plant,-0.4,对数正态(×1.2)\ncoal,mine,1,\nkWh,mine,-0.1,对数正态(×2)",
        "CO2,plant,1,正态(±5 %)\nCO2,mine,0.2,",
        "CO2,1,",
    );
    let of = |threads, seed, until| {
        let settings = Sampling {
            draws: 1_000,
            until,
            seed,
            threads,
        };
        sampled(&system, &[(0, 1.0), (1, 3.0)], settings).unwrap()
    };
    assert_eq!(of(1, 3, None), of(3, 3, None));
    assert_ne!(of(1, 3, None)[0].mean.to_bits(), of(1, 4, None)[0].mean.to_bits());
    let sure = of(2, 3, Some(0.01));
    assert!(
        sure[0].draws < 1_000 && sure[0].mean_ci <= 0.01 * sure[0].mean,
        "{sure:?}"
    );
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let rule = |a: &str, b: &str, c: &str| {
        let tables = (Table::new(a), Table::new(b), Table::new(c));
        match ProductSystem::read(&tables.0.lines(), &tables.1.lines(), &tables.2.lines()) {
            Err((table, found)) => format!("{table} {} {}", found[0].rule, found[0].place.column),
            Ok(system) => {
                let settings = Sampling {
                    draws: 64,
                    until: None,
                    seed: 1,
                    threads: 1,
                };
                sampled(&system, &[(0, 1.0)], settings)
                    .map_or_else(|found| found[0].rule.to_owned(), |found| found[0].failed.to_string())
            }
        }
    };
    let (made, flow, factor) = (
        "product,process,amount\na,p,1",
        "flow,process,amount\nx,p,1",
        "flow,factor\nx,1",
    );
    assert_eq!(rule(made, flow, factor), "footprint-nothing-spreads");
    assert_eq!(
        rule(made, "flow,process,amount,uncertainty\nx,p,1,±5", factor),
        "1 footprint-no-spread 4"
    );
    assert_eq!(rule(made, "flow,process,amount,uncertainty\nx,p,1,±5 %", factor), "0");
    let cancelled = "product,process,amount,uncertainty\na,p,1,\nb,q,1,\nb,p,-1,±5 %\nb,p,1,±5 %";
    assert_eq!(rule(cancelled, flow, factor), "footprint-cancelled");
    // So near to needing itself whole that some draws do.
    let ring = "product,process,amount,uncertainty\na,p,1,\nb,p,-0.97,正态(±5 %)\nb,q,1,\na,q,-1,";
    let failed: u32 = rule(ring, flow, factor).parse().unwrap();
    assert!((1..40).contains(&failed), "{failed}");
}
