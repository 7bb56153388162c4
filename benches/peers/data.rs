//! Files of made-up libraries, as `scripts/make-bench-library` writes them.

use serde_json::Value;
use specid::library::{Builder, Info, Library, ReferenceKind};
use specid::spectrum::{Axis, Precursor, Shape, Spectrum, Technique};
use specid::units::{XUnit, YUnit};
use std::io::Read;
use std::path::Path;

/// The numbers of `shape.json` by name.
pub(super) fn shape(folder: &Path) -> impl Fn(&str) -> usize {
    let shape = std::fs::read(folder.join("shape.json")).expect("shape.json");
    let shape: Value = serde_json::from_slice(&shape).expect("JSON");
    move |name| shape[name].as_u64().expect("a number") as usize
}

/// A file of numbers of one type.
pub(super) fn numbers<T: bytemuck::Pod>(path: &Path) -> Vec<T> {
    let mut file = std::fs::File::open(path).expect("a data file");
    let bytes = file.metadata().expect("its size").len() as usize;
    let mut values = vec![T::zeroed(); bytes / size_of::<T>()];
    file.read_exact(bytemuck::cast_slice_mut(&mut values))
        .expect("whole numbers");
    values
}

/// Peak lists, one after another.
pub(super) struct Lists {
    /// Where each starts, and the end of the last.
    offsets: Vec<u32>,
    mz: Vec<f64>,
    height: Vec<f32>,
    precursor: Vec<f64>,
}

impl Lists {
    /// `part` is `library` or `queries`.
    pub fn read(folder: &Path, part: &str) -> Self {
        let file = |name: &str| folder.join(format!("{part}-{name}"));
        Self {
            offsets: numbers(&file("offsets.u32")),
            mz: numbers(&file("mz.f64")),
            height: numbers(&file("height.f32")),
            precursor: numbers(&file("precursor.f64")),
        }
    }

    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// m/z and heights of a list.
    pub fn peaks(&self, row: usize) -> Vec<(f64, f64)> {
        let range = self.offsets[row] as usize..self.offsets[row + 1] as usize;
        let heights = self.height[range.clone()].iter().map(|h| f64::from(*h));
        self.mz[range].iter().copied().zip(heights).collect()
    }

    /// m/z of the precursor; of an EI spectrum where its scan begins.
    pub fn precursor(&self, row: usize) -> f64 {
        self.precursor[row]
    }

    /// A list as a spectrum without a name; `precursor` says whether it states its precursor.
    pub fn spectrum(&self, row: usize, technique: Technique, precursor: bool) -> Spectrum {
        let (mz, height) = self.peaks(row).into_iter().unzip();
        let mut spectrum = Spectrum::new(technique, Shape::Sticks, Axis::Explicit(mz), height);
        spectrum.x_unit = XUnit::MassToCharge;
        spectrum.y_unit = YUnit::Abundance;
        spectrum.precursor = precursor.then(|| Precursor {
            mz: Some(self.precursor(row)),
            positive: Some(true),
            ..Precursor::default()
        });
        spectrum
    }

    /// All lists as a library, in their order.
    pub fn library(&self, technique: Technique) -> Library {
        let mut builder = Builder::new(Info {
            name: "made-up peak lists".to_owned(),
            ..Info::default()
        });
        for row in 0..self.len() {
            let precursor = technique == Technique::MsMs;
            let mut spectrum = self.spectrum(row, technique, precursor);
            name(&mut spectrum, row);
            builder.add(spectrum, ReferenceKind::FullSpectrum);
        }
        builder.build(&|| {}).0
    }
}

/// Gives a made-up spectrum a name and an id of its own.
pub(super) fn name(spectrum: &mut Spectrum, row: usize) {
    spectrum.title = format!("made-up {row}");
    spectrum.identity.name.clone_from(&spectrum.title);
    spectrum.provenance.id = Some(format!("m{row}"));
}

/// Row numbers of a library's entries.
pub(super) fn rows(library: &Library) -> Vec<usize> {
    let row = |id: &str| id.trim_start_matches('m').parse();
    let entries = library.entries().map(|e| e.expect("an entry"));
    entries
        .map(|e| row(&e.id).expect("an id of ours"))
        .collect()
}

/// Memory of this process, bytes; 0 where the system does not tell.
pub(super) fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
