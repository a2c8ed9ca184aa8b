//! Reports, notices and feeds, as readers get them.

use axum::http::Method;
use ledger::{ActorId, Cause, Commit, StreamName};
use platform::{
    bilingual::Bilingual,
    event::record,
    obligation::event::{Audience, ObligationEvent},
};
use testkit::World;

/// Records an event of an obligation, as somebody else.
async fn happens(world: &World, obligation: &str, event: &ObligationEvent) {
    let stream = StreamName::parse(&format!("obligation/{obligation}")).unwrap();
    let version = world.platform.ledger().version(&stream).await.unwrap();
    let commit = Commit::new(ActorId("somebody".to_owned()), Cause::Request("test".to_owned())).write(
        stream,
        version,
        vec![record(event).unwrap()],
    );
    world.platform.ledger().commit(commit).await.unwrap();
}

fn noted(text: &str, audience: Audience) -> ObligationEvent {
    ObligationEvent::Noted {
        text: text.to_owned(),
        audience,
    }
}

#[tokio::test]
async fn a_report_opens_its_rows_and_downloads() {
    let world = World::with_list().await;
    world
        .get("/reports")
        .await
        .is(200)
        .says("制作报表")
        .keeps_quiet_about("report.make");
    world.get("/reports/monthly").await.is(303);
    world.get_as("citizen", "/reports/monthly").await.is(403);
    let page = world
        .get_as("nanjing", "/reports/monthly?place=320100&period=2025-07")
        .await;
    page.is(200)
        .says("/obligations?subject=task&amp;firm=true&amp;place=320100&amp;state=delivered&amp;as_of=2025-07-31");
    world
        .get_as("nanjing", "/en/reports/monthly?place=320100&period=2025Q3")
        .await
        .is(200)
        .says("Quarter 3 of 2025");
    world.get_as("nanjing", "/reports/monthly?period=2025-13").await.is(422);
    world
        .get_as("nanjing", "/reports/monthly?period=2027-01")
        .await
        .is(422)
        .says("还没有开始");
    let docx = world
        .get_as("nanjing", "/reports/monthly.docx?place=320100&period=2025-07")
        .await;
    docx.is(200);
    assert!(
        docx.bytes.starts_with(b"PK")
            && docx
                .header("content-disposition")
                .contains("biaochi-report-320100-2025-07.docx")
    );
    let xlsx = world.get_as("analyst", "/reports/monthly.xlsx?period=2025Q3").await;
    assert!(xlsx.status == 200 && xlsx.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn a_deadline_that_passed_is_counted_listed_and_named_first() {
    let world = World::with_list().await;
    let set = ObligationEvent::MilestoneSet {
        milestone: "m1".to_owned(),
        name: Bilingual::new("完成征求意见稿", "Draft for comment"),
        due: "2026-11-01".parse().unwrap(),
        set_by: "南京市商务局（演示）".to_owned(),
    };
    happens(&world, "first-9-320100", &set).await;
    let path = "/reports/monthly?place=320100&period=2026-11";
    let page = world.get_as("nanjing", path).await;
    page.is(200)
        .says("<h3>按状态</h3>")
        .says("<h3>已超期</h3>")
        .says("22 天")
        .says("南京市商务局（演示）")
        .says("2026年11月，截至11月23日")
        .says("2026年11月23日 09:00")
        .says("至2027年2月21日")
        .keeps_quiet_about("24:00");
    let address = "/obligations?subject=any&late=true&place=320100&as_of=2026-11-23";
    page.says(&address.replace('&', "&amp;"));
    let rows = world.get_as("nanjing", &format!("/api/v1{address}")).await.json();
    assert_eq!(rows["total"], 1, "the number opens what it counts");
    let overdue = page.text.find("<h3>已超期</h3>").unwrap();
    assert!(overdue < page.text.find("<h3>即将到期</h3>").unwrap());
    world
        .get_as("nanjing", &format!("/en{path}"))
        .await
        .says("22 days")
        .says("Overdue by")
        .says("(demo)");
    world
        .get_as("nanjing", "/reports/monthly?place=320100&period=2026-10")
        .await
        .says("2026年10月31日 24:00")
        .says("（2026年10月）");
}

#[tokio::test]
async fn the_evaluation_says_that_its_weights_are_illustrative_and_holds() {
    let world = World::with_list().await;
    world
        .get_as("analyst", "/reports/evaluation")
        .await
        .is(200)
        .says("商务部没有公布权重")
        .says("已交付的确定承担单元 ÷ 全部确定承担单元")
        .says("占比 × 30 分")
        .says("<small>1/27</small>")
        .says("href=\"/reports/evaluation.json\"")
        .keeps_quiet_about("evaluation.toml");
    world
        .get_as("analyst", "/en/reports/evaluation")
        .await
        .is(200)
        .says("The weights are illustrative");
    let bundle = world.get_as("evaluator", "/api/v1/reports/evaluation").await;
    let bundle: platform::report::evaluation::Bundle = serde_json::from_str(&bundle.is(200).text).unwrap();
    assert!(platform::report::evaluation::holds(&bundle) && bundle.method.illustrative);
    world.get_as("analyst", "/api/v1/reports/other").await.is(404);
    world
        .post_form_as(
            "nanjing",
            "/reports/evaluation/320100/explanation",
            &[("text", "编号待公布")],
        )
        .await
        .is(303);
    world.get_as("chengdu", "/reports/evaluation").await.says("编号待公布");
    world
        .post_form_as("chengdu", "/reports/evaluation/320100/explanation", &[("text", "x")])
        .await
        .is(403);
    world
        .post_form_as("nanjing", "/reports/evaluation/320100/explanation", &[("text", "")])
        .await
        .is(422);
    let book = world.get_as("nanjing", "/reports/evaluation.xlsx").await;
    assert!(book.status == 200 && book.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn a_notice_is_there_once_for_whoever_may_see_it() {
    let world = World::with_list().await;
    for login in ["nanjing", "citizen"] {
        for follow in [("place", "320100"), ("task", "20")] {
            world
                .post_form_as(login, "/notices/follow", &[follow, ("strength", "all")])
                .await
                .is(303);
        }
    }
    world
        .post_form_as(
            "chengdu",
            "/notices/follow",
            &[("place", "320100"), ("strength", "significant")],
        )
        .await
        .is(303);
    happens(&world, "first-20-320100", &noted("公开一句", Audience::Public)).await;
    happens(&world, "first-20-320100", &noted("内部一句", Audience::Participants)).await;
    let count = |text: &str| text.matches("/obligations/first-20-320100\"").count();
    assert_eq!(
        count(&world.get_as("nanjing", "/notices").await.text),
        2,
        "each entry once, though two follows ask for it"
    );
    assert_eq!(count(&world.get_as("citizen", "/notices").await.text), 1);
    assert_eq!(
        count(&world.get_as("chengdu", "/notices").await.text),
        0,
        "a note is not significant"
    );
    let (head, _) = world.platform.ledger().head().await.unwrap();
    world.get_as("citizen", "/notices").await.says("全部标为已读");
    world
        .post_form_as("citizen", "/notices/read", &[("position", &head.to_string())])
        .await
        .is(303);
    world
        .get_as("citizen", "/notices")
        .await
        .keeps_quiet_about("全部标为已读");
    world
        .post_form_as("nanjing", "/notices/unfollow", &[("follow", "f1")])
        .await
        .is(303);
    world
        .post_form_as("nanjing", "/notices/unfollow", &[("follow", "f2")])
        .await
        .is(303);
    happens(&world, "first-20-320100", &noted("再一句", Audience::Public)).await;
    assert_eq!(
        count(&world.get_as("nanjing", "/notices").await.text),
        2,
        "what was told stays; what came after the follow ended is not told"
    );
    world
        .post_form_as("nanjing", "/notices/follow", &[("strength", "all")])
        .await
        .is(422)
        .says("请选择地方，或填写任务的清单序号");
    world
        .post_form_as(
            "nanjing",
            "/notices/follow",
            &[("place", "320100"), ("back", "//evil.example")],
        )
        .await
        .is(303);
}

#[tokio::test]
async fn a_task_is_followed_as_people_write_it_and_shown_by_its_title() {
    let world = World::with_list().await;
    let follow = async |task: &'static str| {
        world
            .post_form_as("citizen", "/en/notices/follow", &[("task", task), ("strength", "all")])
            .await
    };
    follow("Task 10").await.is(303);
    for wrong in ["Task Task 10", "105", "first"] {
        follow(wrong).await.is(422).says("The list has no such task");
    }
    let page = world.get_as("citizen", "/notices").await;
    page.says("第10项 ").says("/tasks/first-10");
}

#[tokio::test]
async fn feeds_are_public_sound_and_say_what_is_illustrative() {
    let world = World::with_list().await;
    happens(&world, "first-20-320100", &noted("SECRETWORD", Audience::Participants)).await;
    happens(&world, "first-20-320100", &noted("deskword", Audience::Desk)).await;
    let set = ObligationEvent::MilestoneSet {
        milestone: "m1".to_owned(),
        name: Bilingual::new("完成征求意见稿, 一稿", "Draft for comment"),
        due: "2026-12-31".parse().unwrap(),
        set_by: "南京市商务局; 2026".to_owned(),
    };
    happens(&world, "first-20-320100", &set).await;
    let paths = [
        "/feeds/events.atom",
        "/en/feeds/events.atom",
        "/feeds/places/320100.atom",
        "/feeds/tasks/20.atom",
        "/feeds/tasks/first-20.atom",
    ];
    for path in paths
        .into_iter()
        .chain(["/feeds/calendar.ics", "/api/v1/events?limit=200", "/feeds"])
    {
        for answer in [world.get(path).await, world.get_as("nanjing", path).await] {
            answer
                .is(200)
                .keeps_quiet_about("SECRETWORD")
                .keeps_quiet_about("deskword");
        }
    }
    for path in paths {
        let feed = world.get(path).await;
        assert!(feed.header("content-type").starts_with("application/atom+xml"));
        feed.says("<feed xmlns=\"http://www.w3.org/2005/Atom\"").says("<entry>");
        let english = path.starts_with("/en");
        for title in feed.text.split("<title>").skip(2) {
            let title = title.split("</title>").next().unwrap();
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert_ne!(title.contains(chinese), english, "in one language: {title}");
        }
        assert_eq!(
            feed.text.matches("<entry>").count(),
            feed.text.matches("</entry>").count()
        );
        let validator = feed.header("etag").to_owned();
        world
            .ask(Method::GET, path)
            .header("if-none-match", &validator)
            .send()
            .await
            .is(304);
    }
    world.get("/feeds").await.says("href=\"/feeds/tasks/first-28.atom\"");
    world.get("/feeds/places/000000.atom").await.is(404);
    world.get("/feeds/places/320100.rss").await.is(404);
    let calendar = world.get("/feeds/calendar.ics?place=320100").await;
    assert!(
        calendar.text.split("\r\n").all(|line| line.len() <= 75) && !calendar.text.replace("\r\n", "").contains('\n')
    );
    let unfolded = calendar.text.replace("\r\n ", "");
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20261231\r\n") && unfolded.contains("完成征求意见稿\\, 一稿"));
    world
        .get("/feeds/calendar.ics?place=510100")
        .await
        .keeps_quiet_about("VEVENT");
}

#[tokio::test]
async fn the_events_are_read_through_by_position() {
    let world = World::with_list().await;
    let (mut after, mut seen) = (0, Vec::new());
    loop {
        let page = world
            .get(&format!("/api/v1/events?after={after}&limit=200"))
            .await
            .json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|e| e["position"].as_i64().unwrap()),
        );
        match page["next"].as_i64() {
            Some(next) => after = next,
            None => break,
        }
    }
    assert!(
        seen.len() > 200 && seen.is_sorted_by(|a, b| a < b),
        "in order, none twice"
    );
    world.get("/api/v1/events?limit=201").await.is(422);
}
