//! One file of a run, from its bytes to its results. Whatever is wrong with it becomes a result of its own.

use super::brief::{Brief, LEFT_OUT, PeakBrief};
use super::drawing::Drawing;
use super::fingerprint::Fingerprint;
use super::given::Given;
use super::identifier::Identifier;
use super::injection::depth;
use super::listing::stamp;
use super::method::Method;
use super::open_archive::OpenArchive;
use super::peaks::{OfPeak, Taken};
use super::samples::unreadable;
use super::store::{Finished, Place, Queued, Stored, packed};
use crate::decide::VerdictLevel;
use crate::prepare::Family;
use crate::read::{ErrorKind, Input, ReadError};
use crate::report::{Outcome, Parameters, SourceView};
use crate::search::{Hit, Ranking};
use crate::spectrum::{Spectrum, Warning};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Spectra of one file that are searched between two messages.
const PART: usize = 64;
/// Candidates whose references are kept for drawing.
const DRAWN: usize = 5;

/// The libraries of a run, and what is said of its files.
pub struct Panel<'a> {
    /// Libraries by technique; the one without a technique is for all others.
    identifiers: Vec<(Option<String>, Identifier<'a>)>,
    /// Techniques that are looked at; empty for all.
    techniques: Vec<String>,
    given: Given,
    /// How GC-MS runs are looked at.
    pub(super) method: Method,
    /// The settings, as each result states them.
    parameters: Parameters,
    /// The same for a peak.
    of_peaks: Parameters,
    /// References whose drawings were given to the store: library, entry, family.
    drawn: Mutex<HashSet<(usize, usize, Family)>>,
}

impl<'a> Panel<'a> {
    /// Searches `identifiers` for files as `given` says, those of `techniques` (all, where empty).
    pub fn new(
        identifiers: Vec<(Option<String>, Identifier<'a>)>,
        techniques: Vec<String>,
        given: Given,
    ) -> Self {
        Self {
            identifiers,
            techniques,
            given,
            method: Method::default(),
            parameters: Parameters::default(),
            of_peaks: Parameters::default(),
            drawn: Mutex::default(),
        }
    }

    /// The same, which looks at GC-MS runs in this way.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The same, whose results state these settings, those of peaks `of_peaks`.
    #[must_use]
    pub fn with_parameters(mut self, parameters: Parameters, of_peaks: Parameters) -> Self {
        self.parameters = parameters;
        self.of_peaks = of_peaks;
        self
    }

    /// Looks at a file and tells what it found. Never panics, whatever the file does to it.
    pub fn look_at(&self, file: &Queued, open: &mut OpenArchive, tell: &dyn Fn(Finished)) {
        let read = guarded(|| self.bytes(file, open));
        let input = match read {
            Ok(Ok(input)) => input,
            Ok(Err(error)) if file.known.is_some() && error.kind == ErrorKind::Io => {
                return tell(Finished::Lost(
                    file.id,
                    file.path.clone(),
                    error.to_string(),
                ));
            }
            Ok(Err(error)) => {
                return fail(file, unreadable(file.path.as_str(), &error), None, tell);
            }
            Err(message) => return fail(file, panicked(&file.path, &message), None, tell),
        };
        let sha256 = input.sha256.clone();
        if file.known.as_ref() == Some(&sha256) {
            return tell(Finished::Unchanged(file.id));
        }
        let taken = guarded(|| match self.given.read(&input) {
            Ok(reading) => self.take_apart(&input, reading),
            Err(error) => (
                Taken::default(),
                vec![Err(unreadable(file.path.as_str(), &error))],
            ),
        });
        drop(input);
        let (taken, items) = match taken {
            Ok(taken) => taken,
            Err(message) => {
                return fail(file, panicked(&file.path, &message), Some(sha256), tell);
            }
        };
        tell(Finished::Begun(file.id));
        let mut told = 0;
        let mut part = |stored: Vec<Stored>| {
            let first = told;
            told += stored.len();
            if !stored.is_empty() {
                tell(Finished::Part(file.id, first, stored));
            }
        };
        part(self.look_at_peaks(taken, file));
        for items in items.chunks(PART) {
            part(match items {
                [one] => vec![self.look(one, file)],
                many => many.par_iter().map(|item| self.look(item, file)).collect(),
            });
        }
        if told == 0 {
            let message = "The file holds no spectrum of a sample.".to_owned();
            let nothing = Outcome::failed(
                SourceView::of_file(file.path.as_str(), 0, None),
                "no-sample",
                message,
            );
            tell(Finished::Part(file.id, 0, vec![stored(&nothing, None)]));
        }
        tell(Finished::Whole(file.id, Some(sha256)));
    }

    fn bytes(&self, file: &Queued, open: &mut OpenArchive) -> Result<Input, ReadError> {
        let mut input = match &file.place {
            Place::Input => self.given.standard_input()?,
            Place::File(path) => self.unchanging(path)?,
            Place::Member(path, index) => {
                let archive = open.of(path, &self.given)?;
                // The listing counted the members of this very archive, or of one that was replaced since.
                let same = archive
                    .name_of(*index)
                    .strip_prefix(path.to_string_lossy().as_ref())
                    == file.name.strip_prefix(path.to_string_lossy().as_ref());
                let member = match same {
                    true => archive.member(*index)?,
                    false => None,
                };
                member.ok_or_else(|| {
                    ReadError::new(ErrorKind::Io, "the archive has no such member any more")
                })?
            }
        };
        input.name.clone_from(&file.path);
        Ok(input)
    }

    /// A file that was not written to while it was read.
    fn unchanging(&self, path: &Path) -> Result<Input, ReadError> {
        let look = || std::fs::metadata(path).ok().as_ref().and_then(stamp);
        let before = look();
        let input = Input::open(path, &self.given.limits)?;
        match before == look() {
            true => Ok(input),
            false => Err(ReadError::new(
                ErrorKind::Io,
                "the file was written to while it was read",
            )
            .advise("screen it again when it is complete")),
        }
    }

    /// The result for one spectrum.
    fn look(&self, item: &Result<Spectrum, Outcome>, file: &Queued) -> Stored {
        match item {
            Ok(spectrum) => self.look_at_spectrum(spectrum, file, None).packed(),
            Err(outcome) => stored(outcome, None),
        }
    }

    /// The result for a spectrum, which may be that of a peak.
    pub(super) fn look_at_spectrum(
        &self,
        spectrum: &Spectrum,
        file: &Queued,
        peak: Option<&PeakBrief>,
    ) -> Looked {
        let day = file.day(spectrum.provenance.index + 1);
        // As in the manifest's other fields.
        let day = day.or_else(|| peak.and_then(|_| file.day(1)));
        guarded(|| self.identify(spectrum, day, peak)).unwrap_or_else(|message| {
            let source = SourceView::of(spectrum);
            Looked::of(Outcome::failed(source, "panic", message), Some(spectrum))
        })
    }

    /// Whether spectra of a technique are looked at.
    pub(super) fn wants(&self, technique: &str) -> bool {
        self.techniques.is_empty() || self.techniques.iter().any(|t| t == technique)
    }

    /// What looks at spectra of a technique, with its place.
    pub(super) fn identifier(&self, technique: &str) -> Option<(usize, &Identifier<'a>)> {
        let of = |wanted: Option<&str>| {
            let mut all = self.identifiers.iter().enumerate();
            all.find(|(_, (technique, _))| technique.as_deref() == wanted)
        };
        let (place, (_, identifier)) = of(Some(technique)).or_else(|| of(None))?;
        Some((place, identifier))
    }

    fn identify(&self, spectrum: &Spectrum, day: Option<Date>, peak: Option<&PeakBrief>) -> Looked {
        let technique = spectrum.technique.id();
        if !self.wants(technique) {
            let outcome = left_out(SourceView::of(spectrum), technique);
            return Looked::of(outcome, Some(spectrum));
        }
        let Some((place, identifier)) = self.identifier(technique) else {
            let message = format!("No library was named for {technique} spectra.");
            let outcome = Outcome::failed(SourceView::of(spectrum), "no-references", message);
            return Looked::of(outcome, Some(spectrum));
        };
        let (mut outcome, ranking) = match peak {
            Some(peak) => {
                let depth = depth(peak.in_blank, peak.purity);
                identifier.identify_with(spectrum, day, depth)
            }
            None => identifier.identify_on(spectrum, day),
        };
        if let Outcome::Ranked(result) = &mut outcome {
            let mut parameters = match peak {
                Some(_) => self.of_peaks.clone(),
                None => self.parameters.clone(),
            };
            parameters.set("on", day.map_or(Value::Null, |day| day.to_string().into()));
            result.parameters = Some(parameters);
        }
        let mut looked = Looked::of(outcome, Some(spectrum));
        let stored = &mut looked.stored;
        if let Some(peak) = peak {
            // A peak's name says nothing of the sample that it is of.
            stored.brief.title = None;
            stored.brief.peak = Some(peak.clone());
        }
        let brief = &stored.brief;
        let unknown = brief.level != Some(VerdictLevel::Identified)
            && brief.quality.as_deref() != Some("poor");
        let print = brief.is_judged() && unknown && !brief.is_of_blank();
        let says = matches!(
            brief.level,
            Some(VerdictLevel::Identified | VerdictLevel::ClassOnly)
        );
        // Of hundreds of small peaks of a run that say nothing no plot is looked at.
        let drawn = brief.is_judged() && (brief.is_main() || says);
        if drawn {
            self.draw(spectrum, &ranking, (place, identifier), stored);
        }
        if print {
            stored.fingerprint = Fingerprint::of(spectrum).map(|print| print.to_bytes());
        }
        looked
    }

    /// Adds the drawing of the sample and those of its first references. What cannot be drawn is left
    /// out: a plot is no result.
    fn draw(
        &self,
        spectrum: &Spectrum,
        ranking: &Ranking,
        (place, identifier): (usize, &Identifier<'_>),
        stored: &mut Stored,
    ) {
        let library = identifier.library();
        if let Some(best) = ranking.hits.first() {
            let drawing = Drawing::of_sample(spectrum, best).ok();
            stored.drawing = drawing.and_then(|d| serde_json::to_string(&d).ok());
        }
        let drawn = ranking.hits.iter().take(DRAWN);
        for (hit, candidate) in drawn.zip(&mut stored.brief.candidates) {
            let short = library.info.hash.get(..16).unwrap_or(&library.info.hash);
            let key = format!("{short}/{}/{}", hit.family.id(), candidate.entry);
            if self.is_new(place, hit) {
                let drawing = Drawing::of_reference(library, hit).ok();
                let Some(json) = drawing.and_then(|d| serde_json::to_string(&d).ok()) else {
                    continue;
                };
                let name = candidate.member.name.clone();
                stored.references.push((key.clone(), name, json));
            }
            candidate.reference = Some(key);
        }
    }

    fn is_new(&self, place: usize, hit: &Hit) -> bool {
        // A panic elsewhere leaves a set of references, which is whole at any moment.
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.insert((place, hit.entry, hit.family))
    }
}

/// What is said of a file or spectrum whose technique nobody asked for.
pub(super) fn left_out(source: SourceView, technique: &str) -> Outcome {
    let message = format!(
        "Spectra of this technique ({technique}) are not looked at in this run (--techniques)."
    );
    Outcome::failed(source, LEFT_OUT, message)
}

/// What was found for a spectrum, not yet packed: what is told of a peak depends on the others of its run.
pub(super) struct Looked {
    pub outcome: Outcome,
    /// All but the outcome.
    pub stored: Stored,
}

impl Looked {
    /// Adds what a reader must know to the result and its brief.
    pub fn warn(&mut self, warning: &Warning) {
        if let Outcome::Ranked(result) = &mut self.outcome {
            result.warnings.push(warning.clone());
        }
        let told = (warning.kind.id().to_owned(), warning.message.clone());
        self.stored.brief.warnings.push(told);
    }

    fn of(outcome: Outcome, spectrum: Option<&Spectrum>) -> Self {
        let stored = Stored {
            brief: Brief::of(&outcome, spectrum),
            ..Stored::default()
        };
        Self { outcome, stored }
    }

    /// What the result is stored as.
    pub fn packed(self) -> Stored {
        let Self {
            outcome,
            mut stored,
        } = self;
        // Every value of a result is a number, a text or a list of them, and memory takes it: this cannot
        // fail. An empty form would be told as a damaged row.
        let bytes = match &stored.brief.peak {
            Some(peak) => packed(&OfPeak {
                outcome: &outcome,
                peak,
            }),
            None => packed(&outcome),
        };
        stored.outcome = bytes.unwrap_or_default();
        stored
    }
}

/// What a result is stored as.
pub(super) fn stored(outcome: &Outcome, spectrum: Option<&Spectrum>) -> Stored {
    Looked::of(outcome.clone(), spectrum).packed()
}

/// What is stored of a file that cannot be looked at.
pub fn refusal(path: &str, reason: &str) -> Stored {
    let source = SourceView::of_file(path, 0, None);
    stored(&Outcome::failed(source, "io", reason), None)
}

fn fail(file: &Queued, outcome: Outcome, sha256: Option<String>, tell: &dyn Fn(Finished)) {
    tell(Finished::Begun(file.id));
    tell(Finished::Part(file.id, 0, vec![stored(&outcome, None)]));
    tell(Finished::Whole(file.id, sha256));
}

fn panicked(path: &str, message: &str) -> Outcome {
    Outcome::failed(SourceView::of_file(path, 0, None), "panic", message)
}

/// Runs `work`; a panic becomes a sentence.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // Nothing that `work` leaves half done is used afterwards, but for caches that are whole at any
    // moment.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        format!(
            "The program failed on this file ({}); please report it with the file.",
            text.unwrap_or_else(|| "no reason given".to_owned())
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_sentence() {
        let said = guarded(|| -> u8 { panic!("index {}", 7) }).unwrap_err();
        assert!(said.contains("(index 7)"), "{said}");
        assert_eq!(guarded(|| 3), Ok(3));
    }
}
