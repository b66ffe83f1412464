//! Product categories: the most specific one that each mention names.

use crate::lexicon::{Meaning, Token};
use crate::model::{Found, Rule};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use std::ops::Range;

/// No more modifiers wait for one head: 创新、罕见病、儿童用….
const CHAIN: usize = 16;

impl Context<'_> {
    /// The categories named in a range, outside of `masked` (names of agencies,
    /// instruments, platforms), each once, in order.
    pub fn products(&self, range: &Range<usize>, masked: &Cover) -> Vec<Found<String>> {
        let mut found: Vec<Found<String>> = Vec::new();
        let mut push = |label: &str, range: Range<usize>| {
            if !found.iter().any(|f| f.value == label) {
                found.push(self.found(label.to_owned(), range, Rule::Lexicon));
            }
        };
        let free = |t: &Token| !masked.meets(&t.range());
        let tokens: Vec<Token> = self.tokens(range).iter().copied().filter(free).collect();
        // Modifiers that wait for their head, or that it hands on.
        let mut waiting: Vec<(u16, Range<usize>)> = Vec::new();
        let mut end = 0;
        for token in tokens {
            let Some(meaning) = self.product_meaning(token) else { continue };
            let range = token.range();
            let goes_on = waiting.is_empty()
                || self.joined(&waiting, &self.view.text[end.min(range.start)..range.start]);
            if !goes_on {
                waiting.clear();
            }
            end = range.end;
            match meaning {
                Meaning::Modifier(modifier) => {
                    if waiting.iter().any(|(_, r)| r.end == 0) {
                        waiting.clear(); // a new chain begins
                    }
                    waiting.push((modifier, range));
                    if waiting.len() > CHAIN {
                        waiting.remove(0);
                    }
                }
                Meaning::Modified { modifier, head } => {
                    waiting.retain(|(_, r)| r.end > 0);
                    waiting.push((modifier, range.clone()));
                    self.heads(&waiting, head, &range, &mut push);
                    // 创新药品、医疗器械: the modifier holds for the heads that follow.
                    for (_, r) in &mut waiting {
                        *r = 0..0;
                    }
                }
                Meaning::Head(head) => {
                    let handed = waiting.iter().any(|(_, r)| r.end == 0);
                    let coordinated =
                        !handed || !between_is(&self.view.text, &range, &["和", "及", "与", "或"]);
                    if coordinated && self.heads(&waiting, head, &range, &mut push) {
                        for (_, r) in &mut waiting {
                            *r = 0..0;
                        }
                    } else {
                        push(&self.lexicon.products.heads[head as usize].label, range);
                        waiting.clear();
                    }
                }
                Meaning::Product(product) => {
                    push(&self.lexicon.products.table[product as usize].label, range);
                    waiting.clear();
                }
                Meaning::Both(both) => {
                    for label in &self.lexicon.products.both[both as usize].labels {
                        push(label, range.clone());
                    }
                    waiting.clear();
                }
                Meaning::Selected(selected) => {
                    let labels = &self.lexicon.products.selected[selected as usize].labels;
                    let subject =
                        self.subject.as_ref().map_or("", |subject| subject.title.as_str());
                    if let Some((_, label)) =
                        labels.iter().find(|(about, _)| subject.contains(about.as_str()))
                    {
                        push(label, range);
                    }
                    waiting.clear();
                }
                _ => {}
            }
        }
        found
    }

    /// A made category before the plain one of the same words.
    fn product_meaning(&self, token: Token) -> Option<Meaning> {
        let meanings = self.meanings(token);
        let modified = meanings.iter().find(|m| matches!(m, Meaning::Modified { .. }));
        modified.or_else(|| meanings.iter().find(|m| is_product(m))).copied()
    }

    /// True if what stands between a waiting modifier and the next word keeps
    /// them together.
    fn joined(&self, waiting: &[(u16, Range<usize>)], between: &str) -> bool {
        let far = |m: &(u16, Range<usize>)| {
            m.1.end > 0 && self.lexicon.products.modifiers[m.0 as usize].far
        };
        let near = !between.contains([',', '。', ';', ':', '、']) && between.chars().count() <= 16;
        joins(between) || (near && waiting.iter().any(far))
    }

    /// Applies waiting modifiers to a head; true if one of them made a category.
    fn heads(
        &self,
        waiting: &[(u16, Range<usize>)],
        head: u8,
        at: &Range<usize>,
        push: &mut impl FnMut(&str, Range<usize>),
    ) -> bool {
        let products = &self.lexicon.products;
        let head = &products.heads[head as usize].label;
        let mut made = false;
        for (modifier, from) in waiting {
            if let Some(label) = products.modifiers[*modifier as usize].heads.get(head) {
                let start = if from.end > 0 { from.start } else { at.start };
                push(label, start..at.end);
                made = true;
            }
        }
        made
    }
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

/// What may stand between the parts of one coordination.
fn joins(between: &str) -> bool {
    matches!(between, "" | "、" | "和" | "及" | "与" | "或" | "以及")
}

fn between_is(text: &str, range: &Range<usize>, marks: &[&str]) -> bool {
    marks.iter().any(|mark| text[..range.start].ends_with(mark))
}
