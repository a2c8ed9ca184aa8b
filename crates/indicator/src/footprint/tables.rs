//! A product system from its tables: `product,process,amount`, `flow,process,amount`, `flow,factor`, `product,amount`;
//! in the first three a column `uncertainty` may say how a figure spreads.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::matrix::Matrix;
use super::pairing::paired;
use crate::finding::{Finding, Place};
use crate::spread::Spread;

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
    /// The single figures.
    figures: Figures,
}

/// The single figures of a system, to be drawn anew.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// Made and used: row, column, amount.
    pub(super) amounts: Vec<(u32, u32, Figure)>,
    /// Taken from and given to nature: the number of the factor, the process, the amount.
    pub(super) flows: Vec<(u32, u32, Figure)>,
    /// Factors of flows, with their names.
    pub(super) factors: Vec<(String, Figure)>,
}

/// A figure and how it spreads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) spread: Option<Spread>,
}

/// Names in the order in which they first came.
#[derive(Default)]
struct Names<'a> {
    names: Vec<&'a str>,
    places: HashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn place(&mut self, name: &'a str) -> u32 {
        *self.places.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() as u32 - 1
        })
    }
}

/// A row of a table: its line, its names, its figure.
struct Row<'a, const N: usize> {
    line: u32,
    names: [&'a str; N],
    figure: Figure,
}

/// The column in which spreads stand.
const SPREADS: &str = "uncertainty";

/// The cells of a table by the names of its columns, numbers and spreads read.
fn read<'a, const N: usize>(
    table: &Lines<'a>,
    names: [&str; N],
    number: &str,
) -> Result<Vec<Row<'a, N>>, Vec<Finding>> {
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
    let (columns, number, spreads) = (names.map(find), find(number).unwrap_or_default(), find(SPREADS));
    let headless: Vec<bool> = table.head.iter().map(|head| head.is_empty()).collect();
    let mut found = Vec::with_capacity(table.rows.len());
    let mut findings = Vec::new();
    for (line, cells) in table.rows {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        let names = columns.map(cell);
        let stray = cells.iter().enumerate().find(|(at, cell)| {
            let headless = headless.get(*at).copied().unwrap_or(true);
            headless && !cell.trim().is_empty()
        });
        if let Some((at, stray)) = stray {
            findings.push(Finding::error(
                "footprint-stray-cell",
                &place(*line, at + 1),
                &[("text", stray)],
            ));
        }
        if names.iter().any(|name| name.is_empty()) {
            findings.push(Finding::error("footprint-no-name", &place(*line, 1), &[]));
        }
        let written = cell(spreads);
        let spread = Spread::read(written);
        if let (Some(at), None, false) = (spreads, spread, written.is_empty()) {
            findings.push(Finding::error(
                "footprint-no-spread",
                &place(*line, at + 1),
                &[("text", &written)],
            ));
        }
        let text = cell(Some(number));
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => found.push(Row {
                line: *line,
                names,
                figure: Figure { value, spread },
            }),
            _ => findings.push(Finding::error(
                "footprint-not-a-number",
                &place(*line, number + 1),
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
        let mut figures = Figures::default();
        for row in read(technosphere, ["product", "process"], "amount").map_err(|found| (0, found))? {
            let [product, process] = row.names;
            let (product, process) = (products.place(product), processes.place(process));
            entries.push((product, process, row.figure.value));
            figures.amounts.push((product, process, row.figure));
        }
        let made = paired(&products.names, &processes.names, &entries).map_err(|finding| (0, vec![finding]))?;
        // The row of a product is the place of the process that makes it.
        let row = |product: u32| made.get(product as usize).copied().unwrap_or_default();
        for ((product, ..), (own, ..)) in entries.iter_mut().zip(&mut figures.amounts) {
            *product = row(*product);
            *own = *product;
        }
        let mut names = vec![String::new(); products.names.len()];
        for (product, name) in (0..).zip(products.names) {
            if let Some(place) = names.get_mut(row(product) as usize) {
                *place = name.to_owned();
            }
        }
        let mut system = Self {
            technosphere: Matrix::new(names.len(), entries),
            products: names,
            impacts: vec![0.0; processes.names.len()],
            processes: processes.names.iter().map(|name| (*name).to_owned()).collect(),
            unweighed: Vec::new(),
            figures: Figures::default(),
        };
        system.weigh(biosphere, factors, &processes, &mut figures)?;
        system.figures = figures;
        Ok(system)
    }

    fn weigh(
        &mut self,
        biosphere: &Lines<'_>,
        factors: &Lines<'_>,
        processes: &Names<'_>,
        figures: &mut Figures,
    ) -> Result<(), (usize, Vec<Finding>)> {
        let mut weights: HashMap<&str, u32> = HashMap::new();
        for row in read(factors, ["flow"], "factor").map_err(|found| (2, found))? {
            let [flow] = row.names;
            let known = weights
                .get(flow)
                .and_then(|at| figures.factors.get(*at as usize))
                .map(|(_, known)| *known);
            match known {
                None => {
                    weights.insert(flow, figures.factors.len() as u32);
                    figures.factors.push((flow.to_owned(), row.figure));
                }
                Some(known) if known.value.to_bits() == row.figure.value.to_bits() => {}
                Some(_) => {
                    let twice = Finding::error("footprint-factor-twice", &place(row.line, 1), &[("flow", &flow)]);
                    return Err((2, vec![twice]));
                }
            }
        }
        let mut unweighed: HashSet<&str> = HashSet::new();
        let mut strangers = Vec::new();
        let flows = read(biosphere, ["flow", "process"], "amount").map_err(|found| (1, found))?;
        for Row { line, names, figure } in flows {
            let [flow, process] = names;
            let Some(process) = processes.places.get(process).copied() else {
                strangers.push(Finding::error(
                    "footprint-no-process",
                    &place(line, 1),
                    &[("process", &process)],
                ));
                continue;
            };
            let factor = weights.get(flow).copied();
            let weight = factor.and_then(|at| figures.factors.get(at as usize));
            match (factor.zip(weight), self.impacts.get_mut(process as usize)) {
                (Some((factor, (_, weight))), Some(impact)) => {
                    *impact += weight.value * figure.value;
                    figures.flows.push((factor, process, figure));
                }
                _ => {
                    unweighed.insert(flow);
                }
            }
        }
        let unweighed: BTreeSet<&str> = unweighed.into_iter().collect();
        self.unweighed = unweighed.into_iter().map(str::to_owned).collect();
        if strangers.is_empty() {
            Ok(())
        } else {
            Err((1, strangers))
        }
    }

    /// Reads demands for products of the system.
    pub fn demands(&self, table: &Lines<'_>) -> Result<Vec<(usize, f64)>, Vec<Finding>> {
        let places: HashMap<&str, usize> = self.products.iter().map(String::as_str).zip(0..).collect();
        let mut findings = Vec::new();
        let mut demands = Vec::new();
        for row in read(table, ["product"], "amount")? {
            let [product] = row.names;
            match places.get(product) {
                Some(at) => demands.push((*at, row.figure.value)),
                None => findings.push(Finding::error(
                    "footprint-no-product",
                    &place(row.line, 1),
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

    /// The single figures.
    pub(super) const fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Whether each process makes its one product and only uses others.
    pub(super) fn is_plain(&self) -> bool {
        self.technosphere
            .entries()
            .all(|(row, column, value)| (row == column) == (value > 0.0))
    }
}

impl Figures {
    /// Whether any of them spreads.
    pub(super) fn spread(&self) -> bool {
        let spreads = |figure: &Figure| figure.spread.is_some();
        self.amounts
            .iter()
            .chain(&self.flows)
            .any(|(.., figure)| spreads(figure))
            || self.factors.iter().any(|(_, figure)| spreads(figure))
    }
}
