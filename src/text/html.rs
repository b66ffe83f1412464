//! The text of a document in an HTML page.

mod block;
mod lines;
mod tables;

use super::Source;
use super::pieces::Pieces;
use lines::{Fact, Line, Page};
use std::ops::Range;
use tables::data_tables;

/// Extracts the main text of an HTML page.
///
/// * `page`: source of the page; use [`decode`](crate::decode) for bytes.
/// * Returns the text, one paragraph a line, with tabs between the cells of a table. Its
///   [`Origin`](crate::Origin) maps each word to the bytes of the page.
///
/// The main text is the content of the smallest element with three quarters of the page's prose,
/// from the line that repeats the page's title, or from its `<h1>`. Prose is running text outside
/// links. Scripts, navigation, hidden elements and lines that are mostly links are dropped, except
/// the names of attached files. What the page states about the document comes first:
///
/// * the date of publication (发布日期) of `<meta name="PubDate">` and the provider (来源) of `<meta
///   name="ContentSource">`;
/// * the block of labels and values above the title (索引号, 发文机关, 成文日期 …), by the labels of the
///   built-in vocabulary. A page is parsed without a lexicon: labels that a caller adds to
///   [`Vocabulary::Layout`](crate::Vocabulary::Layout) are read where the main text has them, and
///   keep no line of the page;
/// * the title, if no line repeats it.
///
/// Never fails. O(n).
///
/// ```
/// use policygraph::{Lexicon, html, read};
///
/// let page = "<title>关于支持园区发展的若干措施_某某县人民政府</title>
/// <ul><li><a href='/'>首页</a><li><a href='/zw'>政务公开</a></ul>
/// <h1>关于支持园区发展的若干措施</h1>
/// <div class=content><p><b>一、</b>简化审批。&nbsp;审批时限压缩至&#51;0个工作日，<br>一窗受理。</p></div>";
/// let record = read(Lexicon::builtin(), "page", html(page));
///
/// assert_eq!(record.title.unwrap().value, "关于支持园区发展的若干措施");
/// let target = &record.measures[0].provision.targets[0];
/// assert_eq!(target.span.slice(&record.text), "审批时限压缩至30个工作日");
/// let place = record.origin.place(target.span).bytes().unwrap();
/// assert_eq!(place.slice(page), "审批时限压缩至&#51;0个工作日");
/// ```
pub fn html(page: impl Into<Source>) -> Source {
    let Source { text, origin, left_out } = page.into().within(Source::MAX_LEN);
    main_text(&Page::new(&text)).finish(origin, left_out)
}

fn main_text<'s>(page: &Page<'s>) -> Pieces<'s> {
    let main = page.main();
    let prose = first_prose(page, &main);
    let titles = titles(page, prose);
    let mut block = block::block(page, prose, &titles);
    let title = title(page, prose, &titles, &block);
    let kept = title.unwrap_or(main.start)..main.end;
    block.retain(|&at| at < kept.start);

    let mut text = Pieces::new(page.source, page.words.text.len());
    for (label, fact) in [("发布日期：", &page.published), ("来源：", &page.provider)] {
        if let Some(fact) = fact {
            text.push(label, fact.name.clone());
            state(&mut text, fact);
        }
    }
    copy(page, &mut text, &block);
    if !block.is_empty() {
        text.separate("\n");
    }
    if let (Some(name), None) = (&page.title, title) {
        state(&mut text, name);
    }
    let is_text = |at: &usize| {
        let line = &page.lines[*at];
        !line.is_furniture() || block::is_attachment(page, line)
    };
    let mut lines: Vec<usize> = kept.filter(is_text).collect();
    lines.extend(block::attachments_after(page, main.end));
    copy(page, &mut text, &lines);
    text
}

/// Appends lines of a page, with tabs between the cells of a row.
fn copy(page: &Page, text: &mut Pieces, lines: &[usize]) {
    let tables = data_tables(page);
    let mut tables = tables.iter().peekable();
    let mut spare = page.source.len();
    let mut before = None;
    let mut next = 0;
    while let Some(&at) = lines.get(next) {
        if let Some(before) = before {
            let row = page.lines[before + 1..=at].iter().all(|line| line.cell);
            text.separate(if row { "\t" } else { "\n" });
        }
        while tables.next_if(|table| table.lines.end <= at).is_some() {}
        let len = match tables.peek().filter(|table| table.lines.start <= at) {
            Some(table) => {
                let len = lines[next..].partition_point(|&line| line < table.lines.end);
                table.copy(page, text, &lines[next..next + len], &mut spare);
                len
            }
            None => {
                text.copy(&page.words, page.lines[at].words.clone());
                1
            }
        };
        next += len;
        before = Some(lines[next - 1]);
    }
}

fn state(text: &mut Pieces, fact: &Fact) {
    text.push(&fact.words, fact.place.clone());
    text.separate("\n");
}

/// Returns the lines before `prose` that repeat the page's title, ascending.
fn titles(page: &Page, prose: usize) -> Vec<usize> {
    let name = page.title.as_ref().map(|title| solid(&title.words));
    let named = |line: &Line| {
        let name = name.as_ref().filter(|_| !line.is_furniture());
        name.is_some_and(|name| repeats(page.text(line), name))
    };
    (0..prose).filter(|&at| named(&page.lines[at])).collect()
}

/// Returns the first of the `titles` outside the `block` of facts, else the first line of the last
/// `<h1>` before `prose`, else the first of the `titles` in the block: the name of a site is the value
/// of 发布机构 too.
fn title(page: &Page, prose: usize, titles: &[usize], block: &[usize]) -> Option<usize> {
    let outside = titles.iter().find(|at| block.binary_search(at).is_err()).copied();
    let heading = || {
        let last = page.lines[..prose].iter().rposition(|line| line.h1)?;
        let own = page.lines[..last].iter().rev().take_while(|line| line.h1);
        Some(last - own.count())
    };
    outside.or_else(heading).or(titles.first().copied())
}

/// Returns the index of the first line of prose in `main`.
fn first_prose(page: &Page, main: &Range<usize>) -> usize {
    main.start + page.lines[main.clone()].iter().take_while(|line| line.prose() == 0).count()
}

/// Returns true if a line is the title, a third or more of a title on several lines, or 标题: and
/// the title. `title` has no white space.
fn repeats(line: &str, title: &str) -> bool {
    /// Maximum length of a line with the blanks around it, in lengths of the title.
    const MAX_LINE: usize = 4;
    if line.len() > MAX_LINE * title.len() {
        return false;
    }
    let line = solid(line);
    line.ends_with(title) || (3 * line.len() >= title.len() && title.contains(&line))
}

/// Removes the white space.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// Compares the main text, and each character with its place in the page.
    #[track_caller]
    fn check(page: &str, text: &str) {
        let read = html(page);
        assert_eq!(read.text, text);
        for (at, c) in read.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let place = read.origin.bytes(Span::new(at, at + c.len_utf8())).slice(page);
            assert!(place == c.to_string() || place.starts_with('&'), "{c} is not {place}");
        }
    }

    #[test]
    fn tags_and_references() {
        check("为<b>鼓</b><i>励</i>创新", "为鼓励创新");
        check(
            "&#12288;&ldquo;甲&rdquo;&mdash;乙&nbsp;&amp;丙&nosuch;",
            "\u{3000}“甲”—乙\u{a0}&丙&nosuch;",
        );
        check("甲<!-- 乙 --><script>'</p>丙'</script><style>丁</style>戊", "甲戊");
        check("3 < 5 <3 & 7 > 2 <", "3 < 5 <3 & 7 > 2 <");
    }

    #[test]
    fn lines_of_the_page_not_of_its_source() {
        check("<p>加快\n   审批<p>优化\r\n<b>\n服务</b>\n</p>\n", "加快审批\n优化服务");
        check("甲<br>乙<div>丙<div>丁</div></div>戊 己\tAI\nOPC", "甲\n乙\n丙\n丁\n戊 己 AI OPC");
        check("<pre>甲\n乙</pre>", "甲\n乙");
    }

    #[test]
    fn cells_of_a_row_are_one_line() {
        check(
            "<table><tr><th>任务</th><th><p>单位</p></th></tr>\n<tr><td>甲<td></td><td>&nbsp;</td>\n<td><p>乙</p><p>丙</p></table>丁",
            "任务\t单位\t\t\n甲\t\t\t乙\u{2028}丙\n丁",
        );
        // A table with one row of cells lays out a page.
        check("<table><tr><td>甲<td><p>乙<p>丙</table>", "甲\t乙\n丙");
        check(
            "<table><tr><td>文号：<td>1<tr><td>日期：<td colspan=2>2</table>",
            "文号：\t1\n日期：\t2",
        );
    }

    #[test]
    fn a_merged_cell_is_repeated() {
        check(
            "<table><caption>表</caption><tr><th rowspan=2>序号<th rowspan=2>任务<th colspan=2>责任单位<tr><th>牵头<th>配合\
             <tr><td>1<td rowspan=2>绿化<td>甲局<td rowspan=0>乙局<tr><td>2<td>丙局<td><tr><td colspan=4>二、其他<tr><td>3<td>节水<td>丁局<td></table>完",
            "表\n序号\t任务\t责任单位\t责任单位\n序号\t任务\t牵头\t配合\n1\t绿化\t甲局\t乙局\n\
             2\t绿化\t丙局\t\n二、其他\n3\t节水\t丁局\t\n完",
        );
    }

    #[test]
    fn merged_cells_are_repeated_to_twice_the_page_at_most() {
        let word = "甲".repeat(100);
        let page = format!(
            "<table>{}</table>",
            format!("<tr><td rowspan=64 colspan=9>{word}<td>1").repeat(200)
        );
        let read = html(page.as_str());
        assert!(read.text.len() > page.len() && read.text.len() < 2 * page.len() + 200 * 64);
    }

    #[test]
    fn a_hidden_element_ends_at_its_end_tag() {
        check("<div style='Display : none'>甲<div>乙</div></div>丙", "丙");
        check("<div><p hidden>甲<p>乙</div><div><span hidden>丙</div>丁", "乙\n丁");
        check("<nav>甲</nav><select><option>乙</select><ul role=navigation><li>丙</ul>丁", "丁");
    }

    #[test]
    fn links_are_dropped_unless_inside_running_text() {
        check(
            "<a href=/>首页</a>&gt;<a href=/zw>政务</a><p>根据<a href=1>《药品管理法》</a>，制定本措施。<p>上一篇：<a href=2>关于监管的通知</a>",
            "根据《药品管理法》，制定本措施。",
        );
        // An open link ends with the element around it.
        check("<ul><li><a href=1>甲</ul><a name=2>乙", "乙");
    }

    #[test]
    fn the_element_with_the_prose_is_the_text() {
        let prose = "一、加快审批，推行并联审批。二、优化服务，实行即收即检。".repeat(4);
        let page = |head: &str, before: &str| {
            format!(
                "{head}<div>某某县人民政府，欢迎您</div><table><tr><td>{before}</td></tr><tr><td><div>{prose}</div></td></tr></table><div>版权所有，请勿转载</div>"
            )
        };
        check(&page("", "来源：本站"), &prose);
        let title = "关于审批服务的若干措施";
        check(
            &page("", &format!("<h1>{title}</h1>来源：本站")),
            &format!("{title}\n来源：本站\n{prose}"),
        );
        let named =
            format!("<title>{title}（2025-2027年）_政策文件-某某县人民政府门户网站</title>");
        check(&page(&named, ""), &format!("{title}（2025-2027年）\n{prose}"));
        let lines = "关于审批服务的<br>若干措施（2025-2027年）";
        check(&page(&named, lines), &format!("{}\n{prose}", lines.replace("<br>", "\n")));
        check(
            &page("", &format!("<h1>{lines}</h1>")),
            &format!("{}\n{prose}", lines.replace("<br>", "\n")),
        );
    }

    #[test]
    fn facts_of_the_head_come_before_the_text() {
        let page = "<meta content='2025-06-16 09:30' name=PubDate><meta name=ArticleTitle content='关于&#30417;管的通知'><p>各县：";
        let read = html(page);
        assert_eq!(read.text, "发布日期：2025-06-16 09:30\n关于监管的通知\n各县：");
        let place = |words: &str| {
            let at = read.text.find(words).unwrap();
            read.origin.bytes(Span::new(at, at + words.len())).slice(page)
        };
        assert_eq!(place("发布日期"), "PubDate");
        assert_eq!(place("2025-06-16"), "2025-06-16");
        assert_eq!(place("监管"), "关于&#30417;管的通知");
    }
}
