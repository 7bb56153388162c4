//! Pages as the bytes of a file.

use super::face::{Faces, Row, Weight};
use super::lines::Style;
use super::pages::Page;
use super::strip::{Ink, Item, Mark, Strip};
use super::structure::Structure;
use super::{Sheet, WIDTH};
use crate::document::Stroke;
use krilla::color::luma;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

/// What stands at the head and foot of every page.
pub(super) struct Running {
    pub(super) head: Vec<Row>,
    pub(super) foot: Vec<Row>,
    pub(super) style: Style,
    /// "Page x of y", with both places.
    pub(super) page_of: String,
}

/// Draws pages into a file, and says in the structure what was drawn where.
pub(super) struct Painter<'a> {
    pub(super) faces: &'a Faces,
    pub(super) sheet: &'a Sheet,
    pub(super) running: &'a Running,
    pub(super) structure: &'a mut Structure,
}

impl Painter<'_> {
    /// Draws all pages.
    pub(super) fn pages(&mut self, file: &mut krilla::Document, pages: &[Page]) {
        for (at, page) in pages.iter().enumerate() {
            let Some(settings) = PageSettings::from_wh(self.sheet.width, self.sheet.height) else {
                return;
            };
            let mut leaf = file.start_page_with(settings);
            let mut surface = leaf.surface();
            for item in self.running(at + 1, pages.len()) {
                self.items(&mut surface, &[item]);
            }
            for (below, strip) in &page.strips {
                self.strip(&mut surface, at, self.sheet.top + below, strip);
            }
            surface.finish();
            leaf.finish();
        }
    }

    /// Head and foot, from the page's left margin and top.
    fn running(&self, page: usize, pages: usize) -> Vec<Item> {
        let Running {
            head,
            foot,
            style,
            page_of,
        } = self.running;
        let left = self.sheet.left;
        let line = style.line();
        let set = |row: &Row, left: f32, top: f32| {
            Item::letters(Mark::Running, row.clone(), *style, left, top)
        };
        let rule = |y| Item {
            mark: Mark::Running,
            ..Item::rule(left, left + WIDTH, y, 0.4, 110)
        };
        let number = page_number(page_of, page, pages);
        let number = self.faces.row(
            &self.faces.printable(&number).replace('\n', " "),
            Weight::Regular,
        );
        let number_left = left + WIDTH - number.width(style.size);
        let mut items = vec![rule(self.sheet.head_rule()), rule(self.sheet.foot_rule())];
        items.extend(
            head.iter()
                .enumerate()
                .map(|(at, row)| set(row, left, super::EDGE + at as f32 * line)),
        );
        let top = self.sheet.foot_rule() + 4.0;
        items.extend(
            foot.iter()
                .enumerate()
                .map(|(at, row)| set(row, left, top + at as f32 * line)),
        );
        items.push(set(&number, number_left, top));
        items
    }

    fn strip(&mut self, surface: &mut Surface, page: usize, top: f32, strip: &Strip) {
        let left = self.sheet.left;
        surface.push_transform(&Transform::from_translate(left, top));
        let mut rest = strip.items.as_slice();
        while let Some(first) = rest.first() {
            // A picture is one thing; each line of a text is one, too.
            let count = if self.is_whole(first.mark) {
                rest.iter()
                    .take_while(|item| item.mark == first.mark)
                    .count()
            } else {
                1
            };
            let (together, others) = rest.split_at(count);
            self.items(surface, together);
            rest = others;
        }
        surface.pop();
        if let Some((node, area)) = strip.figure
            && let Some(area) = area.transform(Transform::from_translate(left, top))
        {
            self.structure.set_bounds(node, page, area);
        }
    }

    fn is_whole(&self, mark: Mark) -> bool {
        match mark {
            Mark::Node(id) => self.structure.is_figure(id),
            Mark::Layout => true,
            Mark::Running => false,
        }
    }

    /// Draws items of one mark.
    fn items(&mut self, surface: &mut Surface, items: &[Item]) {
        let Some(mark) = items.first().map(|item| item.mark) else {
            return;
        };
        let tag = match mark {
            Mark::Node(id) if self.structure.is_figure(id) => ContentTag::Other,
            Mark::Node(_) => ContentTag::Span(SpanTag::empty()),
            Mark::Layout => artifact(ArtifactType::Layout),
            Mark::Running => artifact(ArtifactType::PaginationOther),
        };
        let content = surface.start_tagged(tag);
        for item in items {
            self.ink(surface, &item.ink);
        }
        surface.end_tagged();
        if let Mark::Node(id) = mark {
            self.structure.drawn(id, content);
        }
    }

    fn ink(&self, surface: &mut Surface, ink: &Ink) {
        match ink {
            Ink::Letters {
                at: [x, y],
                row,
                style,
                upwards,
            } => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(style.grey)));
                if *upwards {
                    surface.push_transform(&Transform::from_rotate_at(-90.0, *x, *y));
                }
                surface.draw_glyphs(
                    Point::from_xy(*x, *y),
                    &row.glyphs,
                    self.faces.font(style.weight),
                    &row.text,
                    style.size,
                    false,
                );
                if *upwards {
                    surface.pop();
                }
            }
            Ink::Line { points, stroke } => {
                surface.set_fill(None);
                surface.set_stroke(Some(pen(stroke)));
                draw(surface, points, false);
            }
            Ink::Fill { points, grey } => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*grey)));
                draw(surface, points, true);
            }
            Ink::Picture { image, area } => {
                if let Some(size) = Size::from_wh(area.width(), area.height()) {
                    surface.push_transform(&Transform::from_translate(area.left(), area.top()));
                    surface.draw_image(image.clone(), size);
                    surface.pop();
                }
            }
        }
    }
}

/// "Page x of y" of a page.
pub(super) fn page_number(page_of: &str, page: usize, pages: usize) -> String {
    page_of
        .replace("{page}", &page.to_string())
        .replace("{pages}", &pages.to_string())
}

/// The bookmarks, nested by level.
pub(super) fn outline(pages: &[Page], sheet: &Sheet) -> Outline {
    let marks: Vec<(u8, OutlineNode)> = pages
        .iter()
        .enumerate()
        .flat_map(|(at, page)| page.strips.iter().map(move |(top, strip)| (at, top, strip)))
        .filter_map(|(at, top, strip)| {
            let mark = strip.bookmark.as_ref()?;
            let place = Point::from_xy(sheet.left, sheet.top + top);
            let node = OutlineNode::new(mark.text.clone(), XyzDestination::new(at, place));
            Some((mark.level, node.with_open(true)))
        })
        .collect();
    // Nodes that are still open, the outermost first.
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(u8, OutlineNode)>, level: u8| {
        while open.last().is_some_and(|(last, _)| *last >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (level, node) in marks {
        close(&mut open, level);
        open.push((level, node));
    }
    close(&mut open, 0);
    outline
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(grey: u8) -> Fill {
    Fill {
        paint: luma::Color::new(grey).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn pen(stroke: &Stroke) -> Pen {
    let dashes = stroke.dash.iter().sum::<f32>() > 0.0;
    let mut array = stroke.dash.clone();
    if array.len() % 2 == 1 {
        array.extend_from_within(..);
    }
    Pen {
        paint: luma::Color::new(stroke.grey).into(),
        width: stroke.width.max(0.0),
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        dash: dashes.then_some(StrokeDash { array, offset: 0.0 }),
        ..Pen::default()
    }
}

fn draw(surface: &mut Surface, points: &[[f32; 2]], closed: bool) {
    let mut path = PathBuilder::new();
    for (at, [x, y]) in points.iter().enumerate() {
        if at == 0 {
            path.move_to(*x, *y);
        } else {
            path.line_to(*x, *y);
        }
    }
    if closed {
        path.close();
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
