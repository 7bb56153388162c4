//! From what the user said to resolved settings.

use super::super::{locate, targets as named};
use super::args::Policy;
use crate::library::Library;
use crate::screen::Given;
use crate::screen::brief::Member;
use crate::screen::settings::{LibraryUse, Look, Settings};
use crate::search::Options;
use crate::spectrum::{Identity, Technique};
use crate::substance::Register;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Techniques that a library can be named for.
const TECHNIQUES: [&str; 5] = ["raman", "infrared", "near-infrared", "ei-ms", "ms-ms"];

/// The libraries by technique; the one for all others last.
pub(super) fn libraries(policy: &Policy) -> Result<Vec<(Option<String>, Library)>> {
    let mut found: Vec<(Option<String>, Library)> = Vec::new();
    for text in &policy.library {
        let (technique, path) = match text.split_once('=') {
            Some((name, path)) if TECHNIQUES.contains(&name) => (Some(name.to_owned()), path),
            _ => (None, text.as_str()),
        };
        if found.iter().any(|(other, _)| *other == technique) {
            match technique {
                Some(name) => bail!("two libraries are named for {name}; name one"),
                None => bail!(
                    "two libraries are named for all techniques; say which technique one is for, as in --library raman={path}"
                ),
            }
        }
        let library = locate::open(Some(Path::new(path)))
            .with_context(|| format!("the library {path} cannot be used"))?;
        found.push((technique, library));
    }
    if found.is_empty() {
        found.push((None, locate::open(None)?));
    }
    found.sort_by_key(|(technique, _)| technique.is_none());
    Ok(found)
}

/// The settings with their defaults.
pub(super) fn settings(
    policy: &Policy,
    libraries: &[(Option<String>, Library)],
    register: &Register,
) -> Result<Settings> {
    for field in &policy.require {
        if !Settings::fields().contains(&field.as_str()) {
            bail!(
                "--require: a manifest has no field {field:?}; it has {}",
                Settings::fields().join(", ")
            );
        }
    }
    let alert = named::resolve(register, "--alert", &policy.alert)?;
    let technique = |t: &super::super::args::TechniqueArg| Technique::from(*t).id().to_owned();
    let mut given = Vec::new();
    let mut say = |name: &str, value: Option<String>| {
        given.extend(value.map(|value| (name.to_owned(), value)));
    };
    say("technique", policy.technique.as_ref().map(technique));
    say("laser", policy.laser.map(|x| x.to_string()));
    say("max-file-size", policy.max_file_size.map(|n| n.to_string()));
    say("max-points", policy.max_points.map(|n| n.to_string()));
    say("max-spectra", policy.max_spectra.map(|n| n.to_string()));
    Ok(Settings {
        libraries: libraries.iter().map(used).collect(),
        options: Options {
            top: policy.top.unwrap_or(5),
            max_shift: policy.max_shift,
            match_precursor: !policy.any_precursor,
            precursor_tolerance: policy.precursor_tolerance,
        },
        techniques: policy.techniques.iter().map(technique).collect(),
        given,
        targets: policy.targets.clone(),
        look: Look {
            alert_names: policy.alert.clone(),
            alert: alert.into_iter().map(|identity| key(&identity)).collect(),
            alert_rank: policy.alert_rank.unwrap_or(3),
            axis_limit: policy.axis_limit.unwrap_or(3.0),
            max_false_rate: policy.max_false_rate.unwrap_or(0.05),
            require: policy.require.clone(),
            sample_by: policy.sample_by.map(Into::into).unwrap_or_default(),
        },
    })
}

/// The substances of which each result says from what share they would have been noticed.
pub(super) fn targets(register: &Register, names: &[String]) -> Result<Vec<Identity>> {
    named::resolve(register, "--targets", names)
}

fn key(identity: &Identity) -> String {
    let member = Member {
        name: identity.name.clone(),
        inchikey: identity.inchikey.clone(),
        status: String::new(),
    };
    member.key()
}

fn used((technique, library): &(Option<String>, Library)) -> LibraryUse {
    LibraryUse {
        technique: technique.clone(),
        name: library.info.name.clone(),
        generation: library.info.generation,
        hash: library.info.hash.clone(),
        location: match &library.path {
            Some(path) => path.display().to_string(),
            None => "embedded".to_owned(),
        },
    }
}

/// What is said of the files.
pub(super) fn given(policy: &Policy) -> Given {
    Given {
        technique: policy.technique.map(Into::into),
        laser_nm: policy.laser,
        limits: policy.limits(),
    }
}
