//! The frame of a page: language, navigation, foot.

use platform::Settings;
use testkit::World;

#[tokio::test]
async fn the_home_page_is_chinese_at_the_root_and_english_under_en() {
    let world = World::new().await;
    let zh = world.get("/").await;
    zh.is(200).says("<html lang=\"zh-Hans\"").says("总览").says("跳到正文");
    for path in ["/en/", "/en"] {
        world
            .get(path)
            .await
            .is(200)
            .says("<html lang=\"en\"")
            .says("Overview")
            .says("The Chinese text prevails.");
    }
}

#[tokio::test]
async fn the_switch_of_language_goes_to_the_same_page_with_the_same_query() {
    let world = World::new().await;
    world
        .get("/words?as_of=2025-01-01&x=%E4%B8%80")
        .await
        .says("href=\"/en/words?as_of=2025-01-01&amp;x=%E4%B8%80\"");
    world
        .get("/en/words?as_of=2025-01-01")
        .await
        .says("href=\"/words?as_of=2025-01-01\"");
}

#[tokio::test]
async fn links_keep_language_and_day() {
    let world = World::new().await;
    world
        .get("/en/?as_of=2025-01-01")
        .await
        .says("href=\"/en/privacy?as_of=2025-01-01\"");
    world.get("/").await.says("href=\"/privacy\"");
}

#[tokio::test]
async fn every_page_shows_the_filing_number_and_the_demonstration_where_there_is_one() {
    let settings = Settings {
        demo: true,
        filing_number: "京ICP备00000000号".to_owned(),
        light_passwords: true,
        ..Settings::default()
    };
    let world = World::with_settings(settings).await;
    for path in ["/", "/privacy", "/nowhere"] {
        world
            .get(path)
            .await
            .says("京ICP备00000000号")
            .says("class=\"demo-tab\"")
            .says("演示");
    }
    World::new().await.get("/").await.keeps_quiet_about("demo-tab");
}

#[tokio::test]
async fn what_a_reader_has_chosen_of_the_looks_is_in_the_page() {
    let world = World::new().await;
    let answer = world
        .ask(axum::http::Method::GET, "/")
        .header("cookie", "display=contrast=more&text=huge")
        .send()
        .await;
    answer
        .says("data-contrast=\"more\"")
        .keeps_quiet_about("data-text=\"huge");
}

#[tokio::test]
async fn whoever_is_signed_in_meets_the_desk_and_the_way_out() {
    let world = World::with_list().await;
    world
        .get_as("nanjing", "/")
        .await
        .says("退出")
        .says("class=\"own-name\"")
        .says(">nanjing</a>")
        .keeps_quiet_about(">登录<");
    world.get("/").await.says(">登录<").keeps_quiet_about("退出");
}

#[tokio::test]
async fn the_sample_accounts_say_what_they_are_for_and_lead_to_the_desk() {
    let settings = Settings {
        demo: true,
        light_passwords: true,
        ..Settings::default()
    };
    let world = World::with_settings(settings).await;
    for path in ["/sign-in", "/sign-in?next=%2F"] {
        world
            .get(path)
            .await
            .says("维护清单：")
            .says("办理南京承担的任务")
            .says("name=\"next\" value=\"/desk\"");
    }
    world
        .get("/en/sign-in?next=%2Fen%2F")
        .await
        .says("Keeps the list")
        .says("value=\"/en/desk\"");
    world
        .get("/sign-in?next=%2Flist")
        .await
        .says("name=\"next\" value=\"/list\"")
        .keeps_quiet_about("value=\"/desk\"");
}
