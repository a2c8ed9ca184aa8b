//! Which process is there for which product: each makes one, each is made by one.

use std::collections::HashMap;

use crate::finding::{Finding, Place};

/// Names are told up to so many.
const TOLD: usize = 5;

/// For each product the process that is there for it: each makes one, each is made by one.
pub(super) fn paired(products: &[&str], processes: &[&str], entries: &[(u32, u32, f64)]) -> Result<Vec<u32>, Finding> {
    let mut makers: Vec<Vec<u32>> = vec![Vec::new(); products.len()];
    let mut sums: HashMap<(u32, u32), f64> = HashMap::with_capacity(entries.len());
    for (product, process, amount) in entries {
        *sums.entry((*product, *process)).or_default() += amount;
    }
    for ((product, process), amount) in &sums {
        if let (true, Some(makers)) = (*amount > 0.0, makers.get_mut(*product as usize)) {
            makers.push(*process);
        }
    }
    makers.iter_mut().for_each(|makers| makers.sort_unstable());
    let none = makers.iter().zip(products).filter(|(makers, _)| makers.is_empty());
    let none: Vec<&str> = none.map(|(_, name)| *name).collect();
    if !none.is_empty() {
        return Err(Finding::error(
            "footprint-unmade",
            &Place::default(),
            &[("products", &told(none))],
        ));
    }
    let mut of_process: Vec<Option<u32>> = vec![None; processes.len()];
    // Those with one maker first: their process is taken.
    let mut order: Vec<u32> = (0..products.len() as u32).collect();
    order.sort_by_key(|product| makers[*product as usize].len());
    for product in order {
        let mut tried = vec![false; processes.len()];
        if !placed(product, &makers, &mut of_process, &mut tried) {
            let name = products[product as usize];
            return Err(Finding::error(
                "footprint-shared-maker",
                &Place::default(),
                &[("product", &name)],
            ));
        }
    }
    let idle = of_process
        .iter()
        .zip(processes)
        .filter(|(product, _)| product.is_none());
    let idle: Vec<&str> = idle.map(|(_, name)| *name).collect();
    if !idle.is_empty() {
        return Err(Finding::error(
            "footprint-two-makers",
            &Place::default(),
            &[("processes", &told(idle))],
        ));
    }
    let mut made = vec![0; products.len()];
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
