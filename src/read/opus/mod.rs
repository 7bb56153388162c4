//! Bruker OPUS: a directory of blocks of parameters and of data.
//!
//! After the layout that independent readers agree on. A block's type is a bit field: what is stored
//! (absorbance, transmittance, a single channel, ...) and, for parameters, of what kind. Every data
//! block has a status block of the same type with its own number of points, limits and scale; a file
//! may hold several of a kind. The sample's spectrum comes first, its single channels, references and
//! interferograms after it as companions.

mod parameters;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique};
use crate::units::{XUnit, YUnit};
use parameters::Parameters;

const MAGIC: &[u8] = b"\x0a\x0a\xfe\xfe";
/// Marks data before atmospheric compensation.
const BEFORE_COMPENSATION: u32 = 1 << 30;
/// Size of a directory entry.
const ENTRY: usize = 12;
/// Most blocks looked at; real files have some dozens.
const BLOCKS: usize = 4096;

/// Reader of OPUS files.
pub struct Opus;

impl Reader for Opus {
    fn id(&self) -> &'static str {
        "opus"
    }

    fn label(&self) -> &'static str {
        "Bruker OPUS"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["0", "1", "2", "3", "0000", "0001", "0002", "0003", "opus"]
    }

    fn sniff(&self, input: &Input) -> Confidence {
        match input.bytes.starts_with(MAGIC) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        let blocks = directory(&bytes)?;
        let mut reading = Reading::default();
        let mut data: Vec<&Block> = blocks.iter().filter(|b| b.is_data()).collect();
        data.sort_by_key(|b| b.rank());
        let mut used = Vec::new();
        for block in data {
            if let Some(result) = spectrum(&bytes, block, &blocks, &mut used, limits) {
                reading.spectra.push(result);
            }
        }
        if reading.spectra.is_empty() {
            return Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .expected("a data block with its status"),
            );
        }
        let about = about(&bytes, &blocks);
        for spectrum in reading.spectra.iter_mut().flatten() {
            about.describe(spectrum);
        }
        Ok(reading)
    }
}

/// A block of the directory.
#[derive(Debug, Clone, Copy)]
struct Block {
    kind: u32,
    at: usize,
    length: usize,
}

impl Block {
    /// 1 sample, 2 reference, 3 ratio.
    fn channel(&self) -> u32 {
        (self.kind >> 2) & 0x3
    }

    /// Kind of parameters; 0 for data.
    fn parameter(&self) -> u32 {
        (self.kind >> 4) & 0x3f
    }

    /// Kind of data.
    fn data(&self) -> u32 {
        (self.kind >> 10) & 0x7f
    }

    fn is_data(&self) -> bool {
        // 3 are phase spectra, 13 is the directory itself.
        self.parameter() == 0 && !matches!(self.data(), 0 | 3 | 13) && self.length > 0
    }

    /// Whether `other` is the status of this data block.
    fn has_status(&self, other: &Block) -> bool {
        other.parameter() == 1 && other.kind & !(0x3f << 4) == self.kind
    }

    /// The sample's own spectrum first; of two of a kind the one without the mark of data before
    /// atmospheric compensation.
    fn rank(&self) -> (u32, bool) {
        let order = match self.data() {
            4 => 0,
            5 => 1,
            10 => 2,
            12 => 3,
            6 => 4,
            11 => 5,
            1 if self.channel() == 3 => 6,
            1 => 7 + self.channel(),
            _ => 20,
        };
        (order, self.kind & BEFORE_COMPENSATION != 0)
    }

    fn companion(&self) -> Option<&'static str> {
        match (self.data(), self.channel()) {
            (4..=6 | 10..=12, _) | (1, 3) => None,
            (1, 2) => Some("single channel of the reference"),
            (1, _) => Some("single channel of the sample"),
            (2, _) => Some("interferogram"),
            _ => Some("block of processed data"),
        }
    }
}

fn directory(bytes: &Bytes<'_>) -> Result<Vec<Block>, ReadError> {
    let start = bytes.size(12)?;
    let count = bytes.size(20)?.min(BLOCKS);
    let mut blocks = Vec::new();
    for index in 0..count {
        let at = start.saturating_add(ENTRY * index);
        let block = Block {
            kind: bytes.u32(at)?,
            length: bytes.size(at + 4)?.saturating_mul(4),
            at: bytes.size(at + 8)?,
        };
        if block.at == 0 {
            break;
        }
        blocks.push(block);
    }
    Ok(blocks)
}

/// The spectrum of a data block; `None` where no status block belongs to it.
fn spectrum(
    bytes: &Bytes<'_>,
    block: &Block,
    blocks: &[Block],
    used: &mut Vec<usize>,
    limits: &Limits,
) -> Option<Result<Spectrum, ReadError>> {
    // Of several status blocks of one type the first unused one whose points fit belongs to it.
    let status = blocks.iter().filter(|b| block.has_status(b)).find_map(|b| {
        let parameters = Parameters::read(bytes, b.at, b.length);
        let points = parameters.integer("NPT")?;
        let fits = points > 0 && (points as usize).saturating_mul(4) <= block.length;
        (fits && !used.contains(&b.at)).then_some((b.at, parameters, points as usize))
    });
    let (place, parameters, points) = status?;
    used.push(place);
    if points > limits.points {
        return Some(Err(limits.too_many_points().at_byte(block.at)));
    }
    Some(decode(bytes, block, &parameters, points))
}

fn decode(
    bytes: &Bytes<'_>,
    block: &Block,
    parameters: &Parameters,
    points: usize,
) -> Result<Spectrum, ReadError> {
    let missing = |name: &str| {
        ReadError::new(
            ErrorKind::Malformed,
            format!("the status of a block lacks {name}"),
        )
        .at_byte(block.at)
    };
    let first = parameters.real("FXV").ok_or_else(|| missing("FXV"))?;
    let last = parameters.real("LXV").ok_or_else(|| missing("LXV"))?;
    let scale = parameters.real("CSF").filter(|s| *s != 0.0).unwrap_or(1.0);
    let part = bytes.part(block.at, 4 * points)?;
    let y: Vec<f64> = match parameters.integer("DPF") {
        Some(2) => (0..points)
            .map(|i| part.i32(4 * i).map(f64::from))
            .collect::<Result<_, _>>()?,
        _ => part.floats(0, points)?,
    };
    let axis = Axis::Even {
        first,
        last,
        points,
    };
    let y = y.into_iter().map(|v| v * scale).collect();
    let near = first.min(last) >= 3500.0;
    let technique = match (block.data(), block.companion()) {
        (10, _) => Technique::Raman,
        (_, Some(_)) => Technique::Unknown,
        _ if near => Technique::NearInfrared,
        _ => Technique::Infrared(InfraredMode::Unstated),
    };
    let mut spectrum = Spectrum::new(technique, Shape::Profile, axis, y);
    spectrum.companion = block.companion();
    spectrum.x_unit = match (parameters.text("DXU").as_deref(), technique) {
        (Some("WN"), Technique::Raman) => XUnit::RamanShift,
        (Some("WN"), _) => XUnit::Wavenumber,
        (Some("MI"), _) => XUnit::Micrometre,
        _ => XUnit::Unknown,
    };
    spectrum.y_unit = match block.data() {
        4 => YUnit::Absorbance,
        5 => YUnit::Transmittance,
        6 => YUnit::KubelkaMunk,
        12 => YUnit::Reflectance,
        _ => YUnit::Intensity,
    };
    if let Some(date) = parameters.text("DAT") {
        let time = parameters.text("TIM").unwrap_or_default();
        spectrum.provenance.date = Some(format!("{date} {time}").trim().to_owned());
    }
    Ok(spectrum)
}

/// What the parameter blocks say of sample and instrument.
struct About {
    sample: Option<String>,
    instrument: Option<String>,
    operator: Option<String>,
    form: Option<String>,
    laser: Option<f64>,
}

fn about(bytes: &Bytes<'_>, blocks: &[Block]) -> About {
    let all: Vec<Parameters> = blocks
        .iter()
        .filter(|b| b.parameter() > 1)
        .map(|b| Parameters::read(bytes, b.at, b.length))
        .collect();
    let text = |name: &str| {
        all.iter()
            .find_map(|p| p.text(name))
            .filter(|t| !t.is_empty())
    };
    About {
        sample: text("SNM"),
        instrument: text("INS"),
        operator: text("CNM"),
        form: text("SFM"),
        laser: all
            .iter()
            .find_map(|p| p.real("RLW"))
            .filter(|w| *w > 1000.0),
    }
}

impl About {
    fn describe(&self, spectrum: &mut Spectrum) {
        spectrum.title = self.sample.clone().unwrap_or_default();
        spectrum.provenance.instrument.clone_from(&self.instrument);
        spectrum.provenance.owner.clone_from(&self.operator);
        if let Some(form) = &self.form {
            spectrum
                .metadata
                .push(("sample form".to_owned(), form.clone()));
        }
        if spectrum.technique == Technique::Raman {
            // The Raman laser is stored as its wavenumber.
            spectrum.provenance.laser_nm = self.laser.map(crate::units::nanometre_to_wavenumber);
        }
    }
}
