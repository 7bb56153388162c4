//! Writing the columns of a library into an HDF5 file.

use super::ALIGNMENT;
use crate::library::{
    Bounds, Column, Group, IonColumns, Library, Lists, Part, PeakIndex, Prepared, SCHEMA,
};
use bytemuck::Pod;
use hdf5::H5Type;
use hdf5::types::VarLenUnicode;
use std::path::Path;

/// Room for attributes, the tables of the file and its directory.
const DESCRIPTIONS: u64 = 2 << 20;

/// Bytes that a library's file takes at most.
pub(super) fn size(library: &Library) -> u64 {
    let entries = &library.entries;
    let mut columns = vec![
        entries.json.bytes(),
        entries.json_offsets.bytes(),
        entries.y.bytes(),
        entries.y_offsets.bytes(),
        entries.x.bytes(),
        entries.x_offsets.bytes(),
        entries.substance.bytes(),
        entries.since.bytes(),
        library.history.bytes(),
        library.probes.bytes(),
    ];
    columns.extend(library.groups.values().flat_map(Group::bytes));
    let aligned = |bytes: &[u8]| bytes.len() as u64 + 2 * ALIGNMENT;
    columns.into_iter().map(aligned).sum::<u64>() + DESCRIPTIONS
}

/// Writes all of a library into a new file.
pub(super) fn write_hdf5(library: &Library, path: &Path) -> hdf5::Result<()> {
    let file = hdf5::File::with_options()
        .with_fapl(|p| p.alignment(ALIGNMENT, ALIGNMENT))
        .create(path)?;
    write_text(&file, "schema", SCHEMA)?;
    write_text(
        &file,
        "info",
        &serde_json::to_string(&library.info).unwrap_or_default(),
    )?;
    write_text(&file, "prepared", &library.prepared_hash())?;
    if let Some(validation) = &library.validation {
        let json = serde_json::to_string(validation).unwrap_or_default();
        write_text(&file, "validation", &json)?;
    }
    let entries = file.create_group("entries")?;
    let columns = &library.entries;
    write_column(&entries, "json", &columns.json)?;
    write_column(&entries, "json_offsets", &columns.json_offsets)?;
    write_column(&entries, "y", &columns.y)?;
    write_column(&entries, "y_offsets", &columns.y_offsets)?;
    write_column(&entries, "x", &columns.x)?;
    write_column(&entries, "x_offsets", &columns.x_offsets)?;
    write_column(&entries, "substance", &columns.substance)?;
    write_column(&entries, "since", &columns.since)?;
    write_column(&file, "history", &library.history)?;
    write_column(&file, "probes", &library.probes)?;
    let prepared = file.create_group("prepared")?;
    for (family, group) in &library.groups {
        let place = prepared.create_group(family.id())?;
        write_text(&place, "recipe", &group.recipe.to_json())?;
        if let Some(calibration) = &group.calibration {
            let text = serde_json::to_string(calibration).unwrap_or_default();
            write_text(&place, "calibration", &text)?;
        }
        write_column(&place, "entry", &group.entry)?;
        match &group.prepared {
            Prepared::Curves(curves) => {
                write_column(&place, "start", &curves.start)?;
                write_column(&place, "end", &curves.end)?;
                write_column(&place, "values", &curves.values)?;
                if let Some(bounds) = &curves.bounds {
                    write_bounds(&place.create_group("bounds")?, bounds)?;
                }
                if let Some(columns) = &curves.columns {
                    write_ion_columns(&place.create_group("columns")?, columns)?;
                }
                if let Some(majors) = &curves.majors {
                    let place = place.create_group("majors")?;
                    write_column(&place, "mz", &majors.mz)?;
                    write_column(&place, "share", &majors.share)?;
                }
            }
            Prepared::Peaks(lists) => {
                write_lists(&place, "", &lists.fine)?;
                write_lists(&place, "unit_", &lists.unit)?;
                write_column(&place, "at_unit", &lists.at_unit)?;
                write_column(&place, "precursor", &lists.precursor)?;
                write_column(&place, "mass", &lists.mass)?;
                write_column(&place, "mass_exact", &lists.mass_exact)?;
                write_column(&place, "polarity", &lists.polarity)?;
                if let Some(index) = &lists.index {
                    write_peak_index(&place.create_group("index")?, index)?;
                }
            }
        }
    }
    file.flush()?;
    file.close()
}

fn write_lists(place: &hdf5::Group, prefix: &str, lists: &Lists) -> hdf5::Result<()> {
    write_column(place, &format!("{prefix}offsets"), &lists.offsets)?;
    write_column(place, &format!("{prefix}mz"), &lists.mz)?;
    write_column(place, &format!("{prefix}weight"), &lists.weight)
}

fn write_peak_index(place: &hdf5::Group, index: &PeakIndex) -> hdf5::Result<()> {
    for (side, all) in [("fragments", &index.fragments), ("losses", &index.losses)] {
        for (part, placed) in Part::ALL.iter().zip(all) {
            let place = place.create_group(&format!("{}_{side}", part.name()))?;
            write_column(&place, "tolerance", &placed.tolerance)?;
            write_column(&place, "blocks", &placed.blocks)?;
            write_column(&place, "buckets", &placed.buckets)?;
            write_column(&place, "place", &placed.place)?;
            write_column(&place, "row", &placed.row)?;
            write_column(&place, "code", &placed.code)?;
        }
    }
    Ok(())
}

fn write_ion_columns(place: &hdf5::Group, columns: &IonColumns) -> hdf5::Result<()> {
    write_column(place, "start", &columns.start)?;
    write_column(place, "gone", &columns.gone)?;
    write_column(place, "strip_at", &columns.strip_at)?;
    write_column(place, "strips", &columns.strips)?;
    write_column(place, "list_at", &columns.list_at)?;
    write_column(place, "list_row", &columns.list_row)?;
    write_column(place, "list_code", &columns.list_code)
}

fn write_bounds(place: &hdf5::Group, bounds: &Bounds) -> hdf5::Result<()> {
    write_column(place, "shape", &bounds.shape)?;
    write_column(place, "basis", &bounds.basis)?;
    write_column(place, "steps", &bounds.steps)?;
    write_column(place, "first", &bounds.first)?;
    write_column(place, "codes", &bounds.codes)?;
    write_column(place, "norms", &bounds.norms)?;
    write_column(place, "rest", &bounds.rest)?;
    write_column(place, "sums", &bounds.sums)?;
    write_column(place, "squares", &bounds.squares)?;
    write_column(place, "ranges", &bounds.ranges)?;
    write_column(place, "range_of", &bounds.range_of)
}

fn write_column<T: Pod + H5Type>(
    place: &hdf5::Group,
    name: &str,
    column: &Column<T>,
) -> hdf5::Result<()> {
    let data = place.new_dataset::<T>().shape(column.len()).create(name)?;
    if column.is_empty() {
        return Ok(());
    }
    data.write_raw(&**column)
}

fn write_text(place: &hdf5::Location, name: &str, text: &str) -> hdf5::Result<()> {
    let value: VarLenUnicode = text
        .parse()
        .map_err(|_| hdf5::Error::from("text with a zero character"))?;
    place
        .new_attr::<VarLenUnicode>()
        .create(name)?
        .write_scalar(&value)
}
