//! Workbooks out and in: nothing changes before somebody confirms, and nothing of the list before approval.

use axum::http::Method;
use language::Lang;
use platform::{
    context::Reader,
    list::{
        assignment_workbook, place_workbook,
        workbook::{self, Table},
    },
};
use sheet::{Cell, Limits};
use testkit::{Answer, World};

/// Sends a form with a file, as a browser does.
async fn send(world: &World, login: &str, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--bound\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    body.extend(b"--bound\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\ncontent-type: application/octet-stream\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--bound--\r\n");
    let asker = world
        .ask(Method::POST, path)
        .header("sec-fetch-site", "same-origin")
        .by(login)
        .await;
    asker.body("multipart/form-data; boundary=bound", body).send().await
}

/// What a hidden field of a page holds.
fn hidden(page: &Answer, name: &str) -> String {
    let at = page
        .text
        .find(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no field {name}:\n{}", page.text));
    let rest = &page.text[at..];
    let rest = &rest[rest.find("value=\"").unwrap() + 7..];
    rest[..rest.find('"').unwrap()].to_owned()
}

async fn list_table(world: &World) -> Table {
    let reader = Reader::public(world.platform.today());
    workbook::table(&world.platform, &reader, "first", Lang::Zh)
        .await
        .unwrap()
}

/// The workbook of a place or of all as somebody takes it out: an outsider's copy does not say where a row stands in
/// the log.
async fn taken_out(world: &World, login: &str, place: Option<&str>) -> Table {
    let reader = Reader {
        actor: world.context(login, "out").await.actor,
        ..Reader::public(world.platform.today())
    };
    place_workbook::table(&world.platform, &reader, "first", place, Lang::Zh)
        .await
        .unwrap()
}

/// What the preview of Nanjing's workbook answers when it is confirmed.
async fn confirmed(world: &World, shown: &Answer) -> Answer {
    let content = hidden(shown, "content");
    let confirm = [("what", "320100"), ("content", content.as_str())];
    world.post_form_as("nanjing", "/upload/confirm", &confirm).await
}

#[tokio::test]
async fn three_changes_are_proposed_two_cells_marked_and_nothing_applied() {
    let world = World::with_list().await;
    let mut table = list_table(&world).await;
    let out = world.get("/list.xlsx").await;
    out.is(200);
    let read = sheet::read(&out.bytes, &table.layout, &Limits::default()).unwrap();
    assert_eq!(read.rows.len(), 104);
    let narrowed = world.get("/list.xlsx?place=DB3201").await;
    assert_eq!(
        sheet::read(&narrowed.bytes, &table.layout, &Limits::default())
            .unwrap()
            .rows
            .len(),
        27,
        "the list as it is filtered"
    );
    // Three rows changed, two broken.
    for (row, title) in [(0, "改名甲"), (1, "改名乙"), (2, "改名丙")] {
        table.rows[row][4] = Cell::Text(title.to_owned());
    }
    table.rows[3][3] = Cell::Text("快了".to_owned());
    table.rows[4][6] = Cell::Text("亚特兰蒂斯".to_owned());
    let shown = send(
        &world,
        "analyst",
        "/upload",
        &[("what", "list")],
        &table.xlsx().unwrap(),
    )
    .await;
    shown
        .is(200)
        .says("改名甲")
        .says("改名乙")
        .says("改名丙")
        .says("2 个不能接受的单元格")
        .says("亚特兰蒂斯")
        .says("尚未改变任何内容");
    assert_eq!(
        world.get("/api/v1/lists/first/proposals").await.json()["total"],
        0,
        "nothing before somebody confirms"
    );
    let content = hidden(&shown, "content");
    let marked = world
        .post_form_as("analyst", "/upload/marked", &[("what", "list"), ("content", &content)])
        .await;
    marked.is(200);
    assert!(marked.bytes.starts_with(b"PK"));
    world
        .post_form_as(
            "analyst",
            "/upload/confirm",
            &[("what", "list"), ("content", &content), ("reason", "")],
        )
        .await
        .is(422);
    let fields = [("what", "list"), ("content", content.as_str()), ("reason", "统一名称")];
    let confirmed = world.post_form_as("analyst", "/upload/confirm", &fields).await;
    confirmed.is(303);
    assert!(confirmed.location().starts_with("/changes/"));
    let proposals = world
        .api_as(
            "analyst",
            Method::GET,
            "/api/v1/lists/first/proposals",
            &serde_json::json!({}),
        )
        .await
        .json();
    assert_eq!(
        (
            proposals["total"].as_u64(),
            proposals["items"][0]["changes"].as_array().unwrap().len()
        ),
        (Some(1), 3)
    );
    world.get("/list").await.keeps_quiet_about("改名甲");
}

#[tokio::test]
async fn the_rows_of_a_place_come_back_as_what_would_be_recorded() {
    let world = World::with_list().await;
    let mut table = taken_out(&world, "nanjing", Some("320100")).await;
    let out = world.get("/places/320100/workbook.xlsx").await;
    assert_eq!(
        sheet::read(&out.is(200).bytes, &table.layout, &Limits::default())
            .unwrap()
            .rows
            .len(),
        27
    );
    for row in 0..3 {
        table.rows[row][9] = Cell::Text(format!("已召开第{}次会议", row + 1));
    }
    table.rows[3][7] = Cell::Text("快了".to_owned());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "nanjing", "/upload", &[("what", "320100")], &file).await;
    shown
        .is(200)
        .says("3 处修改")
        .says("1 个不能接受的单元格")
        .says("已召开第3次会议")
        .says("第1项 ")
        .says(" · 南京")
        .keeps_quiet_about("320100</th>");
    let head = world.platform.ledger().head().await.unwrap().0;
    let content = hidden(&shown, "content");
    assert_eq!(world.platform.ledger().head().await.unwrap().0, head);
    let done = world
        .post_form_as(
            "nanjing",
            "/upload/confirm",
            &[("what", "320100"), ("content", &content)],
        )
        .await;
    done.is(200).says("已记录").keeps_quiet_about("class=\"refusal\"");
    assert_eq!(done.text.matches("已记录").count(), 3);
    // The row that was not taken is told here, too, and its workbook can still be fetched.
    done.says("快了").says("/upload/marked");
    // A place's workbook is for its officers, and a list's for those who may propose.
    send(&world, "chengdu", "/upload", &[("what", "320100")], &file)
        .await
        .is(403);
    send(&world, "manager", "/upload", &[("what", "list")], &file)
        .await
        .is(403);
}

#[tokio::test]
async fn a_stage_is_previewed_in_words() {
    let world = World::with_list().await;
    let mut table = taken_out(&world, "nanjing", Some("320100")).await;
    table.rows[0][7] = Cell::Text("20.20".to_owned());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "nanjing", "/upload", &[("what", "320100")], &file).await;
    shown
        .is(200)
        .says("<ins>20.20 起草阶段 · 开始")
        .keeps_quiet_about("first-1-320100");
}

#[tokio::test]
async fn a_note_comes_back_beside_what_was_recorded_since_and_is_recorded_once() {
    let world = World::with_list().await;
    let mut table = taken_out(&world, "nanjing", Some("320100")).await;
    let id = |row: usize| match &table.rows[row][0] {
        Cell::Text(id) => id.clone(),
        other => panic!("{other:?}"),
    };
    let (first, second) = (id(0), id(1));
    // Somebody records a stage of both rows after the download.
    for id in [&first, &second] {
        let body = serde_json::json!({ "action": "record_stage", "input": { "stage": "20.20", "source": "会议纪要", "audience": "public" } });
        world
            .api_as(
                "nanjing",
                Method::POST,
                &format!("/api/v1/obligations/{id}/actions"),
                &body,
            )
            .await
            .is(200);
    }
    table.rows[0][9] = Cell::Text("已召开协调会".to_owned());
    // This one says another stage than what was recorded: it may contradict it.
    table.rows[1][7] = Cell::Text("30.20".to_owned());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "nanjing", "/upload", &[("what", "320100")], &file).await;
    shown
        .is(200)
        .says("1 处修改")
        .says("已召开协调会")
        .says("1 个不能接受的单元格")
        .says("下载之后这一条有了新记录");
    let done = confirmed(&world, &shown).await;
    assert_eq!(done.is(200).text.matches("已记录").count(), 1);
    // The same workbook again says nothing new of that row.
    send(&world, "nanjing", "/upload", &[("what", "320100")], &file)
        .await
        .is(200)
        .says("0 处修改")
        .keeps_quiet_about("<ins>已召开协调会");
    let history = world.get_as("nanjing", &format!("/history/obligation/{first}")).await;
    assert_eq!(history.text.matches("已召开协调会").count(), 1);
}

#[tokio::test]
async fn tasks_are_assigned_by_workbook_and_a_wrong_cell_comes_back() {
    let world = World::with_list().await;
    let reader = Reader::public(world.platform.today());
    let mut table = assignment_workbook::table(&world.platform, &reader, "first", Lang::Zh)
        .await
        .unwrap();
    let out = world.get_as("analyst", "/workbooks/assignment.xlsx").await;
    let read = sheet::read(&out.is(200).bytes, &table.layout, &Limits::default()).unwrap();
    assert_eq!(read.rows.len(), 104);
    world.get_as("nanjing", "/workbooks/assignment.xlsx").await.is(403);
    let text = |text: &str| Cell::Text(text.to_owned());
    table.rows[0][3] = text("工业和信息化部");
    table.rows[0][4] = text("会议纪要第3号");
    table.rows[1][5] = Cell::Date("2027-06-30".parse().unwrap());
    table.rows[1][6] = text("商务部");
    table.rows[2][7] = text("4 9");
    // A time limit that nobody set.
    table.rows[3][5] = Cell::Date("2027-06-30".parse().unwrap());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "analyst", "/upload", &[("what", "assignment")], &file).await;
    shown
        .is(200)
        .says("1 个不能接受的单元格")
        .says("没有写由谁设定")
        .says("会议纪要第3号");
    let content = hidden(&shown, "content");
    let done = world
        .post_form_as(
            "analyst",
            "/upload/confirm",
            &[("what", "assignment"), ("content", &content)],
        )
        .await;
    done.is(200).keeps_quiet_about("class=\"refusal\"");
    let tasks = world.get("/api/v1/tasks/first-1").await.json();
    assert_eq!(tasks["guiding"], "miit");
    world.get("/tasks/first-2").await.says("2027年6月30日");
    let links = world.get_as("analyst", "/tasks/first-3/assign").await;
    assert_eq!(links.is(200).text.matches("/tasks/first-3/links/confirm").count(), 2);
    send(&world, "nanjing", "/upload", &[("what", "assignment")], &file)
        .await
        .is(403);
}

#[tokio::test]
async fn obligations_of_all_places_come_back_row_by_row() {
    let world = World::with_list().await;
    let mut table = taken_out(&world, "analyst", None).await;
    assert_eq!(table.rows.len(), 239);
    let out = world.get_as("analyst", "/workbooks/obligations.xlsx").await;
    let read = sheet::read(&out.is(200).bytes, &table.layout, &Limits::default()).unwrap();
    assert_eq!(read.rows.len(), 239);
    for row in [0, 100] {
        table.rows[row][5] = Cell::Text("报批".to_owned());
        table.rows[row][6] = Cell::Date("2027-03-01".parse().unwrap());
    }
    table.rows[200][5] = Cell::Text("无日期".to_owned());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "analyst", "/upload", &[("what", "obligations")], &file).await;
    shown.is(200).says("4 处修改").says("1 个不能接受的单元格");
    let content = hidden(&shown, "content");
    let done = world
        .post_form_as(
            "analyst",
            "/upload/confirm",
            &[("what", "obligations"), ("content", &content)],
        )
        .await;
    done.is(200).keeps_quiet_about("class=\"refusal\"");
    assert_eq!(done.text.matches("已记录").count(), 2);
}

#[tokio::test]
async fn what_is_no_workbook_is_told_plainly() {
    let world = World::with_list().await;
    send(&world, "analyst", "/upload", &[("what", "list")], b"no workbook")
        .await
        .is(422)
        .says("error-summary");
    send(&world, "analyst", "/upload", &[("what", "list")], b"")
        .await
        .is(422)
        .says("请选择文件");
    world.get_as("analyst", "/upload").await.is(200).says("最大");
}

#[tokio::test]
async fn every_workbook_of_a_demonstration_says_so() {
    let settings = platform::Settings {
        demo: true,
        light_passwords: true,
        ..platform::Settings::default()
    };
    let world = World::with_list_and(settings).await;
    for path in ["/list.xlsx", "/places.xlsx", "/measures.xlsx"] {
        let book = world.get(path).await;
        let table = sheet::read_plain(&book.is(200).bytes, &Limits::default()).unwrap();
        let says = |text: &String| text.contains("演示");
        assert!(table.rows.iter().any(|(_, cells)| cells.iter().any(says)), "{path}");
    }
}

#[tokio::test]
async fn a_row_is_taken_or_refused_as_a_whole_and_each_line_says_who_will_see_it() {
    let world = World::with_list().await;
    let mut table = taken_out(&world, "nanjing", Some("320100")).await;
    assert_eq!(table.layout.columns[3].title, "状态（不可改，由事项得出）");
    // A state cannot be written; the note beside it is not lost without a word.
    table.rows[0][3] = Cell::Text("已办结".to_owned());
    table.rows[0][9] = Cell::Text("已召开协调会".to_owned());
    table.rows[1][7] = Cell::Text("20.20".to_owned());
    table.rows[2][9] = Cell::Text("正在调研".to_owned());
    let file = table.xlsx().unwrap();
    let shown = send(&world, "nanjing", "/upload", &[("what", "320100")], &file).await;
    shown
        .is(200)
        .says("2 处修改")
        .says("2 个不能接受的单元格")
        .says("此列不能修改")
        .says("<td class=\"wrap\" lang=\"zh-Hans\">已召开协调会</td><td class=\"wrap\">同一行有不能接受的单元格")
        .says("<th scope=\"col\">公开范围</th>")
        .says("<ins>正在调研</ins></td><td>参与方</td>");
    let done = confirmed(&world, &shown).await;
    done.is(200).says(" · 参与方</a>").says(" · 公开</a>");
}
