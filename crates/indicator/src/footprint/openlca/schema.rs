//! Data sets as their files hold them; what is not needed is left out.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::Entry;
use crate::finding::{Finding, Place};

/// A reference to another data set.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Ref {
    #[serde(rename = "@id", default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Process {
    #[serde(rename = "@id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) location: Option<Ref>,
    #[serde(default)]
    pub(super) exchanges: Vec<Exchange>,
    #[serde(default)]
    pub(super) allocation_factors: Vec<AllocationFactor>,
    pub(super) default_allocation_method: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exchange {
    #[serde(alias = "input", default)]
    pub(super) is_input: bool,
    #[serde(alias = "avoidedProduct", default)]
    pub(super) is_avoided_product: bool,
    #[serde(default)]
    pub(super) internal_id: i64,
    pub(super) flow: Ref,
    pub(super) flow_property: Option<Ref>,
    pub(super) unit: Option<Ref>,
    #[serde(default)]
    pub(super) amount: f64,
    pub(super) default_provider: Option<Ref>,
    pub(super) uncertainty: Option<Uncertainty>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AllocationFactor {
    pub(super) allocation_type: Option<String>,
    pub(super) product: Option<Ref>,
    pub(super) exchange: Option<ExchangeRef>,
    #[serde(default)]
    pub(super) value: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExchangeRef {
    #[serde(default)]
    pub(super) internal_id: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Uncertainty {
    #[serde(default)]
    pub(super) distribution_type: String,
    pub(super) mean: Option<f64>,
    pub(super) sd: Option<f64>,
    pub(super) geom_sd: Option<f64>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) mode: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(super) enum FlowType {
    #[default]
    #[serde(rename = "PRODUCT_FLOW")]
    Product,
    #[serde(rename = "WASTE_FLOW")]
    Waste,
    #[serde(rename = "ELEMENTARY_FLOW")]
    Elementary,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Flow {
    #[serde(rename = "@id")]
    id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) flow_type: FlowType,
    /// A path, or a reference in the older spelling.
    #[serde(default)]
    category: Json,
    #[serde(default)]
    flow_properties: Vec<FlowProperty>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FlowProperty {
    flow_property: Option<Ref>,
    #[serde(default = "one")]
    conversion_factor: f64,
    #[serde(alias = "referenceFlowProperty", alias = "isReferenceFlowProperty", default)]
    is_ref_flow_property: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quantity {
    #[serde(rename = "@id")]
    id: String,
    unit_group: Option<Ref>,
}

#[derive(Debug, Clone, Deserialize)]
struct UnitGroup {
    #[serde(rename = "@id")]
    id: String,
    #[serde(default)]
    units: Vec<Unit>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unit {
    #[serde(rename = "@id")]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default = "one")]
    conversion_factor: f64,
    #[serde(alias = "referenceUnit", default)]
    is_ref_unit: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImpactCategory {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) impact_factors: Vec<ImpactFactor>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImpactFactor {
    pub(super) flow: Ref,
    pub(super) flow_property: Option<Ref>,
    pub(super) unit: Option<Ref>,
    #[serde(default)]
    pub(super) value: f64,
    pub(super) uncertainty: Option<Uncertainty>,
}

const fn one() -> f64 {
    1.0
}

/// A package, read.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) processes: Vec<Process>,
    pub(super) flows: HashMap<String, Flow>,
    pub(super) categories: Vec<ImpactCategory>,
    units: HashMap<String, f64>,
    quantities: HashMap<String, Quantity>,
    /// The name of the reference unit of a group.
    bases: HashMap<String, String>,
}

impl Package {
    /// Reads the data sets of a package in the order of their paths; a file that is none of them is left out.
    pub(super) fn read(entries: &[Entry]) -> Result<Self, Vec<Finding>> {
        let mut package = Self::default();
        let mut findings = Vec::new();
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort();
        for (path, text) in order {
            if let Err(fault) = package.take(text) {
                findings.push(Finding::error(
                    "openlca-unreadable",
                    &Place {
                        line: fault.line(),
                        column: fault.column(),
                        clause: String::new(),
                    },
                    &[("path", path), ("reason", &fault.to_string())],
                ));
            }
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        if package.processes.is_empty() {
            return Err(vec![Finding::error("openlca-no-process", &Place::default(), &[])]);
        }
        Ok(package)
    }

    fn take(&mut self, text: &str) -> serde_json::Result<()> {
        #[derive(Deserialize)]
        struct Kind {
            #[serde(rename = "@type", default)]
            kind: String,
        }
        // Libraries of contexts and the like are lists.
        let Ok(Kind { kind }) = serde_json::from_str(text) else {
            return serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| ());
        };
        match kind.as_str() {
            "Process" => self.processes.push(serde_json::from_str(text)?),
            "Flow" => {
                let flow: Flow = serde_json::from_str(text)?;
                self.flows.insert(flow.id.clone(), flow);
            }
            "FlowProperty" => {
                let quantity: Quantity = serde_json::from_str(text)?;
                self.quantities.insert(quantity.id.clone(), quantity);
            }
            "UnitGroup" => {
                let group: UnitGroup = serde_json::from_str(text)?;
                for unit in group.units {
                    if unit.is_ref_unit {
                        self.bases.insert(group.id.clone(), unit.name);
                    }
                    self.units.insert(unit.id, unit.conversion_factor);
                }
            }
            "ImpactCategory" => self.categories.push(serde_json::from_str(text)?),
            _ => {}
        }
        Ok(())
    }

    /// How many reference units of a flow a unit of a quantity of it is.
    pub(super) fn factor(&self, flow: &str, quantity: Option<&Ref>, unit: Option<&Ref>) -> f64 {
        let own = |of: &FlowProperty| {
            quantity.is_some_and(|wanted| of.flow_property.as_ref().is_some_and(|known| known.id == wanted.id))
        };
        let properties = self.flows.get(flow).map(|flow| flow.flow_properties.as_slice());
        let property = properties.unwrap_or_default().iter().find(|of| own(of));
        let unit = unit.and_then(|unit| self.units.get(&unit.id)).copied().unwrap_or(1.0);
        unit / property.map_or(1.0, |property| property.conversion_factor)
    }

    /// The reference unit of a flow; empty where the package does not say.
    pub(super) fn base(&self, flow: &Flow) -> &str {
        let properties = &flow.flow_properties;
        let reference = properties.iter().find(|of| of.is_ref_flow_property);
        reference
            .or(properties.first())
            .and_then(|of| self.quantities.get(&of.flow_property.as_ref()?.id))
            .and_then(|quantity| self.bases.get(&quantity.unit_group.as_ref()?.id))
            .map_or("", String::as_str)
    }

    /// A flow as the package has it, or as a reference names it.
    pub(super) fn flow_type(&self, flow: &Ref) -> FlowType {
        self.flows.get(&flow.id).map(|flow| flow.flow_type).unwrap_or_default()
    }
}

impl Flow {
    /// The path of its category.
    pub(super) fn category(&self) -> &str {
        self.category
            .as_str()
            .or_else(|| self.category.get("name").and_then(Json::as_str))
            .unwrap_or_default()
    }
}
