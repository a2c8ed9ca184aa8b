//! `biaochi import-openlca` and `export-openlca`: packages of openLCA become the tables of `footprint`, and tables become a
//! package.

use super::{footprint::system_of, refused};
use crate::{
    cli::{ExportOpenlca, ImportOpenlca},
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use indicator::footprint::openlca::{Entry, Tables, package, tables};
use language::t;
use std::{
    collections::BTreeSet,
    fs::File,
    io::{Read, Write},
    path::Path,
};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The most that a package may unpack to.
const MOST_BYTES: u64 = 2 << 30;
/// So many names are told.
const NAMED: usize = 10;

/// Writes A.csv, B.csv and a table of factors for each impact category into a folder.
pub fn import(config: &Config, call: &ImportOpenlca) -> Result<Outcome> {
    let entries = unpacked(config, &call.package)?;
    let tables = tables(&entries).map_err(|findings| {
        let errors: Vec<_> = findings.iter().collect();
        refused(config, &call.package, &errors)
    })?;
    let folder = &call.output;
    std::fs::create_dir_all(folder).map_err(|fault| Failure::environment(folder.display(), fault))?;
    write(
        folder,
        "A.csv",
        ["product", "process", "amount", "uncertainty"],
        &tables.technosphere,
    )?;
    write(
        folder,
        "B.csv",
        ["flow", "process", "amount", "uncertainty"],
        &tables.biosphere,
    )?;
    for (at, (category, rows)) in (1..).zip(&tables.factors) {
        let name = if tables.factors.len() == 1 {
            "C.csv".to_owned()
        } else {
            format!("C{at}-{}.csv", plain(category))
        };
        write(folder, &name, ["flow", "factor", "uncertainty"], rows)?;
    }
    let whole = told(config, &tables)?;
    Ok(Outcome::of(whole))
}

/// What was read, and what was not followed; whether nothing is left to look at.
fn told(config: &Config, tables: &Tables) -> Result<bool> {
    let lang = config.lang;
    if config.is_json() {
        output::json(&serde_json::json!({
            "technosphere": tables.technosphere.len(),
            "biosphere": tables.biosphere.len(),
            "categories": tables.factors.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "unmade": tables.unmade,
            "unclear": tables.unclear,
            "both_ways": tables.both_ways,
            "unspread": tables.unspread,
        }))?;
    } else {
        output::line(t!(
            lang,
            "cli-openlca-read",
            amounts = tables.technosphere.len(),
            flows = tables.biosphere.len(),
            categories = tables.factors.len()
        ))?;
        let named = |names: &BTreeSet<String>| {
            let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
            first.join(", ")
        };
        let (unmade, unclear, both) = (&tables.unmade, &tables.unclear, &tables.both_ways);
        if !unmade.is_empty() {
            output::say(t!(
                lang,
                "cli-openlca-unmade",
                count = unmade.len(),
                names = named(unmade)
            ));
        }
        if !unclear.is_empty() {
            output::say(t!(
                lang,
                "cli-openlca-unclear",
                count = unclear.len(),
                names = named(unclear)
            ));
        }
        if !both.is_empty() {
            output::say(t!(
                lang,
                "cli-openlca-both-ways",
                count = both.len(),
                names = named(both)
            ));
        }
        if tables.unspread > 0 {
            output::say(t!(lang, "cli-openlca-unspread", count = tables.unspread));
        }
    }
    Ok(tables.unmade.is_empty() && tables.unclear.is_empty() && tables.both_ways.is_empty() && tables.unspread == 0)
}

/// Writes a package of the tables.
pub fn export(config: &Config, call: &ExportOpenlca) -> Result<Outcome> {
    let system = system_of(config, &call.technosphere, &call.biosphere, &call.factors)?;
    let file = &call.output;
    let failed = |fault: &dyn std::fmt::Display| Failure::environment(file.display(), fault.to_string());
    let mut zip = ZipWriter::new(File::create(file).map_err(|fault| failed(&fault))?);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (path, text) in package(&system, &call.category) {
        zip.start_file(path, options).map_err(|fault| failed(&fault))?;
        zip.write_all(text.as_bytes()).map_err(|fault| failed(&fault))?;
    }
    zip.finish().map_err(|fault| failed(&fault))?;
    Ok(Outcome::Clean)
}

/// The data sets of a package.
fn unpacked(config: &Config, file: &Path) -> Result<Vec<Entry>> {
    let name = file.display().to_string();
    let unreadable = |reason: &dyn std::fmt::Display| {
        Failure::Input(t!(
            config.lang,
            "cli-unreadable",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    };
    let opened = File::open(file).map_err(|fault| unreadable(&fault))?;
    let mut archive = ZipArchive::new(opened).map_err(|fault| unreadable(&fault))?;
    let mut entries = Vec::new();
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|fault| unreadable(&fault))?;
        let path = entry.name().map_err(|fault| unreadable(&fault))?.into_owned();
        if !path.ends_with(".json") {
            continue;
        }
        let mut text = String::new();
        // What an entry says of its own size is not believed.
        entry
            .take(left + 1)
            .read_to_string(&mut text)
            .map_err(|fault| unreadable(&fault))?;
        left = left
            .checked_sub(text.len() as u64)
            .ok_or_else(|| Failure::Input(t!(config.lang, "cli-openlca-too-large", file = name.as_str())))?;
        entries.push((path, text));
    }
    Ok(entries)
}

fn write<const N: usize>(folder: &Path, name: &str, head: [&str; N], rows: &[[String; N]]) -> Result<()> {
    let file = folder.join(name);
    let line = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        cells.join(",") + "\n"
    };
    let mut text = line(&head);
    for row in rows {
        text.push_str(&line(&row.each_ref().map(String::as_str)));
    }
    std::fs::write(&file, text).map_err(|fault| Failure::environment(file.display(), fault))
}

/// A cell after RFC 4180.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    let name: String = name.chars().map(kept).take(60).collect();
    name.trim_matches('-').to_owned()
}
