//! Tables: sorted, grouped, compared with today, and as workbooks; several rows at once; what leads to them.

use axum::http::Method;
use jiff::civil::Date;
use ledger::AsOf;
use platform::{
    bilingual::Bilingual,
    context::{Context, Reader},
    obligation::{
        order::{Key, Order},
        query::{Filter, SubjectKind, every, every_before, obligations},
    },
    people::organization,
    question::Window,
};
use sheet::{CellValue, Column, Kind, Limits, TableLayout};
use std::collections::BTreeSet;
use testkit::{Answer, World};

/// Where the row of a task begins in the page of the list.
fn at(page: &Answer, id: &str) -> usize {
    page.text
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("no row {id}"))
}

#[tokio::test]
async fn the_list_is_sorted_grouped_and_its_columns_chosen_by_the_address() {
    let world = World::with_list().await;
    let list = world.get("/list").await;
    list.is(200).says("阶段").says("下一节点").says("进展").says("原文顺序");
    assert!(at(&list, "first-1") < at(&list, "first-2"));
    let down = world.get("/list?sort=-number").await;
    down.is(200).says("aria-sort=\"descending\"");
    assert!(at(&down, "first-104") < at(&down, "first-1"));
    for sort in [
        "tier", "-tier", "guiding", "limit", "-limit", "next", "-next", "stage", "-stage",
    ] {
        let sorted = world.get(&format!("/list?sort={sort}")).await;
        assert_eq!(sorted.is(200).text.matches("id=\"first-").count(), 104, "{sort}");
    }
    // Whatever has reached a stage comes before what has reached none.
    let input = serde_json::json!({ "stage": "30.20", "source": "市政府公告", "audience": "public" });
    let body = serde_json::json!({ "action": "record_stage", "input": input });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-26-320100/actions",
            &body,
        )
        .await
        .is(200);
    let by_stage = world.get("/list?sort=-stage").await;
    assert!(at(&by_stage, "first-26") < at(&by_stage, "first-1"));
    let grouped = world.get("/list?group=tier&sort=number").await;
    assert!(grouped.is(200).text.matches("scope=\"rowgroup\"").count() >= 3);
    world.get("/list").await.keeps_quiet_about("data-column=\"measures\"");
    world
        .get("/list?columns=measures")
        .await
        .says("data-column=\"measures\"")
        .keeps_quiet_about("data-column=\"guiding\"");
    world.get("/list?sort=colour").await.is(422);
    world.get("/list").await.says("第1版（");
}

/// The values of one column of a table, in the order of the page.
fn column(page: &Answer, id: &str) -> Vec<String> {
    let cell = format!(r#"(?s)<t[dh][^>]*data-column="{id}"[^>]*>(.*?)</t[dh]>"#);
    let bodies = page.text.split("<tbody>").skip(1);
    let body: String = bodies.filter_map(|part| part.split("</tbody>").next()).collect();
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    regex::Regex::new(&cell)
        .unwrap()
        .captures_iter(&body)
        .map(|found| tags.replace_all(&found[1], "").trim().to_owned())
        .collect()
}

#[tokio::test]
async fn the_smaller_tables_are_sorted_and_their_columns_chosen_by_the_address_too() {
    let world = World::with_list().await;
    // Address, who reads, column that sorts, column that is shown unless others are chosen.
    let tables = [
        ("/places", None, "held", "prefix"),
        ("/places", None, "pilot", "level"),
        ("/outputs", None, "place", "source"),
        ("/unassigned?place=320100", Some("analyst"), "number", "holder"),
        ("/admin/organizations?kind=ministry", Some("system"), "id", "kind"),
        ("/admin/places", Some("system"), "code", "kind"),
        ("/admin/audit", Some("audit"), "position", "cause"),
    ];
    for (address, login, sort, other) in tables {
        let get = async |more: &str| {
            let join = if address.contains('?') { '&' } else { '?' };
            let address = format!("{address}{join}{more}");
            match login {
                Some(login) => world.get_as(login, &address).await,
                None => world.get(&address).await,
            }
        };
        let up = get(&format!("sort={sort}")).await;
        let down = get(&format!("sort=-{sort}")).await;
        up.is(200).says("aria-sort=\"ascending\"");
        down.is(200).says("aria-sort=\"descending\"");
        let (up, down) = (column(&up, sort), column(&down, sort));
        assert!(up.len() >= 4, "{address}: {up:?}");
        assert_ne!(up, down, "{address} by {sort}");
        let numbers = |cells: &[String]| cells.iter().map(|c| c.parse::<i64>().unwrap_or(0)).collect::<Vec<_>>();
        if sort == "held" || sort == "number" {
            assert!(numbers(&up).is_sorted(), "{address}: {up:?}");
            assert!(numbers(&down).iter().rev().is_sorted(), "{address}: {down:?}");
        }
        let all = get("").await;
        all.is(200)
            .says(&format!("data-column=\"{other}\""))
            .says("data-columns=\"\"");
        get(&format!("columns={sort}"))
            .await
            .is(200)
            .says(&format!("data-column=\"{sort}\""))
            .keeps_quiet_about(&format!("data-column=\"{other}\""));
        get("sort=colour").await.is(422);
    }
}

#[tokio::test]
async fn outputs_are_paged_in_the_order_that_is_asked_for() {
    let world = World::with_list().await;
    let whole = column(&world.get("/outputs?sort=-place").await, "title");
    assert!(whole.len() >= 4, "{whole:?}");
    let next = regex::Regex::new(r#"rel="next" href="([^"]+)""#).unwrap();
    let (mut address, mut pages) = ("/outputs?sort=-place&limit=1".to_owned(), Vec::new());
    loop {
        let page = world.get(&address).await;
        pages.extend(column(&page, "title"));
        match next.captures(&page.text) {
            Some(found) => address = found[1].replace("&amp;", "&"),
            None => break,
        }
    }
    assert_eq!(pages, whole);
}

#[tokio::test]
async fn the_sort_of_one_table_is_not_that_of_another_beside_it() {
    let world = World::with_list().await;
    world
        .get("/places/320100?sort=-due&columns=place")
        .await
        .is(200)
        .says("id=\"outputs-table\"")
        .says("编号待补");
}

#[tokio::test]
async fn a_place_of_another_day_offers_the_comparison_once() {
    let world = World::with_list().await;
    let past = world.get("/places/320100?as_of=2025-06-30").await;
    assert_eq!(past.is(200).text.matches("compare=today").count(), 1);
    let compared = world.get("/places/320100?as_of=2025-06-30&compare=today").await;
    assert_eq!(compared.is(200).text.matches("取消对比").count(), 1);
}

#[tokio::test]
async fn the_download_of_the_list_keeps_its_filter_and_officers_find_the_way_back_in() {
    let world = World::with_list().await;
    world
        .get("/list?tier=group&sort=-number")
        .await
        .says("href=\"/list.xlsx?tier=group&amp;sort=-number\"")
        .keeps_quiet_about("/upload");
    world
        .get_as("analyst", "/list")
        .await
        .says("href=\"/upload?what=list\"");
    world
        .get_as("nanjing", "/places/320100")
        .await
        .says("href=\"/places/320100/workbook.xlsx\"")
        .says("href=\"/upload?what=320100\"");
    world
        .get_as("chengdu", "/places/320100")
        .await
        .says("href=\"/places/320100/workbook.xlsx\"")
        .keeps_quiet_about("/upload?what=320100");
    world
        .get_as("nanjing", "/desk")
        .await
        .says("href=\"/places/320100/workbook.xlsx\"")
        .says("href=\"/upload?what=320100\"")
        .says("href=\"/desk.xlsx\"");
}

#[tokio::test]
async fn another_day_is_compared_with_today_and_changed_rows_are_flagged() {
    let world = World::with_list().await;
    let past = world.get("/list?as_of=2025-06-30").await;
    past.is(200).says("compare=today").keeps_quiet_about("is-changed");
    let compared = world.get("/list?as_of=2025-06-30&compare=today").await;
    let flagged = compared.is(200).text.matches("is-changed").count();
    assert_eq!(flagged, 2, "tasks 15 and 20 came out after that day");
    let row = &compared.text[at(&compared, "first-20") - 60..];
    assert!(row[..60].contains("is-changed"));
    compared.says("2 行有变化");
    // What differs is told in its own column, and nowhere else.
    let only = world.get("/list?as_of=2025-06-30&compare=today&changed=only").await;
    only.is(200).says("看全部").keeps_quiet_about("id=\"first-1\"");
    assert_eq!(only.text.matches("is-changed").count(), 2);
    assert_eq!(only.text.matches("class=\"now\"").count(), 2, "the state of each");
    // Today there is nothing to compare with.
    world.get("/list?compare=today").await.keeps_quiet_about("is-changed");
    let task = world.get("/tasks/first-20?as_of=2025-06-30&compare=today").await;
    assert_eq!(task.is(200).text.matches("is-changed").count(), 1);
    world
        .get("/tasks/first-20?as_of=2025-06-30")
        .await
        .says("compare=today");
    let held = world
        .get("/obligations?task=first-20&as_of=2025-06-30&compare=today")
        .await;
    assert_eq!(held.is(200).text.matches("is-changed").count(), 1);
}

#[tokio::test]
async fn every_order_gives_every_row_once_through_all_pages() {
    let world = World::with_list().await;
    let reader = Reader {
        as_of: AsOf::day(world.platform.today()),
        ..Reader::public(world.platform.today())
    };
    let keys = [Key::Number, Key::Place, Key::State, Key::Stage, Key::Due, Key::Since];
    for (sort, down, group) in keys
        .into_iter()
        .flat_map(|key| [(key, false, None), (key, true, Some(Key::State)), (key, true, None)])
    {
        let filter = Filter {
            order: Order { group, sort, down },
            ..Filter::default()
        };
        let (mut seen, mut window) = (BTreeSet::new(), Window::of(50));
        loop {
            let page = obligations(&world.platform, &reader, &filter, &window).await.unwrap();
            for o in &page.items {
                assert!(seen.insert(o.id.clone()), "{} twice by {sort:?} {down}", o.id);
            }
            if page.next.is_none() {
                assert_eq!(i64::try_from(seen.len()).unwrap(), page.total, "{sort:?} {down}");
                break;
            }
            window.cursor = page.next;
        }
    }
    world
        .get("/obligations?sort=-due&group=place")
        .await
        .is(200)
        .says("rowgroup");
}

/// The first column of a workbook, row by row.
pub fn keys(answer: &Answer, id: &str, head: &str, day: Date) -> Vec<String> {
    let layout = TableLayout::new(id, "", day, vec![Column::new("first", head, Kind::Text)]);
    sheet::read(&answer.is(200).bytes, &layout, &Limits::default())
        .unwrap()
        .rows
        .iter()
        .map(|row| match &row.cells["first"] {
            CellValue::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[tokio::test]
async fn what_a_page_shows_in_rows_a_workbook_holds_in_rows() {
    let world = World::with_list().await;
    let day = world.platform.today();
    let of = |answer: &Answer, id: &str, head: &str| keys(answer, id, head, day);
    let held = of(&world.get("/obligations.xlsx?firm=true").await, "obligations", "标识");
    assert_eq!(held.len(), 239);
    let narrowed = world.get("/obligations.xlsx?place=DB3201&firm=true").await;
    assert_eq!(of(&narrowed, "obligations", "标识").len(), 27);
    assert_eq!(of(&world.get("/outputs.xlsx").await, "outputs", "标识").len(), 4);
    assert!(of(&world.get("/places.xlsx").await, "places", "地方代码").contains(&"320100".to_owned()));
    assert!(of(&world.get("/measures.xlsx").await, "measures", "措施").len() > 100);
    let history = world.get("/history/task/first-20/workbook.xlsx").await;
    assert!(
        of(&history, "history", "对象")
            .iter()
            .all(|object| object == "task/first-20")
    );
    world.get("/history/task/nothing/workbook.xlsx").await.is(404);
    assert!(world.get("/changes.xlsx").await.is(200).bytes.starts_with(b"PK"));
    world.get("/desk.xlsx").await.is(303);
    let desk = world.get_as("nanjing", "/desk.xlsx").await;
    assert!(of(&desk, "desk", "栏目").iter().all(|tab| tab == "待分派"));
    assert!(
        of(&world.get_as("analyst", "/unassigned.xlsx").await, "unassigned", "标识").len() > 200,
        "nobody has been named for anything yet"
    );
    world.get_as("nanjing", "/unassigned.xlsx").await.is(403);
    let bodies = world.get_as("system", "/admin/organizations.xlsx").await;
    assert!(of(&bodies, "organizations", "代码").contains(&"miit".to_owned()));
    world.get_as("analyst", "/admin/organizations.xlsx").await.is(403);
    assert!(
        world
            .get_as("audit", "/admin/audit.xlsx")
            .await
            .is(200)
            .bytes
            .starts_with(b"PK")
    );
    for page in [
        "/obligations?firm=true",
        "/outputs",
        "/places",
        "/measures",
        "/changes",
        "/history/task/first-20",
    ] {
        world.get(page).await.is(200).says(".xlsx");
    }
}

#[tokio::test]
async fn several_rows_get_one_thing_done_each_with_its_own_answer() {
    let world = World::with_list().await;
    let context = Context::system(world.now(), "desks");
    let open = organization::Command::OpenDesk {
        desk: "standards".to_owned(),
        name: Bilingual::new("标准处", "Standards desk"),
        contact: None,
    };
    organization::carry_out(&world.platform, &context, "nanjing-commerce", &open, None, None)
        .await
        .unwrap();
    world
        .get_as("nanjing", "/desk/to-assign")
        .await
        .says("data-selection")
        .says("name=\"row\" value=\"first-30-320100\"");
    let rows = [
        ("row", "first-30-320100"),
        ("row", "first-26-320100"),
        ("row", "first-32-510100"),
    ];
    let mut fields = rows.to_vec();
    fields.extend([("act", "assign"), ("hands", "nanjing-commerce/standards")]);
    let told = world.post_form_as("nanjing", "/desk/batch", &fields).await;
    told.is(200).says("已办理 2 行，未办理 1 行");
    assert_eq!(told.text.matches("已记录").count(), 2);
    let after = world.get("/api/v1/obligations/first-26-320100").await.json();
    assert_eq!(after["holder"]["id"], "standards");
    let mut fields = rows[..2].to_vec();
    let plan = [
        ("act", "milestone"),
        ("name", "报批"),
        ("due", "2027-03-01"),
        ("set_by", "南京市商务局"),
    ];
    fields.extend(plan);
    world
        .post_form_as("nanjing", "/desk/batch", &fields)
        .await
        .is(200)
        .says("已办理 2 行，未办理 0 行");
    for id in ["first-30-320100", "first-26-320100"] {
        let after = world.get(&format!("/api/v1/obligations/{id}")).await.json();
        assert_eq!(after["due"], "2027-03-01", "{id}");
    }
    world.post_form_as("nanjing", "/desk/batch", &plan).await.is(422);
    world
        .get_as("citizen", "/desk")
        .await
        .keeps_quiet_about("data-selection");
}

#[tokio::test]
async fn unread_notices_are_counted_in_the_top_bar() {
    let world = World::with_list().await;
    world.get("/").await.keeps_quiet_about("/notices");
    world
        .get_as("nanjing", "/")
        .await
        .says("href=\"/notices\"")
        .says("没有未读提醒");
    world
        .post_form_as("analyst", "/notices/follow", &[("task", "26"), ("strength", "all")])
        .await
        .is(303);
    let before = world.get_as("analyst", "/list").await;
    let body = serde_json::json!({ "action": "note", "input": { "text": "已召开会议", "audience": "public" } });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-26-320100/actions",
            &body,
        )
        .await
        .is(200);
    world.get_as("analyst", "/list").await.says("1 条未读提醒");
    let head = world.platform.ledger().head().await.unwrap().0.to_string();
    world
        .post_form_as("analyst", "/notices/read", &[("position", &head)])
        .await
        .is(303);
    let read = world.get_as("analyst", "/list").await;
    read.says("没有未读提醒");
    assert_ne!(read.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn the_rail_names_what_a_reader_may_do() {
    let world = World::with_list().await;
    for path in ["/", "/list", "/desk"] {
        world
            .get_as("analyst", path)
            .await
            .says("href=\"/unassigned\"")
            .says("href=\"/admin/lists/read\"");
        world
            .get_as("nanjing", path)
            .await
            .keeps_quiet_about("href=\"/unassigned\"")
            .keeps_quiet_about("href=\"/admin/lists/read\"");
    }
}

#[tokio::test]
async fn search_finds_bodies_places_measures_sentences_and_proposals() {
    let world = World::with_list().await;
    for (words, found) in [
        ("南京市商务局", "holder=nanjing-commerce"),
        ("DB3201", "/places/320100"),
        ("养老", "/tasks/first-20"),
        ("扩大", "/measures/"),
    ] {
        world.get(&format!("/search?q={words}")).await.is(200).says(found);
    }
    let proposal = [
        ("kind", "change"),
        ("task", "first-32"),
        ("reason", "排放标准由省级制定，需调整承担地"),
    ];
    let _opened = world.post_form_as("analyst", "/changes/new", &proposal).await;
    world.get("/search?q=没有这样的词").await.says("没有找到");
    world.get("/search").await.is(200);
}

#[tokio::test]
async fn anybody_reads_the_evaluation_and_what_only_participants_see_is_left_out() {
    let world = World::with_list().await;
    world
        .post_form_as(
            "nanjing",
            "/reports/evaluation/320100/explanation",
            &[("text", "编号待公布")],
        )
        .await
        .is(303);
    world
        .get("/reports/evaluation")
        .await
        .is(200)
        .says("已交付的确定承担单元 ÷ 全部确定承担单元")
        .says("任何人都可以复算")
        .keeps_quiet_about("编号待公布")
        .keeps_quiet_about("<form class=\"form\"");
    let bundle = world.get("/reports/evaluation.json").await;
    let bundle: platform::report::evaluation::Bundle = serde_json::from_str(&bundle.is(200).text).unwrap();
    assert!(platform::report::evaluation::holds(&bundle));
    assert!(bundle.inputs.iter().all(|i| i.milestones.is_none()) && bundle.position == 0);
    world.get("/api/v1/reports/evaluation").await.is(200);
    assert!(
        world
            .get("/reports/evaluation.xlsx")
            .await
            .is(200)
            .bytes
            .starts_with(b"PK")
    );
}

#[tokio::test]
async fn a_line_of_a_task_leads_to_the_published_text() {
    let world = World::with_list().await;
    let task = world.get("/tasks/first-20").await;
    let link = task.text.split("href=\"/lists/first/text#line-").nth(1).unwrap();
    let line: usize = link.split('"').next().unwrap().parse().unwrap();
    let text = world.get("/lists/first/text").await;
    let row = text
        .is(200)
        .text
        .split(&format!("id=\"line-{line}\""))
        .nth(1)
        .unwrap()
        .split("</li>")
        .next()
        .unwrap();
    assert!(row.contains("养老"), "{row}");
    world.get("/lists/other/text").await.is(404);
    world
        .get("/en/tasks/first-20")
        .await
        .keeps_quiet_about("(overall)")
        .says("/en/lists/first/text");
}

#[tokio::test]
async fn objects_lead_to_their_history() {
    let world = World::with_list().await;
    for (page, link) in [
        ("/places/320100", "/history/place/320100"),
        ("/measures/5", "/history/measure/first-5"),
        ("/outputs", "/history/output/"),
        ("/tasks/first-20", "/history/task/first-20"),
    ] {
        world.get(page).await.is(200).says(link);
    }
    world
        .get_as("system", "/admin/organizations/miit")
        .await
        .says("/history/organization/miit");
    world.get("/history/measure/first-5").await.is(200);
}

#[tokio::test]
async fn what_stood_on_an_earlier_day_is_told_from_what_changed_since() {
    let world = World::with_list().await;
    let act = async |id: &str, action: &str, input: serde_json::Value| {
        let body = serde_json::json!({ "action": action, "input": input });
        let path = format!("/api/v1/obligations/{id}/actions");
        world.api_as("nanjing", Method::POST, &path, &body).await.is(200);
    };
    let stage = |stage: &str| serde_json::json!({ "stage": stage, "source": "公告", "audience": "public" });
    act("first-9-320100", "record_stage", stage("20.00")).await;
    let day = world.platform.today();
    world.pass(48);
    act("first-9-320100", "record_stage", stage("30.20")).await;
    let due = serde_json::json!({ "name": "初稿", "due": "2026-12-21", "set_by": "南京市商务局" });
    act("first-20-320100", "set_milestone", due).await;
    let reader = |date| Reader {
        as_of: AsOf::day(date),
        ..Reader::public(world.platform.today())
    };
    let filter = Filter {
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    let (then, now) = (reader(day), reader(world.platform.today()));
    let standing = every(&world.platform, &now, &filter).await.unwrap();
    let before = every_before(&world.platform, &now, &filter, &standing, day)
        .await
        .unwrap();
    assert_eq!(before, every(&world.platform, &then, &filter).await.unwrap());
    let changed = before.iter().zip(&standing).filter(|(a, b)| a != b);
    let changed: Vec<&str> = changed.map(|(before, _)| before.id.as_str()).collect();
    assert_eq!(changed, ["first-9-320100", "first-20-320100"]);
}
