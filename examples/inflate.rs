//! Inflates every dex of a package and does nothing else: the yardstick for the speed of the audit (docs/performance.md).
//!
//! `cargo run --release --example inflate -- PACKAGE [THREADS]`

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};

use libdeflater::Decompressor;
use rayon::prelude::*;
use zip::ZipArchive;

/// That of the audit, so that the two differ by their work alone.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which package?")?;
    let threads = arguments.next().map_or(Ok(1), |n| n.parse())?;
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let mut zip = ZipArchive::new(BufReader::new(File::open(&path)?))?;
    let mut deflated = Vec::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index_raw(index)?;
        let name = entry.name()?.into_owned();
        if name.starts_with("classes") && name.ends_with(".dex") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            deflated.push((bytes, usize::try_from(entry.size())?));
        }
    }
    // Each keeps what it inflated, as an audit must.
    let inflated: Result<Vec<Vec<u8>>, String> = deflated
        .par_iter()
        .map(|(bytes, size)| {
            let mut out = vec![0; *size];
            Decompressor::new().deflate_decompress(bytes, &mut out).map_err(|e| e.to_string())?;
            Ok(out)
        })
        .collect();
    let inflated = inflated?;
    println!("{} dex, {} bytes", inflated.len(), inflated.iter().map(Vec::len).sum::<usize>());
    Ok(())
}
