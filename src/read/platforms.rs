//! Named platforms, programmes, lists and mechanisms.

use super::citations::Named;
use super::context::Context;
use crate::lexicon::{Meaning, Words};
use crate::model::{Found, Rule};
use crate::text::is_han;
use std::ops::Range;

/// A platform named in the text.
pub(crate) struct Platform {
    pub name: String,
    pub range: Range<usize>,
    pub rule: Rule,
}

impl Context<'_> {
    /// The platforms named in a range, in order, repeats included.
    pub fn platforms(&self, range: &Range<usize>, instruments: &[Named]) -> Vec<Platform> {
        let titled = |r: &Range<usize>| {
            instruments.iter().any(|n| n.whole.start < r.end && r.start < n.whole.end)
        };
        let mut platforms = self.quoted(range);
        for &token in self.tokens(range) {
            let at = token.range();
            if platforms.iter().any(|p| p.range.start < at.end && at.start < p.range.end) {
                continue;
            }
            let meanings = self.meanings(token);
            if meanings.contains(&Meaning::Programme) {
                let name = self.text(at.clone()).to_owned();
                platforms.push(Platform { name, range: at, rule: Rule::Lexicon });
            } else if meanings.contains(&Meaning::PlatformHead) {
                platforms.extend(self.phrase(range, at));
            }
        }
        platforms.retain(|p| !titled(&p.range));
        platforms.sort_by_key(|p| p.range.start);
        platforms
    }

    /// Each platform once.
    pub fn named_platforms(&self, platforms: &[Platform]) -> Vec<Found<String>> {
        let mut found: Vec<Found<String>> = Vec::new();
        for platform in platforms {
            if !found.iter().any(|f| f.value == platform.name) {
                found.push(self.found(
                    platform.name.clone(),
                    platform.range.clone(),
                    platform.rule,
                ));
            }
        }
        found
    }

    /// “重点产品服务清单”, “首违不罚”: quoted names, not quoted manner.
    fn quoted(&self, range: &Range<usize>) -> Vec<Platform> {
        let text = self.text(range.clone());
        let from_start = |at: usize| range.start + at;
        let mut platforms = Vec::new();
        let mut from = 0;
        while let Some(open) = text[from..].find(['“', '"']).map(|at| from + at) {
            let straight = text[open..].starts_with('"');
            let start = open + if straight { 1 } else { '“'.len_utf8() };
            let Some(len) =
                text[start..].find(if straight { '"' } else { '”' }).filter(|&len| len < 120)
            else {
                from = start;
                continue;
            };
            let inner = &text[start..start + len];
            let end = start + len + if straight { 1 } else { '”'.len_utf8() };
            from = end;
            let parted = self.view.first_gap(from_start(start), from_start(start + len)).is_some();
            if let Some((name, range)) =
                self.quoted_name(text, open, start..start + len, end, inner).filter(|_| !parted)
            {
                let range = from_start(range.start)..from_start(range.end);
                platforms.push(Platform { name, range, rule: Rule::Quoted });
            }
        }
        platforms
    }

    fn quoted_name(
        &self,
        text: &str,
        open: usize,
        inner_range: Range<usize>,
        end: usize,
        inner: &str,
    ) -> Option<(String, Range<usize>)> {
        let vocabulary = &self.lexicon.platforms;
        let chars = inner.chars().count();
        // “春雨行动”——…方案 names the plan; “高效办成一件事” names itself.
        if inner.contains(['、', ',', '。', ' ', ';', '!', '?']) || !(2..=25).contains(&chars) {
            return None;
        }
        // “双百”工程: the noun behind the quotation belongs to the name, and so
        // do the words before it.
        let noun = vocabulary
            .heads
            .iter()
            .filter(|head| text[end..].starts_with(head.as_str()))
            .max_by_key(|h| h.len());
        if let Some(noun) = noun.filter(|_| chars <= 12 && !vocabulary.slogans.contains(inner)) {
            let start = self.opening(text, open, noun);
            let range = start..end + noun.len();
            return Some((text[range.clone()].to_owned(), range));
        }
        if vocabulary.slogans.contains(inner) {
            return None;
        }
        let known =
            vocabulary.names.contains(inner) || vocabulary.plain.iter().any(|name| name == inner);
        let noun = vocabulary.heads.iter().any(|head| inner.ends_with(head.as_str()));
        let headed = (noun || vocabulary.quoted_heads.end(inner).is_some()) && chars > 3;
        let model = ["模式", "改革", "机制", "制度", "审批"]
            .iter()
            .any(|noun| text[end..].starts_with(noun));
        let carried = [
            "推广", "推行", "实行", "落实", "开展", "建立", "实施", "开通", "发布", "上线", "构建",
            "编制", "制定", "出具", "生成",
        ]
        .iter()
        .any(|verb| text[..open].ends_with(verb) || text[..open].ends_with(&format!("{verb}的")));
        // “4个1+2”模式 is a name, “风险+信用”监管 is manner.
        let sum = inner.contains('+');
        let numbered = sum && inner.contains(|c: char| c.is_ascii_digit());
        let named = chars >= 4 && (!sum || numbered);
        let name = known || (named && (headed || carried || model));
        (name && (numbered || is_name(inner))).then(|| (inner.to_owned(), inner_range))
    }

    /// …平台 with the words that make it a name: back to the verb or mark before.
    fn phrase(&self, range: &Range<usize>, head: Range<usize>) -> Option<Platform> {
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
        let name = region.unwrap_or(start)..end;
        let words = text[name.start..noun].chars().count();
        let named = words >= 5 || (words == 4 && self.region_named(&text[name.clone()]));
        named.then(|| Platform {
            name: text[name.clone()].to_owned(),
            range: range.start + name.start..range.start + end,
            rule: Rule::Phrase,
        })
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
        let vocabulary = &self.lexicon.platforms;
        let marked = text[..end].rfind(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
        let mark = marked.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let last = |words: &Words| words.last_end(&text[mark..end]).map_or(mark, |end| mark + end);
        let opened = last(&vocabulary.openers);
        let whole = vocabulary.wholes.contains(head) || self.region_named(&text[opened..end]);
        if whole { opened } else { opened.max(last(&vocabulary.joiners)) }
    }
}

/// A name is not a sentence about something.
fn is_name(inner: &str) -> bool {
    inner.ends_with(is_han) && !inner.ends_with(['的', '了'])
}
