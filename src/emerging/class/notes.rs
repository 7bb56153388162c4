//! What class evidence means and what it lacks.

use super::limits::{FALSE_SHARE, FEWEST_NONE};
use super::rule::Silence;
use super::table::Table;
use crate::library::ClassLimits;

/// One sentence each.
pub(super) fn notes(
    table: &Table,
    groups: &[usize],
    limits: &ClassLimits,
    given: bool,
    silence: Option<Silence>,
) -> Vec<String> {
    let mut notes = Vec::new();
    match silence {
        Some(Silence::Silylated) => notes.push(
            "The ions m/z 73 and 75 or 147 are those of a trimethylsilyl derivative; no class is given, since only spectra of underivatised substances teach the classes.".to_owned(),
        ),
        Some(Silence::Unexplained) => notes.push(
            "The library has too little that is like this spectrum to tell a class from.".to_owned(),
        ),
        None => {}
    }
    match (limits.accept, given) {
        (None, _) => notes.push(format!(
            "The library has {} spectra of substances of no class, fewer than the {FEWEST_NONE} from which a limit is set; no class is given.",
            limits.none_tried
        )),
        (Some(_), true) => notes.push(format!(
            "The class is that of the library's most alike substances; the substance itself is not told. Of {} spectra of other substances in the library that belong to no class, {:.0} % would be given one.",
            limits.none_tried,
            100.0 * FALSE_SHARE
        )),
        (Some(_), false) => notes.push(
            "No class is supported strongly enough to be given; that does not exclude any.".to_owned(),
        ),
    }
    let few: Vec<&str> = (table.groups())
        .filter(|g| !groups.contains(g))
        .map(|g| table.classes[g].title.as_str())
        .collect();
    if !few.is_empty() {
        notes.push(format!(
            "Too few substances of these classes are in the library to tell them: {}.",
            few.join("; ")
        ));
    }
    notes
}
