//! What a sample is made of, where its spectra are of its parts: the peaks of GC-MS runs.

use super::strictness;
use crate::screen::brief::{Brief, Member};
use serde::{Deserialize, Serialize};

/// One of several substances of a sample.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// The substances that it may be; of a set any one.
    pub set: Vec<Member>,
    /// Where it was found.
    pub found: Vec<Place>,
    /// The highest false-positive rate of those that name it, with its interval.
    pub rate: Option<[f64; 3]>,
    /// The best score.
    pub score: Option<f64>,
    /// Its class.
    pub class: Option<String>,
}

/// Where a component was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Path of the file, or archive and member.
    pub path: String,
    /// Place in the file, counted from 1; of a peak its scan.
    pub spectrum: usize,
    /// Retention time, min.
    pub retention_min: Option<f64>,
    /// Per cent of the area of all peaks of the run.
    pub area_percent: Option<f64>,
}

impl Component {
    /// What an identified spectrum or peak names.
    pub fn of(brief: &Brief) -> Self {
        let peak = brief.peak.as_ref();
        let best = brief.best();
        Self {
            set: brief.set.clone(),
            found: vec![Place {
                path: brief.path.clone(),
                spectrum: brief.index + 1,
                retention_min: peak.map(|p| p.retention_min),
                area_percent: peak.map(|p| p.area_percent),
            }],
            rate: brief.rate,
            score: best.map(|b| b.score),
            class: best.and_then(|b| b.class.clone()),
        }
    }

    /// Names, joined by "or".
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.set.iter().map(|m| m.name.as_str()).collect();
        names.join(" or ")
    }

    /// The strictest control status of what it may be.
    pub fn status(&self) -> &str {
        let all = self.set.iter().map(|m| m.status.as_str());
        all.min_by_key(|status| strictness(status)).unwrap_or("")
    }

    /// Its share of the area, per cent; 0 where it has none.
    pub fn area(&self) -> f64 {
        self.found.iter().filter_map(|p| p.area_percent).sum()
    }

    /// Retention times, min, by time; a time that rounds to one told already is left out.
    pub fn times(&self) -> Vec<String> {
        let mut times: Vec<f64> = self.found.iter().filter_map(|p| p.retention_min).collect();
        times.sort_by(f64::total_cmp);
        let mut told: Vec<String> = times.iter().map(|t| format!("{t:.2}")).collect();
        told.dedup();
        told
    }

    /// As a desk reads it: "Heroin at 8.42 min (1961 Schedule I)".
    pub fn sentence(&self) -> String {
        let times = self.times();
        let at = match times.is_empty() {
            true => String::new(),
            false => format!(" at {} min", times.join(" and ")),
        };
        format!("{}{at} ({})", self.names(), self.status())
    }

    /// Whether it is the very same set.
    fn is_same(&self, other: &Self) -> bool {
        let holds = |all: &[Member], m: &Member| all.iter().any(|o| o.form() == m.form());
        self.set.len() == other.set.len() && self.set.iter().all(|m| holds(&other.set, m))
    }

    /// Whether it may be the same substance.
    pub(super) fn shares(&self, other: &Self) -> bool {
        let held = |m: &Member| other.set.iter().any(|o| o.key() == m.key());
        self.set.iter().any(held)
    }

    fn take(&mut self, other: Self) {
        self.found.extend(other.found);
        let high = |rate: &[f64; 3]| rate[2];
        self.rate = [self.rate, other.rate]
            .into_iter()
            .flatten()
            .max_by(|a, b| high(a).total_cmp(&high(b)));
        self.score = [self.score, other.score]
            .into_iter()
            .flatten()
            .max_by(f64::total_cmp);
    }
}

/// Puts together what names the very same set, the strictest status first, then the largest. Sets that only
/// overlap stay apart: at other retention times they are other substances.
pub(super) fn together(all: impl Iterator<Item = Component>) -> Vec<Component> {
    let mut found: Vec<Component> = Vec::new();
    for one in all {
        match found.iter_mut().find(|known| known.is_same(&one)) {
            Some(known) => known.take(one),
            None => found.push(one),
        }
    }
    found.sort_by(|a, b| {
        let by_status = strictness(a.status()).cmp(&strictness(b.status()));
        by_status.then(b.area().total_cmp(&a.area()))
    });
    found
}
