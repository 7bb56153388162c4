//! A table as Parquet: row groups of at most 8192 rows, compressed with Snappy.
//!
//! Every column is optional, so that an empty cell is a null. A text is UTF-8 with the string
//! type, a whole number a 64-bit integer, a number a 64-bit float.

use super::{Cell, Column, Kind, TableError, TableWriter, check, some_columns};
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// Most rows of a row group.
const GROUP_ROWS: usize = 8192;

/// Bytes of text from which a row group is written before it has [`GROUP_ROWS`].
const GROUP_BYTES: usize = 16 << 20;

/// The cells of one column of the row group that is being filled.
enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
}

struct Filling {
    values: Values,
    /// 1 for each value, 0 for each empty cell.
    levels: Vec<i16>,
}

impl Filling {
    fn new(kind: Kind) -> Self {
        Self {
            values: match kind {
                Kind::Text => Values::Text(Vec::new()),
                Kind::Whole => Values::Whole(Vec::new()),
                Kind::Number => Values::Number(Vec::new()),
                Kind::Flag => Values::Flag(Vec::new()),
            },
            levels: Vec::new(),
        }
    }

    /// Takes a cell that was checked to be of the column's kind or empty; gives its bytes.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let mut bytes = 0;
        let level = match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                bytes = text.len();
                values.push(ByteArray::from(text.as_ref()));
                1
            }
            (Values::Whole(values), Cell::Whole(number)) => {
                values.push(*number);
                1
            }
            (Values::Number(values), Cell::Number(number)) => {
                values.push(*number);
                1
            }
            (Values::Flag(values), Cell::Flag(flag)) => {
                values.push(*flag);
                1
            }
            _ => 0,
        };
        self.levels.push(level);
        bytes
    }

    fn clear(&mut self) {
        self.levels.clear();
        match &mut self.values {
            Values::Text(values) => values.clear(),
            Values::Whole(values) => values.clear(),
            Values::Number(values) => values.clear(),
            Values::Flag(values) => values.clear(),
        }
    }
}

struct Parquet<W: Write + Send> {
    columns: Vec<Column>,
    out: SerializedFileWriter<W>,
    filling: Vec<Filling>,
    rows: usize,
    bytes: usize,
}

/// A table written to `out` as Parquet.
///
/// # Errors
/// Where there are no columns, or `out` cannot be written.
pub fn writer<W: Write + Send + 'static>(
    out: W,
    columns: &[Column],
) -> Result<Box<dyn TableWriter>, TableError> {
    let columns = some_columns(columns)?;
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("table")
        .with_fields(fields)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    Ok(Box::new(Parquet {
        filling: columns
            .iter()
            .map(|column| Filling::new(column.kind))
            .collect(),
        columns,
        out: SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?,
        rows: 0,
        bytes: 0,
    }))
}

fn field(column: &Column) -> Result<Arc<Type>, TableError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

impl<W: Write + Send> Parquet<W> {
    fn write_group(&mut self) -> Result<(), TableError> {
        let mut group = self.out.next_row_group()?;
        for filling in &mut self.filling {
            let levels = &filling.levels;
            match &filling.values {
                Values::Text(values) => {
                    write_column::<ByteArrayType, W>(&mut group, values, levels)?
                }
                Values::Whole(values) => write_column::<Int64Type, W>(&mut group, values, levels)?,
                Values::Number(values) => {
                    write_column::<DoubleType, W>(&mut group, values, levels)?
                }
                Values::Flag(values) => write_column::<BoolType, W>(&mut group, values, levels)?,
            }
            filling.clear();
        }
        group.close()?;
        self.rows = 0;
        self.bytes = 0;
        Ok(())
    }
}

fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: &[i16],
) -> Result<(), TableError> {
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<T>()
            .write_batch(values, Some(levels), None)?;
        column.close()?;
    }
    Ok(())
}

impl<W: Write + Send> TableWriter for Parquet<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        check(&self.columns, cells)?;
        for (filling, cell) in self.filling.iter_mut().zip(cells) {
            self.bytes += filling.push(cell);
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.out.close()?;
        Ok(())
    }
}
