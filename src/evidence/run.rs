//! The peaks of a run: one result, whether they come from the result for the run or one by one from a screening.

use super::finding::{
    Candidate, Claim, Failed, Finding, Origin, Outcome, Quality, Searched, Source, Spectrum,
    Verdict, is_principal, outcome,
};
use super::scheme::Lessening;
use crate::decide::Level;
use crate::report::run::StandardView;
use crate::report::{Amends, Parameters, Recorded};
use serde::Deserialize;
use serde_json::Value;

/// A peak, as far as a case needs it.
#[derive(Deserialize)]
struct Peak {
    retention_min: f64,
    #[serde(default)]
    in_blank: Option<bool>,
    #[serde(default)]
    ratio_to_internal_standard: Option<f64>,
    #[serde(default)]
    verdict: Option<Verdict>,
    #[serde(default)]
    candidates: Vec<Candidate>,
    #[serde(default)]
    quality: Option<Quality>,
}

/// The result for a run.
#[derive(Deserialize)]
pub(super) struct Run {
    source: Source,
    #[serde(default)]
    amends: Option<Amends>,
    peaks: Vec<Peak>,
    library: Searched,
    #[serde(default)]
    parameters: Option<Parameters>,
    #[serde(default)]
    recorded: Option<Recorded>,
}

/// Where a result is of one peak of a run.
#[derive(Deserialize)]
pub(super) struct OfPeak {
    peak: PeakPlace,
    source: Source,
}

#[derive(Deserialize)]
struct PeakPlace {
    retention_min: f64,
    #[serde(default)]
    in_blank: Option<bool>,
    #[serde(default)]
    ratio_to_internal_standard: Option<f64>,
}

impl OfPeak {
    /// `None` where the result is of no peak.
    pub fn of(value: &Value) -> Option<Self> {
        value.get("peak").filter(|peak| peak.is_object())?;
        Self::deserialize(value).ok()
    }

    /// Whether two are of the same run.
    pub fn is_of_run(&self, other: &Self) -> bool {
        let (own, others) = (&self.source, &other.source);
        (&own.path, &own.sha256) == (&others.path, &others.sha256)
    }
}

impl Peak {
    /// Why what it is does not speak of the sample; `None` where it does.
    fn aside(&self) -> Option<&'static str> {
        if self.in_blank == Some(true) {
            return Some("the blank has it, too");
        }
        let standard = StandardView::is_itself(self.ratio_to_internal_standard);
        standard.then_some("it is the internal standard, which the laboratory added")
    }

    /// Its place and the names of its verdict.
    fn named(&self, verdict: &Verdict) -> String {
        let names: Vec<&str> = verdict.substances.iter().map(|s| s.name.as_str()).collect();
        format!(
            "Peak at {:.3} min: {}",
            self.retention_min,
            names.join(" or ")
        )
    }
}

/// Puts results for single peaks of one run into that for the run.
///
/// # Errors
/// Where one is incomplete.
pub(super) fn gathered(values: &[&Value]) -> serde_json::Result<Option<Run>> {
    let mut run: Option<Run> = None;
    for value in values {
        let OfPeak { peak, .. } = OfPeak::deserialize(*value)?;
        let is_error = value.get("error").is_some_and(|e| !e.is_null());
        if is_error {
            // It had too few ions to be searched for, and says nothing.
            Failed::deserialize(*value)?;
            continue;
        }
        let result = Spectrum::deserialize(*value)?;
        let found = run.get_or_insert_with(|| Run {
            // The whole file is meant, and not the scan at the apex of a peak.
            source: Source {
                index: 0,
                ..result.source
            },
            amends: result.amends,
            peaks: Vec::new(),
            library: result.library,
            parameters: result.parameters,
            recorded: result.recorded,
        });
        found.peaks.push(Peak {
            retention_min: peak.retention_min,
            in_blank: peak.in_blank,
            ratio_to_internal_standard: peak.ratio_to_internal_standard,
            verdict: Some(result.verdict),
            candidates: result.candidates,
            quality: Some(result.quality),
        });
    }
    Ok(run)
}

impl Finding {
    /// The result for a run.
    pub(super) fn of_run(run: Run) -> Self {
        let (mut aside, mut remarks, mut claims) = (Vec::new(), Vec::new(), Vec::new());
        for peak in run.peaks {
            let Some(verdict) = &peak.verdict else {
                continue;
            };
            if outcome(verdict.level) != Outcome::Positive {
                continue;
            }
            let named = peak.named(verdict);
            if let Some(why) = peak.aside() {
                aside.push(format!("{named}; {why}, so it counts for nothing."));
                continue;
            }
            let quality = peak.quality.as_ref();
            let limited = quality.is_some_and(|q| q.level != Level::Good);
            let mut lessened = Vec::from_iter(limited.then_some(Lessening::Quality));
            if is_principal(&peak.candidates) {
                lessened.push(Lessening::PrincipalIons);
            }
            remarks.push(format!("{named}."));
            let rate = verdict.false_positive_rate.clone();
            claims.push(Claim::of(verdict.substances.clone(), &lessened, rate));
        }
        let told = aside.clone();
        aside.append(&mut remarks);
        aside.push(
            "Its retention counts as a technique of its own only against a reference material; state that as a test of gas-chromatography.".to_owned(),
        );
        let finding = Self {
            technique: "ei-ms".to_owned(),
            origin: Origin::of(&run.source, Some(&run.library), run.recorded.as_ref())
                .amending(run.amends.as_ref()),
            outcome: match claims.is_empty() {
                true => Outcome::Nothing,
                false => Outcome::Positive,
            },
            claims,
            of_whole: false,
            leads: Vec::new(),
            remarks: aside,
            told,
        };
        finding.unless_left_out(run.parameters.as_ref())
    }
}
