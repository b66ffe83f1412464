//! Sentences of two texts that say alike, side by side.

use super::pairing::{Pair, one_to_one};
use super::phrases::Piece;
use crate::features::{Feature, Vector, parts, words};
use crate::text::Span;

/// Sentences are compared with each other up to so many of a text.
const MOST: usize = 100;

/// Sentences less alike than this do not stand side by side: the likeness that
/// any two sentences of the trade have.
const LEAST: f64 = 0.25;

/// 对照 — two sentences side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// That of the question: in the text of the document, if it is a measure.
    pub asked: Span,
    /// That of the measure that was found, in the text of its document.
    pub found: Span,
    /// Cosine of their words, in 0.25..=1.
    pub score: f32,
}

pub(crate) struct Sentence {
    pub span: Span,
    words: Vector,
}

/// The first [`MOST`] sentences of what is printed.
///
/// * `weigh`: the unit vector of a bag of words.
pub(crate) fn sentences(
    pieces: &[Piece<'_>],
    weigh: impl Fn(&[(Feature, u32)]) -> Vector,
) -> Vec<Sentence> {
    let printed = pieces.iter().filter_map(|piece| Some((piece.at?, piece.text)));
    let sentences = printed.flat_map(|(mut at, text)| {
        let ends = |c| matches!(c, '。' | '；' | ';' | '\n');
        text.split_inclusive(ends).map(move |part| {
            let start = at + part.len() - part.trim_start().len();
            at += part.len();
            (part.trim_end_matches(ends).trim(), start)
        })
    });
    let sentence = |(text, start): (&str, usize)| Sentence {
        span: Span::new(start, start + text.len()),
        words: weigh(&words(text)),
    };
    sentences.map(sentence).filter(|sentence| !sentence.words.is_empty()).take(MOST).collect()
}

/// One to one, the most alike first chosen; in the order of `found`.
pub(crate) fn side_by_side(asked: &[Sentence], found: &[Sentence]) -> Vec<Sides> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (f, one) in found.iter().enumerate() {
        for (a, other) in asked.iter().enumerate() {
            let score: f64 = parts(&other.words, &one.words).iter().map(|part| part.1).sum();
            if score >= LEAST {
                pairs.push(Pair { score, found: f, asked: a });
            }
        }
    }
    let sides = |pair: Pair| Sides {
        asked: asked[pair.asked].span,
        found: found[pair.found].span,
        score: pair.score.min(1.0) as f32,
    };
    one_to_one(pairs).into_iter().map(sides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::vector;

    fn check(asked: &str, found: &str, expected: &str) {
        let of = |text| {
            let pieces = [Piece { text, at: Some(0) }];
            sentences(&pieces, |bag| vector(bag, 1, |_| Some(1)))
        };
        let sides = side_by_side(&of(asked), &of(found));
        let printed = sides
            .iter()
            .map(|side| format!("{}={}", side.found.slice(found), side.asked.slice(asked)));
        assert_eq!(printed.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn each_beside_the_one_that_says_it_most_alike() {
        check(
            "审批时限压缩为30个工作日。推进智慧监管。",
            "推进药品智慧监管; 时限压缩为20个工作日。",
            "推进药品智慧监管=推进智慧监管 时限压缩为20个工作日=审批时限压缩为30个工作日",
        );
    }

    #[test]
    fn what_is_not_alike_stands_alone() {
        check("推进智慧监管。", "组织领导。", "");
        check("", "。；", "");
    }
}
