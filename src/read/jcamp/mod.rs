//! JCAMP-DX 4.24 to 5.01, and 6.00 where it is alike.
//!
//! McDonald & Wilks 1988 (doi:10.1366/0003702884428734) for spectra, Lampen et al. 1994
//! (doi:10.1366/0003702944027840) for mass spectrometry. `records` finds the labelled data records,
//! `blocks` what belongs together, `asdf` and `tables` decode the numbers, `axis` places them,
//! `ntuples` finds the pages, `technique` says what was measured, `describe` units and provenance.

mod asdf;
mod axis;
mod blocks;
mod describe;
mod labels;
mod ntuples;
mod records;
mod tables;
mod technique;

use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::text::{decode, lines};
use super::{Confidence, Input, Limits, Reader, Reading, shared};
use crate::spectrum::{Shape, Spectrum, Technique, Warning, WarningKind};
use crate::units::{XUnit, YUnit};
use blocks::{Block, blocks};
use labels::{Index, Labels};
use records::Record;
use tables::{Points, Scale};
use technique::{Kind, Measured};

/// Reader of JCAMP-DX.
pub struct JcampDx;

impl Reader for JcampDx {
    fn id(&self) -> &'static str {
        "jcamp-dx"
    }

    fn label(&self) -> &'static str {
        "JCAMP-DX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jdx", "dx", "jcm", "jca", "jcamp"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        let text = input.head_text();
        let labelled = lines(text)
            .map(|(_, line)| line.trim_start())
            .take(200)
            .find_map(|line| line.strip_prefix("##"))
            .and_then(|rest| rest.split_once('='))
            .map(|(label, _)| records::normalise(label));
        match labelled.as_deref() {
            Some("TITLE") => Confidence::Certain,
            Some("JCAMPDX" | "DATATYPE" | "BLOCKS") => Confidence::Certain,
            Some(_) if text.to_ascii_uppercase().contains("##TITLE") => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let (text, encoding) = decode(&input.bytes);
        let mut reading = Reading::default();
        reading.warnings.extend(encoding);
        // Repetition counts can claim more points than bytes; few real tables come to this many.
        let mut budget = Budget::new(limits, input.bytes.len(), 8);
        for mut block in blocks(&text) {
            block.find_points();
            if block.is_structure && !block.has_points {
                reading.warnings.push(Warning::new(
                    WarningKind::Skipped,
                    format!(
                        "The chemical structure at line {} was left out.",
                        block.line()
                    ),
                ));
            } else if block.is_record() {
                read_block(&block, &mut budget, &mut reading)?;
            }
        }
        if reading.spectra.is_empty() {
            return Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .expected("a block with ##TITLE= and a data table")
                    .advise("export the spectrum again"),
            );
        }
        Ok(reading)
    }
}

/// What is said of a block without its end mark.
const NO_END: &str = "The block has no ##END=; it was perhaps cut off.";

fn read_block(
    block: &Block<'_>,
    budget: &mut Budget,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let limits = budget.next();
    let pages = ntuples::pages(block);
    let mut header = pages.first().map_or(block.records.len(), |p| p.start);
    if !pages.is_empty() {
        let sizes = block.records[..header].iter().map(Record::bytes);
        let kept = shared::lines_each(sizes, pages.len(), budget.file());
        reading.warnings.extend(shared::note(header, kept));
        header = kept;
    }
    let index = Index::new(block, header);
    if reading.spectra.len() + pages.len().max(1) > limits.spectra {
        return Err(limits.too_many_spectra().at_line(block.line()));
    }
    if pages.is_empty() {
        let labels = Labels::new(&[], &index);
        let table = block.records.iter().find(|r| r.is_table());
        reading
            .spectra
            .push(single(block, &labels, table, &index, budget));
        return Ok(());
    }
    if !block.ended {
        let warning = Warning::new(WarningKind::CutOff, NO_END);
        reading.warnings.push(warning);
    }
    let variables = ntuples::Variables::of(&index);
    for page in pages {
        let labels = Labels::new(&block.records[page], &index);
        let Some(table) = labels.page().iter().find(|r| r.is_table()) else {
            continue;
        };
        reading
            .spectra
            .push(from_page(&labels, table, &variables, &index, budget));
    }
    Ok(())
}

fn single(
    block: &Block<'_>,
    labels: &Labels<'_, '_>,
    table: Option<&Record<'_>>,
    index: &Index<'_, '_>,
    budget: &mut Budget,
) -> Result<Spectrum, ReadError> {
    let x_unit = describe::x_unit(&labels.text("XUNITS").unwrap_or_default());
    let measured = measured(labels, x_unit, block.line())?;
    let table = table.ok_or_else(|| {
        ReadError::new(ErrorKind::NoData, "the block holds no data table")
            .at_line(block.line())
            .expected("##XYDATA=, ##XYPOINTS= or ##PEAK TABLE=")
            .advise("export the spectrum with its points")
    })?;
    let points = points(table, Scale::of(labels)?, labels.comma(), budget)?;
    let y_unit = describe::y_unit(&labels.text("YUNITS").unwrap_or_default());
    let mut spectrum = assemble(points, measured, x_unit, y_unit, labels, index, table.line)?;
    if !block.ended {
        spectrum.warn(WarningKind::CutOff, NO_END);
    }
    if block.unlabelled {
        spectrum.warn(
            WarningKind::Format,
            "The points stand behind the last label without one of their own, such as ##XYPOINTS=; \
             they were read as pairs of abscissa and ordinate.",
        );
    }
    if block.overfull {
        spectrum.warn(
            WarningKind::Skipped,
            "Some of its many labels were left out.",
        );
    }
    Ok(spectrum)
}

fn from_page(
    labels: &Labels<'_, '_>,
    table: &Record<'_>,
    variables: &ntuples::Variables,
    index: &Index<'_, '_>,
    budget: &mut Budget,
) -> Result<Spectrum, ReadError> {
    let (scale, x, y) = variables.scale(table, labels);
    let x_unit = describe::x_unit(&x);
    let measured = measured(labels, x_unit, table.line)?;
    let points = points(table, scale, labels.comma(), budget)?;
    let y_unit = describe::y_unit(&y);
    let mut spectrum = assemble(points, measured, x_unit, y_unit, labels, index, table.line)?;
    spectrum.retention = variables.retention(labels);
    Ok(spectrum)
}

/// Reads a table within what the file may still hold; what a refused table claims is spent too.
fn points(
    table: &Record<'_>,
    scale: Scale,
    comma: bool,
    budget: &mut Budget,
) -> Result<Points, ReadError> {
    let limit = budget.next().points;
    let read = tables::read(table, scale, comma, limit);
    match &read {
        Ok(points) => budget.take(points.y.len())?,
        Err(error) if error.kind == ErrorKind::Limit => budget.take(limit)?,
        Err(_) => {}
    }
    read
}

fn measured(labels: &Labels<'_, '_>, x: XUnit, line: usize) -> Result<Measured, ReadError> {
    match technique::kind(labels, x) {
        Kind::Spectrum(measured) => Ok(measured),
        Kind::Other(name) => Err(ReadError::new(
            ErrorKind::OtherTechnique,
            format!("this is another kind of measurement ({name})"),
        )
        .at_line(line)
        .expected("a Raman, infrared, near-infrared or mass spectrum")),
    }
}

fn assemble(
    points: Points,
    measured: Measured,
    x_unit: XUnit,
    y_unit: YUnit,
    labels: &Labels<'_, '_>,
    index: &Index<'_, '_>,
    line: usize,
) -> Result<Spectrum, ReadError> {
    if points.y.iter().all(|y| !y.is_finite()) {
        return Err(ReadError::new(ErrorKind::NoData, "no point has an ordinate").at_line(line));
    }
    let technique = measured.technique;
    let mass = technique.is_mass() || x_unit == XUnit::MassToCharge;
    let shape = if mass { Shape::Sticks } else { points.shape };
    let mut spectrum = Spectrum::new(technique, shape, points.axis, points.y);
    spectrum.x_unit = match (technique, x_unit) {
        (Technique::Raman, XUnit::Wavenumber) => XUnit::RamanShift,
        (Technique::EiMs | Technique::MsMs, XUnit::Unknown) => XUnit::MassToCharge,
        (_, unit) => unit,
    };
    spectrum.y_unit = match (mass, y_unit) {
        (true, YUnit::Unknown | YUnit::Intensity | YUnit::Counts) => YUnit::Abundance,
        (_, unit) => unit,
    };
    describe::describe(labels, index.header(), &mut spectrum);
    spectrum.warnings.extend(points.warnings);
    technique::decide_by_range(&mut spectrum);
    spectrum.companion = measured.companion;
    let note = match (measured.note, measured.companion) {
        (Some(note), _) => Some(note),
        (None, Some(what)) => Some(format!(
            "By its data type this is no spectrum of the sample ({what})."
        )),
        (None, None) if technique == Technique::Unknown => {
            let stated = labels.text("DATATYPE").unwrap_or_default();
            Some(format!(
                "The technique ({stated:?}) is not one that is compared; --technique overrides it."
            ))
        }
        (None, None) => None,
    };
    if let Some(note) = note {
        spectrum.warn(WarningKind::Technique, note);
    }
    Ok(spectrum)
}
