//! What every fuzz target does: read the bytes with one reader, within small limits, and check.

use specid::read::{Input, Limits, Reader};
use specid::spectrum::check;

/// Limits that make a reader which allocates what a file claims run out of the fuzzer's memory.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
    points: 1 << 20,
    spectra: 10_000,
    total_points: 1 << 22,
};

/// Reads `data` with `reader`; any panic, hang or large allocation is a finding.
pub fn read(reader: &dyn Reader, data: &[u8]) {
    let extension = reader.extensions().first().copied().unwrap_or_default();
    let input = Input::new(format!("fuzz.{extension}"), data.to_vec());
    let _ = reader.sniff(&input);
    let Ok(reading) = reader.read(&input, &LIMITS) else {
        return;
    };
    for mut spectrum in reading.spectra.into_iter().flatten() {
        check(&mut spectrum);
        assert!(spectrum.len() <= LIMITS.points);
    }
}
