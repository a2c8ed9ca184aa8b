//! Following from the page of what is followed, and the letters' one link.

use testkit::World;

const PAGES: [(&str, &str); 6] = [
    ("/tasks/first-20", "第20项 养老机构康复服务规范"),
    ("/places/320100", "地方 南京"),
    ("/measures/3", "措施 3 "),
    ("/obligations/first-20-320100", "第20项 养老机构康复服务规范 · 南京"),
    ("/list", "任务清单</a>"),
    ("/en/tasks/first-20", "第20项 养老机构康复服务规范"),
];

/// The value of a hidden field in the control of a page.
fn hidden(text: &str, name: &str) -> String {
    let at = text
        .find("id=\"follow\"")
        .unwrap_or_else(|| panic!("no control: {text}"));
    let field = format!("name=\"{name}\" value=\"");
    text[at..]
        .split(&field)
        .nth(1)
        .unwrap_or_default()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn every_page_of_something_can_be_followed_in_two_strengths_and_no_longer() {
    let world = World::with_list().await;
    for (page, named) in PAGES {
        let anybody = world.get(page).await;
        let door = web::links::encoded(page);
        anybody
            .is(200)
            .says(&format!("/sign-in?next={door}"))
            .keeps_quiet_about("id=\"follow\"");
        let open = world.get_as("manager", page).await;
        open.is(200).says("id=\"follow\"");
        let fields: Vec<(&str, String)> = ["task", "place", "measure", "object", "back"]
            .into_iter()
            .map(|name| (name, hidden(&open.text, name)))
            .collect();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fields.push(("strength", "significant"));
        let bare = page.trim_start_matches("/en");
        let answer = world.post_form_as("manager", "/notices/follow", &fields).await;
        assert_eq!(answer.location(), bare, "{}", answer.text);
        world.get_as("manager", bare).await.says("已关注：重要变化");
        world.get_as("manager", "/notices").await.says(named);
        let last = fields.len() - 1;
        fields[last] = ("strength", "all");
        world.post_form_as("manager", "/notices/follow", &fields).await.is(303);
        let all = world.get_as("manager", bare).await;
        all.says("已关注：全部变化");
        let stop = [("follow", hidden(&all.text, "follow")), ("back", bare.to_owned())];
        let stop: Vec<(&str, &str)> = stop.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let stopped = world.post_form_as("manager", "/notices/unfollow", &stop).await;
        assert_eq!(stopped.location(), bare);
        world.get_as("manager", bare).await.keeps_quiet_about("已关注");
    }
    // A page that shows the past offers none.
    world
        .get_as("manager", "/tasks/first-20?as_of=2025-06-30")
        .await
        .keeps_quiet_about("id=\"follow\"");
}

#[tokio::test]
async fn a_letter_is_ended_by_its_link_without_signing_in_and_by_the_page() {
    let mail = platform::notice::sending::MailSettings {
        server: "smtp.biaochi.test".to_owned(),
        port: 587,
        protection: platform::notice::sending::Protection::StartTls,
        credentials: None,
        from: "biaochi@biaochi.test".to_owned(),
    };
    let world = World::with_settings(platform::Settings {
        light_passwords: true,
        mail: Some(mail),
        ..platform::Settings::default()
    })
    .await;
    world.enter_catalogue().await;
    let person = world.person("manager").await;
    let path = format!(
        "/letters/stop/{}",
        platform::notice::stopping::token(&world.platform, &person)
    );
    world.get(&path).await.is(200).says("停止摘要邮件");
    world
        .get_as("manager", "/notices")
        .await
        .says("停止摘要邮件")
        .keeps_quiet_about("已停止");
    // As a mail program does it (RFC 8058): no cookie, no page before.
    let once = world.post_form(&path, &[("List-Unsubscribe", "One-Click")]).await;
    once.is(200).says("摘要邮件已停止");
    world.get_as("manager", "/notices").await.says("摘要邮件已停止");
    world
        .post_form_as("manager", "/notices/letters", &[("wanted", "yes")])
        .await
        .is(303);
    world.get_as("manager", "/notices").await.keeps_quiet_about("已停止");
    world.get("/letters/stop/p1.00").await.is(404);
    world.post_form("/letters/stop/p1.00", &[]).await.is(404);
}
