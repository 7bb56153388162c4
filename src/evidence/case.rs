//! A sample with all its results.

use super::agreement::{Common, common};
use super::finding::{Finding, Named, Outcome};
use super::next::{Asked, NextTest, next_tests};
use super::scheme::Scheme;
use super::separate::Separator;
use super::weigh::{Judged, Weighed, judge, weigh};
use crate::library::{Library, LibraryError};
use crate::report::ProgramView;
use serde::Serialize;

/// Name and version of the form.
pub const SCHEMA: &str = "specid.case/1";
/// What the program cannot know of a case.
pub const LIMITS: &str = "Whether methods were validated, data reviewed, two samplings taken and reference materials compared is for the laboratory to say; the scheme asks for it.";

/// The scheme that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemeUsed {
    /// Its name.
    pub name: String,
    /// Its edition.
    pub edition: String,
    /// What is to be known of it wherever it is cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A substance of the sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Supported {
    /// The substances that all results on it leave open: one, or some that are not told apart.
    pub substances: Vec<Named>,
    /// Others of the register with the same skeleton, which the results do not tell from it.
    pub forms: Vec<Named>,
    /// What each result on it counts for, best first.
    pub evidence: Vec<Weighed>,
    /// Results that speak against it.
    pub contradictions: Vec<String>,
    /// Whether the scheme's minimum is met.
    pub minimum: Judged,
    /// Which further test would help, best first.
    pub next: Vec<NextTest>,
}

/// Candidates that no result names, and which test would tell them apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leads {
    /// The candidates.
    pub substances: Vec<Named>,
    /// Further tests, the most helpful first.
    pub next: Vec<NextTest>,
}

/// A sample with all its results.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Case {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The sample, as it was named.
    pub sample: Option<String>,
    /// How the techniques agree, in words.
    pub agreement: String,
    /// What the sample holds, the substance with most results first.
    pub substances: Vec<Supported>,
    /// Where no result names a substance: what the next test should tell apart.
    pub leads: Option<Leads>,
    /// All results, in the order given.
    pub findings: Vec<Finding>,
    /// The scheme.
    pub scheme: SchemeUsed,
    /// What the program cannot know.
    pub limits: &'static str,
    /// What the case is not.
    pub notice: &'static str,
    /// The program.
    pub program: ProgramView,
}

/// What a case is put together with.
pub struct Means<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// Whose references say what techniques tell apart.
    pub library: &'a Library,
    /// Techniques at hand; empty for all of the scheme.
    pub at_hand: &'a [String],
    /// Other substances of the register with the same skeleton.
    pub forms: &'a dyn Fn(&Named) -> Vec<Named>,
    /// The formula of a substance, where the register knows it.
    pub formula: &'a dyn Fn(&Named) -> Option<String>,
}

impl Case {
    /// Puts the results on one sample together.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry of the library is damaged.
    pub fn of(
        sample: Option<String>,
        findings: Vec<Finding>,
        means: &Means<'_>,
    ) -> Result<Self, LibraryError> {
        let findings = without_amended(findings);
        let found = common(&findings);
        let substances = found
            .iter()
            .map(|common| Supported::of(common, &findings, means))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            schema: SCHEMA,
            sample,
            agreement: agreement(&substances, &findings),
            leads: match substances.is_empty() {
                true => Leads::of(&findings, means)?,
                false => None,
            },
            substances,
            findings,
            scheme: SchemeUsed {
                name: means.scheme.name.clone(),
                edition: means.scheme.edition.clone(),
                note: means.scheme.note.clone(),
            },
            limits: LIMITS,
            notice: crate::decide::NOTICE,
            program: ProgramView::default(),
        })
    }

    /// Whether the scheme's minimum is met for at least one substance.
    pub fn is_met(&self) -> bool {
        self.substances.iter().any(|s| s.minimum.met)
    }
}

impl Leads {
    /// `None` where no result has a candidate.
    fn of(findings: &[Finding], means: &Means<'_>) -> Result<Option<Self>, LibraryError> {
        let mut substances: Vec<Named> = Vec::new();
        for lead in findings.iter().flat_map(|f| &f.leads) {
            if substances.iter().all(|s| s.key() != lead.key()) {
                substances.push(lead.clone());
            }
        }
        if substances.is_empty() {
            return Ok(None);
        }
        let separator =
            Separator::new(means.library, &substances)?.with_formulas(&substances, means.formula);
        let common = Common {
            substances,
            by: Vec::new(),
        };
        let next = next_tests(&Asked {
            common: &common,
            findings,
            weighed: &[],
            scheme: means.scheme,
            separator: &separator,
            at_hand: means.at_hand,
        });
        Ok(Some(Self {
            substances: common.substances,
            next,
        }))
    }
}

impl Supported {
    fn of(common: &Common, findings: &[Finding], means: &Means<'_>) -> Result<Self, LibraryError> {
        let evidence = weigh(common, findings, means.scheme);
        let separator = Separator::new(means.library, &common.substances)?
            .with_formulas(&common.substances, means.formula);
        let contradictions = contradictions(common, findings, &separator);
        let mut minimum = judge(&evidence, means.scheme);
        let open = common.open();
        if minimum.met && open > 1 {
            minimum = refused(format!(
                "not met: {open} substances are left open, and the scheme asks for the specific one"
            ));
        }
        if minimum.met && !contradictions.is_empty() {
            minimum = refused("not met: a result speaks against it; resolve that first".to_owned());
        }
        let asked = Asked {
            common,
            findings,
            weighed: &evidence,
            scheme: means.scheme,
            separator: &separator,
            at_hand: means.at_hand,
        };
        let next = match minimum.met {
            true => Vec::new(),
            false => next_tests(&asked),
        };
        let mut forms: Vec<Named> = Vec::new();
        for form in common.substances.iter().flat_map(means.forms) {
            let is_it = |s: &Named| s.inchikey == form.inchikey;
            if !common.substances.iter().any(is_it) && !forms.iter().any(is_it) {
                forms.push(form);
            }
        }
        Ok(Self {
            substances: common.substances.clone(),
            forms,
            evidence,
            contradictions,
            minimum,
            next,
        })
    }

    /// Its names.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.substances.iter().map(|s| s.name.as_str()).collect();
        names.join(" or ")
    }
}

/// The results, of which those that another one of them takes the place of say nothing.
fn without_amended(mut findings: Vec<Finding>) -> Vec<Finding> {
    let amended: Vec<Option<String>> = findings.iter().map(|f| f.origin.amends.clone()).collect();
    for finding in &mut findings {
        let own = finding.origin.entry.as_ref();
        let by = amended
            .iter()
            .position(|hash| hash.is_some() && hash.as_ref() == own);
        if let Some(by) = by {
            let told = format!(
                "Result {} takes its place, so it counts for nothing.",
                by + 1
            );
            finding.discount(told);
        }
    }
    findings
}

fn refused(text: String) -> Judged {
    Judged {
        met: false,
        by: None,
        findings: Vec::new(),
        text,
    }
}

/// Results that would have named the substance, if it were there, and did not.
fn contradictions(common: &Common, findings: &[Finding], separator: &Separator<'_>) -> Vec<String> {
    let mut told = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        if common.by.iter().any(|(by, _)| *by == at) {
            continue;
        }
        let known = common
            .substances
            .iter()
            .any(|s| separator.has_reference(&finding.technique, s));
        let place = format!("Result {} ({})", at + 1, finding.technique);
        match finding.outcome {
            Outcome::Negative if finding.origin.stated.is_some() => {
                let names = |n: &Named| common.substances.iter().any(|s| s.key() == n.key());
                if finding.claims.iter().flat_map(|c| &c.substances).any(names) {
                    told.push(format!("{place} is stated as negative for it."));
                }
            }
            Outcome::Negative if known => told.push(format!(
                "{place} is unlike every reference, and the library has one of this substance by that technique."
            )),
            Outcome::Positive if known && finding.of_whole => {
                let named = finding.claims.iter().flat_map(|claim| &claim.substances);
                let names: Vec<&str> = named.map(|s| s.name.as_str()).collect();
                told.push(format!(
                    "{place} names {} as the whole of the sample, and the library has a reference of this substance by that technique.",
                    names.join(" or ")
                ));
            }
            _ => {}
        }
    }
    told
}

fn agreement(substances: &[Supported], findings: &[Finding]) -> String {
    let positive = findings.iter().filter(|f| f.outcome == Outcome::Positive);
    let positive = positive.count();
    let Some(first) = substances.first() else {
        return "no result names a substance".to_owned();
    };
    let mut techniques: Vec<&str> = first
        .evidence
        .iter()
        .map(|w| w.technique.as_str())
        .collect();
    techniques.sort_unstable();
    techniques.dedup();
    let against = substances.iter().any(|s| !s.contradictions.is_empty());
    let name = first.names();
    match (positive, techniques.len()) {
        _ if against => "the results contradict each other".to_owned(),
        (1, _) => format!("one result names {name}; nothing else confirms it"),
        (_, 1) => format!("only {} names {name}", techniques[0]),
        (_, several) => format!("{several} techniques name {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{Claim, Origin};
    use super::*;
    use crate::library::{Builder, Info, ReferenceKind};
    use crate::spectrum::{Axis, Shape, Spectrum, Technique};

    fn reference(name: &str) -> Spectrum {
        let axis = Axis::Explicit((0..8).map(|i| 50.0 + 9.0 * f64::from(i)).collect());
        let heights = (1..9).map(|i| 100.0 * f64::from(i)).collect();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, axis, heights);
        spectrum.identity.name = name.to_owned();
        spectrum
    }

    fn naming(technique: &str, name: &str, of_whole: bool) -> Finding {
        let named = Named {
            name: name.to_owned(),
            inchikey: None,
            status: String::new(),
        };
        Finding {
            technique: technique.to_owned(),
            origin: Origin::default(),
            outcome: Outcome::Positive,
            claims: vec![Claim::of(vec![named], &[], None)],
            of_whole,
            leads: Vec::new(),
            remarks: Vec::new(),
            told: Vec::new(),
        }
    }

    #[test]
    fn a_spectrum_of_another_substance_speaks_against_one_and_a_peak_of_a_run_does_not() {
        let mut builder = Builder::new(Info::default());
        for name in ["a", "b"] {
            builder.add(reference(name), ReferenceKind::FullSpectrum);
        }
        let (library, _) = builder.build(&|| {});
        let against = |of_whole: bool| {
            let findings = [
                naming("color-test", "a", false),
                naming("ei-ms", "b", of_whole),
            ];
            let found = common(&findings);
            let of_a = found.iter().find(|c| c.substances[0].name == "a").unwrap();
            let separator = Separator::new(&library, &of_a.substances).unwrap();
            contradictions(of_a, &findings, &separator).len()
        };
        assert_eq!((against(true), against(false)), (1, 0));
    }

    #[test]
    fn what_another_result_takes_the_place_of_says_nothing() {
        let (mut wrong, mut right) = (naming("ei-ms", "a", true), naming("ei-ms", "b", true));
        wrong.origin.entry = Some("aa".to_owned());
        right.origin.entry = Some("bb".to_owned());
        right.origin.amends = Some("aa".to_owned());
        let found = common(&without_amended(vec![wrong, right]));
        let names: Vec<&str> = found
            .iter()
            .map(|c| c.substances[0].name.as_str())
            .collect();
        assert_eq!(names, ["b"]);
    }
}
