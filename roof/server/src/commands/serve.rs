//! `serve` and `demo`: the node in a terminal.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use rooms::door::{BehindProxy, House};
use tokio::net::TcpListener;

use crate::cli::Where;
use crate::gateway::{self, InForce};
use crate::settings::{self, Gateway, GatewayKind, Settings};
use crate::{api, app, demo, jobs, node, simulator, start};

/// How long an answer may take after the views are there.
const ANSWERS_END: Duration = Duration::from_secs(2);

/// Runs a city's node.
///
/// # Errors
/// When the node cannot be opened or the address cannot be listened on.
pub async fn serve(at: &Where, listen: Option<String>, behind_proxy: bool) -> anyhow::Result<u8> {
    let mut settings = settings::read(&at.data)?;
    settings.trusted_proxy |= behind_proxy;
    let node = node::open(&at.place()).await?;
    let listen =
        listen.or_else(|| settings.listen.clone()).unwrap_or_else(|| settings::LISTEN.to_owned());
    run(node, settings, simulator::Phones::default(), &listen).await
}

/// Where the demo city is kept: apart from every city that is real.
const DEMO_DATA: &str = "city/demo";

/// Open the demo city. It asks no variable of the environment where it is: those name a real city.
#[derive(Args)]
pub struct Demo {
    /// The folder of the demo city
    #[arg(long, default_value = DEMO_DATA)]
    pub data: PathBuf,
    /// A PostgreSQL URL of a database for the demo city alone
    #[arg(long)]
    database: Option<String>,
    /// Address to listen on
    #[arg(long, default_value = settings::LISTEN)]
    listen: String,
}

impl Default for Demo {
    fn default() -> Demo {
        Demo { data: DEMO_DATA.into(), database: None, listen: settings::LISTEN.to_owned() }
    }
}

impl Demo {
    /// Runs the demo city, made on its first run.
    ///
    /// # Errors
    /// As for [`serve`]; and when the folder or database holds a city that is real.
    pub async fn run(&self) -> anyhow::Result<u8> {
        let clock = demo::DemoClock::default();
        let mut place = node::Place::new(&self.data, self.database.clone());
        place.now = clock.now();
        let node = node::open(&place).await?;
        let phones = simulator::Phones::default();
        rebuild_changed(&node.house).await?;
        demo::seed(&node, &clock, &phones).await?;
        let gateway = Gateway {
            kind: GatewayKind::Simulator,
            token: "simulator".to_owned(),
            signing_key: String::new(),
            url: String::new(),
            user: String::new(),
            password: String::new(),
        };
        let (name, phrase) = (demo::STEWARD, demo::PASSPHRASE);
        println!("The demo city. Sign in at /sign-in as {name} with: {phrase}");
        let settings = Settings { gateway: Some(gateway), ..Settings::default() };
        run(node, settings, phones, &self.listen).await
    }
}

async fn rebuild_changed(house: &House) -> anyhow::Result<()> {
    if house.store().changed_views().await?.is_empty() {
        return Ok(());
    }
    for noun in house.store().changed_views().await? {
        let bar = super::counter("folding what changed in this version");
        house.store().renew(noun, |done| bar.set_position(done as u64)).await?;
        bar.finish_and_clear();
    }
    // What the node keeps in memory was read from tables that were not there yet, and so was
    // whom the list still has to see forgotten.
    rooms::places::refresh(house).await?;
    rooms::people::refresh(house).await?;
    rooms::voices::review::refresh(house).await?;
    rooms::voices::forget::complete(house).await?;
    Ok(())
}

/// Brings the views to this version. Meanwhile whoever asks is told to come back in a moment: a
/// gateway sends again, and a load balancer knows that this process lives.
async fn renewed(house: &House, listener: TcpListener) -> anyhow::Result<TcpListener> {
    if house.store().changed_views().await?.is_empty() {
        return Ok(listener);
    }
    let listener = listener.into_std()?;
    let meanwhile = TcpListener::from_std(listener.try_clone()?)?;
    let (done, over) = tokio::sync::oneshot::channel::<()>();
    let answering = tokio::spawn(async move {
        let until = async move {
            let _ = over.await;
        };
        axum::serve(meanwhile, app::rebuilding()).with_graceful_shutdown(until).await
    });
    let outcome = rebuild_changed(house).await;
    let _ = done.send(());
    // Who still holds a connection open is cut off: they come again.
    let _ = tokio::time::timeout(ANSWERS_END, answering).await;
    outcome?;
    Ok(TcpListener::from_std(listener)?)
}

async fn run(
    node: node::Node,
    settings: Settings,
    phones: simulator::Phones,
    listen: &str,
) -> anyhow::Result<u8> {
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}: is another node running? choose another with --listen")
    })?;
    serve_on(node, settings, phones, listener).await
}

/// Serves a node where it is already listened, until it is told to stop.
///
/// # Errors
/// When the store fails, or the listener.
pub async fn serve_on(
    node: node::Node,
    settings: Settings,
    phones: simulator::Phones,
    listener: TcpListener,
) -> anyhow::Result<u8> {
    let house = node.house.clone();
    let limit = settings.api_voices_a_minute.unwrap_or(api::VOICES_A_MINUTE);
    house.keep(api::VoicesAMinute(limit));
    house.keep(BehindProxy(settings.trusted_proxy));
    house.keep(InForce(settings.gateway));
    house.keep(phones.clone());
    let address = listener.local_addr()?;
    let listener = renewed(&house, listener).await?;
    let key = start::key_for(&house).await?;
    let routes = start::routes().and(simulator::routes());
    let service =
        app::app(house.clone(), routes).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(jobs::run(house.clone()));
    tokio::spawn(gateway::run(house.clone(), Arc::new(phones)));
    println!("Baraza listens on http://{address}");
    if let Some(key) = key {
        println!("Open http://{address}/start?key={key} to begin.");
        println!("Under another address, open /start there and type the start key: {key}");
    }
    println!("Stop with Ctrl+C. Nothing is lost.");
    axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
    if house.store().owes_housekeeping() {
        house.store().housekeep_now().await?;
    }
    drop(node);
    Ok(0)
}

async fn stopped() {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let kind = tokio::signal::unix::SignalKind::terminate();
        if let Ok(mut terminate) = tokio::signal::unix::signal(kind) {
            tokio::select! { _ = ctrl_c => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = ctrl_c.await;
}
