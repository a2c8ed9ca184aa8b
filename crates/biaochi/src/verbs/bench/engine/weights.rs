//! Weights that data give, and TOPSIS (T7).

use super::{
    peer::Peers,
    timing::{Draws, best, best_alone},
};
use crate::{
    failure::Result,
    verbs::bench::{Report, figure::Figure},
};
use indicator::{
    Peers as Ways,
    weighing::{critic, entropy},
};

const UNITS: usize = 100_000;
const INDICATORS: usize = 50;

type Weights = fn(&[Vec<f64>]) -> Option<Vec<f64>>;

pub fn measure(peers: &Peers, report: &mut Report) -> Result<()> {
    let arguments = ["weights", &UNITS.to_string(), &INDICATORS.to_string()];
    let times = peers.run(&arguments, &mut |said| report.skipped(said));
    let mut draws = Draws::new(7);
    let columns: Vec<Vec<f64>> = (0..INDICATORS).map(|_| draws.column(UNITS, 5.0, 95.0)).collect();
    let ways: [(&str, Weights, f64); 2] = [("critic", critic, 40.0), ("entropy", entropy, 15.0)];
    for (name, of, budget) in ways {
        let alone = best_alone(5, || of(&columns));
        // By the clock, as the peers are timed.
        let took = best(5, || of(&columns));
        let named = format!("T7: {name} weights of {UNITS} units × {INDICATORS} indicators, 1 thread");
        report.add(Figure::new(format!("{named}, processor time"), alone, "ms"))?;
        let plain = Figure::new(format!("{named}, beside plain numpy"), took, "ms");
        let figure = Figure::new(named, took, "ms").budget(budget);
        report.add(times.beside(figure, name))?;
        report.add(times.beside(plain, &format!("{name} numpy")))?;
    }
    let weighted: Vec<(f64, &[f64])> = columns.iter().map(|column| (0.02, column.as_slice())).collect();
    let took = best_alone(5, || Ways::Topsis.join(&weighted));
    let named = format!("T7: TOPSIS of {UNITS} units × {INDICATORS} indicators, 1 thread, processor time");
    report.add(Figure::new(named, took, "ms").budget(15.0))
}
