//! A product system from its tables: `product,process,amount`, `flow,process,amount`, `flow,factor`, `product,amount`.

use std::collections::{BTreeMap, BTreeSet};

use super::matrix::Matrix;
use crate::finding::{Finding, Place};

/// Names are told up to so many.
const TOLD: usize = 5;

/// A table as it was read: its head, and its rows with their lines.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// Names of columns.
    pub head: &'a [String],
    /// Line and cells.
    pub rows: &'a [(u32, Vec<String>)],
}

/// A system with as many processes as products, each process with the product that it is there for.
#[derive(Debug, Clone, Default)]
pub struct ProductSystem {
    /// By process.
    processes: Vec<String>,
    /// The product of the process at the same place.
    products: Vec<String>,
    technosphere: Matrix,
    /// What a unit of each process weighs.
    impacts: Vec<f64>,
    /// Flows without a factor.
    unweighed: Vec<String>,
}

/// Names in the order in which they first came.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: BTreeMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

/// The cells of a table by the names of its columns, numbers read.
fn read<const N: usize>(
    table: &Lines<'_>,
    names: [&str; N],
    number: &str,
) -> Result<Vec<(u32, [String; N], f64)>, Vec<Finding>> {
    let find = |name: &str| {
        table
            .head
            .iter()
            .position(|head| head.trim().eq_ignore_ascii_case(name))
    };
    let missing: Vec<&str> = names
        .into_iter()
        .chain([number])
        .filter(|name| find(name).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(vec![Finding::error(
            "footprint-no-column",
            &place(1, 1),
            &[("columns", &missing.join(", "))],
        )]);
    }
    let mut found = Vec::with_capacity(table.rows.len());
    let mut findings = Vec::new();
    for (line, cells) in table.rows {
        let cell = |name: &str| {
            find(name)
                .and_then(|at| cells.get(at))
                .map(|cell| cell.trim().to_owned())
                .unwrap_or_default()
        };
        let texts = names.map(cell);
        let text = cell(number);
        let column = find(number).unwrap_or_default() + 1;
        let stray = cells.iter().enumerate().find(|(at, cell)| {
            let headless = table.head.get(*at).is_none_or(String::is_empty);
            headless && !cell.trim().is_empty()
        });
        if let Some((at, stray)) = stray {
            findings.push(Finding::error(
                "footprint-stray-cell",
                &place(*line, at + 1),
                &[("text", stray)],
            ));
        }
        if texts.iter().any(String::is_empty) {
            findings.push(Finding::error("footprint-no-name", &place(*line, 1), &[]));
        }
        match text.parse::<f64>() {
            Ok(amount) if amount.is_finite() => found.push((*line, texts, amount)),
            _ => findings.push(Finding::error(
                "footprint-not-a-number",
                &place(*line, column),
                &[("text", &text)],
            )),
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(findings) }
}

fn place(line: u32, column: usize) -> Place {
    Place {
        line: line as usize,
        column,
        clause: String::new(),
    }
}

fn told<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let more = if all.len() > TOLD {
        format!(" … ({})", all.len())
    } else {
        String::new()
    };
    format!(
        "{}{more}",
        all.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ")
    )
}

impl ProductSystem {
    /// Reads a system; the place of a finding is that of the table in which it stands, `which` tells the table: 0 the
    /// technosphere, 1 the biosphere, 2 the factors.
    pub fn read(
        technosphere: &Lines<'_>,
        biosphere: &Lines<'_>,
        factors: &Lines<'_>,
    ) -> Result<Self, (usize, Vec<Finding>)> {
        let (mut products, mut processes) = (Names::default(), Names::default());
        let mut entries = Vec::new();
        for (_, [product, process], amount) in
            read(technosphere, ["product", "process"], "amount").map_err(|found| (0, found))?
        {
            entries.push((products.place(&product), processes.place(&process), amount));
        }
        let made = paired(&products, &processes, &entries).map_err(|finding| (0, vec![finding]))?;
        // The row of a product is the place of the process that makes it.
        let row = |product: u32| made.get(product as usize).copied().unwrap_or_default();
        let moved = entries
            .iter()
            .map(|(product, process, amount)| (row(*product), *process, *amount))
            .collect();
        let mut names = vec![String::new(); products.names.len()];
        for (product, name) in (0..).zip(products.names) {
            if let Some(place) = names.get_mut(row(product) as usize) {
                *place = name;
            }
        }
        let mut system = Self {
            technosphere: Matrix::new(names.len(), moved),
            products: names,
            impacts: vec![0.0; processes.names.len()],
            processes: Vec::new(),
            unweighed: Vec::new(),
        };
        system.weigh(biosphere, factors, &processes)?;
        system.processes = processes.names;
        Ok(system)
    }

    fn weigh(
        &mut self,
        biosphere: &Lines<'_>,
        factors: &Lines<'_>,
        processes: &Names,
    ) -> Result<(), (usize, Vec<Finding>)> {
        let mut weights = BTreeMap::new();
        for (line, [flow], factor) in read(factors, ["flow"], "factor").map_err(|found| (2, found))? {
            if weights
                .insert(flow.clone(), factor)
                .is_some_and(|before: f64| before.to_bits() != factor.to_bits())
            {
                let twice = Finding::error("footprint-factor-twice", &place(line, 1), &[("flow", &flow)]);
                return Err((2, vec![twice]));
            }
        }
        let mut unweighed = BTreeSet::new();
        let mut strangers = Vec::new();
        for (line, [flow, process], amount) in
            read(biosphere, ["flow", "process"], "amount").map_err(|found| (1, found))?
        {
            let Some(process) = processes.places.get(&process) else {
                strangers.push(Finding::error(
                    "footprint-no-process",
                    &place(line, 1),
                    &[("process", &process)],
                ));
                continue;
            };
            match (weights.get(&flow), self.impacts.get_mut(*process as usize)) {
                (Some(factor), Some(impact)) => *impact += factor * amount,
                _ => {
                    unweighed.insert(flow);
                }
            }
        }
        self.unweighed = unweighed.into_iter().collect();
        if strangers.is_empty() {
            Ok(())
        } else {
            Err((1, strangers))
        }
    }

    /// Reads demands for products of the system.
    pub fn demands(&self, table: &Lines<'_>) -> Result<Vec<(usize, f64)>, Vec<Finding>> {
        let places: BTreeMap<&str, usize> = self.products.iter().map(String::as_str).zip(0..).collect();
        let mut findings = Vec::new();
        let mut demands = Vec::new();
        for (line, [product], amount) in read(table, ["product"], "amount")? {
            match places.get(product.as_str()) {
                Some(at) => demands.push((*at, amount)),
                None => findings.push(Finding::error(
                    "footprint-no-product",
                    &place(line, 1),
                    &[("product", &product)],
                )),
            }
        }
        if findings.is_empty() {
            Ok(demands)
        } else {
            Err(findings)
        }
    }

    /// How many processes, and products.
    pub const fn size(&self) -> usize {
        self.technosphere.size()
    }

    /// The name of a process.
    pub fn process(&self, at: usize) -> &str {
        self.processes.get(at).map(String::as_str).unwrap_or_default()
    }

    /// The name of a process's product.
    pub fn product(&self, at: usize) -> &str {
        self.products.get(at).map(String::as_str).unwrap_or_default()
    }

    /// Flows of the biosphere that have no factor: they weigh nothing, which is to be said.
    pub fn unweighed(&self) -> &[String] {
        &self.unweighed
    }

    /// What is made and used.
    pub const fn technosphere(&self) -> &Matrix {
        &self.technosphere
    }

    /// What a unit of each process weighs.
    pub(super) fn impacts(&self) -> Vec<f64> {
        self.impacts.clone()
    }

    /// Whether each process makes its one product and only uses others.
    pub(super) fn is_plain(&self) -> bool {
        self.technosphere
            .entries()
            .all(|(row, column, value)| (row == column) == (value > 0.0))
    }
}

/// For each product the process that is there for it: each makes one, each is made by one.
fn paired(products: &Names, processes: &Names, entries: &[(u32, u32, f64)]) -> Result<Vec<u32>, Finding> {
    let mut makers: Vec<Vec<u32>> = vec![Vec::new(); products.names.len()];
    let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for (product, process, amount) in entries {
        *sums.entry((*product, *process)).or_default() += amount;
    }
    for ((product, process), amount) in &sums {
        if let (true, Some(makers)) = (*amount > 0.0, makers.get_mut(*product as usize)) {
            makers.push(*process);
        }
    }
    let none = makers
        .iter()
        .zip(&products.names)
        .filter(|(makers, _)| makers.is_empty());
    let none: Vec<&str> = none.map(|(_, name)| name.as_str()).collect();
    if !none.is_empty() {
        return Err(Finding::error(
            "footprint-unmade",
            &Place::default(),
            &[("products", &told(none))],
        ));
    }
    let mut of_process: Vec<Option<u32>> = vec![None; processes.names.len()];
    // Those with one maker first: their process is taken.
    let mut order: Vec<u32> = (0..products.names.len() as u32).collect();
    order.sort_by_key(|product| makers[*product as usize].len());
    for product in order {
        let mut tried = vec![false; processes.names.len()];
        if !placed(product, &makers, &mut of_process, &mut tried) {
            let name = &products.names[product as usize];
            return Err(Finding::error(
                "footprint-shared-maker",
                &Place::default(),
                &[("product", name)],
            ));
        }
    }
    let idle = of_process
        .iter()
        .zip(&processes.names)
        .filter(|(product, _)| product.is_none());
    let idle: Vec<&str> = idle.map(|(_, name)| name.as_str()).collect();
    if !idle.is_empty() {
        return Err(Finding::error(
            "footprint-two-makers",
            &Place::default(),
            &[("processes", &told(idle))],
        ));
    }
    let mut made = vec![0; products.names.len()];
    for (process, product) in (0..).zip(of_process.into_iter().flatten()) {
        made[product as usize] = process;
    }
    Ok(made)
}

/// Gives a product a maker, moving others where they have another (Kuhn 1955), without recursion.
fn placed(product: u32, makers: &[Vec<u32>], of_process: &mut [Option<u32>], tried: &mut [bool]) -> bool {
    // Each step: the product, which of its makers comes next, and the maker through which it was reached.
    let mut way: Vec<(u32, usize)> = vec![(product, 0)];
    while let Some((product, at)) = way.last_mut() {
        let Some(process) = makers[*product as usize].get(*at).copied() else {
            way.pop();
            if let Some((_, at)) = way.last_mut() {
                *at += 1;
            }
            continue;
        };
        if std::mem::replace(&mut tried[process as usize], true) {
            *at += 1;
            continue;
        }
        match of_process[process as usize] {
            Some(other) => way.push((other, 0)),
            None => {
                for (product, at) in way.iter().rev() {
                    let process = makers[*product as usize][*at];
                    of_process[process as usize] = Some(*product);
                }
                return true;
            }
        }
    }
    false
}
