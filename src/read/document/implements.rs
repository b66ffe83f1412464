//! The instruments that a document implements (依据): 为贯彻落实《…》, 根据《…》.

use crate::lexicon::{Meaning, Token};
use crate::model::{Citation, Genre, Modality};
use crate::outline::Layout;
use crate::read::naming::citations;
use crate::read::naming::names::{NamedInstrument, Names};
use crate::read::naming::title_forms::Subject;
use crate::read::scanned_text::ScannedText;
use crate::text::{find, is_within, since_mark, until_mark};
use std::ops::Range;

/// Returns the instruments that the document implements, as its head or the first
/// sentence of its first measure states.
///
/// * `instruments`: the instruments named in the head.
pub(super) fn implements(
    names: &Names,
    layout: &Layout,
    genre: Genre,
    subject: Option<&Subject>,
    instruments: &[NamedInstrument],
) -> Vec<Citation> {
    if matches!(genre, Genre::Interview | Genre::Interpretation) {
        return Vec::new();
    }
    let text = names.text;
    let first = layout.measures.first();
    let sentence = first.and_then(|first| founding_sentence(text, first.text.clone()));
    let founding = sentence.as_ref().map_or(Vec::new(), |range| citations::named(names, range));
    let instruments = || instruments.iter().chain(&founding);
    let cues = Cues::new(text, instruments().map(|named| named.range.start).max().unwrap_or(0));
    let implemented = |named: &&NamedInstrument| {
        let own = || subject.is_some_and(|subject| subject.is(named));
        let defined = text.before(named.range.start).ends_with("简称");
        let start = sentence.as_ref().map_or(layout.head.start, |sentence| sentence.start);
        let from = if named.range.start < start { layout.head.start } else { start };
        let cue = cues.lead_to(text, named.range.start).filter(|cue| cue.start >= from);
        cue.is_some_and(|cue| is_own_act(text, from, cue, named.range.end)) && !defined && !own()
    };
    citations::citations(text, instruments().filter(implemented))
}

/// Occurrences of the words that introduce an implemented instrument: 贯彻, 根据.
struct Cues {
    /// By end, ascending.
    ranges: Vec<Range<usize>>,
}

impl Cues {
    /// Searches the text before `until`. O(n).
    fn new(text: &ScannedText, until: usize) -> Self {
        let cues = &text.lexicon.cues.citations.carrying_out;
        let mut ranges: Vec<Range<usize>> = cues.occurrences(text.before(until)).collect();
        ranges.sort_unstable_by_key(|cue| (cue.end, cue.start));
        Cues { ranges }
    }

    /// Returns the last cue before `title` if it introduces it: both are in one sentence, with
    /// only other titles and their issuers between. O(log n).
    fn lead_to(&self, text: &ScannedText, title: usize) -> Option<&Range<usize>> {
        /// Maximum distance in characters, other titles included.
        const LONGEST: usize = 400;
        let before = self.ranges.partition_point(|cue| cue.end <= title);
        let cue = self.ranges[..before].last()?;
        let between = text.slice(cue.end..title);
        (is_within(between, LONGEST) && names_only(between)).then_some(cue)
    }
}

/// Returns true if the issuer itself acts under the instrument after `cue`, whose name ends at
/// `end`. False for 请按照《…》组织实施 and 委员会按照《…》开展工作. The text is read from `from` on.
fn is_own_act(text: &ScannedText, from: usize, cue: &Range<usize>, end: usize) -> bool {
    /// Characters of the sentence that are read before the cue.
    const BEFORE: usize = 100;
    /// Characters of the sentence that are read after the title: other titles, and the verb.
    const AFTER: usize = 250;
    let cues = &text.lexicon.cues.citations;
    let sentence = since_mark(text.slice(from..cue.start), BEFORE, &['。', '\n', ';', ':']);
    let clause = since_mark(sentence, BEFORE, &[',']);
    let by_others = |clause: &str| cues.followed_by_others.start(clause).is_some();
    if sentence.split(',').any(by_others) || binds(text, cue.start - clause.len()..cue.start) {
        return false;
    }
    let acts = || cues.own_acts.occur_in(until_mark(text.after(end), AFTER, &['。', '\n']));
    // A date before the cue is the end of a signature in flattened text.
    let opens = clause.is_empty() || clause.ends_with('日');
    opens || !cues.following.contains(text.slice(cue.clone())) || acts()
}

/// Returns true if a range contains a word that binds its addressees: 应当, 要.
fn binds(text: &ScannedText, range: Range<usize>) -> bool {
    let binding = |&token: &Token| text.meanings(token).contains(&Meaning::Modal(Modality::Must));
    text.tokens(&range).iter().any(binding)
}

/// Returns true if `between`, the text from a cue to a title, consists of other titles and their
/// issuers. It is read up to the first mark outside them.
fn names_only(between: &str) -> bool {
    /// Maximum length of the issuers and conjunctions in characters.
    const LONGEST: usize = 30;
    let mut depth = 0;
    let mut outside = 0;
    for c in between.chars() {
        match c {
            '。' | '\n' => return false,
            '《' | '(' => depth += 1,
            '》' | ')' => depth -= 1,
            ',' | ';' | ':' if depth == 0 => return false,
            _ if depth == 0 => outside += 1,
            _ => {}
        }
        if outside > LONGEST {
            return false;
        }
    }
    true
}

/// Returns the first sentence of a measure, if it founds the document: 第一条
/// 为规范…,根据《…》,制定本办法。
fn founding_sentence(text: &ScannedText, measure: Range<usize>) -> Option<Range<usize>> {
    let words = text.slice(measure.clone());
    let sentence = &words[..find(words, "。").unwrap_or(words.len())];
    let founds = text.lexicon.cues.citations.founding.occur_in(sentence);
    founds.then(|| measure.start..measure.start + sentence.len())
}
