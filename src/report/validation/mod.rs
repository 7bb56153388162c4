//! The result of a validation, as text and as a page with plots.

mod html;
mod page;
mod plots;
mod stored;
mod svg;
mod text;

pub use html::html;
pub(in crate::report) use page::escaped;
pub use stored::stored;
pub use text::text;

use crate::decide::Rate;
use crate::validate::bootstrap::Interval;
use crate::validate::verdicts::{Counts, Verdicts};

/// `0.940 (0.908 to 0.961)`; a dash where nothing was tried.
fn rate(rate: &Rate) -> String {
    match rate.n {
        0 => "-".to_owned(),
        _ => format!("{:.3} ({:.3} to {:.3})", rate.estimate, rate.low, rate.high),
    }
}

fn optional(value: Option<&Rate>) -> String {
    value.map_or_else(|| "-".to_owned(), rate)
}

/// A share with the interval over substances; alone where that does not exist.
fn spread(value: f64, interval: Option<Interval>) -> String {
    match interval {
        Some(range) => format!("{value:.3} ({:.3} to {:.3})", range.low, range.high),
        None => format!("{value:.3}"),
    }
}

/// Headings and rows of the table of verdicts.
fn confusion(verdicts: &Verdicts) -> ([&'static str; 7], Vec<Vec<String>>) {
    let row = |name: &str, c: &Counts| {
        let counts = [
            c.identified_right,
            c.identified_wrong,
            c.class_only,
            c.inconclusive,
            c.not_in_library,
            c.total(),
        ];
        let counts = counts.map(|n| n.to_string());
        std::iter::once(name.to_owned()).chain(counts).collect()
    };
    let header = [
        "",
        "identified rightly",
        "wrongly",
        "class only",
        "inconclusive",
        "not in library",
        "all",
    ];
    let rows = vec![
        row("present", &verdicts.present),
        row("absent", &verdicts.absent),
    ];
    (header, rows)
}

/// The first letters of a hash.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Name of a technique for people.
fn label(technique: &str) -> &str {
    match technique {
        "raman" => "Raman",
        "infrared" => "Infrared",
        "near-infrared" => "Near-infrared",
        "ei-ms" => "EI mass spectra",
        "ms-ms" => "MS/MS",
        other => other,
    }
}

/// What the figures are and are not, for under every result.
const READING: [&str; 5] = [
    "Substances are compared without stereochemistry (first 14 letters of the InChIKey); candidates of one skeleton are one place of the ranking. A substance that is not among the candidates counts as not found.",
    "Intervals are 95 %. Those by spectrum (Wilson) take each spectrum as independent; those by substance (bootstrap, fixed seed) do not, and are the ones to rely on where substances were measured repeatedly.",
    "Right and false at a threshold: present substances' spectra whose first candidate is right and reaches the threshold, and absent ones' whose first candidate reaches it. The area under this curve is the chance that a present one is ranked rightly and above an absent one.",
    "The published scores rank anew only the best candidates by this program's own score.",
    "The figures hold for spectra like these. Absent substances that are no look-alikes of the library's give lower error rates than casework may meet.",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::VerdictLevel;
    use crate::library::Library;
    use crate::validate::Report;
    use crate::validate::sample::trial;
    use crate::validate::trial::VerdictResult;

    fn report() -> Report {
        let judged = |key: &str, present: bool, level, size, holds| {
            let mut trial = trial(key, present, present.then_some(1), 0.9);
            trial.instrument = Some("<b>made up</b>".to_owned());
            let identified = level == VerdictLevel::Identified;
            trial.verdict = Some(VerdictResult {
                level,
                set_size: size,
                holds_truth: holds,
                stated_false: identified.then_some(0.01),
                stated_coverage: identified.then_some(0.95),
            });
            trial
        };
        let trials = vec![
            judged("a", true, VerdictLevel::Identified, 2, true),
            judged("b", true, VerdictLevel::Inconclusive, 0, false),
            judged("x", false, VerdictLevel::Identified, 1, false),
            judged("y", false, VerdictLevel::NotInLibrary, 0, false),
        ];
        let library = Library::default();
        Report::new(&library, Vec::new(), Vec::new(), 100, trials, Vec::new())
    }

    #[test]
    fn verdicts_are_shown_in_both_forms() {
        let report = report();
        let text = text(&report);
        let line = |start: &str| {
            let found = text.lines().find(|l| l.trim_start().starts_with(start));
            found
                .unwrap_or_else(|| panic!("{start}: {text}"))
                .to_owned()
        };
        let counts = |start: &str| -> Vec<String> {
            let line = line(start);
            line.split_whitespace().skip(1).map(str::to_owned).collect()
        };
        assert_eq!(counts("present "), ["1", "0", "0", "1", "0", "2"]);
        assert_eq!(counts("absent "), ["0", "1", "0", "0", "1", "2"]);
        assert!(line("substances in a set").contains("mean 2.00"));
        assert!(line("stated false rate").contains("measured 0.500"));
        let page = html(&report, "2026-01-01");
        assert_eq!(
            page.matches("<svg").count(),
            7,
            "curve, sizes, two calibrations, three bars"
        );
        assert!(page.contains("2026-01-01") && !page.contains("<b>made up"));
    }
}
