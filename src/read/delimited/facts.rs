//! What the header says of every spectrum of the table, looked up once.

use super::header::Header;
use super::table::Table;
use super::technique::{Found, Said};
use super::units::{names_length_unit, x_unit, y_unit};
use crate::read::words::{has, plain};
use crate::read::{Reading, number, shared};
use crate::spectrum::{Provenance, Spectrum};
use crate::units::{XUnit, YUnit};

/// Labels of the name of a sample, best first.
const TITLES: [&str; 17] = [
    "sample name",
    "samplename",
    "sample",
    "title",
    "name",
    "names",
    "record title",
    "spectrum name",
    "sample id",
    "\u{8a66}\u{6599}\u{540d}",
    "probe",
    "probenname",
    "created as new dataset",
    "label",
    "chemical name mineral",
    "chemical name common",
    "chemical name systematic",
];
/// Letters of a title that very many spectra share.
const TITLE: usize = 200;
/// Labels of the unit of the axis.
const X_FIELDS: [&str; 10] = [
    "xunits",
    "x units",
    "xunit",
    "x unit",
    "xaxis mode",
    "xaxis",
    "x axis",
    "xlabel",
    "horizontal axis",
    "\u{6a2a}\u{8ef8}",
];
/// Labels of the unit of the first ordinate.
const Y_FIELDS: [&str; 9] = [
    "yunits",
    "y units",
    "yunit",
    "y unit",
    "yaxis",
    "y axis",
    "ylabel",
    "vertical axis",
    "\u{7e26}\u{8ef8}",
];

/// What holds for all spectra of a table.
#[derive(Debug)]
pub(super) struct Facts {
    /// Name of the sample.
    pub title: String,
    /// Instrument, date, owner and laser.
    provenance: Provenance,
    /// What is said of the technique.
    said: Said,
    /// What a field says the axis is.
    x: Option<String>,
    /// A unit behind the limits of the axis, and the label of these.
    limits: Option<(XUnit, String)>,
    /// What fields say the ordinates are, the first first.
    y: Vec<String>,
    /// Fields that go with each spectrum.
    kept: usize,
}

impl Facts {
    /// Looks up what the header says.
    pub fn read(header: &Header) -> Self {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let dated = |value: &&str| value.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let lettered = |value: &&str| value.contains(char::is_alphabetic);
        let title = header
            .value(&TITLES)
            .or(header.lone.as_deref())
            .unwrap_or_default();
        let instruments = [
            "instrument",
            "spectrometer",
            "spectrometers",
            "model",
            "device",
            "ger\u{e4}t",
            "\u{6a5f}\u{7a2e}\u{540d}",
        ];
        let dates = [
            "date",
            "datum",
            "acquired",
            "fecha",
            "timestamp",
            "time stamp",
            "datetime initiated",
            "\u{6e2c}\u{5b9a}\u{65e5}\u{6642}",
        ];
        let owners = [
            "user",
            "operator",
            "owner",
            "usuario",
            "\u{6e2c}\u{5b9a}\u{8005}",
        ];
        // The instrument's own model before any other part of it that is named.
        let instrument = header
            .value(&["instrument", "raman measurement device model", "model"])
            .or_else(|| header.value_with(&instruments))
            .filter(lettered);
        // A spectrometer of many uses says with its technique what it measured.
        let measured = || header.value(&["technique"]).filter(|t| y_unit(t).is_some());
        let mut y: Vec<String> = header
            .value(&Y_FIELDS)
            .or_else(measured)
            .map(str::to_owned)
            .into_iter()
            .collect();
        for channel in 2..=9 {
            let labels = [format!("y{channel}units"), format!("y{channel} units")];
            match header.value(&[&labels[0], &labels[1]]) {
                Some(unit) if y.len() + 1 == channel => y.push(unit.to_owned()),
                _ => break,
            }
        }
        Self {
            title: title.to_owned(),
            provenance: Provenance {
                laser_nm: header.laser(),
                instrument: owned(instrument),
                date: owned(header.value_with(&dates).filter(dated)),
                owner: owned(header.value_with(&owners).or(header.value(&["author"]))),
                ..Provenance::default()
            },
            said: Said::read(header),
            x: owned(header.value(&X_FIELDS)),
            limits: limits_unit(header),
            y,
            kept: header.fields.len(),
        }
    }

    /// Bounds what each of `copies` spectra of the table repeats.
    pub fn share(&mut self, table: &Table<'_>, copies: usize, reading: &mut Reading) {
        let fields = &table.header.fields;
        let sizes = fields
            .iter()
            .map(|(label, value)| label.len() + value.len());
        self.kept = shared::lines_each(sizes, copies, table.bytes);
        reading
            .warnings
            .extend(shared::note(fields.len(), self.kept));
        if self.kept < fields.len() {
            self.title = self.title.chars().take(TITLE).collect();
        }
    }

    /// The unit of an axis of this heading and range, and from what it was inferred if it is not
    /// stated.
    pub fn x_unit(&self, heading: &str, range: (f64, f64)) -> (XUnit, Option<String>) {
        let known = |text: &str| x_unit(text).filter(|unit| *unit != XUnit::Unknown);
        let named = known(heading).map(|unit| (unit, heading));
        let field = || {
            self.x
                .as_deref()
                .and_then(|text| Some((known(text)?, text)))
        };
        match named.or_else(field) {
            Some((XUnit::Nanometre, text)) if !names_length_unit(text) => {
                if range.0 >= 100.0 && range.1 <= 4000.0 {
                    let from =
                        "The file says wavelength without a unit; taken as nm from its range.";
                    (XUnit::Nanometre, Some(from.to_owned()))
                } else {
                    (XUnit::Unknown, None)
                }
            }
            Some((unit, _)) => (unit, None),
            None => match &self.limits {
                Some((unit, label)) => (
                    *unit,
                    Some(format!(
                        "The unit of the axis ({}) was taken from the field \"{label}\".",
                        unit.label()
                    )),
                ),
                None => (XUnit::Unknown, None),
            },
        }
    }

    /// The unit of the ordinate of this heading, the n-th beside its axis.
    pub fn y_unit(&self, heading: &str, place: usize) -> YUnit {
        let stated = self.y.get(place).or(self.y.first());
        y_unit(heading)
            .or_else(|| match stated.map(String::as_str) {
                Some("A") => Some(YUnit::Absorbance),
                Some(text) => y_unit(text),
                None => None,
            })
            .unwrap_or(YUnit::Unknown)
    }

    /// Whether a field says that the n-th ordinate is something else than light, such as the
    /// voltage of a detector.
    pub fn is_other_channel(&self, place: usize) -> bool {
        place > 0 && self.y.get(place).is_some_and(|text| y_unit(text).is_none())
    }

    /// What a field says the n-th ordinate is.
    pub fn channel(&self, place: usize) -> &str {
        self.y.get(place).map_or("", String::as_str)
    }

    /// Whether the laser line is known.
    pub fn has_laser(&self) -> bool {
        self.provenance.laser_nm.is_some()
    }

    /// The technique of a spectrum of these units.
    pub fn technique(&self, x: XUnit, y: YUnit, range: (f64, f64)) -> Found {
        self.said.technique(x, y, range)
    }

    /// Writes title, provenance and metadata into a spectrum.
    pub fn describe(&self, header: &Header, spectrum: &mut Spectrum, title: String) {
        spectrum.title = match title.is_empty() {
            true => self.title.clone(),
            false => title,
        };
        spectrum.provenance = self.provenance.clone();
        spectrum.metadata = header.fields[..self.kept].to_vec();
    }
}

/// The unit behind a number of a field that limits the axis, such as `LIMS: 350- 800NM`.
fn limits_unit(header: &Header) -> Option<(XUnit, String)> {
    let labels = ["lims", "limits", "range", "start", "end", "min", "max"];
    header.fields.iter().find_map(|(label, value)| {
        let words = plain(value);
        let behind = |unit: &str| {
            let word = words.split(' ').find(|word| word.ends_with(unit));
            word.is_some_and(|w| {
                w == unit || number::parse(w.trim_end_matches(unit), false).is_some()
            })
        };
        let unit = match () {
            () if behind("nm") => XUnit::Nanometre,
            () if value.to_lowercase().contains("cm-1") => XUnit::Wavenumber,
            () => return None,
        };
        let begins = value.trim_start().starts_with(|c: char| c.is_ascii_digit());
        (begins && has(&plain(label), &labels)).then(|| (unit, label.clone()))
    })
}
