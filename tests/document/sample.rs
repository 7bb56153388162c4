//! Documents as a laboratory would write them, with every block there is.

use specid::document::{
    Anchor, Block, Column, Document, Drawing, Field, Figure, Letterhead, Logo, Paper, Phrases,
    Shape, Side, Stroke, Table, Tone,
};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A document of one sample.
pub fn report() -> Document {
    let mut document = empty("Report on the identification of a sample");
    document.letterhead = Letterhead {
        laboratory: Some("Laboratorium Forensik Nasional – Phòng Giám định Hóa học".to_owned()),
        lines: vec![
            "12 Example Road, 10110 Example City · Telephone +00 0 000 0000 · laboratory@example.org".to_owned(),
            "Accredited to ISO/IEC 17025:2017 (Example Accreditation Body, No. 0000)".to_owned(),
        ],
        logo: Some(Logo::from_file("seal.png", seal(), "Seal of the laboratory".to_owned()).unwrap()),
    };
    document.blocks = vec![
        field("Report number", "LFN-2026-004711"),
        heading(1, "Sample"),
        Block::Fields(vec![
            pair("Case", "K-2026/118 <seized \"A&B\">"),
            pair("Sample", "118-3: white crystalline powder, 2.4 g, in a plastic bag"),
            missing("Received"),
            missing("Analyst"),
            pair("Measured", "2026-11-26 14:02:51 +07:00, handheld Raman, 785 nm"),
            pair("Raw file", "/data/2026/11/handheld-raman-3/K-2026-118/118-3/measurement-0001.very-long-name-of-a-file-that-an-instrument-gave.spc"),
            pair("SHA-256 of the raw file", HASH),
        ]),
        heading(1, "Result"),
        paragraph(Tone::Notice, "PRESUMPTIVE. This result does not identify the substance in the sense of SWGDRUG; confirm it by a technique of other properties, such as GC-MS with retention time."),
        paragraph(Tone::Verdict, "Identified as one of a set: 3,4-methylenedioxyphenyl-2-propanone (PMK) or its glycidate sodium salt"),
        paragraph(Tone::Normal, "Decision rule: a substance is named where its score is at least 0.927 and no other substance reaches 0.98 of it. Among 1 204 substances that were left out of the library in turn, 3 were named wrongly: a false-positive rate of 0.25 % (95 % interval 0.05 % to 0.73 %). The rule was learned when the library was built; it has not been checked with this laboratory’s own samples."),
        paragraph(Tone::Normal, "The peaks at 1 620 cm⁻¹ ± 2 cm⁻¹ and Δν ≥ 12 cm⁻¹ agree; the residual R² = 0.031 ≈ the noise (σ = 0.6 ‰)."),
        Block::Paragraph {
            tone: Tone::Normal,
            text: "Hasil ini bersifat presumtif dan harus dikonfirmasi dengan teknik lain.".to_owned(),
            language: Some("id".to_owned()),
        },
        heading(2, "Candidates"),
        Block::Table(candidates(10)),
        paragraph(Tone::Small, "Score: squared correlation of the mean-centred spectra on their common range (hit quality index, ASTM E131), from 0 to 1, at the shift where it is largest. Shift: how far the sample’s axis lies from the reference’s."),
        heading(1, "Spectra"),
        Block::Figure(Figure {
            caption: "Figure 1. Sample (solid) over reference 1 (dashed), and residual (dotted, below), each scaled to its largest value. The axis is drawn as the field draws it, from high to low wavenumber.".to_owned(),
            alt: "Overlay of the sample's and the reference's spectra from 3500 to 500 reciprocal centimetres; both have their largest peak near 1620.".to_owned(),
            drawing: overlay(515.0, 220.0),
        }),
        Block::Figure(Figure {
            caption: "Figure 2. The same, higher than a page.".to_owned(),
            alt: "The same drawing.".to_owned(),
            drawing: overlay(515.0, 1200.0),
        }),
        heading(1, "What could not have been detected"),
        Block::List(vec![
            "Substances below about 15 % by weight in a mixture; 0.1 % of fentanyl in paracetamol would not be seen.".to_owned(),
            format!("Substances that are not in the library Starter, generation 12, {HASH}."),
            "Salt or base: not resolved. สาร is written by number where the fonts lack it.".to_owned(),
        ]),
        heading(2, "Reasons"),
        paragraph(Tone::Normal, &"The axis error is 1.4 cm⁻¹ at 1 001 cm⁻¹ and 2.2 cm⁻¹ at 1 602 cm⁻¹, within what the instrument’s maker states; the signal-to-noise ratio is 84, and no point is saturated. ".repeat(9)),
        heading(1, "Signatures"),
        Block::Signatures(vec![
            "Analyst: name, date and signature".to_owned(),
            "Reviewer: name, date and signature".to_owned(),
            "Head of the laboratory (only where the result leaves the laboratory)".to_owned(),
        ]),
        Block::NewPage,
        heading(1, "Parameters"),
        heading(2, "Preparation"),
        heading(3, "Steps"),
        paragraph(Tone::Normal, "baseline: asymmetric least squares, λ = 10⁵, p = 0.01"),
    ];
    document
}

/// A document whose table goes over pages.
pub fn long_table(rows: usize) -> Document {
    let mut document = empty("All candidates");
    document.paper = Paper::Letter;
    document.blocks = vec![heading(1, "Candidates"), Block::Table(candidates(rows))];
    document
}

/// A document without any block.
pub fn empty(title: &str) -> Document {
    Document {
        title: title.to_owned(),
        language: "en".to_owned(),
        running_head: "LFN-2026-004711 · sample 118-3".to_owned(),
        foot: "This report may be reproduced only in full. It concerns the sample as received."
            .to_owned(),
        letterhead: Letterhead::default(),
        phrases: Phrases {
            page_of: "Page {page} of {pages}".to_owned(),
            figure: "Figure".to_owned(),
            continued: "continued".to_owned(),
        },
        creator: "specid 0.1.0".to_owned(),
        issued: "2026-11-27T10:15:00+07:00".to_owned(),
        paper: Paper::A4,
        blocks: Vec::new(),
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

fn paragraph(tone: Tone, text: &str) -> Block {
    Block::Paragraph {
        tone,
        text: text.to_owned(),
        language: None,
    }
}

fn pair(name: &str, value: &str) -> Field {
    Field {
        name: name.to_owned(),
        value: value.to_owned(),
        missing: false,
    }
}

fn missing(name: &str) -> Field {
    Field {
        missing: true,
        ..pair(name, "not supplied")
    }
}

fn field(name: &str, value: &str) -> Block {
    Block::Fields(vec![pair(name, value)])
}

fn candidates(count: usize) -> Table {
    let column = |heading: &str, side, weight| Column {
        heading: heading.to_owned(),
        side,
        weight,
    };
    let names = [
        "3,4-Methylenedioxyphenyl-2-propanone",
        "Methyl 3-(1,3-benzodioxol-5-yl)-2-methyloxirane-2-carboxylate",
        "Safrole",
        "N-Phenethyl-4-piperidone hydrochloride monohydrate",
        "1-Boc-4-AP",
    ];
    let rows = (0..count).map(|at| {
        vec![
            format!("{}", at + 1),
            names[at % names.len()].to_owned(),
            ["XIYKRJLTYKUWAM-UHFFFAOYSA-N", "UEVLJUSDWKJPTR-UHFFFAOYSA-N"][at % 2].to_owned(),
            format!("{:.4}", 0.9821 - 0.0017 * at as f32),
            format!("{:+.1}", 1.4 - 0.3 * at as f32).replace('-', "−"),
            ["Table I (1988 Convention), since 2019-11-19", "not listed"][at % 2].to_owned(),
        ]
    });
    Table {
        caption: Some("Table 1. Candidates by score".to_owned()),
        columns: vec![
            column("Rank", Side::Right, 0.5),
            column("Substance", Side::Left, 3.0),
            column("InChIKey", Side::Left, 2.4),
            column("Score", Side::Right, 1.0),
            column("Shift, cm⁻¹", Side::Right, 1.0),
            column("Control status", Side::Left, 2.0),
        ],
        rows: rows.collect(),
    }
}

fn overlay(width: f32, height: f32) -> Drawing {
    let stroke = |width, grey, dash: &[f32]| Stroke {
        width,
        grey,
        dash: dash.to_vec(),
    };
    let (left, right, top, bottom) = (40.0, width - 10.0, 10.0, height - 32.0);
    let curve = |shift: f32, floor: f32, scale: f32| -> Vec<[f32; 2]> {
        (0..400)
            .map(|i| {
                let t = i as f32 / 399.0;
                let peak = |at: f32, wide: f32| (-((t - at - shift) / wide).powi(2)).exp();
                let value = peak(0.2, 0.01)
                    + 0.5 * peak(0.35, 0.02)
                    + 0.9 * peak(0.62, 0.008)
                    + 0.3 * peak(0.8, 0.03);
                [left + t * (right - left), floor - value * scale]
            })
            .collect()
    };
    let floor = bottom - 0.2 * (bottom - top);
    let scale = 0.7 * (bottom - top);
    let text = |at, anchor, upwards, text: &str| Shape::Text {
        at,
        size: 7.5,
        anchor,
        upwards,
        text: text.to_owned(),
    };
    let mut shapes = vec![
        Shape::Fill {
            points: vec![
                [left, bottom],
                [right, bottom],
                [right, floor + 5.0],
                [left, floor + 5.0],
            ],
            grey: 238,
        },
        Shape::Line {
            points: vec![
                [left, top],
                [left, bottom],
                [right, bottom],
                [right, top],
                [left, top],
            ],
            stroke: stroke(0.6, 0, &[]),
        },
        Shape::Line {
            points: curve(0.0, floor, scale),
            stroke: stroke(0.9, 0, &[]),
        },
        Shape::Line {
            points: curve(0.004, floor, scale),
            stroke: stroke(0.9, 90, &[4.0, 2.0]),
        },
        Shape::Line {
            points: curve(0.0, bottom - 6.0, 0.08 * scale),
            stroke: stroke(0.7, 0, &[0.8, 1.6]),
        },
        text(
            [(left + right) / 2.0, height - 6.0],
            Anchor::Middle,
            false,
            "Wavenumber, cm⁻¹",
        ),
        text(
            [12.0, (top + bottom) / 2.0],
            Anchor::Middle,
            true,
            "Intensity, relative",
        ),
    ];
    for (at, label) in ["3500", "3000", "2500", "2000", "1500", "1000", "500"]
        .iter()
        .enumerate()
    {
        let x = left + at as f32 * (right - left) / 6.0;
        let anchor = if at == 6 { Anchor::End } else { Anchor::Middle };
        shapes.push(Shape::Line {
            points: vec![[x, bottom], [x, bottom + 3.0]],
            stroke: stroke(0.6, 0, &[]),
        });
        shapes.push(text([x, bottom + 12.0], anchor, false, label));
    }
    Drawing {
        width,
        height,
        shapes,
    }
}

/// A ring on transparent ground, as a PNG file.
fn seal() -> Vec<u8> {
    let size = 96_u32;
    let points: Vec<u8> = (0..size * size)
        .flat_map(|at| {
            let (x, y) = ((at % size) as f32 - 47.5, (at / size) as f32 - 47.5);
            let far = x.hypot(y);
            let inked = (34.0..44.0).contains(&far)
                || (x.abs() < 3.0 && far < 34.0)
                || (y.abs() < 3.0 && far < 34.0);
            if inked {
                [20, 40, 90, 255]
            } else {
                [255, 0, 0, 0]
            }
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size, size);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&points)
        .unwrap();
    bytes
}
