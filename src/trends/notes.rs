//! What must be known to read trends.

use super::report::Trends;
use crate::cases::Cases;

/// Periods without screening that are named.
const NAMED: usize = 12;

/// `1 sample`, `2 samples`.
fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// The notes, those that always hold first.
pub(super) fn of(trends: &Trends, cases: &Cases) -> Vec<String> {
    let totals = &trends.totals;
    let mut notes = vec![
        "First detections are the first in these runs and manifests, not the first anywhere.".to_owned(),
        "A rise is one of a substance's share of the judged seizures. A laboratory's choice of cases can make one: other cases, another instrument or another library.".to_owned(),
        "A presumptive finding is counted under all that it may be; its status is the strictest that its technique leaves open.".to_owned(),
    ];
    let mut note = |number: usize, sentence: &str| {
        if number > 0 {
            notes.push(format!(
                "{} {sentence}",
                counted(number, "sample", "samples")
            ));
        }
    };
    note(
        totals.without_day,
        "without a date that can be used: listed apart and counted in no period. One of them may be earlier than a first detection.",
    );
    note(
        totals.without_case,
        "without a case number: each is counted as a seizure of its own, so that several of one seizure can make a rise.",
    );
    note(
        totals.repeated,
        "in several of the inputs: each is counted once, where it stands first.",
    );
    let not_judged: Vec<String> = totals
        .not_judged
        .iter()
        .map(|(why, n)| format!("{n} {why}"))
        .collect();
    note(
        totals.not_judged.values().sum(),
        &format!("not judged, so counted nowhere: {}.", not_judged.join(", ")),
    );
    let spread = trends.ledger.seizures.iter().filter(|seizure| {
        let days = seizure.days;
        days.is_some_and(|(first, last)| trends.by.of(first) != trends.by.of(last))
    });
    let spread = spread.count();
    if spread > 0 {
        notes.push(format!(
            "{} samples of several periods: as a seizure each is counted once, in the period of its first date.",
            counted(spread, "case has", "cases have")
        ));
    }
    let gaps = trends.periods.iter().filter(|judged| judged.gap);
    let gaps: Vec<String> = gaps.map(|judged| judged.period.to_string()).collect();
    if !gaps.is_empty() {
        let named = gaps[..gaps.len().min(NAMED)].join(", ");
        let more = match gaps.len() > NAMED {
            true => ", ...",
            false => "",
        };
        let periods = counted(gaps.len(), trends.by.id(), &format!("{}s", trends.by.id()));
        notes.push(format!(
            "In {periods} nothing was screened, so nothing is known of what was there: {named}{more}."
        ));
    }
    if !trends.doubts.is_empty() {
        notes.push(format!(
            "{} about samples are listed (JSON, --out, --html); a date or quantity in doubt is in no period and no sum.",
            counted(trends.doubts.len(), "doubt", "doubts")
        ));
    }
    notes.extend(cases.warnings.iter().cloned());
    notes
}
