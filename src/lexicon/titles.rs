use super::Words;
use super::table::table;
use crate::text::suffix_start;

table! {
    /// Forms of titles: `titles.json`.
    TitleWords {
        /// Kinds of official papers (文种): 通知, 意见, 批复 ….
        papers: Words,
        /// Kinds of regulations: 条例, 办法 ….
        regulations: Words,
        /// Kinds of plans: 规划, 方案 ….
        plans: Words,
        /// Kinds of policies and guidance: 措施, 政策 ….
        guidance: Words,
        /// Ends of the titles of laws.
        laws: Words,
        /// Words that end like a title and are none: 做法, 来函.
        not_laws: Words,
        /// Ends that captions and clauses have as well: 标准, 清单 ….
        captions: Words,
        /// Verbs before the text that a title carries: 印发, 转发 ….
        carries: Words,
        /// Words before the text that an interpretation explains: 读懂.
        explains: Words,
        /// Words that open a sentence: 根据, 现将 ….
        sentences: Words,
        /// Words of a sentence that announces what follows: 制定以下.
        announcing: Words,
        /// Words that continue the title of the line before: 的通知.
        continues: Words,
        /// Words after the number of an order that print its issue: 公布.
        issued: Words,
        /// Words for the nation at the start of a title or a name: 国家.
        nation: Words,
        /// Labels before a title: 标题:.
        labels: Words,
        /// Ends of the names of web sites, after a title and a hyphen.
        sites: Words,
        /// Labels that a page prints before a title on its line: 原标题.
        page_labels: Words,
        /// Words that a page prints after a title on its line: 全文有效.
        page_tails: Words,
        /// Last characters of an agency code before a year without brackets.
        code_ends: Words,
    }
}

/// The form of words that can be a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TitleForm {
    /// Words that end as titles do: …的通知, …管理办法.
    Usual,
    /// Words that end as captions and clauses do as well: …清单, …标准.
    Caption,
}

impl TitleWords {
    /// Returns the form of a line, `None` for a sentence and for words that end in no form. A
    /// bracket after the form belongs to the title: …办法(试行).
    pub(crate) fn form(&self, line: &str) -> Option<TitleForm> {
        if self.is_sentence(line) { None } else { self.ending(line) }
    }

    /// Returns the form in which a line ends, also that of a sentence.
    pub(crate) fn ending(&self, line: &str) -> Option<TitleForm> {
        let bare = without_brackets(line);
        let named = self.carried_name(bare);
        let words = named.unwrap_or(bare).trim_end_matches(['”', '"']);
        if self.not_laws.end(words).is_some() {
            return None;
        }
        let usual = [&self.papers, &self.regulations, &self.plans, &self.guidance];
        if usual.iter().any(|list| list.end(words).is_some()) {
            return Some(TitleForm::Usual);
        }
        let captions = [&self.laws, &self.captions];
        captions.iter().any(|list| list.end(words).is_some()).then_some(TitleForm::Caption)
    }

    /// Returns true for words that open or announce as a sentence does: 根据…, …制定以下措施.
    pub(crate) fn is_sentence(&self, line: &str) -> bool {
        self.sentences.start(line).is_some() || self.announcing.occur_in(line)
    }

    /// Returns true for a line that is a title, alone or with a document number (…号) after it.
    pub(crate) fn fills(&self, line: &str) -> bool {
        /// Maximum length of the number in characters.
        const NUMBER: usize = 25;
        let numbered = || {
            let from = suffix_start(line, NUMBER);
            let mut starts = line[from..].char_indices().skip(1);
            starts.any(|(at, _)| self.form(&line[..from + at]).is_some())
        };
        self.form(line).is_some()
            || (line.ends_with(['号', ')']) && line.contains('号') && numbered())
    }

    /// Returns the name in the 《》 that ends `title` and that the title carries or explains:
    /// 印发《…方案》, 一图读懂《…办法》; also the name in 《》 that fills it.
    fn carried_name<'t>(&self, title: &'t str) -> Option<&'t str> {
        let inner = title.strip_suffix('》')?;
        let (before, name) = inner.split_once('《')?;
        let verb = before.trim_end_matches('了');
        let carried = self.carries.end(verb).or_else(|| self.explains.end(verb)).is_some();
        (carried || before.is_empty() && !name.contains('》')).then(|| without_brackets(name))
    }
}

/// Removes the brackets at the end of a title: (试行), (2025年版)(征求意见稿). A title without
/// other words is left as it is.
fn without_brackets(title: &str) -> &str {
    let mut bare = title;
    while let Some(inner) = bare.strip_suffix(')') {
        match inner.rfind('(') {
            Some(open) if open > 0 => bare = &bare[..open],
            _ => break,
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn titles_end_in_their_kind() {
        let form = |line| Lexicon::builtin().titles.form(line);
        for title in [
            "市教育局关于做好中小学招生工作的通知",
            "湖北省供水管理条例",
            "城市轨道交通运营服务规范(试行)",
            "农产品质量安全追溯管理办法(2025年修订)(征求意见稿)",
            "省水利厅印发《河湖长制工作方案(2025—2027年)》",
        ] {
            assert_eq!(form(title), Some(TitleForm::Usual), "{title}");
        }
        for caption in ["补助对象和标准", "随机抽查事项清单(2025年版)", "中华人民共和国铁路法"]
        {
            assert_eq!(form(caption), Some(TitleForm::Caption), "{caption}");
        }
        for other in [
            "根据省政府文件精神和本县实际制定的办法",
            "结合实际制定以下措施",
            "推广典型做法",
            "市教育局",
            "(试行)",
        ] {
            assert_eq!(form(other), None, "{other}");
        }
    }
}
