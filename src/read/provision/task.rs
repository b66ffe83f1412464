//! The words after 负责: a task (负责河道管理), a person or a body (负责人, 负责部门), or the attribute
//! of another noun (负责审批的事项).

use crate::lexicon::Lexicon;
use crate::text::is_han;

/// Returns true if the words after 负责 make persons, bodies or a system of it: 负责人签字, 负责部门要.
/// False for a task that begins alike: 负责人才引进, 负责部门预算.
pub(super) fn is_person(lexicon: &Lexicon, words: &str) -> bool {
    let cues = &lexicon.cues.duties;
    let len = |word: Option<&str>| word.map_or(0, str::len);
    let (person, staff) = (len(cues.persons.start(words)), len(cues.staff.start(words)));
    let task = len(cues.not_persons.start(words));
    if person.max(staff) <= task {
        return false;
    }
    person > staff || staff_acts(lexicon, &words[staff..])
}

/// Returns true if the words after 负责部门 end there or continue with what it does.
fn staff_acts(lexicon: &Lexicon, rest: &str) -> bool {
    // 负责领导、组织防汛工作 is a task.
    let ends = !rest.starts_with(|c: char| is_han(c) || c == '、');
    ends || lexicon.cues.duties.staff_acts.start(rest).is_some()
}

/// Returns true if the words after 负责 up to the end of the clause have a 的 that makes them the
/// attribute of a noun: 负责审批的工程建设项目, 负责河道管理的科室. False if a verb with an object is
/// before it (负责推进审批的数字化), if a task is after it (负责资金的管理), or if the words before it
/// tell the reach of a task (负责全市的物业管理).
pub(super) fn is_attribute(lexicon: &Lexicon, words: &str) -> bool {
    const OF: &str = "的";
    // 目的地
    let marks = words.match_indices(OF).map(|(at, _)| at);
    let mut marks =
        marks.filter(|at| lexicon.platforms.kept.end(&words[..at + OF.len()]).is_none());
    let Some(at) = marks.next() else { return false };
    let (before, noun) = (&words[..at], &words[at + OF.len()..]);
    let cues = &lexicon.cues.duties;
    let is_holder = |noun: &str| {
        let len = cues.staff.start(noun).map_or(0, str::len);
        cues.holders.start(noun).is_some() || (len > 0 && staff_acts(lexicon, &noun[len..]))
    };
    // 负责采砂管理的科室, 负责养护的管理单位
    if noun.is_empty() || is_holder(noun) || is_holder(after_verbs(lexicon, noun)) {
        return true;
    }
    let object = after_verbs(lexicon, before);
    let only_verbs = object.is_empty();
    let verb_with_object = object.len() < before.len();
    // 负责农民的用水培训
    let ends_as_task = || cues.task_words.end(noun).is_some() && !cues.staff_acts.occur_in(noun);
    let task = || {
        cues.task_words.start(noun).is_some() || ends_as_task() || cues.scopes.end(before).is_some()
    };
    only_verbs || !(verb_with_object || task())
}

/// Returns the words after the verbs of a task and their adverbs: 企业申请 of 及时受理和审核企业申请.
fn after_verbs<'t>(lexicon: &Lexicon, words: &'t str) -> &'t str {
    let (verbs, adverbs) = (&lexicon.cues.duties.task_words, &lexicon.platforms.adverbs);
    let joiners = &lexicon.cues.agencies.joiners;
    let mut rest = words;
    while let Some(next) = verbs
        .strip_start(rest)
        .or_else(|| adverbs.strip_start(rest))
        .or_else(|| joiners.strip_start(rest))
        .or_else(|| rest.strip_prefix('、'))
    {
        rest = next;
    }
    rest
}
