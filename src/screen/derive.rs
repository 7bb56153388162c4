//! After a session: which spectra are of one sample, what is said of it, and which unknowns are alike.

use super::brief::Brief;
use super::bytes::SameBytes;
use super::fingerprint::Fingerprint;
use super::manifest::Fields;
use super::sample::{Judged, SampleVerdict, carrying, judge, strictest, strictness};
use super::second_look::{Reason, look};
use super::settings::{Look, SampleBy};
use super::store::{Grouped, Row, Store, StoreError};
use super::unknowns::Groups;
use crate::report::Alert;
use std::collections::BTreeMap;
use std::path::Path;

/// Failures that are told with the counts.
const EXAMPLES: usize = 3;
/// Separates the parts of a key; no text of a manifest or path holds it.
const PART: char = '\u{1f}';

/// How many samples there are of what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Spectra, and files without any.
    pub spectra: u64,
    /// Those of them that are of peaks of GC-MS runs.
    pub peaks: u64,
    /// Spectra of techniques that the user did not want looked at.
    pub left_out: u64,
    /// Spectra that could not be searched.
    pub failed: u64,
    /// The first of them, with the reason.
    pub failures: Vec<String>,
    /// Spectra on which the program itself failed.
    pub panicked: u64,
    /// Samples.
    pub samples: u64,
    /// Samples that need a second look.
    pub second_look: u64,
    /// Samples by verdict.
    pub verdict: BTreeMap<SampleVerdict, u64>,
    /// Identified samples by the strictest control status of what they may be.
    pub control: BTreeMap<(usize, String), u64>,
    /// The same of samples whose spectra disagree, by what any of them names.
    pub possible_control: BTreeMap<(usize, String), u64>,
    /// Samples of which a spectrum seems to hold several components.
    pub mixed: u64,
    /// The same by the strictest control status of these.
    pub mixed_control: BTreeMap<(usize, String), u64>,
    /// Samples by class.
    pub class: BTreeMap<String, u64>,
    /// Samples by case.
    pub case: BTreeMap<String, u64>,
    /// Samples by why they need a second look; a sample may have several reasons.
    pub reasons: BTreeMap<Reason, u64>,
}

/// Judges all samples of a run anew and counts them.
///
/// # Errors
/// [`StoreError`] where the store cannot be read or written.
pub fn derive(store: &Store, settings: &Look) -> Result<Tally, StoreError> {
    store.at_once(|store| {
        store.clear_derived()?;
        let mut tally = Tally::default();
        let mut groups = Groups::default();
        let mut bytes = SameBytes::default();
        store.each_brief(|row, brief| {
            tally.spectra += 1;
            tally.peaks += u64::from(brief.peak.is_some());
            tally.left_out += u64::from(brief.is_left_out());
            if let Some((kind, message)) = brief.failure() {
                tally.failed += 1;
                tally.panicked += u64::from(kind == "panic");
                if tally.failures.len() < EXAMPLES {
                    let place = format!("{} [{}]", brief.path, brief.index + 1);
                    tally.failures.push(format!("{place}: {message}"));
                }
            }
            let fields = store.fields(row.spectrum)?.unwrap_or_default();
            let key = key(&row, &brief, &fields, settings.sample_by);
            bytes.note(&brief, &fields, &key);
            // The groups are of what must not be overlooked, else each run's traces would fill them.
            let bytes = match brief.is_main() {
                true => store.fingerprint(row.spectrum)?,
                false => None,
            };
            let print = bytes.as_deref().and_then(Fingerprint::from_bytes);
            let group = print.and_then(|print| groups.place(&print));
            store.put(row.spectrum, &key, group.map(|group| group as i64))
        })?;
        bytes.keep_shared();
        store.each_sample(|sample, spectra| {
            let mut judged = told(store, &spectra, settings)?;
            if let Some(sentence) = bytes.sentence(&spectra, || store.key(sample))? {
                judged.look_at(Reason::SameBytes, sentence);
            }
            tally.count(&judged);
            store.judge(sample, &judged)
        })?;
        store.number_unknowns()?;
        Ok(tally)
    })
}

/// Adds to the samples of spectra what notices of other laboratories say of them: alerts by spectrum.
///
/// # Errors
/// [`StoreError`] where the store cannot be read or written.
pub fn add_notices(
    store: &Store,
    tally: &mut Tally,
    raised: BTreeMap<i64, Vec<Alert>>,
) -> Result<(), StoreError> {
    store.at_once(|store| {
        let mut by_sample: BTreeMap<i64, BTreeMap<i64, Vec<Alert>>> = BTreeMap::new();
        for (spectrum, alerts) in raised {
            if let Some(sample) = store.sample_of(spectrum)? {
                let all = by_sample.entry(sample).or_default();
                all.insert(spectrum, alerts);
            }
        }
        for (sample, alerts) in by_sample {
            let mut judged = store.judged(sample)?;
            tally.second_look += u64::from(judged.second_look.is_empty());
            *tally.reasons.entry(Reason::Notice).or_default() += 1;
            let sentences = alerts.values().flatten().map(Alert::sentence);
            judged.look_at(Reason::Notice, sentences.collect::<Vec<_>>().join(" "));
            judged.alerts = alerts;
            store.judge(sample, &judged)?;
        }
        Ok(())
    })
}

fn told(store: &Store, spectra: &[Grouped], settings: &Look) -> Result<Judged, StoreError> {
    let briefs: Vec<&Brief> = spectra.iter().map(|one| &one.brief).collect();
    let mut judged = judge(&briefs);
    for one in spectra {
        let fields = store.fields(one.spectrum)?.unwrap_or_default();
        judged.fields.add(&fields);
    }
    if let Some(first) = spectra.first() {
        judged.label = label(&first.brief, &judged.fields, settings.sample_by);
    }
    judged.techniques = briefs.iter().filter_map(|b| b.technique.clone()).collect();
    judged.techniques.sort();
    judged.techniques.dedup();
    let grade = |quality: &str| {
        ["good", "limited", "poor"]
            .iter()
            .position(|q| *q == quality)
    };
    let carrying = carrying(&briefs);
    let qualities = carrying.iter().filter_map(|b| b.quality.clone());
    judged.quality = qualities.max_by_key(|quality| grade(quality));
    look(&mut judged, &briefs, settings);
    Ok(judged)
}

/// What makes spectra be of one sample: the manifest's sample or item, else the setting.
fn key(row: &Row, brief: &Brief, fields: &Fields, by: SampleBy) -> String {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    if fields.sample.is_some() || fields.item.is_some() {
        let parts = [&fields.case, &fields.item, &fields.sample].map(text);
        return format!("manifest{PART}{}", parts.join(&PART.to_string()));
    }
    // Two files may be shown by one path, from two folders or machines: their rows tell them apart.
    let spectrum = || format!("{}{PART}{}", row.file, brief.index);
    match by {
        // Peaks of one run are parts of one sample.
        SampleBy::Spectrum | SampleBy::Title if brief.injection.is_some() => {
            format!("run{PART}{}", row.file)
        }
        SampleBy::Spectrum => spectrum(),
        SampleBy::File => format!("file{PART}{}", row.file),
        SampleBy::Folder => format!("folder{PART}{}", folder(&row.name)),
        SampleBy::Title => match &brief.title {
            Some(title) => format!("title{PART}{title}"),
            None => spectrum(),
        },
    }
}

fn label(brief: &Brief, fields: &Fields, by: SampleBy) -> String {
    let named = fields.sample.as_ref().or(fields.item.as_ref());
    let file = || {
        let name = Path::new(&brief.path).file_name();
        name.map_or_else(|| brief.path.clone(), |n| n.to_string_lossy().into_owned())
    };
    match (named, by) {
        (Some(named), _) => named.clone(),
        (None, SampleBy::Folder) => folder(&brief.path).to_owned(),
        (None, SampleBy::File) => file(),
        (None, _) if brief.injection.is_some() => file(),
        (None, SampleBy::Title) if brief.title.is_some() => brief.title.clone().unwrap_or_default(),
        (None, SampleBy::Spectrum | SampleBy::Title) => match (&brief.id, brief.index) {
            (Some(id), _) => id.clone(),
            (None, 0) => file(),
            (None, index) => format!("{} [{}]", file(), index + 1),
        },
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\'])
        .map_or("", |(folder, _)| folder)
}

impl Tally {
    fn count(&mut self, judged: &Judged) {
        self.samples += 1;
        self.second_look += u64::from(!judged.second_look.is_empty());
        *self.verdict.entry(judged.verdict).or_default() += 1;
        let by_status = match judged.verdict {
            SampleVerdict::Identified => Some(&mut self.control),
            SampleVerdict::Disagreeing => Some(&mut self.possible_control),
            _ => None,
        };
        if let (Some(counts), Some(status)) = (by_status, judged.control()) {
            let place = (strictness(status), status.to_owned());
            *counts.entry(place).or_default() += 1;
        }
        if judged.mixed > 0 {
            self.mixed += 1;
            let statuses = judged.hints.iter().map(|h| strictest(&h.member.status));
            if let Some(status) = statuses.min_by_key(|status| strictness(status)) {
                let place = (strictness(status), status.to_owned());
                *self.mixed_control.entry(place).or_default() += 1;
            }
        }
        if let Some(class) = &judged.class {
            *self.class.entry(class.clone()).or_default() += 1;
        }
        if let Some(case) = &judged.fields.case {
            *self.case.entry(case.clone()).or_default() += 1;
        }
        for (reason, _) in &judged.second_look {
            *self.reasons.entry(*reason).or_default() += 1;
        }
    }

    /// Samples of a verdict.
    pub fn of(&self, verdict: SampleVerdict) -> u64 {
        self.verdict.get(&verdict).copied().unwrap_or(0)
    }
}
