//! `summary.html`: the data of the page, written sample by sample in the order of priority.

use super::drift::Shifts;
use super::skeleton::{InScript, SCREENING};
use super::{OutputError, Summary};
use crate::decide::NOTICE;
use crate::screen::brief::{Brief, ComponentBrief, MixtureBrief, PeakBrief, Placed};
use crate::screen::manifest::Fields;
use crate::screen::sample::{Component, Hint, Judged, SampleVerdict};
use crate::screen::second_look::Reason;
use crate::screen::store::{Grouped, Store};
use crate::screen::unknowns::ALIKE;
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::Write;

/// Samples on the page, the gravest first; the tables have all.
const MOST_SAMPLES: usize = 50_000;
/// Samples that are drawn.
const MOST_DRAWN: usize = 20_000;
/// Peaks of a sample on the page.
const MOST_PEAKS: usize = 40;
/// Files that could not be used, on the page.
const MOST_FAILURES: usize = 2_000;

#[derive(Serialize)]
struct SampleView<'a> {
    label: &'a str,
    case: Option<&'a str>,
    fields: Vec<(&'static str, &'a str)>,
    verdict: &'static str,
    names: Vec<&'a str>,
    /// Of a sample with GC-MS runs each of its substances, in words.
    components: Vec<String>,
    /// Spectra that are not on the page.
    more: usize,
    /// What its spectra seem to be mixed of, in words: hints.
    hints: Vec<String>,
    status: Vec<&'a str>,
    control: Option<&'a str>,
    class: Option<&'a str>,
    score: Option<f64>,
    rate: Option<[f64; 3]>,
    quality: Option<&'a str>,
    technique: &'a [String],
    flags: Vec<(&'static str, &'a str)>,
    priority: i64,
    reasons: &'a [String],
    cluster: Option<i64>,
    spectra: Vec<SpectrumView<'a>>,
}

#[derive(Serialize)]
struct SpectrumView<'a> {
    path: &'a str,
    index: usize,
    id: Option<&'a str>,
    /// Retention time in min and per cent of the area, of a peak.
    peak: Option<(f64, f64)>,
    /// What a peak has beside these: names and values.
    measured: Vec<(&'static str, String)>,
    /// Whether the blank has the peak, too.
    of_blank: bool,
    /// Whether it is the internal standard.
    is_standard: bool,
    names: Vec<&'a str>,
    sha256: Option<&'a str>,
    technique: Option<&'a str>,
    verdict: Option<&'static str>,
    error: Option<&'a str>,
    quality: Option<&'a str>,
    reasons: &'a [String],
    /// The class that its substance may belong to.
    class_hypothesis: Option<&'a str>,
    /// Its components in words, and what they leave; empty where it was not taken apart.
    components: Vec<String>,
    warnings: Vec<&'a str>,
    targets: &'a [(String, String)],
    drawing: Option<Box<RawValue>>,
    candidates: Vec<CandidateView<'a>>,
}

#[derive(Serialize)]
struct CandidateView<'a> {
    name: &'a str,
    score: f64,
    status: String,
    shift: f64,
    unit: &'a str,
    reference: Option<usize>,
}

/// Writes the page.
pub fn write(store: &Store, summary: &Summary, out: &mut dyn Write) -> Result<(), OutputError> {
    let (before, after) = SCREENING.parts();
    out.write_all(before.as_bytes())?;
    let mut data = InScript(&mut *out);
    head(summary, &mut data)?;
    let places = references(store, &mut data)?;
    let rest = samples(store, &places, &mut data)?;
    write!(data, ",\n\"drift\":")?;
    serde_json::to_writer(&mut data, &rest.shifts.finish())?;
    write!(data, ",\n\"clusters\":")?;
    let [ei, curves, peaks] = ALIKE;
    let clusters: Vec<_> = rest
        .clusters
        .iter()
        .map(|(id, (technique, samples))| {
            let similarity = match technique.as_str() {
                "ei-ms" => ei,
                "ms-ms" => peaks,
                _ => curves,
            };
            json!({"id": id, "technique": technique, "samples": samples, "similarity": similarity})
        })
        .collect();
    serde_json::to_writer(&mut data, &clusters)?;
    write!(data, ",\n\"left_out\":{},\n\"failures\":", rest.left_out)?;
    serde_json::to_writer(&mut data, &rest.failures)?;
    data.write_all(b"}")?;
    out.write_all(after.as_bytes())?;
    Ok(out.flush()?)
}

/// Everything before the references, as an object that stays open.
fn head(summary: &Summary, out: &mut dyn Write) -> Result<(), OutputError> {
    let tally = &summary.tally;
    let usual = |v: &SampleVerdict| *v != SampleVerdict::LeftOut || tally.of(*v) > 0;
    let verdicts: Vec<_> = SampleVerdict::ALL
        .into_iter()
        .filter(usual)
        .map(|v| (v.id(), tally.of(v)))
        .collect();
    // The page counts all samples that have a status, also those whose spectra disagree.
    let mut control = tally.control.clone();
    for (status, n) in &tally.possible_control {
        *control.entry(status.clone()).or_default() += n;
    }
    let control: Vec<_> = control.iter().map(|((_, s), n)| (s, n)).collect();
    let reasons: Vec<_> = tally.reasons.iter().map(|(r, n)| (r.id(), n)).collect();
    let words: serde_json::Map<String, serde_json::Value> = Reason::ALL
        .iter()
        .map(|r| (r.id().to_owned(), r.words().into()))
        .collect();
    let libraries: Vec<_> = summary
        .libraries
        .iter()
        .map(|library| {
            let technique = library.technique.as_deref().unwrap_or("all");
            json!({"technique": technique, "name": library.name, "generation": library.generation,
                "hash": library.hash, "location": library.location})
        })
        .collect();
    let head = json!({
        "schema": "specid.screen/1",
        "title": summary.title,
        "made": summary.made,
        "notice": format!("{NOTICE} Control status marked * is to our knowledge, not yet checked against the official list."),
        "complete": summary.waiting == 0,
        "files": {"done": summary.done, "waiting": summary.waiting},
        "spectra": {"looked_at": tally.spectra, "failed": tally.failed},
        "program": {"name": "specid", "version": crate::program::VERSION},
        "libraries": libraries,
        "settings": summary.settings,
        "counts": {
            "verdict": verdicts,
            "control": control,
            "class": falling(&tally.class),
            "case": falling(&tally.case),
            "second_look": reasons,
        },
        "second_look_words": words,
    });
    let text = serde_json::to_string(&head)?;
    Ok(out.write_all(text.strip_suffix('}').unwrap_or(&text).as_bytes())?)
}

/// The most frequent first.
fn falling(counts: &BTreeMap<String, u64>) -> Vec<(&String, &u64)> {
    let mut list: Vec<_> = counts.iter().collect();
    list.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    list
}

/// Writes the references and tells the place of each.
fn references(store: &Store, out: &mut dyn Write) -> Result<BTreeMap<String, usize>, OutputError> {
    let mut places = BTreeMap::new();
    write!(out, ",\n\"references\":[")?;
    store.each_reference(|key, name, drawing| -> Result<(), OutputError> {
        let separator = if places.is_empty() { "\n" } else { ",\n" };
        places.insert(key.to_owned(), places.len());
        let entry = key.rsplit('/').next().unwrap_or(key);
        write!(out, "{separator}{{\"name\":")?;
        serde_json::to_writer(&mut *out, name)?;
        write!(out, ",\"entry\":")?;
        serde_json::to_writer(&mut *out, entry)?;
        write!(out, ",\"drawing\":{drawing}}}")?;
        Ok(())
    })?;
    write!(out, "]")?;
    Ok(places)
}

/// What is collected while the samples are written.
#[derive(Default)]
struct Rest {
    shifts: Shifts,
    clusters: BTreeMap<i64, (String, Vec<usize>)>,
    failures: Vec<(String, String, String)>,
    left_out: usize,
}

fn samples(
    store: &Store,
    places: &BTreeMap<String, usize>,
    out: &mut dyn Write,
) -> Result<Rest, OutputError> {
    let mut rest = Rest::default();
    let mut written = 0;
    write!(out, ",\n\"samples\":[")?;
    store.each_judged(|sample, judged| -> Result<(), OutputError> {
        let spectra = store.spectra_of(sample)?;
        for Grouped { brief, spectrum } in &spectra {
            let fields = store.fields(*spectrum)?.unwrap_or_default();
            // Shifts of samples beyond the end of the page lead to its last one.
            let place = written.min(MOST_SAMPLES - 1);
            rest.shifts.take(brief, &fields, place);
            if let Some((kind, message)) = brief.failure()
                && rest.failures.len() < MOST_FAILURES
            {
                let path = format!("{} [{}]", brief.path, brief.index + 1);
                rest.failures
                    .push((path, kind.to_owned(), message.to_owned()));
            }
        }
        if written >= MOST_SAMPLES {
            rest.left_out += 1;
            return Ok(());
        }
        let cluster = store.unknown_group(sample)?;
        if let Some(cluster) = cluster {
            let technique = judged.techniques.join("/");
            let group = rest.clusters.entry(cluster);
            group.or_insert((technique, Vec::new())).1.push(written);
        }
        let shown = shown(&spectra);
        let more = spectra.len() - shown.len();
        let mut views = Vec::with_capacity(shown.len());
        for one in shown {
            let drawing = match written < MOST_DRAWN {
                true => store.drawing(one.spectrum)?,
                false => None,
            };
            let drawing = drawing.map(RawValue::from_string).transpose()?;
            views.push(spectrum(&one.brief, drawing, places));
        }
        out.write_all(if written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &view(&judged, cluster, views, more))?;
        written += 1;
        Ok(())
    })?;
    write!(out, "]")?;
    rest.failures.sort();
    Ok(rest)
}

/// The spectra of a sample that are on the page, in their order: all of its own, and of peaks those that name
/// something, then the largest.
fn shown(spectra: &[Grouped]) -> Vec<&Grouped> {
    let area = |one: &Grouped| one.brief.peak.as_ref().map_or(0.0, |p| p.area_percent);
    let mut peaks: Vec<usize> = (0..spectra.len())
        .filter(|at| spectra[*at].brief.peak.is_some())
        .collect();
    peaks.sort_by(|a, b| {
        let (a, b) = (&spectra[*a], &spectra[*b]);
        let unnamed = |one: &Grouped| one.brief.set.is_empty() || !one.brief.is_of_sample();
        unnamed(a)
            .cmp(&unnamed(b))
            .then(area(b).total_cmp(&area(a)))
    });
    let left = peaks.split_off(peaks.len().min(MOST_PEAKS));
    let all = spectra.iter().enumerate();
    all.filter(|(at, _)| !left.contains(at))
        .map(|(_, one)| one)
        .collect()
}

fn view<'a>(
    judged: &'a Judged,
    cluster: Option<i64>,
    spectra: Vec<SpectrumView<'a>>,
    more: usize,
) -> SampleView<'a> {
    SampleView {
        label: &judged.label,
        case: judged.fields.case.as_deref(),
        fields: Fields::names()
            .filter_map(|name| Some((name, judged.fields.get(name)?)))
            .collect(),
        verdict: judged.verdict.id(),
        names: judged.named.iter().map(|m| m.name.as_str()).collect(),
        components: judged.components.iter().map(Component::sentence).collect(),
        more,
        hints: judged.hints.iter().map(Hint::sentence).collect(),
        status: judged.all_named().map(|m| m.status.as_str()).collect(),
        control: judged.control(),
        class: judged.class.as_deref(),
        score: judged.score,
        rate: judged.rate,
        quality: judged.quality.as_deref(),
        technique: &judged.techniques,
        flags: judged
            .second_look
            .iter()
            .map(|(reason, sentence)| (reason.id(), sentence.as_str()))
            .collect(),
        priority: judged.priority(),
        reasons: &judged.reasons,
        cluster,
        spectra,
    }
}

/// The components of a spectrum in words, and what they leave.
fn parts(mixture: &MixtureBrief) -> Vec<String> {
    let mut parts: Vec<String> = match mixture.components.is_empty() {
        true => vec!["None is certain enough to be named.".to_owned()],
        false => mixture
            .components
            .iter()
            .map(ComponentBrief::sentence)
            .collect(),
    };
    parts.push(mixture.residual.clone());
    parts
}

fn spectrum<'a>(
    brief: &'a Brief,
    drawing: Option<Box<RawValue>>,
    places: &BTreeMap<String, usize>,
) -> SpectrumView<'a> {
    let candidate = |placed: &'a Placed| CandidateView {
        name: &placed.member.name,
        score: placed.score,
        status: match placed.checked {
            true => placed.member.status.clone(),
            false => format!("{} *", placed.member.status),
        },
        shift: placed.shift,
        unit: &placed.unit,
        reference: placed
            .reference
            .as_ref()
            .and_then(|key| places.get(key).copied()),
    };
    SpectrumView {
        path: &brief.path,
        index: brief.index,
        id: brief.id.as_deref(),
        peak: brief
            .peak
            .as_ref()
            .map(|p| (p.retention_min, p.area_percent)),
        measured: brief
            .peak
            .as_ref()
            .map(PeakBrief::measured)
            .unwrap_or_default(),
        of_blank: brief.is_of_blank(),
        is_standard: brief.is_standard(),
        names: brief.set.iter().map(|m| m.name.as_str()).collect(),
        sha256: brief.sha256.as_deref(),
        technique: brief.technique.as_deref(),
        verdict: brief.level.map(|level| level.id()),
        error: brief.error.as_ref().map(|(_, message)| message.as_str()),
        quality: brief.quality.as_deref(),
        reasons: &brief.reasons,
        class_hypothesis: brief.class_hypothesis.as_deref(),
        components: brief.mixture.as_ref().map(parts).unwrap_or_default(),
        warnings: brief
            .warnings
            .iter()
            .map(|(_, message)| message.as_str())
            .collect(),
        targets: &brief.targets,
        drawing,
        candidates: brief.candidates.iter().map(candidate).collect(),
    }
}
