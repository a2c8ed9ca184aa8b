//! `biaochi serve`: the platform, until it is told to stop.

use crate::{
    cli::Serve,
    config::Config,
    failure::{Failure, Outcome, Result, of_platform},
    installation::{self, Installation},
    output::{self, Format},
};
use language::t;
use ledger::Opening;
use platform::{
    Platform, catalogue,
    context::{Context, Reader},
    list::{
        entering,
        query::{self as list_query, TaskFilter},
    },
    obligation::query::{self as obligation, SubjectKind},
    output::query as output_query,
    people::{demo, demo::DemoAccount, first_administrator_token},
    question::Window,
};
use serde::Serialize;
use std::time::Duration;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};
use tracing_subscriber::EnvFilter;

/// Where it listens unless told otherwise.
const LISTEN: &str = "127.0.0.1:8080";
/// So long a round that has begun may take to its end when the platform stops.
const PATIENCE: Duration = Duration::from_secs(10);
/// The cause of what the start records.
const START: &str = "start";

/// The first line of a demonstration for programs.
#[derive(Debug, Serialize)]
struct Started<'a> {
    address: &'a str,
    accounts: &'a [DemoAccount],
}

/// Serves.
pub async fn run(config: &Config, serve: &Serve) -> Result<Outcome> {
    log(serve.log.or(config.file.log).unwrap_or_default());
    let listen = serve
        .listen
        .as_deref()
        .or(config.file.listen.as_deref())
        .unwrap_or(LISTEN);
    let (mail, proxies, rates) = (config.mail()?, config.proxies()?, config.rates());
    // The port first: where it is taken, nothing has been touched.
    let listener = TcpListener::bind(listen).await.map_err(|reason| {
        Failure::Environment(t!(
            config.lang,
            "cli-port",
            address = listen,
            reason = reason.to_string()
        ))
    })?;
    let local = listener
        .local_addr()
        .map_err(|fault| Failure::environment(listen, fault))?;
    let address = format!("http://{local}");
    let (mut terminate, mut interrupt) = (on(SignalKind::terminate())?, on(SignalKind::interrupt())?);

    let mut settings = installation::settings(config, &address, serve.demo)?;
    settings.mail = mail;
    if let Some(base_url) = &serve.base_url {
        settings.base_url = base_url.trim_end_matches('/').to_owned();
    }
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    };
    // The port answers while the database is brought up to date, and says what is being done.
    let (told, progress) = watch::channel(Opening::default());
    let door = web::Door::new(progress);
    let served = tokio::spawn(web::answer(listener, door.clone().router(), stop));

    let installation = Installation::open_or_make(config).await?;
    let platform = installation.platform_telling(config, settings, told).await?;
    let accounts = enter(config, &platform, serve.demo).await?;
    let web = web::Web::new(platform.clone(), env!("CARGO_PKG_VERSION"))
        .behind(proxies)
        .limited(rates);
    door.open(web);
    announce(config, &platform, &address, &accounts).await?;
    let (told, stopping) = watch::channel(false);
    let mut clockwork = tokio::spawn(platform::clockwork::run(platform.clone(), stopping));
    let served = served.await.map_err(|fault| Failure::environment(&address, fault))?;
    // A letter that is being handed over is handed over, unless the other side takes too long.
    let _ = told.send(true);
    if tokio::time::timeout(PATIENCE, &mut clockwork).await.is_err() {
        clockwork.abort();
    }
    platform.ledger().close().await?;
    served.map_err(|fault| Failure::environment(&address, fault))?;
    Ok(Outcome::Clean)
}

fn on(kind: SignalKind) -> Result<Signal> {
    signal(kind).map_err(|fault| Failure::environment("signals", fault))
}

/// The catalogue, and the sample accounts of a demonstration, as far as they are not there yet.
async fn enter(config: &Config, platform: &Platform, sample: bool) -> Result<Vec<DemoAccount>> {
    let refused = |fault| of_platform(config.lang, fault);
    let context = Context::system(platform.now(), START);
    let entered = entering::enter(platform, &context).await.map_err(refused)?;
    if entered.tasks > 0 {
        tracing::info!(
            tasks = entered.tasks,
            obligations = entered.obligations,
            "the first list was entered"
        );
    }
    if !sample {
        return Ok(Vec::new());
    }
    let accounts = demo::enter(platform, &context, catalogue::DEMO, demo::password_of)
        .await
        .map_err(refused)?;
    platform::obligation::demo::enter(platform).await.map_err(refused)?;
    platform::text::demo::enter(platform).await.map_err(refused)?;
    platform::system::demo::enter(platform).await.map_err(refused)?;
    platform::assessment::demo::enter(platform).await.map_err(refused)?;
    platform::survey::demo::enter(platform).await.map_err(refused)?;
    platform::proposal::demo::enter(platform, &context, platform.today())
        .await
        .map_err(refused)?;
    Ok(accounts)
}

/// What of a demonstration is published and not illustrative.
struct Real {
    tasks: i64,
    sentences: i64,
    outputs: i64,
}

async fn real(platform: &Platform) -> platform::refusal::Result<Real> {
    let reader = Reader::public(platform.today());
    let one = Window::of(1);
    let list = TaskFilter {
        list: Some(entering::FIRST.to_owned()),
        ..TaskFilter::default()
    };
    let sentences = obligation::Filter {
        subject_kind: Some(SubjectKind::Action),
        ..obligation::Filter::default()
    };
    let outputs = output_query::Filter {
        demo: Some(false),
        ..output_query::Filter::default()
    };
    Ok(Real {
        tasks: list_query::tasks(platform, &reader, &list, &one).await?.total,
        sentences: obligation::count(platform, &reader, &sentences).await?,
        outputs: output_query::outputs(platform, &reader, &outputs, &one).await?.total,
    })
}

/// Says where it is and how to come in.
async fn announce(config: &Config, platform: &Platform, address: &str, accounts: &[DemoAccount]) -> Result<()> {
    if config.is_json() {
        let started = Started { address, accounts };
        let line = serde_json::to_string(&started).map_err(|fault| Failure::environment("JSON", fault))?;
        output::line(line)?;
    } else {
        output::line(t!(config.lang, "cli-serving", address = address))?;
        if platform.settings().demo {
            let real = real(platform).await.map_err(|fault| of_platform(config.lang, fault))?;
            output::line(t!(
                config.lang,
                "cli-what-is-real",
                tasks = real.tasks,
                sentences = real.sentences,
                outputs = real.outputs
            ))?;
        }
        for account in accounts.iter().filter(|account| account.one_click) {
            let name = match config.lang {
                language::Lang::En => account.name.en.as_deref().unwrap_or(&account.name.zh),
                language::Lang::Zh => &account.name.zh,
            };
            output::line(t!(
                config.lang,
                "cli-sample-account",
                name = name,
                login = account.login.as_str(),
                password = account.password.as_str()
            ))?;
        }
    }
    if !platform.settings().demo {
        let token = first_administrator_token(platform)
            .await
            .map_err(|fault| of_platform(config.lang, fault))?;
        if let Some(token) = token {
            output::say(t!(
                config.lang,
                "cli-first-administrator",
                address = address,
                token = token.expose()
            ));
        }
    }
    Ok(())
}

/// The log goes to stderr; `RUST_LOG` narrows it.
fn log(format: Format) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process (a test) keeps the first.
    let _ = match format {
        Format::Json => log.json().try_init(),
        Format::Text => log
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
    };
}
