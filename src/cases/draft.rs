//! A sample while its rows and files are put together.

use super::{Finding, Source};
use crate::screen::brief::Member;
use crate::screen::manifest::Fields;
use crate::screen::sample::{Judged, SampleVerdict};
use crate::spectrum::Identity;
use std::collections::HashMap;
use std::path::PathBuf;

/// Case, item and sample, of which item or sample is said: what rows and runs call one sample.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Triple {
    pub case: Option<String>,
    pub item: Option<String>,
    pub sample: Option<String>,
}

impl Triple {
    /// That of these fields; `None` where they name neither item nor sample.
    pub fn of(fields: &Fields) -> Option<Self> {
        (fields.item.is_some() || fields.sample.is_some()).then(|| Self {
            case: fields.case.clone(),
            item: fields.item.clone(),
            sample: fields.sample.clone(),
        })
    }
}

/// What one row says.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Where: "cases.csv, line 5".
    pub place: String,
    pub fields: Fields,
}

/// A sample before its rows are compared.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub origin: PathBuf,
    pub key: String,
    pub label: String,
    pub triple: Option<Triple>,
    pub statements: Vec<Statement>,
    pub finding: Finding,
    pub spectra: Vec<Source>,
    pub unknown_group: Option<i64>,
    pub doubts: Vec<String>,
    /// Where runs say different things of it.
    pub differences: Vec<String>,
}

impl Draft {
    /// Adds what a row says, unless another row says the very same.
    pub fn state(&mut self, statement: Statement) {
        let known = self.statements.iter().any(|s| s.fields == statement.fields);
        if !known && statement.fields != Fields::default() {
            self.statements.push(statement);
        }
    }

    /// What all rows say, side by side.
    pub fn fields(&self) -> Fields {
        let mut all = Fields::default();
        self.statements.iter().for_each(|s| all.add(&s.fields));
        all
    }
}

/// CAS numbers that the library's entries of what a sample's spectra resemble state, by the form of the
/// substance.
pub(super) type Numbers = HashMap<String, String>;

/// What a screening says of a sample.
pub(super) fn finding(judged: &Judged, numbers: &Numbers) -> Finding {
    if judged.verdict == SampleVerdict::Identified && !judged.named.is_empty() {
        return Finding::Presumptive {
            set: judged
                .named
                .iter()
                .map(|it| identity(it, numbers))
                .collect(),
            rate: judged.rate,
        };
    }
    let mut why = judged.reasons.clone();
    if let (SampleVerdict::ClassOnly, Some(class)) = (judged.verdict, &judged.class) {
        why.insert(0, format!("It resembles {class}."));
    }
    Finding::None {
        verdict: judged.verdict.id().to_owned(),
        why: why.join(" "),
    }
}

fn identity(member: &Member, numbers: &Numbers) -> Identity {
    Identity {
        name: member.name.clone(),
        inchikey: member.inchikey.clone(),
        cas: numbers.get(&member.form()).cloned(),
        ..Identity::default()
    }
}
