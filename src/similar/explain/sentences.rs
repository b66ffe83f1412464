//! Pairs of similar sentences of two texts.

use crate::number::to_f32;
use serde::Serialize;

use super::pairing::{Pair, greedy_matching};
use super::phrases::Piece;
use crate::features::{Bag, Vector, parts, words};
use crate::text::Span;

/// Maximum number of sentences of a text that are compared.
const MAX_SENTENCES: usize = 100;

/// Minimum cosine of a pair; unrelated sentences of the field often reach less.
const MIN_COSINE: f64 = 0.25;

/// Two similar sentences (对照).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SentencePair {
    /// Span of the sentence in the query: in the text of the document, if it is a measure.
    pub query: Span,
    /// Span of the sentence in the text of the match's document.
    pub matched: Span,
    /// Cosine of their words, in 0.25..=1.
    pub score: f32,
}

pub(crate) struct Sentence {
    pub span: Span,
    words: Vector,
}

/// Returns the first [`MAX_SENTENCES`] sentences of the printed pieces.
///
/// * `weigh`: returns the unit vector of a bag of words.
pub(crate) fn sentences(pieces: &[Piece<'_>], weigh: impl Fn(Bag) -> Vector) -> Vec<Sentence> {
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
        words: weigh(words(text)),
    };
    sentences
        .map(sentence)
        .filter(|sentence| !sentence.words.is_empty())
        .take(MAX_SENTENCES)
        .collect()
}

/// Pairs similar sentences one to one, by descending similarity; in the order of `matched`.
pub(crate) fn pair_sentences(query: &[Sentence], matched: &[Sentence]) -> Vec<SentencePair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (m, one) in matched.iter().enumerate() {
        for (q, other) in query.iter().enumerate() {
            let score: f64 = parts(&other.words, &one.words).iter().map(|part| part.1).sum();
            if score >= MIN_COSINE {
                pairs.push(Pair { score, matched: m, query: q });
            }
        }
    }
    let sentences = |pair: Pair| SentencePair {
        query: query[pair.query].span,
        matched: matched[pair.matched].span,
        score: to_f32(pair.score.min(1.0)),
    };
    greedy_matching(pairs).into_iter().map(sentences).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::vector;

    fn check(query: &str, matched: &str, expected: &str) {
        let of = |text| {
            let pieces = [Piece { text, at: Some(0) }];
            sentences(&pieces, |bag| vector(&bag, 1, |_| 1))
        };
        let pairs = pair_sentences(&of(query), &of(matched));
        let printed = pairs
            .iter()
            .map(|pair| format!("{}={}", pair.matched.slice(matched), pair.query.slice(query)));
        assert_eq!(printed.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn each_sentence_is_paired_with_the_most_similar_one() {
        check(
            "审批时限压缩为30个工作日。推进智慧监管。",
            "推进药品智慧监管; 时限压缩为20个工作日。",
            "推进药品智慧监管=推进智慧监管 时限压缩为20个工作日=审批时限压缩为30个工作日",
        );
    }

    #[test]
    fn dissimilar_sentences_are_not_paired() {
        check("推进智慧监管。", "组织领导。", "");
        check("", "。；", "");
    }
}
