//! A run for people: a table of peaks that fits 100 columns, then remarks.

use super::{MAIN_PERCENT, PeakView, RunResult};
use crate::decide::VerdictLevel;
use crate::report::text::{shorten, wrapped, wrapped_at};
use std::fmt::Write;

/// Columns for names where neither indices nor ratios are told.
const NAME: usize = 31;
/// Columns that indices and ratios take.
const INDEX: usize = 5;
const RATIO: usize = 7;
/// Most peaks of which hypotheses are told.
const EXPLAINED: usize = 8;
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
    for told in [components(result), hypotheses(result)] {
        if !told.is_empty() {
            text.push('\n');
        }
        for (line, paragraph) in told.iter().enumerate() {
            let indent = if line > 0 { "    " } else { "  " };
            text.push_str(&wrapped_at(indent, paragraph));
        }
    }
    text.push('\n');
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
        let (said, control) = verdict(result, peak);
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
            &format!(
                "{said:<14} {}",
                shorten(
                    &control,
                    STATUS.saturating_sub(said.len().saturating_sub(14))
                )
            ),
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
fn verdict(result: &RunResult, peak: &PeakView) -> (String, String) {
    let blank = match (peak.in_blank == Some(true), result.is_standard(peak)) {
        (false, false) => "",
        (true, false) => "b ",
        (false, true) => "s ",
        (true, true) => "bs ",
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

/// The peaks of which several components are named.
fn components(result: &RunResult) -> Vec<String> {
    let of_sample = result.peaks.iter().filter(|p| p.in_blank != Some(true));
    let mixed = of_sample.filter_map(|peak| Some((peak, peak.mixture.as_ref()?)));
    let mut told: Vec<String> = mixed
        .map(|(peak, mixture)| {
            format!(
                "{}: {}. {}",
                peak.place(),
                mixture.in_words(),
                mixture.residual.sentence()
            )
        })
        .collect();
    if !told.is_empty() {
        told.insert(0, "COMPONENTS (presumptive) of peaks that seem to hold several substances. Shares are of the signal, not of the weight. How often they are named falsely was measured on single spectra, not on the peaks of runs.".to_owned());
    }
    told
}

/// What peaks that nothing names may be: those with a class, and those that are a good part of the run.
fn hypotheses(result: &RunResult) -> Vec<String> {
    let Some(asked) = result.run.hypotheses.filter(|asked| asked.peaks > 0) else {
        return Vec::new();
    };
    let mut peaks: Vec<&PeakView> = result.peaks.iter().collect();
    peaks.retain(|p| p.gives_class() || p.area_percent >= MAIN_PERCENT);
    peaks.sort_by(|a, b| {
        let class = b.gives_class().cmp(&a.gives_class());
        class.then(b.area.total_cmp(&a.area))
    });
    let lines = peaks.iter().filter_map(|peak| {
        let short = peak.emerging.as_ref()?.short()?;
        Some(format!("{}: {short}.", peak.place()))
    });
    let lines: Vec<String> = lines.take(EXPLAINED).collect();
    let left = match asked.left {
        0 => String::new(),
        left => format!(" Of {left} smaller ones it was not asked."),
    };
    let shown = match lines.is_empty() {
        true => format!(
            "None of them has a class, and none of {MAIN_PERCENT} % of the area or more a known analogue"
        ),
        false => format!(
            "Here are those with a class, and those of {MAIN_PERCENT} % of the area or more"
        ),
    };
    let heading = format!(
        "HYPOTHESES about {} peaks whose substances this library may lack. They name no substance and prove no structure; how often they are right was measured on whole spectra, not on the peaks of runs. {shown}; --format json tells all.{left}",
        asked.peaks
    );
    std::iter::once(heading).chain(lines).collect()
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
            "Column bleed, air: the ions are the instrument's own, and nothing of the library is like the peak.".to_owned(),
        );
    }
    if any(&|p| p.in_blank == Some(true)) {
        remarks.push("b: the blank has this peak, too.".to_owned());
    }
    if any(&|p| result.is_standard(p)) {
        remarks.push(
            "s: the internal standard, which the laboratory added and which is no finding."
                .to_owned(),
        );
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
