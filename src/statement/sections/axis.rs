//! The axis error against the best candidate.

use crate::document::{Side, Tone};
use crate::statement::figures::axis_error;
use crate::statement::input::Ranked;
use crate::statement::page::Page;

/// Places of the curve that the table tells.
const SHOWN: usize = 9;

/// Shift and curve of the axis.
pub(super) fn axis(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-axis");
    let Some(best) = result.candidates.first() else {
        page.say(Tone::Normal, "no-candidates", &[]);
        return;
    };
    if best.is_mass() {
        page.say(Tone::Normal, "axis-mass-spectrum", &[]);
        return;
    }
    let texts = page.texts;
    let shift = texts.signed(best.axis_shift, 1);
    let values = [
        ("name", best.name.as_str()),
        ("shift", &shift),
        ("unit", &best.axis_unit),
    ];
    page.say(Tone::Normal, "axis-shift-found", &values);
    if let Some([low, high]) = best.overlap {
        let (low, high) = (texts.number(low, 0), texts.number(high, 0));
        let values = [
            ("low", low.as_str()),
            ("high", &high),
            ("unit", &best.axis_unit),
        ];
        page.say(Tone::Normal, "axis-compared", &values);
    }
    let Some(curve) = best.axis_error.as_ref().filter(|curve| !curve.is_empty()) else {
        page.say(Tone::Normal, "axis-no-curve", &[]);
        return;
    };
    if let Some(figure) = axis_error(result, texts) {
        page.figure(figure);
    }
    let step = curve.len().div_ceil(SHOWN).max(1);
    let mut shown: Vec<[f64; 2]> = curve.iter().step_by(step).copied().collect();
    if let Some(last) = curve.last().filter(|last| shown.last() != Some(last)) {
        shown.push(*last);
    }
    let row = |[place, error]: &[f64; 2]| {
        vec![
            format!("{} {}", texts.number(*place, 0), best.axis_unit),
            format!("{} {}", texts.signed(*error, 1), best.axis_unit),
        ]
    };
    let headings = [
        ("column-place", Side::Right, 1.0),
        ("column-error", Side::Right, 1.0),
    ];
    page.table(
        Some("table-axis"),
        &headings,
        shown.iter().map(row).collect(),
    );
}
