//! Blocks as strips: headings, paragraphs, lists, names with values, lines to be signed.

use super::cells::{self, Cell, Padding, Stand};
use super::face::{Faces, Weight};
use super::lines::{Style, lines};
use super::strip::{Bond, Bookmark, Item, Mark, Start, Strip, bind};
use super::structure::{Marks, Role, Structure};
use super::{DocumentError, WIDTH, plain};
use crate::document::{Block, Field, Phrases, Tone};

pub(super) const BODY: Style = Style::new(9.5, Weight::Regular);
pub(super) const SMALL: Style = Style::new(8.0, Weight::Regular);
const VERDICT: Style = Style::new(13.0, Weight::Bold);
const NOTICE: Style = Style::new(10.0, Weight::Bold);
const TITLE: Style = Style::new(18.0, Weight::Bold);
/// Width of a field's name.
const NAME: f32 = 150.0;
/// Between a name and its value.
const GAP: f32 = 10.0;
/// How far the points of a list stand in.
const INDENT: f32 = 14.0;
/// Room for a hand's signature.
const SIGNATURE: f32 = 38.0;

/// Turns blocks into strips.
pub(super) struct Composer<'a> {
    pub(super) faces: &'a Faces,
    pub(super) phrases: &'a Phrases,
    /// How much a page holds.
    pub(super) room: f32,
    pub(super) structure: Structure,
    pub(super) strips: Vec<Strip>,
    start: Start,
}

impl<'a> Composer<'a> {
    pub(super) fn new(faces: &'a Faces, phrases: &'a Phrases, room: f32) -> Self {
        Self {
            faces,
            phrases,
            room,
            structure: Structure::default(),
            strips: Vec::new(),
            start: Start::Below,
        }
    }

    /// Adds strips below what there is.
    pub(super) fn push(&mut self, strips: impl IntoIterator<Item = Strip>) {
        for mut strip in strips {
            if self.start == Start::NewPage {
                strip.start = Start::NewPage;
                self.start = Start::Below;
            }
            self.strips.push(strip);
        }
    }

    /// Adds a block.
    pub(super) fn block(&mut self, block: &Block) -> Result<(), DocumentError> {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph {
                tone,
                text,
                language,
            } => self.paragraph(*tone, text, language.as_deref()),
            Block::List(points) => self.list(points),
            Block::Fields(fields) => self.fields(fields),
            Block::Table(table) => self.table(table)?,
            Block::Figure(figure) => self.figure(figure)?,
            Block::Signatures(under) => self.signatures(under),
            Block::NewPage => self.start = Start::NewPage,
        }
        Ok(())
    }

    /// A strip for each line of a text.
    pub(super) fn text(
        &self,
        mark: Mark,
        text: &str,
        style: Style,
        left: f32,
        width: f32,
    ) -> Vec<Strip> {
        lines(self.faces, text, style, width)
            .into_iter()
            .map(|row| {
                let mut strip = Strip::of(0.0, style.line());
                strip.items.push(Item::letters(mark, row, style, left, 0.0));
                strip
            })
            .collect()
    }

    /// The document's title.
    pub(super) fn title(&mut self, title: &str) {
        let node = self.structure.add(Role::Heading(1, plain(title)));
        let mut strips = self.text(Mark::Node(node), title, TITLE, 0.0, WIDTH);
        first(&mut strips, 14.0);
        strips.push(Strip::of(0.0, 4.0));
        bind(&mut strips);
        self.push(strips);
    }

    fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 3);
        let (size, before, after) = match level {
            1 => (12.5, 18.0, 6.0),
            2 => (10.5, 12.0, 3.0),
            _ => (9.5, 9.0, 2.0),
        };
        let style = Style::new(size, Weight::Bold);
        let node = self
            .structure
            .add(Role::Heading(u16::from(level) + 1, plain(text)));
        let mut strips = self.text(Mark::Node(node), text, style, 0.0, WIDTH);
        first(&mut strips, before);
        if let Some(first) = strips.first_mut() {
            first.bookmark = Some(Bookmark {
                level,
                text: plain(text),
            });
        }
        let mut below = Strip::of(0.0, after);
        if level == 1 {
            below.items.push(Item::rule(0.0, WIDTH, 1.5, 0.6, 0));
        }
        strips.push(below);
        for strip in &mut strips {
            strip.bond = Bond::WithNext;
        }
        self.push(strips);
    }

    fn paragraph(&mut self, tone: Tone, text: &str, language: Option<&str>) {
        let node = self.structure.add(Role::Paragraph);
        if let Some(language) = language {
            self.structure.set_language(node, language);
        }
        let mark = Mark::Node(node);
        let strips = match tone {
            Tone::Normal => self.running(mark, text, BODY, 5.0),
            Tone::Small => self.running(mark, text, SMALL, 4.0),
            Tone::Notice => self.framed(mark, text, NOTICE, 0.8),
            Tone::Verdict => self.framed(mark, text, VERDICT, 1.6),
        };
        self.push(strips);
    }

    /// Running text; no line of it stands alone on a page.
    fn running(&self, mark: Mark, text: &str, style: Style, before: f32) -> Vec<Strip> {
        let mut strips = self.text(mark, text, style, 0.0, WIDTH);
        first(&mut strips, before);
        let count = strips.len();
        for (at, strip) in strips.iter_mut().enumerate() {
            if at + 1 < count && (count <= 3 || at == 0 || at + 2 == count) {
                strip.bond = Bond::WithNext;
            }
        }
        strips
    }

    /// A text in a frame.
    fn framed(&self, mark: Mark, text: &str, style: Style, rule: f32) -> Vec<Strip> {
        let inside = self.text(mark, text, style, 10.0, WIDTH - 20.0);
        let mut strips = vec![Strip::of(7.0, 7.0)];
        strips.extend(inside);
        strips.push(Strip::of(0.0, 7.0));
        let last = strips.len() - 1;
        let half = rule / 2.0;
        for (at, strip) in strips.iter_mut().enumerate() {
            let height = strip.height;
            for x in [half, WIDTH - half] {
                strip.items.push(Item::line([x, 0.0], [x, height], rule, 0));
            }
            if at == 0 {
                strip.items.push(Item::rule(0.0, WIDTH, half, rule, 0));
            }
            if at == last {
                strip
                    .items
                    .push(Item::rule(0.0, WIDTH, height - half, rule, 0));
            }
        }
        bind(&mut strips);
        // Room below the frame.
        strips.push(Strip::of(0.0, 4.0));
        strips
    }

    fn list(&mut self, points: &[String]) {
        let list = self.structure.add(Role::List(Marks::Points));
        for (at, point) in points.iter().enumerate() {
            let item = self.structure.add_to(list, Role::Item);
            let label = self.structure.add_to(item, Role::Label);
            let body = self.structure.add_to(item, Role::Body);
            let cells = [
                Cell::new(self.faces, Mark::Node(label), "•", BODY, 4.0, INDENT - 4.0),
                Cell::new(
                    self.faces,
                    Mark::Node(body),
                    point,
                    BODY,
                    INDENT,
                    WIDTH - INDENT,
                ),
            ];
            let padding = Padding {
                above: 1.0,
                below: 1.0,
            };
            let mut strips = cells::rows(&cells, padding, self.room);
            first(&mut strips, if at == 0 { 4.0 } else { 0.0 });
            self.push(strips);
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        let list = self.structure.add(Role::List(Marks::Names));
        for (at, field) in fields.iter().enumerate() {
            let item = self.structure.add_to(list, Role::Item);
            let label = self.structure.add_to(item, Role::Label);
            let body = self.structure.add_to(item, Role::Body);
            let value = if field.missing { BODY.grey(90) } else { BODY };
            let left = NAME + GAP;
            let cells = [
                Cell::new(
                    self.faces,
                    Mark::Node(label),
                    &field.name,
                    BODY.grey(60),
                    0.0,
                    NAME,
                ),
                Cell::new(
                    self.faces,
                    Mark::Node(body),
                    &field.value,
                    value,
                    left,
                    WIDTH - left,
                ),
            ];
            let padding = Padding {
                above: 1.8,
                below: 1.8,
            };
            let mut strips = cells::rows(&cells, padding, self.room);
            if let Some(last) = strips.last_mut() {
                last.items
                    .push(Item::rule(0.0, WIDTH, last.height, 0.3, 190));
            }
            first(&mut strips, if at == 0 { 3.0 } else { 0.0 });
            // The last one does not stand alone on a page.
            if at + 2 == fields.len() {
                strips
                    .iter_mut()
                    .for_each(|strip| strip.bond = Bond::WithNext);
            }
            self.push(strips);
        }
    }

    fn signatures(&mut self, under: &[String]) {
        let half = (WIDTH - 35.0) / 2.0;
        for pair in under.chunks(2) {
            let mut lines = Vec::new();
            let mut cells = Vec::new();
            for (at, text) in pair.iter().enumerate() {
                let node = self.structure.add(Role::Paragraph);
                let left = at as f32 * (half + 35.0);
                lines.push(Item::rule(left, left + half, SIGNATURE, 0.6, 0));
                cells.push(Cell::new(
                    self.faces,
                    Mark::Node(node),
                    text,
                    SMALL,
                    left,
                    half,
                ));
            }
            let padding = Padding {
                above: SIGNATURE + 3.0,
                below: 4.0,
            };
            let mut strip = cells::row(&cells, padding, Stand::Top);
            strip.before = 6.0;
            strip.items.extend(lines);
            self.push([strip]);
        }
    }
}

/// Sets the room above the first strip.
pub(super) fn first(strips: &mut [Strip], before: f32) {
    if let Some(first) = strips.first_mut() {
        first.before = before;
    }
}
