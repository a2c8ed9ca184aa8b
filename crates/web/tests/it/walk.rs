//! Every address of the table, with sample objects in the place of its parameters, and everybody who may ask.
//!
//! Whoever adds a row whose parameter is new names a sample for it in [`Walk::sample`].

use axum::http::Method;
use ledger::Position;
use platform::{
    assessment::{
        command::{self as assessing, Step},
        event::Item,
    },
    bilingual::Bilingual,
    context::{Actor, Context, PersonId},
    list::command::{self as task, TaskCommand},
    obligation::event::Audience,
    people::{self, command::NewPerson, profile::Profile, state::Membership},
    proposal::{
        change::{ListChange, NewWords},
        command,
        decide::Draft,
    },
    rights::{Grant, Role},
    survey::{command as survey, definition, event::Wanted, publishing, reporting},
    system,
    text::command::{self as text, Put},
};
use regex::Regex;
use std::{collections::BTreeMap, io::Read as _, sync::OnceLock};
use testkit::{Answer, CAST, World};
use web::route::{Kind, Row, Verb};

/// The name of whoever is not signed in.
pub const NOBODY: &str = "nobody";
/// An obligation of 南京 of which samples are taken.
pub const OBLIGATION: &str = "first-26-320100";

/// The first version of its text.
pub const TEXT: &str = "first-26-320100.1";

/// An obligation of 南京 whose text runs, and is offered.
pub const SYSTEM: &str = "first-20-320100";
/// The version of its text.
pub const RUNNING: &str = "first-20-320100.1";
/// A standard that runs.
pub const FACTORY: &str = include_str!("../../../../examples/5g-factory.md");

/// A world in which one walks, with the ids that were made for it.
pub struct Walk {
    pub world: World,
    /// Where the log stood before anything was proposed.
    pub before_proposal: Position,
    proposal: String,
    person: String,
    action: String,
    measure: String,
    assessment: String,
    certificate: String,
    /// A survey of which the statistician of the cast keeps the rows, and to which the manager reports.
    pub survey: String,
}

/// Whoever reports for a body that is a unit of a survey.
pub fn reporter(world: &World, organization: &str) -> Context {
    let grant = Grant {
        role: Role::OrganizationRepresentative,
        organization: organization.to_owned(),
        desk: None,
        places: Vec::new(),
        membership: "m1".to_owned(),
        standing_in_for: None,
    };
    let actor = Actor {
        person: PersonId(format!("reporter-of-{organization}")),
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    };
    Context {
        actor: Some(actor),
        ..Context::system(world.now(), &format!("report-of-{organization}"))
    }
}

/// What a unit reports for 2025, with these words.
pub fn returned(value: &str, note: &str) -> reporting::Typed {
    reporting::Typed {
        period: "2025".to_owned(),
        definition: None,
        values: [("revenue".to_owned(), value.to_owned())].into(),
        note: note.to_owned(),
    }
}

/// A survey with five units and a published table; gives its id.
async fn survey(world: &World) -> String {
    let context = |request: &'static str| world.context("statistician", request);
    let today = world.platform.today();
    let new = survey::NewSurvey {
        title: Bilingual::zh("服务业企业调查"),
        marks: survey::TypedMarks {
            form_number: "SW01".to_owned(),
            maker: "商务部".to_owned(),
            approval: "filed".to_owned(),
            approval_number: "国统备〔2026〕1号".to_owned(),
            valid_from: Some(today),
            valid_until: today.checked_add(jiff::Span::new().days(700)).ok(),
        },
        purpose: String::new(),
        organization: "mofcom".to_owned(),
    };
    let id = survey::open(&world.platform, &context("survey").await, &new)
        .await
        .unwrap()
        .id;
    let definition = definition::Typed {
        frequency: "year".to_owned(),
        from: "2025".to_owned(),
        measures: "revenue | 营业收入 | 万元".to_owned(),
        classes: "branch | 行业 | 批发; 零售".to_owned(),
        ..definition::Typed::default()
    };
    survey::define(&world.platform, &context("definition").await, &id, &definition)
        .await
        .unwrap();
    for (at, organization) in ["mofcom", "miit", "samr", "nanjing-commerce", "nanjing-market"]
        .iter()
        .enumerate()
    {
        let unit = survey::NewUnit {
            name: String::new(),
            organization: (*organization).to_owned(),
            classes: [("branch".to_owned(), "批发".to_owned())].into(),
        };
        let keeper = Context {
            request: format!("unit-{organization}"),
            ..context("unit").await
        };
        survey::enter_unit(&world.platform, &keeper, &id, &unit).await.unwrap();
        let row = returned(&format!("{}", 40 + at), "");
        reporting::report(&world.platform, &reporter(world, organization), &id, &row)
            .await
            .unwrap();
    }
    let wanted = Wanted {
        definition: 1,
        period: "2025".to_owned(),
        measure: "revenue".to_owned(),
        rows: None,
        columns: None,
    };
    publishing::publish(&world.platform, &context("table").await, &id, &wanted, "", None)
        .await
        .unwrap();
    id
}

/// A proposal of 成都 that is not published, with this reason and this title for task 32.
pub async fn propose(world: &World, reason: &str, title: &str) -> String {
    let words = NewWords {
        title: Some(Bilingual::zh(title)),
        ..NewWords::default()
    };
    let changes = vec![ListChange::ChangeTask {
        task: "first-32".to_owned(),
        words,
    }];
    let draft = Draft {
        list: "first".to_owned(),
        base_version: 1,
        reason: Bilingual::zh(reason),
        changes,
    };
    let context = world.context("chengdu", "walk").await;
    command::open(&world.platform, &context, draft, None).await.unwrap().id
}

/// A version of the text of [`OBLIGATION`] that says so, for participants; gives its id.
pub async fn put_text(world: &World, word: &str) -> String {
    let context = world.context("nanjing", &format!("text-{word}")).await;
    let source = format!("+++\ntitle = {{ zh = [\"{word}隐匿\"] }}\n+++\n# 范围\n本文件规定了{word}。\n");
    let typed = text::typed(&world.platform, &context, OBLIGATION, source.into())
        .await
        .unwrap();
    let put = Put {
        file: typed.sha256,
        note: format!("{word}说明"),
        audience: Some(Audience::Participants),
        base: None,
    };
    text::put(&world.platform, &context, OBLIGATION, &put).await.unwrap().id
}

/// A text of [`SYSTEM`] that runs, published and offered.
pub async fn offer_system(world: &World) {
    let context = |name: &'static str| world.context("nanjing", name);
    let platform = &world.platform;
    let typed = text::typed(platform, &context("system-source").await, SYSTEM, FACTORY.into())
        .await
        .unwrap();
    let put = Put {
        file: typed.sha256,
        ..Put::default()
    };
    let put = text::put(platform, &context("system-put").await, SYSTEM, &put)
        .await
        .unwrap();
    assert_eq!(put.id, RUNNING);
    text::publish(platform, &context("system-publish").await, RUNNING)
        .await
        .unwrap();
    system::command::offer(platform, &context("system-offer").await, RUNNING, None)
        .await
        .unwrap();
}

/// An assessment of 商务部, decided by 南京, and the number of its certificate.
pub async fn assess(world: &World) -> (String, String) {
    let platform = &world.platform;
    let manager = world.context("manager", "assess-open").await;
    let new = assessing::New {
        system: SYSTEM.to_owned(),
        organization: "mofcom".to_owned(),
        unit: "样本单元".to_owned(),
        period: "2025".to_owned(),
    };
    let id = assessing::open(platform, &manager, &new).await.unwrap().id;
    let inputs = BTreeMap::from([("D1.1".to_owned(), serde_json::json!("是"))]);
    let item = Item {
        node: "D1.1".to_owned(),
        accepted: true,
        reason: String::new(),
    };
    let steps = [
        ("manager", Step::Fill(inputs)),
        ("manager", Step::Submit),
        ("nanjing", Step::Verify(vec![item])),
        ("nanjing", Step::Decide),
    ];
    for (number, (login, step)) in steps.into_iter().enumerate() {
        let context = world.context(login, &format!("assess-{number}")).await;
        assessing::act(platform, &context, &id, None, step).await.unwrap();
    }
    let row = platform
        .ledger()
        .fetch_one("SELECT id FROM certificate", vec![])
        .await
        .unwrap()
        .unwrap();
    (id, row.text("id").unwrap())
}

/// Somebody who is no reader of the walk: what is done to them ends nobody's session.
async fn somebody(world: &World) -> String {
    let person = NewPerson {
        profile: Profile::read("临时人员", "somebody-else", None).unwrap(),
        memberships: vec![Membership {
            organization: "mofcom".to_owned(),
            desk: None,
            role: Role::Citizen,
            places: Vec::new(),
            from: world.platform.today(),
            until: None,
        }],
    };
    let context = world.context("security", "somebody").await;
    let invited = people::command::invite(&world.platform, &context, &person)
        .await
        .unwrap();
    invited.done.id
}

impl Walk {
    /// A world with the list, the whole cast, and a proposal of 成都 that says so.
    pub async fn new(reason: &str, title: &str) -> Self {
        Self::of(World::with_list().await, reason, title).await
    }

    /// The same in a world with the list that is there.
    pub async fn of(world: World, reason: &str, title: &str) -> Self {
        for cast in CAST {
            world.person(cast.login).await;
        }
        let guiding = TaskCommand::AssignGuiding {
            organization: "miit".to_owned(),
            source: "来文".to_owned(),
        };
        let analyst = world.context("analyst", "guiding").await;
        task::run(&world.platform, &analyst, "first-26", None, &guiding)
            .await
            .unwrap();
        let text = put_text(&world, "样稿").await;
        assert_eq!(text, TEXT);
        offer_system(&world).await;
        let (assessment, certificate) = assess(&world).await;
        let survey = survey(&world).await;
        let (before_proposal, _) = world.platform.ledger().head().await.unwrap();
        let proposal = propose(&world, reason, title).await;
        let person = somebody(&world).await;
        let ledger = world.platform.ledger();
        let row = ledger
            .fetch_one("SELECT id, measure FROM action ORDER BY id LIMIT 1", vec![])
            .await
            .unwrap()
            .unwrap();
        let (action, measure) = (row.text("id").unwrap(), row.text("measure").unwrap());
        Self {
            world,
            before_proposal,
            proposal,
            person,
            action,
            measure,
            assessment,
            certificate,
            survey,
        }
    }

    /// What stands in the place of a parameter after this segment, of which one may be a parameter, too.
    fn sample(&self, after: &str, parameter: &str) -> &str {
        match (after, parameter) {
            ("places", "file") => "320100.atom",
            ("tasks", "file") => "first-26.atom",
            (_, "list") | ("lists" | "list", _) => "first",
            ("outputs", _) => "hubei-very-large-air-cargo-hub",
            (_, "task") | ("tasks", _) => "first-26",
            (_, "obligation") | ("obligations", _) => OBLIGATION,
            (_, "place") | ("places", _) => "320100",
            (_, "proposal") | ("proposals" | "changes", _) => &self.proposal,
            (_, "action") | ("actions", _) => &self.action,
            (_, "measure") | ("measures", _) => &self.measure,
            (_, "organization") | ("organizations", _) => "nanjing-commerce",
            (_, "person") | ("people" | "persons", _) => &self.person,
            (_, "desk") => "nanjing-desk",
            ("surveys", _) => &self.survey,
            ("series", _) => "revenue",
            ("reports", "name") => "evaluation",
            ("systems", _) => SYSTEM,
            ("assessments", _) => &self.assessment,
            ("certificates", _) => &self.certificate,
            ("texts" | "diff", _) => TEXT,
            ("download", _) => "docx",
            ("history", "kind") => "obligation",
            ("{kind}", _) => OBLIGATION,
            _ => "1",
        }
    }

    /// The address of a row, without a language.
    pub fn address(&self, row: &Row) -> String {
        let mut before = "";
        // What the forms of administration do to a body ends nobody's membership here.
        let administered = row.path.starts_with("/admin/organizations/{");
        let parts = row.path.split('/').map(|part| {
            let filled = match part.strip_prefix('{') {
                Some(_) if administered => "chongqing-commerce",
                Some(name) => self.sample(before, name.trim_start_matches('*').trim_end_matches('}')),
                None => part,
            };
            before = part;
            filled
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Addresses that read, in all languages.
    pub fn reads(&self) -> Vec<String> {
        let mut all = Vec::new();
        for row in web::routes::matrix()
            .iter()
            .filter(|r| r.verb == Verb::Get && r.kind != Kind::Asset)
        {
            let address = self.address(row);
            if row.kind.has_languages() {
                all.push(language::Lang::En.path(&address));
            }
            all.push(address);
        }
        all
    }

    /// Lists and searches, with what is often asked of them: 隐匿, which stands in every secret; a state; a body; a place.
    pub fn asked(&self) -> Vec<String> {
        let questions = [
            "q=%E9%9A%90%E5%8C%BF",
            "state=blocked",
            "holder=nanjing-commerce",
            "place=320100",
        ];
        web::routes::matrix()
            .iter()
            .filter(|row| {
                row.verb == Verb::Get && matches!(row.kind, Kind::Page | Kind::Api) && !row.path.contains('{')
            })
            .flat_map(|row| questions.map(|question| format!("{}?{question}", row.path)))
            .collect()
    }

    /// A session of each of the cast, by login; none for nobody.
    pub async fn readers(&self) -> Vec<(&'static str, Option<String>)> {
        let mut readers = vec![(NOBODY, None)];
        for cast in CAST {
            readers.push((cast.login, Some(self.world.session(cast.login).await)));
        }
        readers
    }

    /// What a reader gets.
    pub async fn read(&self, token: Option<&str>, address: &str) -> Answer {
        let asker = self.world.ask(Method::GET, address);
        match token {
            Some(token) => asker.header("cookie", &format!("bc_session={token}")).send().await,
            None => asker.send().await,
        }
    }

    /// What somebody gets who sends nothing but the request itself, by a row that writes. The session is a fresh one,
    /// since such a row may end it.
    pub async fn write(&self, login: &str, row: &Row) -> Answer {
        let mut asker = self
            .world
            .ask(row.verb.method(), &self.address(row))
            .header("sec-fetch-site", "same-origin");
        if login != NOBODY {
            asker = asker.by(login).await;
        }
        match row.kind {
            Kind::Api => asker.json(&serde_json::json!({})).send().await,
            _ => asker.form(&[]).send().await,
        }
    }
}

/// All text of an answer: headers, body, and what is packed into it.
pub fn text_of(answer: &Answer) -> String {
    let mut text = format!("{:?}\n", answer.headers);
    if answer.bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes)).unwrap();
        for index in 0..archive.len() {
            let mut bytes = Vec::new();
            archive.by_index(index).unwrap().read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    } else {
        text.push_str(&answer.text);
    }
    text
}

/// A text without what is new in every world and every answer: ids, secrets of forms, digests, where the log stands.
pub fn lasting_of(text: &str) -> String {
    static PASSING: OnceLock<Regex> = OnceLock::new();
    let passing = PASSING.get_or_init(|| {
        Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|value=\"[0-9a-f]{8}\"|\"id\":\"[0-9a-f]{8}\"|\"position\": [0-9]+").unwrap()
    });
    passing.replace_all(text, "…").into_owned()
}

/// Status and body of an answer, without what is new in every one.
pub fn lasting(answer: &Answer) -> String {
    let bare = Answer {
        headers: axum::http::HeaderMap::new(),
        ..answer.clone()
    };
    format!("{} {}", answer.status, lasting_of(&text_of(&bare)))
}
