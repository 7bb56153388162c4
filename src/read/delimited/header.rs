//! The lines above a table: headings of columns, and what is said of the measurement.

use super::dialect::{Dialect, split};
use crate::read::number;
use crate::spectrum::{InfraredMode, Technique};
use crate::units::{XUnit, YUnit};

/// Preamble and column headings.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Headings of the columns; empty where there are none.
    pub headings: Vec<String>,
    /// Labels and values above the headings.
    pub fields: Vec<(String, String)>,
}

impl Header {
    /// Reads the lines above the table.
    pub fn read(above: &[&str], dialect: Dialect) -> Self {
        let mut header = Self::default();
        let mut rest = above;
        let last = above.iter().rposition(|line| !line.trim().is_empty());
        if let Some(at) = last {
            let headings = headings(above[at], dialect);
            // Between blanks the words of one heading cannot be told from two headings.
            let parted = dialect.separator != ' ' && looks_like_headings(&headings);
            if headings.len() == dialect.cells || parted {
                header.headings = headings;
                rest = &above[..at];
                header.join_units(rest, dialect);
            }
        }
        header.fields = rest
            .iter()
            .filter_map(|line| field(line, dialect))
            .collect();
        header
    }

    /// Where the last line above the table is a line of units (`[nm];[counts]`), the names of the
    /// columns stand in the line above it.
    fn join_units(&mut self, above: &[&str], dialect: Dialect) {
        let bracketed = |h: &String| h.starts_with('[') && h.ends_with(']');
        let names = above.last().map(|line| headings(line, dialect));
        let Some(names) = names.filter(|n| n.len() == self.headings.len()) else {
            return;
        };
        if self.headings.iter().all(bracketed) {
            for (unit, name) in self.headings.iter_mut().zip(names) {
                *unit = format!("{name} {unit}");
            }
        }
    }

    /// Heading of a column, empty where there is none.
    pub fn heading(&self, column: usize) -> &str {
        self.headings.get(column).map_or("", String::as_str)
    }

    /// The first value whose label contains one of these words.
    pub fn find(&self, words: &[&str]) -> Option<&str> {
        let holds = |label: &str| words.iter().any(|w| label.to_lowercase().contains(w));
        self.fields
            .iter()
            .find(|(label, value)| holds(label) && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// Laser wavelength in nm: a number between 200 and 2000 behind a label of the laser.
    pub fn laser(&self) -> Option<f64> {
        let text = self.find(&["laser", "excitation", "anregung"])?;
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let word: String = text[start..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            .collect();
        number::parse(&word, true).filter(|nm| (200.0..2000.0).contains(nm))
    }

    /// All text of the header in lower case, for words that tell the technique.
    pub fn words(&self) -> String {
        let fields = self
            .fields
            .iter()
            .flat_map(|(a, b)| [a.as_str(), b.as_str()]);
        let all: Vec<&str> = fields
            .chain(self.headings.iter().map(String::as_str))
            .collect();
        all.join(" ").to_lowercase()
    }
}

fn headings(line: &str, dialect: Dialect) -> Vec<String> {
    let clean = |cell: &str| cell.trim_start_matches('#').trim().to_owned();
    let cells: Vec<String> = split(line, dialect.separator)
        .into_iter()
        .map(clean)
        .collect();
    // Columns of an Ocean Optics Jaz: wavelength, dark, reference, sample, processed.
    if cells == ["W", "D", "R", "S", "P"] {
        return [
            "Wavelength (nm)",
            "Dark",
            "Reference",
            "Sample",
            "Processed",
        ]
        .map(str::to_owned)
        .to_vec();
    }
    // Renishaw puts two tabs between headings and one between numbers.
    let filled: Vec<String> = cells.iter().filter(|c| !c.is_empty()).cloned().collect();
    if filled.len() == dialect.cells {
        filled
    } else {
        cells
    }
}

fn looks_like_headings(cells: &[String]) -> bool {
    cells.len() >= 2 && cells.iter().any(|c| x_unit(c).is_some())
}

/// `label = value`, `label: value` or `label SEPARATOR value`.
fn field(line: &str, dialect: Dialect) -> Option<(String, String)> {
    let line = line
        .trim()
        .trim_start_matches(['#', '%', '*', '!', '+', '>', '-'])
        .trim();
    if line.is_empty() {
        return None;
    }
    let at = line.find(['=', ':', dialect.separator, ';', '\t', ',']);
    let (label, value) = match at {
        Some(at) => line.split_at(at),
        None => (line, ""),
    };
    let value = value
        .trim_start_matches(['=', ':', ';', '\t', ',', ' '])
        .trim();
    let clean = |text: &str| text.trim().trim_matches('"').trim().to_owned();
    Some((
        clean(label),
        clean(value).trim_end_matches([';', ',']).to_owned(),
    ))
}

/// The unit that a heading of an axis names.
pub(super) fn x_unit(heading: &str) -> Option<XUnit> {
    let text = heading
        .to_lowercase()
        .replace(['^', '_', '\u{207b}', '\u{2212}'], "-");
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has(&[
        "raman shift",
        "ramanshift",
        "raman-shift",
        "rel. 1/cm",
        "raman (cm",
    ]) {
        return Some(XUnit::RamanShift);
    }
    if has(&[
        "wavenumber",
        "wave number",
        "wellenzahl",
        "cm-1",
        "cm--1",
        "1/cm",
        "cm-\u{b9}",
        "nombre d'onde",
        "cm\u{b9}",
    ]) {
        return Some(XUnit::Wavenumber);
    }
    if has(&[
        "nanomet",
        "(nm)",
        "[nm]",
        "wavelength",
        "wellenl",
        "longueur d'onde",
        "lambda",
        "longitud de onda",
    ]) || text == "nm"
    {
        let micro = has(&["um)", "\u{b5}m", "\u{3bc}m", "micron"]);
        return Some(if micro {
            XUnit::Micrometre
        } else {
            XUnit::Nanometre
        });
    }
    if has(&["m/z", "mass/charge"]) || text == "mz" || text == "mass" {
        return Some(XUnit::MassToCharge);
    }
    matches!(text.as_str(), "wave" | "shift").then_some(XUnit::Unknown)
}

/// The unit that a heading of an ordinate names.
pub(super) fn y_unit(heading: &str) -> Option<YUnit> {
    let text = heading.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    Some(
        if has(&["absorb", "extinktion", "extinction", "a.u. (abs"]) {
            YUnit::Absorbance
        } else if has(&["%t", "% t", "transmit", "transmission", "%tr"]) {
            match has(&["%", "percent"]) {
                true => YUnit::PercentTransmittance,
                false => YUnit::Transmittance,
            }
        } else if has(&["reflect", "%r"]) {
            match has(&["%", "percent"]) {
                true => YUnit::PercentReflectance,
                false => YUnit::Reflectance,
            }
        } else if has(&["kubelka"]) {
            YUnit::KubelkaMunk
        } else if has(&["log(1/r", "log 1/r"]) {
            YUnit::LogInverseReflectance
        } else if has(&["count", "dark subtracted", "raw data", "cps", "scope"]) {
            YUnit::Counts
        } else if has(&["abundance", "relative int"]) {
            YUnit::Abundance
        } else if has(&[
            "intens",
            "arb",
            "a.u",
            "signal",
            "irradiance",
            "amplitude",
            "scattering",
        ]) {
            YUnit::Intensity
        } else {
            return None;
        },
    )
}

/// What the header and the units say of the technique, and whether it was stated or inferred.
pub(super) fn technique(
    header: &Header,
    x: XUnit,
    y: YUnit,
    range: (f64, f64),
) -> (Technique, bool) {
    let words = header.words();
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let mode = match () {
        () if has(&["atr"]) => InfraredMode::Atr,
        () if has(&["drift", "diffuse"]) => InfraredMode::Diffuse,
        () if has(&["gas phase", "vapor", "vapour"]) => InfraredMode::Gas,
        () => InfraredMode::Unstated,
    };
    if x == XUnit::MassToCharge {
        return (Technique::EiMs, false);
    }
    if x == XUnit::RamanShift || has(&["raman"]) {
        return (Technique::Raman, true);
    }
    if has(&["ftir", "ft-ir", "infrared", "infrarot"]) && x != XUnit::Nanometre {
        return (Technique::Infrared(mode), true);
    }
    if header.laser().is_some() && x != XUnit::Nanometre {
        return (Technique::Raman, false);
    }
    let dips = y.fraction_scale().is_some();
    let absorbing = dips
        || matches!(
            y,
            YUnit::Absorbance | YUnit::LogInverseReflectance | YUnit::KubelkaMunk
        );
    match x {
        XUnit::Wavenumber if absorbing && range.1 > 9000.0 => (Technique::NearInfrared, false),
        XUnit::Wavenumber if absorbing => (Technique::Infrared(mode), false),
        XUnit::Wavenumber if matches!(y, YUnit::Counts | YUnit::Intensity) => {
            (Technique::Raman, false)
        }
        // Renishaw's WiRE heads its exports "Wave" and "Intensity".
        XUnit::Unknown
            if header
                .headings
                .iter()
                .any(|h| h.eq_ignore_ascii_case("wave"))
                && y == YUnit::Intensity
                && range.0 > -1000.0
                && range.1 < 6000.0 =>
        {
            (Technique::Raman, false)
        }
        XUnit::Nanometre if absorbing && range.0 >= 650.0 && range.1 <= 2700.0 => {
            (Technique::NearInfrared, false)
        }
        _ => (Technique::Unknown, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_headings() {
        assert_eq!(x_unit("Raman shift (cm-1)"), Some(XUnit::RamanShift));
        assert_eq!(x_unit("Wellenzahl [cm^-1]"), Some(XUnit::Wavenumber));
        assert_eq!(x_unit("Wavelength (nm)"), Some(XUnit::Nanometre));
        assert_eq!(x_unit("Intensity"), None);
        assert_eq!(y_unit("%TR #1"), Some(YUnit::PercentTransmittance));
        assert_eq!(y_unit("Absorbance (AU)"), Some(YUnit::Absorbance));
        assert_eq!(y_unit("sample 7"), None);
    }

    #[test]
    fn laser_of_a_preamble() {
        let header = |line: &str| Header {
            headings: Vec::new(),
            fields: vec![
                field(
                    line,
                    Dialect {
                        separator: ';',
                        comma: false,
                        first_line: 9,
                        rows: 9,
                        cells: 2,
                        numbers: 18,
                    },
                )
                .unwrap(),
            ],
        };
        assert_eq!(header("laser_wavelength;784.96").laser(), Some(784.96));
        assert_eq!(header("# Laser: 785 nm").laser(), Some(785.0));
        assert_eq!(header("Laser power: 12").laser(), None);
    }
}
