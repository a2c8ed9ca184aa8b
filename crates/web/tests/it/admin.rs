//! Administration: invitations, the three administrators, bodies with dates, proof-reading, system, audit, assignment.

use axum::http::Method;
use testkit::{PASSWORD, World};

#[tokio::test]
async fn whoever_is_invited_sets_a_password_and_comes_in() {
    let world = World::with_list().await;
    let fields = [
        ("name", "新同事"),
        ("login", "newcomer"),
        ("role", "expert"),
        ("organization", "mofcom"),
        ("from", "2026-11-23"),
    ];
    let invited = world.post_form_as("security", "/admin/people/new", &fields).await;
    invited.is(200).says("链接只显示这一次");
    let at = invited.text.find("/join/").unwrap() + "/join/".len();
    let token: String = invited.text[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
        .collect();
    world.get(&format!("/join/{token}")).await.is(200);
    let password = [("new", PASSWORD), ("again", PASSWORD)];
    world.post_form(&format!("/join/{token}"), &password).await.is(303);
    world
        .post_form(&format!("/join/{token}"), &password)
        .await
        .says("该链接已使用");
    let entered = world
        .post_form(
            "/sign-in",
            &[("login", "newcomer"), ("password", PASSWORD), ("next", "/account")],
        )
        .await;
    entered.is(303);
    let session = entered.cookie("bc_session").unwrap();
    let account = world
        .ask(Method::GET, "/account")
        .header("cookie", &format!("bc_session={session}"))
        .send()
        .await;
    account.is(200).says("新同事");
    // Whoever manages people sees the name; the link stands nowhere any more.
    world
        .get_as("security", "/admin/people")
        .await
        .is(200)
        .says("新同事")
        .keeps_quiet_about(&token);
    let faulty = [
        ("name", ""),
        ("login", "x"),
        ("role", "expert"),
        ("organization", "mofcom"),
    ];
    world
        .post_form_as("security", "/admin/people/new", &faulty)
        .await
        .is(422)
        .says("error-summary");
}

#[tokio::test]
async fn nobody_becomes_two_of_the_three_administrators() {
    let world = World::with_list().await;
    let system = world.person("system").await;
    let path = format!("/admin/people/{}/grant", system.0);
    let fields = [
        ("role", "audit_administrator"),
        ("organization", "mofcom"),
        ("from", "2026-11-23"),
    ];
    let refused = world.post_form_as("security", &path, &fields).await;
    refused
        .is(409)
        .says("class=\"refusal\"")
        .says("people/three_administrators")
        .says("GB/T 22239");
    world.post_form_as("analyst", &path, &fields).await.is(403);
    world.post_form_as("system", &path, &fields).await.is(403);
}

#[tokio::test]
async fn a_body_is_renamed_from_a_day_and_keeps_its_name_before() {
    let world = World::with_list().await;
    let fields = [
        ("name", "工业和数字化部"),
        ("short", "工数部"),
        ("kind", "ministry"),
        ("effective", "2027-01-01"),
    ];
    world
        .post_form_as("system", "/admin/organizations/miit/change", &fields)
        .await
        .is(303);
    world
        .get_as("system", "/admin/organizations?kind=ministry")
        .await
        .is(200)
        .keeps_quiet_about("工业和数字化部");
    world
        .get_as("system", "/admin/organizations?kind=ministry&as_of=2027-02-01")
        .await
        .is(200)
        .says("工业和数字化部");
    world
        .post_form_as(
            "system",
            "/admin/organizations/miit/desks",
            &[("desk", "miit-new"), ("name", "标准处")],
        )
        .await
        .is(303);
    world
        .get_as("system", "/admin/organizations/miit")
        .await
        .says("标准处")
        .says("miit-new");
    let taken = world
        .post_form_as(
            "system",
            "/admin/organizations/new",
            &[("id", "miit"), ("name", "重名"), ("kind", "ministry")],
        )
        .await;
    taken.says("error-summary").says("value=\"重名\"");
    world.get_as("analyst", "/admin/organizations").await.is(403);
}

#[tokio::test]
async fn a_park_is_entered_renamed_from_a_day_and_joins_the_pilots_once() {
    let world = World::with_list().await;
    let park = [
        ("code", "320571"),
        ("name", "苏州工业园区"),
        ("name_en", "Suzhou Industrial Park"),
        ("kind", "park"),
        ("level", "city"),
        ("parent", "320000"),
        ("chain", "苏州市\n江苏省"),
    ];
    world.post_form_as("system", "/admin/places/new", &park).await.is(303);
    world.get("/places/320571").await.is(200).says("苏州工业园区");
    let renamed = [
        ("name", "苏州新区"),
        ("name_en", "Suzhou Industrial Park"),
        ("kind", "park"),
        ("level", "city"),
        ("effective", "2027-01-01"),
    ];
    world
        .post_form_as("system", "/admin/places/320571/change", &renamed)
        .await
        .is(303);
    world.get("/places/320571").await.keeps_quiet_about("苏州新区");
    world.get("/places/320571?as_of=2027-02-01").await.says("苏州新区");
    let join = [("source", "商资函〔2025〕84号"), ("effective", "2026-11-23")];
    world
        .post_form_as("system", "/admin/places/320571/pilot", &join)
        .await
        .is(303);
    world
        .get_as("system", "/admin/places/320571")
        .await
        .says("商资函〔2025〕84号");
    world
        .post_form_as("system", "/admin/places/320571/pilot", &join)
        .await
        .is(409)
        .says("place/pilot_already");
    // Joining the pilots widens no list: 239 stays 239.
    world
        .get("/api/v1/obligations?firm=true&limit=1")
        .await
        .says("\"total\":239");
}

#[tokio::test]
async fn a_place_that_is_wrong_comes_back_with_every_fault_and_nothing_recorded() {
    let world = World::with_list().await;
    let wrong = [("code", "32057"), ("name", "某地"), ("kind", "park"), ("level", "city")];
    world
        .post_form_as("system", "/admin/places/new", &wrong)
        .await
        .is(422)
        .says("error-summary")
        .says("value=\"某地\"");
    let wrong = [
        ("code", "320571"),
        ("name", "某地"),
        ("kind", "park"),
        ("level", "city"),
        ("prefix", "DB3201"),
        ("parent", "999999"),
    ];
    world
        .post_form_as("system", "/admin/places/new", &wrong)
        .await
        .is(422)
        .says("href=\"#prefix\"")
        .says("href=\"#parent\"");
    world.get("/places/320571").await.is(404);
    world.get_as("analyst", "/admin/places").await.is(403);
}

#[tokio::test]
async fn proof_reading_shows_the_line_beside_what_was_read_and_marks_doubts() {
    let world = World::with_list().await;
    let shipped = world.get_as("analyst", "/admin/lists/read").await;
    shipped
        .is(200)
        .says("读出 104 项任务")
        .says("32.餐饮业油烟污染物排放标准（成都）")
        .says("不要求任何人做什么的句子");
    let text = "四、协调当地社会团体制定团体标准\n\n（一）行业治理\n\n- 79.环境评价标准(北京、亚特兰蒂斯)\n";
    let doubtful = world
        .post_form_as("analyst", "/admin/lists/read", &[("text", text)])
        .await;
    doubtful
        .is(200)
        .says("有不认识的地名")
        .says("79.环境评价标准(北京、亚特兰蒂斯)");
    world.get_as("nanjing", "/admin/lists/read").await.is(403);
}

#[tokio::test]
async fn a_text_becomes_a_list_once_its_doubts_are_settled_by_hand() {
    let world = World::with_list().await;
    let text = "四、协调当地社会团体制定团体标准\n\n（一）行业治理\n\n1.环境评价标准(北京、亚特兰蒂斯)\n";
    let described = [
        ("text", text),
        ("into", "list"),
        ("id", "second"),
        ("title", "第二批清单"),
        ("document", "商资函〔2026〕9号"),
        ("issued", "2026-01-05"),
        ("issued_by", "mofcom"),
        ("pilots", "110000"),
    ];
    let refused = world.post_form_as("analyst", "/admin/lists/enter", &described).await;
    assert!(refused.status >= 400, "{}", refused.status);
    refused
        .says("未核定")
        .says("value=\"第二批清单\"")
        .says("name=\"task-0-places\"");
    world.get("/list?list=second").await.keeps_quiet_about("环境评价标准");
    let said = [("whole-1", "1"), ("task-0-settled", "1"), ("task-0-places", "北京")];
    let settled = [&described[..], &said].concat();
    let entered = world.post_form_as("analyst", "/admin/lists/enter", &settled).await;
    assert_eq!(
        (entered.status, entered.location()),
        (303, "/list?list=second"),
        "{}",
        entered.text
    );
    world
        .get("/list?list=second")
        .await
        .is(200)
        .says("环境评价标准")
        .says("北京");
    world
        .post_form_as("nanjing", "/admin/lists/enter", &settled)
        .await
        .is(403);
}

#[tokio::test]
async fn a_text_that_words_the_list_anew_becomes_a_proposal() {
    let world = World::with_list().await;
    let text = platform::catalogue::POLICY.replacen("养老机构康复服务规范", "养老机构康复与护理服务规范", 1);
    let fields = [
        ("text", text.as_str()),
        ("into", "proposal"),
        ("list", "first"),
        ("reason", "按新公布的文本"),
    ];
    let opened = world.post_form_as("analyst", "/admin/lists/enter", &fields).await;
    opened.is(303);
    let proposal = opened.location().to_owned();
    assert!(proposal.starts_with("/changes/"), "{proposal}");
    world
        .get_as("analyst", &proposal)
        .await
        .says("养老机构康复与护理服务规范")
        .says("按新公布的文本");
    world.get("/list").await.keeps_quiet_about("养老机构康复与护理服务规范");
    let unchanged = [("text", platform::catalogue::POLICY), fields[1], fields[2], fields[3]];
    let same = world.post_form_as("analyst", "/admin/lists/enter", &unchanged).await;
    assert!(same.status >= 400);
    same.says("没有写任何调整");
}

#[tokio::test]
async fn the_system_is_verified_and_the_log_read_by_those_who_may() {
    let world = World::with_list().await;
    world
        .get_as("system", "/admin/system")
        .await
        .is(200)
        .says("台账末条")
        .says("未设置邮件服务器");
    world
        .post_form_as("system", "/admin/system/verify", &[])
        .await
        .is(200)
        .says("核验通过");
    let log = world.get_as("audit", "/admin/audit").await;
    log.is(200).says("person.entered").says("更早");
    world.get_as("audit", "/admin/audit?before=2").await.is(200);
    for (login, path) in [
        ("audit", "/admin/system"),
        ("system", "/admin/audit"),
        ("nanjing", "/admin/people"),
        ("nanjing", "/admin/audit"),
    ] {
        world.get_as(login, path).await.is(403);
    }
    world
        .get_as("nanjing", "/admin/rights")
        .await
        .is(200)
        .says("系统管理员")
        .says("本地方");
    world
        .get_as("nanjing", "/admin")
        .await
        .is(200)
        .says("/admin/rights")
        .keeps_quiet_about("/admin/system");
}

#[tokio::test]
async fn what_is_assigned_leaves_the_page_of_what_is_not() {
    let world = World::with_list().await;
    world
        .get_as("analyst", "/unassigned")
        .await
        .is(200)
        .says("/tasks/first-32/assign")
        .says("无席位");
    world
        .get_as("analyst", "/tasks/first-32/assign")
        .await
        .is(200)
        .says("指定指导部门");
    let fields = [("organization", "mee"), ("source", "部门会商纪要（演示）")];
    let known = world.get("/api/v1/organizations?kind=ministry&limit=200").await.json();
    let ministry = known["items"][0]["id"].as_str().unwrap().to_owned();
    let named = [("organization", ministry.as_str()), fields[1]];
    world
        .post_form_as("analyst", "/tasks/first-32/guiding", &named)
        .await
        .is(303);
    assert_eq!(world.get("/api/v1/tasks/first-32").await.json()["guiding"], ministry);
    world
        .get_as("analyst", "/unassigned")
        .await
        .keeps_quiet_about("/tasks/first-32/assign");
    world
        .post_form_as(
            "analyst",
            "/tasks/first-32/time-limit",
            &[("due", "2027-06-30"), ("set_by", "部门会商纪要（演示）")],
        )
        .await
        .is(303);
    assert_eq!(
        world.get("/api/v1/tasks/first-32").await.json()["time_limit"],
        "2027-06-30"
    );
    world
        .post_form_as(
            "analyst",
            "/tasks/first-32/time-limit",
            &[("due", "soon"), ("set_by", "纪要")],
        )
        .await
        .is(422)
        .says("time-limit-due-fault")
        .says("href=\"#time-limit-due\"");
    world
        .post_form_as("nanjing", "/tasks/first-32/guiding", &named)
        .await
        .is(403);
    world
        .post_form_as("nanjing", "/tasks/first-32/links", &[("measure", "17")])
        .await
        .is(303);
    world
        .post_form_as("nanjing", "/tasks/first-32/links/confirm", &[("measure", "17")])
        .await
        .is(403);
    world
        .post_form_as("analyst", "/tasks/first-32/links/confirm", &[("measure", "17")])
        .await
        .is(303);
    world.get("/tasks/first-32").await.says("（17）");
}

#[tokio::test]
async fn an_uncertain_letter_is_listed_without_name_or_words_and_settled_by_the_operator() {
    use platform::notice::outgoing::{MAIL, Outgoing, posted};
    let world = World::with_list().await;
    let person = world.person("nanjing").await;
    let ledger = world.platform.ledger();
    let letter = Outgoing::Digest(platform::notice::letter::Digest::default());
    let (id, posting) = posted(&world.platform, &person, &letter, world.now());
    ledger.state(vec![posting]).await.unwrap();
    let lease = jiff::SignedDuration::from_secs(60);
    let message = ledger.claim_messages(MAIL, "dies", lease, 1).await.unwrap().remove(0);
    assert!(ledger.message_handed(&message).await.unwrap());
    world.pass(1);
    platform::clockwork::letters(&world.platform).await.unwrap();
    let page = world.get_as("system", "/admin/system").await;
    page.is(200)
        .says(&id)
        .says("不确定是否送达")
        .keeps_quiet_about(&person.0);
    let fields = [("id", id.as_str()), ("verdict", "arrived")];
    world
        .post_form_as("nanjing", "/admin/system/messages", &fields)
        .await
        .is(403);
    world
        .post_form_as("system", "/admin/system/messages", &fields)
        .await
        .is(303);
    world.get_as("system", "/admin/system").await.keeps_quiet_about(&id);
}

#[tokio::test]
async fn tasks_get_their_ministry_from_the_page_of_what_is_unassigned() {
    let world = World::with_list().await;
    let page = world.get_as("analyst", "/unassigned").await;
    page.is(200)
        .says("value=\"first-26\"")
        .says("没有任何报告的地方")
        .says("actions/set_milestone");
    let rows = [("row", "first-26"), ("row", "first-50")];
    let named = |more: &[(&'static str, &'static str)]| [rows.as_slice(), more].concat();
    world
        .post_form_as(
            "analyst",
            "/unassigned/guiding",
            &named(&[("organization", "miit"), ("source", "")]),
        )
        .await
        .is(422)
        .says("error-summary");
    let done = world
        .post_form_as(
            "analyst",
            "/unassigned/guiding",
            &named(&[("organization", "miit"), ("source", "会议纪要")]),
        )
        .await;
    done.is(303);
    let told = world.get_as("analyst", done.location()).await;
    told.says("已指定 2 项任务的指导部门")
        .says("/tasks/first-26/assign")
        .keeps_quiet_about("value=\"first-26\"");
    assert_eq!(world.get("/api/v1/tasks/first-50").await.json()["guiding"], "miit");
    world
        .post_form_as(
            "nanjing",
            "/unassigned/guiding",
            &named(&[("organization", "miit"), ("source", "会议纪要")]),
        )
        .await
        .is(403);
}

#[tokio::test]
async fn places_that_reported_something_are_not_among_the_silent_ones() {
    let world = World::with_list().await;
    let silent = async || {
        let page = world.get_as("analyst", "/unassigned").await.text;
        let section = page.split("id=\"silent\"").nth(1).unwrap();
        section.split("</section>").next().unwrap().to_owned()
    };
    let before = silent().await;
    // 南京 and 上海 among others have a reported output; 杭州 and 成都 have not.
    assert!(
        before.contains("/places/510100") && !before.contains("/places/320100"),
        "{before}"
    );
    let note = serde_json::json!({ "action": "note", "input": { "text": "已开会", "audience": "participants" } });
    let path = "/api/v1/obligations/first-32-510100/actions";
    world
        .api_as("chengdu", axum::http::Method::POST, path, &note)
        .await
        .is(200);
    assert!(!silent().await.contains("/places/510100"));
}

#[tokio::test]
async fn what_is_assigned_is_confirmed_and_a_day_that_has_passed_needs_a_tick() {
    let world = World::with_list().await;
    let past = [("due", "2026-01-31"), ("set_by", "部门会商纪要")];
    let refused = world.post_form_as("analyst", "/tasks/first-32/time-limit", &past).await;
    refused
        .is(422)
        .says("这个日期已经过去")
        .says("value=\"2026-01-31\"")
        .says("value=\"部门会商纪要\"")
        .says("name=\"past\"");
    assert!(world.get("/api/v1/tasks/first-32").await.json()["time_limit"].is_null());
    let ticked = [past.as_slice(), &[("past", "true")]].concat();
    let done = world
        .post_form_as("analyst", "/tasks/first-32/time-limit", &ticked)
        .await;
    done.is(303);
    world
        .get_as("analyst", done.location())
        .await
        .says("id=\"recorded\"")
        .says("2026年1月31日");
    let later = [("due", "2027-06-30"), ("set_by", "部门会商纪要")];
    world
        .post_form_as("analyst", "/tasks/first-32/time-limit", &later)
        .await
        .is(303);
}
