//! Adversarial inputs: texts of any length that are made to slow a reader down.
//!
//! A text is either one unit again and again ([`repeated`]: marks that are never
//! closed, names without context, headings without text) or a list of items that
//! all differ ([`numbered`]: short names, citations, platforms). [`markdown`]
//! and `html` hold the constructs of those two formats.
//!
//! Each function takes a length and returns the texts in a fixed order, so that
//! two lengths can be zipped to compare the cost of reading:
//!
//! ```
//! use policygraph::{Lexicon, read};
//! use policygraph_testkit::adversarial;
//!
//! for input in adversarial::repeated(2_000).chain(adversarial::numbered(2_000)) {
//!     let record = read(Lexicon::builtin(), "adversarial", input.text.as_str());
//!     assert_eq!(record.text, input.text, "{}", input.name);
//! }
//! ```

use std::iter;

/// One adversarial text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The unit or item that the text consists of, as printed.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Returns `unit` repeated, at most `bytes` long.
///
/// ```
/// assert_eq!(policygraph_testkit::adversarial::filled("（一）", 20), "（一）（一）");
/// ```
pub fn filled(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// Returns a text for each of 64 units, the unit repeated up to `bytes`.
///
/// ```
/// use policygraph_testkit::adversarial;
/// let input = adversarial::repeated(1_000).next().unwrap();
/// assert_eq!(input.name, "（一）\n");
/// assert!(input.text.len() <= 1_000);
/// ```
pub fn repeated(bytes: usize) -> impl Iterator<Item = Input> {
    UNITS.iter().map(move |unit| Input { name: (*unit).to_owned(), text: filled(unit, bytes) })
}

/// Returns a text for each of seven items. The item is repeated with a running
/// number, so that no two names are alike, until the text has `bytes` bytes.
///
/// ```
/// use policygraph_testkit::adversarial;
/// let input = adversarial::numbered(1_000).next().unwrap();
/// assert!(input.text.contains("《第1号办法》，按照《第2号办法》"));
/// assert!(input.text.len() >= 1_000);
/// ```
pub fn numbered(bytes: usize) -> impl Iterator<Item = Input> {
    ITEMS.iter().map(move |item| {
        let mut text = "山西省药品监督管理局关于监管的通知\n一、做好工作。（".to_owned();
        let mut n = 0;
        while text.len() < bytes {
            n += 1;
            text += &item.replace('#', &n.to_string());
        }
        Input { name: (*item).to_owned(), text: text + "负责）" }
    })
}

/// Returns two Markdown texts for each of 17 constructs: the construct repeated
/// up to `bytes`, alone and as the cells of one table row.
///
/// ```
/// use policygraph_testkit::adversarial;
/// let inputs: Vec<_> = adversarial::markdown(100).collect();
/// assert_eq!(inputs[1].text, format!("|{}", inputs[0].text));
/// ```
pub fn markdown(bytes: usize) -> impl Iterator<Item = Input> {
    MARKDOWN.iter().flat_map(move |unit| {
        let row = Input { name: format!("|{unit}"), text: format!("|{}", filled(unit, bytes)) };
        iter::once(Input { name: (*unit).to_owned(), text: filled(unit, bytes) })
            .chain(iter::once(row))
    })
}

/// Returns two HTML texts for each of 29 constructs: the construct repeated up
/// to `bytes`, as content and inside of a tag.
///
/// ```
/// use policygraph_testkit::adversarial;
/// let inputs: Vec<_> = adversarial::html(100).collect();
/// assert!(inputs[0].text.starts_with("<div><div>"));
/// assert!(inputs[1].text.starts_with("<div <div><div>"));
/// ```
pub fn html(bytes: usize) -> impl Iterator<Item = Input> {
    HTML.iter().flat_map(move |unit| {
        let text = format!("<div {}>甲", filled(unit, bytes));
        let tag = Input { name: format!("<div {unit}"), text };
        iter::once(Input { name: (*unit).to_owned(), text: filled(unit, bytes) })
            .chain(iter::once(tag))
    })
}

/// Items of [`numbered`] texts; `#` is the item's number.
const ITEMS: [&str; 7] = [
    "按照《第#号办法》，",
    "审批时限压缩至#个工作日，",
    "建设“#号监管平台”，",
    "山西省#局、",
    "山西省药监局（以下简称#局）、",
    "#.做好工作。\n",
    "第#条 做好工作。\n",
];

/// Units of [`repeated`] texts.
const UNITS: [&str; 64] = [
    // Marks, closed and open.
    "（一）\n",
    "一、\n",
    "1.",
    "①",
    "第一条",
    "《",
    "》",
    "《》",
    "(",
    ")",
    "()",
    "[",
    "【】",
    "“",
    "“”",
    // Names, and words that give the names beside them a role.
    "省药监局",
    "省药监局、",
    "(省药监局负责)",
    "。(省药监局负责)",
    "牵头",
    "山西省药监局牵头",
    "省药监局等部门",
    "、等部门",
    "责任单位：省药监局\n",
    "责任单位：",
    "由省药监局会同",
    "由省药监局、负责",
    "省药监局（以下简称省局），",
    "（以下简称",
    "药品",
    "创新",
    "平台",
    "建立机制",
    "“监管平台”",
    // Instruments, numbers, dates.
    "《药品管理法》",
    "药监发〔2025〕1号",
    "根据《药品管理法》",
    "30%",
    "压缩至30个工作日，",
    "由58个工作日压缩为30个工作日",
    "每季度1次",
    "2025年5月1日",
    "自2025年5月1日起施行",
    "征求意见",
    // Document heads and endings.
    "关于\n",
    "若干措施\n",
    "关于药品的通知\n",
    "附件：1.",
    "山西省药品监督管理局\n",
    "问：答：",
    "征集2025年1月1日，",
    // Text that is searched for after a mark or under a heading.
    "山西省",
    "《甲》(",
    ")本",
    "甲) ",
    "（一）甲\n1.乙。\n",
    // Ordinals and clauses without one of their marks, or broken over two lines.
    "(一甲",
    "一)甲",
    "二甲\n(一)",
    "(甲\n",
    "省药监局负责)",
    "(省药监局负责\n",
    "(省药监局省财政厅负责)",
    "1O",
];

/// Constructs of [`markdown`] texts.
const MARKDOWN: [&str; 17] = [
    "**",
    "*",
    "_甲",
    "`",
    "[",
    "](",
    "![",
    "[甲](乙)",
    "|",
    "|甲",
    "\n|---|",
    "\\",
    "\n#",
    "> ",
    "\n- ",
    "__甲__",
    "~~",
];

/// Constructs of [`html`] texts.
const HTML: [&str; 29] = [
    "<div>",
    "<div>甲，",
    "</div>",
    "<div></p>",
    "<table><tr><td>",
    "<td>甲，",
    "<p>甲",
    "<p hidden>",
    "<div hidden>",
    "<nav>",
    "<script>",
    "<title>",
    "<a href=1>甲",
    "<h1>甲",
    "<!--",
    "<![CDATA[",
    "<",
    "</",
    "<a ",
    " a=1",
    "&",
    "&amp",
    "&nbsp;",
    "&#x0;",
    "<pre>\n",
    "<meta name=PubDate content=2025-06-16>",
    "<meta name=ArticleTitle content=关于甲的通知><p>关于乙的通知",
    "<div>甲，</div>",
    "<b>甲</b> ",
];
