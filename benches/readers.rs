//! How fast files become spectra: made-up files of each format's usual form, bytes a second.
//!
//! With `SPECID_BENCH_FILES` naming a folder the files are kept there, so that other programs can
//! be timed on the same bytes (`scripts/compare-readers`).

#![allow(missing_docs)]

mod random;

use base64::Engine;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use random::Random;
use specid::read::{Input, Limits, read_input};
use std::fmt::Write;
use std::hint::black_box;

fn below(random: &mut Random, most: usize) -> usize {
    (random.next() * most as f64) as usize
}

fn msp(records: usize) -> Vec<u8> {
    let mut random = Random(1);
    let mut text = String::new();
    for record in 0..records {
        let _ = write!(
            text,
            "Name: Substance {record}\nSynon: other name {record}\nFormula: C10H15N\nMW: 149\nCASNO: 299-42-3\nID: {record}\nInstrument_type: EI\nComment: from a made-up library\nNum Peaks: 80\n"
        );
        let mut mz = 29;
        for _ in 0..80 {
            mz += 1 + below(&mut random, 4);
            let _ = writeln!(text, "{mz} {}", 1 + below(&mut random, 999));
        }
        text.push('\n');
    }
    text.into_bytes()
}

fn mgf(blocks: usize) -> Vec<u8> {
    let mut random = Random(2);
    let mut text = String::new();
    for block in 0..blocks {
        let _ = write!(
            text,
            "BEGIN IONS\nTITLE=scan {block}\nPEPMASS={:.4}\nCHARGE=1+\nRTINSECONDS={block}\n",
            300.0 + random.next()
        );
        let mut mz = 50.0;
        for _ in 0..60 {
            mz += 5.0 * random.next();
            let _ = writeln!(text, "{mz:.4} {:.1}", 1e5 * random.next());
        }
        text.push_str("END IONS\n\n");
    }
    text.into_bytes()
}

fn curve(points: usize) -> Vec<i64> {
    let mut random = Random(3);
    (0..points)
        .map(|i| (5e5 + 4e5 * (i as f64 / 900.0).sin() + 300.0 * random.next()) as i64)
        .collect()
}

fn jcamp_head(points: usize, form: &str) -> String {
    let last = 400.0 + 0.5 * (points - 1) as f64;
    format!(
        "##TITLE=made-up\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##ORIGIN=bench\n##OWNER=none\n##XUNITS=1/CM\n##YUNITS=ABSORBANCE\n##XFACTOR=1\n##YFACTOR=0.000001\n##FIRSTX=400\n##LASTX={last}\n##NPOINTS={points}\n##FIRSTY=0.5\n##{form}\n"
    )
}

fn jcamp_affn(points: usize) -> Vec<u8> {
    let mut text = jcamp_head(points, "XYDATA=(X++(Y..Y))");
    for (row, values) in curve(points).chunks(8).enumerate() {
        let _ = write!(text, "{}", 400.0 + 4.0 * row as f64);
        for value in values {
            let _ = write!(text, " {value}");
        }
        text.push('\n');
    }
    text.push_str("##END=\n");
    text.into_bytes()
}

fn squeezed(value: i64, zero: char, plus: char, minus: char) -> String {
    let digits = value.unsigned_abs().to_string();
    let (first, rest) = digits.split_at(1);
    let digit = first.bytes().next().map_or(0, |b| b - b'0');
    let letter = match (digit, value < 0) {
        (0, _) => zero,
        (d, false) => (plus as u8 + d - 1) as char,
        (d, true) => (minus as u8 + d - 1) as char,
    };
    format!("{letter}{rest}")
}

fn jcamp_dif(points: usize) -> Vec<u8> {
    let mut text = jcamp_head(points, "XYDATA=(X++(Y..Y))");
    let y = curve(points);
    let mut from = 0;
    while from < y.len() {
        // A line repeats the last ordinate of the line before as its check.
        let start = from.saturating_sub(usize::from(from > 0));
        let until = (from + 20).min(y.len());
        let _ = write!(
            text,
            "{}{}",
            400.0 + 0.5 * start as f64,
            squeezed(y[start], '@', 'A', 'a')
        );
        for pair in y[start..until].windows(2) {
            text.push_str(&squeezed(pair[1] - pair[0], '%', 'J', 'j'));
        }
        text.push('\n');
        from = until;
    }
    text.push_str("##END=\n");
    text.into_bytes()
}

fn csv(points: usize) -> Vec<u8> {
    let mut text = "Raman shift (cm-1),Counts\n".to_owned();
    for (row, value) in curve(points).iter().enumerate() {
        let _ = writeln!(
            text,
            "{:.3},{:.2}",
            100.0 + 0.25 * row as f64,
            *value as f64 / 3.0
        );
    }
    text.into_bytes()
}

fn mzml(spectra: usize) -> Vec<u8> {
    let mut random = Random(4);
    let encode = |values: &[f64]| {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        base64::engine::general_purpose::STANDARD.encode(bytes)
    };
    let mut text = format!(
        "<?xml version=\"1.0\"?><mzML xmlns=\"http://psi.hupo.org/ms/mzml\" version=\"1.1.0\"><run id=\"r\"><spectrumList count=\"{spectra}\">"
    );
    for index in 0..spectra {
        let mut mz = 50.0;
        let x: Vec<f64> = (0..200)
            .map(|_| {
                mz += 4.0 * random.next();
                mz
            })
            .collect();
        let y: Vec<f64> = (0..200).map(|_| 1e5 * random.next()).collect();
        let _ = write!(
            text,
            "<spectrum index=\"{index}\" id=\"scan={index}\" defaultArrayLength=\"200\"><cvParam cvRef=\"MS\" accession=\"MS:1000511\" name=\"ms level\" value=\"1\"/><cvParam cvRef=\"MS\" accession=\"MS:1000127\" name=\"centroid spectrum\"/><scanList count=\"1\"><scan><cvParam cvRef=\"MS\" accession=\"MS:1000016\" name=\"scan start time\" value=\"{index}\" unitAccession=\"UO:0000010\"/></scan></scanList><binaryDataArrayList count=\"2\">"
        );
        for (values, accession, name) in [
            (&x, "MS:1000514", "m/z array"),
            (&y, "MS:1000515", "intensity array"),
        ] {
            let _ = write!(
                text,
                "<binaryDataArray><cvParam cvRef=\"MS\" accession=\"MS:1000523\" name=\"64-bit float\"/><cvParam cvRef=\"MS\" accession=\"MS:1000576\" name=\"no compression\"/><cvParam cvRef=\"MS\" accession=\"{accession}\" name=\"{name}\"/><binary>{}</binary></binaryDataArray>",
                encode(values)
            );
        }
        text.push_str("</binaryDataArrayList></spectrum>");
    }
    text.push_str("</spectrumList></run></mzML>");
    text.into_bytes()
}

/// A new SPC file of one spectrum; `exponent` -128 stands for floats.
fn spc(points: usize, exponent: i8) -> Vec<u8> {
    let mut file = vec![0_u8; 512 + 32];
    file[1] = 0x4b;
    file[2] = 4;
    file[3] = exponent as u8;
    file[4..8].copy_from_slice(&(points as u32).to_le_bytes());
    file[8..16].copy_from_slice(&400_f64.to_le_bytes());
    file[16..24].copy_from_slice(&4000_f64.to_le_bytes());
    file[24..28].copy_from_slice(&1_u32.to_le_bytes());
    file[28] = 1;
    file[29] = 2;
    for value in curve(points) {
        match exponent {
            -128 => file.extend((value as f32).to_le_bytes()),
            _ => file.extend((value as i32 * 1000).to_le_bytes()),
        }
    }
    file
}

fn wdf(spectra: usize, points: usize) -> Vec<u8> {
    let mut file = vec![0_u8; 512];
    file[..4].copy_from_slice(b"WDF1");
    file[8..16].copy_from_slice(&512_u64.to_le_bytes());
    file[0x3c..0x40].copy_from_slice(&(points as u32).to_le_bytes());
    file[0x40..0x48].copy_from_slice(&(spectra as u64).to_le_bytes());
    file[0x48..0x50].copy_from_slice(&(spectra as u64).to_le_bytes());
    file[0x58..0x5c].copy_from_slice(&(points as u32).to_le_bytes());
    let mut block = |name: &[u8], body: Vec<u8>| {
        file.extend(name);
        file.extend(0_u32.to_le_bytes());
        file.extend((body.len() as u64 + 16).to_le_bytes());
        file.extend(body);
    };
    let y = curve(points * spectra);
    block(
        b"DATA",
        y.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect(),
    );
    let mut x = [1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    x.extend((0..points).flat_map(|i| (1800.0 - i as f32).to_le_bytes()));
    block(b"XLST", x);
    file
}

/// A classic netCDF file with the variables of an ANDI-MS run.
fn andi(scans: usize, peaks: usize) -> Vec<u8> {
    let mut random = Random(5);
    let total = scans * peaks;
    let name = |text: &str| {
        let mut bytes = (text.len() as u32).to_be_bytes().to_vec();
        bytes.extend(text.bytes());
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    };
    let mut head = b"CDF\x01\0\0\0\0".to_vec();
    head.extend([10_u32.to_be_bytes(), 2_u32.to_be_bytes()].concat());
    for (dimension, length) in [("scan_number", scans), ("point_number", total)] {
        head.extend(name(dimension));
        head.extend((length as u32).to_be_bytes());
    }
    head.extend([0_u32.to_be_bytes(), 0_u32.to_be_bytes()].concat());
    let index: Vec<u8> = (0..scans)
        .flat_map(|s| ((s * peaks) as i32).to_be_bytes())
        .collect();
    let count: Vec<u8> = (0..scans)
        .flat_map(|_| (peaks as i32).to_be_bytes())
        .collect();
    let times: Vec<u8> = (0..scans)
        .flat_map(|s| (s as f64 * 0.3).to_be_bytes())
        .collect();
    let masses: Vec<u8> = (0..total)
        .flat_map(|i| (35.0 + (i % peaks) as f32 * 1.5).to_be_bytes())
        .collect();
    let heights: Vec<u8> = (0..total)
        .flat_map(|_| ((1e5 * random.next()) as f32).to_be_bytes())
        .collect();
    let variables = [
        ("scan_index", 0_u32, 4_u32, index),
        ("point_count", 0, 4, count),
        ("scan_acquisition_time", 0, 6, times),
        ("mass_values", 1, 5, masses),
        ("intensity_values", 1, 5, heights),
    ];
    head.extend([11_u32.to_be_bytes(), (variables.len() as u32).to_be_bytes()].concat());
    let size = |v: &(&str, u32, u32, Vec<u8>)| name(v.0).len() + 4 + 4 + 8 + 4 + 4 + 4;
    let mut begin = head.len() + variables.iter().map(size).sum::<usize>();
    for (label, dimension, kind, data) in &variables {
        head.extend(name(label));
        for word in [1, *dimension, 0, 0, *kind, data.len() as u32, begin as u32] {
            head.extend(word.to_be_bytes());
        }
        begin += data.len();
    }
    head.extend(variables.into_iter().flat_map(|v| v.3));
    head
}

fn readers(c: &mut Criterion) {
    let kept = std::env::var_os("SPECID_BENCH_FILES").map(std::path::PathBuf::from);
    let mut group = c.benchmark_group("read");
    group.sample_size(10);
    for (name, bytes, spectra) in [
        ("library.msp", msp(10_000), 10_000),
        ("run.mgf", mgf(5_000), 5_000),
        ("affn.jdx", jcamp_affn(400_000), 1),
        ("difdup.jdx", jcamp_dif(800_000), 1),
        ("columns.csv", csv(200_000), 1),
        ("run.mzML", mzml(2_000), 2_000),
        ("floats.spc", spc(1 << 20, -128), 1),
        ("integers.spc", spc(1 << 20, 20), 1),
        ("map.wdf", wdf(2_000, 1_000), 2_000),
        ("small.jdx", jcamp_affn(800), 1),
        ("small.csv", csv(800), 1),
        ("run.cdf", andi(2_000, 400), 2_000),
    ] {
        if let Some(folder) = &kept {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(name), &bytes).unwrap();
        }
        let input = Input::new(name, bytes);
        let read = |input: &Input| read_input(input, &Limits::default()).unwrap().1;
        let reading = read(&input);
        assert_eq!(reading.spectra.iter().flatten().count(), spectra, "{name}");
        group.throughput(Throughput::Bytes(input.bytes.len() as u64));
        group.bench_function(name, |b| b.iter(|| black_box(read(black_box(&input)))));
    }
    group.finish();
}

criterion_group!(benches, readers);
criterion_main!(benches);
