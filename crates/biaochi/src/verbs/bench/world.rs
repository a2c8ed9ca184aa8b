//! An installation in a folder of its own, with the shipped list, or with one that has grown from it.

use crate::{
    config::Config,
    failure::{Failure, Result, of_platform},
    installation::{self, Installation},
};
use jiff::civil::{Date, date};
use ledger::{Access, ActorId, Cause, Commit, CommitError, DatabaseUrl, NewEvent, StreamName, Version};
use platform::{
    Platform,
    bilingual::Bilingual,
    context::{Context, Reader},
    event::record,
    list::{
        entering::{self, FIRST},
        event::{Claim, ClaimKind, ListEvent, Strength, TaskEvent, Tier, Wording},
        query as list,
    },
    obligation::event::{Audience, Evidence, EvidenceKind, ObligationEvent, Part, Source, Subject},
    people::event::{Body, OrganizationEvent},
    place::{
        event::{Facts, PlaceEvent},
        query as place,
    },
    question::Window,
};
use tempfile::TempDir;

/// The day from which what has grown holds.
const GROWN: Date = date(2025, 7, 1);
/// Events in one commit.
const AT_ONCE: usize = 2_000;

/// An open installation.
pub struct World {
    /// Everything lies here; it goes with the world.
    pub folder: TempDir,
    /// Its configuration.
    pub config: Config,
    /// Opened for writing.
    pub platform: Platform,
}

impl World {
    /// With the list as shipped, on SQLite with the durability that a server insists on.
    pub async fn shipped(config: &Config) -> Result<Self> {
        Self::empty(config, None).await?.entered().await
    }

    /// Without anything, on SQLite or on a database that is named and must be empty.
    pub async fn empty(config: &Config, database: Option<&str>) -> Result<Self> {
        let folder =
            tempfile::tempdir().map_err(|fault| Failure::environment(std::env::temp_dir().display(), fault))?;
        let sqlite = folder.path().join("biaochi.db").display().to_string();
        let config = Config {
            data: folder.path().to_owned(),
            database: database.map_or(sqlite, str::to_owned),
            files: folder.path().join("files").display().to_string(),
            key_file: folder.path().join("biaochi.key"),
            ..config.clone()
        };
        let platform = open(&config).await?;
        let (head, _) = platform.ledger().head().await?;
        if head.0 > 0 {
            return Err(Failure::Input(language::t!(config.lang, "cli-bench-not-empty")));
        }
        Ok(Self {
            folder,
            config,
            platform,
        })
    }

    /// With the shipped list entered.
    pub async fn entered(self) -> Result<Self> {
        let context = Context::system(self.platform.now(), "bench");
        entering::enter(&self.platform, &context)
            .await
            .map_err(|fault| of_platform(self.config.lang, fault))?;
        Ok(self)
    }

    /// Closes the database; the folder stays.
    pub async fn close(self) -> Result<TempDir> {
        self.platform.ledger().close().await?;
        Ok(self.folder)
    }

    /// The list grows to so many tasks and so many places for which 各试点 stands, in the proportions of the shipped one:
    /// an eighth of the tasks is everybody's, each other one is one place's. Every third obligation has a milestone,
    /// every fifth something that came out. The number of obligations of tasks that there are then.
    pub async fn grow(&self, tasks: u32, places: usize) -> Result<i64> {
        let refused = |fault| of_platform(self.config.lang, fault);
        let reader = Reader::public(self.platform.today());
        let pilots = place::of_list(&self.platform, &reader, FIRST).await.map_err(refused)?;
        let known = place::places(&self.platform, &reader).await.map_err(refused)?;
        let mut commits = Commits::of(&self.platform);
        let mut joined: Vec<String> = known
            .iter()
            .filter(|place| place.pilot.is_some() && !pilots.contains(&place.code))
            .map(|place| place.code.clone())
            .collect();
        joined.truncate(places.saturating_sub(pilots.len()));
        while pilots.len() + joined.len() < places {
            let code = format!("{:06}", 800_000 + joined.len());
            commits.place(&code).await?;
            joined.push(code);
        }
        let codes: Vec<String> = pilots.iter().chain(&joined).cloned().collect();
        let issued = ListEvent::VersionIssued {
            version: 2,
            proposal: None,
            approvals: Vec::new(),
            places: codes.clone(),
        };
        let version = self.platform.ledger().version(&stream("list", FIRST)?).await?;
        commits
            .write(stream("list", FIRST)?, version, vec![record(&issued)?.effective(GROWN)])
            .await?;
        let mut number = 0;
        for task in self.tasks(&reader).await? {
            number = number.max(task.number);
            if task.claims.iter().any(|c| c.claim == ClaimKind::All) {
                for code in &joined {
                    commits.obligation(&task.id, task.tier, code, ClaimKind::All).await?;
                }
            }
        }
        for number in number + 1..=tasks {
            commits.task(number, &codes).await?;
        }
        commits.flush().await?;
        let filter = platform::obligation::query::Filter::default();
        platform::obligation::query::count(&self.platform, &reader, &filter)
            .await
            .map_err(refused)
    }

    async fn tasks(&self, reader: &Reader) -> Result<Vec<list::Task>> {
        let page = list::tasks(&self.platform, reader, &list::TaskFilter::default(), &Window::of(200)).await;
        Ok(page.map_err(|fault| of_platform(self.config.lang, fault))?.items)
    }
}

async fn open(config: &Config) -> Result<Platform> {
    let installation = Installation::open_or_make(config).await?;
    let settings = installation::settings(config, "http://127.0.0.1", false)?;
    installation.platform(config, Access::Write, settings).await
}

/// What a database promises, beside every figure of writes.
pub fn durability(url: &DatabaseUrl) -> &'static str {
    match url {
        DatabaseUrl::Sqlite(_) => "SQLite, WAL, synchronous=FULL",
        DatabaseUrl::Postgres(_) => "PostgreSQL, fsync, full_page_writes and synchronous_commit on",
    }
}

/// A stream's name.
pub fn stream(kind: &str, id: &str) -> Result<StreamName> {
    Ok(StreamName::parse(&format!("{kind}/{id}"))?)
}

/// Events on their way, committed many at once.
struct Commits<'a> {
    platform: &'a Platform,
    commit: Commit,
    events: usize,
    obligations: usize,
}

impl<'a> Commits<'a> {
    fn of(platform: &'a Platform) -> Self {
        Self {
            platform,
            commit: new_commit(),
            events: 0,
            obligations: 0,
        }
    }

    async fn write(&mut self, stream: StreamName, version: Version, events: Vec<NewEvent>) -> Result<()> {
        self.events += events.len();
        let commit = std::mem::replace(&mut self.commit, new_commit());
        self.commit = commit.write(stream, version, events);
        if self.events >= AT_ONCE {
            self.flush().await
        } else {
            Ok(())
        }
    }

    async fn flush(&mut self) -> Result<()> {
        let commit = std::mem::replace(&mut self.commit, new_commit());
        self.events = 0;
        if commit.writes.is_empty() {
            return Ok(());
        }
        committed(self.platform, commit).await
    }

    async fn place(&mut self, code: &str) -> Result<()> {
        let name = Bilingual::zh(&format!("样地{code}市"));
        let facts = Facts {
            name: name.clone(),
            short: format!("样地{code}"),
            kind: "city".to_owned(),
            level: "city".to_owned(),
            prefix: None,
            parent: None,
            chain: Vec::new(),
            tile: None,
        };
        let source = "样例".to_owned();
        self.write(
            stream("place", code)?,
            Version::NONE,
            vec![
                record(&PlaceEvent::Entered { facts })?.effective(GROWN),
                record(&PlaceEvent::BecamePilot { source })?.effective(GROWN),
            ],
        )
        .await?;
        let body = Body {
            name,
            short: format!("样地{code}商务局"),
            kind: "commerce".to_owned(),
            place: Some(code.to_owned()),
            parent: None,
            ownership: None,
            codes: Vec::new(),
            addressed: false,
            demo: false,
        };
        let entered = record(&OrganizationEvent::Entered { body })?.effective(GROWN);
        self.write(stream("organization", &addressee(code))?, Version::NONE, vec![entered])
            .await
    }

    async fn task(&mut self, number: u32, places: &[String]) -> Result<()> {
        let id = format!("{FIRST}-{number}");
        let tier = Tier::ALL[number as usize % Tier::ALL.len()];
        let everybody = number % 8 == 0;
        let own = &places[number as usize % places.len()];
        let claim = if everybody {
            Claim {
                claim: ClaimKind::All,
                places: Vec::new(),
            }
        } else {
            Claim {
                claim: ClaimKind::Named,
                places: vec![own.clone()],
            }
        };
        let wording = Wording {
            number,
            part: Bilingual::zh("增补"),
            section: None,
            tier,
            title: Bilingual::zh(&format!("生产性服务业质量管理与绿色低碳评价第{number}部分：通则")),
            claims: vec![claim],
            places_as_written: if everybody {
                "各试点示范省市".to_owned()
            } else {
                own.clone()
            },
            original: format!("{number}.生产性服务业质量管理与绿色低碳评价第{number}部分：通则"),
            line: (0, 0),
            role: "take_part_or_undertake".to_owned(),
            topics: Vec::new(),
            counterparts: Vec::new(),
            near: Vec::new(),
        };
        let entered = TaskEvent::Entered {
            list: FIRST.to_owned(),
            version: 2,
            wording,
            notes: Vec::new(),
        };
        let linked = TaskEvent::LinkProposed {
            measure: (number % 17 + 1).to_string(),
            shipped: true,
        };
        let events = vec![record(&entered)?.effective(GROWN), record(&linked)?.effective(GROWN)];
        self.write(stream("task", &id)?, Version::NONE, events).await?;
        if everybody {
            for code in places {
                self.obligation(&id, tier, code, ClaimKind::All).await?;
            }
            return Ok(());
        }
        self.obligation(&id, tier, own, ClaimKind::Named).await
    }

    async fn obligation(&mut self, task: &str, tier: Tier, place: &str, claim: ClaimKind) -> Result<()> {
        let mut events = vec![record(&created(task, tier, place, claim))?.effective(GROWN)];
        self.obligations += 1;
        if self.obligations.is_multiple_of(3) {
            events.push(record(&milestone(1))?.effective(GROWN));
        }
        if self.obligations.is_multiple_of(5) {
            events.push(record(&evidence())?.effective(GROWN));
        }
        self.write(stream("obligation", &format!("{task}-{place}"))?, Version::NONE, events)
            .await
    }
}

fn new_commit() -> Commit {
    Commit::new(ActorId::system(), Cause::Request("bench".to_owned()))
}

fn addressee(place: &str) -> String {
    format!("bench-commerce-{place}")
}

/// The first event of an obligation.
pub fn created(task: &str, tier: Tier, place: &str, claim: ClaimKind) -> ObligationEvent {
    ObligationEvent::Created {
        list: FIRST.to_owned(),
        version: 2,
        subject: Subject::Task(task.to_owned()),
        place: Some(place.to_owned()),
        organization: None,
        addressee: addressee(place),
        claim,
        firm: true,
        part: Part::TakePartOrUndertake,
        tier: Some(tier),
        strength: Strength::Must,
        demo: false,
    }
}

/// A milestone of an obligation.
pub fn milestone(number: usize) -> ObligationEvent {
    ObligationEvent::MilestoneSet {
        milestone: format!("m{number}"),
        name: Bilingual::zh("形成征求意见稿"),
        due: date(2027, 6, 30),
        set_by: "某市商务局".to_owned(),
    }
}

/// Something that came out.
pub fn evidence() -> ObligationEvent {
    ObligationEvent::EvidenceRecorded {
        evidence: Evidence {
            kind: EvidenceKind::Standard,
            title: Bilingual::zh("绿色供应链管理规范"),
            designation: None,
            published: None,
            reported: Some(date(2026, 5, 6)),
            source: Source {
                citation: "某市市场监督管理局公告2026年第3号".to_owned(),
                link: None,
                line: None,
            },
            files: Vec::new(),
            audience: Audience::Public,
        },
        demo: false,
    }
}

/// Commits, or fails.
pub async fn committed(platform: &Platform, commit: Commit) -> Result<()> {
    match platform.ledger().commit(commit).await {
        Ok(_) => Ok(()),
        Err(CommitError::Ledger(fault)) => Err(fault.into()),
        Err(other) => Err(Failure::environment("commit", other)),
    }
}
