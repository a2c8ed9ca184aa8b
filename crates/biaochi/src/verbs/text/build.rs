//! `biaochi build`: texts into the formats that people and programs need.

use super::{all_findings, examine::Examiner, files::Text, for_each, pages::Press, told, watch::watch};
use crate::{
    cli::{Build, Target},
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{
    docx,
    finding::Severity,
    html, json,
    resolve::{Resolved, resolve},
    sts,
};
use language::{Lang, t};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Writes each text in each format; status 1 if a text has errors, 2 if one could not be read or would overwrite the
/// results of another. With `--watch`, again at every change, until the caller ends it.
pub fn run(config: &Config, build: &Build) -> Result<Outcome> {
    let mut builder = Builder {
        config,
        build,
        press: Press::new(build.fonts.into(), config.lang),
        taken: BTreeMap::new(),
    };
    if build.watch {
        return watch(&build.file, config.lang, |files| builder.all(files));
    }
    builder.all(&build.file)
}

/// What is kept from one building to the next: faces, what the press remembers, whose results lie where.
struct Builder<'a> {
    config: &'a Config,
    build: &'a Build,
    press: Press,
    taken: BTreeMap<PathBuf, PathBuf>,
}

impl Builder<'_> {
    fn all(&mut self, files: &[PathBuf]) -> Result<Outcome> {
        let mut written = Vec::new();
        let outcome = for_each(files, self.config.lang, |text| self.one(&text, &mut written));
        if self.config.is_json() {
            output::json(&written)?;
        }
        outcome
    }

    fn one(&mut self, text: &Text, written: &mut Vec<String>) -> Result<Outcome> {
        let (build, lang) = (self.build, self.config.lang);
        claim(&mut self.taken, text, build.output.as_deref(), lang)?;
        let mut clock = Clock::new(build.timings);
        let resolved = resolve(&text.document);
        clock.stage("resolve");
        let findings = match build.profile {
            Some(profile) => Examiner::of(profile).findings(text),
            None => all_findings(text),
        };
        for finding in findings.iter().filter(|finding| finding.severity > Severity::Info) {
            output::say(told(&text.name(), finding, lang));
        }
        for target in targets(build) {
            let content = content(target, text, &resolved, &mut self.press)?;
            clock.stage(target.extension());
            let path = place(&text.path, build.output.as_deref(), target)?;
            fs::write(&path, content).map_err(|fault| Failure::environment(path.display(), fault))?;
            if !self.config.is_json() {
                output::line(t!(lang, "cli-text-built", file = path.display().to_string()))?;
            }
            written.push(path.display().to_string());
        }
        clock.tell(&text.name());
        let sound = !findings.iter().any(|finding| finding.severity == Severity::Error);
        Ok(Outcome::of(sound))
    }
}

fn targets(build: &Build) -> Vec<Target> {
    if build.to.is_empty() {
        vec![Target::Pdf, Target::Html, Target::Docx, Target::Xml, Target::Json]
    } else {
        build.to.clone()
    }
}

fn content(target: Target, text: &Text, resolved: &Resolved, press: &mut Press) -> Result<Vec<u8>> {
    match target {
        Target::Pdf => press.print(text, resolved),
        Target::Html => {
            let pictures = text.pictures().into_iter();
            let options = html::Options {
                pictures: pictures.map(|(name, picture)| (name, picture.address())).collect(),
                ..html::Options::default()
            };
            Ok(html::page(&text.document, resolved, &options).into_bytes())
        }
        Target::Docx => {
            let mut options = docx::Options::default();
            for (name, picture) in text.pictures() {
                let mut picture = picture.for_word();
                if picture.ending == "svg" {
                    picture.raster = press.raster(&picture.bytes);
                    if picture.raster.is_none() {
                        output::say(t!(press.lang(), "cli-text-raster", file = text.name(), picture = &name));
                    }
                }
                options.pictures.insert(name, picture);
            }
            docx::file(&text.document, resolved, &options).map_err(|fault| Failure::environment(text.name(), fault))
        }
        Target::Xml => Ok(sts::print(&text.document, resolved).into_bytes()),
        Target::Json => json::print(&text.document, resolved)
            .map(String::into_bytes)
            .map_err(|fault| Failure::environment("JSON", fault)),
    }
}

/// Refuses a text whose results would take the place of another's: two `service.md` of two folders in one DIR.
fn claim(taken: &mut BTreeMap<PathBuf, PathBuf>, text: &Text, folder: Option<&Path>, lang: Lang) -> Result<()> {
    let stem = text.path.file_stem().unwrap_or_default();
    let result = folder.map_or_else(|| text.path.with_file_name(stem), |folder| folder.join(stem));
    let before = taken.entry(result).or_insert_with(|| text.path.clone());
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if whole(before) == whole(&text.path) {
        return Ok(());
    }
    Err(Failure::Input(t!(
        lang,
        "cli-text-same-result",
        file = text.name(),
        before = before.display().to_string()
    )))
}

/// `DIR/name.html`; beside the source if no folder is named.
fn place(source: &Path, folder: Option<&Path>, target: Target) -> Result<PathBuf> {
    let name = PathBuf::from(source.file_name().unwrap_or_default()).with_extension(target.extension());
    match folder {
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|fault| Failure::environment(folder.display(), fault))?;
            Ok(folder.join(name))
        }
        None => Ok(source.with_file_name(name)),
    }
}

/// How long each stage took.
struct Clock {
    on: bool,
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn new(on: bool) -> Self {
        Self {
            on,
            last: Instant::now(),
            stages: Vec::new(),
        }
    }

    fn stage(&mut self, name: &'static str) {
        self.stages.push((name, self.last.elapsed()));
        self.last = Instant::now();
    }

    fn tell(&self, file: &str) {
        for (name, took) in self.stages.iter().filter(|_| self.on) {
            output::say(format!("{file}\t{name}\t{:.1} ms", took.as_secs_f64() * 1000.0));
        }
    }
}
