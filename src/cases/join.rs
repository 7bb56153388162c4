//! Which rows of the case manifests are of which sample.

use super::draft::{Draft, Statement, Triple};
use super::repeated;
use super::{Finding, Repeated, Source};
use crate::screen::manifest::{Manifest, Row};
use crate::screen::resolved;
use std::collections::HashMap;

/// The samples of the runs and the rows of the manifests.
pub(super) struct Join<'a> {
    rows: Vec<Given<'a>>,
    /// Rows by their file and spectrum; 0 for all spectra of a file.
    files: HashMap<(String, usize), usize>,
    drafts: Vec<Draft>,
    triples: HashMap<Triple, Vec<usize>>,
    prints: repeated::Prints,
    /// What was met again, with the place of the sample that it is.
    repeated: Vec<(usize, Repeated)>,
    runs: usize,
}

/// A row, and whether a run has its file.
struct Given<'a> {
    manifest: &'a Manifest,
    row: &'a Row,
    taken: bool,
}

impl Given<'_> {
    fn statement(&self) -> Statement {
        let (path, place) = (self.manifest.path.display(), self.manifest.place(self.row));
        Statement {
            place: format!("{path}, {place}"),
            fields: self.row.fields.clone(),
        }
    }
}

impl<'a> Join<'a> {
    pub fn of(manifests: &'a [Manifest]) -> Self {
        let each = |manifest: &'a Manifest| {
            manifest.rows.iter().map(move |row| Given {
                manifest,
                row,
                taken: false,
            })
        };
        let rows: Vec<Given<'_>> = manifests.iter().flat_map(each).collect();
        let named = rows
            .iter()
            .enumerate()
            .filter(|(_, g)| !g.row.file.is_empty());
        let files = named.map(|(at, given)| {
            let place = resolved(&given.manifest.locate(given.row));
            let place = place.to_string_lossy().into_owned();
            ((place, given.row.spectrum.unwrap_or(0)), at)
        });
        Self {
            files: files.collect(),
            rows,
            drafts: Vec::new(),
            triples: HashMap::new(),
            prints: repeated::Prints::default(),
            repeated: Vec::new(),
            runs: 0,
        }
    }

    /// What a row says of a spectrum of a file: of itself, else of all of its file.
    pub fn take_file(&mut self, name: &str, spectrum: usize) -> Option<Statement> {
        let at = |spectrum| self.files.get(&(name.to_owned(), spectrum));
        let at = *at(spectrum).or_else(|| at(0))?;
        let given = self.rows.get_mut(at)?;
        given.taken = true;
        Some(given.statement())
    }

    /// Takes the samples of the next run; of those that an earlier one has, too, the run that says more counts, and the other
    /// is told as repeated.
    pub fn add_run(&mut self, drafts: Vec<Draft>) {
        let before = self.drafts.len();
        self.runs += 1;
        self.prints.next_run();
        for draft in drafts {
            let print = self.prints.of(&draft.spectra);
            let stated = draft.triple.as_ref().filter(|triple| triple.case.is_some());
            let by_triple = stated.and_then(|triple| self.triples.get(triple)?.first().copied());
            let by_file = || {
                let other = self.prints.earlier(print.as_ref()?)?;
                let with_case = |d: &Draft| d.triple.as_ref().is_some_and(|t| t.case.is_some());
                let differ = with_case(self.drafts.get(other)?) && stated.is_some();
                (!differ).then_some(other)
            };
            let found = match by_triple {
                Some(at) => Some((at, "the same case, item and sample")),
                None => by_file().map(|at| (at, "the same spectra of files with the same SHA-256")),
            };
            if let Some((at, why)) = found.filter(|(at, _)| *at < before)
                && let Some(first) = self.drafts.get_mut(at)
            {
                if let Some(triple) = &draft.triple {
                    let known = self.triples.entry(triple.clone()).or_default();
                    if !known.contains(&at) {
                        known.push(at);
                    }
                }
                let again = repeated::put_together(first, draft, why);
                self.repeated.push((at, again));
                if let Some(print) = print {
                    self.prints.keep(print, at);
                }
                continue;
            }
            let at = self.add(draft);
            if let Some(print) = print {
                self.prints.keep(print, at);
            }
        }
    }

    fn add(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        if let Some(triple) = &draft.triple {
            self.triples.entry(triple.clone()).or_default().push(at);
        }
        self.drafts.push(draft);
        at
    }

    /// Joins the rows whose files no run has, and gives all samples.
    pub fn finish(mut self) -> (Vec<Draft>, Vec<Repeated>) {
        let rows = std::mem::take(&mut self.rows);
        for given in rows.iter().filter(|given| !given.taken) {
            let at = match self.draft_of(given) {
                Some(at) => at,
                None => self.add(of_row(given)),
            };
            let strange = self.runs > 0 && !given.row.file.is_empty();
            if let Some(draft) = self.drafts.get_mut(at) {
                let statement = given.statement();
                if strange {
                    let file = &given.row.file;
                    draft.doubts.push(format!(
                        "{}: the file {file} is in none of the runs.",
                        statement.place
                    ));
                }
                if draft.origin == given.manifest.path {
                    draft.spectra.extend(named_file(given));
                }
                draft.state(statement);
            }
        }
        repeated::tell_possible(&mut self.drafts, &self.triples);
        repeated::tell_same_bytes(&mut self.drafts);
        let repeated = self.repeated.into_iter().map(|(at, again)| {
            // Where it counts is known only when all runs were read.
            let counted_in = self.drafts.get(at).map(|draft| draft.origin.clone());
            Repeated {
                counted_in: counted_in.unwrap_or_default(),
                ..again
            }
        });
        let repeated = repeated.collect();
        (self.drafts, repeated)
    }

    /// The sample that a row is of by its case, item and sample. Without a case number two manifests may
    /// mean different things by one number: only a run's sample or one of the same manifest is taken.
    fn draft_of(&self, given: &Given<'_>) -> Option<usize> {
        let triple = Triple::of(&given.row.fields)?;
        let mut known = self.triples.get(&triple)?.iter().copied();
        let path = &given.manifest.path;
        known.find(|at| {
            let draft = self.drafts.get(*at);
            triple.case.is_some()
                || draft.is_some_and(|d| d.origin == *path || !d.key.starts_with(LINE))
        })
    }
}

/// How keys of samples begin that stand only in manifests.
const LINE: &str = "row of ";

fn of_row(given: &Given<'_>) -> Draft {
    let fields = &given.row.fields;
    let place = given.manifest.place(given.row);
    let named = fields.sample.clone().or_else(|| fields.item.clone());
    let file = Some(given.row.file.clone()).filter(|file| !file.is_empty());
    Draft {
        origin: given.manifest.path.clone(),
        key: format!("{LINE}{place}"),
        label: named.or(file).unwrap_or(place),
        triple: Triple::of(fields),
        statements: Vec::new(),
        finding: Finding::None {
            verdict: "not-stated".to_owned(),
            why: "The manifest does not say what it is, and no run has a result of it.".to_owned(),
        },
        spectra: Vec::new(),
        unknown_group: None,
        doubts: Vec::new(),
        differences: Vec::new(),
    }
}

/// The file that a row names, of which nothing else is known.
fn named_file(given: &Given<'_>) -> Option<Source> {
    (!given.row.file.is_empty()).then(|| Source {
        file: given.row.file.clone(),
        spectrum: given.row.spectrum.unwrap_or(1),
        sha256: None,
        technique: None,
    })
}
