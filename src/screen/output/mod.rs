//! What a run leaves behind beside its store, each made from the store alone and renamed into place.
//!
//! | file | what |
//! |---|---|
//! | `results.jsonl` | one result a line, as `identify` gives it, with its sample |
//! | `results.csv` | one row a spectrum |
//! | `results.xlsx` | sheets of samples, of spectra and of the settings |
//! | `results.parquet` | the rows of `results.csv` with their types |
//! | `summary.html` | one page with plots |
//!
//! The same inputs give the same bytes, but for the time on the page.

mod drift;
mod page;
mod rows;
pub mod skeleton;

use super::derive::{Tally, derive};
use super::sample::{Component, Place};
use super::settings::{LibraryUse, Listed};
use super::store::{Queue, Store, StoreError};
use super::table::{self, TableError, TableWriter};
use crate::file::{Readers, beside, put};
use serde::Serialize;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use thiserror::Error;

/// Why an output cannot be written.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file system.
    #[error("{} cannot be written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A table.
    #[error("{} cannot be written", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: TableError,
    },
    /// A value that is no JSON.
    #[error("a result cannot be written")]
    Json(#[from] serde_json::Error),
    /// Writing, before the file is named.
    #[error("an output cannot be written")]
    Write(#[from] std::io::Error),
    /// A table, before the file is named.
    #[error("an output cannot be written")]
    Rows(#[from] TableError),
}

/// What the outputs say of the run as a whole.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Name of the run.
    pub title: String,
    /// When the outputs were made, RFC 3339.
    pub made: String,
    /// Files looked at.
    pub done: u64,
    /// Files that wait still.
    pub waiting: u64,
    /// The libraries.
    pub libraries: Vec<LibraryUse>,
    /// Settings by name.
    pub settings: Vec<Listed>,
    /// Counts.
    pub tally: Tally,
}

impl Summary {
    /// Judges all samples of a run anew and says what the outputs need to know.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read or written, or nothing was screened into it.
    pub fn of(store: &Store, folder: &Path, queue: Queue) -> Result<Self, StoreError> {
        let Some(about) = store.about()? else {
            return Err(StoreError::Empty(folder.to_owned()));
        };
        let name = folder.file_name();
        Ok(Self {
            title: name.map_or_else(
                || folder.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            ),
            made: jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%SZ")
                .to_string(),
            done: queue.done,
            waiting: queue.waiting,
            tally: derive(store, &about.look)?,
            settings: about.listed(),
            libraries: about.libraries,
        })
    }
}

/// Names of the outputs, in the order in which they are written.
pub const FILES: [&str; 5] = [
    "results.jsonl",
    "results.csv",
    "results.xlsx",
    "results.parquet",
    "summary.html",
];

/// Writes all outputs of a run into its folder.
///
/// # Errors
/// [`OutputError`] where the store cannot be read or a file cannot be written; files that were there
/// before stay as they were.
pub fn write(store: &Store, folder: &Path, summary: &Summary) -> Result<(), OutputError> {
    let [jsonl, csv, xlsx, parquet, page] = FILES.map(|name| folder.join(name));
    replace(&jsonl, |out| results_jsonl(store, out))?;
    replace(&csv, |out| {
        spectra(store, table::csv::writer(out, &rows::of_spectra())?)
    })?;
    replace(&xlsx, |out| workbook(store, folder, out, summary))?;
    replace(&parquet, |out| {
        spectra(store, table::parquet::writer(out, &rows::of_spectra())?)
    })?;
    replace(&page, |mut out| page::write(store, summary, &mut out))
}

pub(crate) type Sink = BufWriter<std::fs::File>;

/// Writes a file beside its place and renames it.
fn replace(
    path: &Path,
    write: impl FnOnce(Sink) -> Result<(), OutputError>,
) -> Result<(), OutputError> {
    prepare(path, write)?.put()
}

/// A file that is written beside its place and not yet named.
pub(crate) struct Ready {
    file: NamedTempFile,
    path: PathBuf,
}

/// Writes a file beside its place.
pub(crate) fn prepare(
    path: &Path,
    write: impl FnOnce(Sink) -> Result<(), OutputError>,
) -> Result<Ready, OutputError> {
    let refused = |source: std::io::Error| OutputError::Io {
        path: path.to_owned(),
        source,
    };
    let file = beside(path, Readers::Everyone).map_err(refused)?;
    let out = BufWriter::new(file.as_file().try_clone().map_err(refused)?);
    write(out).map_err(|error| match error {
        OutputError::Write(source) => refused(source),
        OutputError::Rows(source) => OutputError::Table {
            path: path.to_owned(),
            source,
        },
        other => other,
    })?;
    let path = path.to_owned();
    Ok(Ready { file, path })
}

impl Ready {
    /// Its place.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a file is in its place that holds something else.
    pub(crate) fn would_change(&self) -> bool {
        self.path.exists()
            && match (std::fs::read(&self.path), std::fs::read(self.file.path())) {
                (Ok(there), Ok(new)) => there != new,
                _ => true,
            }
    }

    /// Puts it into its place.
    pub(crate) fn put(self) -> Result<(), OutputError> {
        let Self { file, path } = self;
        put(file, &path).map_err(|source| OutputError::Io { path, source })
    }
}

/// A sample as it stands in each of its spectra's results.
#[derive(Serialize)]
struct SampleView<'a> {
    label: &'a str,
    verdict: &'a str,
    substances: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<ComponentView<'a>>,
    second_look: Vec<&'a str>,
    unknown_group: Option<i64>,
    #[serde(flatten)]
    fields: &'a super::manifest::Fields,
}

/// One of several substances of a sample.
#[derive(Serialize)]
struct ComponentView<'a> {
    substances: Vec<&'a str>,
    control_status: &'a str,
    false_positive_rate: Option<f64>,
    found: &'a [Place],
}

impl<'a> ComponentView<'a> {
    fn of(component: &'a Component) -> Self {
        Self {
            substances: component.set.iter().map(|m| m.name.as_str()).collect(),
            control_status: component.status(),
            false_positive_rate: component.rate.map(|[estimate, ..]| estimate),
            found: &component.found,
        }
    }
}

fn results_jsonl(store: &Store, mut out: Sink) -> Result<(), OutputError> {
    store.each_outcome(|spectrum, sample, json| -> Result<(), OutputError> {
        let judged = store.judged(sample)?;
        let fields = store.fields(spectrum)?.unwrap_or_default();
        let view = SampleView {
            label: &judged.label,
            verdict: judged.verdict.id(),
            substances: judged.named.iter().map(|m| m.name.as_str()).collect(),
            components: judged.components.iter().map(ComponentView::of).collect(),
            second_look: judged.second_look.iter().map(|(r, _)| r.id()).collect(),
            unknown_group: store.unknown_group(sample)?,
            fields: &fields,
        };
        // The result is an object; the sample becomes its last member.
        let open = json.strip_suffix('}').unwrap_or(json);
        out.write_all(open.as_bytes())?;
        if let Some(alerts) = judged.alerts.get(&spectrum) {
            out.write_all(b",\"alerts\":")?;
            serde_json::to_writer(&mut out, alerts)?;
        }
        out.write_all(b",\"sample\":")?;
        serde_json::to_writer(&mut out, &view)?;
        out.write_all(b"}\n")?;
        Ok(())
    })?;
    Ok(out.flush()?)
}

fn spectra(store: &Store, mut writer: Box<dyn TableWriter>) -> Result<(), OutputError> {
    store.each_placed(|spectrum, sample, brief| -> Result<(), OutputError> {
        let judged = store.judged(sample)?;
        let fields = store.fields(spectrum)?.unwrap_or_default();
        let group = match &brief.peak {
            Some(_) => store.unknown_group_of_spectrum(spectrum)?,
            None => store.unknown_group(sample)?,
        };
        Ok(writer.row(&rows::spectrum(&brief, &judged, &fields, group))?)
    })?;
    Ok(writer.finish()?)
}

fn workbook(store: &Store, folder: &Path, out: Sink, summary: &Summary) -> Result<(), OutputError> {
    let mut book = table::xlsx::Workbook::create(out, folder)?;
    let mut samples = book.sheet("samples", &rows::of_samples())?;
    store.each_judged(|sample, judged| -> Result<(), OutputError> {
        let group = store.unknown_group(sample)?;
        Ok(samples.row(&rows::sample(&judged, group))?)
    })?;
    samples.finish()?;
    spectra(store, book.sheet("spectra", &rows::of_spectra())?)?;
    let mut settings = book.sheet("settings", rows::SETTINGS)?;
    for (name, value) in &summary.settings {
        settings.row(&[table::Cell::text(name), table::Cell::text(value)])?;
    }
    settings.finish()?;
    Ok(book.finish()?)
}
