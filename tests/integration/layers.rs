//! The arrows of the picture in `src/lib.rs`: imports point up only, and nothing below the binary prints or exits.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("catalogue", &[]),
    ("apk", &["catalogue"]),
    ("policy", &["catalogue"]),
    ("audit", &["catalogue", "apk", "policy"]),
    ("batch", &["catalogue", "apk", "policy", "audit"]),
    ("report", &["catalogue", "apk", "policy", "audit", "batch"]),
];

fn sources(below: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut open = vec![below.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                // A module of tests only may print what it measured.
                if path.file_name().is_none_or(|n| n != "hostile.rs") {
                    out.push(path);
                }
            }
        }
    }
    out.sort();
    out
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}

/// The code of a file up to its test module.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

#[test]
fn imports_point_up_only() {
    let mut wrong = Vec::new();
    for (layer, allowed) in LAYERS {
        for path in sources(&source(layer)) {
            for (number, line) in code(&path).lines().enumerate() {
                for part in line.split("crate::").skip(1) {
                    let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let known = LAYERS.iter().any(|(l, _)| *l == used);
                    if known && used != *layer && !allowed.contains(&used.as_str()) {
                        wrong.push(format!("{}:{} uses {used}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_binary_prints_or_exits() {
    let mut wrong = Vec::new();
    for (layer, _) in LAYERS {
        for path in sources(&source(layer)) {
            for (number, line) in code(&path).lines().enumerate() {
                let line = line.trim_start();
                let prints = ["println!", "eprintln!", "print!(", "eprint!(", "process::exit", "dbg!"];
                if !line.starts_with("//") && prints.iter().any(|p| line.contains(p)) {
                    wrong.push(format!("{}:{} {line}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_binary_sees_the_public_interface_only() {
    for path in sources(&source("bin")) {
        assert!(!code(&path).contains("#[path"), "{}", path.display());
    }
}
