//! From what rows say to what holds of a sample; where they contradict each other nothing holds.

use super::draft::{Draft, Statement};
use super::{Amount, CaseSample, Cases, Finding, Repeated};
use crate::screen::manifest::{AS_WRITTEN, Fields, day};
use crate::spectrum::{Identity, cas_check_digit_holds, is_inchikey};
use crate::substance::normalised;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;

/// All samples.
pub(super) fn cases((drafts, repeated): (Vec<Draft>, Vec<Repeated>)) -> Cases {
    let mut samples: Vec<CaseSample> = drafts.into_iter().map(sample).collect();
    tell_same_material(&mut samples);
    Cases {
        samples,
        repeated,
        ..Cases::default()
    }
}

fn sample(draft: Draft) -> CaseSample {
    let fields = draft.fields();
    let mut doubts = draft.doubts;
    doubts.extend(draft.differences);
    let date = or_doubt(date(&draft.statements), &mut doubts);
    let amount = or_doubt(amount(&draft.statements), &mut doubts);
    let named = match &draft.finding {
        Finding::Presumptive { set, .. } => set.clone(),
        _ => Vec::new(),
    };
    let finding = match confirmed(&draft.statements) {
        Some(Finding::None { verdict, mut why }) if !named.is_empty() => {
            let names: Vec<&str> = named.iter().map(|it| it.name.as_str()).collect();
            why.push_str(&format!(" The screening names {}.", names.join(" or ")));
            Finding::None { verdict, why }
        }
        Some(finding) => finding,
        None => draft.finding,
    };
    doubts.extend(wrong_numbers(&draft.statements));
    CaseSample {
        origin: draft.origin,
        key: draft.key,
        label: draft.label,
        fields,
        date,
        amount,
        written: written(&draft.statements),
        finding,
        named,
        spectra: draft.spectra,
        unknown_group: draft.unknown_group,
        doubts,
    }
}

fn or_doubt<T>(result: Result<Option<T>, String>, doubts: &mut Vec<String>) -> Option<T> {
    result.unwrap_or_else(|why| {
        doubts.push(why);
        None
    })
}

/// The one value that rows give; `None` where none gives any.
fn agreed<'a, T: PartialEq>(
    what: &str,
    said: impl Iterator<Item = (&'a Statement, String, Result<T, String>)>,
) -> Result<Option<T>, String> {
    let mut first: Option<(&Statement, String, T)> = None;
    for (statement, text, value) in said {
        let value = value.map_err(|why| format!("{}: {why}.", statement.place))?;
        match &first {
            None => first = Some((statement, text, value)),
            Some((_, _, other)) if *other == value => {}
            Some((place, other, _)) => {
                return Err(format!(
                    "The rows of this sample give different {what}, so none is taken: {other} ({}), {text} ({}).",
                    place.place, statement.place
                ));
            }
        }
    }
    Ok(first.map(|(_, _, value)| value))
}

fn date(statements: &[Statement]) -> Result<Option<Date>, String> {
    let said = statements.iter().filter_map(|s| {
        let text = s.fields.date.clone()?;
        let day = day(&text);
        Some((s, text, day))
    });
    agreed("dates", said)
}

fn amount(statements: &[Statement]) -> Result<Option<Amount>, String> {
    let said = statements.iter().filter_map(|s| {
        let quantity = s.fields.quantity.as_deref()?;
        let amount = match s.fields.get(AS_WRITTEN) {
            Some(text) => Err(format!(
                "the quantity \"{text}\" may be read as {quantity} or as {}",
                text.replace(',', "")
            )),
            None => Amount::of(quantity, s.fields.unit.as_deref()),
        };
        Some((s, as_written(&s.fields)?, amount))
    });
    agreed("quantities", said)
}

fn as_written(fields: &Fields) -> Option<String> {
    let quantity = fields.get(AS_WRITTEN).or(fields.quantity.as_deref())?;
    Some(match &fields.unit {
        Some(unit) => format!("{quantity} {unit}"),
        None => quantity.to_owned(),
    })
}

fn written(statements: &[Statement]) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for text in statements.iter().filter_map(|s| as_written(&s.fields)) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    (!all.is_empty()).then(|| all.join("; "))
}

/// What the rows confirm; `None` where they confirm nothing.
fn confirmed(statements: &[Statement]) -> Option<Finding> {
    let said = statements
        .iter()
        .filter_map(|s| Some((s, s.fields.get("confirmed_as")?)));
    let said: Vec<(&Statement, &str)> = said.collect();
    let (first, text) = said.first()?;
    let key = normalised(text);
    let nothing = |verdict: &str, why: String| {
        let verdict = verdict.to_owned();
        Some(Finding::None { verdict, why })
    };
    if let Some((other, second)) = said.iter().find(|(_, other)| normalised(other) != key) {
        return nothing(
            "disagreeing",
            format!(
                "The rows of this sample confirm different substances: {text} ({}), {second} ({}).",
                first.place, other.place
            ),
        );
    }
    if says_nothing_found(text) {
        return nothing(
            "nothing-confirmed",
            format!(
                "Its confirmation found no substance: \"{text}\" ({}).",
                first.place
            ),
        );
    }
    if text.contains(';') {
        return nothing(
            "several-substances",
            format!(
                "It is confirmed as several substances ({text}); give each its own sample with its own quantity ({}).",
                first.place
            ),
        );
    }
    let mut by: Vec<&str> = Vec::new();
    for (statement, _) in &said {
        let method = statement.fields.get("confirmed_by");
        by.extend(method.filter(|method| !by.contains(method)));
    }
    Some(Finding::Confirmed {
        substance: stated(text),
        by: (!by.is_empty()).then(|| by.join("; ")),
    })
}

/// What laboratories write where a confirmation found nothing, as [`normalised`] gives it.
const NOTHING: &[&str] = &[
    "negative",
    "neg",
    "nil",
    "none",
    "nothing",
    "nothing detected",
    "nothing found",
    "not detected",
    "none detected",
    "none found",
    "nd",
    "no drug",
    "no drugs",
    "no substance",
    "no controlled drug",
    "no controlled drugs",
    "no controlled substance",
    "no controlled substances",
    "not a controlled substance",
    "no controlled substance detected",
    "no controlled substances detected",
    "no controlled substance found",
    "no controlled substances found",
];

fn says_nothing_found(text: &str) -> bool {
    let text = normalised(text);
    NOTHING.iter().any(|nothing| normalised(nothing) == text)
}

/// A sentence for each CAS number that the rows confirm and whose check digit is wrong.
fn wrong_numbers(statements: &[Statement]) -> Vec<String> {
    let mut all = Vec::new();
    for statement in statements {
        let Some(text) = statement.fields.get("confirmed_as") else {
            continue;
        };
        if has_form_of_cas(text) && !cas_check_digit_holds(text) {
            all.push(format!(
                "{}: the check digit of the CAS number {text} is wrong, so it is that of no substance; correct the number.",
                statement.place
            ));
        }
    }
    all
}

/// Whether a text is written as a CAS number is, whatever its check digit.
fn has_form_of_cas(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [a, b, c]
        if (2..=7).contains(&a.len()) && b.len() == 2 && c.len() == 1 && parts.iter().all(|p| digits(p)))
}

/// The identity that a text states: an InChIKey, a CAS number or a name.
fn stated(text: &str) -> Identity {
    Identity {
        name: text.to_owned(),
        inchikey: is_inchikey(text).then(|| text.to_owned()),
        cas: cas_check_digit_holds(text).then(|| text.to_owned()),
        ..Identity::default()
    }
}

/// What samples that may be of one material have in common.
#[derive(PartialEq, Eq, Hash)]
struct Weighed {
    /// Without a case number an item is only that of its run or manifest.
    origin: Option<PathBuf>,
    case: Option<String>,
    item: String,
    amount: String,
}

/// Notes samples of one item that state the very same quantity: each may be a part of one material that was
/// weighed as a whole.
fn tell_same_material(samples: &mut [CaseSample]) {
    let mut alike: HashMap<Weighed, Vec<usize>> = HashMap::new();
    for (at, sample) in samples.iter().enumerate() {
        let fields = &sample.fields;
        if let (Some(item), Some(amount)) = (&fields.item, sample.amount) {
            let weighed = Weighed {
                origin: fields.case.is_none().then(|| sample.origin.clone()),
                case: fields.case.clone(),
                item: item.clone(),
                amount: amount.to_string(),
            };
            alike.entry(weighed).or_default().push(at);
        }
    }
    for (weighed, group) in alike.into_iter().filter(|(_, group)| group.len() > 1) {
        let labels = group
            .iter()
            .filter_map(|at| Some(samples.get(*at)?.label.clone()));
        let labels: Vec<String> = labels.collect();
        for at in group {
            if let Some(sample) = samples.get_mut(at) {
                sample.doubts.push(format!(
                    "The samples {} of item {} all state {}: possibly the same material; each is counted.",
                    labels.join(", "),
                    weighed.item,
                    weighed.amount
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confirmation_that_found_nothing_is_no_substance() {
        for text in [
            "negative",
            " Negative ",
            "NIL",
            "none",
            "Not  detected",
            "no controlled substance",
            "No controlled substances detected",
            "N.D.",
        ] {
            assert!(says_nothing_found(text), "{text}");
        }
        for text in ["Heroin", "Nilotinib", "nonane", "negatived"] {
            assert!(!says_nothing_found(text), "{text}");
        }
    }

    #[test]
    fn what_is_written_as_a_cas_number_is_one_or_is_wrong() {
        assert!(has_form_of_cas("103-79-8") && !cas_check_digit_holds("103-79-8"));
        assert!(has_form_of_cas("103-79-7") && cas_check_digit_holds("103-79-7"));
        for text in ["2026-01-31", "P2P", "1-2-3", "4-MMC"] {
            assert!(!has_form_of_cas(text), "{text}");
        }
    }
}
