//! From where a request comes: what a trusted proxy says is believed, what anybody else says is not. Over a real connection,
//! since the address is the connection's.

use testkit::World;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use web::proxies::{Proxies, Told};

/// A server on loopback until the end of the test.
struct Served {
    address: String,
    _stop: oneshot::Sender<()>,
}

async fn served(world: &World, trusted: &[&str]) -> Served {
    let trusted: Vec<String> = trusted.iter().map(|t| (*t).to_owned()).collect();
    let proxies = Proxies::parse(&trusted, Told::XForwarded).unwrap();
    let web = web::Web::new(world.platform.clone(), "test").behind(proxies);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(web::serve(listener, web, async {
        let _ended = stopped.await;
    }));
    Served { address, _stop: stop }
}

impl Served {
    /// The answer to a sign-in that a proxy passes on for `reader`.
    async fn sign_in(&self, reader: &str, login: &str, password: &str) -> String {
        let body = testkit::form(&[("login", login), ("password", password)]);
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nHost: biaochi.test\r\nConnection: close\r\nX-Forwarded-For: {reader}\r\n\
             X-Forwarded-Proto: https\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of the answer to a wrong password, for a login that nobody has.
    async fn fails(&self, reader: &str, number: usize) -> u16 {
        let answer = self.sign_in(reader, &format!("nobody{number}"), "wrong").await;
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_address_that_fails_shuts_out_nobody_else() {
    let world = World::with_list().await;
    let served = served(&world, &["127.0.0.0/8"]).await;
    for number in 0..30 {
        assert_eq!(served.fails("198.51.100.7", number).await, 401, "attempt {number}");
    }
    assert_eq!(served.fails("198.51.100.7", 30).await, 429);
    assert_eq!(served.fails("198.51.100.8", 31).await, 401, "another reader");
    // What the reader wrote before the proxy's own word changes nothing.
    assert_eq!(served.fails("198.51.100.8, 198.51.100.7", 32).await, 429);
}

#[tokio::test]
async fn nobody_else_escapes_the_limit_by_a_header() {
    let world = World::with_list().await;
    let served = served(&world, &["10.0.0.0/8"]).await;
    for number in 0..30 {
        assert_eq!(served.fails(&format!("198.51.100.{number}"), number).await, 401);
    }
    assert_eq!(served.fails("203.0.113.1", 30).await, 429);
}

#[tokio::test]
async fn a_cookie_insists_on_tls_where_a_trusted_proxy_says_so() {
    let world = World::with_list().await;
    world.person("nanjing").await;
    let secure = async |trusted: &[&str]| {
        let served = served(&world, trusted).await;
        let answer = served.sign_in("192.0.2.9", "nanjing", testkit::PASSWORD).await;
        let line = answer
            .lines()
            .find(|line| line.contains("bc_session="))
            .unwrap_or_else(|| panic!("{answer}"));
        line.contains("; Secure")
    };
    assert!(secure(&["127.0.0.1"]).await);
    assert!(!secure(&[]).await);
}
