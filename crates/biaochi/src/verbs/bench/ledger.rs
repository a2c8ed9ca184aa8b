//! The log: durable commits, verification, rows made again; on SQLite, and on a PostgreSQL that is named.

use super::{
    Report,
    figure::{Durations, Figure, exponent, per_second, rounded},
    world::{self, World, committed, stream},
};
use crate::{
    config::Config,
    failure::{Failure, Result, of_platform},
};
use ledger::{ActorId, Backend, Cause, Commit, DatabaseUrl, NewEvent, Recorded, Version};
use platform::{
    Platform,
    context::{Actor, Context, PersonId, Reader},
    event::record,
    list::event::{ClaimKind, Tier},
    obligation::{
        command::{self, Command},
        event::{Audience, ObligationEvent},
        query::{self, Filter},
        state::Obligation,
    },
    question::Window,
    rights::{Grant, Role},
};
use std::{
    collections::HashMap,
    fs::File,
    io::Write,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Updates of each round; the best of some rounds is told.
const UPDATES: usize = 200;
const ROUNDS: usize = 3;
/// Clients at once, and what they must reach together.
const CLIENTS: [(usize, f64); 3] = [(1, 50.0), (16, 200.0), (64, 200.0)];
/// Events of each obligation of the mix.
const MIX: usize = 10;
/// Obligations in one commit of the mix.
const AT_ONCE: usize = 100;
/// Sizes of the log, in events.
const SIZES: [usize; 2] = [10_000, 100_000];
/// The size that takes minutes more.
const LARGE: usize = 1_000_000;

/// Measures a log on SQLite, and on PostgreSQL where the configuration names one.
pub async fn measure(config: &Config, long: bool, report: &mut Report) -> Result<()> {
    one(config, None, long, report).await?;
    match DatabaseUrl::parse(&config.database)? {
        DatabaseUrl::Postgres(url) => one(config, Some(&url), long, report).await,
        DatabaseUrl::Sqlite(_) => {
            report.skipped(&language::t!(config.lang, "cli-bench-no-postgres"));
            Ok(())
        }
    }
}

async fn one(config: &Config, postgres: Option<&str>, long: bool, report: &mut Report) -> Result<()> {
    let world = World::empty(config, postgres).await?.entered().await?;
    let durability = world::durability(&DatabaseUrl::parse(&world.config.database)?);
    report.heading(durability);
    commits(&world, durability, report).await?;
    let sizes: Vec<usize> = SIZES.into_iter().chain(long.then_some(LARGE)).collect();
    log(&world, &sizes, durability, report).await?;
    world.close().await?;
    Ok(())
}

/// Updates of obligations, as officers make them: loaded, decided, recorded with their rows, durable before the answer.
async fn commits(world: &World, durability: &str, report: &mut Report) -> Result<()> {
    let fsyncs =
        fsyncs(world.folder.path()).map_err(|fault| Failure::environment(world.folder.path().display(), fault))?;
    let peer = format!("4 KiB written and fsynced on this disk, {}/s", fsyncs.round());
    let reader = Reader::public(world.platform.today());
    let filter = Filter {
        firm: Some(true),
        ..Filter::default()
    };
    let found = query::obligations(&world.platform, &reader, &filter, &Window::of(200)).await;
    let found = found.map_err(|fault| of_platform(world.config.lang, fault))?.items;
    let held: Arc<Vec<(String, String)>> = Arc::new(found.into_iter().map(|o| (o.id, o.place)).collect());
    for (clients, budget) in CLIENTS {
        let mut best = (Duration::MAX, Durations::default());
        for _ in 0..ROUNDS {
            let (took, durations) = update(world, &held, clients).await?;
            if took < best.0 {
                best = (took, durations);
            }
        }
        let (took, durations) = best;
        let who = if clients == 1 { "client" } else { "clients" };
        let name = format!("updates of obligations, {clients} {who} ({durability})");
        report.add(
            Figure::new(&name, per_second(durations.count(), took), "/s")
                .budget(budget)
                .beside(&peer, fsyncs),
        )?;
        report.add(Figure::new(format!("{name}: p95"), durations.percentile(0.95), "ms").budget(300.0))?;
    }
    Ok(())
}

/// [`UPDATES`] updates by so many clients, each on obligations of its own.
async fn update(world: &World, held: &Arc<Vec<(String, String)>>, clients: usize) -> Result<(Duration, Durations)> {
    let from = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let (platform, held, lang) = (world.platform.clone(), held.clone(), world.config.lang);
        tasks.spawn(async move {
            let own: Vec<&(String, String)> = held.iter().skip(client).step_by(clients).collect();
            let mut durations = Durations::default();
            for number in (client..UPDATES.max(clients * 4)).step_by(clients) {
                let (obligation, place) = own[number / clients % own.len()];
                let from = Instant::now();
                note(&platform, obligation, place)
                    .await
                    .map_err(|fault| of_platform(lang, fault))?;
                durations.push_since(from);
            }
            Ok::<_, Failure>(durations)
        });
    }
    let mut all = Durations::default();
    while let Some(done) = tasks.join_next().await {
        all.join(done.map_err(|fault| Failure::environment("bench", fault))??);
    }
    Ok((from.elapsed(), all))
}

async fn note(platform: &Platform, obligation: &str, place: &str) -> platform::refusal::Result<()> {
    let grant = Grant {
        role: Role::CommerceOfficer,
        organization: "bench".to_owned(),
        desk: None,
        places: vec![place.to_owned()],
        membership: "m1".to_owned(),
        standing_in_for: None,
    };
    let actor = Actor {
        person: PersonId("bench".to_owned()),
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    };
    let context = Context {
        actor: Some(actor),
        ..Context::system(platform.now(), "bench")
    };
    let note = Command::Note {
        text: "已召开起草组会议".to_owned(),
        audience: Audience::Participants,
    };
    command::run(platform, &context, obligation, None, &note).await?;
    Ok(())
}

/// A log of the mix, read, verified, folded, and its rows made again, at growing sizes.
async fn log(world: &World, sizes: &[usize], durability: &str, report: &mut Report) -> Result<()> {
    let budget = match world.platform.ledger().backend() {
        Backend::Sqlite => 30_000.0,
        Backend::Postgres => 15_000.0,
    };
    let mut seen: Vec<(usize, [Duration; 3])> = Vec::new();
    let mut filled = 0;
    for size in sizes {
        let from = Instant::now();
        let before = filled;
        while filled < *size {
            fill(&world.platform, filled / MIX).await?;
            filled += AT_ONCE * MIX;
        }
        let entered = per_second(filled - before, from.elapsed());
        let name = format!(
            "events of the mix entered, {} in a commit, up to {size} ({durability})",
            AT_ONCE * MIX
        );
        report.add(Figure::new(name, entered, "/s"))?;

        let (head, _) = world.platform.ledger().head().await?;
        let events = usize::try_from(head.0).unwrap_or(0);
        let times = [
            verified(&world.platform).await?,
            verified_and_folded(&world.platform).await?,
            rebuilt(&world.platform).await?,
        ];
        let [verify, both, rebuild] = times;
        report.add(Figure::new(
            format!("events read and verified, of {events} ({durability})"),
            per_second(events, verify),
            "/s",
        ))?;
        // Ten million events read, verified and folded in two minutes.
        report.add(
            Figure::new(
                format!("events read, verified and folded, of {events} ({durability})"),
                per_second(events, both),
                "/s",
            )
            .budget(rounded(10_000_000.0 / 120.0)),
        )?;
        report.add(
            Figure::new(
                format!("events whose rows are made again, of {events} ({durability})"),
                per_second(events, rebuild),
                "/s",
            )
            .budget(budget),
        )?;
        seen.push((events, times));
    }
    for pair in seen.windows(2) {
        let [(small, short), (large, long)] = pair else {
            continue;
        };
        for (index, what) in ["verification", "verification and folding", "making rows again"]
            .into_iter()
            .enumerate()
        {
            let grown = exponent((*small, *large), (short[index], long[index]));
            let name = format!("time of {what} from {small} to {large} events: exponent");
            report.add(Figure::new(name, grown, "").budget(1.1))?;
        }
    }
    Ok(())
}

/// The life of some obligations, from coming with the list to being done.
async fn fill(platform: &Platform, first: usize) -> Result<()> {
    let mut commit = Commit::new(ActorId("bench".to_owned()), Cause::Request("bench".to_owned()));
    for number in first..first + AT_ONCE {
        let id = format!("mix-{number}-320100");
        commit = commit.write(stream("obligation", &id)?, Version::NONE, life(number)?);
    }
    committed(platform, commit).await
}

fn life(number: usize) -> Result<Vec<NewEvent>> {
    let subject = format!("first-{}", number % 104 + 1);
    let tier = Tier::ALL[number % Tier::ALL.len()];
    let note = |text: &str, audience| ObligationEvent::Noted {
        text: text.to_owned(),
        audience,
    };
    let life: [ObligationEvent; MIX] = [
        world::created(&subject, tier, "320100", ClaimKind::Named),
        ObligationEvent::HolderAssigned {
            organization: "nanjing-commerce".to_owned(),
            desk: "nanjing-commerce-foreign".to_owned(),
            person: None,
            reason: None,
            source: None,
        },
        world::milestone(1),
        note("起草组成立，共九家单位", Audience::Participants),
        note("完成调研，走访企业二十四家", Audience::Participants),
        ObligationEvent::StageRecorded {
            stage: "30.20".to_owned(),
            designation: None,
            source: platform::obligation::event::Source {
                citation: "某市市场监督管理局公告2026年第3号".to_owned(),
                link: None,
                line: None,
            },
            audience: Audience::Public,
        },
        ObligationEvent::MilestoneReached {
            milestone: "m1".to_owned(),
            source: None,
        },
        note("征求意见稿收到意见三十七条，采纳三十条", Audience::Participants),
        world::evidence(),
        ObligationEvent::Closed {
            text: "标准已发布".to_owned(),
        },
    ];
    life.iter().map(|event| Ok(record(event)?)).collect()
}

async fn verified(platform: &Platform) -> Result<Duration> {
    let from = Instant::now();
    sound(platform.ledger().verify().await?)?;
    Ok(from.elapsed())
}

fn sound(verified: ledger::Verification) -> Result<()> {
    match verified.problems.first() {
        None => Ok(()),
        problem => Err(Failure::environment("verify", format!("{problem:?}"))),
    }
}

/// Every obligation of the log is folded in the one reading that verifies it.
async fn verified_and_folded(platform: &Platform) -> Result<Duration> {
    let from = Instant::now();
    let (verified, folded) = platform
        .ledger()
        .verify_folding(Unfinished::default(), Unfinished::take)
        .await?;
    sound(verified)?;
    if folded.end() == 0 {
        return Err(Failure::environment("fold", "no obligation came out"));
    }
    Ok(from.elapsed())
}

/// Obligations whose last event is yet to come, and how many have been folded.
#[derive(Default)]
struct Unfinished {
    streams: HashMap<String, Vec<Recorded>>,
    folded: usize,
}

impl Unfinished {
    fn take(&mut self, event: Recorded) {
        if event.stream.kind() != "obligation" {
            return;
        }
        let done = event.kind == "obligation.closed";
        let name = event.stream.as_str().to_owned();
        self.streams.entry(name.clone()).or_default().push(event);
        if done && let Some(stream) = self.streams.remove(&name) {
            self.folded += usize::from(Obligation::fold(&stream).exists());
        }
    }

    fn end(self) -> usize {
        let others = self.streams.values().filter(|stream| Obligation::fold(stream).exists());
        self.folded + others.count()
    }
}

async fn rebuilt(platform: &Platform) -> Result<Duration> {
    let from = Instant::now();
    platform.ledger().rebuild(&[]).await?;
    Ok(from.elapsed())
}

/// What the disk itself gives: small writes, each synced.
fn fsyncs(folder: &Path) -> std::io::Result<f64> {
    let mut file = File::create(folder.join("fsync"))?;
    let block = [0x42_u8; 4096];
    let mut durations = Durations::default();
    for _ in 0..200 {
        let from = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        durations.push_since(from);
    }
    Ok(durations.rate())
}
