//! Bruker OPUS: a directory of blocks of parameters and of data.
//!
//! After the layout that independent readers agree on. A block's type is a bit field: what is stored
//! (absorbance, transmittance, a single channel, ...) and, for parameters, of what kind. Every data
//! block has a status block of the same type with its own number of points, limits and scale; a file
//! may hold several of a kind. The sample's spectrum comes first, its single channels, references and
//! interferograms after it as companions.

mod about;
mod block;
mod parameters;
mod series;

use super::bytes::{Bytes, Order};
use super::error::{ErrorKind, ReadError};
use super::limits::Budget;
use super::{Confidence, Input, Limits, Reader, Reading};
use crate::spectrum::{Axis, InfraredMode, Shape, Spectrum, Technique, WarningKind};
use crate::units::{XUnit, YUnit};
use about::About;
use block::{Block, Content, directory};
use parameters::Parameters;

const MAGIC: &[u8] = b"\x0a\x0a\xfe\xfe";

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
        Confidence::certain_if(input.bytes.starts_with(MAGIC))
    }

    fn read(&self, input: &Input, limits: &Limits) -> Result<Reading, ReadError> {
        let bytes = Bytes::new(&input.bytes, Order::Little);
        let blocks = directory(&bytes)?;
        let mut file = File {
            bytes,
            statuses: Status::all(&bytes, &blocks),
            about: About::read(&bytes, &blocks),
            budget: Budget::new(limits, input.bytes.len(), 1),
            most: limits.spectra,
        };
        let mut data: Vec<Block> = blocks.into_iter().filter(|b| b.is_data()).collect();
        data.sort_by_key(|b| b.rank());
        let mut reading = Reading::default();
        for block in data {
            file.read(block, &mut reading);
        }
        match reading.spectra.is_empty() {
            true => Err(
                ReadError::new(ErrorKind::NoData, "the file holds no spectrum")
                    .expected("a data block with its status"),
            ),
            false => Ok(reading),
        }
    }
}

/// The status of a data block.
struct Status {
    block: Block,
    parameters: Parameters,
    points: usize,
    used: bool,
}

impl Status {
    fn all(bytes: &Bytes<'_>, blocks: &[Block]) -> Vec<Self> {
        let status = |block: &Block| {
            let parameters = Parameters::read(bytes, block.at, block.length);
            let points = usize::try_from(parameters.integer("NPT")?).ok()?;
            (points > 0).then_some(Self {
                block: *block,
                parameters,
                points,
                used: false,
            })
        };
        let statuses = blocks.iter().filter(|b| b.parameter() == 1);
        statuses.filter_map(status).collect()
    }
}

struct File<'a> {
    bytes: Bytes<'a>,
    statuses: Vec<Status>,
    about: About,
    budget: Budget,
    most: usize,
}

impl File<'_> {
    /// Adds the spectra of a data block; none where no status belongs to it.
    fn read(&mut self, block: Block, reading: &mut Reading) {
        let room = block.length / 4;
        let free = |s: &&mut Status| !s.used && block.has_status(s.block);
        // Of several status blocks of one type the first unused one whose points fit belongs to it.
        let mut candidates: Vec<&mut Status> = self.statuses.iter_mut().filter(free).collect();
        let fitting = candidates.iter().position(|s| s.points <= room);
        if candidates.is_empty() {
            return;
        }
        let status = candidates.swap_remove(fitting.unwrap_or(0));
        if fitting.is_none() {
            reading.spectra.push(Err(ReadError::new(
                ErrorKind::Truncated,
                "a data block is shorter than its status says",
            )
            .at_byte(block.at)
            .expected(format!("{} points", status.points))
            .found(format!("room for {room} points"))
            .advise("the file was perhaps cut off: export it again")));
            return;
        }
        status.used = true;
        let layout = Layout {
            block,
            parameters: &status.parameters,
            points: status.points,
        };
        let mut add = |spectrum: Result<Spectrum, ReadError>| {
            reading.spectra.push(spectrum.map(|mut spectrum| {
                self.about.describe(block, &mut spectrum);
                spectrum
            }));
        };
        if !block.is_series() {
            add(self
                .budget
                .take(layout.points)
                .and_then(|()| layout.spectrum(&self.bytes, block.at)));
            return;
        }
        match series::places(&self.bytes, &layout) {
            Ok(places) if places.len() > self.most => add(Err(ReadError::new(
                ErrorKind::Limit,
                "the series holds too many spectra",
            )
            .at_byte(block.at))),
            Ok(places) => {
                for place in places {
                    let spectrum = self
                        .budget
                        .take(layout.points)
                        .and_then(|()| place.spectrum(&self.bytes, &layout));
                    add(spectrum);
                }
            }
            Err(error) => add(Err(error)),
        }
    }
}

/// How the ordinates of a data block are stored.
struct Layout<'a> {
    block: Block,
    parameters: &'a Parameters,
    points: usize,
}

impl Layout<'_> {
    /// The spectrum whose ordinates stand at `at`.
    fn spectrum(&self, bytes: &Bytes<'_>, at: usize) -> Result<Spectrum, ReadError> {
        let (parameters, points) = (self.parameters, self.points);
        let missing = |name: &str| {
            let message = format!("the status of a block lacks {name}");
            ReadError::new(ErrorKind::Malformed, message).at_byte(self.block.at)
        };
        let first = parameters.real("FXV").ok_or_else(|| missing("FXV"))?;
        let last = parameters.real("LXV").ok_or_else(|| missing("LXV"))?;
        let scale = parameters.real("CSF").filter(|s| *s != 0.0).unwrap_or(1.0);
        let mut y = match parameters.integer("DPF") {
            Some(2) => bytes.integers(at, points)?,
            _ => bytes.floats(at, points)?,
        };
        y.iter_mut().for_each(|v| *v *= scale);
        let axis = Axis::Even {
            first,
            last,
            points,
        };
        let mut spectrum = Spectrum::new(Technique::Unknown, Shape::Profile, axis, y);
        self.name(first.min(last), &mut spectrum);
        if let Some(date) = parameters.text("DAT") {
            let time = parameters.text("TIM").unwrap_or_default();
            spectrum.provenance.date = Some(format!("{date} {time}").trim().to_owned());
        }
        Ok(spectrum)
    }

    /// Technique and units.
    fn name(&self, lowest: f64, spectrum: &mut Spectrum) {
        let content = self.block.content();
        spectrum.companion = self.block.companion();
        spectrum.x_unit = match (self.parameters.text("DXU").as_deref(), content) {
            (Some("WN"), Content::Raman) => XUnit::RamanShift,
            (Some("WN"), _) => XUnit::Wavenumber,
            (Some("MI"), _) => XUnit::Micrometre,
            _ => XUnit::Unknown,
        };
        spectrum.y_unit = match content {
            Content::Absorbance | Content::Atr => YUnit::Absorbance,
            Content::Transmittance => YUnit::Transmittance,
            Content::KubelkaMunk => YUnit::KubelkaMunk,
            Content::Reflectance => YUnit::Reflectance,
            Content::LogReflectance => YUnit::LogInverseReflectance,
            _ => YUnit::Intensity,
        };
        if spectrum.companion.is_some() {
            return;
        }
        if content == Content::Raman {
            spectrum.technique = Technique::Raman;
        } else if matches!(content, Content::Emission | Content::SingleChannel) {
            // A ratio of single channels, and emission: no absorption spectrum by themselves.
            spectrum.warn(
                WarningKind::Technique,
                "The block is not an absorption or Raman spectrum; --technique overrides this.",
            );
        } else if spectrum.x_unit == XUnit::Wavenumber {
            let technique = Technique::absorbing(lowest, InfraredMode::Unstated);
            match technique {
                Technique::NearInfrared => {
                    spectrum.infer_technique(technique, "its range of wavenumbers");
                }
                _ => spectrum.technique = technique,
            }
        }
        if self.block.is_calculated() {
            spectrum.warn(
                WarningKind::Unit,
                format!(
                    "The result of a calculation in OPUS, taken as {}.",
                    spectrum.y_unit.label()
                ),
            );
        }
        if content == Content::Atr {
            spectrum.warn(
                WarningKind::Unit,
                "An ATR block, its ordinate taken as absorbance.",
            );
        }
    }
}
