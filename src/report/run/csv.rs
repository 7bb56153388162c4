//! A run as CSV: one row a peak, and one row for a run without any.

use super::{PeakView, RunResult};
use crate::report::MixtureView;
use crate::write::Sheet;
use serde::Serialize;
use std::io::Write;

#[derive(Default, Serialize)]
struct Row<'a> {
    path: &'a str,
    peak: Option<usize>,
    scan: Option<usize>,
    retention_min: Option<f64>,
    start_min: Option<f64>,
    end_min: Option<f64>,
    width_s: Option<f64>,
    height: Option<f64>,
    area: Option<f64>,
    area_percent: Option<f64>,
    signal_to_noise: Option<f64>,
    purity: Option<f64>,
    retention_index: Option<f64>,
    ratio_to_internal_standard: Option<f64>,
    background: &'a str,
    in_blank: Option<bool>,
    saturated: Option<bool>,
    verdict: &'a str,
    substances: String,
    best: &'a str,
    inchikey: &'a str,
    cas: &'a str,
    score: Option<f64>,
    r#match: Option<f64>,
    reverse_match: Option<f64>,
    control_status: &'a str,
    false_positive_rate: Option<f64>,
    library: &'a str,
    generation: u64,
    library_hash: &'a str,
    sha256: &'a str,
    error: &'a str,
    components: String,
    class_hypothesis: String,
}

/// Writes a run as CSV.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(result: &RunResult, header: bool, out: &mut dyn Write) -> Result<(), csv::Error> {
    let mut writer = Sheet::with_headings(out, header);
    if result.peaks.is_empty() {
        writer.serialize(base(result))?;
    }
    for peak in &result.peaks {
        writer.serialize(row(result, peak))?;
    }
    writer.flush()?;
    Ok(())
}

fn base(result: &RunResult) -> Row<'_> {
    Row {
        path: &result.source.path,
        library: &result.library.name,
        generation: result.library.generation,
        library_hash: &result.library.hash,
        sha256: result.source.sha256.as_deref().unwrap_or_default(),
        ..Row::default()
    }
}

fn row<'a>(result: &'a RunResult, peak: &'a PeakView) -> Row<'a> {
    let best = peak.candidates.first();
    let verdict = peak.verdict.as_ref();
    let names = verdict.iter().flat_map(|v| &v.substances);
    let names: Vec<&str> = names.map(|named| named.name.as_str()).collect();
    let text = |value: Option<&'a String>| value.map_or("", String::as_str);
    Row {
        peak: Some(peak.number),
        scan: Some(peak.scan),
        retention_min: Some(peak.retention_min),
        start_min: Some(peak.start_min),
        end_min: Some(peak.end_min),
        width_s: Some(peak.width_s),
        height: Some(peak.height),
        area: Some(peak.area),
        area_percent: Some(peak.area_percent),
        signal_to_noise: Some(peak.signal_to_noise),
        purity: Some(peak.purity),
        retention_index: peak.retention_index,
        ratio_to_internal_standard: peak.ratio_to_internal_standard,
        background: peak.background.map_or("", |b| b.label()),
        in_blank: peak.in_blank,
        saturated: Some(peak.saturated),
        verdict: verdict.map_or("", |v| v.level.id()),
        substances: names.join("; "),
        best: best.map_or("", |c| &c.name),
        inchikey: text(best.and_then(|c| c.inchikey.as_ref())),
        cas: text(best.and_then(|c| c.cas.as_ref())),
        score: best.map(|c| c.score),
        r#match: peak.match_factor,
        reverse_match: peak.reverse_match,
        control_status: best.map_or("", |c| &c.control.status),
        false_positive_rate: verdict
            .and_then(|v| v.false_positive_rate.as_ref())
            .map(|rate| rate.estimate),
        error: text(peak.error.as_ref().map(|e| &e.message)),
        components: peak
            .mixture
            .as_ref()
            .map(MixtureView::in_words)
            .unwrap_or_default(),
        class_hypothesis: peak.class_in_words().unwrap_or_default(),
        ..base(result)
    }
}
