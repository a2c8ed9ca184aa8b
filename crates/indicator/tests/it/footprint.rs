//! Footprints of product systems: cases of textbooks, and that both ways to solve say the same.

use indicator::footprint::{Footprint, Lines, ProductSystem, of_all, of_demands};

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

fn of(system: &ProductSystem, product: &str, amount: f64) -> Footprint {
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
    let found = of(&read(a, b, "CO2,1").unwrap(), "electricity", 1000.0);
    let parts: Vec<(&str, f64, f64)> = found
        .contributions
        .iter()
        .map(|part| (part.of.as_str(), part.amount, part.score))
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
    let scores: Vec<(&str, f64)> = all.iter().map(|one| (one.product.as_str(), one.score)).collect();
    assert_eq!(scores[0].0, "kWh");
    close(scores[0].1, 1.125);
    close(scores[1].1, 0.3125);
    assert_eq!(all[0].solver, "adjoint gauss-seidel");
    let parts: Vec<&str> = all[0].contributions.iter().map(|part| part.of.as_str()).collect();
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
