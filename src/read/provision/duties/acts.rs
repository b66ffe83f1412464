//! Items of a clause that are sentences: 市财政局负责资金保障, 牵头单位为市教育局.

use crate::lexicon::{DutyRole, DutyWords};
use crate::read::naming::canonical::{ends_as_body, is_class};
use crate::read::naming::names::Names;
use crate::read::provision::task::{is_attribute, is_person};
use crate::read::scanned_text::ScannedText;

/// A verb between a name and its task: 负责 of 市财政局负责资金保障.
pub(super) struct Act {
    pub(super) duty: DutyRole,
    /// Length of the name.
    pub(super) name: usize,
    /// Length of the name and the verb.
    pub(super) rest: usize,
}

/// Returns the first verb of an item that has a name before it and a task after it. A verb of duty
/// that ends the item is none, and neither is that of an attribute: 市财政局负责的项目.
pub(super) fn act_in(names: &Names, item: &str) -> Option<Act> {
    /// Maximum length of a name in characters.
    const LONGEST: usize = 40;
    /// Bytes of a name, a verb and a task: most items are a name alone.
    const SHORTEST: usize = 27;
    if item.len() < SHORTEST && names.text.lexicon.names.organs.of(item).is_some() {
        return None;
    }
    let (lexicon, duties) = (names.text.lexicon, &names.text.lexicon.duties);
    let end = duties.verbs.end(item).map_or(item.len(), |(_, len)| item.len() - len);
    let starts = item[..end].char_indices().map(|(at, _)| at).take(LONGEST).skip(2);
    let act = starts.filter_map(|name| {
        let (duty, len) = duties.acts.start(&item[name..])?;
        let before = &item[..name];
        // 各盟市行政公署、人民政府落实责任
        let whole = !lexicon.names.classes.ends.contains(before)
            && !lexicon.cues.agencies.local_governments.contains(before);
        let named = whole && (ends_as_body(names, before) || is_class(names, before));
        // 省委加强党的建设领导小组办公室
        let inside =
            || duties.weak_acts.contains(&item[name..name + len]) && ends_as_body(names, item);
        let duty = role_of_task(duties, duty, &item[name + len..]);
        (named && !inside()).then_some(Act { duty, name, rest: name + len })
    });
    act.take(1).find(|act| {
        let task = &item[act.rest..];
        let other = is_person(lexicon, task)
            || is_attribute(lexicon, task)
            || lexicon.cues.duties.interpreting.occur_in(task);
        !task.is_empty() && !other
    })
}

/// Returns the role of a verb with its task: 按职责做好配合工作 and 给予支持 support.
fn role_of_task(duties: &DutyWords, duty: DutyRole, mut task: &str) -> DutyRole {
    if duty != DutyRole::Responsible {
        return duty;
    }
    while let Some((duty, len)) = duties.acts.start(task) {
        if duty == DutyRole::Support {
            return duty;
        }
        task = &task[len..];
    }
    let whole = duties.verbs.support.contains(task);
    if whole { DutyRole::Support } else { duty }
}

/// Returns true for an item that is a remark if it is alone in its bracket: 市财政局安排资金支持.
pub(super) fn is_remark_alone(names: &Names, item: &str) -> bool {
    let act = act_in(names, item);
    act.is_some_and(|act| names.text.lexicon.duties.weak_acts.contains(&item[act.name..act.rest]))
}

/// Returns the duty of a label at the start of `words` that is the subject of a sentence, and the
/// length of the label with its verb: 牵头单位为.
pub(super) fn label_of_sentence(text: &ScannedText, words: &str) -> Option<(DutyRole, usize)> {
    let at = words.find(['为', '是'])?;
    let (duty, len) = text.lexicon.duties.labels.end(&words[..at])?;
    (len == at).then_some((duty, at + '为'.len_utf8()))
}
