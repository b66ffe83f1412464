//! Growth patterns: texts of any length, made of a head, a repeated unit and a tail.
//!
//! [`known`] lists the patterns that once took more than linear time or memory, each with its
//! name. [`random`] draws others over the tokens that the reader knows, the same for the same
//! seed. [`growth`](crate::growth) compares the work on two lengths of a pattern.
//!
//! ```
//! use policygraph_testkit::patterns;
//!
//! let pattern = patterns::known().into_iter().find(|of| of.name == "distinct citations").unwrap();
//! let texts = pattern.texts(40);
//! assert_eq!(texts, ["一、按照《甲1号办法》，《甲2号办法》，做好工作。"]);
//! assert_eq!(patterns::random(7), patterns::random(7));
//! ```

use std::fmt;

use fastrand::Rng;
use policygraph::{Source, markdown};

/// A text of any length: a head, a unit as often as it fits, and a tail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The problem that the pattern shows, or its parts if it is random.
    pub name: String,
    /// The start of each text.
    pub head: String,
    /// The repeated part, not empty. `{n}` is its number, from 1, and `{c}` a pair of Chinese characters
    /// that no other unit has (up to 400 million units).
    pub unit: String,
    /// The end of each text.
    pub tail: String,
    /// The number of texts.
    pub layout: Layout,
    /// The format of each text.
    pub format: Format,
}

/// The documents of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One document with all units.
    OneDocument,
    /// A document for each unit.
    ManyDocuments,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML, which is read as plain text without the feature `html`.
    Html,
}

impl Pattern {
    /// Returns the texts: units until they have `bytes` bytes together, none for 0.
    pub fn texts(&self, bytes: usize) -> Vec<String> {
        let mut length = 0;
        let mut units = (1..).map(|n| self.unit_number(n)).take_while(|unit| {
            let begins = length < bytes;
            length += unit.len();
            begins
        });
        let Pattern { head, tail, .. } = self;
        match self.layout {
            Layout::OneDocument => vec![head.clone() + &units.collect::<String>() + tail],
            Layout::ManyDocuments => {
                units.by_ref().map(|unit| format!("{head}{unit}{tail}")).collect()
            }
        }
    }

    fn unit_number(&self, n: usize) -> String {
        let unit = self.unit.replace("{n}", &n.to_string());
        if unit.contains("{c}") { unit.replace("{c}", &distinct(n)) } else { unit }
    }

    /// Reads the format of one of its texts.
    pub fn source(&self, text: &str) -> Source {
        match self.format {
            Format::Markdown => markdown(text),
            #[cfg(feature = "html")]
            Format::Html => policygraph::html(text),
            _ => text.into(),
        }
    }
}

/// Prints the name, with line ends as `\n`.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name.replace('\n', "\\n"))
    }
}

/// Number of characters of the block “CJK Unified Ideographs” in Unicode 1.1.
const IDEOGRAPHS: usize = 20_902;

/// Returns the pair of characters of a unit.
fn distinct(n: usize) -> String {
    let character =
        |n: usize| char::from_u32(0x4E00 + (n % IDEOGRAPHS) as u32).expect("the block has no gaps");
    [character(n), character(n * 7919 + n / IDEOGRAPHS)].into_iter().collect()
}

/// Returns the patterns of `KNOWN`, in order.
pub fn known() -> Vec<Pattern> {
    let pattern = |&(name, head, unit, tail, layout, format): &Known| Pattern {
        name: name.to_owned(),
        head: head.to_owned(),
        unit: unit.to_owned(),
        tail: tail.to_owned(),
        layout,
        format,
    };
    KNOWN.iter().map(pattern).collect()
}

/// A row of `KNOWN`: name, head, unit, tail, layout, format.
type Known = (&'static str, &'static str, &'static str, &'static str, Layout, Format);

/// Patterns that took more than linear time or memory before they were mended, and those that rules
/// with a look at other lines could take more on.
const KNOWN: &[Known] = {
    use Format::{Html, Text};
    use Layout::{ManyDocuments, OneDocument};
    &[
        // Reading.
        ("numerals before a unit", "一、", "一零", "", OneDocument, Text),
        ("digits before 号", "国办发〔2024〕53号、", "1", "号", OneDocument, Text),
        ("numbers after a number", "国办发〔2024〕53号、", "{n}号、", "", OneDocument, Text),
        ("ordinals inside a line", "", "甲，1.", "", OneDocument, Text),
        ("ordinals after a heading", "一、", "甲，1.", "", OneDocument, Text),
        ("numbers after a heading", "一、", "的通知①甲", "", OneDocument, Text),
        ("shares in one clause", "", "5%", "", OneDocument, Text),
        ("ranges of bounds", "", "5万元以上10万元以下", "", OneDocument, Text),
        ("items of a list with figures", "建设", "基地2个、", "", OneDocument, Text),
        ("figures without marks between them", "建设", "区3个两个四个", "平台", OneDocument, Text),
        ("times without a figure", "", "每半年", "次", OneDocument, Text),
        ("adverbs before a figure", "", "均力争", "达到5个", OneDocument, Text),
        ("units after strokes", "5元", "/人", "", OneDocument, Text),
        ("lines of names", "", "|\n三", "", OneDocument, Text),
        ("years after a number", "财教〔2015〕1号", "、〔2019〕{n}号", "", OneDocument, Text),
        ("platforms after joiners", "一、", "和平台", "", OneDocument, Text),
        ("domains before a title", "一、执行", "行政许可、", "行政处罚法", OneDocument, Text),
        ("bodies before a tail", "一、", "国务院", "重点实验室", OneDocument, Text),
        ("platforms without a name", "", "平台", "", OneDocument, Text),
        ("titles after a cue", "为贯彻", "《甲{n}办法》", "", OneDocument, Text),
        ("distinct titles in a line", "", "《甲{n}关于乙的意见》、", "", OneDocument, Text),
        ("issuers above a date", "", "山西省{n}管理局\n", "2025年1月1日", OneDocument, Text),
        ("issuers and dates in a line", "", "甲省水利局 2025年1月1日 ", "", OneDocument, Text),
        ("issuers in a line", "", "山西省{n}管理局", "\n2025年1月1日", OneDocument, Text),
        ("names without a region above dates", "", "财政厅\n2025年1月1日\n", "", OneDocument, Text),
        (
            "labels and values",
            "",
            "发文机关：甲县水务局\n成文日期：2025年1月1日\n",
            "",
            OneDocument,
            Text,
        ),
        ("labels in a line", "", "索引号：{n} 发文机关：甲 ", "", OneDocument, Text),
        (
            "heads of documents",
            "",
            "甲县水务局关于做好{n}号工作的通知\n甲水〔2025〕{n}号\n各科室：\n为做好工作，制定本方案。为加强管理，现将有关事项通知如下。各单位要认真落实，加强领导，明确责任，按时完成各项任务，及时报送进展情况。\n",
            "",
            OneDocument,
            Text,
        ),
        (
            "pages of a print",
            "",
            "2026/3/4 10:22 甲_乙\n丙\nhttps://a.cn/1.htm {n}/2\n",
            "",
            OneDocument,
            Text,
        ),
        ("one title in a lead", "近日，", "《甲关于乙的意见》", "", OneDocument, Text),
        ("agencies and titles in a lead", "近日，", "山西省药监局、《甲》", "", OneDocument, Text),
        ("elements inside an ordinal", "", "1.<div>", "", OneDocument, Html),
        ("comments between items", "", "<p>1.甲</p><!-- -->", "", OneDocument, Html),
        ("a Latin word in table cells", "", "GMP|", "", OneDocument, Text),
        (
            "a defined name and short items",
            "省药监局（以下简称甲）\n",
            "1.甲\n",
            "",
            OneDocument,
            Text,
        ),
        (
            "a long name with a short one",
            "《甲深化药品医疗器械监管改革促进医药产业高质量发展深化药品医疗器械监管改革促进医药产业高质量发展深化药品医疗器械监管改革促进医药产业高质量发展深化药品医疗器械监管改革促进医药产业高质量发展深化药品医疗器械监管改革促进医药产业高质量发展意见》（以下简称《甲》）\n",
            "1.《甲》\n",
            "",
            OneDocument,
            Text,
        ),
        (
            "a long defined name and short items",
            "山西省药品医疗器械药品医疗器械药品医疗器械药品医疗器械管理局（以下简称甲）\n",
            "1.甲\n",
            "",
            OneDocument,
            Text,
        ),
        ("short items in a line", "", "）1.", "", OneDocument, Text),
        (
            "names of names above a title",
            "",
            "山西省省省局\n山西省省省局\n山西省省省局\n山西省省省局\n山西省省省局\n关于甲的意见\n",
            "",
            OneDocument,
            Text,
        ),
        (
            "colons in nested brackets",
            "一、",
            "(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:(:))))))))))))))))))))))))))))))))",
            "",
            OneDocument,
            Text,
        ),
        // Tables, labels, decimal numbers and documents one after another.
        (
            "rows of one number and task",
            "任务表\n序号\t任务\t责任单位\n",
            "1\t绿化\t{c}局\n",
            "",
            OneDocument,
            Text,
        ),
        ("rows of labels", "", "发文机关\t甲局\t文号\t甲发〔2024〕{n}号\n", "", OneDocument, Text),
        ("issuers of labels", "", "发布机构：山西省{n}管理局\n", "", OneDocument, Text),
        ("a label and lines of issuers", "发布机构：", "山西省{n}管理局、", "", OneDocument, Text),
        ("labels of a page", "", "<dt>发文机关<dd>甲", "", OneDocument, Html),
        ("lines of a heading", "", "<h1>甲<br>", "", OneDocument, Html),
        (
            "decimal numbers",
            "1 总则\n1.1 甲。\n1.2 乙。\n",
            "1.1.{n} 丙。\n",
            "",
            OneDocument,
            Text,
        ),
        ("a text that is printed again", "", "一、甲。\n二、乙。\n", "", OneDocument, Text),
        (
            "titles that differ by a character",
            "关于印发甲乙丙办法的通知\n各县：\n",
            "《关于甲乙丙办法》",
            "\n2024年1月1日\n关于甲丙办法\n一、丁。",
            OneDocument,
            Text,
        ),
        (
            "announcements one after another",
            "",
            "甲局公告\n2024年第{n}号\n关于乙的公告\n现将有关事项公告如下：\n一、丙。\n甲局\n2024年1月1日\n",
            "",
            OneDocument,
            Text,
        ),
        ("entries of a digest", "", "【{n}】近日，山西省药监局召开会议。", "", OneDocument, Text),
        // Deadlines.
        (
            "deadlines in a clause",
            "一、甲。责任单位：山西省药监局、",
            "2026年6月底前、",
            "",
            OneDocument,
            Text,
        ),
        (
            "deadlines before a clause",
            "一、",
            "2026年6月底前完成，",
            "（省药监局负责）",
            OneDocument,
            Text,
        ),
        ("units of time", "一、", "年月日季期", "", OneDocument, Text),
        ("aims before a date", "一、", "力争到", "2026年", OneDocument, Text),
        // Assembling, and the features of measures.
        (
            "chapters with one number",
            "",
            "一、甲乙\n（一）丙丁。\n（二）戊己。\n",
            "二、庚辛\n（一）壬癸。\n",
            OneDocument,
            Text,
        ),
        (
            "one title with many numbers and issuers",
            "",
            "山西省{n}局\n关于做好工作的通知\n一、落实《甲意见》（乙发〔2024〕{n}号）。\n山西省{n}局\n河北省{n}厅\n2025年1月1日\n",
            "",
            ManyDocuments,
            Text,
        ),
        // Fingerprints.
        ("opening title marks", "一、", "《甲", "", OneDocument, Text),
        ("distinct citations", "一、按照", "《甲{n}号办法》，", "做好工作。", OneDocument, Text),
        ("distinct platforms", "一、建设", "“甲{n}监管平台”，", "做好工作。", OneDocument, Text),
        // Near-duplicates: each measure differs from the others.
        ("distinct measures", "", "{n}.{c}。\n", "", OneDocument, Text),
        ("documents with distinct measures", "一、", "{c}。\n", "", ManyDocuments, Text),
    ]
};

/// Returns the random pattern of a seed.
///
/// The unit has one to four tokens, and in two of three patterns a running number or
/// characters of its own. Half of the heads begin a measure.
pub fn random(seed: u64) -> Pattern {
    let mut rng = Rng::with_seed(seed);
    let format = match rng.u8(..6) {
        0 => Format::Markdown,
        1 => Format::Html,
        _ => Format::Text,
    };
    let mut tokens = |least: usize, most: usize| -> String {
        let count = rng.usize(least..=most);
        let token = |_| {
            let of_format = match format {
                Format::Text => &[][..],
                Format::Markdown => MARKDOWN,
                Format::Html => HTML,
            };
            let at = rng.usize(..TOKENS.len() + 3 * of_format.len());
            *TOKENS.get(at).unwrap_or_else(|| &of_format[(at - TOKENS.len()) % of_format.len()])
        };
        (0..count).map(token).collect()
    };
    let (mut head, mut unit, tail) = (tokens(0, 4), tokens(1, 4), tokens(0, 3));
    if rng.bool() {
        head = format!("一、{head}");
    }
    match rng.u8(..3) {
        0 => unit += "{n}",
        1 => unit = format!("{{c}}{unit}"),
        _ => {}
    }
    let layout = if rng.u8(..4) == 0 { Layout::ManyDocuments } else { Layout::OneDocument };
    let name = format!("{head:?} {unit:?}… {tail:?} {format:?} {layout:?}");
    Pattern { name, head, unit, tail, layout, format }
}

/// Tokens of policy documents that the reader treats in a way of their own.
const TOKENS: &[&str] = &[
    // Numerals, ordinals and marks.
    "一",
    "零",
    "十",
    "1",
    "20",
    "２",
    "O",
    "%",
    "倍",
    "第",
    "条",
    "章",
    "一、",
    "（一）",
    "(二)",
    "1.",
    "①",
    "第一条",
    "第二章 ",
    "附件：",
    "附件1",
    "1.1 ",
    "\t",
    "发文机关",
    "成文日期：",
    "公告",
    "\n",
    "\n\n",
    " ",
    "\u{3000}",
    "、",
    "，",
    "。",
    "；",
    "：",
    ":",
    "《",
    "》",
    "〈",
    "〉",
    "〔",
    "〕",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "[",
    "]",
    "-",
    "—",
    // Numbers and dates.
    "号",
    "发〔2024〕5号",
    "国办发〔2024〕53号",
    "年",
    "月",
    "日",
    "2025年",
    "2025年6月4日",
    "自2025年6月4日起施行",
    "有效期5年",
    "同时废止",
    "近日，",
    "征求意见",
    // Names and the words around them.
    "省",
    "市",
    "县",
    "局",
    "委",
    "厅",
    "国",
    "山西省",
    "药监局",
    "省药监局",
    "山西省药品监督管理局",
    "国务院办公厅",
    "管理局",
    "人民政府",
    "牵头",
    "负责",
    "配合",
    "会同",
    "由",
    "等部门",
    "各市",
    "责任单位：",
    "以下简称",
    "（以下简称甲）",
    "关于",
    "的通知",
    "的意见",
    "若干措施",
    "办法",
    "印发",
    // Facts.
    "药品",
    "医疗器械",
    "GMP",
    "创新药",
    "平台",
    "监管平台",
    "机制",
    "制度",
    "根据",
    "按照",
    "依据",
    "《药品管理法》",
    "到2025年",
    "达到",
    "压缩至",
    "减为",
    "不少于",
    "个工作日",
    "万元",
    "每年",
    "应当",
    "不得",
    "可以",
    "鼓励",
    "推进",
    "加强",
    "甲",
    "乙",
];

/// Constructs of Markdown.
const MARKDOWN: &[&str] = &["|", "|---|", "\n|", "**", "\n# ", "\n- ", "`", "[", "](", "> ", "~~"];

/// Constructs of HTML.
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<td>",
    "<tr>",
    "<table>",
    "<br>",
    "<!-- -->",
    "<!--",
    "&nbsp;",
    "&lt;",
    "<a href=1>",
    "<h1>",
    "<script>",
    "<title>",
    "<",
    ">",
];
