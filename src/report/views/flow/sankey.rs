//! The layout of bands between four columns of blocks.

use crate::graph::Node;
use crate::report::kit::{Report, clipped, place};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A column of blocks, after that of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Article,
    Measure,
    Agency,
}

/// A band from a block to one of the next column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    /// The column of its end.
    pub(super) column: Column,
    pub(super) from: Node,
    pub(super) to: Node,
}

/// A band with its place.
pub(super) struct Ribbon {
    pub(super) band: Band,
    /// Upper ends, in pixels.
    pub(super) y: [u32; 2],
    pub(super) height: u32,
}

/// A node with its place.
pub(super) struct Block {
    pub(super) node: Node,
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) height: u32,
}

/// Blocks, by column, and ribbons.
pub(super) struct Drawing {
    pub(super) blocks: Vec<Block>,
    pub(super) ribbons: Vec<Ribbon>,
    pub(super) size: [u32; 2],
}

/// Sizes in pixels: of a band, of a block, between blocks, of the columns.
const BAND: u32 = 10;
const BLOCK: u32 = 10;
const GAP: u32 = 8;
const COLUMNS: [u32; 4] = [0, 90, 430, 860];
const WIDTH: u32 = 1110;

/// Columns of the labels.
const LABELS: [usize; 4] = [0, 40, 52, 34];

/// Returns the drawing. A band has the height [`BAND`] where it is the narrower side, and is as high as
/// its block allows where the other side has more bands.
pub(super) fn layout(policy: Node, bands: &[Band]) -> Drawing {
    let mut columns: [Vec<Node>; 4] = [vec![policy], Vec::new(), Vec::new(), Vec::new()];
    for band in bands {
        let column = &mut columns[band.column as usize + 1];
        if !column.contains(&band.to) {
            column.push(band.to);
        }
    }
    columns[1].sort_unstable();
    // Blocks near those that lead to them.
    for n in 2..4 {
        let rank: BTreeMap<Node, usize> =
            columns[n - 1].iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let mean = |node: Node| {
            let ranks: Vec<usize> =
                bands.iter().filter(|band| band.to == node).map(|band| rank[&band.from]).collect();
            ranks.iter().sum::<usize>() * 1000 / ranks.len().max(1)
        };
        columns[n].sort_by_key(|&node| (mean(node), node));
    }
    let widths = heights(bands);
    let mut blocks: Vec<Block> = Vec::new();
    let mut tops: BTreeMap<Node, u32> = BTreeMap::new();
    let mut bottom = 0;
    for (column, nodes) in columns.iter().enumerate() {
        let mut y = 6;
        for &node in nodes {
            let sum = |is_own: fn(&Band) -> Node| -> u32 {
                let own = bands.iter().zip(&widths).filter(|(band, _)| is_own(band) == node);
                own.map(|(_, width)| *width).sum()
            };
            let height = sum(|band| band.to).max(sum(|band| band.from));
            tops.insert(node, y);
            blocks.push(Block { node, x: COLUMNS[column], y, height });
            y += height.max(BAND) + GAP;
        }
        bottom = bottom.max(y);
    }
    let mut order: Vec<usize> = (0..bands.len()).collect();
    order.sort_by_key(|&n| (bands[n].column, tops[&bands[n].from], tops[&bands[n].to]));
    let (mut leaving, mut entering) = (tops.clone(), tops.clone());
    let mut ribbons = Vec::new();
    for n in order {
        let (band, height) = (bands[n], widths[n]);
        let next = |ends: &mut BTreeMap<Node, u32>, node: Node| {
            let end = ends.get_mut(&node).expect("a block of each node");
            std::mem::replace(end, *end + height)
        };
        let y = [next(&mut leaving, band.from), next(&mut entering, band.to)];
        ribbons.push(Ribbon { band, y, height });
    }
    Drawing { blocks, ribbons, size: [WIDTH, bottom.max(BAND)] }
}

/// Returns the height of each band: that of a policy's band is the sum of those of the article.
fn heights(bands: &[Band]) -> Vec<u32> {
    let leaving = |node: Node| bands.iter().filter(|band| band.from == node).count();
    let of_measure = |node: Node| place(0, leaving(node).max(1), BAND);
    let height = |band: &Band| match band.column {
        Column::Agency => BAND,
        Column::Measure => of_measure(band.to),
        Column::Article => {
            let measures = bands.iter().filter(|next| next.from == band.to);
            measures.map(|next| of_measure(next.to)).sum()
        }
    };
    bands.iter().map(height).collect()
}

impl Drawing {
    /// Returns the ribbons, the blocks, and the labels beside them.
    pub(super) fn markup(&self, report: Report<'_>) -> Markup {
        let label = |node: Node| report.graph.label(node).into_owned();
        let x_of = |column: Column| {
            let n = column as usize;
            [COLUMNS[n] + BLOCK, COLUMNS[n + 1]]
        };
        html! {
            @for ribbon in &self.ribbons {
                @let [from, to] = x_of(ribbon.band.column);
                @let [start, end] = ribbon.y.map(|y| y + ribbon.height / 2);
                @let middle = (from + to) / 2;
                path.band stroke-width=(ribbon.height.saturating_sub(2))
                    d={ "M" (from) " " (start) "C" (middle) " " (start) " " (middle) " " (end) " " (to) " " (end) } {
                    title { (clipped(&label(ribbon.band.from), 60)) " → " (clipped(&label(ribbon.band.to), 60)) }
                }
            }
            @for block in &self.blocks {
                @let column = COLUMNS.iter().position(|&x| x == block.x).unwrap_or(0);
                rect class={ "s" (column + 1) } x=(block.x) y=(block.y) width=(BLOCK) height=(block.height) rx="2" { title { (clipped(&label(block.node), 80)) } }
                @if column > 0 {
                    text.halo x=(block.x + BLOCK + 5) y=(block.y + block.height.min(16) / 2 + 4) { (words(report, block.node, LABELS[column])) }
                }
            }
        }
    }
}

/// Returns the label of a block.
fn words(report: Report<'_>, node: Node, columns: usize) -> String {
    let words = match node {
        Node::Article(id) => {
            let article = report.graph.at(id);
            format!("{}. {}", article.ordinal(), article.heading())
        }
        Node::Measure(id) => {
            let measure = report.graph.at(id);
            format!("{} {}", measure.key(), measure.title().unwrap_or_default())
        }
        node => report.graph.label(node).into_owned(),
    };
    clipped(&words, columns)
}
