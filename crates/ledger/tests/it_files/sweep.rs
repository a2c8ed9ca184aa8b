//! Files to which no event refers go, from a folder and from a bucket; all others stay.

use crate::{
    backup_world::{FIRST, attach, opening},
    s3_server::S3Server,
    testkit::{each, noon},
};
use ledger::{
    Ledger,
    files::{FileStore, FilesUrl},
};

#[tokio::test]
async fn what_no_event_refers_to_goes_from_either_store_and_the_rest_stays() {
    each(async |place| {
        let folder = tempfile::tempdir().unwrap();
        let url = FilesUrl::Folder(folder.path().join("files"));
        let server = S3Server::start().await;
        let stores = [
            FileStore::open(&url).await.unwrap(),
            FileStore::open_bucket(&server.address("prod/files"), &S3Server::credentials(), None)
                .await
                .unwrap(),
        ];
        let from = opening(place, vec![FIRST]);
        let ledger = Ledger::open(from.config, from.projections, from.state, from.clock)
            .await
            .unwrap();
        for (number, store) in stores.iter().enumerate() {
            let content = |what: &str| format!("{what} {number}").into();
            let kept = attach(&ledger, store, content("referred to"), true).await;
            let gone = attach(&ledger, store, content("never used"), false).await;
            let other = store
                .put_bytes(content("of nobody's register"), crate::backup_world::AMPLE)
                .await
                .unwrap();
            assert_eq!(ledger.sweep_files(store, noon(), 10).await.unwrap(), 1);
            assert!(store.exists(&kept).await.unwrap());
            assert!(!store.exists(&gone).await.unwrap());
            assert!(store.exists(&other.digest).await.unwrap());
            assert_eq!(ledger.file(&gone.to_string()).await.unwrap(), None);
            assert_eq!(ledger.sweep_files(store, noon(), 10).await.unwrap(), 0);
        }
    })
    .await;
}
