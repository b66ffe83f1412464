//! The prose of a chapter outside its measures.

use super::layout::Layout;
use crate::text::View;
use std::iter::Peekable;
use std::ops::Range;

/// Marks between a heading and the prose after it.
const AFTER_HEADING: [char; 8] = ['。', ':', ';', ',', '】', ']', '\n', ' '];

impl Layout {
    /// Returns the prose of each chapter, in text order: the text of the chapter without its
    /// heading, its measures, the headings of its subsections and tables, and their ordinals. O(n).
    pub(crate) fn prose(&self, view: &View) -> Vec<Vec<Range<usize>>> {
        let subsections = self.subsections.iter().map(|title| title.words.clone());
        let mut headings: Vec<_> = subsections.chain(self.table_heads.iter().cloned()).collect();
        headings.sort_unstable_by_key(|heading| heading.start);
        let mut cuts = Cuts {
            measures: self.measures.iter().map(|measure| measure.text.clone()).peekable(),
            headings: headings.into_iter().peekable(),
        };
        // The caption of a table inside a chapter heads a section of its own.
        let next =
            self.sections.iter().skip(1).map(|next| next.words.start).chain([view.text.len()]);
        let extents = self.sections.iter().zip(next).map(|(section, next)| {
            let end = section.text.end.min(next).max(section.words.end);
            section.words.end..end
        });
        extents.map(|extent| self.prose_of(extent, view, &mut cuts)).collect()
    }

    /// Returns the prose of a chapter, which is without its heading.
    fn prose_of<M, H>(
        &self,
        chapter: Range<usize>,
        view: &View,
        cuts: &mut Cuts<M, H>,
    ) -> Vec<Range<usize>>
    where
        M: Iterator<Item = Range<usize>>,
        H: Iterator<Item = Range<usize>>,
    {
        let mut prose = Vec::new();
        let Range { start: mut at, end } = chapter;
        let mut after_measure = false;
        while let Some(cut) = cuts.before(end) {
            if cut.range.start < at {
                continue; // of an earlier chapter
            }
            let gap = at..self.before_ordinal(view, at..cut.range.start);
            prose.extend(sentences(view, gap, after_measure));
            at = cut.range.end;
            after_measure = cut.is_measure;
        }
        let rest = at..self.before_ordinal(view, at..end.max(at));
        prose.extend(sentences(view, rest, after_measure));
        prose
    }

    /// Returns the end of a range without the ordinal at its end.
    fn before_ordinal(&self, view: &View, range: Range<usize>) -> usize {
        let before = self.ordinals.partition_point(|ordinal| ordinal.start < range.end);
        let ordinal = self.ordinals[..before].last().filter(|ordinal| {
            range.start <= ordinal.start
                && ordinal.end <= range.end
                && view.text[ordinal.end..range.end].trim_matches(['\n', ' ']).is_empty()
        });
        ordinal.map_or(range.end, |ordinal| ordinal.start)
    }
}

/// The parts of chapters that are no prose, ascending.
struct Cuts<M: Iterator, H: Iterator> {
    measures: Peekable<M>,
    headings: Peekable<H>,
}

struct Cut {
    range: Range<usize>,
    is_measure: bool,
}

impl<M, H> Cuts<M, H>
where
    M: Iterator<Item = Range<usize>>,
    H: Iterator<Item = Range<usize>>,
{
    /// Returns the next cut that starts before `end`.
    fn before(&mut self, end: usize) -> Option<Cut> {
        let start = |cut: Option<&Range<usize>>| cut.map_or(usize::MAX, |range| range.start);
        let (measure, heading) = (start(self.measures.peek()), start(self.headings.peek()));
        if measure.min(heading) >= end {
            return None;
        }
        let is_measure = measure < heading;
        let next = if is_measure { self.measures.next() } else { self.headings.next() };
        next.map(|range| Cut { range, is_measure })
    }
}

/// Returns a gap between headings and measures without the marks and blanks around it, if it has
/// prose: digits alone are the number of a page. After a measure, words without a sentence are a label: 施行说明:第七条.
fn sentences(view: &View, gap: Range<usize>, after_measure: bool) -> Option<Range<usize>> {
    let text = &view.text[gap.clone()];
    let start = gap.start + text.len() - text.trim_start_matches(AFTER_HEADING).len();
    let words = view.text[start..gap.end].trim_end_matches(['\n', ' ']);
    let has_prose =
        if after_measure { words.contains('。') } else { words.contains(char::is_alphabetic) };
    has_prose.then(|| start..start + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let view = View::new(text);
        let prose = Layout::new(&view, Lexicon::builtin()).prose(&view);
        let words = |ranges: &Vec<Range<usize>>| -> Vec<String> {
            ranges.iter().map(|range| view.text[range.clone()].to_owned()).collect()
        };
        assert_eq!(prose.iter().map(words).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_prose_of_a_chapter_ends_before_the_ordinal_of_its_first_measure() {
        check(
            "一、总体要求。到2027年,灌溉面积达到80万亩。\n二、重点任务\n统筹水利建设。\n\
             (一)改造渠系。改造干渠。\n(二)推广滴灌。安装设备。\n三、附则\n本方案由水利局解释。",
            &[&["到2027年,灌溉面积达到80万亩。"], &["统筹水利建设。"], &["本方案由水利局解释。"]],
        );
    }

    #[test]
    fn the_number_of_a_page_is_no_prose() {
        check("一、改造管网\n12\n(一)更换干管。更换管道。\n(二)检查漏损。巡查管道。", &[&[]]);
    }

    #[test]
    fn headings_of_subsections_are_no_prose() {
        check(
            "一、主要任务\n各区联动。\n(一)扩大学位供给\n1.新建学校。建设初中5所。\n\
             2.改建校舍。改造操场。\n(二)加强师资\n1.招聘教师。公开招聘。\n2.交流轮岗。教师轮岗。",
            &[&["各区联动。"]],
        );
    }

    #[test]
    fn chapters_of_articles_have_no_prose() {
        check(
            "第一章 总则\n第一条 制定本办法。\n第二章 附则\n第二条 由市教育局解释。\n\
             施行说明:第三条 自公布之日起施行。",
            &[&[], &[]],
        );
    }
}
