//! Kills, and what must hold after each: the log verifies, every receipt is in it once, every request without an answer
//! once or never, and whoever asks again under the same key does nothing twice.

use crate::{
    database::{Opened, on_postgres, on_sqlite, open, say, text_of},
    work::{Attempt, Random},
    writers::{ASKS, CONFLICT, DATABASE, DONE, FAILED, ROUND},
};
use ledger::{DatabaseUrl, Position, Recorded};
use platform::{Platform, refusal::Error};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

/// Rows are compared with what the log gives after every so many kills.
const REBUILD_EVERY: usize = 10;
/// How many receipts of a round are asked for again under their key.
const ASKED_AGAIN: usize = 3;
/// How many requests of a round that left no trace are sent again under their key.
const SENT_AGAIN: usize = 20;

fn kills() -> usize {
    if std::env::var_os("BIAOCHI_LONG").is_some_and(|v| v != "0") {
        200
    } else {
        20
    }
}

/// What the killed process had told.
#[derive(Debug, Default)]
struct Told {
    asked: BTreeMap<String, Attempt>,
    done: BTreeMap<String, i64>,
    conflicts: BTreeSet<String>,
}

impl Told {
    fn take(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix(ASKS) {
            let attempt = Attempt::parse(rest);
            self.asked.insert(attempt.key.clone(), attempt);
        } else if let Some(rest) = line.strip_prefix(DONE) {
            let (key, position) = rest.split_once(' ').unwrap();
            assert!(
                self.done.insert(key.to_owned(), position.parse().unwrap()).is_none(),
                "{key} was answered twice"
            );
        } else if let Some(key) = line.strip_prefix(CONFLICT) {
            self.conflicts.insert(key.to_owned());
        } else if let Some(rest) = line.strip_prefix(FAILED) {
            panic!("a writer failed: {rest}");
        }
    }

    /// Requests of which nobody knows what became of them.
    fn unanswered(&self) -> impl Iterator<Item = &Attempt> {
        self.asked
            .values()
            .filter(|a| !self.done.contains_key(&a.key) && !self.conflicts.contains(&a.key))
    }

    /// Adds what was told in a round.
    fn join(&mut self, round: Self) {
        self.asked.extend(round.asked);
        self.done.extend(round.done);
        self.conflicts.extend(round.conflicts);
    }
}

/// Starts the writers, kills them so long after the first receipt, and gives what they told.
fn killed_after(url: &DatabaseUrl, round: &str, seed: u64, delay: Duration) -> Told {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writers::writers", "--ignored", "--nocapture"])
        .env(DATABASE, text_of(url))
        .env(ROUND, format!("{round} {seed}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (tell, told) = mpsc::channel();
    let reader = std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
    let mut story = Told::default();
    while story.done.is_empty() {
        story.take(&told.recv().expect("the writers ended before their first receipt"));
    }
    let end = Instant::now() + delay;
    while let Ok(line) = told.recv_timeout(end.saturating_duration_since(Instant::now())) {
        story.take(&line);
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "the writers ended by themselves");
    // What had been written to the pipe before the end was handed out, too.
    for line in told {
        story.take(&line);
    }
    reader.join().unwrap().unwrap();
    story
}

/// The events of writers, by the key of their request.
async fn written(platform: &Platform, after: Position) -> BTreeMap<String, Vec<Recorded>> {
    let mut found: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for event in platform.ledger().events(after, u32::MAX).await.unwrap() {
        if event.actor.0.starts_with("writer-") {
            found.entry(event.cause.clone()).or_default().push(event);
        }
    }
    found
}

async fn verify(platform: &Platform) {
    let verification = platform.ledger().verify().await.unwrap();
    assert!(verification.ok, "{:?}", verification.problems);
}

/// What stands in the log must be what was told: receipts once, conflicts never, the rest once or never.
fn judge(told: &Told, log: &BTreeMap<String, Vec<Recorded>>) {
    for (key, events) in log {
        let attempt = told
            .asked
            .get(key)
            .unwrap_or_else(|| panic!("{key} is in the log, and nobody asked for it"));
        assert_eq!(events.len(), 1, "{key} is in the log {} times", events.len());
        assert_eq!(events[0].stream.id(), attempt.obligation);
        assert_eq!(events[0].actor.0, attempt.person());
        assert!(events[0].body.contains(key.as_str()), "{key}: {}", events[0].body);
        assert!(!told.conflicts.contains(key), "{key} was refused and is in the log");
    }
    for (key, position) in &told.done {
        let events = log
            .get(key)
            .unwrap_or_else(|| panic!("{key} was accepted at {position} and is lost"));
        assert_eq!(events[0].position.0, *position, "{key}");
    }
}

/// Sends again whatever was done and not answered, and some of what left no trace or has an answer; gives how many had
/// been done before the kill.
async fn ask_again(
    platform: &Platform,
    told: &mut Told,
    log: &BTreeMap<String, Vec<Recorded>>,
    random: &mut Random,
) -> usize {
    for (key, position) in told.done.iter().take(ASKED_AGAIN) {
        let committed = told.asked[key].send(platform).await.unwrap();
        assert_eq!(
            (committed.last.0, committed.repeated.is_some()),
            (*position, true),
            "{key} was done again"
        );
    }
    let (unheard, mut lost): (Vec<Attempt>, Vec<Attempt>) =
        told.unanswered().cloned().partition(|a| log.contains_key(&a.key));
    while lost.len() > SENT_AGAIN {
        lost.swap_remove(random.below(lost.len()));
    }
    let mut before = 0;
    for attempt in unheard.into_iter().chain(lost) {
        let was_there = log.get(&attempt.key).map(|events| events[0].position.0);
        match attempt.send(platform).await {
            Ok(committed) => {
                assert!(
                    was_there.is_none_or(|p| p == committed.last.0),
                    "{} was done twice",
                    attempt.key
                );
                assert_eq!(committed.repeated.is_some(), was_there.is_some(), "{}", attempt.key);
                before += usize::from(was_there.is_some());
                told.done.insert(attempt.key, committed.last.0);
            }
            Err(Error::Refused(refusal)) if refusal.rule == "any/stale" => {
                assert_eq!(was_there, None, "{} was done, and a repetition is refused", attempt.key);
                assert!(
                    attempt.seen.is_some(),
                    "{} is refused although nobody else writes",
                    attempt.key
                );
                told.conflicts.insert(attempt.key);
            }
            Err(other) => panic!("{}: {other}", attempt.key),
        }
    }
    before
}

async fn killed_many_times(url: &DatabaseUrl) {
    let seed: u64 = std::env::var("BIAOCHI_SEED").ok().map_or_else(
        || u64::from(std::process::id()) ^ jiff::Timestamp::now().as_microsecond() as u64,
        |s| s.parse().unwrap(),
    );
    say(&format!("{:?}: {} kills, BIAOCHI_SEED={seed}", url.backend(), kills()));
    let mut random = Random(seed);
    let platform = open(url, Opened::Fast).await;
    let (list, _) = platform.ledger().head().await.unwrap();
    platform.ledger().close().await.unwrap();
    let mut story = Told::default();
    let (mut accepted, mut conflicts, mut open_ended, mut done_unheard) = (0, 0, 0, 0);
    for kill in 1..=kills() {
        let delay = Duration::from_millis(100 + random.below(300) as u64);
        let mut told = killed_after(url, &format!("r{kill}"), seed.wrapping_add(kill as u64), delay);
        accepted += told.done.len();
        conflicts += told.conflicts.len();
        open_ended += told.unanswered().count();

        let platform = open(url, Opened::Fast).await;
        verify(&platform).await;
        let log = written(&platform, list).await;
        done_unheard += ask_again(&platform, &mut told, &log, &mut random).await;
        story.join(told);
        judge(&story, &written(&platform, list).await);
        if kill % REBUILD_EVERY == 0 {
            assert_eq!(platform.ledger().rebuild_check().await.unwrap(), []);
        }
        platform.ledger().close().await.unwrap();
    }
    say(&format!(
        "{:?}: {accepted} accepted, {conflicts} conflicts, {open_ended} without an answer, of which {done_unheard} were done",
        url.backend()
    ));
    assert!(conflicts > 0, "the writers never met: nothing was tried");
    assert!(open_ended > 0, "every kill came between requests: nothing was tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_is_done_twice_on_sqlite() {
    on_sqlite(async |url| killed_many_times(url).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_is_done_twice_on_postgres() {
    on_postgres(async |url| killed_many_times(url).await).await;
}
