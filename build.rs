//! Turns the knowledge files of `src/catalogue` into the compact form the program reads at each start.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/catalogue/compact/write.rs"]
mod write;

fn main() -> Result<(), Box<dyn Error>> {
    let source = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src/catalogue");
    let target = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=src/catalogue");
    for folder in ["", "lexicon"] {
        fs::create_dir_all(target.join(folder))?;
        for entry in fs::read_dir(source.join(folder))? {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let named = |why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
            let table: toml::Table = toml::from_str(&fs::read_to_string(&path)?).map_err(|e| named(&e))?;
            let compact = write::write(&table).map_err(|e| named(&e))?;
            let name = target.join(folder).join(path.file_stem().ok_or("a file without a name")?);
            fs::write(name.with_extension("text"), compact.text)?;
            fs::write(name.with_extension("shape"), compact.shape)?;
        }
    }
    Ok(())
}
