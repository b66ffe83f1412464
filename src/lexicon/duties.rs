use super::Words;
use super::table::table;

/// The role that a label or a verb gives to the names beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DutyRole {
    Lead,
    Support,
    Responsible,
}

table! {
    /// Words of responsibility clauses: `duties.json`.
    DutyWords {
        /// Words before names: 责任单位:….
        labels: DutyRoleWords,
        /// Words after names: …按职责分工负责.
        verbs: DutyRoleWords,
        /// Verbs between a name and its task, which no name contains: 做好 of 市财政局做好保障.
        acts: DutyRoleWords,
        /// Those of `acts` that make no clause of a sentence alone, and that names can contain:
        /// 省委加强党的建设领导小组办公室.
        weak_acts: Words,
        /// Items of a clause that name nobody: 下同.
        remarks: Words,
        /// Words that, beside 牵头, make the first name the lead: 列首位的为牵头单位.
        first: Words,
    }
}

table! {
    /// Words by the role that they give.
    DutyRoleWords {
        lead: Words,
        support: Words,
        responsible: Words,
    }
}

impl DutyRoleWords {
    /// Returns the role and the length of the longest word that `text` ends with.
    pub(crate) fn end(&self, text: &str) -> Option<(DutyRole, usize)> {
        let ends = self.by_role().into_iter();
        let ends = ends.filter_map(|(role, words)| Some((role, words.end(text)?.len())));
        ends.max_by_key(|&(_, len)| len)
    }

    /// Returns the role and the length of the longest word that `text` starts with.
    pub(crate) fn start(&self, text: &str) -> Option<(DutyRole, usize)> {
        let starts = self.by_role().into_iter();
        let starts = starts.filter_map(|(role, words)| Some((role, words.start(text)?.len())));
        starts.max_by_key(|&(_, len)| len)
    }

    fn by_role(&self) -> [(DutyRole, &Words); 3] {
        [
            (DutyRole::Lead, &self.lead),
            (DutyRole::Support, &self.support),
            (DutyRole::Responsible, &self.responsible),
        ]
    }
}
