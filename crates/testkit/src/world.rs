//! The world of a test.

use crate::{Answer, Asker, CAST, PASSWORD, database};
use axum::{Router, http::Method};
use identity::randomness::Seeded;
use jiff::Timestamp;
use ledger::{
    Config, DatabaseUrl, SetClock,
    files::{FileStore, FilesUrl},
};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId},
    people::{
        self,
        command::NewPerson,
        profile::Profile,
        session::{Origin, Proof},
        state::Membership,
    },
    rights::{Grant, Role},
};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::Mutex;

/// The platform and its router, in the test's own process.
pub struct World {
    /// The running platform.
    pub platform: Platform,
    /// The clock; stands until it is set.
    pub clock: Arc<SetClock>,
    router: Router,
    url: DatabaseUrl,
    people: Mutex<BTreeMap<String, PersonId>>,
    _folder: tempfile::TempDir,
}

impl World {
    /// The instant at which every world begins: 2026-11-23 09:00 in Shanghai.
    pub fn beginning() -> Timestamp {
        "2026-11-23T09:00:00+08:00".parse().unwrap()
    }

    /// An empty world.
    pub async fn new() -> Self {
        Self::with_settings(Settings {
            light_passwords: true,
            ..Settings::default()
        })
        .await
    }

    /// An empty world with settings of its own.
    pub async fn with_settings(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = database::fresh(folder.path()).await;
        Self::on(url, folder, settings).await
    }

    /// A world on a database that is there, with the files in a folder.
    pub(crate) async fn on(url: DatabaseUrl, folder: tempfile::TempDir, settings: Settings) -> Self {
        let clock = Arc::new(SetClock::at(Self::beginning()));
        let files = FileStore::open(&FilesUrl::Folder(folder.path().join("files")))
            .await
            .unwrap();
        let keys = identity::KeyFile::generate(&Seeded::new(7)).unwrap();
        let config = Config {
            allow_unsafe_durability: true,
            readers: 4,
            ..Config::new(url.clone())
        };
        let platform = Platform::open(config, Some(files), keys, settings, clock.clone())
            .await
            .unwrap();
        // The clock stands, so that no bucket would fill again.
        let router = web::router(web::Web::new(platform.clone(), "test").limited(web::rate::Rates::NONE));
        Self {
            platform,
            clock,
            router,
            url,
            people: Mutex::default(),
            _folder: folder,
        }
    }

    /// A world with the shipped catalogue: places, bodies, the first list, reported outputs.
    pub async fn with_list() -> Self {
        Self::with_list_and(Settings {
            light_passwords: true,
            ..Settings::default()
        })
        .await
    }

    /// The same with settings of its own.
    pub async fn with_list_and(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = database::with_list(folder.path()).await;
        Self::on(url, folder, settings).await
    }

    /// Closes the database whole, so that it can be copied; gives the folder back.
    pub(crate) async fn close(self) -> tempfile::TempDir {
        self.platform.ledger().close().await.unwrap();
        self._folder
    }

    /// Enters the shipped catalogue.
    pub async fn enter_catalogue(&self) {
        platform::list::entering::enter(&self.platform, &Context::system(self.now(), "catalogue"))
            .await
            .unwrap();
    }

    /// Now, by the world's clock.
    pub fn now(&self) -> Timestamp {
        self.platform.now()
    }

    /// Lets time pass.
    pub fn pass(&self, hours: i64) {
        self.clock
            .set(self.now().checked_add(jiff::SignedDuration::from_hours(hours)).unwrap());
    }

    /// The router, as the server has it.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The person of a login of the cast; entered with [`PASSWORD`] the first time. The catalogue must be there.
    pub async fn person(&self, login: &str) -> PersonId {
        let mut people = self.people.lock().await;
        if let Some(person) = people.get(login) {
            return person.clone();
        }
        let cast = CAST
            .iter()
            .find(|c| c.login == login)
            .unwrap_or_else(|| panic!("nobody in the cast is called {login}"));
        let today = self.platform.today();
        let new = NewPerson {
            profile: Profile::read(cast.login, cast.login, None).unwrap(),
            memberships: vec![Membership {
                organization: cast.organization.to_owned(),
                desk: None,
                role: cast.role,
                places: cast.places.iter().map(|p| (*p).to_owned()).collect(),
                from: today,
                until: None,
            }],
        };
        let invited = people::command::invite(&self.platform, &self.manager(), &new)
            .await
            .unwrap_or_else(|error| panic!("{login} could not be entered (was the catalogue?): {error:?}"));
        let person = people::invitation::set_password(&self.platform, invited.token.unwrap().expose(), PASSWORD)
            .await
            .unwrap();
        people.insert(login.to_owned(), person.clone());
        person
    }

    /// The circumstances of whoever manages people.
    fn manager(&self) -> Context {
        let grant = Grant {
            role: Role::SecurityAdministrator,
            organization: people::OPERATOR.to_owned(),
            desk: None,
            places: Vec::new(),
            membership: "m1".to_owned(),
            standing_in_for: None,
        };
        let actor = Actor {
            person: PersonId("testkit".to_owned()),
            grants: vec![grant],
            second_factor: true,
            scopes: None,
        };
        Context {
            actor: Some(actor),
            ..Context::system(self.now(), "testkit")
        }
    }

    /// The token of a fresh session of somebody of the cast, second factor shown.
    pub async fn session(&self, login: &str) -> String {
        let person = self.person(login).await;
        let origin = Origin {
            address: "192.0.2.1",
            agent: "testkit",
        };
        let (issued, change) =
            people::session::issue(&self.platform, &person, Proof::TwoFactors, origin, self.now()).unwrap();
        self.platform.ledger().state(vec![change]).await.unwrap();
        issued.token.expose().to_owned()
    }

    /// The circumstances of a command by somebody of the cast.
    pub async fn context(&self, login: &str, request: &str) -> Context {
        let token = self.session(login).await;
        let actor = people::actor_by_session(&self.platform, &token).await.unwrap();
        Context {
            actor,
            ..Context::system(self.now(), request)
        }
    }

    /// A request with any method.
    pub fn ask(&self, method: Method, path: &str) -> Asker<'_> {
        Asker::new(self, method, path)
    }

    /// What anybody gets.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).send().await
    }

    /// What somebody of the cast gets.
    pub async fn get_as(&self, login: &str, path: &str) -> Answer {
        self.ask(Method::GET, path).by(login).await.send().await
    }

    /// Sends a form as nobody.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path).form(fields).send().await
    }

    /// Sends a form as somebody of the cast, as a browser does from a page of the site.
    pub async fn post_form_as(&self, login: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .by(login)
            .await
            .form(fields)
            .send()
            .await
    }

    /// Calls the API as somebody of the cast.
    pub async fn api_as(&self, login: &str, method: Method, path: &str, body: &Value) -> Answer {
        self.ask(method, path)
            .header("accept", "application/json")
            .by(login)
            .await
            .json(body)
            .send()
            .await
    }

    /// How many files lie in the store, those on their way in among them.
    pub fn files_lying(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else {
                return 0;
            };
            entries
                .map(|entry| entry.unwrap().path())
                .map(|path| if path.is_dir() { count(&path) } else { 1 })
                .sum()
        }
        count(&self._folder.path().join("files"))
    }

    /// Ends the world: on PostgreSQL its database is dropped.
    pub async fn end(self) {
        let url = self.url.clone();
        self.platform.ledger().close().await.unwrap();
        database::drop(&url).await;
    }
}
