//! Texts that are built again whenever they, or their pictures, change.

use super::files::Text;
use crate::{
    failure::{Failure, Outcome, Result},
    output,
};
use language::{Lang, t};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

/// Between two looks. A file is built when two looks find it the same: then whoever writes it has ended.
const PAUSE: Duration = Duration::from_millis(150);

/// Builds the files, and again those that change. Ends only where the machine fails.
pub fn watch(files: &[PathBuf], lang: Lang, mut build: impl FnMut(&[PathBuf]) -> Result<Outcome>) -> Result<Outcome> {
    let mut watched: Vec<Watched<'_>> = files.iter().map(|file| Watched::of(file, lang)).collect();
    said(build(files))?;
    output::say(t!(lang, "cli-text-watching", count = watched.len()));
    loop {
        thread::sleep(PAUSE);
        let due = watched.iter_mut().filter_map(|text| text.is_due(lang));
        let due: Vec<PathBuf> = due.map(Path::to_owned).collect();
        if !due.is_empty() {
            said(build(&due))?;
        }
    }
}

/// A text that cannot be read now may be readable after the next change.
fn said(built: Result<Outcome>) -> Result<()> {
    match built {
        Ok(_) => Ok(()),
        Err(Failure::Input(message)) => {
            output::say(message);
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

/// When a file was last written, and how long it is; nothing where there is none.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// A text and the pictures that it names.
struct Watched<'a> {
    file: &'a Path,
    /// As the text stood when its pictures were looked up.
    read: Stamp,
    pictures: Vec<PathBuf>,
    state: Rest<Vec<Stamp>>,
}

impl<'a> Watched<'a> {
    fn of(file: &'a Path, lang: Lang) -> Self {
        let mut watched = Self {
            file,
            read: None,
            pictures: Vec::new(),
            state: Rest::of(None),
        };
        watched.state = Rest::of(watched.look(lang));
        watched
    }

    /// How everything of it stands; nothing while the text itself is not there, as when an editor replaces it.
    fn look(&mut self, lang: Lang) -> Option<Vec<Stamp>> {
        let own = stamp(self.file);
        own?;
        if own != self.read {
            self.pictures = Text::read(self.file, lang).map_or_else(|_| Vec::new(), |text| text.picture_files());
            self.read = own;
        }
        let pictures = self.pictures.iter().map(|picture| stamp(picture));
        Some(std::iter::once(own).chain(pictures).collect())
    }

    fn is_due(&mut self, lang: Lang) -> Option<&'a Path> {
        let now = self.look(lang);
        self.state.is_due(now).then_some(self.file)
    }
}

/// How something stood when it was built, and when it was last looked at.
struct Rest<S> {
    built: Option<S>,
    seen: Option<S>,
}

impl<S: PartialEq + Clone> Rest<S> {
    fn of(stamp: Option<S>) -> Self {
        Self {
            built: stamp.clone(),
            seen: stamp,
        }
    }

    /// Whether it changed since it was built and has come to rest.
    fn is_due(&mut self, now: Option<S>) -> bool {
        let rests = now == self.seen;
        self.seen = now;
        if !rests || self.seen.is_none() || self.seen == self.built {
            return false;
        }
        self.built.clone_from(&self.seen);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Rest;

    #[test]
    fn a_text_is_built_once_when_it_has_come_to_rest() {
        let mut text = Rest::of(Some(1));
        let due: Vec<bool> = [
            Some(1),
            Some(2),
            Some(3),
            Some(3),
            Some(3),
            None,
            None,
            Some(4),
            Some(4),
            Some(4),
        ]
        .into_iter()
        .map(|now| text.is_due(now))
        .collect();
        assert_eq!(
            due,
            [false, false, false, true, false, false, false, false, true, false]
        );
    }
}
