//! `biaochi import`: another format into a source, with what each block rests on.

use crate::{
    cli::Import,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::import::{Imported, LARGEST_FILE, docx, sts};
use language::t;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Writes the source, its pictures and, if asked for, the report; status 1 where something wants a look.
pub fn run(config: &Config, import: &Import) -> Result<Outcome> {
    let lang = config.lang;
    let name = import.file.display().to_string();
    let unreadable = |reason: String| Failure::Input(t!(lang, "cli-unreadable", file = &name, reason = reason));
    let size = fs::metadata(&import.file).map_err(|fault| unreadable(fault.to_string()))?;
    if !size.is_file() || size.len() > LARGEST_FILE as u64 {
        let limit = language::file_size(lang, LARGEST_FILE as u64);
        return Err(unreadable(t!(lang, "cli-no-source", limit = limit)));
    }
    let bytes = fs::read(&import.file).map_err(|fault| unreadable(fault.to_string()))?;
    let stem = import.output.file_stem().unwrap_or_default().to_string_lossy();
    let imported = if is_xml(&bytes) {
        sts(&bytes)
    } else {
        docx(&bytes, &format!("{stem}.files"))
    };
    let imported = imported.map_err(|fault| unreadable(fault.message().text(lang)))?;
    write(&import.output, imported.source.as_bytes())?;
    let mut left = Vec::new();
    for (path, bytes) in &imported.files {
        if !keep(&import.output, path, bytes)? {
            left.push(path.clone());
        }
    }
    let mut report = imported.report.json(lang);
    if let Some(fields) = report.as_object_mut() {
        fields.insert("file".to_owned(), import.output.display().to_string().into());
        fields.insert("files".to_owned(), imported.files.keys().cloned().collect());
    }
    if let Some(path) = &import.report {
        let text = serde_json::to_string_pretty(&report).map_err(|fault| Failure::environment("JSON", fault))?;
        write(path, format!("{text}\n").as_bytes())?;
    }
    for path in &left {
        output::say(t!(lang, "cli-import-exists", file = path));
    }
    tell(config, import, &imported);
    if config.is_json() {
        output::json(&report)?;
    } else {
        output::line(t!(
            lang,
            "cli-import-written",
            file = import.output.display().to_string(),
            blocks = imported.report.blocks.len(),
            doubtful = imported.report.doubtful().count()
        ))?;
    }
    let clean = imported.report.warnings.is_empty() && imported.report.doubtful().next().is_none() && left.is_empty();
    Ok(Outcome::of(clean))
}

/// Whether a file begins as XML does; a Word file is an archive.
fn is_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// What could not be kept as it was, on stderr.
fn tell(config: &Config, import: &Import, imported: &Imported) {
    for warning in &imported.report.warnings {
        output::say(t!(
            config.lang,
            "cli-import-warning",
            file = import.file.display().to_string(),
            place = warning.place,
            message = warning.message.text(config.lang)
        ));
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|fault| Failure::environment(folder.display(), fault))?;
    }
    fs::write(path, bytes).map_err(|fault| Failure::environment(path.display(), fault))
}

/// A picture goes beside the source. Whether it did: a file that is there already and says something else stays.
fn keep(source: &Path, path: &str, bytes: &[u8]) -> Result<bool> {
    let folder = source.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let target = folder.join(path);
    match fs::read(&target) {
        Ok(there) if there == bytes => Ok(true),
        Ok(_) => Ok(false),
        Err(_) => write(&target, bytes).map(|()| true),
    }
}
