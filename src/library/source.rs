//! Reviewable text sources, and the starter library embedded from them.
//!
//! A source folder holds `library.toml` and any of
//! - `principal-ions.tsv`: `entry_id name inchikey measured_as match laboratory source record
//!   instrument ions`, ions as `m/z:per cent` separated by blanks;
//! - `bands.tsv`: `entry_id name inchikey form technique mode excitation_nm reference_kind derived
//!   source axis_uncertainty_cm1 note bands`, bands as `position:intensity:width` separated by
//!   blanks, position and width in cm⁻¹, intensity relative to the strongest band; intensity and
//!   width may be empty;
//! - `calibration.json`: what was learned about its families ([`Calibration`] by family), as
//!   `specid library info --format json` shows it of a library built from the other files.

use super::{Builder, Calibration, ImportReport, Info, Library, LibraryError, ReferenceKind};
use crate::prepare::Family;
use crate::spectrum::{Axis, Identity, InfraredMode, Provenance, Shape, Spectrum, Technique};
use crate::substance::{MatchedBy, Register, Substance};
use crate::units::{XUnit, YUnit};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The texts of a source folder.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Folder name, for messages.
    pub folder: PathBuf,
    /// `library.toml`.
    pub library: String,
    /// `calibration.json`: what was learned about its families, by family.
    pub calibration: Option<String>,
    /// `principal-ions.tsv`.
    pub principal_ions: Option<String>,
    /// `bands.tsv`.
    pub bands: Option<String>,
    /// `substances.tsv`, for formulas and CAS numbers.
    pub substances: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    licence: String,
}

#[derive(Deserialize)]
struct IonRow {
    entry_id: String,
    name: String,
    inchikey: String,
    measured_as: String,
    #[serde(rename = "match")]
    matched: String,
    laboratory: String,
    source: String,
    record: String,
    instrument: String,
    ions: String,
}

#[derive(Deserialize)]
struct BandRow {
    entry_id: String,
    name: String,
    inchikey: String,
    form: String,
    technique: String,
    mode: String,
    excitation_nm: String,
    derived: String,
    source: String,
    note: String,
    bands: String,
}

/// The library that is embedded in the program, and the register that goes with it.
///
/// # Errors
/// [`LibraryError::Source`] where an embedded text breaks its format: a mistake of the build.
pub fn starter() -> Result<Library, LibraryError> {
    let sources = Sources {
        folder: PathBuf::from("spectra-library"),
        library: include_str!("../../spectra-library/library.toml").to_owned(),
        calibration: Some(include_str!("../../spectra-library/calibration.json").to_owned()),
        principal_ions: Some(include_str!("../../spectra-library/principal-ions.tsv").to_owned()),
        bands: Some(include_str!("../../spectra-library/bands.tsv").to_owned()),
        substances: Some(include_str!("../../spectra-library/substances.tsv").to_owned()),
    };
    Ok(sources.build(&|| {})?.0)
}

impl Sources {
    /// Loads the texts of a folder.
    ///
    /// # Errors
    /// [`LibraryError::Io`] where `library.toml` is missing or a file cannot be read.
    pub fn load(folder: &Path) -> Result<Self, LibraryError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|source| LibraryError::Io { path, source })
        };
        let optional = |name: &str| match folder.join(name).exists() {
            true => read(name).map(Some),
            false => Ok(None),
        };
        Ok(Self {
            folder: folder.to_owned(),
            library: read("library.toml")?,
            calibration: optional("calibration.json")?,
            principal_ions: optional("principal-ions.tsv")?,
            bands: optional("bands.tsv")?,
            substances: optional("substances.tsv")?,
        })
    }

    /// Builds the library; `progress` is called once per reference.
    ///
    /// # Errors
    /// [`LibraryError::Source`] with file and line of the first row that breaks its format.
    pub fn build(
        &self,
        progress: &(dyn Fn() + Sync),
    ) -> Result<(Library, ImportReport), LibraryError> {
        let header: Header = toml::from_str(&self.library).map_err(|e| {
            let line = e
                .span()
                .map_or(1, |s| self.library[..s.start].lines().count().max(1));
            self.wrong("library.toml", line, e.message().to_owned())
        })?;
        let register = match &self.substances {
            Some(text) => Register::parse(text)
                .map_err(|e| self.wrong("substances.tsv", e.line, e.message))?,
            None => Register::default(),
        };
        let mut builder = Builder::new(Info {
            name: header.name,
            description: header.description,
            licence: header.licence,
            ..Info::default()
        });
        if let Some(text) = &self.principal_ions {
            self.rows(text, "principal-ions.tsv", |row: IonRow| {
                builder.add(row.spectrum(&register)?, ReferenceKind::PrincipalIons);
                Ok(())
            })?;
        }
        if let Some(text) = &self.bands {
            self.rows(text, "bands.tsv", |row: BandRow| {
                builder.add(row.spectrum(&register)?, ReferenceKind::BandTable);
                Ok(())
            })?;
        }
        let (mut library, report) = builder.build(progress);
        if let Some(text) = &self.calibration {
            let learned: BTreeMap<Family, Calibration> = serde_json::from_str(text)
                .map_err(|e| self.wrong("calibration.json", e.line(), e.to_string()))?;
            for (family, calibration) in learned {
                library.set_calibration(family, Some(calibration));
            }
        }
        Ok((library, report))
    }

    fn wrong(&self, file: &str, line: usize, message: String) -> LibraryError {
        LibraryError::Source {
            path: self.folder.join(file),
            line,
            message,
        }
    }

    fn rows<T: for<'a> Deserialize<'a>>(
        &self,
        text: &str,
        file: &str,
        mut take: impl FnMut(T) -> Result<(), String>,
    ) -> Result<(), LibraryError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .from_reader(text.as_bytes());
        for (index, row) in reader.deserialize().enumerate() {
            row.map_err(|e| e.to_string())
                .and_then(&mut take)
                .map_err(|message| self.wrong(file, index + 2, message))?;
        }
        Ok(())
    }
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Identity of a row, with formula and confirmed CAS number from the register.
fn identity(name: String, inchikey: String, register: &Register) -> Identity {
    let mut identity = Identity {
        name,
        inchikey: given(inchikey),
        ..Identity::default()
    };
    let same = |found: &(&Substance, MatchedBy)| found.0.identity.inchikey == identity.inchikey;
    if let Some((substance, _)) = register.find(&identity).filter(same) {
        identity.formula.clone_from(&substance.identity.formula);
        if substance.cas_checked {
            identity.cas.clone_from(&substance.identity.cas);
        }
    }
    identity
}

impl IonRow {
    fn spectrum(self, register: &Register) -> Result<Spectrum, String> {
        let ions = pairs(&self.ions, |mz, percent| {
            let mz: u32 = mz.parse().ok().filter(|m| *m > 0)?;
            let percent: u32 = percent.parse().ok().filter(|p| (1..=100).contains(p))?;
            Some((f64::from(mz), f64::from(percent)))
        })
        .ok_or_else(|| {
            format!(
                "expected ions as m/z:per cent in whole numbers, found {:?}",
                self.ions
            )
        })?;
        let (x, y) = ions.into_iter().unzip();
        let mut spectrum = Spectrum::new(Technique::EiMs, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        spectrum.identity = identity(self.name, self.inchikey, register);
        spectrum.provenance = Provenance {
            id: Some(self.entry_id),
            instrument: given(self.instrument),
            origin: Some(match self.laboratory.is_empty() {
                true => self.source,
                false => format!("{}; {}", self.source, self.laboratory),
            }),
            ..Provenance::default()
        };
        spectrum.metadata = [
            ("source record", self.record),
            ("measured as", self.measured_as),
            ("identity match", self.matched),
        ]
        .into_iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
        Ok(spectrum)
    }
}

impl BandRow {
    fn spectrum(self, register: &Register) -> Result<Spectrum, String> {
        let technique = match self.technique.as_str() {
            "raman" => Technique::Raman,
            "infrared" | "ir" => Technique::Infrared(infrared_mode(&self.mode)),
            other => {
                return Err(format!(
                    "expected technique raman or infrared, found {other:?}"
                ));
            }
        };
        let wrong = || {
            format!(
                "expected bands as position:intensity:width, found {:?}",
                self.bands
            )
        };
        let bands: Vec<(f64, f64, f64)> = self
            .bands
            .split(' ')
            .map(parse_band)
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        let widths: Vec<String> = bands.iter().map(|b| b.2.to_string()).collect();
        let (x, y) = bands.iter().map(|b| (b.0, b.1)).unzip();
        let mut spectrum = Spectrum::new(technique, Shape::Sticks, Axis::Explicit(x), y);
        spectrum.x_unit = match technique {
            Technique::Raman => XUnit::RamanShift,
            _ => XUnit::Wavenumber,
        };
        spectrum.y_unit = match technique {
            Technique::Raman => YUnit::Intensity,
            _ => YUnit::Absorbance,
        };
        spectrum.identity = identity(self.name, self.inchikey, register);
        spectrum.provenance = Provenance {
            id: Some(self.entry_id),
            laser_nm: self.excitation_nm.parse().ok(),
            origin: given(self.source),
            ..Provenance::default()
        };
        spectrum.metadata = [
            ("widths", widths.join(" ")),
            ("form", self.form),
            ("mode", self.mode),
            ("derived", self.derived),
            ("note", self.note),
        ]
        .into_iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
        Ok(spectrum)
    }
}

/// `position:intensity:width`; a missing intensity counts as 1, a missing width as 0 (the default).
fn parse_band(text: &str) -> Option<(f64, f64, f64)> {
    let mut parts = text.split(':');
    let position = parts.next()?.parse().ok()?;
    let number = |part: Option<&str>, default: f64| match part {
        None | Some("") => Some(default),
        Some(text) => text.parse().ok(),
    };
    let intensity = number(parts.next(), 1.0)?;
    let width = number(parts.next(), 0.0)?;
    parts
        .next()
        .is_none()
        .then_some((position, intensity, width))
}

fn pairs(text: &str, parse: impl Fn(&str, &str) -> Option<(f64, f64)>) -> Option<Vec<(f64, f64)>> {
    text.split(' ')
        .map(|item| item.split_once(':').and_then(|(a, b)| parse(a, b)))
        .collect()
}

fn infrared_mode(text: &str) -> InfraredMode {
    let text = text.to_lowercase();
    [
        ("atr", InfraredMode::Atr),
        ("gas", InfraredMode::Gas),
        ("diffuse", InfraredMode::Diffuse),
        ("transmission", InfraredMode::Transmission),
        ("kbr", InfraredMode::Transmission),
    ]
    .into_iter()
    .find(|(word, _)| text.contains(word))
    .map_or(InfraredMode::Unstated, |(_, mode)| mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_with_and_without_figures() {
        assert_eq!(parse_band("1001.2:0.85:8.4"), Some((1001.2, 0.85, 8.4)));
        assert_eq!(parse_band("741::"), Some((741.0, 1.0, 0.0)));
        assert_eq!(parse_band("741"), Some((741.0, 1.0, 0.0)));
        assert_eq!(parse_band("741:x:"), None);
        assert_eq!(parse_band("741:1:2:3"), None);
    }

    fn sources(ions: &str) -> Sources {
        Sources {
            folder: PathBuf::from("lib"),
            library: "name = \"t\"".to_owned(),
            principal_ions: Some(format!(
                "entry_id\tname\tinchikey\tmeasured_as\tmatch\tlaboratory\tsource\trecord\tinstrument\tions\n{ions}"
            )),
            ..Sources::default()
        }
    }

    #[test]
    fn a_bad_row_is_named_with_its_line() {
        let good = "a\tX\t\tX\texact\tlab\ts\tr\t\t58:100 91:3\n";
        let (library, report) = sources(good).build(&|| {}).unwrap();
        assert_eq!(
            (library.len(), report.added, library.info.generation),
            (1, 1, 1)
        );
        let bad = format!("{good}b\tY\t\tY\texact\tlab\ts\tr\t\t58:100 91:0\n");
        let error = sources(&bad).build(&|| {}).unwrap_err().to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
