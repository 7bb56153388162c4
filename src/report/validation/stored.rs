//! The validation that a library carries, as text.

use super::{label, rate};
use crate::library::{Rate, ValidationSummary};
use std::fmt::Write;

/// Its figures in a few lines; `current` says whether the entries are still those validated.
pub fn stored(summary: &ValidationSummary, current: bool) -> String {
    let day = summary.date.get(..10).unwrap_or(&summary.date);
    let asked = || summary.files.iter().filter(|f| f.role != "truth");
    let spectra: usize = asked().map(|f| f.spectra).sum();
    // Writing to a String cannot fail, so the results of `writeln!` are not looked at.
    let mut text = format!(
        "validated    {day} at generation {} by specid {}, {spectra} spectra of {} files{}\n",
        summary.generation,
        summary.program,
        asked().count(),
        match current {
            true => "",
            false => "; the entries have changed since, validate again",
        }
    );
    for figures in &summary.figures {
        let shown = |stored: &Rate| {
            let of = stored;
            format!("{}, n = {}", rate(of), of.n)
        };
        let mut lines = vec![("ranked first", shown(&figures.rank1))];
        if let Some(wrong) = &figures.false_identified {
            lines.push(("absent, called identified", shown(wrong)));
        }
        if let Some(coverage) = &figures.coverage {
            lines.push(("sets that hold the right one", shown(coverage)));
        }
        if let Some(size) = figures.mean_set_size {
            lines.push(("mean substances in a set", format!("{size:.2}")));
        }
        for (what, value) in lines {
            let _ = writeln!(
                text,
                "  {:<16} {what:<29} {value}",
                label(&figures.technique)
            );
        }
    }
    text
}
