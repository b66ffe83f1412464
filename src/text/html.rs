//! The words of a document, out of the page around them.

mod lines;

use super::source::{Pieces, Source};
use lines::{Line, Page};
use std::ops::Range;

/// Takes the main text out of an HTML page.
///
/// * `page`: its source; see [`decode`](crate::decode) for bytes.
/// * Returns the text, a line a paragraph, cells of a table parted by tabs; its
///   [`Origin`](crate::Origin) knows the bytes of the page behind each word.
///
/// The main text is what the smallest element with three quarters of the page's
/// prose holds, from the line on that repeats the page's title or is its `<h1>`;
/// prose is running text that is no link. Scripts, navigation, what is hidden and lines that are
/// mostly links are no part of it. Two facts stand before it where a page states
/// them of itself: a title that no line repeats, and 发布日期 where there is a
/// `<meta name="PubDate">`. Any text is a page. O(n).
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
/// assert_eq!(target.span.slice(&record.text), "压缩至30个工作日");
/// assert_eq!(record.origin.place(target.span).slice(page), "压缩至&#51;0个工作日");
/// ```
pub fn html(page: impl Into<Source>) -> Source {
    let Source { text, origin } = page.into();
    main_text(&Page::new(&text)).finish(origin)
}

fn main_text(page: &Page) -> Pieces {
    let main = page.main();
    let title = title(page, first_prose(page, &main));

    let mut text = Pieces::new(page.words.text.len());
    for fact in page.facts.iter().filter(|fact| title.is_none() || !fact.is_title()) {
        text.push(fact.label, fact.name.clone());
        text.push(&fact.words, fact.place.clone());
        text.part("\n");
    }
    let kept = title.unwrap_or(main.start)..main.end;
    let mut before = None;
    for at in kept.filter(|&at| !page.lines[at].is_furniture()) {
        if let Some(before) = before {
            let row = page.lines[before + 1..=at].iter().all(|line| line.cell);
            text.part(if row { "\t" } else { "\n" });
        }
        text.copy(&page.words, page.lines[at].words.clone());
        before = Some(at);
    }
    text
}

/// The first line before `prose` that repeats what the page calls itself, else the
/// last that is its chief heading.
fn title(page: &Page, prose: usize) -> Option<usize> {
    let names: Vec<_> = page.facts.iter().filter(|fact| fact.is_title()).collect();
    let named = |line: &Line| {
        !line.is_furniture() && names.iter().any(|name| repeats(page.text(line), &name.words))
    };
    let opening = &page.lines[..prose];
    opening.iter().position(named).or_else(|| opening.iter().rposition(|line| line.h1))
}

/// Where the first line of prose in `main` stands.
fn first_prose(page: &Page, main: &Range<usize>) -> usize {
    main.start + page.lines[main.clone()].iter().take_while(|line| line.prose() == 0).count()
}

/// True if a line is the title, or the greater part of one that takes several
/// lines, or 标题: and the title.
fn repeats(line: &str, title: &str) -> bool {
    if line.len() > 4 * title.len() {
        return false;
    }
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (line, title) = (solid(line), solid(title));
    line.ends_with(&title) || (3 * line.len() >= title.len() && title.contains(&line))
}
