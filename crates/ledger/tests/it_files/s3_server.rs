//! An S3 server of another make, in this process: it checks signatures and keeps objects in a folder.

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use ledger::files::{FilesUrl, S3Address, S3Credentials};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

pub const BUCKET: &str = "biaochi";

/// A running server; stops when dropped.
pub struct S3Server {
    folder: TempDir,
    port: u16,
    accepting: JoinHandle<()>,
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl S3Server {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let service = {
            let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
            builder.set_auth(SimpleAuth::from_single("reader", "of-many-lists"));
            builder.build()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepting = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    // A client that hangs up is no failure of the server.
                    let _ = Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(socket), service)
                        .await;
                });
            }
        });
        Self {
            folder,
            port,
            accepting,
        }
    }

    pub fn address(&self, prefix: &str) -> S3Address {
        let url = format!(
            "s3://{BUCKET}/{prefix}?endpoint=http://127.0.0.1:{}&region=cn-south-1",
            self.port
        );
        match FilesUrl::parse(&url).unwrap() {
            FilesUrl::S3(address) => address,
            FilesUrl::Folder(_) => panic!("{url} was read as a folder"),
        }
    }

    pub fn credentials() -> S3Credentials {
        S3Credentials {
            access_key_id: "reader".to_owned(),
            secret_access_key: "of-many-lists".to_owned(),
            session_token: None,
        }
    }

    /// Where the objects under a prefix are, to look at them and to harm them.
    pub fn objects(&self, prefix: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(prefix)
    }

    /// Where the server keeps everything, parts of uploads among it.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }
}
