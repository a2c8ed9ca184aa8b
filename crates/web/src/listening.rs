//! Answering: over the network until told to stop, or within the process.

use crate::{serving::router, state::Web};
use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use std::{future::Future, io, net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::oneshot};
use tower::ServiceExt;

/// After being told to stop, requests on their way have so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers on a listener until `stop` ends; requests on their way are answered first, as far as they take at most ten
/// seconds.
pub async fn serve(listener: TcpListener, web: Web, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    answer(listener, router(web), stop).await
}

/// The same with whatever stands at the port: a [`Door`](crate::Door), while the platform is not ready.
pub async fn answer(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (told, stopping) = oneshot::channel();
    // Sign-in limits and sessions ask from where a request comes.
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let graceful = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        let _ = told.send(());
    });
    let late = async {
        match stopping.await {
            Ok(()) => tokio::time::sleep(PATIENCE).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = graceful => served,
        () = late => Ok(()),
    }
}

/// The whole server without a network: what tests and measurements ask.
#[derive(Debug, Clone)]
pub struct InProcess(Router);

impl InProcess {
    /// Pages for a platform.
    pub fn new(web: Web) -> Self {
        Self(router(web))
    }

    /// GETs an address as a browser that is not signed in: status and body.
    pub async fn get(&self, address: &str) -> io::Result<(u16, Vec<u8>)> {
        let request = Request::get(address)
            .header("accept", "text/html")
            .body(Body::empty())
            .map_err(io::Error::other)?;
        let Ok(answer) = self.0.clone().oneshot(request).await;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.map_err(io::Error::other)?;
        Ok((status, body.to_bytes().to_vec()))
    }
}
