//! The words that differ between two texts.

use crate::report::kit::shown;
use ::similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use maud::{Markup, html};
use std::ops::Range;

/// Number of words that are compared, without those that both texts have at the start and the end. More
/// are all marked.
const COMPARED: usize = 3000;

/// Returns both texts: words of the old one only as `del`, of the new one only as `ins`.
pub(super) fn marked(old: &str, new: &str) -> (Markup, Markup) {
    let (old, new) = (words(old), words(new));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let ends = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let [old_range, new_range] = [start..old.len() - end, start..new.len() - end];
    let runs = if old_range.len().max(new_range.len()) <= COMPARED {
        capture_diff_slices(Algorithm::Myers, &old, &new)
    } else {
        vec![
            DiffOp::Equal { old_index: 0, new_index: 0, len: start },
            DiffOp::Replace {
                old_index: start,
                old_len: old_range.len(),
                new_index: start,
                new_len: new_range.len(),
            },
            DiffOp::Equal { old_index: old_range.end, new_index: new_range.end, len: end },
        ]
    };
    let old = text(&runs, &old, DiffOp::old_range, |words| html! { del { (words) } });
    let new = text(&runs, &new, DiffOp::new_range, |words| html! { ins { (words) } });
    (old, new)
}

/// Returns the words of a text: runs of ASCII letters, digits and full stops, and each other character by
/// itself.
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
        let (old, new) = (format!("甲{long}乙"), "甲任乙");
        assert_eq!(
            marked(&old, new),
            (format!("甲<del>{long}</del>乙"), "甲<ins>任</ins>乙".to_owned())
        );
        let longer = format!("{long}任");
        assert_eq!(marked(&long, &longer), (long.clone(), format!("{long}<ins>任</ins>")));
    }
}
