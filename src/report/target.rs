//! What is said of substances that the user asks for.

use crate::decide::{Admixture, Noticed, VerdictLevel};
use crate::mixture::Hidden;
use crate::spectrum::Identity;
use serde::Serialize;

/// What would have been noticed of a substance that the user named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Whether the library has a full reference of it of this technique.
    pub in_library: bool,
    /// Smallest share of the summed signal that would have changed the verdict's level or been named by it, 0 where
    /// it is named already; `None` where none of those tried would, or where it was not tested.
    pub noticed_from: Option<f64>,
    /// The verdict's level at that share.
    pub verdict_then: Option<VerdictLevel>,
    /// Smallest share of the summed signal at which it, or what cannot be told from it, would be named as a
    /// component; `None` where none of those tried is enough, or where it was not tested.
    pub component_from: Option<f64>,
    /// The same as one sentence.
    pub note: String,
}

impl Target {
    /// The same with what the components say of it, and with which reference it was tested.
    #[must_use]
    pub fn with(mut self, admixture: &Admixture, hidden: Option<Hidden>) -> Self {
        let told = match hidden {
            None => String::new(),
            Some(Hidden::Named) => {
                self.component_from = Some(0.0);
                "; named as a component".to_owned()
            }
            Some(Hidden::Possible) => "; a component that is named could be it".to_owned(),
            Some(Hidden::From(share)) => {
                self.component_from = Some(share);
                format!(
                    "; would be named as a component from {:.1} %",
                    100.0 * share
                )
            }
            Some(Hidden::Never) => "; would not be named as a component at up to 60 %".to_owned(),
        };
        self.note.push_str(&told);
        let used = &admixture.reference;
        if self.inchikey.is_some() && used.inchikey.is_some() && self.inchikey != used.inchikey {
            let note = format!(" (with the reference of {})", used.name);
            self.note.push_str(&note);
        }
        self
    }

    /// The view of what was found for a target.
    pub fn of(target: &Identity, noticed: &Noticed) -> Self {
        let (share, level, note) = match noticed {
            Noticed::From {
                share,
                level,
                named,
            } => {
                let per_cent = 100.0 * share;
                let note = match named {
                    true => format!("would have been named by the verdict at {per_cent:.1} % of the signal"),
                    false => format!(
                        "would have changed the verdict at {per_cent:.1} % of the signal (to {}, without naming it)",
                        level.id()
                    ),
                };
                (Some(*share), Some(*level), note)
            }
            Noticed::Named => (Some(0.0), None, "named by the verdict".to_owned()),
            Noticed::NotInLibrary => (
                None,
                None,
                "no full spectrum of it of this technique in this library, so its absence was not tested"
                    .to_owned(),
            ),
            Noticed::NoRule => (
                None,
                None,
                "not tested: the library has no decision rule for this technique".to_owned(),
            ),
            Noticed::NotTested(why) => (None, None, format!("not tested: {why}")),
            Noticed::Never => (
                None,
                None,
                "none of nine shares from 0.5 to 95 % would have changed the verdict".to_owned(),
            ),
        };
        Self {
            name: target.name.clone(),
            inchikey: target.inchikey.clone(),
            in_library: *noticed != Noticed::NotInLibrary,
            noticed_from: share,
            verdict_then: level,
            component_from: None,
            note,
        }
    }
}
