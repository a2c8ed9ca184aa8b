//! Pages and calls that read the list.

use testkit::World;

#[tokio::test]
async fn the_home_page_opens_its_four_numbers() {
    let world = World::with_list().await;
    let home = world.get("/").await;
    home.is(200)
        .says("104")
        .says("239")
        .says("href=\"/list\"")
        .says("/obligations?firm=true")
        .says("href=\"/outputs\"");
    world.get("/en/").await.is(200).says("104").says("href=\"/en/list\"");
}

#[tokio::test]
async fn the_list_shows_every_task_in_the_documents_order() {
    let world = World::with_list().await;
    let list = world.get("/list").await;
    list.is(200);
    for number in 1..=104 {
        list.says(&format!("href=\"/tasks/first-{number}\""));
    }
    let place = |text: &str| list.text.find(text).unwrap();
    assert!(place("报废机动车破碎技术规范") < place("5G全连接工厂评估指南"));
    let narrowed = world.get("/list?place=DB3201&tier=local").await;
    narrowed
        .is(200)
        .says("养老机构康复服务规范")
        .keeps_quiet_about("first-15\"");
    world
        .get("/list?as_of=2024-12-30")
        .await
        .is(200)
        .says("该日期尚无生效的清单");
    world.get("/list?state=nonsense").await.is(422);
}

#[tokio::test]
async fn english_pages_show_no_chinese_title_alone() {
    let world = World::with_list().await;
    for path in [
        "/en/",
        "/en/list",
        "/en/tasks/first-32",
        "/en/tasks/first-84",
        "/en/obligations",
        "/en/search?q=5G",
    ] {
        let page = world.get(path).await;
        page.is(200);
        // Chinese stands only inside elements that say so.
        let mut rest = page.text.as_str();
        let mut outside = String::new();
        while let Some(start) = rest.find("lang=\"zh-Hans\"") {
            outside.push_str(&rest[..start]);
            let end = rest[start..].find("</").map_or(rest.len(), |e| start + e);
            rest = &rest[end..];
        }
        outside.push_str(rest);
        let chinese: String = outside
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
            .collect();
        let allowed = ["中文", "标尺", "商资发号"];
        assert!(
            chinese.chars().all(|c| allowed.iter().any(|a| a.contains(c))),
            "{path} says {chinese} outside lang=zh-Hans"
        );
    }
}

#[tokio::test]
async fn a_task_shows_its_line_its_warnings_and_its_twin() {
    let world = World::with_list().await;
    world
        .get("/tasks/first-32")
        .await
        .is(200)
        .says("32.餐饮业油烟污染物排放标准（成都）")
        .says("污染物排放标准由省级人民政府制定")
        .says("成都");
    world
        .get("/tasks/first-84")
        .await
        .says("第94项")
        .says("金融机构碳中和指南");
    world.get("/tasks/first-20").await.says("编号待补");
    world.get("/tasks/first-999").await.is(404);
}

#[tokio::test]
async fn the_interface_counts_239_firm_obligations_on_version_1() {
    let world = World::with_list().await;
    let answer = world.get("/api/v1/obligations?firm=true&version=1").await;
    answer.is(200);
    assert_eq!(answer.json()["total"], 239);
    assert_eq!(
        world.get("/api/v1/obligations").await.json()["total"],
        239,
        "sentences of measures are counted beside"
    );
    let first = &answer.json()["items"][0];
    for field in [
        "id", "task", "place", "claim", "firm", "role", "topics", "tier", "stage", "state", "holder", "since", "next",
        "due", "late", "source",
    ] {
        assert!(first.get(field).is_some(), "{field} is missing in {first}");
    }
    assert_eq!(
        first["late"],
        serde_json::Value::Null,
        "the public does not learn who is late"
    );
    let one = world
        .get("/api/v1/obligations/first-20-320100?as_of=2025-07-08")
        .await
        .json();
    assert_eq!(one["state"], "unreported");
    assert_eq!(
        world.get("/api/v1/lists/first/tasks?limit=200").await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        104
    );
    assert_eq!(world.get("/api/v1/measures").await.json()["total"], 19);
    world.get("/api/v1/obligations?version=2").await.is(404);
}

#[tokio::test]
async fn search_finds_titles_numbers_and_places() {
    let world = World::with_list().await;
    world
        .get("/search?q=%E5%BA%B7%E5%A4%8D")
        .await
        .is(200)
        .says("/tasks/first-20");
    world.get("/search?q=28").await.says("/tasks/first-28");
    world.get("/search?q=DB3201").await.says("/places/320100");
    for (path, says) in [
        ("/search?q=%E5%8D%97%E4%BA%AC", "南京承担的 27 项"),
        ("/en/search?q=Nanjing", "the 27 tasks that Nanjing holds"),
    ] {
        world.get(path).await.says(says);
    }
    world
        .get("/search?q=%3Cscript%3E")
        .await
        .is(200)
        .keeps_quiet_about("<script>alert");
}

#[tokio::test]
async fn no_list_page_asks_more_than_eight_questions() {
    let world = World::with_list().await;
    for path in [
        "/",
        "/list",
        "/tasks/first-28",
        "/tasks/first-84",
        "/obligations",
        "/search?q=28",
        "/api/v1/obligations",
    ] {
        let (answer, questions) = ledger::counted(world.get(path)).await;
        answer.is(200);
        assert!(questions <= 8, "{path} asks {questions} questions");
    }
}

#[tokio::test]
async fn words_and_calls_are_explained_in_the_language_of_the_page() {
    let world = World::with_list().await;
    world
        .get("/en/words")
        .await
        .says("Strength of the wording")
        .says("Definite obligation")
        .keeps_quiet_about("Strength of evidence");
    world
        .get("/words")
        .await
        .says("确定承担单元")
        .says("措施承诺")
        .says("约束强度")
        .keeps_quiet_about("证明力");
    world
        .get("/api/")
        .await
        .says("一个承担单元的全部记录")
        .says("href=\"/api/v1/places\"")
        .says("/api/v1/obligations/first-20-320100")
        .keeps_quiet_about("table-frame wide");
    world.get("/api/v1/obligations/first-20-320100").await.is(200);
}

#[tokio::test]
async fn the_measures_lead_with_the_numbers_that_the_home_page_gives() {
    let world = World::with_list().await;
    world
        .get("/measures")
        .await
        .says("确定承担单元 239 个")
        .says("措施承诺 502 条");
    let must = world.get("/en/measures/8").await;
    must.says("reported on")
        .says("The sentence asks foreign chambers of commerce");
}
