//! From one spectrum to its result: the same function for one sample and for a batch.

use crate::decide::{Level, MassAxis, Negatives, VerdictLevel};
use crate::emerging::Emerging;
use crate::library::{Library, LibraryError};
use crate::mixture::{MixtureOptions, Mixtures};
use crate::prepare::Family;
use crate::report::{
    Beside, EmergingView, Identification, Law, MixtureView, Outcome, Shown, SourceView, Target,
    VerdictView, identification,
};
use crate::search::{Options, Ranking, Searcher};
use crate::spectrum::{Identity, Spectrum, Technique, Warning, WarningKind};
use crate::substance::{Form, On};
use jiff::civil::Date;
use std::collections::HashSet;

/// What a verdict on a mixture is about.
const SEVERAL: &str = "The spectrum may hold several components, which are named below; this verdict compares it as a whole with one substance at a time.";

/// Why what is said to be in the sample is of no use.
const NOT_TAKEN_APART: &str = "The best candidate is known by its principal ions only, so the spectrum was not taken apart: what is said to be in it (--known) was not used.";

/// What is not known of the components of a peak.
const NOT_OF_PEAKS: &str = "How often components are named falsely was measured on single spectra that were put together, not on the peaks of runs.";

/// How far a spectrum is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Ranked and judged.
    Judged,
    /// As a peak of a run: taken apart as well, where that is asked and finds several components. What they may be of
    /// where the library lacks it is asked of the largest peaks together ([`Identifier::explain`]).
    Peak,
    /// Taken apart and explained as well, where that is asked.
    Whole,
}

/// A library ready to identify many spectra.
pub struct Identifier<'a> {
    library: &'a Library,
    law: Law<'a>,
    searcher: Searcher<'a>,
    targets: &'a [Identity],
    mixtures: Option<Mixtures<'a>>,
    /// The same for peaks, where substances are known to be in the sample: they are not in each of its peaks.
    of_peaks: Option<Mixtures<'a>>,
    /// Whether substances are known to be in the sample.
    knows: bool,
    /// Makes hypotheses, and whether also of what is identified.
    emerging: Option<(Emerging<'a>, bool)>,
    without: HashSet<u32>,
    shown: Shown,
}

impl<'a> Identifier<'a> {
    /// Prepares a library for searching; `targets` are the substances of which a result says from
    /// what share they would have been noticed.
    pub fn new(
        library: &'a Library,
        law: Law<'a>,
        options: Options,
        targets: &'a [Identity],
    ) -> Self {
        let shown = Shown::in_brief(options.top);
        Self {
            library,
            law,
            searcher: Searcher::new(library, options),
            targets,
            mixtures: None,
            of_peaks: None,
            knows: false,
            emerging: None,
            without: HashSet::new(),
            shown,
        }
    }

    /// The same, telling what each spectrum is made of as well.
    #[must_use]
    pub fn with_components(mut self, options: MixtureOptions) -> Self {
        self.knows = !options.known.is_empty();
        self.of_peaks = (self.knows && options.max_components > 1).then(|| {
            let known = Vec::new();
            let alone = MixtureOptions {
                known,
                ..options.clone()
            };
            Mixtures::new(self.library, alone)
        });
        self.mixtures = Some(Mixtures::new(self.library, options));
        self
    }

    /// The same, telling look-alikes of all candidates of a spectrum that are shown; those of peaks of runs have them
    /// of the foremost.
    #[must_use]
    pub fn with_all_look_alikes(mut self) -> Self {
        self.shown = Shown::in_full(self.shown.top);
        self
    }

    /// The same, with hypotheses about what is not identified, or where `always` about every spectrum.
    #[must_use]
    pub fn with_hypotheses(mut self, always: bool) -> Self {
        self.emerging = Some((Emerging::new(self.library, self.law.register), always));
        self
    }

    /// The same, as if the library did not hold these substances (by index). Components are still looked for
    /// among all.
    #[must_use]
    pub fn without(mut self, substances: HashSet<u32>) -> Self {
        self.searcher = self.searcher.without(substances.clone());
        self.without = substances;
        self
    }

    /// What a reader must know where substances were left out.
    fn left_out(&self) -> Result<Option<Warning>, LibraryError> {
        let mut names: Vec<String> = Vec::new();
        let mut told: HashSet<u32> = HashSet::new();
        for entry in 0..self.library.len() {
            let substance = self.library.substance_of(entry);
            let left_out = substance.filter(|s| self.without.contains(s));
            if left_out.is_some_and(|substance| told.insert(substance)) {
                names.push(self.library.entry(entry)?.identity.name);
            }
            if told.len() == self.without.len() {
                break;
            }
        }
        let message = || {
            format!(
                "Searched as if the library did not hold {} (--without): this is a trial of the method, not a result on the sample.",
                names.join(", ")
            )
        };
        Ok((!names.is_empty()).then(|| Warning::new(WarningKind::Skipped, message())))
    }

    /// The library that is searched.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The result for a spectrum, with the ranking that it was made from (empty for a failure).
    pub fn identify(&self, spectrum: &Spectrum) -> (Outcome, Ranking) {
        self.identify_on(spectrum, None)
    }

    /// As [`Self::identify`], with control status as the law stood on `day` where one is given.
    pub fn identify_on(&self, spectrum: &Spectrum, day: Option<Date>) -> (Outcome, Ranking) {
        self.identify_with(spectrum, day, Depth::Whole)
    }

    /// As [`Self::identify_on`], only so far.
    pub fn identify_with(
        &self,
        spectrum: &Spectrum,
        day: Option<Date>,
        depth: Depth,
    ) -> (Outcome, Ranking) {
        let law = Law {
            on: day.map_or(self.law.on, On::Day),
            ..self.law
        };
        let failed =
            |kind: &str, message: String| Outcome::failed(SourceView::of(spectrum), kind, message);
        let ranking = match self.searcher.search(spectrum) {
            Ok(ranking) => ranking,
            Err(error) => return (failed(error.kind(), error.to_string()), Ranking::default()),
        };
        match self.result(spectrum, &ranking, law, depth) {
            Ok(result) => (Outcome::Ranked(Box::new(result)), ranking),
            Err(error) => (failed("library", error.to_string()), Ranking::default()),
        }
    }

    /// What a spectrum is made of, named as the verdict on it names it where both can be meant.
    fn components(
        &self,
        mixtures: &Mixtures<'_>,
        spectrum: &Spectrum,
        ranking: &Ranking,
        verdict: &VerdictView,
        law: Law<'_>,
    ) -> Result<Option<MixtureView>, LibraryError> {
        let Some(mut mixture) = mixtures.components(spectrum)? else {
            return Ok(None);
        };
        // The set stands in the order of control.
        let ranks = verdict.substances.iter().filter_map(|named| named.rank);
        let mut ranks: Vec<usize> = ranks.collect();
        ranks.sort_unstable();
        let hits = ranks.iter().filter_map(|rank| ranking.hits.get(rank - 1));
        let set: Vec<usize> = hits.map(|hit| hit.entry).collect();
        let agrees = mixture.follow(self.library, &set)?;
        let view = MixtureView::of(
            &mixture,
            self.library,
            law,
            Form::Measured(spectrum.technique),
        )?;
        let beside = match verdict.level {
            VerdictLevel::Identified if agrees => Beside::Agreeing,
            VerdictLevel::Identified => Beside::Other,
            _ if mixture.components.is_empty() => Beside::Agreeing,
            _ => Beside::Alone,
        };
        Ok(Some(view.beside(beside)))
    }

    /// Whether hypotheses about the spectrum of this result are asked for.
    pub fn is_to_explain(&self, result: &Identification) -> bool {
        let emerging = self.emerging.as_ref();
        emerging.is_some_and(|(_, always)| *always || is_unknown(result))
    }

    /// Whether hypotheses are asked for at all.
    pub fn explains(&self) -> bool {
        self.emerging.is_some()
    }

    /// Adds hypotheses about what a spectrum is of, where they are asked for at all.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn explain(
        &self,
        spectrum: &Spectrum,
        result: &mut Identification,
    ) -> Result<(), LibraryError> {
        let Some((emerging, _)) = &self.emerging else {
            return Ok(());
        };
        let skip = |substance: u32| self.without.contains(&substance);
        let found = emerging.explain(spectrum, &skip)?;
        let views = found.map(|found| EmergingView::of(&found, self.library, self.law.register));
        result.emerging = views.transpose()?;
        Ok(())
    }

    /// Where nothing is identified and another axis of masses would explain it, nothing is said.
    fn doubt_axis(
        &self,
        spectrum: &Spectrum,
        ranking: &Ranking,
        result: &mut Identification,
    ) -> Result<(), LibraryError> {
        let verdict = &mut result.verdict;
        if verdict.level == VerdictLevel::Identified || result.quality.level == Level::Poor {
            return Ok(());
        }
        let doubt = MassAxis::doubt(spectrum, ranking, &self.searcher, self.library)?;
        if let Some(axis) = doubt {
            axis.tell(&mut result.quality);
            verdict.level = VerdictLevel::Inconclusive;
            verdict.class = None;
            verdict.reasons = vec![MassAxis::REASON.to_owned()];
        }
        Ok(())
    }

    fn result(
        &self,
        spectrum: &Spectrum,
        ranking: &Ranking,
        law: Law<'_>,
        depth: Depth,
    ) -> Result<Identification, LibraryError> {
        let shown = match depth {
            Depth::Whole => self.shown,
            Depth::Judged | Depth::Peak => Shown::in_brief(self.shown.top),
        };
        let mut result = identification(spectrum, ranking, self.library, law, shown)?;
        self.doubt_axis(spectrum, ranking, &mut result)?;
        result.warnings.extend(self.left_out()?);
        // What is known by its principal ions only cannot be fitted: it would be missing among the components.
        let best = ranking.hits.first().map(|hit| hit.family);
        let mixtures = match (depth, self.knows) {
            (Depth::Judged, _) => None,
            (Depth::Peak, true) => self.of_peaks.as_ref(),
            (Depth::Peak, false) | (Depth::Whole, _) => self.mixtures.as_ref(),
        };
        // A search by precursor leaves out what was isolated beside it.
        let nothing = best.is_none() && spectrum.technique != Technique::MsMs;
        let poor = nothing || result.quality.level == Level::Poor;
        let mixtures = mixtures.filter(|_| !poor);
        let principal = best == Some(Family::EiMsPrincipal);
        if principal && depth == Depth::Whole && self.knows && mixtures.is_some() {
            let warning = Warning::new(WarningKind::Skipped, NOT_TAKEN_APART);
            result.warnings.push(warning);
        }
        let mixtures = mixtures.filter(|_| !principal);
        if let Some(mixtures) = mixtures {
            let view = self.components(mixtures, spectrum, ranking, &result.verdict, law)?;
            if view.as_ref().is_some_and(MixtureView::is_mixed) {
                let reasons = &mut result.verdict.reasons;
                reasons.push(SEVERAL.to_owned());
            }
            result.mixture = match depth {
                Depth::Peak => view.filter(MixtureView::is_mixed).map(of_peak),
                Depth::Judged | Depth::Whole => view,
            };
        }
        if depth == Depth::Whole && self.is_to_explain(&result) {
            self.explain(spectrum, &mut result)?;
        }
        let mixtures = mixtures.filter(|_| depth == Depth::Whole);
        let negatives = Negatives {
            searcher: &self.searcher,
            library: self.library,
            register: self.law.register,
        };
        for target in self.targets {
            let view = match negatives.admixture(spectrum, ranking, target)? {
                Err(instead) => Target::of(target, &instead),
                Ok(admixture) => {
                    let noticed = negatives.smallest_noticed(ranking, target, &admixture)?;
                    let hidden = match mixtures {
                        Some(mixtures) => mixtures.smallest_named(&admixture, target)?,
                        None => None,
                    };
                    Target::of(target, &noticed).with(&admixture, hidden)
                }
            };
            result.targets.push(view);
        }
        Ok(result)
    }
}

/// The components of a peak, with what is not known of them.
fn of_peak(mut view: MixtureView) -> MixtureView {
    view.component_notes.push(NOT_OF_PEAKS.to_owned());
    view
}

/// Whether a result names no substance though its spectrum is good enough to say more. Where several components
/// explain all of it there is nothing more to say.
fn is_unknown(result: &Identification) -> bool {
    let explained = |m: &MixtureView| m.is_mixed() && !m.residual.structured;
    result.verdict.level != VerdictLevel::Identified
        && result.quality.level != Level::Poor
        && !result.mixture.as_ref().is_some_and(explained)
}
