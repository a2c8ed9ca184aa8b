//! Packages of openLCA: tables become one and come back; units, providers, co-products, waste and avoided products are
//! read as openLCA means them.

use indicator::footprint::{
    Lines, ProductSystem, of_all, of_demands,
    openlca::{Entry, Tables, package, tables},
};
use serde_json::{Value as Json, json};

fn system(tables: &Tables) -> ProductSystem {
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let rows = |rows: &[[String; 4]]| (2..).zip(rows.iter().map(|row| row.to_vec())).collect::<Vec<_>>();
    let (a, b) = (rows(&tables.technosphere), rows(&tables.biosphere));
    let c: Vec<(u32, Vec<String>)> = (2..).zip(tables.factors[0].1.iter().map(|row| row.to_vec())).collect();
    let (of_a, of_b, of_c) = (
        head(&["product", "process", "amount", "uncertainty"]),
        head(&["flow", "process", "amount", "uncertainty"]),
        head(&["flow", "factor", "uncertainty"]),
    );
    let lines = |head, rows| Lines { head, rows };
    ProductSystem::read(&lines(&of_a, &a), &lines(&of_b, &b), &lines(&of_c, &c))
        .map_err(|(table, found)| format!("{table} {found:?}"))
        .unwrap()
}

fn close(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() < 1e-9 * wanted.abs().max(1.0),
        "{found} {wanted}"
    );
}

#[test]
fn tables_become_a_package_and_come_back() {
    let row = |cells: [&str; 4]| cells.map(str::to_owned);
    let written = Tables {
        technosphere: vec![
            row(["kWh", "plant", "1", ""]),
            row(["coal", "plant", "-0.4", "lognormal(x1.5)"]),
            row(["coal", "mine", "1", ""]),
            row(["kWh", "mine", "-0.1", "uniform(±20 %)"]),
            row(["kWh", "plant", "-0.05", ""]),
        ],
        biosphere: vec![
            row(["CO2", "plant", "1", "normal(±5 %)"]),
            row(["CO2", "mine", "0.2", "triangular(±10 %)"]),
        ],
        factors: vec![("climate".to_owned(), vec![["CO2", "1", ""].map(str::to_owned)])],
        ..Tables::default()
    };
    let before = system(&written);
    let files = package(&before, "climate");
    assert_eq!(files, package(&before, "climate"), "the same bytes");
    let paths: Vec<&str> = files.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    for folder in [
        "processes",
        "flows",
        "unit_groups",
        "flow_properties",
        "lcia_categories",
    ] {
        assert!(paths.contains(&folder), "{folder} {paths:?}");
    }
    let read = tables(&files).unwrap();
    assert!(
        read.unmade.is_empty() && read.unclear.is_empty() && read.unspread == 0,
        "{read:?}"
    );
    let after = system(&read);
    let scores = |system: &ProductSystem| {
        let mut all: Vec<(String, f64)> = of_all(system)
            .unwrap()
            .iter()
            .map(|one| (one.product.trim_end_matches(" [Item(s)]").to_owned(), one.score))
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    for ((name, was), (again, now)) in scores(&before).iter().zip(scores(&after)) {
        assert_eq!(*name, again);
        close(now, *was);
    }
    let spreads: Vec<&str> = read
        .technosphere
        .iter()
        .chain(&read.biosphere)
        .map(|row| row[3].split('(').next().unwrap_or_default())
        .filter(|kind| !kind.is_empty())
        .collect();
    let mut sorted = spreads.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["lognormal", "normal", "triangular", "uniform"]);
}

fn put(files: &mut Vec<Entry>, set: Json) {
    let path = format!(
        "{}/{}.json",
        set["@type"].as_str().unwrap(),
        set["@id"].as_str().unwrap()
    );
    files.push((path, set.to_string()));
}

fn named(id: &str) -> Json {
    json!({ "@id": id, "name": id })
}

/// Units of energy and mass, and flows as openLCA keeps them.
fn ground() -> Vec<Entry> {
    let mut files = Vec::new();
    let unit = |name: &str, factor: f64| json!({ "@id": name, "name": name, "conversionFactor": factor, "isRefUnit": factor == 1.0 });
    put(
        &mut files,
        json!({ "@type": "UnitGroup", "@id": "energies", "units": [unit("MJ", 1.0), unit("kWh", 3.6)] }),
    );
    put(
        &mut files,
        json!({ "@type": "UnitGroup", "@id": "masses", "units": [unit("kg", 1.0), unit("t", 1000.0)] }),
    );
    for (quantity, group) in [("energy", "energies"), ("mass", "masses")] {
        put(
            &mut files,
            json!({ "@type": "FlowProperty", "@id": quantity, "unitGroup": named(group) }),
        );
    }
    let flow = |id: &str, kind: &str, properties: Json| json!({ "@type": "Flow", "@id": id, "name": id, "flowType": kind, "flowProperties": properties, "category": "air" });
    let of = |quantity: &str, factor: f64, base: bool| json!({ "flowProperty": named(quantity), "conversionFactor": factor, "isRefFlowProperty": base });
    let mass = json!([of("mass", 1.0, true)]);
    put(
        &mut files,
        flow("power", "PRODUCT_FLOW", json!([of("energy", 1.0, true)])),
    );
    // A kilogram of coal holds 25 MJ.
    put(
        &mut files,
        flow(
            "coal",
            "PRODUCT_FLOW",
            json!([of("mass", 1.0, true), of("energy", 25.0, false)]),
        ),
    );
    for (id, kind) in [
        ("heat", "PRODUCT_FLOW"),
        ("gypsum", "PRODUCT_FLOW"),
        ("steel", "PRODUCT_FLOW"),
        ("ash", "WASTE_FLOW"),
        ("CO2", "ELEMENTARY_FLOW"),
        ("lignite", "ELEMENTARY_FLOW"),
    ] {
        put(&mut files, flow(id, kind, mass.clone()));
    }
    put(
        &mut files,
        json!({ "@type": "ImpactCategory", "@id": "gwp", "name": "GWP", "impactFactors": [
            { "flow": named("CO2"), "value": 1000.0, "unit": named("t"), "flowProperty": named("mass") },
        ]}),
    );
    files
}

fn exchange(flow: &str, input: bool, amount: f64, unit: &str, quantity: &str) -> Json {
    json!({ "flow": named(flow), "isInput": input, "amount": amount, "unit": named(unit), "flowProperty": named(quantity) })
}

#[test]
fn units_waste_co_products_and_avoided_products_are_read() {
    let mut files = ground();
    // 1 kWh from 7.2 MJ of coal, given as energy; 0.1 kg of ash to be treated; 0.9 kg of CO2; and 0.02 kg of gypsum that
    // another need not make.
    let mut gypsum = exchange("gypsum", true, 0.02, "kg", "mass");
    gypsum["isAvoidedProduct"] = json!(true);
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "plant", "name": "plant", "location": named("CN"), "exchanges": [
            exchange("power", false, 1.0, "kWh", "energy"),
            exchange("coal", true, 7.2, "MJ", "energy"),
            exchange("ash", false, 0.1, "kg", "mass"),
            exchange("CO2", false, 0.0009, "t", "mass"),
            gypsum,
        ]}),
    );
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "mine", "name": "mine", "exchanges": [
            exchange("coal", false, 1.0, "t", "mass"), exchange("CO2", false, 50.0, "kg", "mass"),
            exchange("lignite", true, 1.0, "t", "mass"),
        ]}),
    );
    // Treating a kilogram of ash: the waste comes in.
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "landfill", "name": "landfill", "exchanges": [
            exchange("ash", true, 1.0, "kg", "mass"), exchange("CO2", false, 0.3, "kg", "mass"),
        ]}),
    );
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "quarry", "name": "quarry", "exchanges": [
            exchange("gypsum", false, 1.0, "kg", "mass"), exchange("CO2", false, 0.5, "kg", "mass"),
        ]}),
    );
    // Two products of 3 to 1; and steel, which nobody makes.
    let factor = |product: &str, value: f64| json!({ "allocationType": "PHYSICAL_ALLOCATION", "product": named(product), "value": value });
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "boiler", "name": "boiler", "defaultAllocationMethod": "PHYSICAL_ALLOCATION",
            "allocationFactors": [factor("heat", 0.75), factor("steel", 0.25)],
            "exchanges": [
                exchange("heat", false, 3.0, "kg", "mass"), exchange("steel", false, 1.0, "kg", "mass"),
                exchange("CO2", false, 8.0, "kg", "mass"),
        ]}),
    );
    let read = tables(&files).unwrap();
    let system = system(&read);
    let score = |product: &str| {
        let all = of_all(&system).unwrap();
        all.iter()
            .find(|one| one.product == product)
            .map(|one| one.score)
            .unwrap_or_else(|| panic!("{product} {:?}", all.iter().map(|one| one.product).collect::<Vec<_>>()))
    };
    // A megajoule, which is the reference unit: (0.288 kg · 0.05 + 0.1 · 0.3 + 0.9 − 0.02 · 0.5) ÷ 3.6.
    close(score("power [MJ]"), (0.288 * 0.05 + 0.03 + 0.9 - 0.01) / 3.6);
    close(score("heat [kg]"), 8.0 * 0.75 / 3.0);
    close(score("steel [kg]"), 8.0 * 0.25);
    assert!(read.technosphere.iter().any(|row| row[1] == "plant (CN)"), "{read:?}");
    assert!(
        read.biosphere
            .iter()
            .any(|row| row[0] == "lignite [kg] (air)" && row[2] == "1000"),
        "{read:?}"
    );
    let names: Vec<(usize, f64)> = (0..system.size()).map(|at| (at, 1.0)).collect();
    assert_eq!(of_demands(&system, &names).unwrap().len(), 6);
}

#[test]
fn who_provides_is_what_the_package_says_and_what_is_not_followed_is_told() {
    let maker = |id: &str, carbon: f64| {
        json!({ "@type": "Process", "@id": id, "name": "mine", "exchanges": [
            exchange("coal", false, 1.0, "kg", "mass"), exchange("CO2", false, carbon, "kg", "mass"),
        ]})
    };
    let user = |provider: Option<&str>| {
        let mut coal = exchange("coal", true, 1.0, "kg", "mass");
        if let Some(provider) = provider {
            coal["defaultProvider"] = named(provider);
        }
        json!({ "@type": "Process", "@id": "plant", "name": "plant", "exchanges": [
            exchange("power", false, 1.0, "MJ", "energy"), coal, exchange("steel", true, 1.0, "kg", "mass"),
        ]})
    };
    let of = |provider: Option<&str>| {
        let mut files = ground();
        put(&mut files, maker("11111111-a", 2.0));
        put(&mut files, maker("22222222-b", 5.0));
        put(&mut files, user(provider));
        tables(&files).unwrap()
    };
    let named = of(Some("22222222-b"));
    assert!(named.unmade.contains("steel") && named.unclear.is_empty());
    let system = system(&named);
    let power = of_all(&system)
        .unwrap()
        .iter()
        .find(|one| one.product == "power [MJ]")
        .map(|one| one.score);
    assert_eq!(power, Some(5.0));
    // Two mines of one name are told apart.
    let processes: Vec<&str> = named.technosphere.iter().map(|row| row[1].as_str()).collect();
    assert!(
        processes.contains(&"mine #11111111") && processes.contains(&"mine #22222222"),
        "{processes:?}"
    );
    assert!(of(None).unclear.contains("coal"));
}

#[test]
fn what_is_no_package_is_refused_with_the_reason() {
    let rule = |files: &[Entry]| tables(files).map_or_else(|found| found[0].rule, |_| "read");
    assert_eq!(rule(&[]), "openlca-no-process");
    let broken = (
        "processes/a.json".to_owned(),
        "{\"@type\": \"Process\", \"@id\": 3".to_owned(),
    );
    assert_eq!(rule(&[broken]), "openlca-unreadable");
    let mut files = ground();
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "boiler", "name": "boiler", "exchanges": [
            exchange("heat", false, 3.0, "kg", "mass"), exchange("steel", false, 1.0, "kg", "mass"),
        ]}),
    );
    assert_eq!(rule(&files), "openlca-no-allocation");
    let mut files = ground();
    put(
        &mut files,
        json!({ "@type": "Process", "@id": "boiler", "name": "boiler", "exchanges": [exchange("heat", false, 3.0, "kg", "mass")] }),
    );
    assert_eq!(rule(&files), "read");
}

#[test]
fn a_damaged_package_is_read_or_refused_and_what_is_read_is_solved_or_refused() {
    let mut good = ground();
    put(
        &mut good,
        json!({ "@type": "Process", "@id": "plant", "name": "plant", "exchanges": [
            exchange("power", false, 1.0, "kWh", "energy"), exchange("coal", true, 7.2, "MJ", "energy"),
            exchange("ash", false, 0.1, "kg", "mass"), exchange("CO2", false, 0.9, "kg", "mass"),
        ]}),
    );
    put(
        &mut good,
        json!({ "@type": "Process", "@id": "mine", "name": "mine", "exchanges": [
            exchange("coal", false, 1.0, "t", "mass"), exchange("power", true, 0.1, "MJ", "energy"),
        ]}),
    );
    let texts: Vec<&str> = good.iter().map(|(_, text)| text.as_str()).collect();
    let words = [
        "1e308",
        "-0.0",
        "null",
        "[]",
        "{}",
        "\"@id\":\"coal\"",
        "true",
        "\"WASTE_FLOW\"",
        "\"isInput\":false,",
    ];
    fuzz::Fuzz::new("openlca").rounds(3_000).text(&texts, &words, |text| {
        let mut files = good.clone();
        // In the place of the file that it was, and beside it.
        files.push(("processes/damaged.json".to_owned(), text.to_owned()));
        if let Ok(read) = tables(&files) {
            let rows = |rows: &[[String; 4]]| (2..).zip(rows.iter().map(|row| row.to_vec())).collect::<Vec<_>>();
            let (a, b) = (rows(&read.technosphere), rows(&read.biosphere));
            let heads = [
                ["product", "process", "amount", "uncertainty"],
                ["flow", "process", "amount", "uncertainty"],
            ];
            let heads = heads.map(|head| head.map(str::to_owned).to_vec());
            let factors = (["flow", "factor"].map(str::to_owned).to_vec(), Vec::new());
            let system = ProductSystem::read(
                &Lines {
                    head: &heads[0],
                    rows: &a,
                },
                &Lines {
                    head: &heads[1],
                    rows: &b,
                },
                &Lines {
                    head: &factors.0,
                    rows: &factors.1,
                },
            );
            if let Ok(system) = system
                && let Ok(all) = of_all(&system)
            {
                assert!(all.iter().all(|one| one.score.is_finite()), "{all:?}");
            }
        }
    });
}
