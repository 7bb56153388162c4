//! A run for people: a table of peaks that fits 100 columns, then remarks.

use super::{PeakView, RunResult};
use crate::decide::VerdictLevel;
use crate::report::text::{shorten, wrapped};
use std::fmt::Write;

/// Columns for names where neither indices nor ratios are told.
const NAME: usize = 31;
/// Columns that indices and ratios take.
const INDEX: usize = 5;
const RATIO: usize = 7;
/// Columns for control status.
const STATUS: usize = 21;

/// A run's result as text, without plots.
// Writing to a String cannot fail, so the results of `writeln!` are not looked at below.
pub fn run(result: &RunResult) -> String {
    let run = &result.run;
    let mut text = format!("{}\n", result.source.path);
    text.push_str(&wrapped(&format!(
        "run of {} scans from {:.2} to {:.2} min, {} peaks of signal-to-noise {} and {} % of the area or more",
        run.scans,
        run.first_s / 60.0,
        run.last_s / 60.0,
        result.peaks.len(),
        run.min_signal_to_noise,
        run.min_area_percent
    )));
    let library = &result.library;
    let _ = writeln!(
        text,
        "  {} references compared: {}, generation {}, {}",
        library.compared,
        library.name,
        library.generation,
        library.hash.get(..12).unwrap_or(&library.hash),
    );
    for warning in &result.warnings {
        text.push_str(&wrapped(&format!("warning: {warning}")));
    }
    text.push('\n');
    match result.peaks.is_empty() {
        true => text.push_str("  No peak stands out of the noise.\n"),
        false => text.push_str(&table(result)),
    }
    text.push('\n');
    for remark in remarks(result) {
        text.push_str(&wrapped(&remark));
    }
    text.push_str(&wrapped(&result.notice));
    text
}

fn table(result: &RunResult) -> String {
    let indices = result.run.ri_ladder.is_some();
    let ratios = result.run.internal_standard.is_some();
    let name = NAME - if indices { INDEX } else { 0 } - if ratios { RATIO } else { 0 };
    let mut text = String::new();
    let mut line = |cells: [&str; 10]| {
        let [
            number,
            time,
            area,
            index,
            ratio,
            purity,
            substance,
            forward,
            reverse,
            rest,
        ] = cells;
        let mut row = format!(" {number:>3} {time:>6} {area:>6}");
        if indices {
            let _ = write!(row, " {index:>4}");
        }
        if ratios {
            let _ = write!(row, " {ratio:>6}");
        }
        let _ = write!(
            row,
            " {purity:>4} {substance:<name$} {forward:>3} {reverse:>3} {rest}"
        );
        let _ = writeln!(text, "{}", row.trim_end());
    };
    let heading = format!("{:<14} control status", "verdict");
    line([
        "#",
        "min",
        "area %",
        "RI",
        "/ IS",
        "pure",
        "best substance",
        "mat",
        "rev",
        &heading,
    ]);
    for peak in &result.peaks {
        let number =
            |v: Option<f64>, digits: usize| v.map_or_else(String::new, |v| format!("{v:.digits$}"));
        let (said, control) = verdict(peak);
        line([
            &peak.number.to_string(),
            &format!("{:.3}", peak.retention_min),
            &share(peak.area_percent),
            &number(peak.retention_index, 0),
            &peak
                .ratio_to_internal_standard
                .map(ratio)
                .unwrap_or_default(),
            &format!("{:.2}", peak.purity),
            &substance(peak, name),
            &number(peak.match_factor, 0),
            &number(peak.reverse_match, 0),
            &format!("{said:<14} {}", shorten(&control, STATUS)),
        ]);
    }
    text
}

/// Per cent with as many digits as the column has room for.
fn share(percent: f64) -> String {
    match percent {
        p if p >= 9.995 => format!("{p:.1}"),
        p if p >= 0.995 => format!("{p:.2}"),
        p => format!("{p:.3}"),
    }
}

fn ratio(ratio: f64) -> String {
    match ratio {
        r if r >= 1000.0 => format!("{r:.1e}"),
        r if r >= 10.0 => format!("{r:.1}"),
        r => format!("{r:.4}"),
    }
}

/// The name in so many columns; in brackets where it is only the best candidate.
fn substance(peak: &PeakView, columns: usize) -> String {
    match (peak.named(), peak.candidates.first()) {
        (Some(name), _) => shorten(&name, columns),
        (None, Some(best)) => format!("({})", shorten(&best.name, columns - 2)),
        (None, None) => String::new(),
    }
}

/// Verdict and control status in few words.
fn verdict(peak: &PeakView) -> (String, String) {
    let blank = if peak.in_blank == Some(true) {
        "b "
    } else {
        ""
    };
    if let Some(background) = peak.background {
        return (format!("{blank}{}", background.label()), String::new());
    }
    let Some(verdict) = &peak.verdict else {
        let said = if peak.error.is_some() {
            "not searched"
        } else {
            ""
        };
        return (format!("{blank}{said}"), String::new());
    };
    let said = match verdict.level {
        VerdictLevel::Identified => "identified",
        VerdictLevel::ClassOnly => "class only",
        VerdictLevel::Inconclusive => "inconclusive",
        VerdictLevel::NotInLibrary => "not in lib.",
    };
    let status = match (verdict.level, verdict.substances.first()) {
        (VerdictLevel::NotInLibrary, _) => String::new(),
        (_, Some(named)) => named
            .possible_status
            .clone()
            .unwrap_or(named.status.clone()),
        (_, None) => {
            let best = peak.candidates.first();
            best.map_or_else(String::new, |c| format!("({})", c.control.words()))
        }
    };
    (format!("{blank}{said}"), status)
}

fn remarks(result: &RunResult) -> Vec<String> {
    let mut remarks = Vec::new();
    let any = |test: &dyn Fn(&PeakView) -> bool| result.peaks.iter().any(test);
    if any(&|p| p.named().is_none() && !p.candidates.is_empty()) {
        remarks.push(
            "In brackets: the best candidate and its status where the verdict names nothing."
                .to_owned(),
        );
    }
    if any(&|p| !p.candidates.is_empty()) {
        remarks.push(
            "mat, rev: match and reverse match of the best candidate, 0 to 999; pure: share of the signal at the peak's apex that is the peak's own. --format json tells everything."
                .to_owned(),
        );
    }
    if any(&|p| p.background.is_some()) {
        remarks.push(
            "Column bleed and air are the instrument's own and are not identified.".to_owned(),
        );
    }
    if any(&|p| p.in_blank == Some(true)) {
        remarks.push("b: the blank has this peak, too.".to_owned());
    }
    let identified = result.peaks.iter().filter_map(|p| p.verdict.as_ref());
    let mut rates = identified.filter_map(|v| v.false_positive_rate.as_ref());
    if let Some(rate) = rates.next() {
        remarks.push(format!(
            "False positive rate of \"identified\" {:.1} % (95 % interval {:.1} to {:.1} %, n = {}) for each peak: {}.",
            100.0 * rate.estimate,
            100.0 * rate.low,
            100.0 * rate.high,
            rate.n,
            rate.basis
        ));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_their_columns() {
        let shares = [100.0, 12.345, 9.996, 0.9996, 0.0123, 0.0];
        let expected = ["100.0", "12.3", "10.0", "1.00", "0.012", "0.000"];
        assert_eq!(shares.map(share), expected);
        assert_eq!([0.5, 12.0, 12345.0].map(ratio), ["0.5000", "12.0", "1.2e4"]);
    }
}
