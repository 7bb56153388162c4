//! No file makes a reader take memory far beyond the file's own size.
//!
//! One test in a binary of its own: the allocator counts what the whole process holds.

mod common;

use common::made::{mzml, mzml_array, omnic, opus, opus_parameters, spc, wdf};
use peak_alloc::PeakAlloc;
use specid::read::{Input, Limits, read_input};
use std::fs;
use std::path::{Path, PathBuf};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes that any file may take, however small: the budget of points that all files have.
const CONSTANT: usize = 48 << 20;
/// Bytes that each byte of a file may take.
const EACH: usize = 64;

fn held(name: &str, bytes: Vec<u8>) -> Result<usize, String> {
    let size = bytes.len();
    let input = Input::new(name, bytes);
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let read = read_input(&input, &Limits::default());
    let taken = MEMORY.peak_usage().saturating_sub(before);
    drop(read);
    match taken <= CONSTANT + EACH * size {
        true => Ok(taken),
        false => Err(format!("{name}: {size} bytes took {taken}")),
    }
}

fn repeated(part: &str, count: usize) -> String {
    part.repeat(count)
}

/// Small files that claim much.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let mut log = spc(4, 2, &[(1, 0.0); 3000]);
    log.log = repeated("key=value\r\n", 3000);
    let y = vec![0_u8; 200_000];
    let mut header = vec![0_u8; 140];
    header[4..8].copy_from_slice(&50_000_u32.to_le_bytes());
    let mut spg = omnic(&vec![(2, header); 1]);
    spg.extend(&y);
    let many = {
        // A thousand pairs of keys that all point at one header and one block of ordinates.
        let mut file = vec![0_u8; 304 + 16 * 2000 + 140];
        file[..18].copy_from_slice(b"Spectral Data File");
        file[294..296].copy_from_slice(&2000_u16.to_le_bytes());
        let at = 304 + 16 * 2000;
        for pair in 0..1000 {
            for (entry, key, place, length) in [(0, 2_u8, at, 140_u32), (1, 3, at + 140, 200_000)] {
                let begin = 304 + 16 * (2 * pair + entry);
                file[begin] = key;
                file[begin + 2..begin + 6].copy_from_slice(&(place as u32).to_le_bytes());
                file[begin + 6..begin + 10].copy_from_slice(&length.to_le_bytes());
            }
        }
        file[at + 4..at + 8].copy_from_slice(&50_000_u32.to_le_bytes());
        file.extend(&y);
        file
    };
    let ratio = 3 | (3 << 2) | (4 << 10);
    let status = opus_parameters(&[("NPT", 50_000_i32.to_le_bytes().to_vec())]);
    let blocks: Vec<(u32, Vec<u8>)> = (0..400)
        .map(|_| (ratio | (1 << 4), status.clone()))
        .chain([(ratio, y.clone())])
        .collect();
    // An array of zeros, packed a thousand to one.
    let zeros = {
        use std::io::Write;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![0_u8; 96 << 20]).unwrap();
        packer.finish().unwrap()
    };
    let packed = mzml_array("MS:1000514", &["MS:1000523", "MS:1000574"], &zeros);
    let group = "<mzML><referenceableParamGroup id=\"g\"><cvParam accession=\"a\"/>".to_owned()
        + &repeated("<referenceableParamGroupRef ref=\"g\"/>", 40)
        + "</referenceableParamGroup></mzML>";
    let mgf = repeated("KEY=some value of a header\n", 2000)
        + &repeated("BEGIN IONS\n50 1\nEND IONS\n", 2000);
    let attributes = repeated("MS:1003061|library spectrum name=a\n", 2000);
    let mzspeclib = format!(
        "<mzSpecLib>\nMS:1003186|library format version=1.0\n<AttributeSet Spectrum=all>\n{attributes}{}",
        repeated("<Spectrum=1>\n<Peaks>\n50\t1\n\n", 2000)
    );
    let repeats = "##TITLE= a\n##DATA TYPE= RAMAN SPECTRUM\n##FIRSTX= 1\n##LASTX= 2\n##XYDATA= (X++(Y..Y))\n1A1J1s999999999\n##END=\n";
    let preamble = repeated("# label: some value of a preamble\n", 3000);
    let columns: String = (1..=16).map(|c| format!(",{c}")).collect();
    let rows = preamble + "name" + &columns + "\n" + &repeated(&format!("s{columns}\n"), 2000);
    let header = repeated("##$LABEL= some value of a header\n", 3000);
    let page = "##PAGE= T=1\n##DATA TABLE= (XY..XY), PEAKS\n58,100\n";
    let pages = format!(
        "##TITLE= a\n##DATA TYPE= MASS SPECTRUM\n##NTUPLES= MASS SPECTRUM\n##SYMBOL= X, Y, T\n##UNITS= M/Z, RELATIVE ABUNDANCE, SECONDS\n{header}{}##END NTUPLES=\n##END=\n",
        repeated(page, 3000)
    );
    vec![
        ("rows.csv", rows.into_bytes()),
        ("pages.jdx", pages.into_bytes()),
        ("log.spc", log.bytes()),
        ("map.wdf", wdf(3000, 4).bytes()),
        ("one.spg", spg),
        ("many.spg", many),
        ("many.0", opus(&blocks)),
        ("zeros.mzML", mzml("", 1, &[&packed])),
        ("group.mzML", group.into_bytes()),
        ("shared.mgf", mgf.into_bytes()),
        ("sets.mzlib.txt", mzspeclib.into_bytes()),
        ("repeats.jdx", repeated(repeats, 500).into_bytes()),
    ]
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files_below(&path)),
            path => found.push(path),
        }
    }
    found
}

#[test]
fn memory_stays_within_bounds_of_the_file() {
    let mut wrong: Vec<String> = bombs()
        .into_iter()
        .filter_map(|(name, bytes)| held(name, bytes).err())
        .collect();
    match common::shared_data() {
        None => eprintln!("skipped: no corpus of instrument files"),
        Some(data) => {
            let formats = data.join("formats");
            let mut files = files_below(&formats.join("hostile"));
            files.extend(files_below(&formats.join("corpus")));
            wrong.extend(files.iter().filter_map(|path| {
                let bytes = fs::read(path).unwrap();
                held(&path.to_string_lossy(), bytes).err()
            }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
