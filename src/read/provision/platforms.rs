//! Named platforms, programmes, lists and mechanisms.

use crate::lexicon::{Meaning, Words};
use crate::model::{Found, Rule};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::read::naming::citations::Named;
use crate::text::is_han;
use std::collections::HashSet;
use std::ops::Range;

/// Where a platform is named, and how that was read.
pub(crate) struct Platform {
    pub range: Range<usize>,
    pub rule: Rule,
}

/// Longest quotation that names something, in bytes.
const QUOTATION: usize = 120;

/// Verbs that carry a quoted name: 推广“送干下基层”.
const CARRIERS: [&str; 15] = [
    "推广", "推行", "实行", "落实", "开展", "建立", "实施", "开通", "发布", "上线", "构建", "编制",
    "制定", "出具", "生成",
];

impl Context<'_> {
    /// The platforms named in a range, outside the names of instruments, in
    /// order, repeats included.
    pub fn platforms(&self, range: &Range<usize>, instruments: &[Named]) -> Vec<Platform> {
        let mut platforms = self.quoted(range);
        let quoted: Cover = platforms.iter().map(|platform| platform.range.clone()).collect();
        for &token in self.tokens(range) {
            let at = token.range();
            if quoted.meets(&at) {
                continue;
            }
            let meanings = self.meanings(token);
            if meanings.contains(&Meaning::Programme) {
                platforms.push(Platform { range: at, rule: Rule::Lexicon });
            } else if meanings.contains(&Meaning::PlatformHead) {
                let phrase = self.phrase(range, at);
                platforms.extend(phrase.map(|range| Platform { range, rule: Rule::Phrase }));
            }
        }
        let titled: Cover = instruments.iter().map(|named| named.whole.clone()).collect();
        platforms.retain(|p| !titled.meets(&p.range));
        platforms.sort_by_key(|p| p.range.start);
        platforms
    }

    /// Each platform once, by its printed name.
    pub fn platform_names(&self, platforms: &[Platform]) -> Vec<Found<String>> {
        let mut found: Vec<Found<String>> = Vec::new();
        let mut known = HashSet::new();
        for platform in platforms {
            let name = self.printed(platform.range.clone());
            if known.insert(name.clone()) {
                found.push(self.found(name, platform.range.clone(), platform.rule));
            }
        }
        found
    }

    /// “重点产品服务清单”, “首违不罚”: quoted names.
    fn quoted(&self, range: &Range<usize>) -> Vec<Platform> {
        let text = self.text(range.clone());
        let mut platforms = Vec::new();
        let mut from = 0;
        while let Some(open) = quotation(&text[from..]).map(|at| from + at) {
            let (mark, close) = if text[open..].starts_with('"') { (1, "\"") } else { (3, "”") };
            let start = open + mark;
            let near = &text.as_bytes()[start..text.len().min(start + QUOTATION)];
            let Some(len) = memchr::memmem::find(near, close.as_bytes()) else {
                from = start;
                continue;
            };
            from = start + len + mark;
            if let Some(name) = self.quoted_name(text, start..start + len, mark) {
                let range = range.start + name.start..range.start + name.end;
                // “有感服务 无感审批”: two phrases, no name.
                if self.view.first_gap(range.start, range.end).is_none() {
                    platforms.push(Platform { range, rule: Rule::Quoted });
                }
            }
        }
        platforms
    }

    /// The name that the quoted words `inner` are or belong to, if they are one
    /// and not quoted manner: “一对一”.
    fn quoted_name(&self, text: &str, inner: Range<usize>, mark: usize) -> Option<Range<usize>> {
        let vocabulary = &self.lexicon.platforms;
        let words = &text[inner.clone()];
        let (before, after) = (&text[..inner.start - mark], &text[inner.end + mark..]);
        let chars = words.chars().count();
        if words.contains(['、', ',', '。', ';', '!', '?']) || !(2..=25).contains(&chars) {
            return None;
        }
        if vocabulary.slogans.contains(words) {
            return None;
        }
        // 数字档案“双百”工程: the noun behind the quotation belongs to the name,
        // and so do the words before it.
        let nouns = vocabulary.heads.iter().filter(|head| after.starts_with(head.as_str()));
        if let Some(noun) = nouns.max_by_key(|noun| noun.len()).filter(|_| chars <= 12) {
            let start = self.opening(text, before.len(), noun);
            return Some(start..inner.end + mark + noun.len());
        }
        if vocabulary.names.contains(words) || vocabulary.plain.iter().any(|name| name == words) {
            return Some(inner);
        }
        // “4个1+2”模式 is a name, “风险+信用”监管 is manner.
        let sum = words.contains('+');
        let figures = sum && words.contains(|c: char| c.is_ascii_digit());
        let sentence = !words.ends_with(is_han) || words.ends_with(['的', '了']);
        if chars < 4 || (sum && !figures) || (sentence && !figures) {
            return None;
        }
        let noun = vocabulary.heads.iter().any(|head| words.ends_with(head.as_str()));
        let model = ["模式", "改革", "机制", "制度", "审批"];
        let named = noun
            || vocabulary.quoted_heads.end(words).is_some()
            || model.iter().any(|noun| after.starts_with(noun))
            || CARRIERS.iter().any(|verb| before.trim_end_matches('的').ends_with(verb));
        named.then_some(inner)
    }

    /// …平台 with the words that make it a name: back to the verb or mark before.
    fn phrase(&self, range: &Range<usize>, head: Range<usize>) -> Option<Range<usize>> {
        let text = self.text(range.clone());
        let (noun, end) = (head.start - range.start, head.end - range.start);
        let vocabulary = &self.lexicon.platforms;
        // 试点地区 is no 试点.
        if vocabulary.followers.start(&text[end..]).is_some() {
            return None;
        }
        let start = self.opening(text, noun, &text[noun..end]);
        // 药品、医疗器械、化妆品技术审评专家库: part of an enumeration.
        let listed = text[..start].ends_with('、');
        let generic = vocabulary.generic.end(&text[start..end]).is_some();
        if listed || generic || text[start..end].contains(['各', '等', '该']) {
            return None;
        }
        // 发现广东省国产牙膏备案信息管理平台: a region opens the name.
        let mut starts = text[start..noun].char_indices().map(|(at, _)| start + at);
        let region =
            starts.find(|&at| self.lexicon.regions.prefix(&text[at..noun], None).is_some());
        let start = region.unwrap_or(start);
        let words = text[start..noun].chars().count();
        let named = words >= 5 || (words == 4 && self.region_named(&text[start..end]));
        named.then(|| range.start + start..range.start + end)
    }

    fn region_named(&self, name: &str) -> bool {
        name.starts_with(['省', '市'])
            || name.starts_with("自治区")
            || self.lexicon.regions.prefix(name, self.place.region).is_some()
    }

    /// Where the noun phrase that ends in `head`, whose words before it end at
    /// `end`, begins: after the last mark, or the last verb or particle that
    /// opens a phrase; earlier if a region opens the phrase there.
    fn opening(&self, text: &str, end: usize, head: &str) -> usize {
        /// No name is longer, in characters; keeps long clauses linear.
        const LONGEST: usize = 60;
        let vocabulary = &self.lexicon.platforms;
        let near = crate::text::suffix_start(&text[..end], LONGEST);
        let marked = text[near..end].rfind(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
        let mark = marked.map_or(near, |at| {
            let at = near + at;
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        let last = |words: &Words| words.last_end(&text[mark..end]).map_or(mark, |end| mark + end);
        let opened = last(&vocabulary.openers);
        let whole = vocabulary.wholes.contains(head) || self.region_named(&text[opened..end]);
        if whole { opened } else { opened.max(last(&vocabulary.joiners)) }
    }
}

/// Where the first opening quotation mark stands, “ or ".
fn quotation(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = "“".as_bytes()[0];
    memchr::memchr2_iter(b'"', first, bytes)
        .find(|&at| bytes[at] == b'"' || bytes[at..].starts_with("“".as_bytes()))
}
