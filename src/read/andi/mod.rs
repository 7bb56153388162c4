//! ANDI-MS and ANDI chromatography (ASTM E1947, E2077): templates on classic netCDF.
//!
//! A run is a list of scans: `scan_index` and `point_count` cut `mass_values` and
//! `intensity_values`, which may carry scale factors and offsets. A chromatogram is shown as a
//! companion; it is no spectrum.

mod netcdf;

use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::words::names_electron;
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use netcdf::NetCdf;

/// netCDF's own values for "not written" lie from here on.
const FILL: f64 = 9.9e36;
/// What ANDI writes for a missing number.
const MISSING: f64 = -9999.0;

/// Reader of ANDI files.
pub struct Andi;

impl Reader for Andi {
    fn id(&self) -> &'static str {
        "andi"
    }

    fn label(&self) -> &'static str {
        "ANDI-MS (netCDF)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cdf", "nc"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        Confidence::certain_if(
            input.bytes.starts_with(b"CDF\x01") || input.bytes.starts_with(b"CDF\x02"),
        )
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let file = NetCdf::open(&input.bytes)?;
        if file.has("mass_values") {
            return scans(&file, limits);
        }
        if file.has("ordinate_values") {
            return chromatogram(&file, limits);
        }
        Err(ReadError::new(
            ErrorKind::OtherTechnique,
            "this netCDF file holds no mass spectra",
        )
        .expected("the variables mass_values and intensity_values of ANDI-MS")
        .advise("export the run with its spectra, not only its chromatogram"))
    }
}

fn scans(file: &NetCdf<'_>, limits: &Limits) -> Result<Reading, ReadError> {
    let most = limits.points.saturating_mul(16);
    let needed = |name: &str| {
        file.values(name, most)?.ok_or_else(|| {
            ReadError::new(
                ErrorKind::Malformed,
                format!("the variable {name:?} is missing"),
            )
        })
    };
    let (masses, intensities) = (needed("mass_values")?, needed("intensity_values")?);
    let starts = needed("scan_index")?;
    let counts = file.values("point_count", most)?.unwrap_or_default();
    let times = file
        .values("scan_acquisition_time", most)?
        .unwrap_or_default();
    if starts.len() > limits.spectra {
        return Err(limits.too_many_spectra());
    }
    // Each point belongs to one scan.
    let mut budget = Budget::new(limits, masses.len(), 1);
    let about = About::read(file);
    let mut reading = Reading::default();
    for (index, start) in starts.iter().enumerate() {
        let next = starts
            .get(index + 1)
            .copied()
            .unwrap_or(masses.len() as f64);
        // A missing count is written as -9999 or left to the next scan's start.
        let stated = counts.get(index).copied().filter(|c| *c >= 0.0);
        let count = stated.unwrap_or(next - start).max(0.0);
        let start = start.max(0.0) as usize;
        let end = start.saturating_add(count as usize);
        let points = masses.get(start..end).zip(intensities.get(start..end));
        reading.spectra.push(match points {
            Some((x, y)) => budget.take(x.len()).map(|()| {
                let mut spectrum = about.scan(x, y, index);
                // Libraries of spectra fill the times with zeros or less.
                spectrum.retention = times
                    .get(index)
                    .copied()
                    .filter(|t| t.is_finite() && *t >= 0.0);
                spectrum
            }),
            None => Err(ReadError::new(
                ErrorKind::Truncated,
                format!("scan {} lies outside the file's points", index + 1),
            )
            .expected(format!("points {start} to {end}"))
            .found(format!("{} points", masses.len()))),
        });
    }
    if reading.spectra.is_empty() {
        return Err(ReadError::new(ErrorKind::NoData, "the run holds no scan"));
    }
    Ok(reading)
}

/// What the file says of all its scans.
struct About {
    ionisation: String,
    continuum: bool,
    description: Spectrum,
}

impl About {
    fn read(file: &NetCdf<'_>) -> Self {
        let lower = |name: &str| file.text(name).unwrap_or_default().to_lowercase();
        let axis = Axis::Explicit(Vec::new());
        let mut description = Spectrum::new(Technique::Unknown, Shape::Sticks, axis, Vec::new());
        describe(file, &mut description);
        Self {
            ionisation: lower("test_ionization_mode"),
            continuum: lower("experiment_type").contains("continuum"),
            description,
        }
    }

    fn scan(&self, x: &[f64], y: &[f64], index: usize) -> Spectrum {
        let missing = |v: f64| v >= FILL || v == MISSING;
        let known = |(x, y): &(f64, f64)| !missing(*x) && *y < FILL;
        let points = x.iter().copied().zip(y.iter().copied());
        let (x, y): (Vec<f64>, Vec<f64>) = points.clone().filter(known).unzip();
        let left_out = points.len() - x.len();
        let mut spectrum = self.description.clone();
        let empty = x.is_empty();
        spectrum.axis = Axis::Explicit(x);
        spectrum.ordinate = y;
        if self.continuum {
            spectrum.shape = Shape::Profile;
        }
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        spectrum.title = format!("scan {}", index + 1);
        spectrum.provenance.id = Some(spectrum.title.clone());
        let electron = names_electron(&self.ionisation);
        if electron {
            spectrum.technique = Technique::EiMs;
        } else if self.ionisation.is_empty() {
            spectrum.technique = Technique::EiMs;
            spectrum.warn(
                WarningKind::Technique,
                "The file does not say how it was ionised; taken as EI.",
            );
        } else {
            spectrum.warn(
                WarningKind::Technique,
                format!(
                    "Ionised by {}: not compared with EI references.",
                    self.ionisation
                ),
            );
        }
        if left_out > 0 {
            spectrum.warn(
                WarningKind::Skipped,
                format!("{left_out} points marked as missing were left out."),
            );
        }
        if empty {
            spectrum.warn(WarningKind::Count, "The scan has no points.");
        }
        spectrum
    }
}

fn chromatogram(file: &NetCdf<'_>, limits: &Limits) -> Result<Reading, ReadError> {
    let y = file
        .values("ordinate_values", limits.points)?
        .unwrap_or_default();
    let single = |name: &str| -> Result<f64, ReadError> {
        let values = file.values(name, 16)?.unwrap_or_default();
        Ok(values.first().copied().unwrap_or(0.0))
    };
    let (delay, interval) = (
        single("actual_delay_time")?,
        single("actual_sampling_interval")?,
    );
    let points = y.len();
    if points == 0 {
        return Err(ReadError::new(
            ErrorKind::NoData,
            "the chromatogram has no points",
        ));
    }
    // A file without a sampling interval counts its points.
    let counted = interval == 0.0;
    let interval = if counted { 1.0 } else { interval };
    let axis = Axis::Even {
        first: delay,
        last: delay + interval * (points - 1) as f64,
        points,
    };
    let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, y);
    spectrum.companion = Some("chromatogram");
    if counted {
        spectrum.warn(
            WarningKind::Axis,
            "The file states no sampling interval; the axis counts the points.",
        );
    }
    spectrum.title = file.text("sample_name").unwrap_or_default();
    describe(file, &mut spectrum);
    Ok(Reading {
        spectra: vec![Ok(spectrum)],
        ..Reading::default()
    })
}

fn describe(file: &NetCdf<'_>, spectrum: &mut Spectrum) {
    let provenance = &mut spectrum.provenance;
    let part = |name: &str| file.characters(name).or_else(|| file.text(name));
    let parts = ["instrument_mfr", "instrument_name", "instrument_model"];
    let named: Vec<String> = parts.into_iter().filter_map(part).collect();
    provenance.instrument = match named.is_empty() {
        true => file.text("detector_name"),
        false => Some(named.join(" ")),
    };
    provenance.owner = file
        .text("operator_name")
        .or_else(|| file.text("dataset_owner"));
    provenance.date = file
        .text("experiment_date_time_stamp")
        .or_else(|| file.text("injection_date_time_stamp"));
    provenance.origin = file.text("dataset_origin");
    if let Some(sample) = file
        .text("experiment_title")
        .or_else(|| file.text("sample_name"))
    {
        spectrum.metadata.push(("sample".to_owned(), sample));
    }
}
