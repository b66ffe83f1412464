//! 施行, 有效期, 试行, 征求意见: what a document says of its own validity.

use super::dates::{Dated, ahead};
use crate::model::{Dates, Found, Genre, PartialDate, Rule};
use crate::read::context::Context;
use crate::text::{after_last, find, occurrences, prefix_end, suffix_start};
use jiff::{Span, ToSpan};
use std::ops::Range;

/// How far the words of a date's sentence are looked for, in characters.
const SENTENCE: usize = 80;

impl Context<'_> {
    fn dated(&self, range: Range<usize>, date: PartialDate) -> Found<PartialDate> {
        self.found(date, range, Rule::DatePhrase)
    }

    /// Fills in what the whole text says of the document's own validity and of
    /// a window for comments. `all` are the dates of the view.
    pub fn validity(&self, dates: &mut Dates, all: &[Dated], body: &Range<usize>, genre: Genre) {
        let text = self.view.text.as_str();
        // 药品生产许可证有效期5年, in a measure, is not the document's.
        let outside = |at: usize| !body.contains(&at);
        for (at, (range, date)) in all.iter().enumerate() {
            let before = &text[..range.start];
            let after = &text[range.end..];
            let here = || Some(self.dated(range.clone(), *date));
            if dates.adopted.is_none() && is_adopted(after) {
                dates.adopted = here();
            }
            let own = outside(range.start) || is_own(before);
            let stated = own || (!names_title(before) && ends_in_force(after));
            if dates.effective.is_none()
                && before.ends_with('自')
                && comes_into_force(after)
                && stated
            {
                dates.effective = here();
            }
            if !own {
                continue;
            }
            let term = TERMS.iter().any(|words| before.ends_with(words));
            let dash = |next: &Dated| text.get(range.end..next.0.start).is_some_and(is_dash);
            let next = all.get(at + 1).filter(|next| dash(next));
            if let Some((next, until)) = next.filter(|_| term) {
                dates.effective = dates.effective.take().or_else(here);
                dates.expires = dates.expires.take().or(Some(self.dated(next.clone(), *until)));
            } else if dates.expires.is_none() && UNTIL.iter().any(|words| before.ends_with(words)) {
                dates.expires = here();
            }
        }
        // A draft takes effect on no day yet.
        if dates.effective.is_none() && genre != Genre::Draft {
            dates.effective =
                dates.signed.as_ref().and_then(|signed| self.since_issue(signed.value));
        }
        if dates.expires.is_none() {
            dates.expires = self.term(dates, body);
        }
        if genre == Genre::Draft || find(text, "征集").is_some() {
            self.window(dates, all);
        }
    }

    /// 自印发之日起施行, 自发布之日起30日后施行: from the day of signature.
    fn since_issue(&self, signed: PartialDate) -> Option<Found<PartialDate>> {
        let text = self.view.text.as_str();
        ["印发", "发布", "公布", "下发", "颁布", "签发"].iter().find_map(|act| {
            let phrase = format!("自{act}之日起");
            let at = find(text, &phrase)?;
            let end = at + phrase.len();
            let (days, len) = later(&text[end..]);
            comes_into_force(&text[end + len..]).then_some(())?;
            let date = match days {
                0 => signed,
                days => signed.date()?.checked_add(i64::from(days).days()).ok()?.into(),
            };
            Some(self.dated(at..end + len, date))
        })
    }

    /// 有效期两年, 试行期一年, 试行两年, from the day of effect; the end is
    /// exclusive.
    fn term(&self, dates: &Dates, body: &Range<usize>) -> Option<Found<PartialDate>> {
        let effective = dates.effective.as_ref()?.value;
        let text = self.view.text.as_str();
        let own = |at: &usize| !body.contains(at) || is_own(&text[..*at]);
        let places = ["有效期", "试行期", "试行"].into_iter().flat_map(|word| {
            occurrences(text, word).filter(own).map(move |at| (at, at + word.len()))
        });
        places.into_iter().find_map(|(at, end)| {
            let rest = text[end..].trim_start_matches(['为', '限', ':', '暂', '定']);
            let (span, len) = duration(rest)?;
            let end = text.len() - rest.len() + len;
            let until = effective.first_day().checked_add(span).ok()?;
            let until = match effective.date() {
                Some(_) => until.into(),
                None => PartialDate::month(until.year(), until.month())?,
            };
            Some(self.found(until, at..end, Rule::Term))
        })
    }

    /// 公开征求意见的时间是…至…; 请于…前反馈; …至….
    fn window(&self, dates: &mut Dates, all: &[Dated]) {
        let text = self.view.text.as_str();
        for (at, (range, date)) in all.iter().enumerate() {
            let before = &text[..range.start];
            let near = suffix_start(before, SENTENCE);
            let start = near + after_last(&before[near..], &['。', '\n', ';']);
            let sentence = &text[start..range.end + prefix_end(&text[range.end..], SENTENCE)];
            let sentence = sentence.split(['。', '\n']).next().unwrap_or_default();
            let about =
                ["征求", "征集", "反馈", "意见建议"].iter().any(|word| sentence.contains(word));
            if !about {
                continue;
            }
            let here = || Some(self.dated(range.clone(), *date));
            let dash = |next: &Dated| text.get(range.end..next.0.start).is_some_and(is_dash);
            if let Some((next, until)) = all.get(at + 1).filter(|next| dash(next)) {
                let until = || Some(self.dated(next.clone(), *until));
                dates.comment_from = dates.comment_from.take().or_else(here);
                dates.comment_until = dates.comment_until.take().or_else(until);
                return;
            }
            let limit = text[range.end..].starts_with('前')
                || text[range.end..].starts_with("之前")
                || before.ends_with('至')
                || before.ends_with("截止")
                || before.ends_with("截止时间为")
                || before.ends_with("截止日期为");
            if limit && dates.comment_until.is_none() {
                dates.comment_until = here();
                return;
            }
        }
    }
}

/// What stands before the first of two dates that bound the document's force.
const TERMS: [&str; 8] = [
    "有效期自",
    "有效期为",
    "有效期为自",
    "有效期:",
    "执行期限为",
    "实施期限为",
    "执行期限自",
    "实施期限自",
];

/// What stands before the day on which it ends.
const UNTIL: [&str; 6] = ["有效期至", "有效期截至", "执行至", "实施至", "年,至", "年,有效期至"];

/// What parts the two dates of a period.
fn is_dash(between: &str) -> bool {
    matches!(between, "至" | "-" | "--" | "—" | "——" | "~" | "到" | "起至")
}

/// 30日后: how many days later, and the length of the words.
fn later(text: &str) -> (i8, usize) {
    let Some((days, len)) = ahead(text) else { return (0, 0) };
    let unit = ["日后", "天后", "日", "天"].iter().find(|unit| text[len..].starts_with(**unit));
    unit.map_or((0, 0), |unit| (days, len + unit.len()))
}

/// 三年, 两年, 18个月 at the start of `text`, and its length.
fn duration(text: &str) -> Option<(Span, usize)> {
    let (n, len) =
        ahead(text).or_else(|| text.starts_with('两').then_some((2, '两'.len_utf8())))?;
    let unit = &text[len..];
    if unit.starts_with('年') {
        return Some((n.years(), len + '年'.len_utf8()));
    }
    unit.starts_with("个月").then(|| (n.months(), len + "个月".len()))
}

/// 2021年12月20日省政府第125次常务会议审议通过.
fn is_adopted(after: &str) -> bool {
    let clause: String = after.chars().take_while(|c| !"。,;\n".contains(*c)).take(40).collect();
    ["会议审议通过", "会议通过", "会审议通过", "会议讨论通过"]
        .iter()
        .any(|words| clause.contains(words))
}

/// True if the sentence that `before` breaks off speaks of the document itself:
/// 本措施自…, or goes on from its day of effect: 自…起施行,有效期….
fn is_own(before: &str) -> bool {
    const SELF: [&str; 16] = [
        "本办法",
        "本措施",
        "本意见",
        "本通知",
        "本方案",
        "本规定",
        "本政策",
        "本细则",
        "本计划",
        "本若干",
        "本公告",
        "本通告",
        "起施行",
        "起实施",
        "起执行",
        "之日起",
    ];
    let near = &before[suffix_start(before, SENTENCE)..];
    let sentence = &near[after_last(near, &['。', ';', '\n'])..];
    !sentence.contains('》') && SELF.iter().any(|words| sentence.contains(words))
}

/// True if a title is named in the sentence that `before` breaks off.
fn names_title(before: &str) -> bool {
    let near = &before[suffix_start(before, SENTENCE)..];
    near[after_last(near, &['。', ';', '\n'])..].contains('》')
}

/// 统一执行。 ends its clause; 施行的规定 does not.
fn ends_in_force(after: &str) -> bool {
    let near = &after[..prefix_end(after, 16)];
    let clause = near.split([',', '。', ';', '\n']).next().unwrap_or(near);
    ["施行", "实施", "执行", "生效", "试行"].iter().any(|word| clause.ends_with(word))
}

/// 起施行, 起执行, 全省统一执行.
fn comes_into_force(after: &str) -> bool {
    let clause: String = after.chars().take_while(|c| !",。;、\n".contains(*c)).take(16).collect();
    ["施行", "实施", "执行", "生效", "试行"].iter().any(|word| clause.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_validity() {
        assert!(is_own("第六条本办法自2024年1月1日起施行,"));
        assert!(!is_own("五、药品生产许可证"));
        assert!(!is_own("落实《药品管理法》,自2019年12月1日起施行,"));
        assert!(ends_in_force("全省统一执行。") && !ends_in_force("起施行的规定,"));
    }

    /// The days of effect and of expiry of a document signed on 10 March 2025.
    #[track_caller]
    fn check(closing: &str, effective: &str, expires: &str) {
        let text = format!(
            "关于支持生物医药产业发展的若干措施\n一、加强管理。\n二、优化服务。注册证书有效期5年。\n\
             {closing}\n江苏省药品监督管理局\n2025年3月10日"
        );
        let dates = crate::read(crate::Lexicon::builtin(), "one", text).dates;
        let day =
            |found: Option<Found<PartialDate>>| found.map_or("".into(), |f| f.value.to_string());
        assert_eq!((day(dates.effective), day(dates.expires)), (effective.into(), expires.into()));
    }

    #[test]
    fn periods() {
        check("本措施自2025年4月1日起施行，有效期3年。", "2025-04-01", "2028-04-01");
        check("本措施自发布之日起30日后施行，暂定有效期五年。", "2025-04-09", "2030-04-09");
        check("本措施自2025年4月1日起试行，试行期一年。", "2025-04-01", "2026-04-01");
        check("本措施自下发之日起执行，试行两年。", "2025-03-10", "2027-03-10");
        check("自2025年5月1日起施行，有效期至2027年4月30日。", "2025-05-01", "2027-04-30");
        check("有效期自2025年1月1日起至2027年12月31日止。", "2025-01-01", "2027-12-31");
        check("政策有效期为三年，自2025年4月10日起实施。", "2025-04-10", "2028-04-10");
        check("本措施自2025年4月起实施，有效期3年。", "2025-04", "2028-04");
        check("按照国家有关规定执行。", "", "");
    }

    #[test]
    fn an_end_says_whether_it_was_counted() {
        let end = |words: &str| {
            let text = format!("一、加强管理。\n本措施自2025年5月1日起施行，{words}。");
            let expires =
                crate::read(crate::Lexicon::builtin(), "one", text.as_str()).dates.expires;
            expires.map(|found| (found.value.to_string(), found.rule))
        };
        assert_eq!(end("有效期两年"), Some(("2027-05-01".into(), Rule::Term)));
        assert_eq!(end("有效期至2027年4月30日"), Some(("2027-04-30".into(), Rule::DatePhrase)));
    }

    #[test]
    fn adoption() {
        assert!(is_adopted("省政府第125次常务会议审议通过,现予公布"));
        assert!(!is_adopted("起施行。经会议通过"));
    }
}
