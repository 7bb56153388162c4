#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| specid_fuzz::read(&specid::read::opus::Opus, data));
