//! `audit app.apk policy.txt`: arguments in, reports out, an exit status. Everything else is the library's.

mod args;
mod commands;
mod explain;
mod inspect;
mod output;

use std::io;
use std::process::ExitCode;

use clap::Parser;
use privacy_audit::report::clean;

use args::Args;

/// Takes memory in large pages where the system has them: half of the system's time for a package was spent on handing out small ones.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(Args::parse()) {
        Ok(status) => status.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("audit: {}", clean(&format!("{error:#}")));
            output::Status::Trouble.into()
        }
    }
}

/// A reader that has seen enough (`audit … | head`) is no trouble.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        let io = e.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = e.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
