//! The result of a validation, as text and as a page with plots.

mod html;
mod page;
mod plots;
mod stored;
mod svg;
mod text;

pub use html::html;
pub use stored::stored;
pub use text::text;

use crate::decide::Rate;
use crate::validate::bootstrap::Interval;

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
