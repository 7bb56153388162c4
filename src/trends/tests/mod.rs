//! Counting, first detections and rises of samples that are made by hand.

mod counting;
mod simulation;

use super::{Grouped, Settings, Trends};
use crate::cases::{Amount, CaseSample, Cases, Finding};
use crate::screen::manifest::Fields;
use crate::spectrum::Identity;
use crate::substance::{Register, Rules};
use std::path::PathBuf;

/// The embedded register.
pub(super) fn register() -> Register {
    let rules = Rules::parse(
        include_str!("../../../spectra-library/lists.tsv"),
        include_str!("../../../spectra-library/control.tsv"),
    );
    let register = Register::parse(include_str!("../../../spectra-library/substances.tsv"));
    register.unwrap().with_rules(rules.unwrap())
}

/// The register's identity of a name.
pub(super) fn known(name: &str) -> Identity {
    let register = register();
    register.named(name).unwrap().identity.clone()
}

/// A sample of a case, with a date where one is given.
pub(super) fn sample(label: &str, case: &str, date: &str, finding: Finding) -> CaseSample {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    CaseSample {
        origin: PathBuf::from("run"),
        key: label.to_owned(),
        label: label.to_owned(),
        fields: Fields {
            case: given(case),
            place: Some("Bangkok".to_owned()),
            ..Fields::default()
        },
        date: given(date).map(|date| date.parse().unwrap()),
        amount: None,
        written: None,
        finding,
        named: Vec::new(),
        spectra: Vec::new(),
        unknown_group: None,
        doubts: Vec::new(),
    }
}

pub(super) fn presumptive(set: Vec<Identity>) -> Finding {
    Finding::Presumptive { set, rate: None }
}

pub(super) fn confirmed(substance: &Identity) -> Finding {
    Finding::Confirmed {
        substance: substance.clone(),
        by: None,
    }
}

pub(super) fn nothing(verdict: &str) -> Finding {
    Finding::None {
        verdict: verdict.to_owned(),
        why: String::new(),
    }
}

pub(super) fn weighing(mut sample: CaseSample, quantity: &str, unit: &str) -> CaseSample {
    sample.amount = Some(Amount::of(quantity, Some(unit)).unwrap());
    sample
}

pub(super) fn at(mut sample: CaseSample, place: &str) -> CaseSample {
    sample.fields.place = Some(place.to_owned());
    sample
}

pub(super) fn told(samples: Vec<CaseSample>, settings: Settings) -> Trends {
    grouped(samples, &Grouped::default(), settings)
}

pub(super) fn grouped(samples: Vec<CaseSample>, groups: &Grouped, settings: Settings) -> Trends {
    let cases = Cases {
        samples,
        ..Cases::default()
    };
    Trends::of(&cases, groups, &register(), settings).unwrap()
}
