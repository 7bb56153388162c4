//! JCAMP-DX: what a block is, where its axis lies, and what a file may claim.

use specid::read::{ErrorKind, Input, Limits, Reading, read_input};
use specid::spectrum::{Axis, Spectrum, Technique};
use specid::units::{XUnit, YUnit};

fn reading(text: &str) -> Reading {
    let input = Input::new("a.jdx", text.as_bytes().to_vec());
    read_input(&input, &Limits::default()).unwrap().1
}

fn one(text: &str) -> Spectrum {
    reading(text).spectra.remove(0).unwrap()
}

fn warned(spectrum: &Spectrum, words: &str) -> bool {
    spectrum.warnings.iter().any(|w| w.message.contains(words))
}

/// A block of this data type with header lines and a table.
fn block(data_type: &str, header: &str, table: &str) -> String {
    format!("##TITLE=t\n##JCAMP-DX=4.24\n##DATA TYPE={data_type}\n{header}\n##{table}\n##END=\n")
}

const PAIRS: &str = "XYPOINTS=(XY..XY)\n400 1\n401 3\n402 2";

#[test]
fn interferograms_and_backgrounds_are_companions() {
    for (data_type, companion) in [
        ("INFRARED INTERFEROGRAM", "interferogram"),
        ("INFRARED PHASE SPECTRUM", "phase"),
        ("INFRARED BACKGROUND", "background"),
    ] {
        let spectrum = one(&block(data_type, "##XUNITS=1/CM", PAIRS));
        assert_eq!(spectrum.companion, Some(companion));
        assert_eq!(spectrum.technique, Technique::Unknown);
        assert!(warned(&spectrum, companion));
    }
    let vapour = one(&block(
        "VAPOR PHASE INFRARED SPECTRUM",
        "##XUNITS=1/CM",
        PAIRS,
    ));
    assert_eq!(
        (vapour.companion, vapour.technique.id()),
        (None, "infrared")
    );
}

#[test]
fn the_range_tells_near_infrared_from_infrared() {
    let of = |unit: &str, first: f64, last: f64| {
        let header = format!(
            "##XUNITS={unit}\n##YUNITS=ABSORBANCE\n##FIRSTX={first}\n##LASTX={last}\n##NPOINTS=3"
        );
        let table = format!("XYDATA=(X++(Y..Y))\n{first} 1 2 3");
        one(&block("INFRARED SPECTRUM", &header, &table))
    };
    for near in [
        of("NANOMETERS", 850.0, 1050.0),
        of("MICROMETERS", 1.0, 2.5),
        of("1/CM", 12000.0, 4000.0),
    ] {
        assert_eq!(near.technique, Technique::NearInfrared);
        assert!(warned(&near, "its range, from"));
    }
    for middle in [of("NANOMETERS", 2500.0, 25000.0), of("1/CM", 4000.0, 400.0)] {
        assert_eq!(middle.technique.id(), "infrared");
        assert!(middle.warnings.is_empty(), "{:?}", middle.warnings);
    }
}

/// A table of lines of ten points, the abscissas of the lines given by `x` of the index.
fn table(header: &str, points: usize, x: impl Fn(usize) -> String) -> String {
    let lines: Vec<String> = (0..points)
        .step_by(10)
        .map(|i| {
            let y: Vec<String> = (i..points.min(i + 10))
                .map(|i| (i % 7).to_string())
                .collect();
            format!("{} {}", x(i), y.join(" "))
        })
        .collect();
    let header = format!("##XUNITS=1/CM\n##YUNITS=ABSORBANCE\n{header}");
    let rows = format!("XYDATA=(X++(Y..Y))\n{}", lines.join("\n"));
    block("INFRARED SPECTRUM", &header, &rows)
}

fn ends(spectrum: &Spectrum) -> (f64, f64) {
    match spectrum.axis {
        Axis::Even { first, last, .. } => (first, last),
        Axis::Explicit(_) => panic!("an even axis was expected"),
    }
}

#[test]
fn the_axis_follows_lines_that_deltax_confirms() {
    let header = "##FIRSTX=4000\n##LASTX=3000\n##DELTAX=-2\n##NPOINTS=400";
    let spectrum = one(&table(header, 400, |i| {
        format!("{:.3}", 4000.0 - 2.0 * i as f64)
    }));
    assert_eq!(ends(&spectrum), (4000.0, 4000.0 - 2.0 * 399.0));
    assert!(warned(&spectrum, "follows the data lines and ends at 3202"));
    // LASTX is one step too far, and points are missing.
    let header = "##FIRSTX=500\n##LASTX=3980\n##DELTAX=6\n##NPOINTS=580";
    let cut = one(&table(header, 60, |i| {
        format!("{:.3}", 500.0 + 6.0 * i as f64)
    }));
    assert_eq!(ends(&cut), (500.0, 854.0));
    assert!(warned(&cut, "follows the data lines"));
    assert!(warned(&cut, "announces 580 points"));
}

#[test]
fn the_axis_follows_firstx_and_lastx_where_lines_are_rounded() {
    // DELTAX is rounded, the lines are rounded to whole numbers.
    let step = 1996.0 / 4140.0;
    let header = "##FIRSTX=400\n##LASTX=2396\n##DELTAX=0.48\n##NPOINTS=4141";
    let spectrum = one(&table(header, 4141, |i| {
        format!("{:.0}", 400.0 + step * i as f64)
    }));
    assert_eq!(ends(&spectrum), (400.0, 2396.0));
    assert!(spectrum.warnings.is_empty(), "{:?}", spectrum.warnings);
    // Lines that nothing confirms do not win, but are told of.
    let header = "##FIRSTX=400\n##LASTX=2390\n##DELTAX=10\n##NPOINTS=200";
    let spectrum = one(&table(header, 200, |i| {
        format!("{:.1}", 800.0 + 5.0 * i as f64)
    }));
    assert_eq!(ends(&spectrum), (400.0, 2390.0));
    assert!(warned(&spectrum, "do not fit FIRSTX and LASTX"));
}

#[test]
fn a_wrong_number_of_points_does_not_squeeze_the_axis() {
    let of = |header: &str, y: &str| {
        let header = format!("##XUNITS=1/CM\n##FIRSTX=100\n##LASTX=102\n{header}");
        one(&block(
            "RAMAN SPECTRUM",
            &header,
            &format!("XYDATA=(X++(Y..Y))\n100 {y}"),
        ))
    };
    assert_eq!(ends(&of("##NPOINTS=1e18", "1 2 3")), (100.0, 102.0));
    assert_eq!(
        ends(&of("##NPOINTS=5\n##DELTAX=0.5", "1 2 3")),
        (100.0, 101.0)
    );
    // Lines are missing before the last one.
    let cut = of("##NPOINTS=21", "1 2\n100.2 1 2\n100.4 1 2\n101.8 3");
    assert!((ends(&cut).1 - 100.6).abs() < 1e-9);
    assert!(warned(&cut, "do not fit FIRSTX and LASTX"));
}

#[test]
fn abscissas_without_their_factor_do_not_move_the_axis() {
    let header = "##FIRSTX=400\n##LASTX=2390\n##NPOINTS=200\n##XFACTOR=0.5";
    let spectrum = one(&table(header, 200, |i| {
        format!("{:.1}", 400.0 + 10.0 * i as f64)
    }));
    assert_eq!(ends(&spectrum), (400.0, 2390.0));
}

#[test]
fn pairs_behind_the_last_label_are_the_points() {
    let text = "##TITLE=t\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n##YUNITS=%T\n\
        399,264912\t60,840887\n401,193728\t62,774824\n403,122544\t66,934356\n";
    let spectrum = one(text);
    assert_eq!(spectrum.y_unit, YUnit::PercentTransmittance);
    assert_eq!(spectrum.x_unit, XUnit::Wavenumber);
    let points: Vec<_> = spectrum.points().collect();
    assert_eq!(points[1], (401.193728, 62.774824));
    assert!(warned(&spectrum, "behind the last label"));
    assert!(warned(&spectrum, "decimal comma"));
}

#[test]
fn a_comma_parts_pairs_where_their_abscissas_are_in_order() {
    let spectrum = one(&block(
        "MASS SPECTRUM",
        "##XUNITS=M/Z\n##.IONIZATION MODE=EI+",
        "PEAK TABLE=(XY..XY)\n41,520 42,310\n43,100 44,90",
    ));
    assert_eq!(spectrum.axis.to_vec(), [41.0, 42.0, 43.0, 44.0]);
}

#[test]
fn cas_numbers_without_hyphens_and_several_on_a_line() {
    let cas = |text: &str| {
        let header = format!("##XUNITS=1/CM\n##CAS REGISTRY NO={text}");
        one(&block("INFRARED SPECTRUM", &header, PAIRS))
    };
    for (text, expected) in [("99081", "99-08-1"), ("67-64-1 109-66-0", "67-64-1")] {
        let spectrum = cas(text);
        assert_eq!(spectrum.identity.cas.as_deref(), Some(expected));
        assert!(!warned(&spectrum, "check digit"), "{text}");
        assert_eq!(spectrum.meta("CAS REGISTRY NO"), Some(text));
    }
}

#[test]
fn an_ionisation_that_is_not_ei_or_not_stated_is_told_of() {
    let mass = |header: &str| {
        let header = format!("##XUNITS=M/Z\n{header}");
        one(&block(
            "MASS SPECTRUM",
            &header,
            "PEAK TABLE=(XY..XY)\n41 5\n43 9",
        ))
    };
    let stated = mass("##.IONIZATION MODE=EI+");
    assert_eq!(stated.technique, Technique::EiMs);
    assert!(stated.warnings.is_empty());
    let silent = mass("##ORIGIN=x");
    assert_eq!(silent.technique, Technique::EiMs);
    assert!(warned(
        &silent,
        "does not say how it was ionised; taken as EI."
    ));
    let electrospray = mass("##$IONISATION=ESI");
    assert_eq!(electrospray.technique, Technique::Unknown);
    assert!(warned(&electrospray, "Ionised by ESI"));
    let precursor = mass("##$PRECURSOR MZ=195.1");
    assert_eq!(precursor.technique, Technique::MsMs);
    assert!(warned(&precursor, "from its precursor ion"));
    assert_eq!(mass("##$PRECURSOR MZ=0").technique, Technique::EiMs);
}

#[test]
fn repetition_counts_are_paid_from_one_budget() {
    let header = "##XUNITS=1/CM\n##FIRSTX=1\n##LASTX=40001";
    let text = block("INFRARED SPECTRUM", header, "XYDATA=(X++(Y..Y))\n1A1V0000").repeat(100);
    let reading = reading(&text);
    let read = reading.spectra.iter().filter(|s| s.is_ok()).count();
    assert!((1..40).contains(&read), "{read}");
    let last = reading.spectra.last().unwrap().as_ref().unwrap_err();
    assert_eq!(last.kind, ErrorKind::Limit);
}

#[test]
fn tables_of_more_than_two_columns_give_the_second() {
    let spectrum = one(&block(
        "TGA",
        "##ORIGIN=x",
        "DATA TABLE=(XYT..XYT), PEAKS\n100 20 1\n90 30 2",
    ));
    let points: Vec<_> = spectrum.points().collect();
    assert_eq!(points, [(100.0, 20.0), (90.0, 30.0)]);
    assert!(warned(&spectrum, "3 columns"));
}
