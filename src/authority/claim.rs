//! What a sample may be, with the law of the day of its seizure.

use crate::cases::{CaseSample, Finding};
use crate::spectrum::{Identity, Technique};
use crate::substance::{
    Basis, Form, Instrument, MatchedBy, On, Register, Standing, Substance, named_salt,
};

/// A substance that a sample is, or may be, and every status that it may have had on the day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    /// The register's name, else as it was written; a salt's with its acid.
    pub name: String,
    /// The same, of a salt its base or acid.
    pub base: String,
    pub identity: Identity,
    /// CAS number, where a source confirms it.
    pub cas: Option<String>,
    pub hs: Option<String>,
    pub role: Option<String>,
    pub class: Option<String>,
    pub end_product: Option<String>,
    pub is_salt: bool,
    pub standings: Vec<Standing>,
    /// The register's sentence on a name that it does not know.
    pub unknown: Option<String>,
}

/// What is claimed of a sample.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Claim {
    /// One substance, or those that cannot be told apart, by name.
    pub members: Vec<Member>,
    pub confirmed: bool,
    /// How it was identified.
    pub method: Option<String>,
    pub rate: Option<[f64; 3]>,
}

impl Claim {
    /// Claims what a sample's finding says; `None` where it names nothing.
    pub fn of(
        sample: &CaseSample,
        on: On,
        form: Option<&str>,
        register: &Register,
    ) -> Option<Self> {
        let preparation = form == Some("preparation");
        match &sample.finding {
            Finding::None { .. } => None,
            Finding::Confirmed { substance, by } => {
                let form = if preparation {
                    Form::Preparation
                } else {
                    Form::Exact
                };
                Some(Self {
                    members: vec![confirmed(substance, on, form, register)],
                    confirmed: true,
                    method: by.clone(),
                    rate: None,
                })
            }
            Finding::Presumptive { set, rate } => {
                let techniques = techniques(sample);
                // A preparation that was measured leaves open what the measurement does.
                let measured = techniques.iter().map(|t| Form::Measured(*t));
                let contained = preparation.then_some(Form::Preparation);
                let forms: Vec<Form> = contained.into_iter().chain(measured).collect();
                let mut members: Vec<Member> = Vec::new();
                for identity in set {
                    let known = register.find(identity);
                    let mut next = member(identity.clone(), known, on, &forms, register);
                    if known.is_none_or(|(_, by)| by == MatchedBy::Skeleton) {
                        // What only a library's entry states is looked up and not told.
                        next.cas = None;
                    }
                    if !members.iter().any(|other| other.name == next.name) {
                        members.push(next);
                    }
                }
                members.sort_by(|a, b| a.name.cmp(&b.name));
                let labels: Vec<&str> = techniques.iter().map(|t| t.label()).collect();
                Some(Self {
                    members,
                    confirmed: false,
                    method: Some(format!("library search: {}", labels.join(", "))),
                    rate: *rate,
                })
            }
        }
    }

    /// The substance, or `one of: A; B`.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.members.iter().map(|m| m.name.as_str()).collect();
        match names.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("one of: {}", several.join("; ")),
        }
    }

    /// The one substance; `None` for a set.
    pub fn single(&self) -> Option<&Member> {
        match self.members.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// `confirmed` or `presumptive`.
    pub fn confidence(&self) -> &'static str {
        if self.confirmed {
            "confirmed"
        } else {
            "presumptive"
        }
    }

    /// Every status that it may have had, strictest first, in words.
    pub fn statuses(&self) -> String {
        let mut all: Vec<Instrument> = self.standings().map(|(_, s)| s.instrument).collect();
        all.sort_unstable();
        all.dedup();
        let words: Vec<&str> = all.into_iter().map(Instrument::status).collect();
        words.join(" or ")
    }

    /// Every status with the substance that has it.
    pub fn standings(&self) -> impl Iterator<Item = (&Member, &Standing)> {
        let each = |member| move |standing| (member, standing);
        self.members
            .iter()
            .flat_map(move |m| m.standings.iter().map(each(m)))
    }

    /// What the members have in common, or all of it side by side.
    pub fn joined<'a>(&'a self, get: impl Fn(&'a Member) -> Option<&'a str>) -> Option<String> {
        let mut all: Vec<&str> = Vec::new();
        for text in self.members.iter().filter_map(get) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        (!all.is_empty()).then(|| all.join(" or "))
    }
}

/// The techniques of the spectra that a presumptive result rests on.
fn techniques(sample: &CaseSample) -> Vec<Technique> {
    let mut all: Vec<Technique> = Vec::new();
    for technique in sample.spectra.iter().filter_map(|s| s.technique) {
        if !all.contains(&technique) {
            all.push(technique);
        }
    }
    if all.is_empty() {
        all.push(Technique::Unknown);
    }
    all.sort_by_key(|t| t.id());
    all
}

fn confirmed(stated: &Identity, on: On, form: Form, register: &Register) -> Member {
    let (identity, unknown) = match register.look_up(&stated.name) {
        Ok(identity) => (identity, None),
        Err(unknown) => (stated.clone(), Some(unknown.to_string())),
    };
    let found = register.find(&identity);
    // Another stereoisomer than the register's has its law, not its name.
    let identity = match found {
        Some((_, MatchedBy::Skeleton)) => Identity {
            name: stated.name.clone(),
            cas: None,
            ..identity
        },
        _ => identity,
    };
    let found = register.find(&identity);
    Member {
        unknown,
        ..member(identity, found, on, &[form], register)
    }
}

fn member(
    identity: Identity,
    found: Option<(&Substance, MatchedBy)>,
    on: On,
    forms: &[Form],
    register: &Register,
) -> Member {
    let mut standings: Vec<Standing> = Vec::new();
    for form in forms {
        for standing in register.status(&identity, on, *form).standings() {
            let same =
                |s: &Standing| s.instrument == standing.instrument && s.entry == standing.entry;
            if !standings.iter().any(same) {
                standings.push(standing.clone());
            }
        }
    }
    standings.sort_by_key(|s| s.instrument);
    // Not the very substance but another of its skeleton: its role and class, not its name and numbers.
    let exact = found
        .filter(|(_, by)| *by != MatchedBy::Skeleton)
        .map(|(s, _)| s);
    let parent = register.substance_of(&identity);
    let is_salt = exact.is_none() && identity.inchikey.is_none() && parent.is_some();
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let (name, base) = match (exact, parent) {
        (None, Some(parent)) if is_salt => {
            let base = &parent.identity.name;
            (salt_of(&identity.name, base), base.clone())
        }
        (Some(substance), _) => (
            substance.identity.name.clone(),
            substance.identity.name.clone(),
        ),
        (None, _) => (identity.name.clone(), identity.name.clone()),
    };
    Member {
        name,
        base,
        cas: match exact {
            Some(substance) => substance
                .identity
                .cas
                .clone()
                .filter(|_| substance.cas_checked),
            None => identity.cas.clone(),
        },
        hs: exact.and_then(|s| s.hs.clone()),
        role: parent.and_then(|s| given(&s.role)),
        class: parent.and_then(|s| given(&s.class)),
        end_product: parent.and_then(|s| s.end_product.clone()),
        is_salt: is_salt || standings.iter().any(|s| s.basis == Basis::Salt),
        identity,
        standings,
        unknown: None,
    }
}

/// The name of a salt: `Ephedrine, hydrochloride`, however it was written.
fn salt_of(written: &str, parent: &str) -> String {
    match named_salt(written) {
        Some((salt, _)) => format!("{parent}, {}", salt.label),
        None => format!("{parent}, as {written}"),
    }
}
