//! Vendors' binary files and mass-spectrometric XML: variants that the corpus of real files lacks, made
//! here byte by byte after the published layouts.

mod common;

use common::made::{Netcdf, mzml, mzml_array, omnic, opus, opus_parameters, spc, wdf};
use specid::read::{ErrorKind, Input, Limits, ReadError, Reading, read_input};
use specid::spectrum::{InfraredMode, Spectrum, Technique};
use specid::units::{XUnit, YUnit};

fn reading(name: &str, bytes: Vec<u8>) -> Result<Reading, ReadError> {
    read_input(&Input::new(name, bytes), &Limits::default()).map(|(_, reading)| reading)
}

fn spectra(name: &str, bytes: Vec<u8>) -> Vec<Spectrum> {
    let reading = reading(name, bytes).unwrap();
    reading.spectra.into_iter().map(Result::unwrap).collect()
}

fn only(name: &str, bytes: Vec<u8>) -> Spectrum {
    let mut all = spectra(name, bytes);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn warned(spectrum: &Spectrum, words: &str) -> bool {
    spectrum.warnings.iter().any(|w| w.message.contains(words))
}

/// A ratio of the sample, amplitude, of this kind of data.
fn ratio(data: u32) -> u32 {
    3 | (3 << 2) | (data << 10)
}

fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn status(points: i32) -> Vec<u8> {
    opus_parameters(&[
        ("NPT", points.to_le_bytes().to_vec()),
        ("FXV", 4000_f64.to_le_bytes().to_vec()),
        ("LXV", 400_f64.to_le_bytes().to_vec()),
        ("DXU", b"WN\0\0".to_vec()),
    ])
}

#[test]
fn opus_series_give_every_spectrum() {
    let kind = ratio(4) | (2 << 19);
    let mut block: Vec<u8> = [0_i32, 2, 24, 12, 160, 0]
        .iter()
        .flat_map(|v| v.to_le_bytes())
        .collect();
    for (values, time) in [([1.0, 2.0, 3.0], 0.5_f64), ([4.0, 5.0, 6.0], 1.5)] {
        block.extend(floats(&values));
        // The end time is the last number of the table: behind 10 integers and 13 floats.
        block.extend([0; 144]);
        block.extend(time.to_le_bytes());
        block.extend([0; 8]);
    }
    let file = opus(&[(kind | (1 << 4), status(3)), (kind, block)]);
    let found = spectra("a.0", file);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].ordinate, [4.0, 5.0, 6.0]);
    assert_eq!(found[1].meta("time of the series / s"), Some("1.5"));
}

#[test]
fn opus_blocks_that_are_no_absorbance() {
    let file = |kind: u32| {
        let data = floats(&[0.1, 0.5, 0.2]);
        opus(&[(kind | (1 << 4), status(3)), (kind, data)])
    };
    let derivative = only("a.0", file(ratio(4) | (2 << 17)));
    assert_eq!(derivative.companion, Some("derivative of a spectrum"));
    let atr = only("a.0", file(ratio(16)));
    assert_eq!(atr.technique, Technique::Infrared(InfraredMode::Atr));
    assert!(warned(&atr, "ATR"));
    let reflected = only("a.0", file(ratio(15)));
    assert_eq!(reflected.y_unit, YUnit::LogInverseReflectance);
    let calculated = only("a.0", file(ratio(19)));
    assert!(warned(&calculated, "calculation"));
}

#[test]
fn opus_says_when_a_block_is_cut_and_reads_the_accessory() {
    let kind = ratio(4);
    let cut = opus(&[(kind | (1 << 4), status(9)), (kind, floats(&[1.0, 2.0]))]);
    let found = reading("a.0", cut).unwrap();
    let error = found.spectra[0].as_ref().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Truncated);
    let optics = opus_parameters(&[("ACC", b"ATR platinum Diamond\0\0".to_vec())]);
    let data = floats(&[0.1, 0.5, 0.2]);
    let file = opus(&[(kind | (1 << 4), status(3)), (kind, data), (6 << 4, optics)]);
    let found = only("a.0", file);
    assert_eq!(found.technique, Technique::Infrared(InfraredMode::Atr));
    assert_eq!(found.meta("accessory"), Some("ATR platinum Diamond"));
}

#[test]
fn spc_exponents_and_byte_orders() {
    // y = integer x 2^(exponent - 32): 2^30 x 2^(2 - 32) = 1.
    let mut file = spc(0, 2, &[(1 << 30, 0.0)]);
    assert_eq!(only("a.spc", file.bytes()).ordinate, [1.0]);
    file.short = true;
    file.sub_files = vec![(0, 0.0, vec![1 << 14])];
    // 2^14 x 2^(2 - 16) = 1
    assert_eq!(only("a.spc", file.bytes()).ordinate, [1.0]);
    file.big = true;
    assert_eq!(only("a.spc", file.bytes()).ordinate, [1.0]);
    // A signed byte: 2^30 x 2^(-1 - 32) = 1/8.
    assert_eq!(
        only("a.spc", spc(0, -1, &[(1 << 30, 0.0)]).bytes()).ordinate,
        [0.125]
    );
}

#[test]
fn spc_multifiles_have_their_own_exponents_and_places() {
    let mut file = spc(4, 7, &[(1 << 30, 0.0), (1 << 30, 0.0)]);
    file.sub_files[0].0 = 2;
    file.z_step = 0.5;
    let found = spectra("a.spc", file.bytes());
    // 2^30 x 2^(2 - 32) = 1; the second sub-file's own exponent is 0: 1/4.
    assert_eq!((found[0].ordinate[0], found[1].ordinate[0]), (1.0, 0.25));
    assert_eq!(found[1].meta("z"), Some("0.5"));
    // Where the header says floats and the sub-files nothing, they are floats.
    let one = 1_f32.to_bits() as i32;
    let found = spectra("a.spc", spc(4, -128, &[(one, 0.0), (one, 0.0)]).bytes());
    assert_eq!(found[1].ordinate, [1.0]);
    assert!(warned(&found[1], "no exponent"));
}

#[test]
fn spc_kinds_are_not_guessed_silently() {
    let with = |experiment: u8, x: u8, y: u8| {
        let mut file = spc(0, 2, &[(1 << 30, 0.0)]);
        (file.experiment, file.x_type, file.y_type) = (experiment, x, y);
        file.sub_files[0].2.push(0);
        only("a.spc", file.bytes())
    };
    assert_eq!(with(4, 1, 1).companion, Some("interferogram"));
    assert_eq!(with(4, 1, 130).companion, Some("single-beam spectrum"));
    let mass = with(9, 9, 0);
    assert!(mass.technique == Technique::EiMs && warned(&mass, "Taken as EI"));
    let absorbs = with(0, 1, 2);
    assert!(matches!(absorbs.technique, Technique::Infrared(_)) && warned(&absorbs, "Taken as"));
    assert!(warned(&with(0, 1, 11), "per cent"));
    let raman = with(11, 1, 4);
    assert!(raman.x_unit == XUnit::RamanShift && warned(&raman, "Raman shift"));
}

#[test]
fn spc_log_states_the_laser_of_raman_spectra_only() {
    let with = |x: u8, y: u8| {
        let mut file = spc(0, 2, &[(1 << 30, 0.0)]);
        (file.x_type, file.y_type) = (x, y);
        file.log = "Laser_Wavelength=785,21\r\nLaser_Power=300\r\n".to_owned();
        only("a.spc", file.bytes()).provenance.laser_nm
    };
    assert_eq!(with(13, 4), Some(785.21));
    assert_eq!(with(1, 2), None);
}

#[test]
fn wdf_layouts_units_and_names() {
    let mut file = wdf(2, 3);
    file.title = "Parac\u{e9}tamol".to_owned();
    let found = spectra("a.wdf", file.bytes());
    assert_eq!(found[1].ordinate, [3.0, 4.0, 5.0]);
    assert_eq!(found[0].title, "Parac\u{e9}tamol");
    file.unit = 3;
    let found = spectra("a.wdf", file.bytes());
    assert_eq!(found[0].technique, Technique::Unknown);
    assert!(warned(&found[0], "not a Raman shift"));
    file.y_values = 2;
    let error = reading("a.wdf", file.bytes()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
}

/// Found by the fuzzer: the place behind a block was beyond all numbers.
#[test]
fn wdf_block_sizes_at_the_end_of_numbers() {
    for size in [u64::MAX, u64::MAX - 15, 1 << 63] {
        let mut file = wdf(1, 3).bytes();
        file[8..16].copy_from_slice(&size.to_le_bytes());
        assert!(reading("a.wdf", file).is_err());
    }
}

#[test]
fn omnic_pairs_headers_with_their_own_ordinates() {
    // A header without ordinates, an interferogram's, stands before the sample's.
    let header = |code: u8| {
        let mut block = vec![0_u8; 140];
        block[4..8].copy_from_slice(&3_u32.to_le_bytes());
        (block[8], block[12]) = (1, code);
        block[16..20].copy_from_slice(&4000_f32.to_le_bytes());
        block[20..24].copy_from_slice(&400_f32.to_le_bytes());
        block
    };
    let y = floats(&[0.1, 0.9, 0.3]);
    let file = omnic(&[(2, header(22)), (2, header(17)), (3, y.clone())]);
    let found = only("a.spa", file);
    assert_eq!((found.y_unit, found.companion), (YUnit::Absorbance, None));
    let mut raman = header(31);
    raman[8] = 32;
    raman[16..20].copy_from_slice(&4000_f32.to_le_bytes());
    let history = b"Collect Raman\r\n Resolution: 4.000 from 5395.0 to 8995.0\r\n".to_vec();
    let found = only("a.spa", omnic(&[(2, raman), (3, y), (0x1b, history)]));
    // 5395 + 4000 = 9395 cm-1
    assert!((found.provenance.laser_nm.unwrap() - 1e7 / 9395.0).abs() < 1e-6);
}

#[test]
fn andi_runs_as_writers_leave_them() {
    let run = |file: Netcdf| spectra("a.cdf", file.bytes());
    let file = Netcdf {
        masses: vec![50.0, 51.0, 9.969_21e36, 60.0],
        ionisation: "Electron Ionization".to_owned(),
        instrument: "TSQ700".to_owned(),
        ..Netcdf::default()
    };
    let found = run(file.clone());
    assert_eq!((found.len(), found[1].len()), (2, 1));
    assert!(warned(&found[1], "marked as missing"));
    assert_eq!(found[0].technique, Technique::EiMs);
    assert_eq!(found[0].provenance.instrument.as_deref(), Some("TSQ700"));
    let chemical = Netcdf {
        ionisation: "Chemical Ionization".to_owned(),
        ..file.clone()
    };
    assert!(warned(&run(chemical)[0], "chemical ionization"));
    let missing = Netcdf {
        counts: vec![-9999, -9999],
        ..file
    };
    assert_eq!(run(missing)[0].axis.to_vec(), [50.0, 51.0]);
}

/// Found by the fuzzer: a scan's start beyond all numbers.
#[test]
fn andi_scans_that_begin_nowhere() {
    let file = Netcdf {
        starts: vec![0.0, 1e300],
        ..Netcdf::default()
    };
    let found = reading("a.cdf", file.bytes()).unwrap();
    let error = found.spectra[1].as_ref().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Truncated);
}

#[test]
fn mzml_numbers_of_every_type() {
    let integers: Vec<u8> = [10_i32, 999].iter().flat_map(|v| v.to_le_bytes()).collect();
    let long: Vec<u8> = [50_i64, 60].iter().flat_map(|v| v.to_le_bytes()).collect();
    let x = mzml_array("MS:1000514", &["MS:1000522"], &long);
    let y = mzml_array("MS:1000515", &["MS:1000519"], &integers);
    let found = only("a.mzML", mzml("MS:1000389", 3, &[&x, &y]));
    assert_eq!(found.axis.to_vec(), [50.0, 60.0]);
    assert_eq!(found.ordinate, [10.0, 999.0]);
    assert_eq!(found.technique, Technique::EiMs);
    assert!(warned(&found, "announces 3 points; 2 were read"));
    for refused in ["MS:1003089", "MS:1003780"] {
        let packed = mzml_array("MS:1000515", &["MS:1000521", refused], &integers);
        let found = reading("a.mzML", mzml("", 2, &[&x, &packed])).unwrap();
        let error = found.spectra[0].as_ref().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unsupported);
    }
    let untyped = mzml_array("MS:1000515", &[], &integers);
    let found = reading("a.mzML", mzml("", 2, &[&x, &untyped])).unwrap();
    assert!(found.spectra[0].is_err());
}

#[test]
fn runs_cut_off_say_so() {
    let y = mzml_array("MS:1000515", &["MS:1000521"], &floats(&[1.0, 2.0]));
    let x = mzml_array("MS:1000514", &["MS:1000521"], &floats(&[50.0, 60.0]));
    let whole = mzml("", 2, &[&x, &y]);
    let ends = whole.len() - "</spectrumList></run></mzML>".len();
    for cut in [ends, ends - 30] {
        let found = reading("a.mzML", whole[..cut].to_vec()).unwrap();
        let last = found.spectra.last().unwrap().as_ref().unwrap_err();
        assert_eq!(last.kind, ErrorKind::Truncated);
    }
    let mzxml = "<mzXML><msRun><scan num=\"1\" msLevel=\"1\" peaksCount=\"1\"><peaks precision=\"32\" contentType=\"m/z-int\">QkgAAEEgAAA=</peaks></scan></msRun></mzXML>";
    // Big-endian 32-bit floats 0x42480000 and 0x41200000.
    let found = only("a.mzXML", mzxml.as_bytes().to_vec());
    assert_eq!(
        (found.axis.to_vec(), found.ordinate),
        (vec![50.0], vec![10.0])
    );
    let cut = mzxml.as_bytes()[..mzxml.len() - 30].to_vec();
    let found = reading("a.mzXML", cut).unwrap();
    assert!(found.spectra.last().unwrap().is_err());
    // The name of the controlled vocabulary, that of older programs, and the abbreviation.
    let from = |source: &str| {
        let said = format!(
            "<msInstrument><msIonisation category=\"msIonisation\" value=\"{source}\"/></msInstrument>"
        );
        let file = mzxml.replace("<msRun>", &format!("<msRun>{said}"));
        only("a.mzXML", file.into_bytes()).technique
    };
    for electron in ["electron ionization", "Electron Impact", "EI"] {
        assert_eq!(from(electron), Technique::EiMs, "{electron}");
    }
    assert_eq!(from("ESI"), Technique::Unknown);
    let separate = mzxml.replace("m/z-int", "m/z");
    let found = reading("a.mzXML", separate.into_bytes()).unwrap();
    let error = found.spectra[0].as_ref().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
}
