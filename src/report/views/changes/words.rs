//! The words that differ between two texts.

use crate::report::kit::shown;
use ::similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use maud::{Markup, html};
use std::ops::Range;

/// Number of words of a text that are compared; of a longer one all is marked.
const COMPARED: usize = 3000;

/// Returns both texts: words of the old one only as `del`, of the new one only as `ins`.
pub(super) fn marked(old: &str, new: &str) -> (Markup, Markup) {
    let (old, new) = (words(old), words(new));
    let runs = if old.len().max(new.len()) > COMPARED {
        vec![DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }]
    } else {
        capture_diff_slices(Algorithm::Myers, &old, &new)
    };
    let old = text(&runs, &old, DiffOp::old_range, |words| html! { del { (words) } });
    let new = text(&runs, &new, DiffOp::new_range, |words| html! { ins { (words) } });
    (old, new)
}

/// Returns the words of a text: numbers and words of letters, and all other characters by themselves.
fn words(text: &str) -> Vec<&str> {
    let joined = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if joined(first) {
            rest.find(|c| !joined(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

/// Returns one of the texts, from its part of each run.
fn text(
    runs: &[DiffOp],
    words: &[&str],
    part: fn(&DiffOp) -> Range<usize>,
    mark: fn(Markup) -> Markup,
) -> Markup {
    let parts = runs.iter().map(|run| (run.tag(), words[part(run)].concat()));
    html! {
        @for (tag, words) in parts.filter(|(_, words)| !words.is_empty()) {
            @if tag == DiffTag::Equal { (shown(&words)) } @else { (mark(html! { (shown(&words)) })) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differing_words_are_marked_and_no_word_is_lost() {
        let marked = |old, new| {
            let (old, new) = marked(old, new);
            (old.into_string(), new.into_string())
        };
        let (old, new) = marked("由58个工作日减至30个", "由80个工作日减至30日内");
        assert_eq!(old, "由<del>58</del>个工作日减至30<del>个</del>");
        assert_eq!(new, "由<ins>80</ins>个工作日减至30<ins>日内</ins>");
        assert_eq!(marked("同", "同"), ("同".to_owned(), "同".to_owned()));
        assert_eq!(marked("", "<b>"), (String::new(), "<ins>&lt;b&gt;</ins>".to_owned()));
        let long = "责".repeat(COMPARED + 1);
        assert_eq!(marked("任", &long), ("<del>任</del>".to_owned(), format!("<ins>{long}</ins>")));
    }
}
