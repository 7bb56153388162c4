//! Peak lists of mass spectra: MSP, MassBank, MGF and mzSpecLib.

use specid::read::{ErrorKind, Input, Limits, Reading, read_input};
use specid::spectrum::{Spectrum, Technique};

fn reading(name: &str, text: &str) -> (&'static str, Reading) {
    let input = Input::new(name, text.as_bytes().to_vec());
    let (reader, reading) = read_input(&input, &Limits::default()).unwrap();
    (reader.id(), reading)
}

fn spectra(name: &str, text: &str) -> Vec<Spectrum> {
    let read = reading(name, text).1.spectra;
    read.into_iter().map(Result::unwrap).collect()
}

fn one(name: &str, text: &str) -> Spectrum {
    spectra(name, text).remove(0)
}

fn warned(spectrum: &Spectrum, words: &str) -> bool {
    spectrum.warnings.iter().any(|w| w.message.contains(words))
}

fn mgf(fields: &str) -> Spectrum {
    let text = format!("BEGIN IONS\n{fields}\n50 1\n60 2\nEND IONS\n");
    one("a.mgf", &text)
}

#[test]
fn the_ion_mode_outranks_the_charge() {
    let positive = |fields: &str| mgf(fields).precursor.and_then(|p| p.positive);
    assert_eq!(
        positive("PEPMASS=195.1\nIONMODE=Negative\nCHARGE=1"),
        Some(false)
    );
    assert_eq!(
        positive("PEPMASS=195.1\nCHARGE=1\nIONMODE=Negative"),
        Some(false)
    );
    assert_eq!(positive("PEPMASS=195.1\nCHARGE=2+"), Some(true));
    assert_eq!(positive("PEPMASS=195.1\nCHARGE=1-"), Some(false));
    assert_eq!(positive("PEPMASS=195.1\nCHARGE=0"), None);
    assert_eq!(positive("PEPMASS=195.1\nIONMODE=N/A\nCHARGE=1"), Some(true));
}

#[test]
fn mgf_blocks_that_are_no_ms_ms() {
    let electron = mgf("PEPMASS=0.0\nMSLEVEL=1\nSOURCE_INSTRUMENT=GC-EI-TOF");
    assert_eq!(electron.technique, Technique::EiMs);
    let silent = mgf("NAME=a");
    assert_eq!(silent.technique, Technique::MsMs);
    assert!(warned(&silent, "from the file format"));
}

#[test]
fn few_keys_are_shared_by_all_blocks() {
    let blocks = "BEGIN IONS\nPEPMASS=9\n50 1\nEND IONS\n".repeat(100);
    let read = reading("a.mgf", &("A=1\n".repeat(1000) + &blocks)).1;
    assert!(read.warnings.iter().any(|w| w.message.contains("936 keys")));
    let spectrum = read.spectra[99].as_ref().unwrap();
    assert!(spectrum.metadata.len() <= 64);
    let few = reading("a.mgf", &format!("CHARGE=1-\n{blocks}")).1;
    assert!(few.warnings.is_empty());
    let charged = few.spectra[0].as_ref().unwrap().precursor.clone();
    assert_eq!(charged.and_then(|p| p.positive), Some(false));
}
