//! The words that differ between two texts.

use crate::report::kit::shown;
use maud::{Markup, html};

/// Number of characters of a text that are compared; of a longer one all is marked.
const COMPARED: usize = 3000;

/// Returns both texts: words of the old one only as `del`, of the new one only as `ins`.
pub(super) fn marked(old: &str, new: &str) -> (Markup, Markup) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let (kept_old, kept_new) = common(&old, &new);
    (runs(&old, &kept_old, false), runs(&new, &kept_new, true))
}

/// Returns which characters are in the longest common subsequence, for each text.
fn common(old: &[char], new: &[char]) -> (Vec<bool>, Vec<bool>) {
    let mut kept = (vec![false; old.len()], vec![false; new.len()]);
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tails = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = tails.take_while(|(a, b)| a == b).count();
    kept.0[..start].fill(true);
    kept.1[..start].fill(true);
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    kept.0[old_end..].fill(true);
    kept.1[new_end..].fill(true);
    let (old, new) = (&old[start..old_end], &new[start..new_end]);
    if old.len() > COMPARED || new.len() > COMPARED {
        return kept;
    }
    // Length of the longest common subsequence of the rests from each pair of places.
    let width = new.len() + 1;
    let mut lengths = vec![0u16; (old.len() + 1) * width];
    for (a, one) in old.iter().enumerate().rev() {
        for (b, other) in new.iter().enumerate().rev() {
            lengths[a * width + b] = match one == other {
                true => lengths[(a + 1) * width + b + 1] + 1,
                false => lengths[(a + 1) * width + b].max(lengths[a * width + b + 1]),
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            kept.0[start + a] = true;
            kept.1[start + b] = true;
            (a, b) = (a + 1, b + 1);
        } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    kept
}

fn runs(text: &[char], kept: &[bool], is_new: bool) -> Markup {
    let mut at = 0;
    let runs = kept.chunk_by(|a, b| a == b).map(|run| {
        let words: String = text[at..at + run.len()].iter().collect();
        at += run.len();
        (run[0], words)
    });
    let runs: Vec<(bool, String)> = runs.collect();
    html! {
        @for (kept, words) in &runs {
            @if *kept { (shown(words)) } @else if is_new { ins { (shown(words)) } } @else { del { (shown(words)) } }
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
        assert_eq!(old, "由<del>5</del>8个工作日减至30<del>个</del>");
        assert_eq!(new, "由8<ins>0</ins>个工作日减至30<ins>日内</ins>");
        assert_eq!(marked("同", "同"), ("同".to_owned(), "同".to_owned()));
        assert_eq!(marked("", "<b>"), (String::new(), "<ins>&lt;b&gt;</ins>".to_owned()));
    }
}
