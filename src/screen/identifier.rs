//! From one spectrum to its result: the same function for one sample and for a batch.

use crate::decide::{Level, Negatives, VerdictLevel};
use crate::emerging::Emerging;
use crate::library::{Library, LibraryError};
use crate::mixture::{MixtureOptions, Mixtures, smallest_named};
use crate::prepare::Family;
use crate::report::{
    Beside, EmergingView, Identification, Law, MixtureView, Outcome, SourceView, Target,
    VerdictView, identification,
};
use crate::search::{Options, Ranking, Searcher};
use crate::spectrum::{Identity, Spectrum, Warning, WarningKind};
use crate::substance::{Form, On};
use jiff::civil::Date;
use std::collections::HashSet;

/// What a verdict on a mixture is about.
const SEVERAL: &str = "The spectrum may hold several components, which are named below; this verdict compares it as a whole with one substance at a time.";

/// Why what is said to be in the sample is of no use.
const NOT_TAKEN_APART: &str = "The best candidate is known by its principal ions only, so the spectrum was not taken apart: what is said to be in it (--known) was not used.";

/// How far a spectrum is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Ranked and judged.
    Alone,
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
    /// Makes hypotheses, and whether also of what is identified.
    emerging: Option<(Emerging<'a>, bool)>,
    without: HashSet<u32>,
    top: usize,
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
        let top = options.top;
        Self {
            library,
            law,
            searcher: Searcher::new(library, options),
            targets,
            mixtures: None,
            emerging: None,
            without: HashSet::new(),
            top,
        }
    }

    /// The same, telling what each spectrum is made of as well.
    #[must_use]
    pub fn with_components(mut self, options: MixtureOptions) -> Self {
        self.mixtures = Some(Mixtures::new(self.library, options));
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

    /// The library that is searched.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The result for a spectrum, with the ranking that it was made from (empty for a failure).
    pub fn identify(&self, spectrum: &Spectrum) -> (Outcome, Ranking) {
        self.identify_on(spectrum, None)
    }

    /// As [`Self::identify`], for a spectrum that is of one substance, such as that of a chromatographic peak:
    /// it is neither taken apart nor explained. Control status is as the law stood on `day` where one is given.
    pub fn identify_one(&self, spectrum: &Spectrum, day: Option<Date>) -> (Outcome, Ranking) {
        self.identify_with(spectrum, day, Depth::Alone)
    }

    /// As [`Self::identify`], with control status as the law stood on `day` where one is given.
    pub fn identify_on(&self, spectrum: &Spectrum, day: Option<Date>) -> (Outcome, Ranking) {
        self.identify_with(spectrum, day, Depth::Whole)
    }

    fn identify_with(
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

    /// What a spectrum is made of, beside the verdict on it. Where that names none of the components, its
    /// substances could stand for the component that is most of the spectrum.
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
        let hits = verdict.substances.iter().filter_map(|named| named.rank);
        let hits = hits.filter_map(|rank| ranking.hits.get(rank - 1));
        let set: Vec<usize> = hits.map(|hit| hit.entry).collect();
        let agrees = mixture.names_one_of(self.library, &set)? || mixture.could_be(&set);
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

    fn result(
        &self,
        spectrum: &Spectrum,
        ranking: &Ranking,
        law: Law<'_>,
        depth: Depth,
    ) -> Result<Identification, LibraryError> {
        let mut result = identification(spectrum, ranking, self.library, law, self.top)?;
        // What is known by its principal ions only cannot be fitted: it would be missing among the components.
        let best = ranking.hits.first().map(|hit| hit.family);
        let whole = depth == Depth::Whole;
        let poor = best.is_none() || result.quality.level == Level::Poor;
        let mixtures = self.mixtures.as_ref().filter(|_| whole && !poor);
        if best == Some(Family::EiMsPrincipal) && mixtures.is_some_and(Mixtures::knows_some) {
            let warning = Warning::new(WarningKind::Skipped, NOT_TAKEN_APART);
            result.warnings.push(warning);
        }
        let mixtures = mixtures.filter(|_| best != Some(Family::EiMsPrincipal));
        if let Some(mixtures) = mixtures {
            let view = self.components(mixtures, spectrum, ranking, &result.verdict, law)?;
            if view.as_ref().is_some_and(MixtureView::is_mixed) {
                let reasons = &mut result.verdict.reasons;
                reasons.push(SEVERAL.to_owned());
            }
            result.mixture = view;
        }
        if let Some((emerging, always)) = &self.emerging
            && whole
            && (*always || is_unknown(&result))
        {
            let skip = |substance: u32| self.without.contains(&substance);
            let found = emerging.explain(spectrum, &skip)?;
            let views = found.map(|found| EmergingView::of(&found, self.library, law.register));
            result.emerging = views.transpose()?;
        }
        let negatives = Negatives {
            searcher: &self.searcher,
            library: self.library,
            register: self.law.register,
        };
        for target in self.targets {
            let noticed = negatives.smallest_noticed(spectrum, ranking, target)?;
            let mut view = Target::of(target, &noticed);
            if let Some(mixtures) = mixtures {
                let from = smallest_named(&negatives, spectrum, target, mixtures)?;
                view = view.as_component(from);
            }
            result.targets.push(view);
        }
        Ok(result)
    }
}

/// Whether a result names no substance though its spectrum is good enough to say more. Where several components
/// explain all of it there is nothing more to say.
fn is_unknown(result: &Identification) -> bool {
    let explained = |m: &MixtureView| m.is_mixed() && !m.residual.structured;
    result.verdict.level != VerdictLevel::Identified
        && result.quality.level != Level::Poor
        && !result.mixture.as_ref().is_some_and(explained)
}
