//! Reading the columns of a library from an HDF5 file, mapped where they lie aligned in it.

use crate::library::{
    Bounds, Column, Curves, EntryColumns, Group, IonColumns, Lists, MajorIons, Part, PeakIndex,
    PeakLists, Placed, Prepared,
};
use crate::prepare::{Family, Recipe};
use bytemuck::Pod;
use hdf5::H5Type;
use hdf5::types::VarLenUnicode;
use memmap2::Mmap;
use std::sync::Arc;

/// Reads columns of an open file.
pub(super) struct Reader {
    /// The same file, mapped.
    pub map: Arc<Mmap>,
}

impl Reader {
    /// The columns of all entries.
    pub fn entries(&self, file: &hdf5::File) -> hdf5::Result<EntryColumns> {
        let place = file.group("entries")?;
        Ok(EntryColumns {
            json: self.column(&place, "json")?,
            json_offsets: self.column(&place, "json_offsets")?,
            y: self.column(&place, "y")?,
            y_offsets: self.column(&place, "y_offsets")?,
            x: self.column(&place, "x")?,
            x_offsets: self.column(&place, "x_offsets")?,
            substance: self.column(&place, "substance")?,
            since: self.optional(&place, "since")?,
        })
    }

    /// A column that libraries of earlier programs do not have; empty there.
    fn optional<T: Pod + H5Type>(
        &self,
        place: &hdf5::Group,
        name: &str,
    ) -> hdf5::Result<Column<T>> {
        match place.member_names()?.iter().any(|member| member == name) {
            true => self.column(place, name),
            false => Ok(Column::default()),
        }
    }

    /// Spectra kept with a validation; empty where there are none.
    pub fn probes(&self, file: &hdf5::File) -> hdf5::Result<Column<u8>> {
        self.optional(file, "probes")
    }

    /// The records of all generations; empty where there are none.
    pub fn history(&self, file: &hdf5::File) -> hdf5::Result<Column<u8>> {
        self.optional(file, "history")
    }

    /// All groups of prepared references.
    pub fn groups(
        &self,
        file: &hdf5::File,
    ) -> hdf5::Result<std::collections::BTreeMap<Family, Group>> {
        let prepared = file.group("prepared")?;
        let names = prepared.member_names()?;
        Family::ALL
            .into_iter()
            .filter(|family| names.iter().any(|n| n == family.id()))
            .map(|family| Ok((family, self.group(&prepared.group(family.id())?, family)?)))
            .collect()
    }

    fn group(&self, place: &hdf5::Group, family: Family) -> hdf5::Result<Group> {
        let recipe: Recipe = serde_json::from_str(&read_text(place, "recipe")?)
            .map_err(|e| hdf5::Error::from(format!("recipe of {}: {e}", family.id())))?;
        let prepared = match family {
            Family::MsMs => Prepared::Peaks(PeakLists {
                fine: self.lists(place, "")?,
                unit: self.lists(place, "unit_")?,
                at_unit: self.column(place, "at_unit")?,
                precursor: self.column(place, "precursor")?,
                mass: self.column(place, "mass")?,
                mass_exact: self.column(place, "mass_exact")?,
                polarity: self.column(place, "polarity")?,
                index: self.peak_index(place)?.map(Box::new),
            }),
            _ => Prepared::Curves(Curves {
                points: recipe.grid.points,
                values: self.column(place, "values")?,
                start: self.column(place, "start")?,
                end: self.column(place, "end")?,
                bounds: self.bounds(place)?.map(Box::new),
                columns: self.ion_columns(place, recipe.grid.points)?.map(Box::new),
                majors: self.major_ions(place)?.map(Box::new),
            }),
        };
        let calibration = match place.attr_names()?.iter().any(|name| name == "calibration") {
            true => Some(
                serde_json::from_str(&read_text(place, "calibration")?).map_err(|e| {
                    hdf5::Error::from(format!("calibration of {}: {e}", family.id()))
                })?,
            ),
            false => None,
        };
        Ok(Group {
            recipe,
            entry: self.column(place, "entry")?,
            prepared,
            calibration,
        })
    }

    /// What bounds the curves; libraries of few references, or made before there were bounds, have none.
    fn bounds(&self, place: &hdf5::Group) -> hdf5::Result<Option<Bounds>> {
        if !place.member_names()?.iter().any(|name| name == "bounds") {
            return Ok(None);
        }
        let place = place.group("bounds")?;
        Ok(Some(Bounds {
            shape: self.column(&place, "shape")?,
            basis: self.column(&place, "basis")?,
            steps: self.column(&place, "steps")?,
            first: self.column(&place, "first")?,
            codes: self.column(&place, "codes")?,
            norms: self.column(&place, "norms")?,
            rest: self.column(&place, "rest")?,
            sums: self.column(&place, "sums")?,
            squares: self.column(&place, "squares")?,
            ranges: self.column(&place, "ranges")?,
            range_of: self.column(&place, "range_of")?,
        }))
    }

    /// What finds the best EI references; libraries of few, or made before there was one, have none.
    fn ion_columns(&self, place: &hdf5::Group, points: usize) -> hdf5::Result<Option<IonColumns>> {
        if !place.member_names()?.iter().any(|name| name == "columns") {
            return Ok(None);
        }
        let place = place.group("columns")?;
        Ok(Some(IonColumns {
            points,
            start: self.column(&place, "start")?,
            gone: self.column(&place, "gone")?,
            strip_at: self.column(&place, "strip_at")?,
            strips: self.column(&place, "strips")?,
            list_at: self.column(&place, "list_at")?,
            list_row: self.column(&place, "list_row")?,
            list_code: self.column(&place, "list_code")?,
        }))
    }

    /// Major ions of EI references; libraries of few, or of earlier programs, do not keep them.
    fn major_ions(&self, place: &hdf5::Group) -> hdf5::Result<Option<MajorIons>> {
        if !place.member_names()?.iter().any(|name| name == "majors") {
            return Ok(None);
        }
        let place = place.group("majors")?;
        Ok(Some(MajorIons {
            mz: self.column(&place, "mz")?,
            share: self.column(&place, "share")?,
        }))
    }

    /// Where the peaks of MS/MS references lie; libraries of few, or of earlier programs, do not keep it.
    fn peak_index(&self, place: &hdf5::Group) -> hdf5::Result<Option<PeakIndex>> {
        if !place.member_names()?.iter().any(|name| name == "index") {
            return Ok(None);
        }
        let place = place.group("index")?;
        let mut index = PeakIndex::default();
        for (side, all) in [
            ("fragments", &mut index.fragments),
            ("losses", &mut index.losses),
        ] {
            for (part, placed) in Part::ALL.iter().zip(all) {
                let place = place.group(&format!("{}_{side}", part.name()))?;
                *placed = Placed {
                    tolerance: self.column(&place, "tolerance")?,
                    blocks: self.column(&place, "blocks")?,
                    buckets: self.column(&place, "buckets")?,
                    place: self.column(&place, "place")?,
                    row: self.column(&place, "row")?,
                    code: self.column(&place, "code")?,
                };
            }
        }
        Ok(Some(index))
    }

    fn lists(&self, place: &hdf5::Group, prefix: &str) -> hdf5::Result<Lists> {
        Ok(Lists {
            offsets: self.column(place, &format!("{prefix}offsets"))?,
            mz: self.column(place, &format!("{prefix}mz"))?,
            weight: self.column(place, &format!("{prefix}weight"))?,
        })
    }

    /// Maps a dataset where it lies contiguous and aligned in the file, copies it otherwise.
    fn column<T: Pod + H5Type>(&self, place: &hdf5::Group, name: &str) -> hdf5::Result<Column<T>> {
        let data = place.dataset(name)?;
        let stored = data.dtype()?.to_descriptor()?;
        if stored != T::type_descriptor() {
            return Err(format!("{name} holds {stored}, not {}", T::type_descriptor()).into());
        }
        let bytes = data.size() * size_of::<T>();
        let contiguous = data.layout() == hdf5::dataset::Layout::Contiguous;
        let mapped = data.offset().filter(|_| contiguous).and_then(|offset| {
            let start = usize::try_from(offset).ok()?;
            Column::mapped(&self.map, start..start.checked_add(bytes)?)
        });
        match mapped {
            Some(column) => Ok(column),
            None => Ok(data.read_raw::<T>()?.into()),
        }
    }
}

/// A text attribute.
pub(super) fn read_text(place: &hdf5::Location, name: &str) -> hdf5::Result<String> {
    let value: VarLenUnicode = place.attr(name)?.read_scalar()?;
    Ok(value.as_str().to_owned())
}
