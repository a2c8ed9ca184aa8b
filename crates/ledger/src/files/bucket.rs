//! Files in a bucket of a store that speaks the S3 protocol.

use super::{
    FileRead, SWEEP_AFTER_SECONDS,
    address::{CONTENT, INCOMING, S3Address, S3Credentials, content_key},
    digest::{Digest, Measure, Stored},
};
use crate::error::LedgerError;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    BackoffConfig, ClientOptions, Error, MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use std::{
    pin::Pin,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// What is larger is sent in parts of this size (S3 wants at least 5 MiB, and at most 10,000 parts).
const PART: usize = 8 * 1024 * 1024;

#[derive(Debug)]
pub(super) struct Bucket {
    store: AmazonS3,
    prefix: Path,
}

/// An upload in parts, given up when it does not arrive.
struct Parts(Option<Box<dyn MultipartUpload>>);

impl Drop for Parts {
    fn drop(&mut self) {
        // The request was dropped midway: the parts so far would stay in the bucket, unseen and paid for.
        if let (Some(mut upload), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                if let Err(source) = upload.abort().await {
                    tracing::warn!(%source, "the parts of a file that did not arrive could not be removed");
                }
            });
        }
    }
}

fn failed(what: &'static str) -> impl Fn(Error) -> LedgerError {
    move |source| LedgerError::Files(format!("{what}: {source}"))
}

impl Bucket {
    pub(super) async fn open(
        address: &S3Address,
        credentials: &S3Credentials,
        proxy: Option<&str>,
    ) -> Result<Self, LedgerError> {
        // The TLS client asks for a provider of cryptography even where the endpoint is plain HTTP. An error means that
        // one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut options = ClientOptions::new()
            .with_allow_http(
                address
                    .endpoint
                    .as_ref()
                    .is_some_and(|endpoint| endpoint.starts_with("http://")),
            )
            .with_connect_timeout(Duration::from_secs(5))
            .with_read_timeout(Duration::from_secs(30))
            // A large file may take its time as long as it moves.
            .with_timeout_disabled();
        if let Some(proxy) = proxy {
            options = options.with_proxy_url(proxy);
        }
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: 4,
            retry_timeout: Duration::from_secs(20),
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_region(&address.region)
            .with_virtual_hosted_style_request(false)
            .with_access_key_id(&credentials.access_key_id)
            .with_secret_access_key(&credentials.secret_access_key)
            .with_client_options(options)
            .with_retry(retry);
        if let Some(endpoint) = &address.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(token) = &credentials.session_token {
            builder = builder.with_token(token);
        }
        let store = builder.build().map_err(failed("setting up the S3 client"))?;
        let prefix = Path::parse(&address.prefix)
            .map_err(|source| LedgerError::Files(format!("the prefix {}: {source}", address.prefix)))?;
        let bucket = Self { store, prefix };
        bucket.sweep().await?;
        Ok(bucket)
    }

    fn path(&self, key: &str) -> Path {
        self.prefix.parts().chain(Path::from(key).parts()).collect()
    }

    /// Removes what a crash left on its way in. Also shows whether the bucket can be reached at all.
    async fn sweep(&self) -> Result<(), LedgerError> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let mut left = self.store.list(Some(&self.path(INCOMING)));
        while let Some(object) = left.try_next().await.map_err(failed("opening the bucket"))? {
            let at = u64::try_from(object.last_modified.timestamp()).unwrap_or(0);
            if at + SWEEP_AFTER_SECONDS < now {
                tracing::info!(key = %object.location, "removing what is left of a file that did not arrive");
                self.store
                    .delete(&object.location)
                    .await
                    .map_err(failed("removing what is left of a file"))?;
            }
        }
        Ok(())
    }

    /// A small file is sent once its digest is known. A larger one is sent in parts under a passing name, and takes its
    /// own by a copy inside the store.
    pub(super) async fn put(
        &self,
        mut content: Pin<&mut (dyn Stream<Item = Result<Bytes, LedgerError>> + Send)>,
        mut measure: Measure,
    ) -> Result<Stored, LedgerError> {
        let passing = self.path(&format!("{INCOMING}/{}", Uuid::now_v7()));
        let mut parts = Parts(None);
        let mut buffer = BytesMut::new();
        loop {
            let next = match content.try_next().await {
                Ok(Some(chunk)) => measure.take(&chunk).map(|()| Some(chunk)),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            };
            let chunk = match next {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => {
                    if let Some(mut upload) = parts.0.take()
                        && let Err(source) = upload.abort().await
                    {
                        tracing::warn!(%source, "the parts of a file that was refused could not be removed");
                    }
                    return Err(error);
                }
            };
            buffer.extend_from_slice(&chunk);
            while buffer.len() > PART {
                let piece = buffer.split_to(PART).freeze();
                if parts.0.is_none() {
                    let upload = self.store.put_multipart(&passing).await;
                    parts.0 = Some(upload.map_err(failed("starting an upload"))?);
                }
                if let Some(upload) = &mut parts.0 {
                    upload
                        .put_part(piece.into())
                        .await
                        .map_err(failed("sending a part of a file"))?;
                }
            }
        }
        let stored = measure.finish();
        let path = self.path(&content_key(&stored.digest));
        let Some(upload) = &mut parts.0 else {
            self.store
                .put(&path, buffer.freeze().into())
                .await
                .map_err(failed("sending a file"))?;
            return Ok(stored);
        };
        if !buffer.is_empty() {
            upload
                .put_part(buffer.freeze().into())
                .await
                .map_err(failed("sending a part of a file"))?;
        }
        upload.complete().await.map_err(failed("ending an upload"))?;
        parts.0 = None;
        let named = self.store.copy(&passing, &path).await.map_err(failed("naming a file"));
        let swept = self
            .store
            .delete(&passing)
            .await
            .map_err(failed("removing a passing name"));
        named.and(swept).map(|()| stored)
    }

    pub(super) async fn put_named(&self, key: &str, content: Bytes) -> Result<(), LedgerError> {
        self.store
            .put(&self.path(key), content.into())
            .await
            .map_err(failed("sending an object"))?;
        Ok(())
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<FileRead>, LedgerError> {
        match self.store.get(&self.path(key)).await {
            Ok(found) => {
                let size = found.meta.size;
                Ok(Some(FileRead {
                    size,
                    content: found.into_stream().map_err(failed("reading a file")).boxed(),
                }))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(failed("reading a file")(source)),
        }
    }

    pub(super) async fn exists(&self, key: &str) -> Result<bool, LedgerError> {
        match self.store.head(&self.path(key)).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(source) => Err(failed("looking for a file")(source)),
        }
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), LedgerError> {
        match self.store.delete(&self.path(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(failed("removing a file")(source)),
        }
    }

    pub(super) fn list(&self) -> BoxStream<'static, Result<Stored, LedgerError>> {
        self.store
            .list(Some(&self.path(CONTENT)))
            .map_err(failed("listing files"))
            .try_filter_map(|object| async move {
                let digest = object.location.filename().and_then(|name| Digest::parse(name).ok());
                Ok(digest.map(|digest| Stored {
                    digest,
                    size: object.size,
                }))
            })
            .boxed()
    }

    pub(super) async fn list_named(&self, key: &str) -> Result<Vec<String>, LedgerError> {
        let own = self.prefix.parts().count();
        self.store
            .list(Some(&self.path(key)))
            .map_err(failed("listing objects"))
            .map_ok(|object| {
                let parts = object.location.parts().skip(own).map(|part| part.as_ref().to_owned());
                parts.collect::<Vec<_>>().join("/")
            })
            .try_collect()
            .await
    }
}
