//! Reading the columns of a library file, mapped where they lie aligned in it.

use crate::library::{
    Bounds, Column, Curves, EntryColumns, Group, IonColumns, Lists, MajorIons, Part, PeakIndex,
    PeakLists, Placed, Prepared,
};
use crate::prepare::{Family, Recipe};
use bytemuck::Pod;
use hdf5::H5Type;
use hdf5::types::VarLenUnicode;
use memmap2::Mmap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most bytes that one compressed byte stands for, by the way that DEFLATE works.
const MOST_PACKED: usize = 1032;

/// A group of a library file: of its HDF5 part, or of the directory after it.
pub(super) trait Place: Sized {
    /// A group within; `None` where there is none of this name.
    fn within(&self, name: &str) -> hdf5::Result<Option<Self>>;

    /// A text attribute; `None` where there is none of this name.
    fn text(&self, name: &str) -> hdf5::Result<Option<String>>;

    /// A column; `None` where there is none of this name.
    fn column<T: Pod + H5Type>(&self, name: &str) -> hdf5::Result<Option<Column<T>>>;

    /// A column that libraries of all programs have.
    fn needed<T: Pod + H5Type>(&self, name: &str) -> hdf5::Result<Column<T>> {
        self.column(name)?.ok_or_else(|| lacks(name))
    }

    /// A column that libraries of earlier programs do not have; empty there.
    fn optional<T: Pod + H5Type>(&self, name: &str) -> hdf5::Result<Column<T>> {
        Ok(self.column(name)?.unwrap_or_default())
    }
}

fn lacks(name: &str) -> hdf5::Error {
    format!("it has no {name}").into()
}

/// The columns of all entries.
pub(super) fn entries(root: &impl Place) -> hdf5::Result<EntryColumns> {
    let place = root.within("entries")?.ok_or_else(|| lacks("entries"))?;
    Ok(EntryColumns {
        json: place.needed("json")?,
        json_offsets: place.needed("json_offsets")?,
        y: place.needed("y")?,
        y_offsets: place.needed("y_offsets")?,
        x: place.needed("x")?,
        x_offsets: place.needed("x_offsets")?,
        substance: place.needed("substance")?,
        since: place.optional("since")?,
    })
}

/// All groups of prepared references.
pub(super) fn groups(root: &impl Place) -> hdf5::Result<BTreeMap<Family, Group>> {
    let mut groups = BTreeMap::new();
    // Where there are no references HDF5 keeps an empty group, which a directory does not list.
    let Some(prepared) = root.within("prepared")? else {
        return Ok(groups);
    };
    for family in Family::ALL {
        if let Some(place) = prepared.within(family.id())? {
            groups.insert(family, group(&place, family)?);
        }
    }
    Ok(groups)
}

fn group(place: &impl Place, family: Family) -> hdf5::Result<Group> {
    let damaged = |what: &str, e: serde_json::Error| {
        hdf5::Error::from(format!("{what} of {}: {e}", family.id()))
    };
    let recipe = place.text("recipe")?.ok_or_else(|| lacks("recipe"))?;
    let recipe: Recipe = serde_json::from_str(&recipe).map_err(|e| damaged("recipe", e))?;
    let prepared = match family {
        Family::MsMs => Prepared::Peaks(PeakLists {
            fine: lists(place, "")?,
            unit: lists(place, "unit_")?,
            at_unit: place.needed("at_unit")?,
            precursor: place.needed("precursor")?,
            mass: place.needed("mass")?,
            mass_exact: place.needed("mass_exact")?,
            polarity: place.needed("polarity")?,
            index: peak_index(place)?.map(Box::new),
        }),
        _ => Prepared::Curves(Curves {
            points: recipe.grid.points,
            values: place.needed("values")?,
            start: place.needed("start")?,
            end: place.needed("end")?,
            bounds: bounds(place)?.map(Box::new),
            columns: ion_columns(place, recipe.grid.points)?.map(Box::new),
            majors: major_ions(place)?.map(Box::new),
        }),
    };
    let calibration = place.text("calibration")?;
    let calibration = calibration.map(|json| serde_json::from_str(&json));
    Ok(Group {
        recipe,
        entry: place.needed("entry")?,
        prepared,
        calibration: calibration
            .transpose()
            .map_err(|e| damaged("calibration", e))?,
    })
}

/// What bounds the curves; libraries of few references, or made before there were bounds, have none.
fn bounds(place: &impl Place) -> hdf5::Result<Option<Bounds>> {
    let Some(place) = place.within("bounds")? else {
        return Ok(None);
    };
    Ok(Some(Bounds {
        shape: place.needed("shape")?,
        basis: place.needed("basis")?,
        steps: place.needed("steps")?,
        first: place.needed("first")?,
        codes: place.needed("codes")?,
        norms: place.needed("norms")?,
        rest: place.needed("rest")?,
        sums: place.needed("sums")?,
        squares: place.needed("squares")?,
        ranges: place.needed("ranges")?,
        range_of: place.needed("range_of")?,
    }))
}

/// What finds the best EI references; libraries of few, or made before there was one, have none.
fn ion_columns(place: &impl Place, points: usize) -> hdf5::Result<Option<IonColumns>> {
    let Some(place) = place.within("columns")? else {
        return Ok(None);
    };
    Ok(Some(IonColumns {
        points,
        start: place.needed("start")?,
        gone: place.needed("gone")?,
        strip_at: place.needed("strip_at")?,
        strips: place.needed("strips")?,
        list_at: place.needed("list_at")?,
        list_row: place.needed("list_row")?,
        list_code: place.needed("list_code")?,
    }))
}

/// Major ions of EI references; libraries of few, or of earlier programs, do not keep them.
fn major_ions(place: &impl Place) -> hdf5::Result<Option<MajorIons>> {
    let Some(place) = place.within("majors")? else {
        return Ok(None);
    };
    Ok(Some(MajorIons {
        mz: place.needed("mz")?,
        share: place.needed("share")?,
    }))
}

/// Where the peaks of MS/MS references lie; libraries of few, or of earlier programs, do not keep it.
fn peak_index(place: &impl Place) -> hdf5::Result<Option<PeakIndex>> {
    let Some(place) = place.within("index")? else {
        return Ok(None);
    };
    let mut index = PeakIndex::default();
    for (side, all) in [
        ("fragments", &mut index.fragments),
        ("losses", &mut index.losses),
    ] {
        for (part, placed) in Part::ALL.iter().zip(all) {
            let name = format!("{}_{side}", part.name());
            let place = place.within(&name)?.ok_or_else(|| lacks(&name))?;
            *placed = Placed {
                tolerance: place.needed("tolerance")?,
                blocks: place.needed("blocks")?,
                buckets: place.needed("buckets")?,
                place: place.needed("place")?,
                row: place.needed("row")?,
                code: place.needed("code")?,
            };
        }
    }
    Ok(Some(index))
}

fn lists(place: &impl Place, prefix: &str) -> hdf5::Result<Lists> {
    Ok(Lists {
        offsets: place.needed(&format!("{prefix}offsets"))?,
        mz: place.needed(&format!("{prefix}mz"))?,
        weight: place.needed(&format!("{prefix}weight"))?,
    })
}

/// A group of an open HDF5 file.
pub(super) struct Filed<'a> {
    /// The group.
    pub group: hdf5::Group,
    /// The same file, mapped.
    pub map: &'a Arc<Mmap>,
}

impl Filed<'_> {
    /// Whether there is a member of this name; an error where the members cannot be read.
    fn holds(&self, name: &str) -> hdf5::Result<bool> {
        let names = self.group.member_names()?;
        Ok(names.iter().any(|member| member == name))
    }
}

impl Place for Filed<'_> {
    fn within(&self, name: &str) -> hdf5::Result<Option<Self>> {
        let found = self.holds(name)?;
        let group = found.then(|| self.group.group(name)).transpose()?;
        Ok(group.map(|group| Self { group, ..*self }))
    }

    fn text(&self, name: &str) -> hdf5::Result<Option<String>> {
        let names = self.group.attr_names()?;
        let found = names.iter().any(|attribute| attribute == name);
        found.then(|| attribute(&self.group, name)).transpose()
    }

    /// Maps a dataset where it lies contiguous and aligned in the file, copies it otherwise.
    fn column<T: Pod + H5Type>(&self, name: &str) -> hdf5::Result<Option<Column<T>>> {
        if !self.holds(name)? {
            return Ok(None);
        }
        let data = self.group.dataset(name)?;
        let stored = data.dtype()?.to_descriptor()?;
        if stored != T::type_descriptor() {
            return Err(format!("{name} holds {stored}, not {}", T::type_descriptor()).into());
        }
        let bytes = length(&data, size_of::<T>(), self.map.len())
            .ok_or_else(|| format!("{name} is larger than the file can hold"))?;
        let contiguous = data.layout() == hdf5::dataset::Layout::Contiguous;
        let mapped = data.offset().filter(|_| contiguous).and_then(|offset| {
            let start = usize::try_from(offset).ok()?;
            Column::mapped(self.map, start..start.checked_add(bytes)?)
        });
        Ok(Some(match mapped {
            Some(column) => column,
            None => data.read_raw::<T>()?.into(),
        }))
    }
}

/// Bytes of a dataset whose numbers take `each`; `None` where it claims more than is stored of it in a file of `file`
/// bytes: a claim alone takes no room.
fn length(data: &hdf5::Dataset, each: usize, file: usize) -> Option<usize> {
    let stored = usize::try_from(data.storage_size()).ok()?;
    let most = match data.is_chunked() {
        true => stored.checked_mul(MOST_PACKED)?,
        false => stored,
    };
    let bytes = (data.shape().iter()).try_fold(each, |bytes, n| bytes.checked_mul(*n))?;
    (stored <= file && bytes <= most).then_some(bytes)
}

/// A text attribute.
pub(super) fn attribute(place: &hdf5::Location, name: &str) -> hdf5::Result<String> {
    let value: VarLenUnicode = place.attr(name)?.read_scalar()?;
    Ok(value.as_str().to_owned())
}
