//! Blocks: what stands between `##TITLE=` and `##END=`, nested by LINK or one after another.
//!
//! Blocks come out as they close. The open ones are a list, not the call stack, and at most
//! [`DEPTH`] of them are kept, so that no nesting can exhaust the machine.

use super::records::{Record, records};

const DEPTH: usize = 64;
const RECORDS: usize = 1 << 20;
const INHERITED_BYTES: usize = 256;

/// Labels that a LINK block states for the blocks inside it.
const INHERITED: [&str; 13] = [
    "ORIGIN",
    "OWNER",
    "DATE",
    "LONGDATE",
    "SPECTROMETERDATASYSTEM",
    "CASREGISTRYNO",
    "MOLFORM",
    "NAMES",
    "INCHIKEY",
    "$INCHIKEY",
    "JCAMPDX",
    "XUNITS",
    "YUNITS",
];

/// The records of one block, and what is needed to judge it.
#[derive(Debug, Default)]
pub struct Block<'a> {
    /// Its records in order, without `##END=`.
    pub records: Vec<Record<'a>>,
    /// What enclosing LINK blocks state and this block may be lacking.
    pub inherited: Vec<Record<'a>>,
    /// Whether the block holds a data table or pages.
    pub has_points: bool,
    /// Whether the block is only there to enclose others.
    pub is_link: bool,
    /// Whether it is a chemical structure.
    pub is_structure: bool,
    /// Whether its `##END=` was found.
    pub ended: bool,
    /// Whether records were left out because there are too many.
    pub overfull: bool,
    /// Whether the points stand behind the last label, without a label of their own.
    pub unlabelled: bool,
    titled: bool,
    has_header: bool,
    has_children: bool,
}

impl<'a> Block<'a> {
    fn push(&mut self, record: Record<'a>) {
        match record.label.as_str() {
            "TITLE" => self.titled = true,
            "DATATYPE" => self.is_link |= record.head().to_ascii_uppercase().starts_with("LINK"),
            "BLOCKS" => self.is_link = true,
            "XUNITS" | "YUNITS" | "NPOINTS" | "FIRSTX" => self.has_header = true,
            "ATOMLIST" | "BONDLIST" | "JCAMPCS" | "$MOLFILE" | "MOLFILE" => {
                self.is_structure = true;
            }
            "PAGE" => self.has_points = true,
            _ => self.has_points |= record.is_table(),
        }
        if INHERITED.contains(&record.label.as_str()) && record.bytes() <= INHERITED_BYTES {
            self.inherited.retain(|r| r.label != record.label);
            self.inherited.push(record.clone());
        }
        if self.records.len() < RECORDS {
            self.records.push(record);
        } else {
            self.overfull = true;
        }
    }

    /// Finds the points where they follow the last label without a label of their own.
    pub fn find_points(&mut self) {
        if self.has_points || self.is_link || self.is_structure || !self.has_header {
            return;
        }
        let last = self.records.last_mut();
        let own = last.filter(|r| !r.label.starts_with(['$', '.']));
        if let Some(table) = own.and_then(Record::split_pairs) {
            self.records.push(table);
            (self.has_points, self.unlabelled) = (true, true);
        }
    }

    /// Line of the first record.
    pub fn line(&self) -> usize {
        self.records.first().map_or(1, |r| r.line)
    }

    /// Whether the block should have points; a mere envelope need not.
    pub fn is_record(&self) -> bool {
        let bare = self.is_link || self.is_structure || self.has_children || !self.titled;
        self.has_points || !bare || (self.has_header && !self.is_link)
    }

    /// Whether the next `##TITLE=` starts another record rather than one inside this.
    fn stands_alone(&self) -> bool {
        !self.is_link && (self.has_points || self.has_header)
    }
}

/// The blocks of a file in the order in which they close.
pub fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let mut records = records(text);
    let mut open: Vec<Block> = Vec::new();
    std::iter::from_fn(move || {
        for record in records.by_ref() {
            match record.label.as_str() {
                // `##= text` is a comment
                "" => {}
                "END" => {
                    if let Some(mut block) = open.pop() {
                        block.ended = true;
                        return Some(block);
                    }
                }
                "TITLE" => {
                    if let Some(closed) = begin(&mut open, record) {
                        return Some(closed);
                    }
                }
                _ => {
                    if open.is_empty() {
                        open.push(Block::default());
                    }
                    if let Some(block) = open.last_mut() {
                        block.push(record);
                    }
                }
            }
        }
        open.pop()
    })
}

/// Opens a block at its title; gives back a block that this ends.
fn begin<'a>(open: &mut Vec<Block<'a>>, title: Record<'a>) -> Option<Block<'a>> {
    if let Some(block) = open.last_mut()
        && !block.titled
        && !block.has_points
    {
        block.push(title);
        return None;
    }
    let alone = open.last().is_some_and(Block::stands_alone);
    let closed = if alone || open.len() >= DEPTH {
        open.pop()
    } else {
        None
    };
    let mut block = Block::default();
    if let Some(parent) = open.last_mut() {
        parent.has_children = true;
        if parent.is_link {
            block.inherited.clone_from(&parent.inherited);
        }
    }
    block.push(title);
    open.push(block);
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        blocks(text)
            .filter(Block::is_record)
            .map(|b| b.records[0].value())
            .collect()
    }

    #[test]
    fn link_encloses_and_passes_on_its_origin() {
        let text = "##TITLE=all\n##DATA TYPE=LINK\n##BLOCKS=2\n##ORIGIN=lab\n\
            ##TITLE=a\n##XYDATA=(XY..XY)\n1 2\n##END=\n\
            ##TITLE=b\n##ORIGIN=other\n##XYDATA=(XY..XY)\n1 2\n##END=\n##END=\n";
        let found: Vec<_> = blocks(text).collect();
        assert_eq!(found.len(), 3);
        assert_eq!(titles(text), ["a", "b"]);
        assert_eq!(found[0].inherited[0].value(), "lab");
        assert_eq!(found[1].inherited[0].value(), "other");
    }

    #[test]
    fn records_follow_each_other_with_and_without_end() {
        let text = "##TITLE=a\n##XYDATA=(XY..XY)\n1 2\n##TITLE=b\n##PEAK TABLE=(XY..XY)\n1 2\n\
            ##END=\n##TITLE=c\n##XUNITS=1/CM\n##TITLE=d\n##XYPOINTS=(XY..XY)\n1 2\n";
        assert_eq!(titles(text), ["a", "b", "c", "d"]);
        let ended: Vec<_> = blocks(text).map(|b| b.ended).collect();
        assert_eq!(ended, [false, true, false, false]);
    }

    #[test]
    fn structures_and_stray_labels_are_no_records() {
        let text = "##TITLE=l\n##BLOCKS=2\n##TITLE=mol\n##ATOMLIST=\n1 C\n##END=\n##END=\n##$X=1\n";
        assert!(titles(text).is_empty());
        assert!(blocks(text).any(|b| b.is_structure));
    }

    #[test]
    fn deep_nesting_keeps_a_bounded_list() {
        let text = "##TITLE=l\n##DATA TYPE=LINK\n".repeat(5000) + "##TITLE=x\n##XYDATA=(XY..XY)\n";
        assert_eq!(titles(&text), ["x"]);
    }
}
