//! A platform on a fresh database, with two places, some bodies, and a clock that is set by hand.

use jiff::{SignedDuration, Timestamp, civil::Date};
use ledger::{
    Cause, Commit, Config, SetClock, StreamName, Version,
    clock::{Clock, today},
    database::DatabaseUrl,
    files::{FileStore, FilesUrl},
};
use platform::{
    Platform, Settings,
    bilingual::Bilingual,
    context::{Actor, Context, PersonId},
    event::record,
    notice::sending::{MailSettings, Protection},
    people::{
        actor_by_session,
        command::NewPerson,
        event::Body,
        operator, organization,
        profile::Profile,
        session::{Issued, Origin},
        sign_in::{Attempt, SignedIn, sign_in},
        state::Membership,
    },
    place::event::{Facts, PlaceEvent},
    refusal::{Error, Refusal, Result},
    rights::{Demand, Role},
};
use sea_orm::{ConnectionTrait, Database};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// A password that everybody in these tests has.
pub const PASSWORD: &str = "Tomorrow-9-Lanterns";

pub struct Kit {
    pub platform: Platform,
    pub clock: Arc<SetClock>,
    requests: AtomicU32,
    pub folder: tempfile::TempDir,
}

/// 2026-11-23 09:00 in Shanghai.
pub fn morning() -> Timestamp {
    "2026-11-23T09:00:00+08:00".parse().unwrap()
}

/// Runs a test on a fresh platform on each kind of database.
pub async fn each(test: impl AsyncFn(&Kit)) {
    each_with(false, test).await;
}

/// The same on a platform without places and bodies, as one that was just installed.
pub async fn each_empty(test: impl AsyncFn(&Kit)) {
    each_with(true, test).await;
}

async fn each_with(empty: bool, test: impl AsyncFn(&Kit)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("biaochi.db");
    let url = DatabaseUrl::parse(path.to_str().unwrap()).unwrap();
    let kit = Kit::open(url, folder).await;
    if !empty {
        kit.enter_world().await;
    }
    test(&kit).await;
    let Ok(server) = std::env::var("BIAOCHI_TEST_POSTGRES") else {
        println!("SKIPPED on PostgreSQL: BIAOCHI_TEST_POSTGRES does not name a server");
        return;
    };
    let name = format!("people_{:032x}", u128::from_be_bytes(random()));
    let admin = Database::connect(&server).await.unwrap();
    admin
        .execute_unprepared(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
        ))
        .await
        .unwrap();
    let url = DatabaseUrl::Postgres(with_database(&server, &name));
    let kit = Kit::open(url, tempfile::tempdir().unwrap()).await;
    if !empty {
        kit.enter_world().await;
    }
    test(&kit).await;
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
}

fn random() -> [u8; 16] {
    use identity::Randomness;
    let mut bytes = [0; 16];
    identity::OperatingSystem.fill(&mut bytes).unwrap();
    bytes
}

/// The URL with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    format!("{}/{name}{query}", &base[..end])
}

impl Kit {
    async fn open(url: DatabaseUrl, folder: tempfile::TempDir) -> Self {
        let clock = Arc::new(SetClock::at(morning()));
        let config = Config {
            allow_unsafe_durability: true,
            readers: 4,
            ..Config::new(url)
        };
        let keys = identity::KeyFile::generate(&identity::OperatingSystem).unwrap();
        let settings = Settings {
            light_passwords: true,
            second_factor: Demand::Optional,
            // Letters are written; nobody sends them.
            mail: Some(MailSettings {
                server: "smtp.example.org".to_owned(),
                port: 587,
                protection: Protection::StartTls,
                credentials: None,
                from: "biaochi@example.org".to_owned(),
            }),
            ..Settings::default()
        };
        let files = FileStore::open(&FilesUrl::Folder(folder.path().join("files")))
            .await
            .unwrap();
        let platform = Platform::open(config, Some(files), keys, settings, clock.clone())
            .await
            .unwrap();
        Self {
            platform,
            clock,
            requests: AtomicU32::new(0),
            folder,
        }
    }

    /// How many letters were put into the outbox.
    pub async fn letters(&self) -> i64 {
        let sql = "SELECT COUNT(*) AS n FROM outbox";
        self.platform.ledger().count(sql, vec![]).await.unwrap()
    }

    async fn enter_world(&self) {
        for (code, name) in [("320100", "南京市"), ("500000", "重庆市")] {
            let facts = Facts {
                name: Bilingual::zh(name),
                short: name.to_owned(),
                kind: "city".to_owned(),
                level: "city".to_owned(),
                prefix: None,
                parent: None,
                chain: Vec::new(),
                tile: None,
            };
            let event = record(&PlaceEvent::Entered { facts }).unwrap();
            let stream = StreamName::parse(&format!("place/{code}")).unwrap();
            let context = self.system();
            let commit = Commit::new(context.actor_id(), Cause::Request(context.request)).write(
                stream,
                Version::NONE,
                vec![event],
            );
            self.platform.ledger().commit(commit).await.unwrap();
        }
        self.body("mofcom", "ministry", None, None).await;
        self.body("nanjing-commerce", "commerce", Some("320100"), None).await;
        self.body("chongqing-commerce", "commerce", Some("500000"), None).await;
        self.body("foreign-firm", "enterprise", None, Some("foreign")).await;
        self.body("state-firm", "enterprise", None, Some("state")).await;
        self.manage(
            "nanjing-commerce",
            organization::Command::OpenDesk {
                desk: "nanjing-desk".to_owned(),
                name: Bilingual::new("服务业开放处", "Services desk"),
                contact: Some("025-0000 0000".to_owned()),
            },
        )
        .await
        .unwrap();
    }

    pub async fn body(&self, id: &str, kind: &str, place: Option<&str>, ownership: Option<&str>) {
        let command = organization::Command::Enter(body(id, kind, place, ownership));
        self.manage(id, command).await.unwrap();
    }

    pub async fn manage(&self, id: &str, command: organization::Command) -> Result<()> {
        let context = self.system();
        organization::carry_out(&self.platform, &context, id, &command, None, None)
            .await
            .map(|_| ())
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn today(&self) -> Date {
        today(self.now())
    }

    /// Lets time pass.
    pub fn wait(&self, duration: SignedDuration) {
        self.clock.set(self.now().checked_add(duration).unwrap());
    }

    fn request(&self) -> String {
        format!("r-{}", self.requests.fetch_add(1, Ordering::Relaxed))
    }

    /// The platform itself, or nobody who is signed in.
    pub fn system(&self) -> Context {
        Context::system(self.now(), &self.request())
    }

    /// Somebody who is signed in.
    pub fn acting(&self, actor: &Actor) -> Context {
        Context {
            actor: Some(actor.clone()),
            ..self.system()
        }
    }

    pub fn membership(&self, organization: &str, role: Role, places: &[&str]) -> Membership {
        Membership {
            organization: organization.to_owned(),
            desk: None,
            role,
            places: places.iter().map(|p| (*p).to_owned()).collect(),
            from: self.today(),
            until: None,
        }
    }

    /// Somebody with an account and a password.
    pub async fn person(&self, login: &str, memberships: Vec<Membership>) -> PersonId {
        let new = NewPerson {
            profile: Profile::read(&format!("姓名{login}"), login, Some(&format!("{login}@example.org"))).unwrap(),
            memberships,
        };
        let invited = operator::add(&self.platform, &self.system(), &new).await.unwrap();
        let person = PersonId(invited.done.id);
        operator::set_password(&self.platform, &person, PASSWORD, false)
            .await
            .unwrap();
        person
    }

    pub async fn attempt(&self, login: &str, password: &str, code: Option<&str>) -> Result<SignedIn> {
        let attempt = Attempt {
            login,
            password,
            code,
            origin: origin(),
        };
        sign_in(&self.platform, &self.system(), attempt).await
    }

    /// Signs in with the password alone.
    pub async fn session(&self, login: &str) -> Issued {
        match self.attempt(login, PASSWORD, None).await.unwrap() {
            SignedIn::Whole { session, .. } => session,
            SignedIn::Half { .. } => panic!("{login} has a second factor"),
        }
    }

    /// Signs in, and is there.
    pub async fn actor(&self, login: &str) -> Actor {
        let session = self.session(login).await;
        self.standing(&session).await.expect("just signed in")
    }

    pub async fn standing(&self, session: &Issued) -> Option<Actor> {
        actor_by_session(&self.platform, session.token.expose()).await.unwrap()
    }

    /// Somebody with one role, signed in.
    pub async fn with_role(&self, login: &str, organization: &str, role: Role) -> (PersonId, Actor) {
        let person = self.person(login, vec![self.membership(organization, role, &[])]).await;
        (person, self.actor(login).await)
    }

    /// All that the log says, as one text.
    pub async fn log(&self) -> String {
        let events = self
            .platform
            .ledger()
            .events(ledger::Position::START, 10_000)
            .await
            .unwrap();
        events
            .iter()
            .map(|e| format!("{} {} {} {} {}", e.stream, e.kind, e.actor.0, e.cause, e.body))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

pub fn body(id: &str, kind: &str, place: Option<&str>, ownership: Option<&str>) -> Body {
    Body {
        name: Bilingual::zh(id),
        short: id.to_owned(),
        kind: kind.to_owned(),
        place: place.map(str::to_owned),
        parent: None,
        ownership: ownership.map(str::to_owned),
        codes: Vec::new(),
        addressed: false,
        demo: false,
    }
}

pub fn origin() -> Origin<'static> {
    Origin {
        address: "203.0.113.7",
        agent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0",
    }
}

/// The refusal of something that must be refused.
pub fn refused<T>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => *refusal,
        Err(other) => panic!("failed instead of refusing: {other}"),
        Ok(_) => panic!("was not refused"),
    }
}
