//! Single-product processes, and who provides what.

use std::collections::{BTreeMap, HashMap};

use super::schema::{AllocationFactor, Exchange, FlowType, Package, Process};
use crate::finding::{Finding, Place};

/// A process with the one product that it is there for; co-products are processes of their own.
pub(super) struct Part<'a> {
    pub(super) process: &'a Process,
    pub(super) product: &'a Exchange,
    /// How many products the process has.
    pub(super) among: usize,
    factors: BTreeMap<i64, f64>,
    factor: f64,
}

impl<'a> Part<'a> {
    /// The exchanges that are not its products, with the share of them that this product bears.
    pub(super) fn others(&self, package: &'a Package) -> impl Iterator<Item = (&'a Exchange, f64)> + '_ {
        self.process
            .exchanges
            .iter()
            .filter(move |exchange| !is_product(package, exchange))
            .map(|exchange| {
                let own = self.factors.get(&exchange.internal_id).copied();
                (exchange, own.unwrap_or(self.factor))
            })
    }
}

/// What a process makes, or the waste that it takes to treat it.
fn is_product(package: &Package, exchange: &Exchange) -> bool {
    !exchange.is_avoided_product
        && match package.flow_type(&exchange.flow) {
            FlowType::Product => !exchange.is_input,
            FlowType::Waste => exchange.is_input,
            FlowType::Elementary => false,
        }
}

/// Every process by its products.
pub(super) fn parts(package: &Package) -> Result<Vec<Part<'_>>, Vec<Finding>> {
    let mut parts = Vec::new();
    let mut findings = Vec::new();
    for process in &package.processes {
        let products: Vec<&Exchange> = process
            .exchanges
            .iter()
            .filter(|exchange| is_product(package, exchange))
            .collect();
        let refuse = |rule| Finding::error(rule, &Place::default(), &[("process", &process.name)]);
        match products.as_slice() {
            [] => {}
            [one] => parts.push(Part {
                process,
                product: one,
                among: 1,
                factors: BTreeMap::new(),
                factor: 1.0,
            }),
            several => match allocated(process, several) {
                Some(allocated) => parts.extend(allocated),
                None => findings.push(refuse("openlca-no-allocation")),
            },
        }
    }
    if findings.is_empty() { Ok(parts) } else { Err(findings) }
}

/// The parts of a process with several products, by the factors of its own method.
fn allocated<'a>(process: &'a Process, products: &[&'a Exchange]) -> Option<Vec<Part<'a>>> {
    let method = process.default_allocation_method.as_deref()?;
    let of = |product: &Exchange| {
        let own = |factor: &&AllocationFactor| {
            let named = factor.product.as_ref().is_some_and(|named| named.id == product.flow.id);
            named && factor.allocation_type.as_deref() == Some(method)
        };
        process.allocation_factors.iter().filter(own).collect::<Vec<_>>()
    };
    products
        .iter()
        .map(|product| {
            let factors = of(product);
            let (single, whole): (Vec<&AllocationFactor>, Vec<&AllocationFactor>) =
                factors.into_iter().partition(|factor| factor.exchange.is_some());
            let factor = whole.first().map(|factor| factor.value);
            let single: BTreeMap<i64, f64> = single
                .iter()
                .filter_map(|factor| Some((factor.exchange.as_ref()?.internal_id, factor.value)))
                .collect();
            (factor.is_some() || !single.is_empty()).then(|| Part {
                process,
                product,
                among: products.len(),
                factors: single,
                factor: factor.unwrap_or(0.0),
            })
        })
        .collect()
}

/// Who makes a flow: the parts by their number.
pub(super) struct Providers<'a> {
    of_flow: HashMap<&'a str, Vec<usize>>,
}

/// To whom an input is followed.
pub(super) enum Provider {
    /// To this part.
    Part(usize),
    /// Nobody makes it.
    None,
    /// Several do, and the package names none of them.
    Several,
}

impl<'a> Providers<'a> {
    pub(super) fn of(parts: &[Part<'a>]) -> Self {
        let mut of_flow: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, part) in parts.iter().enumerate() {
            of_flow.entry(&part.product.flow.id).or_default().push(at);
        }
        Self { of_flow }
    }

    /// How many make a flow.
    pub(super) fn count(&self, flow: &str) -> usize {
        self.of_flow.get(flow).map_or(0, Vec::len)
    }

    pub(super) fn find(&self, exchange: &Exchange, parts: &[Part<'_>]) -> Provider {
        let known = self
            .of_flow
            .get(exchange.flow.id.as_str())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let named = exchange.default_provider.as_ref();
        let wanted = known
            .iter()
            .find(|at| named.is_some_and(|named| parts.get(**at).is_some_and(|part| part.process.id == named.id)));
        match (wanted, known) {
            (Some(at), _) | (None, [at]) => Provider::Part(*at),
            (None, []) => Provider::None,
            (None, _) => Provider::Several,
        }
    }
}
