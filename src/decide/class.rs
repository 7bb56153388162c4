//! The class that the leading candidates share.

use super::standing::Standing;
use crate::search::Hit;
use crate::spectrum::Identity;
use crate::substance::Register;

/// Leading candidates that must be of one class.
pub(super) const AGREEING: usize = 3;

/// The class of a substance that the register knows.
pub(super) fn of(identity: &Identity, register: &Register) -> Option<String> {
    let (substance, _) = register.find(identity)?;
    (!substance.class.is_empty()).then(|| substance.class.clone())
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
