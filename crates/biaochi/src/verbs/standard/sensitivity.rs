//! `biaochi sensitivity`: how far results hang on what the standard declares as uncertain.

use super::{ran, refused};
use crate::{
    cli,
    config::Config,
    failure::{Outcome, Result},
    output,
};
use indicator::{Estimate, Interval, Sensitivity, SensitivitySettings, Settings, UnitSensitivity, sensitivity};
use language::t;
use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Samples until converged; a result that is not as sure as was asked for is a finding.
pub fn run(config: &Config, call: &cli::Sensitivity) -> Result<Outcome> {
    let ran = ran(config, &call.standard, &call.over)?;
    let settings = SensitivitySettings {
        run: Settings { at: Some(ran.at) },
        until: call.until,
        seed: call.seed,
        pairs: call.second_order,
        ..SensitivitySettings::default()
    };
    let mut progress = Progress::new(config);
    let told = sensitivity(&ran.standard, &ran.units, &ran.results, settings, &mut |so_far| {
        progress.told(so_far)
    });
    progress.end();
    let told = told.map_err(|findings| {
        let errors: Vec<_> = findings.iter().collect();
        refused(config, &call.standard, &errors)
    })?;
    if let Some(file) = &call.output {
        if super::picture::is_picture(file) {
            super::picture::intervals(config, file, &ran.standard, &told)?;
        } else {
            output::json_into(super::run::created(file)?, &told)?;
        }
    } else if config.is_json() {
        output::json(&told)?;
    } else {
        print(config, &ran.standard, &told)?;
    }
    if !told.converged {
        output::say(t!(
            config.lang,
            "cli-sensitivity-not-converged",
            until = call.until.to_string(),
            replications = told.replications.to_string()
        ));
    }
    Ok(Outcome::of(told.converged && !ran.noted))
}

/// A line on stderr that is written over, on a terminal that has waited for a second.
struct Progress<'a> {
    config: &'a Config,
    from: Instant,
    shown: bool,
}

impl<'a> Progress<'a> {
    fn new(config: &'a Config) -> Self {
        Self {
            config,
            from: Instant::now(),
            shown: false,
        }
    }

    fn told(&mut self, so_far: &Estimate) {
        if self.from.elapsed() < Duration::from_secs(1) || !std::io::stderr().is_terminal() {
            return;
        }
        let widest = so_far
            .indices
            .iter()
            .fold(0.0, |widest: f64, index| widest.max(index.s1_ci).max(index.st_ci));
        let line = t!(
            self.config.lang,
            "cli-sensitivity-progress",
            replications = so_far.replications.to_string(),
            widest = format!("{widest:.4}")
        );
        self.shown = true;
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

fn print(config: &Config, standard: &indicator::Standard, told: &Sensitivity) -> Result<()> {
    let lang = config.lang;
    output::line(t!(
        lang,
        "cli-sensitivity-head",
        system = super::run::named(standard),
        replications = told.replications.to_string(),
        seed = told.seed.to_string(),
        converged = if told.converged { "yes" } else { "no" }
    ))?;
    output::line(t!(lang, "cli-sensitivity-target", target = told.target.as_str()))?;
    let share = |value: f64| format!("{value:.3}");
    for index in &told.sobol {
        output::line(t!(
            lang,
            "cli-sensitivity-factor",
            factor = index.factor.as_str(),
            s1 = share(index.s1),
            s1_ci = share(index.s1_ci),
            st = share(index.st),
            st_ci = share(index.st_ci)
        ))?;
    }
    for pair in &told.sobol2 {
        let [one, other] = &pair.factors;
        output::line(t!(
            lang,
            "cli-sensitivity-pair",
            one = one.as_str(),
            other = other.as_str(),
            s2 = share(pair.s2),
            s2_ci = share(pair.s2_ci)
        ))?;
    }
    told.units
        .iter()
        .try_for_each(|unit| output::line(of_unit(config, unit)))
}

fn of_unit(config: &Config, unit: &UnitSensitivity) -> String {
    let lang = config.lang;
    let id = unit.id.as_str();
    let interval = |key, of: &Interval, digits: usize| {
        let shown = |value: f64| format!("{value:.digits$}");
        language::format(
            lang,
            key,
            &[
                ("id", id.into()),
                ("nominal", shown(of.nominal).as_str().into()),
                ("p5", shown(of.p5).as_str().into()),
                ("p50", shown(of.p50).as_str().into()),
                ("p95", shown(of.p95).as_str().into()),
            ],
        )
    };
    let text = match (&unit.rank, &unit.value) {
        (Some(rank), _) => interval("cli-sensitivity-rank", rank, 0),
        (None, Some(value)) => interval("cli-sensitivity-value", value, digits(value)),
        (None, None) => t!(lang, "cli-sensitivity-unranked", id = id),
    };
    match unit.grade_flip {
        Some(flip) => {
            let share = format!("{:.1}", flip * 100.0);
            t!(lang, "cli-sensitivity-flip", text = text, share = share)
        }
        None => text,
    }
}

/// Places that show what an interval's width is worth.
fn digits(of: &Interval) -> usize {
    let width = (of.p95 - of.p5).abs();
    if width > 0.0 {
        (2.0 - width.log10().floor()).clamp(0.0, 9.0) as usize
    } else {
        3
    }
}
