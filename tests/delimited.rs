//! Delimited text as instruments and spreadsheets write it: layout, units, technique, names.

#![allow(missing_docs)]

use specid::read::{Input, Limits, ReadError, Reading, read_input};
use specid::spectrum::{Shape, Spectrum, Technique, WarningKind};
use specid::units::{XUnit, YUnit};

fn read(name: &str, text: &str) -> Result<Reading, ReadError> {
    let input = Input::new(name, text.as_bytes().to_vec());
    read_input(&input, &Limits::default()).map(|(reader, reading)| {
        assert_eq!(reader.id(), "delimited");
        reading
    })
}

fn spectra(text: &str) -> Vec<Spectrum> {
    let reading = read("test.csv", text).unwrap();
    reading.spectra.into_iter().map(Result::unwrap).collect()
}

fn only(text: &str) -> Spectrum {
    let mut all = spectra(text);
    assert_eq!(all.len(), 1, "{text}");
    all.remove(0)
}

fn titles(all: &[Spectrum]) -> Vec<&str> {
    all.iter().map(|s| s.title.as_str()).collect()
}

fn warned(spectrum: &Spectrum, kind: WarningKind) -> bool {
    spectrum.warnings.iter().any(|w| w.kind == kind)
}

fn ends(spectrum: &Spectrum) -> (f64, f64) {
    let x = spectrum.axis.to_vec();
    (x[0], x[x.len() - 1])
}

/// Numbers without order.
fn noise(seed: usize) -> f64 {
    ((seed * 7919 + 13) % 101) as f64 / 10.0
}

fn row(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\n"
}

#[test]
fn rows_are_spectra_however_many_there_are() {
    let mut text = row((0..20).map(|i| format!("{}", 428.0 + 1.5 * f64::from(i))));
    for r in 0..50 {
        text += &row((0..20).map(|i| noise(r * 20 + i).to_string()));
    }
    let all = spectra(&text);
    assert_eq!(all.len(), 50);
    assert_eq!(ends(&all[0]), (428.0, 456.5));
    assert_eq!(all[49].ordinate[3], noise(49 * 20 + 3));
}

#[test]
fn columns_before_the_axis_are_labels() {
    let axis = (0..24).map(|i| format!("\"{}\"", 1901.7 - 1.93 * f64::from(i)));
    let mut text = String::from("\"\",\"SID\",\"site\",") + &row(axis);
    for r in 0..30 {
        text += &format!("\"{}\",\"co_{r}\",\"north\",", r + 1);
        text += &row((0..24).map(|i| noise(r * 24 + i).to_string()));
    }
    let all = spectra(&text);
    assert_eq!(all.len(), 30);
    assert_eq!(all[0].title, "co_0 north");
    assert_eq!(all[0].ordinate.len(), 24);
    assert_eq!(all[0].axis.to_vec()[0], 1901.7);
}

#[test]
fn an_axis_may_stand_some_lines_above_its_rows() {
    let mut text = String::from("type,") + &row((0..20).map(|i| format!("X{}", 1800 - 4 * i)));
    text += "d,c,c\nclass\n";
    for r in 0..4 {
        text += "collagen,";
        text += &row((0..20).map(|i| noise(r * 20 + i).to_string()));
    }
    let all = spectra(&text);
    assert_eq!(titles(&all), ["collagen"; 4]);
    assert_eq!(ends(&all[0]), (1800.0, 1724.0));
}

#[test]
fn numbered_samples_beside_an_axis_stay_columns() {
    let mut text = String::from("Wavenumber,") + &row((1..21).map(|i| i.to_string()));
    for r in 0..40 {
        text += &format!("{},", 4000 - 2 * r);
        text += &row((0..20).map(|i| noise(r * 20 + i).to_string()));
    }
    let all = spectra(&text);
    assert_eq!(all.len(), 20);
    assert_eq!(ends(&all[0]), (4000.0, 3922.0));
}

#[test]
fn each_ordinate_has_the_axis_on_its_left() {
    let all = spectra(
        "Std1,,Std2,,\nWavelength (nm),Abs,Wavelength (nm),Abs,\n\
         800,0.1,700,0.2,\n799,0.11,699,0.21,\n798,0.12,698,0.22,\n797,0.13,,,\n\nInstrument,Cary 60\n",
    );
    assert_eq!(titles(&all), ["Std1", "Std2"]);
    assert_eq!(ends(&all[0]), (800.0, 797.0));
    assert_eq!(ends(&all[1]), (700.0, 698.0));
    assert_eq!(all[1].y_unit, YUnit::Absorbance);
    assert_eq!(all[1].provenance.instrument.as_deref(), Some("Cary 60"));
    assert!(!warned(&all[1], WarningKind::Skipped));
    assert!(!warned(&all[1], WarningKind::Format));
}

#[test]
fn bare_pairs_are_told_by_their_order_and_said() {
    let text = "800,0.1,700,0.2\n799,0.15,699,0.21\n798,0.12,698,0.22\n797,0.13,697,0.23\n";
    let reading = read("pairs.csv", text).unwrap();
    assert_eq!(reading.spectra.len(), 2);
    assert_eq!(ends(reading.spectra[1].as_ref().unwrap()), (700.0, 697.0));
    assert!(reading.warnings.iter().any(|w| w.kind == WarningKind::Axis));
    // A straight curve beside others is none.
    let text = "800,0.1,5,0.2\n799,0.15,4,0.1\n798,0.12,2,0.22\n797,0.13,1.99,0.03\n";
    assert_eq!(spectra(text).len(), 3);
}

#[test]
fn the_word_raman_alone_does_not_make_raman() {
    let scope = only(
        "Technique,Scope\nRaman Intensity Corrected,False\nLaser Wavelength,0.0\n\n\
         Pixel,Wavelength,Processed\n0,247.9,175\n1,248.4,178\n2,249.0,175\n",
    );
    assert_eq!(scope.technique, Technique::Unknown);
    assert_eq!(scope.x_unit, XUnit::Nanometre);
    let named = only("File,raman_7.txt\ncm-1,T%\n4000,90\n3999,91\n3998,92\n");
    assert!(matches!(named.technique, Technique::Infrared(_)));
    assert!(warned(&named, WarningKind::Technique));
    let tablet = only("Sample: matrix tablet\ncm-1,Absorbance\n4000,0.1\n3999,0.2\n3998,0.1\n");
    let said = format!("{:?}", tablet.technique);
    assert!(said.contains("Unstated"), "{said}");
}

#[test]
fn raman_over_wavelengths_asks_for_the_laser_line() {
    let table = "Wavelength (nm),Intensity\n800,1\n801,3\n802,2\n";
    let without = only(&format!("Technique,Raman\n{table}"));
    assert_eq!(without.x_unit, XUnit::Nanometre);
    assert!(warned(&without, WarningKind::Technique));
    assert!(without.warnings.iter().any(|w| w.message.contains("laser")));
    let with = only(&format!("Technique,Raman\nLaser,785 nm\n{table}"));
    assert!(!warned(&with, WarningKind::Technique));
    assert_eq!(with.provenance.laser_nm, Some(785.0));
}

#[test]
fn an_energy_of_excitation_is_no_laser() {
    let xps = only(
        "# Analysis Method: XPS\n# Excitation Energy: 1486.61\n139.8 512\n139.7 600\n139.6 590\n",
    );
    assert_eq!(xps.technique, Technique::Unknown);
    assert_eq!(xps.provenance.laser_nm, None);
}

#[test]
fn whole_samples_are_kept() {
    let rows = "400,10,20,30\n401,11,21,31\n402,12,22,32\n";
    let scans = spectra(&format!("Raman Shift (cm-1),Scan 1,Scan 2,Scan 3\n{rows}"));
    assert_eq!(titles(&scans), ["Scan 1", "Scan 2", "Scan 3"]);
    let straw = spectra(&format!("Wavenumber (cm-1),Straw,Wood,Paper\n{rows}"));
    assert_eq!(titles(&straw), ["Straw", "Wood", "Paper"]);
    let blank = spectra(&format!("Wavenumber,Sample 1,Sample 2,Blank\n{rows}"));
    assert_eq!(titles(&blank), ["Sample 1", "Sample 2"]);
    let named = spectra(&format!("Wavenumber,Aspirin,Caffeine,Background\n{rows}"));
    assert_eq!(titles(&named), ["Aspirin", "Caffeine"]);
    let times = spectra(&format!("Wavenumber,Time 0,Time 10,Time 20\n{rows}"));
    assert_eq!(times.len(), 3);
}

#[test]
fn parts_of_one_measurement_are_one_spectrum() {
    let text = "Pixel,Wavelength (nm),Dark,Reference,Raw data #1,Dark Subtracted #1,%TR #1\n\
                0,900,1,2,3,2,50\n1,901,1,2,4,3,60\n2,902,1,2,3.5,2.5,55\n";
    let one = only(text);
    assert_eq!(one.ordinate, [2.0, 3.0, 2.5]);
    let raw = spectra("nm,Raw 1,Raw 2\n900,1,2\n901,2,3\n902,1,2\n");
    assert_eq!(raw.len(), 2);
}

#[test]
fn short_names_of_absorbance() {
    for name in ["A", "Abs", "Abs.", "AU", "OD"] {
        let text = format!("cm-1,{name}\n2200.0,0.1\n2199.0,0.2\n2198.0,0.1\n");
        assert_eq!(only(&text).y_unit, YUnit::Absorbance, "{name}");
    }
    let samples = spectra("cm-1,A,B\n2200,1,2\n2199,2,1\n2198,1,2\n");
    assert_eq!(samples[0].y_unit, YUnit::Unknown);
}

#[test]
fn a_line_above_the_headings_is_the_title() {
    let table = "cm-1,%T\n4000.00,99.6\n3999.00,99.5\n3998.00,99.7\n";
    let created = only(&format!(
        "Created as New Dataset,PE pellet, 124kDa\n{table}"
    ));
    assert_eq!(created.title, "PE pellet, 124kDa");
    let quoted = only("\"ZnO - RawData\"\n\"Wavelength nm.\",\"Abs.\"\n200,4\n201,3\n202,3.5\n");
    assert_eq!(quoted.title, "ZnO - RawData");
    assert_eq!(quoted.x_unit, XUnit::Nanometre);
}

#[test]
fn units_stated_above_the_table() {
    let jasco = only(
        "TITLE\tcheck\nDATA TYPE\t\nORIGIN\tJASCO\nXUNITS\tNANOMETERS\nYUNITS\tABSORBANCE\nY2UNITS\tHT[V]\n\
         XYDATA\n300.0\t0.1\t314\n299.0\t0.2\t315\n298.0\t0.3\t314\n",
    );
    assert_eq!(jasco.x_unit, XUnit::Nanometre);
    assert_eq!(jasco.y_unit, YUnit::Absorbance);
    let percent = only("##YUNITS=%T\n349.1 15.1\n351.0 16.1\n352.9 17.0\n");
    assert_eq!(percent.y_unit, YUnit::PercentTransmittance);
    let unit = spectra("Time,9:01,9:02\nName,,\n[nm],\n327.1,3.7,3.6\n329,3.5,3.2\n331,3.4,3.3\n");
    assert_eq!(unit[1].x_unit, XUnit::Nanometre);
    let flame = only("XAxis mode: Wavelengths\n>>>>>Begin<<<<<\n179.2\t4\n179.6\t-8\n180.0\t1\n");
    assert_eq!(flame.x_unit, XUnit::Nanometre);
    assert!(warned(&flame, WarningKind::Unit));
    let limits = only("\"LIMS: 350- 800NM\"\n 350  5.1E-02\n 352  4.7E-02\n 354  5.3E-02\n");
    assert_eq!(limits.x_unit, XUnit::Nanometre);
    assert!(warned(&limits, WarningKind::Unit));
}

#[test]
fn a_fraction_of_more_than_two_is_per_cent_and_said() {
    let text = "XUNITS,1/CM\nYUNITS,TRANSMITTANCE\nXYDATA\n4000,98\n3999,97\n3998,96\n";
    let spectrum = only(text);
    assert_eq!(spectrum.y_unit, YUnit::PercentTransmittance);
    assert!(warned(&spectrum, WarningKind::Unit));
}

#[test]
fn a_wavelength_without_unit_is_said() {
    let spectrum = only("Wavelength,Intensity\n400,1\n401,2\n402,1\n");
    assert_eq!(spectrum.x_unit, XUnit::Nanometre);
    assert!(warned(&spectrum, WarningKind::Unit));
    let micro = only("Wavelength,Absorbance\n2.5,1\n5,2\n16,1\n");
    assert_eq!(micro.x_unit, XUnit::Unknown);
}

#[test]
fn perkin_elmer_text_has_its_head_in_fixed_lines() {
    let mut lines = vec![
        "PE IR  SPECTRUM    ASCII       PEDS        1.60",
        "-1",
        "7.ASC",
    ];
    lines.extend([
        "15/11/26",
        "14:19:06.00",
        "15/11/26",
        "14:19:06.00",
        "Admin",
        "Solvent 7",
    ]);
    lines.extend([
        "600.0",
        "5",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "SPECTRUM ONE",
        "MIR TGS",
    ]);
    lines.extend([
        "#HDR", "-1", "#GR", "CM-1", "%T", "0.00002", "0.0", "4000.0", "-1.0", "3",
    ]);
    lines.extend(["#DATA", "4000.0\t91.4", "3999.0\t91.5", "3998.0\t91.6", ""]);
    let spectrum = only(&lines.join("\n"));
    assert_eq!(spectrum.title, "Solvent 7");
    assert_eq!(spectrum.x_unit, XUnit::Wavenumber);
    assert_eq!(spectrum.y_unit, YUnit::PercentTransmittance);
    assert_eq!(
        spectrum.provenance.instrument.as_deref(),
        Some("SPECTRUM ONE")
    );
    assert_eq!(
        spectrum.provenance.date.as_deref(),
        Some("15/11/26 14:19:06.00")
    );
}

#[test]
fn electron_impact_is_not_claimed_silently() {
    let table = "#Point,X(Thompsons),Y(Counts)\n0,100.0,5\n1,101.0,7\n2,102.0,1\n";
    let plain = only(table);
    assert_eq!(plain.x_unit, XUnit::MassToCharge);
    assert!(plain.technique == Technique::EiMs && warned(&plain, WarningKind::Technique));
    let spray = only(&format!("#\"+ESI Scan (rt: 1.0-2.4 min)\"\n{table}"));
    assert_eq!(spray.technique, Technique::Unknown);
    assert_eq!(spray.shape, Shape::Sticks);
    assert!(warned(&spray, WarningKind::Technique));
}

#[test]
fn quotes_keep_decimal_commas_apart() {
    let spectrum = only("\"400,5\",\"0,12\"\n\"401,5\",\"0,13\"\n\"402,5\",\"0,14\"\n");
    assert_eq!(ends(&spectrum), (400.5, 402.5));
    assert_eq!(spectrum.ordinate, [0.12, 0.13, 0.14]);
    // Three digits may as well be thousands.
    assert!(
        read(
            "thousands.csv",
            "\"1,400\",\"2,120\"\n\"1,401\",\"2,130\"\n"
        )
        .is_err()
    );
}

#[test]
fn the_raman_open_database() {
    let spectrum = only(
        "data_1000000\n_publ_section_title\n;\n On: Hematite\n;\n_journal_name_full 'J. of Rust'\n\
         _chemical_name_mineral           'Magnetite'\n_raman_measurement_device.model  T64000\n\
         _raman_measurement_device.excitation_laser_wavelength 514\nloop_\n_raman_spectrum.raman_shift\n\
         _raman_spectrum.raw_intensity\n_raman_spectrum.intensity\n91.5 1155 8\n96.3 1139 9\n101.1 1208 13\n",
    );
    assert_eq!(spectrum.title, "Magnetite");
    assert_eq!(spectrum.ordinate, [8.0, 9.0, 13.0]);
    assert_eq!(spectrum.x_unit, XUnit::RamanShift);
    assert_eq!(spectrum.provenance.laser_nm, Some(514.0));
    assert_eq!(spectrum.provenance.instrument.as_deref(), Some("T64000"));
}

#[test]
fn names_of_files_users_and_spectrometers_are_no_titles() {
    let table = "nm,Abs\n400,1\n401,2\n402,1\n";
    for line in [
        "File name: a",
        "User name: b",
        "Data measured with spectrometer [name]: 15U1",
    ] {
        let text = format!("Mode: 1\n{line}\n{table}");
        assert_eq!(only(&text).title, "", "{line}");
    }
    let both = only(&format!(
        "Title: t\nSample name: s\nTimestamp: 2021-10-03\n{table}"
    ));
    assert_eq!(both.title, "s");
    assert_eq!(both.provenance.date.as_deref(), Some("2021-10-03"));
    assert_eq!(only(&format!("Label,x y\nMode,1\n{table}")).title, "x y");
}

#[test]
fn fields_below_the_table_are_read() {
    let japanese = only(
        "TITLE,\nDATA TYPE,RAMAN SPECTRUM\nXYDATA\n249.6,179\n250.3,180\n251.0,177\n\n\
         ##### Extended Information\n[\u{6e2c}\u{5b9a}\u{60c5}\u{5831}]\n\u{8a66}\u{6599}\u{540d},C1\n\
         \u{6a2a}\u{8ef8},Raman Shift [cm-1]\n\u{52b1}\u{8d77}\u{6ce2}\u{9577},532.05 nm\n",
    );
    assert_eq!(japanese.title, "C1");
    assert_eq!(japanese.provenance.laser_nm, Some(532.05));
    assert!(!warned(&japanese, WarningKind::Unit));
    let second = only("400,1\n401,2\n402,1\n# Second\n1,2\n2,3\n");
    assert!(warned(&second, WarningKind::Skipped));
    let corundum = only("##NAMES=Corundum\n##RAMAN WAVELENGTH=514\n179.5, 1\n180.7, 2\n181.9, 1\n");
    assert_eq!(corundum.provenance.laser_nm, Some(514.0));
    assert!(warned(&corundum, WarningKind::Unit));
}

#[test]
fn japanese_text_of_an_instrument_is_decoded() {
    let mut bytes =
        b"TITLE,\nDATA TYPE,INFRARED SPECTRUM\nXUNITS,1/CM\nYUNITS,ABSORBANCE\nXYDATA\n".to_vec();
    bytes.extend(b"1000.0,0.1\n1001.0,0.2\n1002.0,0.1\n##### Extended Information\n");
    bytes.extend(b"\x8e\x8e\x97\xbf\x96\xbc,PET\n");
    let input = Input::new("a.csv", bytes);
    let (_, reading) = read_input(&input, &Limits::default()).unwrap();
    assert_eq!(reading.spectra[0].as_ref().unwrap().title, "PET");
}

#[test]
fn a_table_without_axis_is_refused() {
    let error = read(
        "frozen.txt",
        "0.32 0.37 0.2\n0.17 0.18 0.3\n0.46 0.36 0.1\n0.96 0.74 0.4\n0.94 0.62 0.6\n0.5 0.4 0.5\n",
    );
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("no axis") && error.contains("expected"),
        "{error}"
    );
    let mut text = String::new();
    for i in 0..12 {
        text += &format!("{},{}\n", noise(i), 400 + i);
    }
    let reading = read("second.csv", &text).unwrap();
    let spectrum = reading.spectra[0].as_ref().unwrap();
    assert_eq!(ends(spectrum), (400.0, 411.0));
    assert!(reading.warnings.iter().any(|w| w.kind == WarningKind::Axis));
}

#[test]
fn markup_is_no_table() {
    for text in [
        "<?xml version=\"1.0\"?>\n<cml>\n<array>\n1 2 3\n2 3 4\n3 4 5\n</array>\n</cml>\n",
        "<spectrum>\n450 578\n454 582\n458 586\n</spectrum>\n",
        "Name: AAA/2\nLibID: 0\nNumPeaks: 3\n101.1 5\n102.1 6\n103.1 7\n",
    ] {
        let input = Input::new("a.txt", text.as_bytes().to_vec());
        let read = read_input(&input, &Limits::default());
        assert!(
            !read.is_ok_and(|(reader, _)| reader.id() == "delimited"),
            "{text}"
        );
    }
}
