//! The class that the leading candidates share.

use super::standing::Standing;
use crate::library::{Library, Rate};
use crate::search::{Hit, Ranking};
use crate::spectrum::Identity;
use crate::substance::Register;
use serde::Serialize;

/// Leading candidates that must be of one class.
pub(super) const AGREEING: usize = 3;

/// The class of a substance that the register knows.
pub(super) fn of(identity: &Identity, register: &Register) -> Option<String> {
    let (substance, _) = register.find(identity)?;
    (!substance.class.is_empty()).then(|| substance.class.clone())
}

/// A class that a verdict says, and how often such a class is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassFound {
    /// Its name in the register.
    pub name: String,
    /// Share of substances that are not in the library of which the class was right.
    pub right: Rate,
}

impl ClassFound {
    /// The class of a verdict of class only, from the same ranking.
    pub fn of(ranking: &Ranking, library: &Library, register: &Register) -> Option<Self> {
        let standing = Standing::of(&ranking.hits);
        let group = library.group(standing.best()?.family)?;
        let right = group.calibration.as_ref()?.class_right.clone()?;
        let class_of = |hit: &Hit| of(&library.entry(hit.entry).ok()?.identity, register);
        let name = shared(&standing, class_of)?;
        Some(Self { name, right })
    }
}

/// The class of the first [`AGREEING`] candidates where all have the same; `class_of` gives the class
/// of a candidate that the register knows.
pub(super) fn shared(
    standing: &Standing<'_>,
    class_of: impl Fn(&Hit) -> Option<String>,
) -> Option<String> {
    let leading = standing.leading(AGREEING);
    let first = class_of(leading.first()?)?;
    let agree = leading.len() == AGREEING
        && leading
            .iter()
            .all(|hit| class_of(hit).as_ref() == Some(&first));
    agree.then_some(first)
}
