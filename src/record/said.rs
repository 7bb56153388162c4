//! What an entry of a screening tells of each spectrum.

use crate::read::hex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What was said of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSaid {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// SHA-256 of the short forms that outputs are made from; `None` in entries of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub briefs_sha256: Option<String>,
    /// What was said of its spectra.
    pub spectra: Vec<Said>,
}

/// What was said of one spectrum: its verdict, or the kind of its failure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Position in the file, from 0.
    pub index: usize,
    /// Which peak of a GC-MS run, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak: Option<usize>,
    /// The sample that it was told of; `None` in entries of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// The verdict, or the kind of the failure.
    pub verdict: String,
    /// Names of the identified set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substances: Vec<String>,
    /// Score of the first candidate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// SHA-256 of the whole result; `None` in entries of earlier programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_sha256: Option<String>,
}

impl Said {
    /// What a result says, as a screening stores or writes it.
    pub fn of(result: &Value) -> Self {
        let text = |at: &str| result.pointer(at).and_then(Value::as_str);
        let number = |at: &str| {
            let found = result.pointer(at).and_then(Value::as_u64);
            found.and_then(|n| usize::try_from(n).ok())
        };
        let failed = text("/error/kind").map(|kind| format!("error: {kind}"));
        let level = text("/verdict/level").map(str::to_owned);
        let set = result
            .pointer("/verdict/substances")
            .and_then(Value::as_array);
        let names = set.into_iter().flatten().filter_map(|one| {
            let name = one.get("name").and_then(Value::as_str);
            name.map(str::to_owned)
        });
        Self {
            index: number("/source/index").unwrap_or_default(),
            peak: number("/peak/number"),
            sample: text("/sample/label").map(str::to_owned),
            verdict: level.or(failed).unwrap_or_default(),
            substances: names.collect(),
            score: result
                .pointer("/candidates/0/score")
                .and_then(Value::as_f64),
            result_sha256: Some(hex(&Sha256::digest(lasting(result).to_string().as_bytes()))),
        }
    }

    /// Whether it is of the same place in a file.
    pub fn is_of(&self, other: &Self) -> bool {
        (self.index, self.peak) == (other.index, other.peak)
    }

    /// Whether it was told of another sample, in words.
    pub fn is_elsewhere(&self, now: &Self) -> Option<String> {
        let (then, now) = self.sample.as_ref().zip(now.sample.as_ref())?;
        (then != now)
            .then(|| format!("it is of the sample {now:?} here and of {then:?} in the record"))
    }

    /// What differs between what an entry tells and what is found now, in words; `None` where nothing does.
    pub fn differs(&self, now: &Self) -> Option<String> {
        let names = |said: &Self| match said.substances.is_empty() {
            true => "nothing".to_owned(),
            false => said.substances.join(", "),
        };
        if self.substances != now.substances {
            return Some(format!(
                "it names {} here and {} in the record",
                names(now),
                names(self)
            ));
        }
        if self.verdict != now.verdict {
            return Some(format!(
                "its verdict is {:?} here and {:?} in the record",
                now.verdict, self.verdict
            ));
        }
        let score = |said: &Self| {
            said.score
                .map_or("none".to_owned(), |score| score.to_string())
        };
        if self.score != now.score {
            return Some(format!(
                "its first score is {} here and {} in the record",
                score(now),
                score(self)
            ));
        }
        let hashes = self.result_sha256.as_ref().zip(now.result_sha256.as_ref());
        hashes.is_some_and(|(then, now)| then != now).then(|| {
            "its hash is another than in the record, so something in it was changed".to_owned()
        })
    }
}

/// A result without what was said of it afterwards: where it is recorded, and its sample.
pub(super) fn bare(result: &Value) -> Value {
    without(result, &["recorded", "sample"])
}

/// The same without the alerts, which are told anew with each session of a screening.
fn lasting(result: &Value) -> Value {
    without(result, &["recorded", "sample", "alerts"])
}

/// A result without these members.
pub(super) fn without(result: &Value, members: &[&str]) -> Value {
    let mut rest = result.clone();
    if let Value::Object(fields) = &mut rest {
        for member in members {
            fields.shift_remove(*member);
        }
    }
    rest
}
