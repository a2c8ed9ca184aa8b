//! A database that goes with the test.

use crate::World;
use ledger::DatabaseUrl;
use platform::Settings;
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::OnceCell;

/// The server of PostgreSQL, where worlds are to live there: its URL in `BIAOCHI_TEST_POSTGRES`, and
/// `BIAOCHI_TEST_WORLDS=postgres`, since suites that try both databases by themselves know the URL too.
fn server() -> Option<String> {
    let on_postgres = std::env::var("BIAOCHI_TEST_WORLDS").is_ok_and(|on| on == "postgres");
    on_postgres
        .then(|| std::env::var("BIAOCHI_TEST_POSTGRES").ok())
        .flatten()
}

/// A fresh database. On PostgreSQL it stays when a test fails; [`crate::World::end`] drops it.
pub(crate) async fn fresh(folder: &std::path::Path) -> DatabaseUrl {
    let Some(server) = server() else {
        return DatabaseUrl::Sqlite(folder.join("biaochi.db"));
    };
    let admin = Database::connect(&server).await.unwrap();
    let name = format!("world_{}", uuid::Uuid::new_v4().simple());
    admin
        .execute_unprepared(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
        ))
        .await
        .unwrap();
    admin.close().await.unwrap();
    DatabaseUrl::Postgres(with_database(&server, &name))
}

/// A database in which the shipped catalogue has been entered: made once for the process, then copied, since entering
/// takes seconds and most tests begin there.
pub(crate) async fn with_list(folder: &std::path::Path) -> DatabaseUrl {
    static MADE: OnceCell<(DatabaseUrl, Option<tempfile::TempDir>)> = OnceCell::const_new();
    let (template, _) = MADE.get_or_init(made).await;
    match template {
        DatabaseUrl::Sqlite(file) => {
            let copy = folder.join("biaochi.db");
            std::fs::copy(file, &copy).unwrap();
            DatabaseUrl::Sqlite(copy)
        }
        DatabaseUrl::Postgres(url) => {
            let server = server().unwrap();
            let name = format!("world_{}", uuid::Uuid::new_v4().simple());
            let template = url.split('?').next().unwrap().rsplit('/').next().unwrap();
            let admin = Database::connect(&server).await.unwrap();
            admin
                .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
                .await
                .unwrap();
            admin.close().await.unwrap();
            DatabaseUrl::Postgres(with_database(&server, &name))
        }
    }
}

/// Makes the template, in a runtime of its own so that no test's end takes its connections away.
async fn made() -> (DatabaseUrl, Option<tempfile::TempDir>) {
    tokio::task::spawn_blocking(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let url = fresh(folder.path()).await;
            let world = World::on(
                url.clone(),
                folder,
                Settings {
                    light_passwords: true,
                    ..Settings::default()
                },
            )
            .await;
            world.enter_catalogue().await;
            (url, Some(world.close().await))
        })
    })
    .await
    .unwrap()
}

/// Drops a database made by [`fresh`].
pub(crate) async fn drop(url: &DatabaseUrl) {
    let (DatabaseUrl::Postgres(url), Some(server)) = (url, server()) else {
        return;
    };
    let bare = url.split('?').next().unwrap();
    let name = bare.rsplit('/').next().unwrap();
    let admin = Database::connect(&server).await.unwrap();
    admin
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .unwrap();
}

/// The URL with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    format!("{}/{name}{query}", &base[..end])
}
