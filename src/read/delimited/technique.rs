//! The technique of measurement: what the file says of it, and what follows from its units.

use super::header::Header;
use crate::read::words::{has, is, is_off, plain};
use crate::spectrum::{InfraredMode, Technique};
use crate::units::{XUnit, YUnit};

/// Labels that name the technique.
const FIELDS: [&str; 11] = [
    "technique",
    "data type",
    "datatype",
    "measurement type",
    "measurement technique",
    "measurement method",
    "spectrum type",
    "analysis method",
    "experiment type",
    "file type",
    "filetype",
];

/// Words of labels whose values are free text: names may hold any word.
const FREE: [&str; 25] = [
    "file",
    "filename",
    "path",
    "folder",
    "url",
    "sample",
    "name",
    "names",
    "title",
    "label",
    "comment",
    "comments",
    "remark",
    "note",
    "description",
    "user",
    "operator",
    "owner",
    "author",
    "project",
    "publ",
    "journal",
    "locality",
    "source",
    "measurement id",
];

/// What is said of the technique in the lines around a table.
#[derive(Debug)]
pub(super) struct Said {
    /// What the field of the technique says: a technique, or one that is not compared.
    field: Option<Technique>,
    /// The technique whose name occurs elsewhere.
    word: Option<Technique>,
    /// The mode of an infrared measurement.
    mode: InfraredMode,
    /// Whether ions were made otherwise than by electron impact, or selected.
    other_ions: bool,
    /// Laser wavelength in nm.
    laser: Option<f64>,
    /// Whether a column is headed "Wave", as Renishaw's WiRE does.
    wave: bool,
}

/// A technique and how it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The technique.
    pub technique: Technique,
    /// From what it was inferred; `None` where the file states it.
    pub inferred: Option<&'static str>,
}

impl Said {
    /// Reads what the header says.
    pub fn read(header: &Header) -> Self {
        let mut words = String::from(" ");
        let mut all = String::new();
        for (label, value) in &header.fields {
            let label = plain(label);
            let value_words = plain(value);
            all.push_str(&label);
            all.push_str(&value_words);
            if value.is_empty() || !is_off(value) {
                let free = has(&label, &FREE);
                words.push_str(if free { "" } else { label.trim_start() });
                words.push_str(if free { "" } else { value_words.trim_start() });
            }
        }
        for heading in &header.headings {
            let heading = plain(heading);
            let measured = ["intensity", "signal", "counts", "spectrum", "absorbance"];
            if has(&heading, &measured) || has(&heading, &["transmittance", "reflectance"]) {
                words.push_str(heading.trim_start());
            }
        }
        let stated = |label: &&(String, String)| is(&plain(&label.0), &FIELDS);
        let field = header.fields.iter().filter(stated).find_map(|(_, value)| {
            (!is_off(value)).then(|| named(&plain(value)).unwrap_or(Technique::Unknown))
        });
        let mode = match () {
            () if has(&words, &["atr"]) => InfraredMode::Atr,
            () if has(&words, &["drift", "drifts", "diffuse"]) => InfraredMode::Diffuse,
            () if has(&words, &["gas phase", "vapor", "vapour"]) => InfraredMode::Gas,
            () => InfraredMode::Unstated,
        };
        let lone = header.lone.as_deref().map(plain).unwrap_or_default();
        let ions = [
            "esi", "apci", "appi", "maldi", "nsi", "ms2", "msms", "ms ms", "fab",
        ];
        Self {
            field,
            word: named(&words),
            mode,
            other_ions: has(&all, &ions) || has(&lone, &ions),
            laser: header.laser(),
            wave: header
                .headings
                .iter()
                .any(|h| h.eq_ignore_ascii_case("wave")),
        }
    }

    /// The technique of a spectrum of these units over this range.
    pub fn technique(&self, x: XUnit, y: YUnit, range: (f64, f64)) -> Found {
        let stated = |technique| Found {
            technique,
            inferred: None,
        };
        let inferred = |technique, from| Found {
            technique,
            inferred: Some(from),
        };
        let nanometre = matches!(x, XUnit::Nanometre | XUnit::Micrometre);
        if x == XUnit::MassToCharge {
            return match self.other_ions {
                true => stated(Technique::Unknown),
                false => inferred(
                    Technique::EiMs,
                    "its axis, m/z, without a word of how it was ionised",
                ),
            };
        }
        // A Raman spectrum over wavelengths has no shifts unless the laser line is known.
        let raman = match (nanometre, self.laser) {
            (true, None) => inferred(Technique::Raman, "the word Raman"),
            _ => stated(Technique::Raman),
        };
        match self.field.or(self.word) {
            Some(Technique::Raman) => return raman,
            Some(Technique::Infrared(_)) if !nanometre => {
                return stated(Technique::Infrared(self.mode));
            }
            Some(Technique::NearInfrared) => return stated(Technique::NearInfrared),
            _ => {}
        }
        // Another technique that the file names is none of those that are compared.
        let open = self.field.is_none();
        if x == XUnit::RamanShift && open {
            return raman;
        }
        if self.laser.is_some() && !nanometre && open {
            return inferred(Technique::Raman, "its units and the laser line");
        }
        let absorbing = y.fraction_scale().is_some()
            || matches!(
                y,
                YUnit::Absorbance | YUnit::LogInverseReflectance | YUnit::KubelkaMunk
            );
        match x {
            XUnit::Wavenumber if absorbing && range.1 > 9000.0 => {
                inferred(Technique::NearInfrared, "its units")
            }
            XUnit::Wavenumber if absorbing => inferred(Technique::Infrared(self.mode), "its units"),
            XUnit::Wavenumber if open && matches!(y, YUnit::Counts | YUnit::Intensity) => {
                inferred(Technique::Raman, "its units")
            }
            // Renishaw's WiRE heads its exports "Wave" and "Intensity".
            XUnit::Unknown
                if open
                    && self.wave
                    && y == YUnit::Intensity
                    && range.0 > -1000.0
                    && range.1 < 6000.0 =>
            {
                inferred(Technique::Raman, "its units, Wave and Intensity")
            }
            // Visible light alone is not near-infrared.
            XUnit::Nanometre
                if absorbing && range.0 >= 650.0 && (1000.1..=2700.0).contains(&range.1) =>
            {
                inferred(Technique::NearInfrared, "its units")
            }
            _ => stated(Technique::Unknown),
        }
    }
}

/// The technique that these words name.
fn named(words: &str) -> Option<Technique> {
    let near = ["near infrared", "nir", "ft nir"];
    let infrared = ["ftir", "ft ir", "infrared", "infrarot", "ir spectrum"];
    if has(words, &["raman"]) {
        Some(Technique::Raman)
    } else if has(words, &near) {
        Some(Technique::NearInfrared)
    } else if has(words, &infrared) || is(words, &["ir"]) {
        Some(Technique::Infrared(InfraredMode::Unstated))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fields: &[(&str, &str)], x: XUnit, y: YUnit) -> Found {
        let own = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        let header = Header {
            fields: fields.iter().map(own).collect(),
            ..Header::default()
        };
        Said::read(&header).technique(x, y, (400.0, 4000.0))
    }

    #[test]
    fn a_field_decides_before_words() {
        let fields = [
            ("Technique", "Scope"),
            ("Raman Intensity Corrected", "True"),
        ];
        let scope = found(&fields, XUnit::Nanometre, YUnit::Counts);
        assert_eq!(scope.technique, Technique::Unknown);
        let xps = found(
            &[("Analysis Method", "XPS")],
            XUnit::Wavenumber,
            YUnit::Counts,
        );
        assert_eq!(xps.technique, Technique::Unknown);
    }

    #[test]
    fn switched_off_and_free_text_say_nothing() {
        for field in [
            ("Raman Intensity Corrected", "False"),
            ("File name", "raman.txt"),
            ("Sample", "matrix Raman"),
        ] {
            let found = found(&[field], XUnit::Wavenumber, YUnit::Unknown);
            assert_eq!(found.technique, Technique::Unknown, "{field:?}");
        }
    }

    #[test]
    fn raman_over_wavelengths_is_not_stated_without_laser() {
        let words = ("Technique", "Raman");
        let without = found(&[words], XUnit::Nanometre, YUnit::Counts);
        assert!(without.inferred.is_some());
        let with = found(
            &[words, ("Laser", "785 nm")],
            XUnit::Nanometre,
            YUnit::Counts,
        );
        assert_eq!(with.inferred, None);
    }
}
