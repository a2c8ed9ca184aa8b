//! How time and memory grow with the size of the list: 1×, 10×, 100×.

use super::{
    Report,
    figure::{Durations, Figure, exponent},
    load,
    server::Server,
    world::World,
};
use crate::{config::Config, failure::Result, output};
use std::time::Duration;

/// Tasks of each size, always for twenty places.
const TASKS: [u32; 3] = [104, 1_040, 10_400];
/// Each page is asked for so often, and the median told.
const TIMES: usize = 50;
/// Pages and what they are called.
const PAGES: [(&str, &str); 4] = [
    ("list page", "/list"),
    ("task page", "/tasks/first-28"),
    ("obligations page", "/obligations"),
    ("place page", "/places/320100"),
];

/// Measures each size, and prints how it grows.
pub async fn measure(config: &Config, report: &mut Report) -> Result<()> {
    let mut sizes: Vec<(usize, Vec<Duration>)> = Vec::new();
    for tasks in TASKS {
        let world = World::shipped(config).await?;
        let obligations = world.grow(tasks, 20).await?;
        let folder = world.close().await?;
        let server = Server::start(folder.path(), false).await?;
        report.heading(&format!("{tasks} tasks, {obligations} obligations"));
        let mut times = Vec::new();
        for (name, address) in PAGES {
            let mut durations = Durations::default();
            for _ in 0..TIMES {
                let (took, _) = server.once(&load::get(address, None)).await?;
                durations.push(Duration::from_secs_f64(took / 1000.0));
            }
            let median = durations.percentile(0.5);
            times.push(Duration::from_secs_f64(median / 1000.0));
            report.add(Figure::new(format!("{name}, {tasks} tasks, median"), median, "ms"))?;
        }
        report.all(
            server
                .resident()
                .map(|mb| Figure::new(format!("resident memory, {tasks} tasks"), mb, "MB")),
        )?;
        server.stop().await?;
        sizes.push((usize::try_from(tasks).unwrap_or(0), times));
    }
    output::say("");
    for pair in sizes.windows(2) {
        let [(small, short), (large, long)] = pair else {
            continue;
        };
        for (index, (name, _)) in PAGES.iter().enumerate() {
            let grown = exponent((*small, *large), (short[index], long[index]));
            report.add(Figure::new(
                format!("time of the {name} from {small} to {large} tasks: exponent"),
                grown,
                "",
            ))?;
        }
    }
    Ok(())
}
