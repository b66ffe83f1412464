//! Product categories: the most specific one that each mention names.

use crate::lexicon::{Meaning, MeaningKinds, Token};
use crate::model::{Found, Rule};
use crate::read::interval_set::IntervalSet;
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use std::ops::Range;

/// Returns the categories named in a range, outside `masked` (names of agencies,
/// instruments and platforms), each once, in text order. O(n).
pub(super) fn products(
    text: &ScannedText,
    subject: Option<&Subject>,
    range: &Range<usize>,
    masked: &IntervalSet,
) -> Vec<Found<String>> {
    let mut reader = ProductReader { text, found: Vec::new(), modifiers: Modifiers::default() };
    let mut end = 0;
    for token in text.tokens_of(range, MeaningKinds::PRODUCT) {
        let Some(meaning) = product_meaning(text, token) else { continue };
        if masked.intersects(&token.range()) {
            continue;
        }
        let range = token.range();
        if !reader.continues(text.slice(end.min(range.start)..range.start)) {
            reader.modifiers.clear();
        }
        end = range.end;
        reader.read(meaning, range, subject);
    }
    reader.found
}

/// Returns the meaning of a token as a product; a category made of modifier and head
/// comes before a plain one.
fn product_meaning(text: &ScannedText, token: Token) -> Option<Meaning> {
    let meanings = text.meanings(token);
    let modified = meanings.iter().find(|m| matches!(m, Meaning::Modified { .. }));
    modified.or_else(|| meanings.iter().find(|m| is_product(m))).copied()
}

fn is_product(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Product(_)
            | Meaning::Head(_)
            | Meaning::Modified { .. }
            | Meaning::Modifier(_)
            | Meaning::Both(_)
            | Meaning::Selected(_)
    )
}

/// The state of a list of modifiers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// They precede their head: 创新、罕见病 before 药品.
    #[default]
    Waiting,
    /// They hold for further heads too: 创新药品、医疗器械.
    Applied,
}

/// The modifiers that hold for the next head.
#[derive(Default)]
struct Modifiers {
    list: Vec<(Index, Range<usize>)>,
    state: State,
}

/// Index of a modifier in the table.
type Index = u32;

impl Modifiers {
    /// Maximum number of modifiers of one head: 创新、罕见病、儿童用….
    const MAX: usize = 16;

    fn clear(&mut self) {
        self.list.clear();
        self.state = State::Waiting;
    }

    /// Adds a modifier; after a head, it begins a new list.
    fn push(&mut self, modifier: Index, range: Range<usize>) {
        if self.state == State::Applied {
            self.clear();
        }
        self.list.push((modifier, range));
    }

    /// Keeps the last [`MAX`](Modifiers::MAX) modifiers.
    fn truncate(&mut self) {
        if self.list.len() > Modifiers::MAX {
            self.list.remove(0);
        }
    }
}

/// Reads product words one after another.
struct ProductReader<'a> {
    text: &'a ScannedText<'a>,
    found: Vec<Found<String>>,
    modifiers: Modifiers,
}

impl ProductReader<'_> {
    fn read(&mut self, meaning: Meaning, range: Range<usize>, subject: Option<&Subject>) {
        let products = &self.text.lexicon.products;
        match meaning {
            Meaning::Modifier(modifier) => {
                self.modifiers.push(modifier, range);
                self.modifiers.truncate();
            }
            Meaning::Modified { modifier, head } => {
                self.modifiers.push(modifier, range.clone());
                self.apply_modifiers(head, &range);
                self.modifiers.state = State::Applied;
            }
            Meaning::Head(head) => {
                // 创新药品和医疗器械: the modifier does not hold after 和.
                let separate = self.modifiers.state == State::Applied
                    && self.text.before(range.start).ends_with(['和', '及', '与', '或']);
                if !separate && self.apply_modifiers(head, &range) {
                    self.modifiers.state = State::Applied;
                } else {
                    self.push(&products.heads[head as usize].label, range);
                    self.modifiers.clear();
                }
            }
            Meaning::Product(product) => {
                self.push(&products.entries[product as usize].label, range);
                self.modifiers.clear();
            }
            Meaning::Both(both) => {
                for label in &products.both[both as usize].labels {
                    self.push(label, range.clone());
                }
                self.modifiers.clear();
            }
            Meaning::Selected(selected) => {
                let labels = &products.selected[selected as usize].labels;
                let title = subject.map_or("", |subject| subject.title.as_str());
                if let Some((_, label)) =
                    labels.iter().find(|(about, _)| title.contains(about.as_str()))
                {
                    self.push(label, range);
                }
                self.modifiers.clear();
            }
            _ => {}
        }
    }

    /// Adds a category that is not found yet.
    fn push(&mut self, label: &str, range: Range<usize>) {
        if !self.found.iter().any(|found| found.value == label) {
            self.found.push(self.text.found(label.to_owned(), range, Rule::Lexicon));
        }
    }

    /// Returns true if the modifiers still hold after the text `between`.
    fn continues(&self, between: &str) -> bool {
        let Modifiers { list, state } = &self.modifiers;
        let modifiers = &self.text.lexicon.products.modifiers;
        let far = |(modifier, _): &(Index, _)| {
            *state == State::Waiting && modifiers[*modifier as usize].far
        };
        let near = !between.contains([',', '。', ';', ':', '、']) && between.chars().count() <= 16;
        list.is_empty() || joins(between) || (near && list.iter().any(far))
    }

    /// Adds the categories that the modifiers make of a head. False if they make
    /// none.
    fn apply_modifiers(&mut self, head: u32, at: &Range<usize>) -> bool {
        let products = &self.text.lexicon.products;
        let head = &products.heads[head as usize].label;
        let list = std::mem::take(&mut self.modifiers.list);
        let mut made = false;
        for (modifier, range) in &list {
            if let Some(label) = products.modifiers[*modifier as usize].heads.get(head) {
                let start = match self.modifiers.state {
                    State::Waiting => range.start,
                    State::Applied => at.start,
                };
                self.push(label, start..at.end);
                made = true;
            }
        }
        self.modifiers.list = list;
        made
    }
}

/// Returns true if `between` joins the parts of one coordination.
fn joins(between: &str) -> bool {
    matches!(between, "" | "、" | "和" | "及" | "与" | "或" | "以及")
}
