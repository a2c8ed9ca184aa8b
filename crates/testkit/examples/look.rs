//! Serves a test's world on a port, for looking at pages: `cargo run -p testkit --example look -- 8099`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a tool for developers"
)]

use std::net::SocketAddr;

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|p| p.parse().ok()).unwrap_or(8099);
    let world = testkit::World::with_list().await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    axum::serve(
        listener,
        world.router().into_make_service_with_connect_info::<SocketAddr>(),
    )
    .await
    .unwrap();
}
