//! 文种: what kind of text a document is.

use crate::model::{Found, Genre};
use crate::outline::Layout;
use crate::read::context::Context;
use crate::text::contains_any;

pub(crate) fn genre(
    context: &Context,
    layout: &Layout,
    title: Option<&Found<String>>,
    formal: bool,
) -> Genre {
    let text = context.view.text.as_str();
    let head = context.text(layout.head.clone());
    let title = title.map_or("", |title| title.value.as_str());
    if layout.interview {
        return Genre::Interview;
    }
    let asks = head.contains("公开征求") || (head.contains("征求") && head.contains("意见反馈"));
    if title.contains("征求意见") || title.contains("草案") || asks {
        return Genre::Draft;
    }
    let announces = || {
        contains_any(
            text,
            &["通告如下", "公告如下", "通知如下", "特此通告", "特此公告", "特此通知"],
        )
    };
    if !formal && reports(head) && !announces() {
        return Genre::News;
    }
    let noun = title.split('(').next().unwrap_or(title);
    let bare = ["通知", "公告", "通告", "函"].iter().find_map(|kind| noun.strip_suffix(kind));
    match bare {
        // …工作措施的通知 carries measures; a plain 通知 does not.
        Some(about) => {
            let carried = about.trim_end_matches(['的', '》', '>']);
            let carries =
                ["措施", "意见", "方案", "规划", "计划", "办法", "规定", "细则", "纲要", "行动"];
            if carries.iter().any(|noun| carried.ends_with(noun)) {
                Genre::Measures
            } else {
                Genre::Notice
            }
        }
        None if title.is_empty() => Genre::Notice,
        None => Genre::Measures,
    }
}

/// 近日, 日前, 6月3日: a news item says when in its first sentences.
fn reports(head: &str) -> bool {
    let lead: String = head.chars().take(120).collect();
    let day = dates_without_year(&lead);
    day || ["近日", "日前", "近期", "今天", "昨日", "近年来"].iter().any(|word| lead.contains(word))
}

/// 6月4日四川省药监局…
fn dates_without_year(lead: &str) -> bool {
    lead.match_indices('月').any(|(at, _)| {
        let digit = lead[..at].ends_with(|c: char| c.is_ascii_digit());
        let month = lead[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        digit && !month.ends_with('年') && lead[at..].contains('日')
    })
}
