//! Tables as a package: flows without a unit of their own, single-product processes, one impact category.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::Entry;
use crate::footprint::tables::{Figure, ProductSystem};
use crate::spread::{NORMAL_95, Spread};

/// A system as a package of openLCA; the same system gives the same bytes. The tables say no units, and so every flow has
/// one of items. Amounts that spread keep it; of flows without a factor nothing is kept in a system, and nothing written.
pub fn package(system: &ProductSystem, category: &str) -> Vec<Entry> {
    let mut files = vec![
        file(
            "unit_groups",
            "UnitGroup",
            "items",
            &json!({
                "name": "Units of items",
                "units": [{ "@type": "Unit", "@id": id("unit", "items"), "name": "Item(s)", "conversionFactor": 1.0, "isRefUnit": true }],
            }),
        ),
        file(
            "flow_properties",
            "FlowProperty",
            "items",
            &json!({
                "name": "Number of items",
                "flowPropertyType": "PHYSICAL_QUANTITY",
                "unitGroup": reference("UnitGroup", "items", "Units of items"),
            }),
        ),
    ];
    files.push(("olca-schema.json".to_owned(), json!({ "version": 2 }).to_string()));
    let single = system.figures();
    let named = |factor: u32| {
        single
            .factors
            .get(factor as usize)
            .map_or("", |(name, _)| name.as_str())
    };
    let flows: BTreeSet<&str> = single.factors.iter().map(|(name, _)| name.as_str()).collect();
    for product in 0..system.size() {
        files.push(flow(system.product(product), "PRODUCT_FLOW"));
    }
    files.extend(flows.iter().map(|name| flow(name, "ELEMENTARY_FLOW")));
    let mut exchanges: Vec<Vec<Json>> = vec![Vec::new(); system.size()];
    let mut put = |process: usize, exchange: Json| {
        if let Some(own) = exchanges.get_mut(process) {
            let mut exchange = exchange;
            exchange["internalId"] = json!(own.len() + 1);
            own.push(exchange);
        }
    };
    for (row, column, figure) in &single.amounts {
        let (row, column) = (*row as usize, *column as usize);
        let own = row == column && figure.value > 0.0;
        let mut exchange = amount(figure, "PRODUCT_FLOW", system.product(row));
        exchange["isInput"] = json!(!own);
        exchange["isQuantitativeReference"] = json!(own);
        exchange["amount"] = json!(figure.value.abs());
        if !own {
            exchange["isAvoidedProduct"] = json!(figure.value > 0.0);
            exchange["defaultProvider"] = reference("Process", system.process(row), system.process(row));
        }
        put(column, exchange);
    }
    for (factor, process, figure) in &single.flows {
        let mut exchange = amount(figure, "ELEMENTARY_FLOW", named(*factor));
        exchange["isInput"] = json!(false);
        put(*process as usize, exchange);
    }
    for (process, exchanges) in exchanges.into_iter().enumerate() {
        let name = system.process(process);
        files.push(file(
            "processes",
            "Process",
            name,
            &json!({
                "name": name,
                "processType": "UNIT_PROCESS",
                "lastInternalId": exchanges.len(),
                "exchanges": exchanges,
            }),
        ));
    }
    let factors: Vec<Json> = single
        .factors
        .iter()
        .map(|(name, figure)| {
            let mut factor = amount(figure, "ELEMENTARY_FLOW", name);
            factor["@type"] = json!("ImpactFactor");
            factor["value"] = factor["amount"].take();
            if let Some(fields) = factor.as_object_mut() {
                fields.remove("amount");
            }
            factor
        })
        .collect();
    files.push(file(
        "lcia_categories",
        "ImpactCategory",
        category,
        &json!({
            "name": category,
            "impactFactors": factors,
        }),
    ));
    files.sort();
    files
}

/// A data set under the id of its name.
fn file(folder: &str, kind: &str, name: &str, fields: &Json) -> Entry {
    let mut set = fields.clone();
    let id = id(kind, name);
    set["@type"] = json!(kind);
    set["@id"] = json!(id);
    (format!("{folder}/{id}.json"), set.to_string())
}

fn flow(name: &str, kind: &str) -> Entry {
    let property = json!([{
        "@type": "FlowPropertyFactor",
        "conversionFactor": 1.0,
        "isRefFlowProperty": true,
        "flowProperty": reference("FlowProperty", "items", "Number of items"),
    }]);
    let fields = json!({ "name": name, "flowType": kind, "flowProperties": property });
    let (_, text) = file("flows", "Flow", name, &fields);
    let id = id(kind, name);
    // A product and a flow of nature may bear one name.
    let mut set: Json = serde_json::from_str(&text).unwrap_or_default();
    set["@id"] = json!(id);
    (format!("flows/{id}.json"), set.to_string())
}

fn amount(figure: &Figure, kind: &str, name: &str) -> Json {
    let mut exchange = json!({
        "@type": "Exchange",
        "amount": figure.value,
        "flow": { "@type": "Flow", "@id": id(kind, name), "name": name, "flowType": kind },
        "flowProperty": reference("FlowProperty", "items", "Number of items"),
        "unit": { "@type": "Unit", "@id": id("unit", "items"), "name": "Item(s)" },
    });
    if let Some(spread) = figure.spread {
        exchange["uncertainty"] = spread_of(figure.value.abs(), spread);
    }
    exchange
}

fn spread_of(value: f64, spread: Spread) -> Json {
    let of = |kind: &str, fields: Json| {
        let mut uncertainty = fields;
        uncertainty["@type"] = json!("Uncertainty");
        uncertainty["distributionType"] = json!(kind);
        uncertainty
    };
    match spread {
        Spread::LogNormal(deviation) => of(
            "LOG_NORMAL_DISTRIBUTION",
            json!({ "geomMean": value, "geomSd": deviation.exp() }),
        ),
        Spread::Normal(half) => of(
            "NORMAL_DISTRIBUTION",
            json!({ "mean": value, "sd": value * half / NORMAL_95 }),
        ),
        Spread::Uniform(half) => of(
            "UNIFORM_DISTRIBUTION",
            json!({ "minimum": value * (1.0 - half), "maximum": value * (1.0 + half) }),
        ),
        Spread::Triangular(half) => of(
            "TRIANGLE_DISTRIBUTION",
            json!({ "minimum": value * (1.0 - half), "maximum": value * (1.0 + half), "mode": value }),
        ),
    }
}

fn reference(kind: &str, key: &str, name: &str) -> Json {
    json!({ "@type": kind, "@id": id(kind, key), "name": name })
}

/// An id of the shape of a UUID from what a data set is and is called (RFC 9562, version 8).
fn id(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{kind}\n{name}").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
