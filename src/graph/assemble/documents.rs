//! Facts of documents become edges.

use super::Assembly;
use crate::correspond::above_threshold;
use crate::graph::GraphNote;
use crate::graph::edges::ProvisionPairs;
use crate::graph::ids::{
    AgencyId, ArticleId, DeadlineId, DocId, Id, MeasureId, PolicyId, SectionId, TargetId,
};
use crate::graph::policies::resolution;
use crate::graph::proof::{Evidence, Method, Proof, Resolution};
use crate::graph::provider::{Provider, ProviderId};
use crate::graph::tables::{FactRow, Tables};
use crate::model::{Citation, Dates, Measure, Provision, Record, Rule};
use crate::text::Span;
use indexmap::IndexSet;
use std::ops::Range;

impl Assembly<'_> {
    /// Adds every document, in order: copied or processed.
    pub(super) fn documents(&mut self) {
        let kept: Vec<_> = self.carry_over.documents.kept.iter().cloned().collect();
        let mut next = 0;
        for range in kept {
            self.process(next..range.new);
            self.keep_facts(&range.old);
            next = range.new + range.old.len();
        }
        self.process(next..self.tables.documents.len());
        self.carry_over.targets.ids =
            self.carry_over.targets.kept.renumbering(self.old.tables.targets.len());
        self.carry_over.deadlines.ids =
            self.carry_over.deadlines.kept.renumbering(self.old.tables.deadlines.len());

        let documents = &self.carry_over.documents.kept;
        let kept = self.old.notes.iter().filter_map(|note| {
            Some(GraphNote { document: documents.find(note.document)?, ..note.clone() })
        });
        self.notes.extend(kept);
        self.notes.sort_by_key(|note| note.document); // stable
    }

    /// Copies the rows of the targets and deadlines of kept documents.
    fn keep_facts(&mut self, documents: &Range<usize>) {
        let tables = &self.old.tables;
        let targets = tables.facts_of(&tables.targets, documents);
        self.carry_over.targets.kept.push(targets.clone(), self.tables.targets.len());
        let deadlines = tables.facts_of(&tables.deadlines, documents);
        self.carry_over.deadlines.kept.push(deadlines.clone(), self.tables.deadlines.len());

        let (documents, measures) = (&self.carry_over.documents.ids, &self.carry_over.measures.ids);
        let sections = &self.carry_over.sections.ids;
        let moved = |row: &FactRow| FactRow {
            provider: match row.provider {
                ProviderId::Measure(id) => ProviderId::Measure(measures.at(id)),
                ProviderId::Section(id) => ProviderId::Section(sections.at(id)),
                ProviderId::Document(id) => ProviderId::Document(documents.at(id)),
            },
            ..*row
        };
        self.tables.targets.extend(tables.targets[targets].iter().map(moved));
        self.tables.deadlines.extend(tables.deadlines[deadlines].iter().map(moved));
    }

    fn process(&mut self, documents: Range<usize>) {
        for document in documents.map(DocId::from_index) {
            let record = self.tables.documents[document.index()].clone();
            self.document(document, &record);
        }
    }

    /// Adds the facts of a document.
    fn document(&mut self, document: DocId, record: &Record) {
        let proof = |span, rule| Proof::Text(Evidence { document, span, rule });
        for region in &record.region {
            let region = self.names.regions.intern(region);
            self.edges.document.speaks_for.push(document, region, Proof::Vocabulary);
        }
        for issuer in &record.issuers {
            let agency = self.names.agencies.intern(&issuer.value);
            self.edges.document.issued_by.push(document, agency, proof(issuer.span, issuer.rule));
        }
        for addressee in &record.addressees {
            // 各市市场监督管理局 is a class of agencies, not a node.
            if self.lexicon.agency(&addressee.value).is_some() {
                let agency = self.names.agencies.intern(&addressee.value);
                let proof = proof(addressee.span, addressee.rule);
                self.edges.document.addressed_to.push(document, agency, proof);
            }
        }
        let mut implemented = IndexSet::new();
        for citation in &record.implements {
            let (policy, how, proof) = self.cited(document, citation);
            self.edges.document.implements.push_labelled(document, policy, how, proof);
            if implemented.insert(policy) {
                self.check_dates(document, &record.dates, policy, citation.span);
            }
        }
        for citation in &record.repeals {
            let (policy, how, proof) = self.cited(document, citation);
            self.edges.document.repeals.push_labelled(document, policy, how, proof);
        }
        if let Some(body) = &record.body {
            let mut edges = std::mem::take(&mut self.edges.document_provisions);
            self.provision(&mut edges, document, body);
            self.edges.document_provisions = edges;
        }
        self.parts(document, record, &implemented);
    }

    /// Adds the chapters and measures of a document, with their facts.
    fn parts(&mut self, document: DocId, record: &Record, implemented: &IndexSet<PolicyId>) {
        let printed = |span| Proof::Text(Evidence { document, span, rule: Rule::Ordinal });
        for (id, section) in self.tables.sections.of(document).zip(&record.sections) {
            self.edges.parts.document_section.push(document, id, printed(section.span));
            let mut edges = std::mem::take(&mut self.edges.section_provisions);
            self.provision(&mut edges, id, &section.provision);
            self.edges.section_provisions = edges;
        }
        for (id, measure) in self.tables.measures.of(document).zip(&record.measures) {
            let proof = printed(measure.title.as_ref().map_or(measure.span, |title| title.span));
            self.edges.parts.document_measure.push(document, id, proof);
            if let Some(section) = section_of(&self.tables, document, record, measure) {
                self.edges.parts.section_measure.push(section, id, proof);
            }
            let mut edges = std::mem::take(&mut self.edges.measure_provisions);
            self.provision(&mut edges, id, &measure.provision);
            self.edges.measure_provisions = edges;
            self.correspond(id, record, measure, implemented);
        }
    }

    /// Adds a note if a document is older than a policy that it implements.
    fn check_dates(&mut self, document: DocId, dates: &Dates, policy: PolicyId, span: Span) {
        let row = &self.tables.policies[policy.index()];
        let (Some(child), Some(parent)) = (dates.issued(), row.issued()) else { return };
        if child.value.last_day() < parent.first_day() {
            let message = format!(
                "dated {}, before {} ({parent}), which it implements: is a date misread?",
                child.value, row.title
            );
            self.notes.push(GraphNote { document, span, message });
        }
    }

    /// Adds the articles of the implemented policies to which a measure corresponds.
    fn correspond(
        &mut self,
        id: MeasureId,
        record: &Record,
        measure: &Measure,
        implemented: &IndexSet<PolicyId>,
    ) {
        let mut outlined = implemented.iter().filter_map(|policy| self.articles.get(policy));
        let Some(first) = outlined.next() else { return };
        let bag = self.extractor.measure(record, measure);
        for (articles, first) in [first].into_iter().chain(outlined) {
            let found = articles.corresponding(&bag);
            for candidate in above_threshold(&found) {
                let article = ArticleId::from_index(first + candidate.article);
                let proof = Proof::Derived { method: Method::Wording, score: candidate.score };
                self.edges.derived.corresponds_to.push(id, article, proof);
            }
        }
    }

    /// Adds the facts of a provision.
    fn provision<P: Provider>(
        &mut self,
        edges: &mut ProvisionPairs<P>,
        source: P,
        provision: &Provision,
    ) {
        let provider = source.provider_id();
        let document = self.tables.document_of(provider);
        let proof = |span, rule| Proof::Text(Evidence { document, span, rule });
        // Exhaustive: a new field does not compile until it has edges or is left out here.
        let Provision {
            responsible,
            agencies,
            cites,
            products,
            targets,
            deadlines,
            platforms,
            classes: _,
            modality: _,
        } = provision;
        let mut bodies: Vec<AgencyId> = Vec::with_capacity(responsible.len());
        for duty in responsible {
            let agency = self.names.agencies.intern(&duty.agency);
            bodies.push(agency);
            let proof = proof(duty.span, Rule::DutyClause);
            edges.responsible.push_labelled(source, agency, duty.role, proof);
        }
        for found in agencies {
            let agency = self.names.agencies.intern(&found.value);
            edges.mentions.push(source, agency, proof(found.span, found.rule));
        }
        for citation in cites {
            let (policy, how, proof) = self.cited(document, citation);
            edges.cites.push_labelled(source, policy, how, proof);
        }
        for found in products {
            let product = self.names.products.intern(&found.value);
            edges.covers.push(source, product, proof(found.span, found.rule));
        }
        let first_target = self.tables.targets.len();
        for (place, target) in (0..).zip(targets) {
            let id = TargetId::from_index(self.tables.targets.len());
            self.tables.targets.push(FactRow { provider, place });
            edges.commits_to.push(source, id, proof(target.span, Rule::Quantity));
        }
        for (place, deadline) in (0..).zip(deadlines) {
            let id = DeadlineId::from_index(self.tables.deadlines.len());
            self.tables.deadlines.push(FactRow { provider, place });
            let proof = proof(deadline.span, deadline.rule());
            edges.sets.push(source, id, proof);
            // A record made by hand can name duties and targets that do not exist.
            for &place in deadline.targets.iter().filter(|&&at| (at as usize) < targets.len()) {
                let target = TargetId::from_index(first_target + place as usize);
                self.edges.deadline.bound_targets.push(id, target, proof);
            }
            // An agency with two roles keeps one deadline.
            let agencies: IndexSet<AgencyId> =
                deadline.duties.iter().filter_map(|&at| bodies.get(at as usize).copied()).collect();
            for agency in agencies {
                self.edges.deadline.bound_agencies.push(id, agency, proof);
            }
        }
        for found in platforms {
            let platform = self.names.platforms.intern(&found.value);
            edges.uses.push(source, platform, proof(found.span, found.rule));
        }
    }

    /// Returns the policy of a citation, how it was resolved, and the proof.
    fn cited(&self, document: DocId, citation: &Citation) -> (PolicyId, Resolution, Proof) {
        let policy = self.policies.policy(citation);
        let row = &self.tables.policies[policy.index()];
        let how = resolution(self.tables.record(document), citation, row);
        let Citation { span, rule, .. } = *citation;
        (policy, how, Proof::Text(Evidence { document, span, rule }))
    }

    /// Adds the edges from policies to documents that contain their text.
    pub(super) fn texts(&mut self) {
        for &policy in &self.added {
            let number = &self.tables.policies[policy.index()].number;
            for key in self.policies.texts(policy) {
                let document = self.tables.document(key).expect("a head is of a document");
                let printed = &self.tables.record(document).number;
                let same_number = printed.as_ref().map(|found| &*found.value) == number.as_deref();
                let method = match number {
                    Some(_) if same_number => Method::SameNumber,
                    _ => Method::SameTitle,
                };
                let proof = Proof::Derived { method, score: 1.0 };
                self.edges.derived.text_in.push(policy, document, proof);
            }
        }
    }
}

/// Returns the chapter that contains a measure.
fn section_of(
    tables: &Tables,
    document: DocId,
    record: &Record,
    measure: &Measure,
) -> Option<SectionId> {
    tables.sections.at(document, record.chapter_of(measure)?)
}
