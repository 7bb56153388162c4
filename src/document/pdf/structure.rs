//! What the parts of a page are, for those who do not see it: the tags of the file.

use krilla::geom::Rect;
use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node as Leaf, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use std::num::NonZeroU16;

/// Place of a node.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    Heading(u16, String),
    Paragraph,
    /// A list with points, or with names and values.
    List(Marks),
    Item,
    Label,
    Body,
    Table,
    Row,
    ColumnHeading,
    RowHeading,
    Cell,
    /// A picture and what it shows.
    Figure(String),
    Caption,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Points,
    Names,
}

#[derive(Debug)]
struct Node {
    role: Role,
    language: Option<String>,
    children: Vec<NodeId>,
    contents: Vec<Identifier>,
    bounds: Option<BBox>,
}

/// The tree of a document.
#[derive(Debug, Default)]
pub(super) struct Structure {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
}

impl Structure {
    /// Adds a node at the top.
    pub(super) fn add(&mut self, role: Role) -> NodeId {
        let id = self.node(role);
        self.roots.push(id);
        id
    }

    /// Adds a node within another.
    pub(super) fn add_to(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.node(role);
        self.nodes[parent].children.push(id);
        id
    }

    fn node(&mut self, role: Role) -> NodeId {
        self.nodes.push(Node {
            role,
            language: None,
            children: Vec::new(),
            contents: Vec::new(),
            bounds: None,
        });
        self.nodes.len() - 1
    }

    /// Says that a node is in another language.
    pub(super) fn set_language(&mut self, id: NodeId, language: &str) {
        self.nodes[id].language = Some(language.to_owned());
    }

    /// Whether a node is a picture.
    pub(super) fn is_figure(&self, id: NodeId) -> bool {
        matches!(self.nodes[id].role, Role::Figure(_))
    }

    /// Adds what was drawn for a node.
    pub(super) fn drawn(&mut self, id: NodeId, content: Identifier) {
        self.nodes[id].contents.push(content);
    }

    /// Says where a picture lies.
    pub(super) fn set_bounds(&mut self, id: NodeId, page: usize, bounds: Rect) {
        self.nodes[id].bounds = Some(BBox::new(page, bounds));
    }

    /// The tags, in the order of reading.
    pub(super) fn tree(&self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for &root in &self.roots {
            tree.push(self.group(root));
        }
        tree
    }

    fn group(&self, id: NodeId) -> TagGroup {
        let node = &self.nodes[id];
        let mut group = TagGroup::new(node.tag());
        group
            .children
            .extend(node.contents.iter().copied().map(Leaf::from));
        for &child in &node.children {
            group.push(self.group(child));
        }
        group
    }
}

impl Node {
    fn tag(&self) -> TagKind {
        let tag: TagKind = match &self.role {
            Role::Heading(level, title) => Tag::Hn(
                NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN),
                Some(title.clone()),
            )
            .into(),
            Role::Paragraph => Tag::P.into(),
            Role::List(Marks::Points) => Tag::L(ListNumbering::Disc).into(),
            Role::List(Marks::Names) => Tag::L(ListNumbering::None).into(),
            Role::Item => Tag::LI.into(),
            Role::Label => Tag::Lbl.into(),
            Role::Body => Tag::LBody.into(),
            Role::Table => Tag::Table.into(),
            Role::Row => Tag::TR.into(),
            Role::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
            Role::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
            Role::Cell => Tag::TD.into(),
            Role::Figure(alt) => Tag::Figure(Some(alt.clone())).with_bbox(self.bounds).into(),
            Role::Caption => Tag::Caption.into(),
        };
        tag.with_lang(self.language.clone())
    }
}
