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

fn msp(fields: &str) -> Spectrum {
    let text = format!("Name: a\n{fields}\nNum Peaks: 2\n51.02 3\n77.04 9\n");
    one("a.msp", &text)
}

#[test]
fn ei_outranks_a_precursor_unless_ms2_is_stated() {
    let mona = msp(
        "PrecursorMZ: 0\nComments: \"instrument=VARIAN MAT-44\" \"instrument type=EI-B\" \"ms level=MS1\"",
    );
    assert_eq!((mona.technique, &mona.precursor), (Technique::EiMs, &None));
    assert_eq!(mona.provenance.instrument.as_deref(), Some("VARIAN MAT-44"));
    assert!(mona.warnings.is_empty(), "{:?}", mona.warnings);
    let orbitrap = msp(
        "PRECURSORMZ: 252.09\nINSTRUMENT: GC Orbitrap GC-MS/MS\nINSTRUMENTTYPE: GC-EI-Orbitrap\nIONIZATION: EI+",
    );
    assert_eq!(orbitrap.technique, Technique::EiMs);
    assert!(warned(&orbitrap, "EI and a precursor ion (m/z 252.09)"));
    assert_eq!(orbitrap.meta("precursormz"), Some("252.09"));
    for level in ["MS2", "2", "MS/MS", "MSn"] {
        let fields = format!("PRECURSORMZ: 252.09\nIONIZATION: EI+\nMS_LEVEL: {level}");
        assert_eq!(msp(&fields).technique, Technique::MsMs, "{level}");
    }
}

#[test]
fn ms_ms_is_inferred_aloud_and_level_1_is_none() {
    let inferred = msp("PRECURSORMZ: 252.09");
    assert_eq!(inferred.technique, Technique::MsMs);
    assert!(warned(&inferred, "from its precursor ion"));
    let stated = msp("PRECURSORMZ: 252.09\nSpectrum_type: MS2");
    assert!(stated.warnings.is_empty(), "{:?}", stated.warnings);
    let survey = msp("PRECURSORMZ: 252.09\nmsLevel: MS1");
    assert_eq!(survey.technique, Technique::Unknown);
    assert!(warned(&survey, "MS level 1"));
    assert!(msp("PRECURSORMZ: 0\nIonization: ESI").precursor.is_none());
}

#[test]
fn the_records_own_keys_come_before_its_comment() {
    let spectrum = msp("CAS: 103797\nComment: CAS=64-17-5; Ionization=EI; Notes=a b; ID=7");
    assert_eq!(spectrum.identity.cas.as_deref(), Some("103-79-7"));
    assert_eq!(spectrum.technique, Technique::EiMs);
    assert_eq!(spectrum.provenance.id.as_deref(), Some("7"));
}

#[test]
fn spectrast_libraries_are_read() {
    let text = "### library (Text version: x)\n### SpectraST\n###\nName: AAK/2\nLibID: 0\n\
        PrecursorMZ: 301.2\nComment: Mods=0 Inst=it\nNumPeaks: 2\n\
        175.1\t20.5\ty1/0.02,[b2-17/0.1] (2 3)\t5/9 0.1|0.2\n300.2\t90\t?\t1/2\n\n\
        Name: AAR/2\nPrecursorMZ: 315.2\nNumPeaks: 1\n175.1\t3.5\ty1/0.02\t5/9\n";
    let (reader, read) = reading("a.sptxt", text);
    assert_eq!(reader, "msp");
    let read: Vec<Spectrum> = read.spectra.into_iter().map(Result::unwrap).collect();
    assert_eq!(read.len(), 2);
    let points: Vec<_> = read[0].points().collect();
    assert_eq!(points, [(175.1, 20.5), (300.2, 90.0)]);
    assert_eq!(read[0].technique, Technique::MsMs);
}

#[test]
fn keys_between_the_number_of_peaks_and_the_peaks() {
    let text = "NAME: Water\nNUM PEAKS: 2\nSTDINCHI: InChI=1S/H2O/h1H2\nSMILES: O\n17.0\t211\n18.0\t999\n\n\
        NAME: Methanol\nNUM PEAKS: 1\nSMILES: CO\n31.0\t999\n";
    let read = spectra("a.msp", text);
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].identity.smiles.as_deref(), Some("O"));
    assert_eq!((read[0].len(), read[1].len()), (2, 1));
}

const MASSBANK: &str = "RECORD_TITLE: a\nAC$MASS_SPECTROMETRY: ION_MODE positive\n\
    MS$FOCUSED_ION: PRECURSOR_M/Z  137.0458\nPK$NUM_PEAK: 2\nPK$PEAK: m/z int. rel.int.\n\
    94.04\t237.5\t49.2\n110.03\t481.7\t100\n";

#[test]
fn massbank_records_without_accession() {
    let (reader, read) = reading("a.msp", &MASSBANK.repeat(2));
    assert_eq!((reader, read.spectra.len()), ("massbank", 2));
    let spectrum = read.spectra[0].as_ref().unwrap();
    let points: Vec<_> = spectrum.points().collect();
    assert_eq!(points, [(94.04, 237.5), (110.03, 481.7)]);
    assert_eq!(spectrum.technique, Technique::MsMs);
    assert!(warned(spectrum, "from its precursor ion"));
    let precursor = spectrum.precursor.clone().unwrap();
    assert_eq!(precursor.mz, Some(137.0458));
}

#[test]
fn a_massbank_record_cut_off_is_an_error() {
    let cut = MASSBANK.replace("PK$NUM_PEAK: 2", "PK$NUM_PEAK: 3");
    let read = reading("a.txt", &format!("ACCESSION: X1\n{cut}")).1;
    let error = read.spectra[0].as_ref().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Truncated);
    // With its end mark the record is complete, and its count is wrong.
    let ended = one("a.txt", &format!("ACCESSION: X1\n{cut}//\n"));
    assert!(warned(&ended, "announces 3 peaks; 2 were read"));
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

#[test]
fn the_first_analyte_of_a_library_wins_in_both_forms() {
    let analyte = |i: usize| {
        format!(
            "\"{i}\": {{\"attributes\": [{{\"accession\": \"MS:1\", \"name\": \"molecular formula\", \"value\": \"C{i}\"}}]}}"
        )
    };
    let analytes: Vec<String> = [10, 2, 1, 7, 3].map(analyte).to_vec();
    let json = format!(
        "{{\"format_version\": \"1.0\", \"spectra\": [{{\"attributes\": [], \"analytes\": {{{}}}, \
         \"mzs\": [50.0], \"intensities\": [1.0]}}]}}",
        analytes.join(", ")
    );
    let text = "<mzSpecLib>\nMS:1003186|library format version=1.0\n<Spectrum=1>\n\
        <Analyte=1>\nMS:1|molecular formula=C1\n<Analyte=2>\nMS:1|molecular formula=C2\n\
        <Peaks>\n50.0\t1.0\n";
    for (name, text) in [("a.json", json.as_str()), ("a.mzlib", text)] {
        let formula = one(name, text).identity.formula;
        assert_eq!(formula.as_deref(), Some("C1"), "{name}");
    }
}

#[test]
fn large_attribute_sets_are_cut_and_kept_once() {
    let head = "<mzSpecLib>\nMS:1003186|library format version=1.0\n<AttributeSet Spectrum=all>\n";
    let record = "<Spectrum=1>\n<Peaks>\n50.0\t1.0\n".repeat(50);
    let text = format!("{head}{}{record}", "MS:1|a=1\n".repeat(5000));
    let read = reading("a.mzlib", &text).1;
    assert!(read.warnings.iter().any(|w| w.message.contains("256")));
    let last = read.spectra[49].as_ref().unwrap();
    assert_eq!(last.metadata.len(), 256);
}

#[test]
fn a_set_that_is_named_often_is_joined_once() {
    let text = "<mzSpecLib>\nMS:1003186|library format version=1.0\n<AttributeSet Spectrum=x>\n\
        MS:1000045|collision energy=30\n<Spectrum=1>\n"
        .to_owned()
        + &"MS:1003212|library attribute set name=x\n".repeat(20)
        + "MS:1003059|number of peaks=2\n<Peaks>\n50.0\t1.0\n";
    let spectrum = one("a.mzlib", &text);
    assert_eq!(spectrum.metadata.len(), 2);
    assert!(warned(&spectrum, "announces 2 peaks; 1 were read"));
}
