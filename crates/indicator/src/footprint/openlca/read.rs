//! A package as the tables of a product system.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Entry;
use super::linking::{Part, Provider, Providers, parts};
use super::schema::{FlowType, Package, Ref, Uncertainty};
use crate::finding::Finding;
use crate::spread::{NORMAL_95, Spread};

/// The tables of a product system, rows of text as `footprint` reads them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tables {
    /// product, process, amount, uncertainty.
    pub technosphere: Vec<[String; 4]>,
    /// flow, process, amount, uncertainty.
    pub biosphere: Vec<[String; 4]>,
    /// By impact category: flow, factor, uncertainty.
    pub factors: Vec<(String, Vec<[String; 3]>)>,
    /// Products that processes use and that were not followed: nobody makes them.
    pub unmade: BTreeSet<String>,
    /// The same: several make them, and the package names none.
    pub unclear: BTreeSet<String>,
    /// Flows that some processes take from nature and others give to it; what is taken is negative.
    pub both_ways: BTreeSet<String>,
    /// How many figures spread in a way that the tables cannot say.
    pub unspread: usize,
}

/// Reads a package.
///
/// # Errors
///
/// A file is no data set, there is no process, or a process with several products says nothing of their shares.
pub fn tables(entries: &[Entry]) -> Result<Tables, Vec<Finding>> {
    let package = Package::read(entries)?;
    let parts = parts(&package)?;
    let providers = Providers::of(&parts);
    let names = Names::of(&package, &parts, &providers);
    let mut tables = Tables::default();
    let mut emitted: Vec<(&Ref, bool, [String; 4], f64)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let process = names.process(at);
        let amount = part.product.amount
            * package.factor(
                &part.product.flow.id,
                part.product.flow_property.as_ref(),
                part.product.unit.as_ref(),
            );
        tables
            .technosphere
            .push([names.product(at), process.clone(), amount.to_string(), String::new()]);
        for (exchange, share) in part.others(&package) {
            let factor = package.factor(
                &exchange.flow.id,
                exchange.flow_property.as_ref(),
                exchange.unit.as_ref(),
            );
            let amount = exchange.amount * factor * share;
            if amount == 0.0 {
                continue;
            }
            let spread = tables.spread(exchange.amount, exchange.uncertainty.as_ref());
            if package.flow_type(&exchange.flow) == FlowType::Elementary {
                let row = [String::new(), process.clone(), String::new(), spread];
                emitted.push((&exchange.flow, exchange.is_input, row, amount));
                continue;
            }
            match providers.find(exchange, &parts) {
                Provider::Part(provider) => {
                    let used = if exchange.is_avoided_product { amount } else { -amount };
                    let row = [names.product(provider), process.clone(), used.to_string(), spread];
                    tables.technosphere.push(row);
                }
                Provider::None => drop(tables.unmade.insert(exchange.flow.name.clone())),
                Provider::Several => drop(tables.unclear.insert(exchange.flow.name.clone())),
            }
        }
    }
    let way = |input: bool| {
        let same = emitted.iter().filter(move |(_, own, ..)| *own == input);
        same.map(|(flow, ..)| flow.id.as_str()).collect::<HashSet<&str>>()
    };
    let (taken, given) = (way(true), way(false));
    for (flow, input, mut row, amount) in emitted {
        let id = flow.id.as_str();
        let turned = input && given.contains(id);
        row[0] = names.flow(id, flow);
        row[2] = if turned { -amount } else { amount }.to_string();
        if taken.contains(id) && given.contains(id) {
            tables.both_ways.insert(row[0].clone());
        }
        tables.biosphere.push(row);
    }
    for category in &package.categories {
        let mut rows = Vec::new();
        for factor in &category.impact_factors {
            let unit = package.factor(&factor.flow.id, factor.flow_property.as_ref(), factor.unit.as_ref());
            let spread = tables.spread(factor.value, factor.uncertainty.as_ref());
            let name = names.flow(&factor.flow.id, &factor.flow);
            rows.push([name, (factor.value / unit).to_string(), spread]);
        }
        tables.factors.push((category.name.clone(), rows));
    }
    Ok(tables)
}

impl Tables {
    /// How a figure spreads, as a table says it.
    fn spread(&mut self, amount: f64, uncertainty: Option<&Uncertainty>) -> String {
        let Some(uncertainty) = uncertainty.filter(|of| of.distribution_type != "NO_DISTRIBUTION") else {
            return String::new();
        };
        let said = said(amount, uncertainty).filter(|text| Spread::read(text).is_some());
        self.unspread += usize::from(said.is_none());
        said.unwrap_or_default()
    }
}

fn said(amount: f64, of: &Uncertainty) -> Option<String> {
    let share = |half: f64| half / amount.abs();
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * amount.abs();
    let around = |low: f64, high: f64, middle: f64| {
        let half = (high - low) / 2.0;
        (half > 0.0 && near(f64::midpoint(low, high), amount) && near(middle, amount)).then(|| share(half))
    };
    Some(match of.distribution_type.as_str() {
        "LOG_NORMAL_DISTRIBUTION" => format!("lognormal(x{})", of.geom_sd?.powf(NORMAL_95)),
        "NORMAL_DISTRIBUTION" if near(of.mean?, amount) => format!("normal(±{})", share(NORMAL_95 * of.sd?)),
        "UNIFORM_DISTRIBUTION" => format!("uniform(±{})", around(of.minimum?, of.maximum?, amount)?),
        "TRIANGLE_DISTRIBUTION" => format!("triangular(±{})", around(of.minimum?, of.maximum?, of.mode?)?),
        _ => return None,
    })
}

/// Names of processes, products and flows, no two alike.
struct Names<'a> {
    processes: Vec<String>,
    products: Vec<String>,
    flows: HashMap<&'a str, String>,
}

impl<'a> Names<'a> {
    fn of(package: &'a Package, parts: &[Part<'a>], providers: &Providers<'a>) -> Self {
        let processes = apart(parts.iter().map(|part| {
            let mut name = part.process.name.clone();
            if let Some(location) = part.process.location.as_ref().filter(|of| !of.name.is_empty()) {
                name = format!("{name} ({})", location.name);
            }
            if part.among > 1 {
                name = format!("{name} · {}", part.product.flow.name);
            }
            (name, part.process.id.as_str())
        }));
        let products = apart(parts.iter().zip(&processes).map(|(part, process)| {
            let flow = &part.product.flow;
            let name = with_unit(package, &flow.id, &flow.name);
            let several = providers.count(&flow.id) > 1;
            let name = if several { format!("{name} ← {process}") } else { name };
            (name, flow.id.as_str())
        }));
        let mut elementary: Vec<_> = package
            .flows
            .iter()
            .filter(|(_, flow)| flow.flow_type == FlowType::Elementary)
            .collect();
        elementary.sort_by_key(|(id, _)| id.as_str());
        let texts = apart(elementary.iter().map(|(id, flow)| {
            let name = with_unit(package, id, &flow.name);
            let category = flow.category();
            let name = if category.is_empty() {
                name
            } else {
                format!("{name} ({category})")
            };
            (name, id.as_str())
        }));
        let flows = elementary.iter().map(|(id, _)| id.as_str()).zip(texts).collect();
        Self {
            processes,
            products,
            flows,
        }
    }

    fn process(&self, at: usize) -> String {
        self.processes.get(at).cloned().unwrap_or_default()
    }

    fn product(&self, at: usize) -> String {
        self.products.get(at).cloned().unwrap_or_default()
    }

    fn flow(&self, id: &str, named: &Ref) -> String {
        self.flows.get(id).cloned().unwrap_or_else(|| named.name.clone())
    }
}

fn with_unit(package: &Package, id: &str, name: &str) -> String {
    let flow = package.flows.get(id);
    let name = flow.map_or(name, |flow| flow.name.as_str());
    match flow.map(|flow| package.base(flow)).unwrap_or_default() {
        "" => name.to_owned(),
        unit => format!("{name} [{unit}]"),
    }
}

/// Where names are alike, each with the beginning of its id.
fn apart<'a>(names: impl Iterator<Item = (String, &'a str)>) -> Vec<String> {
    let names: Vec<(String, &str)> = names.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &names {
        *counts.entry(name).or_default() += 1;
    }
    let alike = |name: &str| counts.get(name).is_some_and(|count| *count > 1);
    names
        .iter()
        .map(|(name, id)| {
            if alike(name) {
                format!("{name} #{}", id.get(..8).unwrap_or(id))
            } else {
                name.clone()
            }
        })
        .collect()
}
