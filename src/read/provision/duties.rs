//! Responsibility: (省药监局负责), (A牵头,B、C配合), （责任单位：A、B）.

use super::clauses::{Clause, closes_paragraph, pieces, unmarked};
use super::inline_duties::Charge;
use crate::lexicon::Said;
use crate::model::{Duty, Role};
use crate::read::context::Context;
use crate::read::interval_set::Cover;
use crate::read::naming::canonical::{JOINERS, Seat};
use crate::text::{Span, after_last, contains_any, occurrences, suffix_start};
use std::collections::HashSet;
use std::ops::Range;

/// What the responsibility clauses of a range say.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    pub duties: Vec<Duty>,
    /// The clauses, as ranges of the view.
    pub clauses: Vec<Range<usize>>,
    /// What stands in running text: 由A牵头,B协同.
    pub inline: Vec<Range<usize>>,
    known: HashSet<(String, Role)>,
}

impl Duties {
    /// Adds a duty that is not known yet.
    fn push(&mut self, agency: String, role: Role, span: Span) {
        if self.known.insert((agency.clone(), role)) {
            self.duties.push(Duty { agency, role, span });
        }
    }
}

/// A name in a clause; `agency` is `None` for a class of bodies.
struct Party {
    agency: Option<String>,
    range: Range<usize>,
    said: Option<Said>,
    /// What it says of itself: 省药监局(牵头).
    own: Option<Said>,
}

/// The parties of one group of clauses, while they are read.
#[derive(Default)]
struct Group {
    parties: Vec<Party>,
    /// What the last label says of the names behind it.
    label: Option<Said>,
    /// Behind a label that is not about duties: 完成时限:….
    aside: bool,
    /// Parties before this one have their verb.
    settled: usize,
    /// Whether anything is said of them at all.
    speaks: bool,
    /// 省药监局等: there are others.
    others: bool,
    /// Where a name without any region belongs.
    seat: Option<Seat>,
}

impl Group {
    /// A verb speaks for the names since the last one.
    fn settle(&mut self, said: Said) {
        for party in &mut self.parties[self.settled..] {
            party.said = Some(said);
        }
        self.speaks |= self.settled < self.parties.len();
        self.settled = self.parties.len();
    }
}

impl Context<'_> {
    /// True if the text says that the first agency of each list leads:
    /// 责任单位列第一位者为牵头单位, 排名第一的为牵头单位.
    pub fn says_first_leads(&self) -> bool {
        let marks = ['。', ',', ';', ':', '(', ')', '\n'];
        let text = self.view.text.as_str();
        occurrences(text, "牵头").any(|at| {
            /// No such phrase is longer, in characters.
            const LONGEST: usize = 30;
            let near = suffix_start(&text[..at], LONGEST);
            let start = near + after_last(&text[near..at], &marks);
            let after = text[at..].char_indices().take(LONGEST);
            let end = after.take_while(|(_, c)| !marks.contains(c)).last();
            self.ranks(&text[start..at + end.map_or(0, |(len, c)| len + c.len_utf8())])
        })
    }

    /// 列第一位者为牵头单位 says who leads without a name.
    fn ranks(&self, phrase: &str) -> bool {
        contains_any(phrase, &["牵头"])
            && self.lexicon.duties.first.iter().any(|first| phrase.contains(first.as_str()))
    }

    /// Reads the responsibility clauses of a range. O(n).
    pub fn duties(&self, range: &Range<usize>) -> Duties {
        let mut found = Duties::default();
        let mut group = Group::default();
        let mut end = None;
        for clause in self.clauses(range) {
            // (牵头单位:A)(配合单位:B) is one statement.
            let between = end.map(|end| self.text(end..clause.whole.start));
            if !between.is_some_and(|between| matches!(between, "" | "\n" | ";" | ",")) {
                self.assign(std::mem::take(&mut group), &mut found);
            }
            if self.parties(&clause, &mut group) {
                end = Some(clause.whole.end);
                found.clauses.push(clause.whole);
            }
        }
        self.assign(group, &mut found);
        let clauses: Cover = found.clauses.iter().cloned().collect();
        for Charge { agency, role } in self.charges(range, &clauses) {
            found.push(agency.name, role, self.span(agency.range.clone()));
            found.inline.push(agency.range);
        }
        found
    }

    /// Reads one clause into a group: names between list marks, with a label
    /// before them or a verb behind them. False if it says nothing of duties.
    fn parties(&self, clause: &Clause, group: &mut Group) -> bool {
        let known = group.parties.len();
        (group.speaks, group.label, group.aside) = (false, None, false);
        let items = pieces(self.text(clause.words.clone()));
        for item in &items {
            self.item(clause.words.start + item.start..clause.words.start + item.end, group);
        }
        // (市财政局、市科技局) says it where nothing else stands in the bracket.
        let names_all = || {
            items.len() == group.parties.len() - known
                && closes_paragraph(&self.view.text[clause.whole.end..])
        };
        let speaks = group.parties.len() > known && (group.speaks || names_all());
        if !speaks {
            group.parties.truncate(known);
        }
        group.settled = group.parties.len();
        speaks
    }

    /// Reads what stands between two list marks: a label, names, a verb.
    fn item(&self, mut item: Range<usize>, group: &mut Group) {
        let words = &self.lexicon.duties;
        if let Some(colon) = self.text(item.clone()).find(':') {
            let label = unmarked(self.text(item.start..item.start + colon));
            group.label = words.labels.end(label).map(|(said, _)| said);
            group.aside = group.label.is_none();
            group.settled = group.parties.len();
            item.start += colon + 1;
        }
        if group.aside || self.ranks(self.text(item.clone())) {
            return;
        }
        let verb = words.verbs.end(self.text(item.clone()));
        item.end -= verb.map_or(0, |(_, len)| len);
        let parties = group.parties.len();
        for (range, own) in self.names(&item, group.seat) {
            let name = self.text(range.clone());
            let agency = self.resolve(name, Some(group.seat.unwrap_or(self.own_seat())));
            if agency.is_none() && !self.is_class(name) && !self.ends_as_body(name) {
                continue;
            }
            group.seat = agency.as_deref().and_then(|name| self.seat_of(name)).or(group.seat);
            group.parties.push(Party { agency, range, said: group.label, own });
        }
        if group.parties.len() > parties {
            group.speaks |= group.label.is_some();
            group.others |= OTHERS.iter().any(|word| self.text(item.clone()).ends_with(word));
        }
        if let Some((said, _)) = verb {
            group.settle(said);
        }
    }

    /// The names of an item, with what each says of itself: A会同B, A(牵头).
    /// 和 and 及 part names only where the whole is none: 发展和改革委员会 is one.
    fn names(&self, item: &Range<usize>, seat: Option<Seat>) -> Vec<(Range<usize>, Option<Said>)> {
        let seat = Some(seat.unwrap_or(self.own_seat()));
        let item = trimmed(self.text(item.clone()), item.start);
        let text = self.text(item.clone());
        let is_name = |range: &Range<usize>| {
            let name = self.text(range.clone());
            self.is_class(name) || self.ends_as_body(name) && self.known(name, seat).is_some()
        };
        let whole = || vec![(item.clone(), self.own_part(text))];
        if item.is_empty() {
            return Vec::new();
        }
        if let Some(glued) = self.glued(&item) {
            return glued.into_iter().map(|part| (part, None)).collect();
        }
        if is_name(&item) {
            return whole();
        }
        let joined = split(text, &JOINERS).into_iter();
        let joined = joined.map(|part| item.start + part.start..item.start + part.end).collect();
        let mut parts = [joined, self.split_at_gaps(&item)].into_iter();
        let Some(parts) = parts.find(|parts: &Vec<_>| parts.iter().all(is_name)) else {
            return whole();
        };
        let with = |part: &Range<usize>| self.view.text[part.end..item.end].starts_with("会同");
        let lead = |part: &Range<usize>| with(part).then_some(Said::Lead);
        parts.into_iter().map(|part| (part.clone(), lead(&part))).collect()
    }

    /// The names that an item is made of if the marks between them are gone:
    /// 省药监局省卫生健康委.
    fn glued(&self, item: &Range<usize>) -> Option<Vec<Range<usize>>> {
        /// Bytes of two names.
        const TWO: usize = 24;
        if item.len() < TWO {
            return None;
        }
        let names: Vec<_> = self.agencies(item).into_iter().map(|m| m.range).collect();
        let (first, last) = (names.first()?, names.last()?);
        let whole = first.start == item.start && last.end == item.end;
        let joined = names.is_sorted_by(|a, b| a.end == b.start);
        (names.len() > 1 && whole && joined).then_some(names)
    }

    /// 省药监局(牵头), 省药监局(配合单位).
    fn own_part(&self, name: &str) -> Option<Said> {
        let note = &name[name.find('(')? + 1..].trim_end_matches(')');
        let words = &self.lexicon.duties;
        let said = words.verbs.end(note).or_else(|| words.labels.end(note));
        said.filter(|&(_, len)| len == note.len()).map(|(said, _)| said)
    }

    /// Parts a range where white space was taken out of it.
    fn split_at_gaps(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        while let Some(gap) = self.view.first_gap(start, range.end) {
            parts.push(start..gap);
            start = gap;
        }
        parts.push(start..range.end);
        parts
    }

    /// Gives each party of a group its role.
    fn assign(&self, group: Group, found: &mut Duties) {
        let said = |party: &Party| party.own.or(party.said);
        let parties = group.parties;
        let leads = parties.iter().any(|party| said(party) == Some(Said::Lead));
        let responsible =
            parties.iter().filter(|p| matches!(said(p), Some(Said::Responsible) | None)).count();
        let alone = responsible < 2 && !group.others;
        let mut first = true;
        for party in parties {
            let role = match said(&party) {
                Some(Said::Lead) => Role::Lead,
                Some(Said::Support) => Role::Support,
                _ if leads => Role::Support,
                _ if alone => Role::Sole,
                _ if !self.first_leads => Role::Joint,
                _ if first => Role::Lead,
                _ => Role::Support,
            };
            first = false;
            let Some(agency) = party.agency else { continue };
            found.push(agency, role, self.span(party.range));
        }
    }
}

/// The non-empty pieces of `text` between words.
fn split(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let word = words.iter().find(|word| text[at..].starts_with(**word));
        match word {
            Some(word) => {
                pieces.push(start..at);
                at += word.len();
                start = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(start..text.len());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// 省药监局等, 省药监局等部门: those named are not all.
const OTHERS: [&str; 5] = ["等有关部门", "等相关部门", "等部门", "等单位", "等"];

/// A piece that begins at `start`, without the words around a name: 由…, …等部门.
fn trimmed(text: &str, start: usize) -> Range<usize> {
    const BEFORE: [&str; 6] = ["由", "等", "会同", "以及", "并", "*"];
    let name = text.trim_end_matches('*');
    let name = OTHERS.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    let mut words = name;
    while let Some(rest) = BEFORE.iter().find_map(|word| words.strip_prefix(word)) {
        words = rest;
    }
    start + name.len() - words.len()..start + name.len()
}

#[cfg(test)]
mod tests {
    use crate::{Lexicon, Role, read};

    /// What a measure of a document of `issuer` that ends in `clause` says, as
    /// 牵头 L, 配合 S, joint J, alone 1.
    fn duties(issuer: &str, clause: &str) -> String {
        let text = format!("{issuer}关于优化服务的若干措施\n一、加强监管。健全机制。{clause}\n");
        let record = read(Lexicon::builtin(), "case", text);
        let duties = record.measures[0].provision.responsible.iter();
        let role = |role| match role {
            Role::Sole => '1',
            Role::Lead => 'L',
            Role::Joint => 'J',
            Role::Support => 'S',
        };
        duties.map(|d| format!("{}{}", role(d.role), d.agency)).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(issuer: &str, cases: &[(&str, &str)]) {
        for (clause, expected) in cases {
            assert_eq!(duties(issuer, clause), *expected, "{clause}");
        }
    }

    #[test]
    fn labels_and_verbs_give_roles() {
        check(
            "江西省人民政府",
            &[
                ("(省教育厅负责)", "1江西省教育厅"),
                ("(由省教育厅、省财政厅按职责分工负责)", "J江西省教育厅 J江西省财政厅"),
                (
                    "(省教育厅牵头,省财政厅、省审计厅配合)",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("(省教育厅、省财政厅牵头)", "L江西省教育厅 L江西省财政厅"),
                ("(省教育厅牵头、省财政厅配合)", "L江西省教育厅 S江西省财政厅"),
                ("(省教育厅会同省财政厅负责)", "L江西省教育厅 S江西省财政厅"),
                (
                    "（牵头单位：省教育厅；责任单位：省财政厅、省审计厅）",
                    "L江西省教育厅 S江西省财政厅 S江西省审计厅",
                ),
                ("（责任单位：省教育厅（牵头）、省财政厅）", "L江西省教育厅 S江西省财政厅"),
                ("【责任单位：省教育厅；完成时限：2025年12月】", "1江西省教育厅"),
                ("（责任部门：省教育厅，各设区市人民政府）", "J江西省教育厅"),
                ("[责任单位:省教育厅等]", "J江西省教育厅"),
                ("（省教育厅、省财政厅）", "J江西省教育厅 J江西省财政厅"),
            ],
        );
    }

    #[test]
    fn a_label_opens_a_sentence_or_a_line() {
        check(
            "江西省人民政府",
            &[
                ("责任单位：省教育厅、省财政厅", "J江西省教育厅 J江西省财政厅"),
                ("\n牵头单位：省教育厅\n配合单位：省财政厅", "L江西省教育厅 S江西省财政厅"),
                ("\n**责任单位**：省教育厅", "1江西省教育厅"),
                ("【牵头单位：省教育厅】【配合单位：省财政厅】", "L江西省教育厅 S江西省财政厅"),
                (
                    "(省教育厅负责)\n2.健全制度。(省教育厅、省财政厅负责)",
                    "1江西省教育厅 J江西省教育厅 J江西省财政厅",
                ),
            ],
        );
    }

    #[test]
    fn other_brackets_charge_nobody() {
        for clause in [
            "(以下简称省局)。",
            "(省教育厅负责人)。",
            "（详见附件：责任清单）",
            "(责任单位:有关部门)",
        ] {
            assert_eq!(duties("江西省人民政府", clause), "", "{clause}");
        }
    }

    #[test]
    fn the_first_leads_where_the_text_says_so() {
        for said in [
            "列第一位者为牵头单位",
            "责任单位列首位的为牵头单位，下同",
            "排名第一的为牵头单位",
            "牵头单位排在第一位",
        ] {
            let clause = format!("（责任单位：省教育厅、省财政厅，{said}）");
            let expected = "L江西省教育厅 S江西省财政厅";
            assert_eq!(duties("江西省人民政府", &clause), expected, "{said}");
        }
    }

    #[test]
    fn names_are_read_where_they_stand() {
        check(
            "宁波市人民政府",
            &[
                ("(市发展改革委（市能源局）负责)", "1宁波市发展和改革委员会"),
                ("(省教育厅、财政厅负责)", "J浙江省教育厅 J浙江省财政厅"),
                (
                    "(市委宣传部、网信办负责)",
                    "J中共宁波市委宣传部 J中共宁波市委网络安全和信息化委员会办公室",
                ),
                ("(团市委负责)", "1共青团宁波市委员会"),
                ("(宁波金融监管局负责)", "1国家金融监督管理总局宁波监管局"),
                ("(人民银行宁波市分行负责)", "1中国人民银行宁波市分行"),
                ("(市公安局交警支队负责)", "1宁波市公安局交警支队"),
                ("(市轨道办负责)", "1宁波市轨道办"),
                ("(国网宁波供电公司负责)", "1国网宁波供电公司"),
                ("(高新区管委会负责)", "1宁波市高新区管理委员会"),
                ("(镇海区财政局、教育局负责)", "J宁波市镇海区财政局 J宁波市镇海区教育局"),
            ],
        );
        check(
            "国家发展和改革委员会",
            &[(
                "(国家发展改革委、卫生健康委、财政部负责)",
                "J国家发展和改革委员会 J国家卫生健康委员会 J财政部",
            )],
        );
        check("广州市海珠区人民政府", &[("(华洲街道负责)", "1广州市海珠区华洲街道办事处")]);
    }

    #[test]
    fn a_short_name_that_the_text_defines() {
        let clause = "江西省药品监督管理局(以下简称省局)统筹。(省局、省局审评中心负责)";
        let expected = "J江西省药品监督管理局 J江西省药品监督管理局审评中心";
        assert_eq!(duties("江西省人民政府", clause), expected);
    }

    #[test]
    fn running_text_charges_too() {
        check(
            "江西省人民政府",
            &[
                ("由省教育厅负责实施。", "1江西省教育厅"),
                ("由省教育厅会同省财政厅负责。", "L江西省教育厅 S江西省财政厅"),
                (
                    "由省教育厅、省财政厅牵头,省审计厅、省统计局配合。",
                    "L江西省教育厅 L江西省财政厅 S江西省审计厅 S江西省统计局",
                ),
                ("加强与省教育厅负责同志沟通。", ""),
            ],
        );
    }
}
