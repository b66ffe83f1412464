//! The block of facts that a page states above the title: labels with values, in a table or a list.

use super::lines::{Line, Page};
use once_cell::sync::Lazy;

/// Lists of the vocabulary `layout.json` that the reader of pages uses.
struct Lists {
    /// Labels of facts about the document.
    labels: Vec<String>,
    /// Beginnings of lines around the text.
    furniture: Vec<String>,
    file_endings: Vec<String>,
}

static LISTS: Lazy<Lists> = Lazy::new(|| {
    let json = include_str!("../../../data/lexicon/layout.json");
    let json: serde_json::Value = serde_json::from_str(json).expect("layout.json is JSON");
    let list = |name: &str| {
        let list = json[name].get("words").unwrap_or(&json[name]);
        let words = list.as_array().into_iter().flatten().filter_map(|word| word.as_str());
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    // Not 时间 and 来源: above a title they are of the site.
    const LABELS: [&str; 8] = [
        "issued_by",
        "numbered",
        "titled",
        "signed_on",
        "published_on",
        "effective_on",
        "expires_on",
        "stated",
    ];
    let labels = LABELS.into_iter().flat_map(list).collect();
    Lists { labels, furniture: list("furniture"), file_endings: list("file_endings") }
});

/// The beginning of a line that is a label.
enum Label {
    /// With its value on the line.
    Stated,
    /// With a colon or a bracket, and no value.
    Alone,
    /// Without any mark, as in a cell.
    Bare,
    /// With its value on the line, after a blank.
    Spaced,
}

/// Returns the lines of the block among the first `end` lines, ascending: those with a label, their
/// values, and at most four others in a row between two labels. `titles` are the lines that repeat
/// the page's title.
pub(super) fn block(page: &Page, end: usize, titles: &[usize]) -> Vec<usize> {
    /// Maximum number of lines between two labels of a block: labels that the vocabulary does not
    /// have, and values.
    const BETWEEN: usize = 4;
    let lines = &page.lines[..end];
    let mut block: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < end {
        let Some(label) = label(page, &lines[at]) else {
            at += 1;
            continue;
        };
        let next = lines.get(at + 1);
        let value =
            next.filter(|next| next.words.len() <= MAX_LINE && self::label(page, next).is_none());
        let valued = match label {
            Label::Stated | Label::Spaced => false,
            Label::Alone => value.is_some_and(|value| value.cell || !value.is_link()),
            // A word alone may be of a menu or a form. In a list of terms (<dl>) labels and values take
            // turns.
            Label::Bare => value.is_some_and(|value| {
                let after = lines.get(at + 2).and_then(|line| self::label(page, line));
                let follows = at > 0 && block.last() == Some(&(at - 1));
                value.cell || (!value.is_link() && (follows || after.is_some()))
            }),
        };
        // A line of text may begin with the word of a label.
        let alone = || {
            let label = |line: Option<&Line>| line.and_then(|line| self::label(page, line));
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            label(before).is_none() && label(next).is_none()
        };
        if match label {
            Label::Bare => !valued,
            Label::Spaced => alone(),
            Label::Stated | Label::Alone => false,
        } {
            at += 1;
            continue;
        }
        if let Some(&last) = block.last()
            && at - last <= BETWEEN + 1
            && titles[titles.partition_point(|&title| title <= last)..]
                .first()
                .is_none_or(|&title| title > at)
        {
            block.extend((last + 1..at).filter(|&at| !lines[at].is_furniture()));
        }
        block.push(at);
        block.extend(valued.then_some(at + 1));
        at += 1 + usize::from(valued);
    }
    block
}

/// Maximum length of a line of a block in bytes.
const MAX_LINE: usize = 600;

/// Returns the label that a line begins with.
fn label(page: &Page, line: &Line) -> Option<Label> {
    let text = page.text(line);
    if line.is_link() || text.len() > MAX_LINE {
        return None;
    }
    let words = super::solid(text);
    let open = words.trim_start_matches(['【', '[', '［', '·', '•', '■']);
    let labels = LISTS.labels.iter().filter_map(|label| open.strip_prefix(label.as_str()));
    let rest = labels.min_by_key(|rest| rest.len())?;
    let value = rest.strip_prefix(['：', ':', '】', ']', '］']);
    match value.map(|value| value.trim_start_matches(['：', ':'])) {
        Some("") => Some(Label::Alone),
        Some(_) => Some(Label::Stated),
        None if rest.is_empty() => Some(Label::Bare),
        None => {
            let (first, _) = text.trim_start().split_once([' ', '\u{a0}', '\u{3000}'])?;
            LISTS.labels.iter().any(|label| label == first).then_some(Label::Spaced)
        }
    }
}

/// Returns true for a line with the name of an attached file (附件).
pub(super) fn is_attachment(page: &Page, line: &Line) -> bool {
    let words = super::solid(page.text(line));
    let attached = |words: &str| words.contains("附件") || words.contains("下载");
    let other =
        LISTS.furniture.iter().any(|start| words.starts_with(start.as_str()) && !attached(start));
    (line.file || words.starts_with("附件")) && !other
}

/// Returns the lines with names of attached files that follow the text, which ends at `end`. A label
/// (附件:) or two may come before them.
pub(super) fn attachments_after(page: &Page, end: usize) -> Vec<usize> {
    /// Maximum number of other lines before each one.
    const OTHERS: usize = 2;
    let mut found = Vec::new();
    let mut next = end;
    while let Some(at) = (next..page.lines.len())
        .take(OTHERS + 1)
        .find(|&at| page.lines[at].file && is_attachment(page, &page.lines[at]))
    {
        found.push(at);
        next = at + 1;
    }
    found
}

/// Returns true for the address of a file that is no page: 1.docx, /down?file=1.pdf.
pub(super) fn is_file(address: &str) -> bool {
    let address = address.split('#').next().unwrap_or_default().to_ascii_lowercase();
    let path = address.split('?').next().unwrap_or_default();
    let is_file = |text: &str| LISTS.file_endings.iter().any(|end| text.ends_with(end.as_str()));
    is_file(path) || is_file(&address)
}
