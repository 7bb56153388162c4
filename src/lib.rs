//! `specid` matches the export of a laboratory instrument against a reference library of drug
//! precursors, pre-precursors and new psychoactive substances by FFT-based correlation.
//!
//! The way of the data, each layer knowing only those left of it:
//! `file, threads, units < spectrum < read/write < prepare < chromatogram, correlate < substance < library, national < search, exchange < decide <
//! mixture < emerging < validate < check, impact < document, report < screen < cases < authority, trends < unknowns < evidence, record < statement < cli`. Nothing below `cli` prints or exits.

pub mod authority;
pub mod cases;
pub mod check;
pub mod chromatogram;
pub mod cli;
pub mod correlate;
pub mod decide;
pub mod document;
pub mod emerging;
pub mod evidence;
pub mod exchange;
pub mod file;
pub mod impact;
pub mod library;
pub mod mixture;
pub mod national;
pub mod prepare;
pub mod program;
pub mod read;
pub mod record;
pub mod report;
pub mod screen;
pub mod search;
pub mod spectrum;
pub mod statement;
pub mod substance;
mod threads;
pub mod trends;
pub mod units;
pub mod unknowns;
pub mod validate;
pub mod write;
