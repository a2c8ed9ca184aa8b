//! Changes of the list: the walk of the widening, drafts that stay with those concerned, the difference of versions.

use axum::http::Method;
use serde_json::json;
use testkit::World;

/// A word that stands nowhere else.
const SECRET: &str = "薜荔蘅芜一七三";

/// Opens the widening to 20 places by its form, and gives its address.
async fn widening(world: &World) -> String {
    let fields = [
        ("intent", "widen"),
        ("base", "1"),
        ("widen", "大连、宁波、厦门、青岛、深圳、合肥、福州、西安、苏州"),
        ("reason", "试点范围扩大（演示）"),
    ];
    let opened = world.post_form_as("analyst", "/changes/new", &fields).await;
    opened.is(303);
    opened.location().to_owned()
}

#[tokio::test]
async fn the_widening_is_refused_until_both_ministries_have_approved() {
    let world = World::with_list().await;
    let address = widening(&world).await;
    world
        .get_as("analyst", &address)
        .await
        .is(200)
        .says("239 → 356")
        .says("公开提案");
    world
        .post_form_as("analyst", &format!("{address}/publish"), &[])
        .await
        .is(303);
    // Everybody sees what it would do, and what is missing.
    world
        .get("/changes")
        .await
        .is(200)
        .says("239 → 356（如获批准）")
        .says("扩大试点范围");
    let public = world.get(&address).await;
    public
        .is(200)
        .says("深圳")
        .says("缺少批准文号，由商务部给出")
        .keeps_quiet_about("使调整生效");
    world
        .get(&format!("/en{address}"))
        .await
        .is(200)
        .says("239 → 356 if approved")
        .says("No approval number yet");
    // 生效 names both missing numbers, who gives them, and the sentence that asks for them; the box stands on the page.
    let refused = world
        .post_form_as("analyst", &format!("{address}/effect"), &[("on", "2027-01-01")])
        .await;
    refused
        .is(409)
        .says("class=\"refusal\"")
        .says("缺少商务部和市场监管总局的批准文号")
        .says("履行相关程序后部署实施")
        .says("六、组织保障")
        .says("list/approval_missing")
        .keeps_quiet_about("使调整生效");
    // Before anybody tries, the page says what is missing and who mends it instead of offering a button.
    world
        .get_as("analyst", &address)
        .await
        .says("现在还不能生效")
        .says("由清单管理单位（商务部）在本页“征求意见”中向其商务主管部门发出")
        .keeps_quiet_about("/effect\"");
    world
        .get_as("analyst", &format!("/en{address}"))
        .await
        .says("It cannot take effect yet")
        .keeps_quiet_about("Put it into effect");
    assert_eq!(
        world.get("/api/v1/obligations?firm=true").await.json()["total"],
        239,
        "nothing changes before"
    );
    // Whoever has no right to it is told so, and whoever nobody knows is asked who they are.
    world
        .post_form_as("nanjing", &format!("{address}/effect"), &[("on", "2027-01-01")])
        .await
        .is(403);
    world
        .post_form(&format!("{address}/effect"), &[("on", "2027-01-01")])
        .await
        .is(401);
    // The note prints, and says that it is no version yet.
    world
        .get(&format!("{address}/print"))
        .await
        .is(200)
        .says("调整说明")
        .says("本调整尚未生效")
        .says("签发");
}

#[tokio::test]
async fn approvals_opinions_and_effect_are_done_by_the_pages_forms() {
    let world = World::with_list().await;
    let fields = [
        ("intent", "to_place_above"),
        ("task", "first-32"),
        ("place", "510100"),
        ("base", "1"),
        ("reason", "排放标准由省级制定"),
        ("title", "餐饮业油烟污染物排放标准"),
        ("tier", "local"),
        ("places", "四川"),
    ];
    let opened = world.post_form_as("chengdu", "/changes/new", &fields).await;
    opened.is(303);
    let address = opened.location().to_owned();
    world
        .post_form_as("analyst", &format!("{address}/publish"), &[])
        .await
        .is(303);
    // Whoever asks says whom: nothing is ticked beforehand, and without a tick nobody is asked.
    let page = world.get_as("analyst", &address).await;
    page.says("请勾选要征求意见的单位")
        .says("name=\"body.chengdu-commerce\" value=\"1\"")
        .keeps_quiet_about("name=\"body.chengdu-commerce\" value=\"1\" checked");
    world
        .post_form_as("analyst", &format!("{address}/ask"), &[("until", "2026-12-10")])
        .await
        .is(422);
    world.get_as("chengdu", &address).await.keeps_quiet_about("提交意见");
    let asked = [("until", "2026-12-10"), ("body.chengdu-commerce", "1")];
    world
        .post_form_as("analyst", &format!("{address}/ask"), &asked)
        .await
        .is(303);
    world
        .get_as("chengdu", &address)
        .await
        .says("尚未答复")
        .says("提交意见");
    let opinion = [
        ("organization", "chengdu-commerce"),
        ("position", "agree"),
        ("text", ""),
    ];
    world
        .post_form_as("nanjing", &format!("{address}/opinion"), &opinion)
        .await
        .is(403);
    world
        .post_form_as("chengdu", &format!("{address}/opinion"), &opinion)
        .await
        .is(303);
    world.get_as("chengdu", &address).await.says("同意");
    let wrong = world
        .post_form_as(
            "analyst",
            &format!("{address}/approval"),
            &[("ministry", "mofcom"), ("number", ""), ("date", "2026-11-20")],
        )
        .await;
    wrong.is(422).says("请填写文件上的文号");
    let entered = [
        ("ministry", "mofcom"),
        ("number", "演示商资〔2026〕1号"),
        ("date", "2026-11-20"),
    ];
    world
        .post_form_as("analyst", &format!("{address}/approval"), &entered)
        .await
        .is(303);
    let half = world
        .post_form_as("analyst", &format!("{address}/effect"), &[("on", "2027-01-01")])
        .await;
    half.is(409).says("缺少市场监管总局的批准文号，应由市场监管总局给出");
    // A form that somebody saw before another acted is refused, not carried out.
    let stale = world
        .post_form_as(
            "analyst",
            &format!("{address}/withdraw"),
            &[("seen", "1"), ("reason", "另行研究")],
        )
        .await;
    stale.is(409);
    world
        .post_form_as("chengdu", &format!("{address}/withdraw"), &[("reason", "另行研究")])
        .await
        .is(303);
    world.get(&address).await.says("已撤回：另行研究");
}

#[tokio::test]
async fn the_form_for_task_32_is_filled_in_from_its_warning() {
    let world = World::with_list().await;
    let form = world.get_as("chengdu", "/changes/new?task=first-32&place=510100").await;
    form.is(200)
        .says("四川")
        .says("污染物排放标准由省级人民政府制定")
        .says("改由上一级地方承担");
    let near = world.get_as("analyst", "/changes/new?task=first-84").await;
    near.is(200).says("与近似任务合并").says("94");
    world.get("/changes/new?task=first-32").await.is(303);
    // A form that does not do comes back with what was typed.
    let fields = [
        ("intent", "widen"),
        ("base", "1"),
        ("widen", "亚特兰蒂斯"),
        ("reason", "试"),
    ];
    world
        .post_form_as("analyst", "/changes/new", &fields)
        .await
        .is(422)
        .says("平台没有地方 亚特兰蒂斯")
        .says("value=\"亚特兰蒂斯\"");
}

#[tokio::test]
async fn a_draft_stays_with_those_concerned() {
    let world = World::with_list().await;
    let fields = [
        ("intent", "close"),
        ("task", "first-32"),
        ("base", "1"),
        ("close", SECRET),
        ("reason", SECRET),
    ];
    let opened = world.post_form_as("chengdu", "/changes/new", &fields).await;
    opened.is(303);
    let address = opened.location().to_owned();
    let id = address.rsplit('/').next().unwrap().to_owned();
    world.get_as("chengdu", &address).await.is(200).says(SECRET);
    world.get_as("analyst", &address).await.is(200).says(SECRET);
    let mut addresses = vec![
        "/changes".to_owned(),
        address.clone(),
        format!("{address}/print"),
        "/".to_owned(),
        "/list".to_owned(),
        "/tasks/first-32".to_owned(),
        "/obligations".to_owned(),
        format!("/search?q={SECRET}"),
        "/metrics".to_owned(),
        "/api/v1/lists/first/proposals".to_owned(),
        format!("/api/v1/proposals/{id}/opinions"),
        format!("/api/v1/proposals/{id}/approval"),
        "/api/v1/lists/first/tasks".to_owned(),
        "/api/v1/tasks/first-32".to_owned(),
        "/api/v1/obligations?task=first-32".to_owned(),
    ];
    addresses.extend(
        web::routes::matrix()
            .into_iter()
            .filter(|r| r.kind == web::route::Kind::Feed)
            .map(|r| r.path.to_owned())
            .filter(|p| !p.contains('{')),
    );
    for address in addresses {
        for answer in [
            world.get(&address).await,
            world.get_as("nanjing", &address).await,
            world.get_as("manager", &address).await,
        ] {
            // What somebody typed into the search box may stand in it again.
            let said = answer.text.matches(SECRET).count();
            let typed = if address.starts_with("/search") { 8 } else { 0 };
            assert!(said <= typed, "{address} says the draft's word to somebody else");
        }
    }
    world.get(&format!("/search?q={SECRET}")).await.keeps_quiet_about(&id);
    // The shell is public: that there is a change, and of what kind.
    let shell = world.get("/api/v1/lists/first/proposals").await.json();
    assert_eq!(
        (shell["total"].clone(), shell["items"][0]["reason"].clone()),
        (json!(1), json!(null))
    );
    assert_eq!(shell["items"][0]["kinds"], json!(["close"]));
    world
        .post_form_as("nanjing", &format!("{address}/withdraw"), &[("reason", "试")])
        .await
        .is(404)
        .keeps_quiet_about(SECRET);
}

#[tokio::test]
async fn the_interface_opens_proposals_and_takes_approvals() {
    let world = World::with_list().await;
    let body = json!({ "base_version": 1, "reason": "演示", "changes": [{ "change": "widen", "places": ["440300"] }] });
    let done = world
        .api_as("analyst", Method::POST, "/api/v1/lists/first/proposals", &body)
        .await;
    done.is(200);
    let id = done.json()["id"].as_str().unwrap().to_owned();
    let missing = world
        .api_as(
            "analyst",
            Method::GET,
            &format!("/api/v1/proposals/{id}/approval"),
            &json!({}),
        )
        .await
        .json();
    assert_eq!(missing["missing"], json!(["mofcom", "samr"]));
    world.get(&format!("/api/v1/proposals/{id}/approval")).await.is(404);
    let approval = json!({ "organization": "samr", "number": "演示市监〔2026〕1号", "date": "2026-11-20" });
    world
        .api_as(
            "nanjing",
            Method::POST,
            &format!("/api/v1/proposals/{id}/approval"),
            &approval,
        )
        .await
        .is(403);
    world
        .api_as(
            "analyst",
            Method::POST,
            &format!("/api/v1/proposals/{id}/approval"),
            &approval,
        )
        .await
        .is(200);
    let difference = world.get("/api/v1/lists/first/diff?from=1&to=1").await;
    assert_eq!(difference.is(200).json()["obligations"]["after"], 239);
    world.get("/api/v1/lists/first/diff?from=1&to=2").await.is(404);
    world.get("/lists/first/diff").await.is(200).says("两个版本没有差别");
    let bodies = world.get("/api/v1/organizations?kind=ministry&limit=5").await.json();
    assert_eq!(bodies["items"].as_array().unwrap().len(), 5);
    assert!(
        bodies["next"].is_string() && bodies["total"].as_u64().unwrap() > 20,
        "{bodies}"
    );
    assert!(world.get("/api/v1/committees").await.is(200).json()["items"].is_array());
}

#[tokio::test]
async fn the_answer_of_a_proposal_counts_what_it_would_change() {
    let world = World::with_list().await;
    let address = widening(&world).await;
    let id = address
        .rsplit('/')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/proposals/{id}");
    let whole = world.get_as("analyst", &path).await.json();
    assert_eq!(whole["preview"], json!({ "before": 239, "after": 356 }));
    let shell = world.get(&path).await.json();
    assert!(
        shell.get("preview").is_none(),
        "a draft is counted for those who see it whole"
    );
}

#[tokio::test]
async fn the_day_proposed_for_answers_is_a_working_day() {
    let world = World::with_list().await;
    let address = widening(&world).await;
    // A Friday, thirty days before a Sunday.
    world.pass(24 * 4);
    world
        .get_as("analyst", &address)
        .await
        .says("value=\"2026-12-28\"")
        .keeps_quiet_about("value=\"2026-12-27\"");
}

#[tokio::test]
async fn what_was_proposed_is_nowhere_called_a_draft() {
    let world = World::with_list().await;
    let address = widening(&world).await;
    for path in [address.as_str(), "/changes", "/changes/new?task=first-32"] {
        world.get_as("analyst", path).await.is(200).keeps_quiet_about("草稿");
    }
    world.get_as("analyst", &address).await.says("已提出，未公开");
}
