#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privacy_audit::apk::fuzzing::package(bytes));
