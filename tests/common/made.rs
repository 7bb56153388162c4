//! Files made byte by byte after the published layouts of their formats.

use base64::Engine as _;

fn put(file: &mut [u8], at: usize, bytes: &[u8]) {
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// An OPUS file of these blocks: type and content.
pub fn opus(blocks: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0_u8; 24 + 12 * blocks.len()];
    put(&mut file, 0, b"\x0a\x0a\xfe\xfe");
    put(&mut file, 12, &24_u32.to_le_bytes());
    put(&mut file, 20, &(blocks.len() as u32).to_le_bytes());
    for (index, (kind, content)) in blocks.iter().enumerate() {
        let at = file.len() as u32;
        let entry = [*kind, content.len() as u32 / 4, at];
        let entry: Vec<u8> = entry.iter().flat_map(|v| v.to_le_bytes()).collect();
        put(&mut file, 24 + 12 * index, &entry);
        file.extend(content);
    }
    file
}

/// A parameter block: integers of 4 bytes, floats of 8, anything else is text.
pub fn opus_parameters(values: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in values {
        let kind: u16 = match (value.len(), *name) {
            (4, "NPT") => 0,
            (8, "FXV" | "LXV") => 1,
            _ => 2,
        };
        block.extend(name.bytes());
        block.push(0);
        block.extend(kind.to_le_bytes());
        block.extend((value.len() as u16 / 2).to_le_bytes());
        block.extend(value);
    }
    block.extend(b"END\0\0\0\0\0");
    block.resize(block.len().next_multiple_of(4), 0);
    block
}

/// A new Galactic SPC file.
#[derive(Debug, Clone)]
pub struct SpcFile {
    pub flags: u8,
    pub exponent: i8,
    pub experiment: u8,
    pub x_type: u8,
    pub y_type: u8,
    pub z_step: f32,
    pub short: bool,
    pub big: bool,
    pub log: String,
    /// Exponent, z and ordinates as stored.
    pub sub_files: Vec<(i8, f32, Vec<i32>)>,
}

/// One stored ordinate and z for each sub-file, over 4000 cm-1 on.
pub fn spc(flags: u8, exponent: i8, sub_files: &[(i32, f32)]) -> SpcFile {
    SpcFile {
        flags,
        exponent,
        experiment: 0,
        x_type: 13,
        y_type: 4,
        z_step: 0.0,
        short: false,
        big: false,
        log: String::new(),
        sub_files: sub_files.iter().map(|(y, z)| (0, *z, vec![*y])).collect(),
    }
}

impl SpcFile {
    pub fn bytes(&self) -> Vec<u8> {
        let ordered = |mut bytes: Vec<u8>| {
            if self.big {
                bytes.reverse();
            }
            bytes
        };
        let word = |v: u32| ordered(v.to_le_bytes().to_vec());
        let long = |v: f64| ordered(v.to_le_bytes().to_vec());
        let real = |v: f32| ordered(v.to_le_bytes().to_vec());
        let mut file = vec![0_u8; 512];
        file[0] = self.flags | u8::from(self.short);
        file[1] = if self.big { 0x4c } else { 0x4b };
        file[2] = self.experiment;
        file[3] = self.exponent as u8;
        put(&mut file, 4, &word(self.sub_files[0].2.len() as u32));
        put(&mut file, 8, &long(4000.0));
        put(&mut file, 16, &long(400.0));
        put(&mut file, 24, &word(self.sub_files.len() as u32));
        (file[28], file[29]) = (self.x_type, self.y_type);
        put(&mut file, 312, &real(self.z_step));
        for (exponent, z, ordinates) in &self.sub_files {
            let mut head = vec![0_u8; 32];
            head[1] = *exponent as u8;
            put(&mut head, 4, &real(*z));
            file.extend(head);
            for y in ordinates {
                match self.short {
                    true => file.extend(ordered((*y as i16).to_le_bytes().to_vec())),
                    false => file.extend(ordered(y.to_le_bytes().to_vec())),
                }
            }
        }
        if !self.log.is_empty() {
            let at = file.len() as u32;
            put(&mut file, 248, &word(at));
            let mut head = vec![0_u8; 64];
            put(&mut head, 0, &word(64 + self.log.len() as u32));
            put(&mut head, 8, &word(64));
            file.extend(head);
            file.extend(self.log.bytes());
        }
        file
    }
}

/// A Renishaw WDF file whose ordinates count from 0.
pub struct WdfFile {
    pub spectra: usize,
    pub points: usize,
    pub unit: u32,
    pub y_values: u32,
    pub title: String,
}

/// A file of `spectra` spectra of `points` points over Raman shift.
pub fn wdf(spectra: usize, points: usize) -> WdfFile {
    WdfFile {
        spectra,
        points,
        unit: 1,
        y_values: 1,
        title: String::new(),
    }
}

impl WdfFile {
    pub fn bytes(&self) -> Vec<u8> {
        let points = self.points as u32;
        let mut file = vec![0_u8; 512];
        put(&mut file, 0, b"WDF1");
        put(&mut file, 8, &512_u64.to_le_bytes());
        put(&mut file, 0x3c, &points.to_le_bytes());
        put(&mut file, 0x40, &(self.spectra as u64).to_le_bytes());
        put(&mut file, 0x48, &(self.spectra as u64).to_le_bytes());
        put(&mut file, 0x54, &self.y_values.to_le_bytes());
        put(&mut file, 0x58, &points.to_le_bytes());
        put(&mut file, 0xf0, self.title.as_bytes());
        let mut block = |name: &[u8], body: Vec<u8>| {
            file.extend(name);
            file.extend(0_u32.to_le_bytes());
            file.extend((body.len() as u64 + 16).to_le_bytes());
            file.extend(body);
        };
        let y = 0..self.spectra * self.points;
        block(b"DATA", y.flat_map(|v| (v as f32).to_le_bytes()).collect());
        let mut x = [1_u32.to_le_bytes(), self.unit.to_le_bytes()].concat();
        x.extend((0..self.points).flat_map(|i| (1800.0 - i as f32).to_le_bytes()));
        block(b"XLST", x);
        file
    }
}

/// An OMNIC file of these blocks: key and content.
pub fn omnic(blocks: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0_u8; 304 + 16 * blocks.len()];
    put(&mut file, 0, b"Spectral Data File");
    put(&mut file, 294, &(blocks.len() as u16).to_le_bytes());
    for (index, (key, content)) in blocks.iter().enumerate() {
        let entry = 304 + 16 * index;
        let at = file.len() as u32;
        file[entry] = *key;
        put(&mut file, entry + 2, &at.to_le_bytes());
        put(&mut file, entry + 6, &(content.len() as u32).to_le_bytes());
        file.extend(content);
    }
    file
}

/// A classic netCDF file with an ANDI-MS run of two scans of two points.
#[derive(Debug, Clone)]
pub struct Netcdf {
    pub masses: Vec<f32>,
    pub starts: Vec<f64>,
    pub counts: Vec<i32>,
    pub ionisation: String,
    pub instrument: String,
}

impl Default for Netcdf {
    fn default() -> Self {
        Self {
            masses: vec![50.0, 51.0, 60.0, 61.0],
            starts: vec![0.0, 2.0],
            counts: vec![2, 2],
            ionisation: "Electron Impact".to_owned(),
            instrument: String::new(),
        }
    }
}

impl Netcdf {
    pub fn bytes(&self) -> Vec<u8> {
        let word = |v: usize| (v as u32).to_be_bytes().to_vec();
        let padded = |text: &str| {
            let mut bytes = word(text.len());
            bytes.extend(text.bytes());
            bytes.resize(bytes.len().next_multiple_of(4), 0);
            bytes
        };
        let mut head = b"CDF\x01\0\0\0\0".to_vec();
        head.extend([word(10), word(3)].concat());
        for (name, length) in [("scans", 2), ("points", 4), ("letters", 32)] {
            head.extend([padded(name), word(length)].concat());
        }
        head.extend([word(12), word(1), padded("test_ionization_mode"), word(2)].concat());
        head.extend(padded(&self.ionisation));
        let integers = |v: &[i32]| v.iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>();
        let doubles = |v: &[f64]| v.iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>();
        let reals = |v: &[f32]| v.iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>();
        let mut name = self.instrument.clone().into_bytes();
        name.resize(32, 0);
        let variables = [
            ("scan_index", 0, 6, doubles(&self.starts)),
            ("point_count", 0, 4, integers(&self.counts)),
            ("mass_values", 1, 5, reals(&self.masses)),
            ("intensity_values", 1, 5, reals(&[1.0, 2.0, 3.0, 4.0])),
            ("instrument_name", 2, 2, name),
        ];
        head.extend([word(11), word(variables.len())].concat());
        let size = |name: &str| padded(name).len() + 28;
        let mut begin = head.len() + variables.iter().map(|v| size(v.0)).sum::<usize>();
        for (label, dimension, kind, data) in &variables {
            head.extend(padded(label));
            for number in [1, *dimension, 0, 0, *kind, data.len(), begin] {
                head.extend(word(number));
            }
            begin += data.len();
        }
        head.extend(variables.into_iter().flat_map(|v| v.3));
        head
    }
}

/// A binary array of mzML with these terms.
pub fn mzml_array(what: &str, terms: &[&str], bytes: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(bytes);
    let terms: String = terms
        .iter()
        .chain([&what])
        .map(|t| format!("<cvParam accession=\"{t}\"/>"))
        .collect();
    format!("<binaryDataArray>{terms}<binary>{text}</binary></binaryDataArray>")
}

/// An mzML file of one spectrum that announces `points` points.
pub fn mzml(source: &str, points: usize, arrays: &[&str]) -> Vec<u8> {
    format!(
        "<mzML version=\"1.1.0\"><instrumentConfigurationList><instrumentConfiguration><componentList><source><cvParam accession=\"{source}\"/></source></componentList></instrumentConfiguration></instrumentConfigurationList><run><spectrumList><spectrum id=\"s\" defaultArrayLength=\"{points}\"><cvParam accession=\"MS:1000511\" value=\"1\"/>{}</spectrum></spectrumList></run></mzML>",
        arrays.concat()
    )
    .into_bytes()
}

/// EI spectra of `count` made-up substances as MSP, each with 24 ions of its own; the same for the
/// same `seed`. Names are `PREFIX-0`, ids `prefix-0`.
pub fn msp(prefix: &str, count: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut text = String::new();
    for n in 0..count {
        let mut ions: Vec<(usize, usize)> = (0..24)
            .map(|_| (40 + next() % 260, 1 + next() % 400))
            .collect();
        ions.push((100 + next() % 150, 999));
        ions.sort_unstable();
        ions.dedup_by_key(|ion| ion.0);
        text.push_str(&format!(
            "Name: {prefix}-{n}\nDB#: {}-{n}\nNum Peaks: {}\n",
            prefix.to_lowercase(),
            ions.len()
        ));
        for (mz, height) in ions {
            text.push_str(&format!("{mz} {height}\n"));
        }
        text.push('\n');
    }
    text
}

/// 1-Phenyl-2-propanone.
pub const P2P: &[(u32, f64)] = &[
    (43, 1e5),
    (51, 6e3),
    (63, 7e3),
    (65, 2e4),
    (91, 1e5),
    (92, 3e4),
    (134, 4e4),
];
/// A siloxane of a column's bleed.
pub const D4: &[(u32, f64)] = &[(281, 9e4), (282, 2e4), (283, 1e4), (73, 8e3), (265, 7e3)];
/// Ions that no substance has.
pub const ODD: &[(u32, f64)] = &[(97, 6e4), (101, 7e4), (203, 9e4), (204, 2e4), (339, 5e4)];

/// A run of 120 scans two seconds apart: peaks (apex scan from 1, ions) on air and a little bleed.
pub fn run_file(peaks: &[(f64, &[(u32, f64)])]) -> String {
    let mut file = "##TITLE= run\n##JCAMP-DX= 5.00\n##DATA TYPE= MASS SPECTRUM\n##DATA CLASS= NTUPLES\n##NTUPLES= MASS SPECTRUM\n##SYMBOL= X, Y, T\n##VAR_TYPE= INDEPENDENT, DEPENDENT, INDEPENDENT\n##UNITS= M/Z, RELATIVE ABUNDANCE, MINUTES\n"
        .to_owned();
    for scan in 1..=120 {
        let mut ions = vec![(28, 900.0), (32, 200.0), (40, 20.0), (207, 300.0)];
        for (apex, of) in peaks {
            let height = (-0.5 * ((f64::from(scan) - apex) / 3.0).powi(2)).exp();
            let own = of.iter().map(|(mz, y)| (*mz, (y * height).round()));
            ions.extend(own.filter(|ion| ion.1 > 0.0));
        }
        let list: Vec<String> = ions.iter().map(|(mz, y)| format!("{mz},{y}")).collect();
        file += &format!(
            "##PAGE= T={}\n##NPOINTS= {}\n##DATA TABLE= (XY..XY), PEAKS\n{}\n",
            f64::from(scan) / 30.0,
            list.len(),
            list.join(" ")
        );
    }
    file + "##END NTUPLES= MASS SPECTRUM\n##END=\n"
}

/// An EI spectrum as MSP.
pub fn ei_record(name: &str, formula: Option<&str>, ions: &[(u32, u32)]) -> String {
    let formula = formula.map_or_else(String::new, |f| format!("Formula: {f}\n"));
    let peaks: String = ions.iter().map(|(mz, y)| format!("{mz} {y}\n")).collect();
    format!(
        "Name: {name}\nID: {name}\n{formula}Instrument_type: GC-EI-Q\nNum Peaks: {}\n{peaks}\n",
        ions.len()
    )
}

/// A few imagined references, and the ions of what they lack: a homologue of "one", the iminium ion 14 heavier, the
/// aromatic part the same.
pub struct Imagined;

impl Imagined {
    const ONE: &[(u32, u32)] = &[
        (50, 20),
        (51, 35),
        (58, 999),
        (77, 120),
        (78, 12),
        (105, 90),
        (163, 5),
    ];
    const THREE: &[(u32, u32)] = &[
        (42, 90),
        (55, 200),
        (67, 300),
        (82, 250),
        (83, 30),
        (109, 600),
        (110, 80),
        (136, 60),
        (137, 40),
        (165, 40),
        (193, 100),
        (194, 999),
    ];
    const FOUR: &[(u32, u32)] = &[
        (39, 60),
        (50, 50),
        (51, 60),
        (63, 250),
        (65, 200),
        (79, 30),
        (91, 70),
        (92, 450),
        (93, 120),
        (119, 30),
        (120, 999),
        (121, 90),
        (152, 700),
    ];
    const HOMOLOGUE: &[(u32, u32)] = &[
        (50, 18),
        (51, 30),
        (72, 999),
        (77, 110),
        (78, 11),
        (105, 95),
        (177, 8),
    ];

    /// The references as MSP.
    pub fn references() -> String {
        [
            ei_record("one", Some("C10H13NO"), Self::ONE),
            ei_record("three", Some("C8H10N4O2"), Self::THREE),
            ei_record("four", Some("C8H8O3"), Self::FOUR),
        ]
        .concat()
    }

    /// A run of 120 scans two seconds apart: "three" and "four" at one time, the homologue, and "one".
    pub fn run() -> String {
        let high = |ions: &[(u32, u32)]| -> Vec<(u32, f64)> {
            let ion = |(mz, y): &(u32, u32)| (*mz, 100.0 * f64::from(*y));
            ions.iter().map(ion).collect()
        };
        let [one, three, four, homologue] =
            [Self::ONE, Self::THREE, Self::FOUR, Self::HOMOLOGUE].map(high);
        run_file(&[
            (35.0, &three),
            (35.0, &four),
            (70.0, &homologue),
            (100.0, &one),
        ])
    }
}
