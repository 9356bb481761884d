//! Prints what the code of a package shows, one fact a line with tabs between: `cargo run --release --example code_facts -- APK`.
//! `benches/compare/with_androguard.py` reads it.

use std::path::Path;
use std::process::ExitCode;

use privacy_audit::apk::{Apk, ReadOptions};
use privacy_audit::catalogue::Catalogue;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: code_facts APK");
        return ExitCode::from(2);
    };
    match Apk::read(Path::new(&path), Catalogue::builtin(), &ReadOptions::default()) {
        Ok(apk) => {
            print(&apk);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn print(apk: &Apk) {
    for class in &apk.classes {
        println!("class\t{class}");
    }
    for call in &apk.calls {
        let grade = format!("{:?}", call.grade).to_lowercase();
        println!("call\t{}\t{}\t{grade}\t{}\t{}\t{}", call.item, call.api, call.class, call.method, call.dex);
    }
    for sdk in &apk.sdks {
        let confidence = format!("{:?}", sdk.confidence).to_lowercase();
        for e in &sdk.evidence {
            let channel = format!("{:?}", e.channel).to_lowercase();
            println!("sdk\t{}\t{confidence}\t{channel}\t{}\t{}\t{}", sdk.id, e.value, e.count, e.strong);
        }
    }
}
