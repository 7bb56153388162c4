//! Readers are total: any bytes give spectra or an error, in bounded time and memory.

use proptest::prelude::*;
use specid::read::{Input, Limits, read_input};

const GOOD: [(&str, &str); 6] = [
    (
        "difdup.jdx",
        "##TITLE= a\n##JCAMP-DX= 4.24 $$ x\n##DATA TYPE= INFRARED SPECTRUM\n##XUNITS= 1/CM\n##YUNITS= TRANSMITTANCE\n##XFACTOR= 1\n##YFACTOR= 0.01\n##FIRSTX= 400\n##LASTX= 409\n##NPOINTS= 10\n##XYDATA= (X++(Y..Y))\n400A0J1T%kJ2\n406A3J1jS?@2\n##END=\n",
    ),
    (
        "link.jdx",
        "##TITLE= l\n##DATA TYPE= LINK\n##BLOCKS= 2\n##TITLE= a\n##DATA TYPE= MASS SPECTRUM\n##NTUPLES= MASS SPECTRUM\n##SYMBOL= X, Y, T\n##VAR_TYPE= INDEPENDENT, DEPENDENT, PAGE\n##UNITS= M/Z, RELATIVE ABUNDANCE, SECONDS\n##PAGE= T=1\n##NPOINTS= 2\n##DATA TABLE= (XY..XY), PEAKS\n58,100;91,3\n##PAGE= T=2\n##DATA TABLE= (XY..XY), PEAKS\n43 100 91 57\n##END NTUPLES= MASS SPECTRUM\n##END=\n##TITLE= b\n##DATA TYPE= RAMAN SPECTRUM\n##XYPOINTS= (XY..XY)\n1,2 3,4\n##END=\n##END=\n",
    ),
    (
        "a.csv",
        "\u{feff}Ger\u{e4}t;x\nLaser;785 nm\n\nWellenzahl [cm^-1];Intensit\u{e4}t\n400,5;1,5\n401,5;nan\n402,5;3,5e1\n",
    ),
    (
        "rows.csv",
        "name,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\ns1,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8\n",
    ),
    (
        "a.msp",
        "Name: a \"b\"\nSynon: $:28c\nComment: x=\"y z\" \"SMILES=C\"\nInChIKey: ABC\nNum Peaks: 3\n58 100; 77 10 \"q\"; 91:5;\n\nNAME: b\nNUM PEAKS: 1\n(43,100)\n",
    ),
    (
        "a.mgf",
        "COM=x\nBEGIN IONS\nTITLE=a\nPEPMASS=100.1 5\nCHARGE=1+\n50.1 10 1+\n60.2\nEND IONS\n",
    ),
];

fn read(name: &str, bytes: &[u8]) -> usize {
    let input = Input::new(name, bytes.to_vec());
    read_input(&input, &Limits::default()).map_or(0, |(_, reading)| reading.spectra.len())
}

#[test]
fn good_files_are_read() {
    let counts: Vec<usize> = GOOD
        .iter()
        .map(|(name, text)| read(name, text.as_bytes()))
        .collect();
    assert_eq!(counts, [1, 3, 1, 1, 2, 1]);
}

#[test]
fn a_file_cut_at_any_byte_gives_an_answer() {
    for (name, text) in GOOD {
        for end in 0..text.len() {
            read(name, &text.as_bytes()[..end]);
        }
    }
}

#[test]
fn a_small_file_cannot_claim_a_large_spectrum() {
    let bomb = "##TITLE= a\n##DATA TYPE= RAMAN SPECTRUM\n##FIRSTX= 1\n##LASTX= 2\n##XYDATA= (X++(Y..Y))\n1A1J1s999999999\n##END=\n";
    let input = Input::new("a.jdx", bomb.as_bytes().to_vec());
    let (_, reading) = read_input(&input, &Limits::default()).unwrap();
    let message = reading.spectra[0].as_ref().unwrap_err().to_string();
    assert!(message.contains("too many points"), "{message}");
}

#[test]
fn deep_nesting_ends() {
    let nested = "##TITLE= l\n##DATA TYPE= LINK\n".repeat(100_000);
    read("a.jdx", nested.as_bytes());
}

/// First bytes of the binary formats.
const MAGIC: [&[u8]; 7] = [
    b"\x0a\x0a\xfe\xfe",
    b"Spectral Data File",
    b"WDF1",
    b"PEPE2D constant interval DataSet file",
    b"\x80\x4b",
    b"\x04\x4c",
    b"\x04\x4d",
];

proptest! {
    #[test]
    fn any_bytes_behind_a_signature_give_an_answer(
        which in 0_usize..7, tail in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), any::<u8>()], 0..1500),
    ) {
        let bytes: Vec<u8> = MAGIC[which].iter().chain(&tail).copied().collect();
        read("a.spc", &bytes);
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..2000), which in 0_usize..6) {
        read(GOOD[which].0, &bytes);
    }

    #[test]
    fn a_changed_file_gives_an_answer(
        which in 0_usize..6, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let (name, text) = GOOD[which];
        let mut bytes = text.as_bytes().to_vec();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let from = cut.index(bytes.len());
        let doubled: Vec<u8> = bytes.iter().chain(&bytes[from..]).copied().collect();
        read(name, &bytes);
        read(name, &doubled);
    }
}
