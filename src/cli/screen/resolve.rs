//! From what the user said to resolved settings.

use super::super::{locate, targets as named};
use super::args::Policy;
use crate::library::Library;
use crate::mixture::MixtureOptions;
use crate::screen::Method;
use crate::screen::manifest::Fields;
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
            Some((name, _)) if !Path::new(text).exists() && !name.contains(['/', '\\', '.']) => {
                bail!(
                    "--library {text}: {name} is no technique; there are {}",
                    TECHNIQUES.join(", ")
                )
            }
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
    method: &Method,
) -> Result<Settings> {
    for field in &policy.require {
        if !Fields::names().any(|name| name == field) {
            bail!(
                "--require: a manifest has no field {field:?}; it has {}",
                Fields::names().collect::<Vec<_>>().join(", ")
            );
        }
    }
    let alert = substances(register, libraries, "--alert", &policy.alert)?;
    let (top, alert_rank) = (policy.top.unwrap_or(5), policy.alert_rank.unwrap_or(3));
    if !alert.is_empty() && top < alert_rank {
        bail!(
            "--alert-rank {alert_rank} looks at more candidates than --top {top} keeps; raise --top or lower --alert-rank"
        );
    }
    let on = policy.on.map(|day| ("on".to_owned(), day.to_string()));
    let usual = MixtureOptions::default().max_components;
    let technique = |t: &super::super::args::TechniqueArg| Technique::from(*t).id().to_owned();
    Ok(Settings {
        libraries: libraries.iter().map(used).collect(),
        options: Options {
            top,
            max_shift: policy.max_shift,
            match_precursor: !policy.any_precursor,
            precursor_tolerance: policy.precursor_tolerance,
        },
        techniques: policy.techniques.iter().map(technique).collect(),
        given: policy.overrides.listed().into_iter().chain(on).collect(),
        method: method.listed(),
        targets: policy.targets.clone(),
        max_components: policy.max_components.unwrap_or(usual),
        known: policy.known.clone(),
        hypotheses: policy.hypotheses.map(Into::into).unwrap_or_default(),
        look: Look {
            alert_names: policy.alert.clone(),
            alert: alert.iter().flat_map(keys).collect(),
            alert_rank,
            axis_limit: policy.axis_limit.unwrap_or(3.0),
            max_false_rate: policy.max_false_rate.unwrap_or(0.1),
            require: policy.require.clone(),
            sample_by: policy.sample_by.map(Into::into).unwrap_or_default(),
        },
    })
}

/// The substances that `flag` names: what the register knows, else what is written so in a library.
pub(super) fn substances(
    register: &Register,
    libraries: &[(Option<String>, Library)],
    flag: &str,
    names: &[String],
) -> Result<Vec<Identity>> {
    let libraries: Vec<&Library> = libraries.iter().map(|(_, library)| library).collect();
    named::tell_lists(register, &libraries, flag, names)?;
    named::resolve(register, &libraries, flag, names)
}

/// How spectra are taken apart; `None` where that was not asked.
pub(super) fn mixtures(
    register: &Register,
    libraries: &[(Option<String>, Library)],
    settings: &Settings,
) -> Result<Option<MixtureOptions>> {
    let libraries: Vec<&Library> = libraries.iter().map(|(_, library)| library).collect();
    named::tell_unknown(register, &libraries, "--known", &settings.known)?;
    let known = named::known(register, &libraries, &settings.known)?;
    let asked = settings.max_components > 1 || !known.is_empty();
    Ok(asked.then_some(MixtureOptions {
        max_components: settings.max_components,
        known,
        max_shift: settings.options.max_shift,
    }))
}

/// What entries of a substance are known by: the first block of the InChIKey, else a name.
fn keys(identity: &Identity) -> Vec<String> {
    let names = std::iter::once(&identity.name).chain(&identity.synonyms);
    let names = names.map(|name| name.to_lowercase());
    let skeleton = identity.skeleton().map(str::to_owned);
    skeleton.into_iter().chain(names).collect()
}

fn used((technique, library): &(Option<String>, Library)) -> LibraryUse {
    LibraryUse {
        technique: technique.clone(),
        name: library.info.name.clone(),
        generation: library.info.generation,
        hash: library.info.hash.clone(),
        location: library.location(),
    }
}
