//! Bad input: a clear error or warning each, exit code 2, never a panic.

mod common;

use common::{Home, text};

/// Name, content, and a part of the message on standard error.
fn refused() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let jcamp = |body: &str| {
        format!(
            "##TITLE= x\n##JCAMP-DX= 4.24\n##DATA TYPE= RAMAN SPECTRUM\n##XUNITS= 1/CM\n##YUNITS= COUNTS\n{body}##END=\n"
        )
        .into_bytes()
    };
    vec![
        ("empty.jdx", Vec::new(), "the file is empty"),
        ("blank.csv", b" \n\n".to_vec(), "the file is empty"),
        (
            "prose.txt",
            b"Dear colleague,\nplease find the sample enclosed.\n".to_vec(),
            "no table of numbers",
        ),
        (
            "random.bin",
            (0..=255).cycle().take(4096).collect(),
            "format of this file is not known",
        ),
        (
            "archive.spc",
            b"PK\x03\x04\0\0\0\0".repeat(80),
            "a zip archive",
        ),
        (
            "cut.spc",
            b"\x00\x4b\0\x80\x10\0\0\0".repeat(20),
            "the file ends before its data do",
        ),
        (
            "image.spa",
            b"Spectral Exte File".to_vec(),
            "a Thermo OMNIC series or map",
        ),
        (
            "picture.jdx",
            b"\x89PNG\r\n\x1a\n0000".to_vec(),
            "a picture",
        ),
        (
            "opus.0",
            b"\x0a\x0a\xfe\xfe\0\0\0\0".to_vec(),
            "byte 12: the file ends before its data do",
        ),
        (
            "one.csv",
            b"Raman shift (cm-1),Intensity\n500,1\n".to_vec(),
            "only one point",
        ),
        (
            "nan.csv",
            b"Raman shift (cm-1),Intensity\n500,nan\n501,nan\n502,nan\n503,nan\n".to_vec(),
            "no point has an ordinate",
        ),
        ("no-table.jdx", jcamp(""), "no data table"),
        (
            "nan.jdx",
            jcamp("##FIRSTX= 1\n##LASTX= 2\n##NPOINTS= 2\n##XYDATA= (X++(Y..Y))\n1 ? ?\n"),
            "no point has an ordinate",
        ),
        (
            "word.jdx",
            jcamp("##XYPOINTS= (XY..XY)\n1, 2\n3, x\n"),
            "line 8: this is not a line of points",
        ),
        (
            "factor.jdx",
            jcamp("##YFACTOR= abc\n##XYPOINTS= (XY..XY)\n1, 2\n"),
            "line 6: YFACTOR is not a number",
        ),
        (
            "nmr.jdx",
            b"##TITLE= x\n##DATA TYPE= NMR SPECTRUM\n##XYDATA= (X++(Y..Y))\n1 2 3\n##END=\n"
                .to_vec(),
            "another kind of measurement (nmr",
        ),
        (
            "peaks.msp",
            b"Name: x\nNum Peaks: 2\n58 100\nabc\n".to_vec(),
            "line 4: this is not a line of peaks",
        ),
        (
            "count.msp",
            b"Name: x\nNum Peaks: many\n58 100\n".to_vec(),
            "line 2: the number of peaks",
        ),
        (
            "cut.mgf",
            b"BEGIN IONS\nPEPMASS=100.1\n50.1 100\n".to_vec(),
            "line 1: the block that begins here does not end",
        ),
    ]
}

#[test]
fn unusable_files_are_refused_with_their_reason() {
    let home = Home::new();
    for (name, content, message) in refused() {
        let path = home.file(name, content);
        let ran = home.run(&["inspect", text(&path), "--format", "json"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.out);
        assert!(ran.err.contains(message), "{name}: {}", ran.err);
        let error = &ran.json()["error"];
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|m| m.contains(message)),
            "{name}: {error}"
        );
        let ran = home.run(&["identify", text(&path), "--format", "jsonl"]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(
            ran.lines()
                .iter()
                .all(|l| l["error"]["message"].is_string()),
            "{name}"
        );
    }
}

/// Spectra that can be read and shown, but not compared.
#[test]
fn spectra_without_signal_are_readable_but_not_searchable() {
    let home = Home::new();
    let rows = |first: u32, y: &dyn Fn(u32) -> f64| {
        let lines: Vec<String> = (0..40)
            .map(|i| format!("{},{}", first + 20 * i, y(i)))
            .collect();
        format!("Raman shift (cm-1),Intensity\n{}\n", lines.join("\n"))
    };
    for (name, content, message) in [
        (
            "zero.csv",
            rows(500, &|_| 0.0),
            "Every value of the spectrum is 0",
        ),
        (
            "constant.csv",
            rows(500, &|_| 7.5),
            "Every value of the spectrum is 7.5",
        ),
        (
            "short.csv",
            "Raman shift (cm-1),Intensity\n500,1\n501,2\n502,1\n".to_owned(),
            "3 usable points",
        ),
        (
            "unit.csv",
            rows(9000, &|i| f64::from(i % 7)),
            "outside the range of 100 to 3600 cm-1",
        ),
    ] {
        let path = home.file(name, content);
        let seen = home.run(&["inspect", text(&path)]);
        assert_eq!(seen.code, 0, "{name}: {}", seen.err);
        let ran = home.run(&["identify", text(&path), "--format", "jsonl"]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains(message), "{name}: {}", ran.err);
        assert_eq!(ran.lines()[0]["error"]["kind"], "not-searchable", "{name}");
    }
}

#[test]
fn odd_axes_are_used_with_a_warning() {
    let home = Home::new();
    let band = |x: f64| {
        100.0 / (1.0 + ((x - 900.0) / 8.0).powi(2)) + 50.0 / (1.0 + ((x - 1500.0) / 8.0).powi(2))
    };
    let table = |order: &dyn Fn(usize) -> usize| {
        let rows: Vec<String> = (0..700)
            .map(order)
            .map(|i| 300.0 + 2.0 * i as f64)
            .map(|x| format!("{x},{}", band(x)))
            .collect();
        format!("Raman shift (cm-1),Intensity\n{}\n", rows.join("\n"))
    };
    for (name, order, message) in [
        (
            "unsorted.csv",
            Box::new(|i: usize| (i * 37) % 700) as Box<dyn Fn(usize) -> usize>,
            "not in order",
        ),
        (
            "doubled.csv",
            Box::new(|i: usize| i / 2 * 2),
            "more than once",
        ),
    ] {
        let path = home.file(name, table(&*order));
        let ran = home.run(&[
            "identify",
            text(&path),
            "--library",
            "starter",
            "--format",
            "jsonl",
        ]);
        // The starter library has no rule for Raman, so nothing is identified.
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(
            ran.lines()[0]["warnings"].to_string().contains(message),
            "{name}: {}",
            ran.out
        );
    }
}

#[test]
fn a_count_without_end_takes_no_memory() {
    let home = Home::new();
    let msp = home.file(
        "huge.msp",
        "Name: x\nInstrument_type: EI\nNum Peaks: 99999999999999\n58 100\n77 10\n91 5\n",
    );
    let ran = home.run(&["inspect", text(&msp), "--format", "json"]);
    // The file ends inside the record: no spectrum, for its last number may be cut too.
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("expected 99999999999999 peaks; found 3 peaks"),
        "{}",
        ran.err
    );
    let jcamp = home.file(
        "huge.jdx",
        "##TITLE= x\n##DATA TYPE= RAMAN SPECTRUM\n##XUNITS= 1/CM\n##FIRSTX= 100\n##LASTX= 102\n##NPOINTS= 1e18\n##XYDATA= (X++(Y..Y))\n100 1 2 3\n##END=\n",
    );
    let ran = home.run(&["inspect", text(&jcamp), "--format", "json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.json()["spectra"][0]["n_points"], 3);
}

#[test]
fn one_bad_record_does_not_lose_the_others() {
    let home = Home::new();
    let file = home.file(
        "three.msp",
        "Name: a\nInstrument_type: EI\nNum Peaks: 3\n58 100\n77 10\n91 5\n\nName: b\nNum Peaks: 1\n???\n\nName: c\nInstrument_type: EI\nNum Peaks: 3\n43 100\n91 57\n134 24\n",
    );
    let ran = home.run(&["identify", text(&file), "--format", "jsonl"]);
    assert_eq!(ran.code, 2);
    let lines = ran.lines();
    assert_eq!(lines.len(), 3);
    assert!(lines[0]["candidates"].is_array() && lines[2]["candidates"].is_array());
    assert_eq!(lines[1]["error"]["kind"], "malformed");
    assert_eq!(lines[1]["source"]["index"], 1);
}

#[test]
fn transmittance_is_converted_and_its_doubtful_unit_said() {
    let home = Home::new();
    let band = |x: f64| {
        0.8 / (1.0 + ((x - 1700.0) / 10.0).powi(2)) + 0.5 / (1.0 + ((x - 1100.0) / 10.0).powi(2))
    };
    let table = |head: &str, y: &dyn Fn(f64) -> f64| {
        let rows: Vec<String> = (0..900)
            .map(|i| 400.0 + 4.0 * f64::from(i))
            .map(|x| format!("{x},{}", y(x)))
            .collect();
        format!("Wavenumber (cm-1),{head}\n{}\n", rows.join("\n"))
    };
    let library = home.path("ir.h5");
    let reference = home.file("a.csv", table("Absorbance", &band));
    let ran = home.run(&[
        "library",
        "import",
        text(&reference),
        "--library",
        text(&library),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (name, head, y) in [
        (
            "percent.csv",
            "%T",
            Box::new(move |x| 100.0 * 10f64.powf(-band(x))) as Box<dyn Fn(f64) -> f64>,
        ),
        (
            "fraction.csv",
            "%T",
            Box::new(move |x| 10f64.powf(-band(x))),
        ),
    ] {
        let query = home.file(name, table(head, &*y));
        let ran = home.run(&[
            "identify",
            text(&query),
            "--library",
            text(&library),
            "--format",
            "jsonl",
        ]);
        let result = &ran.lines()[0];
        assert!(
            result["candidates"][0]["score"].as_f64().unwrap() > 0.9999,
            "{name}: {result}"
        );
        let warnings = result["warnings"].to_string();
        assert!(
            warnings.contains("converted to absorbance"),
            "{name}: {warnings}"
        );
        assert_eq!(
            warnings.contains("values look like"),
            name == "fraction.csv",
            "{warnings}"
        );
    }
}

/// What a reader infers or leaves out is said in the result, not only beside it.
#[test]
fn what_is_inferred_or_left_out_is_said() {
    let home = Home::new();
    let rows = |row: &dyn Fn(f64, f64) -> String| -> String {
        (0..400)
            .map(|i| 300.0 + 4.0 * f64::from(i))
            .map(|x| row(x, 100.0 / (1.0 + ((x - 900.0) / 8.0).powi(2)) + 0.01 * x))
            .collect()
    };
    let wire = home.file(
        "wire.txt",
        format!(
            "#Wave\t\t#Intensity\n{}",
            rows(&|x, y| format!("{x}\t{y}\n"))
        ),
    );
    let columns = home.file(
        "columns.csv",
        format!(
            "Pixel;Raman Shift;Dark;Raw data #1;Dark Subtracted #1\n{}",
            rows(&|x, y| format!("{};{x};5;{};{y}\n", x / 4.0 - 75.0, y + 5.0))
        ),
    );
    for (path, said) in [
        (wire, "Taken as Raman from its units"),
        (
            columns,
            "Columns not taken as spectra: Pixel, Dark, Raw data #1",
        ),
    ] {
        let ran = home.run(&[
            "identify",
            text(&path),
            "--library",
            "starter",
            "--format",
            "jsonl",
        ]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let lines = ran.lines();
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0]["warnings"].to_string().contains(said),
            "{}",
            lines[0]["warnings"]
        );
    }
}

#[test]
fn limits_can_be_set_and_say_which() {
    let home = Home::new();
    let two = home.file(
        "two.msp",
        "Name: a\nNum Peaks: 2\n58 100\n91 3\n\nName: b\nNum Peaks: 2\n43 100\n91 3\n\n",
    );
    for (flag, value) in [
        ("--max-file-size", "10"),
        ("--max-spectra", "1"),
        ("--max-points", "1"),
    ] {
        let ran = home.run(&["inspect", text(&two), flag, value]);
        assert_eq!(ran.code, 2, "{flag}");
        assert!(
            ran.err.contains(flag) || ran.out.contains(flag),
            "{}{}",
            ran.err,
            ran.out
        );
    }
    let ran = home.run(&["inspect", text(&two), "--max-file-size", "1k"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = home.run(&["inspect", text(&two), "--max-file-size", "many"]);
    assert!(ran.code == 2 && ran.err.contains("500M"), "{}", ran.err);
}

#[test]
fn a_file_read_in_part_shows_it_by_its_exit_code() {
    let home = Home::new();
    let part = home.file(
        "part.msp",
        "Name: a\nNum Peaks: 2\n58 100\n91 3\n\nName: b\nNum Peaks: 2\n43 x\n91 3\n\n",
    );
    let ran = home.run(&["inspect", text(&part), "--format", "json"]);
    assert_eq!(
        (ran.code, ran.json()["failures"].as_array().unwrap().len()),
        (2, 1)
    );
    assert_eq!(ran.json()["spectra"].as_array().unwrap().len(), 1);
}

#[test]
fn texts_of_a_file_neither_steer_a_terminal_nor_start_a_formula() {
    let home = Home::new();
    let record =
        "Name: \u{1b}]0;gone\u{7}\u{1b}[31mEvil\nID: =1+1\nNum Peaks: 3\n58 100\n77 20\n105 10\n";
    let file = home.file("steer.msp", record);
    for format in ["text", "csv", "json"] {
        let ran = home.run(&["identify", text(&file), "--format", format]);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(steers), "{format}: {:?}", ran.out);
    }
    let inspected = home.run(&["inspect", text(&file)]);
    assert!(
        inspected.out.contains("would steer a terminal"),
        "{}",
        inspected.out
    );
    let csv = home.run(&["identify", text(&file), "--format", "csv"]).out;
    assert!(csv.contains(",'=1+1,"), "{csv}");
}

#[test]
fn a_reader_that_goes_away_is_no_success() {
    let home = Home::new();
    // More than a pipe holds, so that writing ends by an error whenever the reader goes.
    let ended = home.run_unread(&["substances", "list", "--format", "json"]);
    assert_eq!(ended.status.code(), Some(128 + 13));
    assert!(ended.stderr.is_empty(), "nobody is told of it");
}
