//! Measures the policy reader: `cargo run --example accuracy -- tests/policies`.
//!
//! Prints precision, recall and F1 per kind of answer, then what was missed and what was invented in each policy.

#[path = "../tests/support/accuracy/mod.rs"]
mod accuracy;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(dir) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: accuracy DIR (a directory of policies with `*.labels.json` and `core.json`)");
        return ExitCode::from(2);
    };
    match accuracy::measure(&dir) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("accuracy: {why}");
            ExitCode::from(2)
        }
    }
}
