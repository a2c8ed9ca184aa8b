//! Product systems: read and solved for a demand (T8), a unit of every product at once (T9), every
//! figure drawn anew (T10); one thread, by the processor's time but where a peer stands beside.

use super::{
    peer::Peers,
    timing::{Draws, best, best_alone, threads},
};
use crate::{
    failure::Result,
    verbs::bench::{Report, figure::Figure},
};
use indicator::footprint::{Lines, ProductSystem, Sampling, of_all, of_demands, sampled};

const PROCESSES: usize = 20_000;
/// Inputs of a process, one of which stays in the neighbourhood, the others go to what everybody uses.
const INPUTS: usize = 10;
const HUBS: usize = 200;

struct Table {
    head: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    fn push(&mut self, texts: [String; 3]) {
        let line = self.rows.len() as u32 + 2;
        self.rows.push((line, texts.to_vec()));
    }

    fn lines(&self) -> Lines<'_> {
        Lines {
            head: &self.head,
            rows: &self.rows,
        }
    }
}

pub fn measure(peers: &Peers, report: &mut Report) -> Result<()> {
    let (technosphere, biosphere, factors) = tables();
    let system = match ProductSystem::read(&technosphere.lines(), &biosphere.lines(), &factors.lines()) {
        Ok(system) => system,
        Err((_, findings)) => {
            let said: Vec<&str> = findings.iter().take(1).map(|finding| finding.rule).collect();
            report.skipped(&format!("SKIPPED T8, T9: {}", said.join(" ")));
            return Ok(());
        }
    };
    let entries = technosphere.rows.len();
    let size = [PROCESSES, entries].map(|count| count.to_string());
    let times = peers.run(&["footprint", &size[0], &INPUTS.to_string()], &mut |said| {
        report.skipped(said)
    });
    let of = |what: &str| format!("{what}, {PROCESSES} processes, {entries} entries");
    let read = best_alone(2, || {
        ProductSystem::read(&technosphere.lines(), &biosphere.lines(), &factors.lines()).is_ok()
    });
    report.add(Figure::new(of("T8: tables of texts to a system"), read, "ms"))?;
    let one = best_alone(3, || of_demands(&system, &[(17, 1.0)]).is_ok());
    let figure = Figure::new(of("T8: a demand, solved from nothing, with contributions"), one, "ms").budget(60.0);
    report.add(figure)?;
    let demands: Vec<(usize, f64)> = (0..10).map(|at| (at * 1_999, 1.0)).collect();
    let (first, ten) = (
        best(3, || of_demands(&system, &[(17, 1.0)]).is_ok()),
        best(3, || of_demands(&system, &demands).is_ok()),
    );
    // What ten take beyond one, by the clock, as the peer is timed.
    let next = ((ten - first) / 9.0).max(0.0);
    let figure = Figure::new(of("T8: the next demand"), next, "ms").budget(8.0);
    report.add(times.beside(figure, "solve"))?;
    let all = best_alone(3, || of_all(&system).is_ok());
    report.add(Figure::new(of("T9: a unit of every product, with what each uses"), all, "ms").budget(20.0))?;
    drawn(technosphere, biosphere, &factors, report)
}

/// T10: every amount within a factor of 1.5.
fn drawn(technosphere: Table, biosphere: Table, factors: &Table, report: &mut Report) -> Result<()> {
    let [technosphere, biosphere] = [technosphere, biosphere].map(|mut table| {
        table.head.push("uncertainty".to_owned());
        for (_, cells) in &mut table.rows {
            cells.push("lognormal(x1.5)".to_owned());
        }
        table
    });
    let Ok(system) = ProductSystem::read(&technosphere.lines(), &biosphere.lines(), &factors.lines()) else {
        report.skipped("SKIPPED T10: the tables with spreads could not be read");
        return Ok(());
    };
    let sample = |draws: u32, until: Option<f64>, threads: usize| {
        let settings = Sampling {
            draws,
            until,
            seed: 7,
            threads,
        };
        sampled(&system, &[(17, 1.0)], settings).ok()
    };
    let count = technosphere.rows.len() + biosphere.rows.len();
    let named = |what: &str| format!("T10: {count} amounts of {PROCESSES} processes drawn anew, {what}");
    let fewer = best(1, || sample(100, None, 1)) * 10.0;
    report.add(Figure::new(
        named("1,000 draws, 1 thread, ten times a hundred"),
        fewer,
        "ms",
    ))?;
    let thousand = best(1, || sample(1_000, None, threads()));
    report.add(Figure::new(named("1,000 draws, all threads"), thousand, "ms").budget(4_000.0))?;
    // As sure as a thousand plain draws are: 1.96 σ/√1000.
    let plain = sample(256, None, threads()).and_then(|found| {
        let one = found.into_iter().next()?;
        (one.mean > 0.0).then(|| 1.96 * one.sd / 1_000.0_f64.sqrt() / one.mean)
    });
    let took = best(1, || sample(1_000, plain, threads()));
    report.add(Figure::new(named("until the mean is as sure, all threads"), took, "ms").budget(300.0))
}

/// A system of which nearly all is one core: each process takes from hubs, which everybody uses, and from neighbours.
fn tables() -> (Table, Table, Table) {
    let mut draws = Draws::new(7);
    let mut technosphere = Table::new(&["product", "process", "amount"]);
    let mut biosphere = Table::new(&["flow", "process", "amount"]);
    for process in 0..PROCESSES {
        technosphere.push([format!("p{process}"), format!("m{process}"), "1".to_owned()]);
        for input in 0..INPUTS {
            let from = if input * 10 < INPUTS * 6 {
                (draws.within(0.0, 1.0).powi(3) * HUBS as f64) as usize
            } else {
                (process + 1 + draws.within(0.0, 400.0) as usize) % PROCESSES
            };
            if from != process {
                let amount = format!("-{}", draws.within(0.0, 0.13));
                technosphere.push([format!("p{from}"), format!("m{process}"), amount]);
            }
        }
        biosphere.push([
            "CO2".to_owned(),
            format!("m{process}"),
            draws.within(0.0, 10.0).to_string(),
        ]);
    }
    let factors = Table {
        head: ["flow", "factor"].map(str::to_owned).to_vec(),
        rows: vec![(2, ["CO2", "1"].map(str::to_owned).to_vec())],
    };
    (technosphere, biosphere, factors)
}
