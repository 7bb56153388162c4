//! The samples of one run, regrouped where a case manifest says of files which sample they are.

use super::draft::{Draft, Numbers, Statement, Triple, finding};
use super::join::Join;
use super::{CaseError, Input, Source};
use crate::screen::brief::Brief;
use crate::screen::sample::{Judged, judge};
use crate::screen::store::{Store, StoreError};
use crate::spectrum::Technique;
use std::collections::HashMap;
use std::path::Path;

/// What a run gives.
pub(super) struct Gathered {
    pub drafts: Vec<Draft>,
    pub input: Input,
    pub warnings: Vec<String>,
}

/// Spectra that are one sample.
#[derive(Default)]
struct Group {
    /// Rows of the run's samples and of their spectra.
    spectra: Vec<(i64, i64)>,
    triple: Option<Triple>,
    statements: Vec<Statement>,
    sources: Vec<Source>,
    numbers: Numbers,
}

/// Reads a run.
pub(super) fn run(folder: &Path, join: &mut Join<'_>) -> Result<Gathered, CaseError> {
    let failed = |source| CaseError::Run {
        path: folder.to_owned(),
        source,
    };
    let store = Store::open_existing(folder).map_err(failed)?;
    let about = store.about().map_err(failed)?;
    let about = about.ok_or_else(|| failed(StoreError::Empty(folder.to_owned())))?;
    let left = store.left().map_err(failed)?;
    if left.unjudged > 0 {
        return Err(CaseError::Unfinished {
            path: folder.to_owned(),
            spectra: left.unjudged,
        });
    }
    let libraries = about.libraries.iter().map(|library| {
        let (name, generation, hash) = (&library.name, library.generation, &library.hash);
        format!("{name}, generation {generation}, {hash}")
    });
    let libraries: Vec<String> = libraries.collect();
    let what = format!("screening run with {}", libraries.join(" and "));
    let waiting = left.waiting;
    let warning = (waiting > 0).then(|| {
        format!(
            "{waiting} files of {} were not looked at; the same `specid screen` command goes on",
            folder.display()
        )
    });
    Ok(Gathered {
        drafts: drafts(&store, folder, join).map_err(failed)?,
        input: Input {
            path: folder.to_owned(),
            what,
        },
        warnings: warning.into_iter().collect(),
    })
}

fn drafts(store: &Store, folder: &Path, join: &mut Join<'_>) -> Result<Vec<Draft>, StoreError> {
    let mut names = HashMap::new();
    store.each_brief(|row, _| -> Result<(), StoreError> {
        names.insert(row.spectrum, row.name);
        Ok(())
    })?;
    let mut samples: Vec<(i64, Judged)> = Vec::new();
    store.each_judged(|id, judged| -> Result<(), StoreError> {
        samples.push((id, judged));
        Ok(())
    })?;
    samples.sort_by_key(|(id, _)| *id);
    let mut groups: Vec<Group> = Vec::new();
    let mut stated: HashMap<Triple, usize> = HashMap::new();
    for (id, _) in &samples {
        // Of the run's own sample, for spectra of which no manifest says more.
        let mut own = None;
        for one in store.spectra_of(*id)? {
            let spectrum = one.brief.index + 1;
            let name = names.get(&one.spectrum).map_or("", String::as_str);
            let row = join.take_file(name, spectrum);
            let fields = store.fields(one.spectrum)?.unwrap_or_default();
            let said = row.as_ref().and_then(|row| Triple::of(&row.fields));
            let triple = said.or_else(|| Triple::of(&fields));
            let fresh = groups.len();
            let at = match &triple {
                Some(triple) => *stated.entry(triple.clone()).or_insert(fresh),
                None => *own.get_or_insert(fresh),
            };
            if at == fresh {
                groups.push(Group::default());
            }
            let Some(group) = groups.get_mut(at) else {
                continue;
            };
            group.triple = triple;
            group.spectra.push((*id, one.spectrum));
            let place = format!("{}, {} [{spectrum}]", folder.display(), one.brief.path);
            group.statements.push(Statement { place, fields });
            group.statements.extend(row);
            group.sources.push(source(&one.brief));
            group.numbers.extend(numbers(&one.brief));
        }
    }
    let samples: HashMap<i64, Judged> = samples.into_iter().collect();
    let drafts = groups.into_iter().map(|group| {
        let (key, judged, unknown_group) = judged(store, &samples, &group)?;
        let label = group
            .triple
            .as_ref()
            .and_then(|t| t.sample.clone().or(t.item.clone()));
        let mut draft = Draft {
            origin: folder.to_owned(),
            key,
            label: label.unwrap_or_else(|| judged.label.clone()),
            triple: group.triple,
            statements: Vec::new(),
            finding: finding(&judged, &group.numbers),
            spectra: group.sources,
            unknown_group,
            doubts: judged
                .partial
                .clone()
                .into_iter()
                .chain(judged.rest())
                .collect(),
            differences: Vec::new(),
        };
        group.statements.into_iter().for_each(|s| draft.state(s));
        Ok(draft)
    });
    drafts.collect()
}

/// Key, judgement and group of unknowns of these spectra: those of the run's sample where they are the whole of one, else
/// judged anew by the same rule.
fn judged(
    store: &Store,
    samples: &HashMap<i64, Judged>,
    group: &Group,
) -> Result<(String, Judged, Option<i64>), StoreError> {
    let mut ids: Vec<i64> = group.spectra.iter().map(|(id, _)| *id).collect();
    ids.dedup();
    let first = ids.first().copied().unwrap_or_default();
    let whole = samples
        .get(&first)
        .filter(|judged| ids.len() == 1 && judged.spectra == group.spectra.len());
    let unknown = ids.iter().map(|id| store.unknown_group(*id));
    let unknown = unknown.collect::<Result<Vec<_>, _>>()?;
    let unknown = unknown.into_iter().flatten().min();
    let key = store.key(first)?;
    if let Some(judged) = whole {
        return Ok((key, judged.clone(), unknown));
    }
    ids.sort_unstable();
    ids.dedup();
    let mut briefs = Vec::new();
    for id in ids {
        let belongs = |row: i64| group.spectra.iter().any(|(_, spectrum)| *spectrum == row);
        let spectra = store.spectra_of(id)?.into_iter();
        briefs.extend(
            spectra
                .filter(|one| belongs(one.spectrum))
                .map(|one| one.brief),
        );
    }
    let all: Vec<&Brief> = briefs.iter().collect();
    let mut anew = judge(&all);
    anew.label = samples
        .get(&first)
        .map_or_else(String::new, |judged| judged.label.clone());
    let identified = anew.verdict == crate::screen::sample::SampleVerdict::Identified;
    Ok((key, anew, unknown.filter(|_| !identified)))
}

/// The CAS numbers of a spectrum's candidates.
fn numbers(brief: &Brief) -> impl Iterator<Item = (String, String)> {
    let candidates = brief.candidates.iter();
    candidates.filter_map(|one| Some((one.member.form(), one.cas.clone()?)))
}

fn source(brief: &Brief) -> Source {
    Source {
        file: brief.path.clone(),
        spectrum: brief.index + 1,
        sha256: brief.sha256.clone(),
        technique: brief.technique.as_deref().and_then(Technique::of_id),
    }
}
