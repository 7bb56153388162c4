//! Notices of other laboratories that spectra are compared with.

use super::alike::{Alike, Measure};
use super::notice::Notice;
use super::observation::Said;
use super::points::Points;
use crate::report::Alert;
use crate::spectrum::Spectrum;
use jiff::civil::Date;
use serde::Serialize;

/// A notice that was received.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Watch {
    /// Who gave the notice.
    pub publisher: String,
    /// Fingerprint of the key that signed it.
    pub key: String,
    /// When it was written.
    pub made: Date,
    /// When it was received here.
    pub received: Date,
    /// What it says.
    pub notice: Notice,
    /// Why it does not alert any more; `None` where it does.
    pub ended: Option<String>,
    /// What the library said of its spectrum when it was last asked.
    pub now: Option<Said>,
    /// SHA-256 of the letter that it came in, which the register keeps; `None` where an earlier program received it.
    pub letter: Option<String>,
}

/// What became of a notice that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taken {
    /// It is watched from now on.
    New,
    /// It replaces an older one of the same unknown.
    Replaced,
    /// It is here already.
    Same,
    /// A newer one of the same unknown is here.
    Older,
    /// The publisher withdrew it.
    Withdrawn,
}

/// The notices that alert, ready to be compared.
#[derive(Default)]
pub struct Watches {
    measure: Measure,
    open: Vec<(Watch, Alike)>,
}

impl Watches {
    /// Those that have not ended and have a spectrum that can be compared.
    pub fn of(watches: Vec<Watch>) -> Self {
        let open = watches.into_iter().filter(|w| w.ended.is_none());
        let ready = open.filter_map(|watch| {
            let alike = Alike::of(watch.notice.spectrum.as_ref()?)?;
            Some((watch, alike))
        });
        Self {
            measure: Measure::default(),
            open: ready.collect(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The notices that a spectrum is like, the most alike first.
    pub fn alerts(&mut self, spectrum: &Spectrum) -> Vec<Alert> {
        match self.is_empty() {
            true => Vec::new(),
            false => Alike::of(&Points::of(spectrum))
                .map(|alike| self.alerts_for(&alike))
                .unwrap_or_default(),
        }
    }

    /// The same for a spectrum that is ready.
    pub fn alerts_for(&mut self, alike: &Alike) -> Vec<Alert> {
        let all = self
            .measure
            .against(alike, self.open.iter().map(|(_, a)| a));
        let pairs = self.open.iter().zip(all);
        let mut found: Vec<Alert> = pairs
            .filter_map(|((watch, _), likeness)| {
                let likeness = likeness.filter(|l| l.between <= 1.0)?;
                Some(Alert {
                    notice: watch.notice.unknown.clone(),
                    publisher: watch.publisher.clone(),
                    similarity: (1e4 * likeness.similarity).round() / 1e4,
                    named: watch.notice.named.clone(),
                    hypothesis: watch.notice.hypothesis.sentences.clone(),
                })
            })
            .collect();
        found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        found
    }
}
