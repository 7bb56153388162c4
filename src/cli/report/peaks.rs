//! The peaks of a screened run, each of which has a result of its own, as the one result for the run that `identify`
//! would give.

use super::results::Found;
use crate::decide::VerdictLevel;
use crate::record::Validity;
use crate::report::Parameters;
use crate::report::run::{Repeated, StandardView};
use crate::screen::hash_of;
use crate::screen::settings::Listed;
use crate::statement::input::{
    InternalStandard, OfPeak, Outcome, Peak, Ranked, Run, RunFacts, SearchedLibrary, Source,
    Warning,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The results, of which those for peaks of one run are put together, in the place of the first; `listed` is what they
/// depend on.
pub(super) fn gathered(all: Vec<Found>, listed: &[Listed]) -> Vec<Found> {
    let mut runs: Vec<Gathering> = Vec::new();
    let mut found: Vec<Slot> = Vec::new();
    for one in all {
        let Some(run) = run_of(&one.outcome) else {
            found.push(Slot::Other(one));
            continue;
        };
        match runs.iter().position(|known| known.run == run) {
            Some(at) => runs[at].peaks.push(one),
            None => {
                found.push(Slot::Run(runs.len()));
                runs.push(Gathering {
                    run,
                    peaks: vec![one],
                });
            }
        }
    }
    let mut runs: Vec<Option<Gathering>> = runs.into_iter().map(Some).collect();
    let results = found.into_iter().flat_map(|slot| match slot {
        Slot::Other(one) => vec![one],
        Slot::Run(at) => match runs[at].take() {
            Some(gathering) => gathering.result(listed),
            None => Vec::new(),
        },
    });
    results.collect()
}

enum Slot {
    Other(Found),
    Run(usize),
}

/// Results for peaks of one run.
struct Gathering {
    /// Path and hash of its file.
    run: (String, Option<String>),
    peaks: Vec<Found>,
}

/// The file of the run of which a result is of a peak.
fn run_of(outcome: &Outcome) -> Option<(String, Option<String>)> {
    match outcome {
        Outcome::Ranked(result) => result.peak.as_ref()?,
        Outcome::Failed(failure) => failure.peak.as_ref()?,
        Outcome::Run(_) | Outcome::Case(_) => return None,
    };
    let source = outcome.source();
    Some((source.path.clone(), source.sha256.clone()))
}

impl Gathering {
    /// The result for the run; the results for its peaks where none of them could be searched for.
    fn result(self, listed: &[Listed]) -> Vec<Found> {
        let first = self.peaks.iter().find_map(|found| match &found.outcome {
            Outcome::Ranked(result) => Some((**result).clone()),
            _ => None,
        });
        let Some(first) = first else {
            return self.peaks;
        };
        let mut digest = Sha256::new();
        let mut peaks = Vec::with_capacity(self.peaks.len());
        let mut warnings = Vec::new();
        let mut read_from = String::new();
        let mut validity = Validity::Unrecorded;
        let mut library = first.library.clone();
        for found in self.peaks {
            digest.update(found.id.as_bytes());
            match read_from.is_empty() {
                true => (read_from, validity) = (found.read_from, found.validity),
                false => validity = validity.of_both(found.validity),
            }
            match found.outcome {
                Outcome::Ranked(result) => {
                    for warning in &result.warnings {
                        if !warnings.contains(warning) {
                            warnings.push(warning.clone());
                        }
                    }
                    library = compared(library, &result);
                    peaks.extend(result.peak.map(|place| of_result(place, *result)));
                }
                Outcome::Failed(failure) => {
                    peaks.extend(failure.peak.map(|place| Peak {
                        error: Some(failure.error.clone()),
                        ..Peak::at(place)
                    }));
                }
                Outcome::Run(_) | Outcome::Case(_) => {}
            }
        }
        peaks.sort_by_key(|peak| peak.place.number);
        // Rows of an earlier program do not tell it.
        let mut of_run = of_one_name(&peaks);
        of_run.retain(|warning| !warnings.contains(warning));
        warnings.extend(of_run);
        let run = Run {
            source: Source {
                index: 0,
                id: None,
                ..first.source
            },
            run: facts(first.parameters.as_ref(), listed, &peaks),
            peaks,
            warnings,
            notice: first.notice,
            library,
            program: first.program,
            parameters: first.parameters,
            amends: first.amends,
            recorded: first.recorded,
        };
        vec![Found {
            outcome: Outcome::Run(Box::new(run)),
            id: super::results::short(&digest.finalize()),
            read_from,
            validity,
        }]
    }
}

/// The library with the most references that were compared with a peak.
fn compared(library: SearchedLibrary, result: &Ranked) -> SearchedLibrary {
    let compared = library.compared.max(result.library.compared);
    SearchedLibrary {
        compared,
        ..library
    }
}

fn of_result(place: OfPeak, result: Ranked) -> Peak {
    Peak {
        verdict: Some(result.verdict),
        candidates: result.candidates,
        components: result.components,
        residual: result.residual,
        component_notes: result.component_notes,
        emerging: result.emerging,
        quality: Some(result.quality),
        ..Peak::at(place)
    }
}

/// What is said of substances that several peaks are identified as, of which no single one knows.
fn of_one_name(peaks: &[Peak]) -> Vec<Warning> {
    let counted = peaks
        .iter()
        .filter(|peak| peak.place.in_blank != Some(true));
    let named = counted.filter_map(|peak| {
        let verdict = peak.verdict.as_ref();
        let identified = verdict.filter(|v| v.level == VerdictLevel::Identified)?;
        let best = identified.best()?;
        Some((best.name.as_str(), peak.place.retention_min))
    });
    let told = Repeated::of(named).warnings().into_iter();
    told.map(|one| Warning {
        message: one.message,
    })
    .collect()
}

/// How the peaks were found, as far as the settings tell; scans and times are the raw file's.
fn facts(parameters: Option<&Parameters>, listed: &[Listed], peaks: &[Peak]) -> RunFacts {
    let value = |name: &str| parameters.and_then(|p| p.0.get(name));
    let text = |name: &str| value(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name: &str| value(name).and_then(Value::as_f64).unwrap_or_default();
    let is_standard = |peak: &&Peak| StandardView::is_itself(peak.place.ratio_to_internal_standard);
    RunFacts {
        min_area_percent: number("min-area"),
        min_signal_to_noise: number("min-snr"),
        blank: text("blank"),
        blank_sha256: hash_of(listed, "blank").map(str::to_owned),
        ri_ladder: text("ri-ladder"),
        ri_ladder_sha256: hash_of(listed, "ri-ladder").map(str::to_owned),
        internal_standard: text("internal-standard").map(|asked| InternalStandard {
            asked,
            peak: peaks.iter().find(is_standard).map(|peak| peak.place.number),
        }),
        ..RunFacts::default()
    }
}
