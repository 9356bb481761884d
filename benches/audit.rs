//! Speed of each step and of the whole audit, on the repository's samples. A package of your own, for figures that mean
//! something at scale: `BENCH_APK=big.apk BENCH_POLICY=policy.txt cargo bench`.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use privacy_audit::apk::{Apk, Depth, ReadOptions};
use privacy_audit::audit::{Audit, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::Policy;

fn given(variable: &str, sample: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(sample), PathBuf::from)
}

fn audit(c: &mut Criterion) {
    let apk = given("BENCH_APK", "sample-apks/qingya-xuetang.apk");
    let text = given("BENCH_POLICY", "policies/qingya-xuetang.txt");
    let catalogue = Catalogue::builtin();
    let read = |depth| Apk::read(&apk, catalogue, &ReadOptions { depth, ..ReadOptions::default() });
    for (name, depth) in
        [("manifest decoding", Depth::Manifest), ("dex class listing", Depth::Classes), ("calls", Depth::Calls)]
    {
        c.bench_function(name, |b| b.iter(|| black_box(read(depth))));
    }
    let policies = [text];
    c.bench_function("policy reading", |b| b.iter(|| black_box(Policy::read(&policies, catalogue))));
    let settings = Settings::default();
    if let (Ok(package), Ok(policy)) = (read(Depth::Calls), Policy::read(&policies, catalogue)) {
        c.bench_function("rules", |b| {
            b.iter(|| black_box(Audit::new(&package, &policy, catalogue, &settings).findings().len()));
        });
    }
    c.bench_function("whole audit", |b| {
        b.iter(|| {
            let (Ok(package), Ok(policy)) = (read(Depth::Calls), Policy::read(&policies, catalogue)) else { return 0 };
            black_box(Audit::new(&package, &policy, catalogue, &settings).findings().len())
        });
    });
}

criterion_group!(benches, audit);
criterion_main!(benches);
