//! When a program that serves is to end: by Ctrl-C in its terminal, or by the SIGTERM with which systemd,
//! containers and `kill` ask for it.

use std::future::Future;

/// Listens from now on, so that whoever asks early is heard, too. The future is done when somebody asks.
pub(in crate::commands) fn asked_for() -> impl Future<Output = ()> + Send + 'static {
    let terminated = terminated();
    async move {
        tokio::select! {
            () = interrupted() => {}
            () = terminated => {}
        }
        tracing::info!(target: "inroad::serving", "asked to stop");
    }
}

async fn interrupted() {
    // Without a signal handler the page runs until the process is ended from outside.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
fn terminated() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let listening = signal(SignalKind::terminate());
    async move {
        match listening {
            Ok(mut listening) => {
                listening.recv().await;
            }
            Err(_not_to_be_had) => std::future::pending::<()>().await,
        }
    }
}

#[cfg(not(unix))]
fn terminated() -> impl Future<Output = ()> + Send + 'static {
    std::future::pending::<()>()
}
