//! A database that goes with the test.

use ledger::DatabaseUrl;
use sea_orm::{ConnectionTrait, Database};

/// A fresh database. On PostgreSQL it stays when a test fails; [`crate::World::end`] drops it.
pub(crate) async fn fresh(folder: &std::path::Path) -> DatabaseUrl {
    let Ok(server) = std::env::var("BIAOCHI_TEST_POSTGRES") else {
        return DatabaseUrl::Sqlite(folder.join("biaochi.db"));
    };
    let admin = Database::connect(&server).await.unwrap();
    let name = format!("world_{}", uuid::Uuid::new_v4().simple());
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    DatabaseUrl::Postgres(with_database(&server, &name))
}

/// Drops a database made by [`fresh`].
pub(crate) async fn drop(url: &DatabaseUrl) {
    let (DatabaseUrl::Postgres(url), Ok(server)) = (url, std::env::var("BIAOCHI_TEST_POSTGRES")) else { return };
    let bare = url.split('?').next().unwrap();
    let name = bare.rsplit('/').next().unwrap();
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
}

/// The URL with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    format!("{}/{name}{query}", &base[..end])
}
