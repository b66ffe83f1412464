//! Texts made to hurt a reader: each is made as long as one likes.

/// `unit` again and again, in at most so many bytes.
pub fn filled(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// What repeats: the unit, and the text that is full of it.
pub fn repeated(bytes: usize) -> impl Iterator<Item = (String, String)> {
    UNITS.iter().map(move |unit| (unit.to_string(), filled(unit, bytes)))
}

/// What never repeats: one item, and the text of items in at least so many bytes.
pub fn counted(bytes: usize) -> impl Iterator<Item = (String, String)> {
    ITEMS.iter().map(move |item| {
        let mut text = "山西省药品监督管理局关于监管的通知\n一、做好工作。（".to_owned();
        let mut n = 0;
        while text.len() < bytes {
            n += 1;
            text += &item.replace('#', &n.to_string());
        }
        (item.to_string(), text + "负责）")
    })
}

/// # is the item's number.
const ITEMS: [&str; 7] = [
    "按照《第#号办法》，",
    "审批时限压缩至#个工作日，",
    "建设“#号监管平台”，",
    "山西省#局、",
    "山西省药监局（以下简称#局）、",
    "#.做好工作。\n",
    "第#条 做好工作。\n",
];

const UNITS: [&str; 64] = [
    // Marks, closed and not.
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
    // Names, and words that speak of the names beside them.
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
    // Instruments, figures, dates.
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
    // Heads and closing matter.
    "关于\n",
    "若干措施\n",
    "关于药品的通知\n",
    "附件：1.",
    "山西省药品监督管理局\n",
    "问：答：",
    "征集2025年1月1日，",
    // What is looked for behind a mark, or under a heading.
    "山西省",
    "《甲》(",
    ")本",
    "甲) ",
    "（一）甲\n1.乙。\n",
    // What has lost a mark, and line breaks inside of what is one.
    "(一甲",
    "一)甲",
    "二甲\n(一)",
    "(甲\n",
    "省药监局负责)",
    "(省药监局负责\n",
    "(省药监局省财政厅负责)",
    "1O",
];
