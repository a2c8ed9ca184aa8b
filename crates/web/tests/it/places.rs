//! Places, measures and outputs, as readers meet them.

use axum::http::Method;
use regex::Regex;
use serde_json::json;
use testkit::World;

const PAGES: [&str; 6] = [
    "/places",
    "/places/320100",
    "/measures",
    "/measures/2",
    "/measures/2?place=320100",
    "/outputs",
];

/// Rows of the table of obligations.
fn rows(page: &str) -> usize {
    let table = page
        .split("id=\"obligations\"")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    Regex::new("<tr[^>]* id=\"first-").unwrap().find_iter(table).count()
}

#[tokio::test]
async fn nanjing_holds_fourteen_tasks_by_name_and_thirteen_as_every_pilot() {
    let world = World::with_list().await;
    let page = world.get("/places/320100").await;
    page.is(200)
        .says("南京市")
        .says("DB3201")
        .says("未设日期")
        .says("编号待补")
        .says("人民日报");
    assert_eq!(rows(&page.text), 27);
    assert_eq!(rows(&world.get("/places/320100?claim=named").await.text), 14);
    assert_eq!(rows(&world.get("/places/320100?claim=all").await.text), 13);
    assert_eq!(rows(&world.get("/places/320100?state=delivered").await.text), 1);
    page.keeps_quiet_about("class=\"days overdue\"");
    world.get("/places/320100?state=done").await.is(422);
}

#[tokio::test]
async fn a_prefix_or_a_name_leads_to_the_code() {
    let world = World::with_list().await;
    for name in ["DB3201", "%E5%8D%97%E4%BA%AC", "%E5%8D%97%E4%BA%AC%E5%B8%82", "Nanjing"] {
        let answer = world.get(&format!("/en/places/{name}?state=delivered")).await;
        answer.is(307);
        assert_eq!(answer.location(), "/en/places/320100?state=delivered");
    }
    world.get("/places/999999").await.is(404);
}

#[tokio::test]
async fn what_was_reported_on_9_july_2025_was_not_known_the_day_before() {
    let world = World::with_list().await;
    world
        .get("/places/320100?as_of=2025-07-08&state=delivered")
        .await
        .is(200)
        .says("没有符合条件的行");
    let after = world.get("/places/320100?as_of=2025-07-09&state=delivered").await;
    assert_eq!(rows(&after.text), 1);
    after.says("id=\"first-20-320100\"");
    let compared = world.get("/places/320100?as_of=2025-07-08&compare=today").await;
    compared
        .says("1 行有变化")
        .says("<tr class=\"is-changed\" id=\"first-20-320100\"");
    world
        .get("/places/320100?as_of=2025-07-08")
        .await
        .keeps_quiet_about("is-changed");
}

#[tokio::test]
async fn english_pages_say_which_text_is_chinese() {
    let world = World::with_list().await;
    let chinese = Regex::new("[\u{3400}-\u{9fff}]").unwrap();
    let marked = Regex::new(r#"(?s)<(\w+)[^>]*\slang="zh-Hans"[^>]*>.*?</(\w+)>"#).unwrap();
    let tags = Regex::new(r"(?s)<[^>]*>").unwrap();
    for path in PAGES {
        let page = world.get(&format!("/en{path}")).await;
        page.is(200);
        let body = page
            .text
            .split("<main")
            .nth(1)
            .unwrap()
            .split("</main>")
            .next()
            .unwrap();
        let without = marked.replace_all(body, "");
        let text = tags.replace_all(&without, " ");
        let left = chinese.find(&text).map(|m| {
            let start = text[..m.start()].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
            text[start..].chars().take(100).collect::<String>()
        });
        assert_eq!(left, None, "{path} has Chinese that is not marked");
    }
}

#[tokio::test]
async fn each_page_asks_the_database_eight_times_at_most() {
    let world = World::with_list().await;
    for path in PAGES {
        let (answer, statements) = ledger::counted(world.get(path)).await;
        answer.is(200);
        assert!(statements <= 8, "{path}: {statements} statements");
    }
}

#[tokio::test]
async fn the_picture_has_a_tile_for_each_province_and_a_row_for_each_pilot() {
    let world = World::with_list().await;
    let page = world.get("/places").await;
    page.says("11 个地方承担首批清单，另有 9 个试点不在本清单内")
        .says("href=\"/places/320100\"");
    assert_eq!(page.text.matches("class=\"chart-link\"").count(), 34);
    assert_eq!(page.text.matches(">不在本清单<").count(), 9);
}

#[tokio::test]
async fn the_matrix_has_every_measure_and_is_amber_for_those_who_may_know_alone() {
    let world = World::with_list().await;
    let public = world.get("/measures").await;
    public
        .says("总体要求")
        .says("组织保障")
        .says("待确认")
        .keeps_quiet_about("cell silent");
    assert_eq!(public.text.matches("<th scope=\"row\">").count(), 19);
    world
        .get_as("analyst", "/measures")
        .await
        .says("cell silent")
        .says("90 天内无新情况");
    world
        .get_as("citizen", "/measures")
        .await
        .keeps_quiet_about("cell silent");
    world.get("/measures/99").await.is(404);
}

#[tokio::test]
async fn a_cell_opens_to_as_many_rows_as_it_counts() {
    let world = World::with_list().await;
    let matrix = world.get("/measures").await;
    let cell = Regex::new(
        r#"href="(/measures/2\?place=320100)" title="[^"]*?(\d+) 项，措施承诺 (\d+) 条，其中 \d+ 个已交付或已办结""#,
    )
    .unwrap();
    let found = cell.captures(&matrix.text).unwrap();
    let page = world.get(&found[1]).await;
    let tasks = page.text.split("id=\"tasks\"").nth(1).unwrap();
    assert_eq!(
        tasks
            .split("</table>")
            .next()
            .unwrap()
            .matches("<th class=\"number\" scope=\"row\">")
            .count(),
        found[2].parse::<usize>().unwrap()
    );
    assert_eq!(
        Regex::new("(已承接|有报告) 0，共 1")
            .unwrap()
            .find_iter(&page.text)
            .count(),
        found[3].parse::<usize>().unwrap()
    );
}

#[tokio::test]
async fn the_four_reported_outputs_stand_with_their_source() {
    let world = World::with_list().await;
    let page = world.get("/outputs").await;
    assert_eq!(page.text.matches("编号待补</span>").count(), 4);
    page.says("任务20").says("任务15").says("2025年7月9日报道");
    world
        .get("/outputs?in_list=false")
        .await
        .keeps_quiet_about("任务20")
        .says("清单外");
    world
        .get("/outputs?place=420100")
        .await
        .says("超大型航空货运枢纽")
        .keeps_quiet_about("绿色智慧供应链");
}

#[tokio::test]
async fn a_firm_reads_whom_to_ask_and_that_nothing_is_announced() {
    let world = World::with_list().await;
    world
        .get("/en/places/320100")
        .await
        .says("What opens in the next 90 days")
        .says("Nothing is announced.")
        .says("please ask the body itself.");
}

/// Takes part in task 10 for 南京 by a seat that everybody may see.
async fn a_seat(world: &World) {
    for (action, input) in [
        ("choose_part", json!({ "part": "take_part" })),
        (
            "record_evidence",
            json!({ "kind": "seat", "title": "起草组席位", "audience": "public", "source": "邀请函" }),
        ),
    ] {
        let path = "/api/v1/obligations/first-10-320100/actions";
        world
            .api_as(
                "nanjing",
                Method::POST,
                path,
                &json!({ "action": action, "input": input }),
            )
            .await
            .is(200);
    }
}

#[tokio::test]
async fn a_seat_closes_a_part_and_is_no_public_output() {
    let world = World::with_list().await;
    let tile = "南京承担 27 项，1 项有公开成果";
    world.get("/places").await.says(tile);
    a_seat(&world).await;
    let told = world.get("/places/320100").await;
    told.says("已交付").says("起草组席位");
    assert_eq!(rows(&world.get("/places/320100?state=delivered").await.text), 2);
    for page in [world.get("/places").await, world.get("/").await] {
        page.says(tile).says("不计入公开成果").keeps_quiet_about("您已登录");
    }
    world.get("/outputs?place=320100").await.keeps_quiet_about("起草组席位");
    for path in ["/places", "/", "/?view=table"] {
        world.get_as("nanjing", path).await.says("公众看到的可能较少");
    }
}

#[tokio::test]
async fn the_tables_of_places_tell_what_is_blocked() {
    let world = World::with_list().await;
    let input = json!({ "kind": "law", "text": "等上级答复", "audience": "public" });
    let path = "/api/v1/obligations/first-9-320100/actions";
    world
        .api_as(
            "nanjing",
            Method::POST,
            path,
            &json!({ "action": "block", "input": input }),
        )
        .await
        .is(200);
    let narrow = world.get("/?view=table").await;
    let heads = narrow
        .text
        .split("<thead>")
        .nth(1)
        .unwrap()
        .split("</thead>")
        .next()
        .unwrap();
    assert!(heads.contains("受阻"), "{heads}");
    let row = narrow
        .text
        .split("href=\"/places/320100\"")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    let cells: Vec<&str> = Regex::new("<td class=\"number\">(\\d+)</td>")
        .unwrap()
        .captures_iter(row)
        .map(|c| c.get(1).unwrap().as_str())
        .collect();
    // Held, with a public output; delivered, in progress, blocked, unreported, which add up to what is held.
    assert_eq!(cells, ["27", "1", "1", "0", "1", "25"]);
    world.get("/places").await.says("href=\"/places/320100?state=blocked\"");
}

#[tokio::test]
async fn the_page_of_a_place_tells_first_what_comes_and_at_last_whom_to_ask() {
    let world = World::with_list().await;
    let input = json!({ "name": "征求意见稿", "due": "2026-12-20", "set_by": "南京市商务局" });
    let path = "/api/v1/obligations/first-9-320100/actions";
    let body = json!({ "action": "set_milestone", "input": input });
    world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    let public = world.get("/places/320100").await;
    let at = |id: &str| public.text.find(&format!("id=\"{id}\"")).unwrap();
    assert!(at("ahead") < at("obligations") && at("obligations") < at("contact"));
    let ahead = &public.text[at("ahead")..at("obligations")];
    assert!(ahead.contains("href=\"/obligations/first-9-320100\""), "{ahead}");
    let contact = &public.text[at("contact")..];
    assert!(
        contact.contains("南京市商务局") && contact.contains("请直接向该单位询问"),
        "{contact}"
    );
    public.says("公众无需办理");
    world
        .get_as("analyst", "/places/320100")
        .await
        .says("无需您办理")
        .says("公众看到的可能较少")
        .keeps_quiet_about("公众无需办理");
    // Who set the day is told in English, with the Chinese beside.
    let english = platform::catalogue::english::english("南京市商务局").unwrap();
    for page in ["/en/places/320100", "/en/obligations/first-9-320100", "/en/"] {
        world.get(page).await.says(english).says("南京市商务局");
    }
    world
        .get("/en/outputs")
        .await
        .says("People's Daily, 9 July 2025 <small class=\"original\" lang=\"zh-Hans\">《人民日报》2025-07-09</small>");
}

#[tokio::test]
async fn the_home_page_of_another_day_is_compared_with_today() {
    let world = World::with_list().await;
    let past = world.get("/?as_of=2025-07-08").await;
    past.says("as_of=2025-07-08&amp;compare=today")
        .keeps_quiet_about("id=\"compared\"");
    let compared = world.get("/?as_of=2025-07-08&compare=today").await;
    compared
        .says("id=\"compared\"")
        .says("有公开成果 0 → 1")
        .says("<small class=\"now\">今天： 4</small>");
    world
        .get("/?as_of=2025-07-08&compare=today&view=table")
        .await
        .says("<tr class=\"is-changed\">")
        .says("<small>今天： 1</small>");
    world.get("/?compare=today").await.keeps_quiet_about("id=\"compared\"");
}

#[tokio::test]
async fn a_link_leads_past_the_tiles() {
    let world = World::with_list().await;
    for (path, past) in [("/", "doors"), ("/places", "table")] {
        let page = world.get(path).await.text;
        let link = page.find(&format!("class=\"skip-past\" href=\"#{past}\"")).unwrap();
        assert!(
            link < page.find("class=\"chart-link\"").unwrap(),
            "{path}: before the tiles"
        );
        assert!(
            page.contains(&format!("id=\"{past}\" tabindex=\"-1\"")),
            "{path}: it leads somewhere"
        );
    }
}

#[tokio::test]
async fn what_is_illustrative_is_the_entry_and_not_the_task() {
    let settings = platform::Settings {
        demo: true,
        light_passwords: true,
        ..platform::Settings::default()
    };
    let world = World::with_list_and(settings).await;
    let path = "/api/v1/obligations/first-9-320100/actions";
    let body = json!({ "action": "note", "input": { "text": "已开会", "audience": "public" } });
    world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    let page = world.get("/places/320100").await.text;
    let row = page
        .split("id=\"first-9-320100\"")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    let title = row
        .split("<td class=\"title\">")
        .nth(1)
        .unwrap()
        .split("</td>")
        .next()
        .unwrap();
    assert!(row.contains("mark demo") && !title.contains("mark demo"), "{row}");
}
