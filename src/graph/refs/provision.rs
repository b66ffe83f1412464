//! The methods of refs of provisions: of measures, of chapters, and of documents without measures.

use super::relations::{method, ref_of};
use super::{
    AgencyRef, DeadlineRef, DocumentRef, Hop, MeasureRef, PlatformRef, PolicyRef, ProductRef,
    SectionRef, TargetRef,
};
use crate::graph::edges::Relations;
use crate::graph::ids::{DocId, MeasureId, SectionId};
use crate::graph::proof::Evidence;
use crate::graph::provider::{Provider, sealed::HasProvision};
use crate::graph::schema::each_provision_relation;
use crate::model::{self, Modality, Role};

/// Generates the methods that follow each relation of a provision to its targets.
macro_rules! forward {
    ($id:ident, $ref:ident: $(
        $(#[$doc:meta])* $relation:ident => $target:ident, $to:ident: $form:ident;
    )*) => {
        impl<'g> $ref<'g> {
            $(method! {
                $form $(#[$doc])* $to ref_of!($target, 'g),
                |edges: &'g Relations| &$id::provisions(edges).$relation, edges_from, targets
            })*

            /// Agencies responsible for the provision (责任单位), in printed order, each with its
            /// role and the words that name it. An agency with two roles occurs twice.
            ///
            /// ```
            /// let graph = policygraph::builtin();
            /// let measure = graph.measure("sx-2025/11").unwrap();
            /// let printed = measure.responsible().map(|(.., evidence)| graph.quote(evidence));
            /// assert!(printed.eq(["省药监局", "省市场监管局"]));
            /// ```
            pub fn responsible(
                self,
            ) -> impl ExactSizeIterator<Item = (AgencyRef<'g>, Role, Evidence)> + Clone {
                let relation = &$id::provisions(self.graph.relations()).responsible;
                relation.edges_from(self.id).map(move |(agency, edge)| {
                    (self.graph.at(agency), relation.label(edge), self.graph.stated(edge))
                })
            }

            /// Classes of bodies responsible for the provision (各区人民政府), as printed, each with its
            /// role and the words that name it.
            ///
            /// ```
            /// let graph = policygraph::builtin();
            /// let measure = graph.measure("sx-2025/1").unwrap();
            /// assert_eq!(measure.classes().len(), 0);
            /// ```
            pub fn classes(
                self,
            ) -> impl ExactSizeIterator<Item = (&'g str, Role, Evidence)> + Clone {
                let document = self.containing_document();
                let classes = self.provision().map_or(&[][..], |provision| &provision.classes);
                classes.iter().map(move |class| {
                    let rule = model::Rule::DutyClause;
                    (&*class.class, class.role, Evidence { document, span: class.span, rule })
                })
            }

            /// Binding force (情态) of each sentence, with the words that express it, in text
            /// order. Sentences without such words are left out.
            ///
            /// ```
            /// use policygraph::Modality;
            ///
            /// let graph = policygraph::builtin();
            /// let measure = graph.measure("nm-2025-18/12").unwrap();
            /// let (modality, evidence) = measure.modality().last().unwrap();
            /// assert_eq!((modality, graph.quote(evidence)), (Modality::Must, "应当"));
            /// ```
            pub fn modality(self) -> impl ExactSizeIterator<Item = (Modality, Evidence)> + Clone {
                let document = self.containing_document();
                let sentences = self.provision().map_or(&[][..], |provision| &provision.modality);
                sentences.iter().map(move |found| {
                    (found.value, Evidence { document, span: found.span, rule: found.rule })
                })
            }
        }
    };
}

impl<'g> MeasureRef<'g> {
    fn containing_document(self) -> DocId {
        self.graph.document_of(self.id)
    }

    fn provision(self) -> Option<&'g model::Provision> {
        Some(&self.record().provision)
    }
}

impl<'g> SectionRef<'g> {
    fn containing_document(self) -> DocId {
        self.document().id
    }

    fn provision(self) -> Option<&'g model::Provision> {
        Some(&self.record().provision)
    }
}

impl<'g> DocumentRef<'g> {
    fn containing_document(self) -> DocId {
        self.id
    }

    fn provision(self) -> Option<&'g model::Provision> {
        self.record().body.as_ref()
    }
}

/// Generates the methods that follow a relation back: to measures, and to providers of any kind.
/// `by_hand` relations have methods with another signature, written out below.
macro_rules! backward {
    (hops $(#[$doc:meta])* [$(#[$example:meta])*] $target:ident, $relation:ident, $measures:ident, $providers:ident) => {
        impl<'g> ref_of!($target, 'g) {
            method! {
                hops
                /// Measures
                $(#[$doc])*
                $(#[$example])*
                $measures MeasureRef<'g>,
                |edges: &'g Relations| &MeasureId::provisions(edges).$relation, edges_to, sources
            }

            /// Provisions of one kind
            $(#[$doc])*
            pub fn $providers<P: Provider>(
                self,
            ) -> impl ExactSizeIterator<Item = Hop<'g, P::Ref<'g>>> + Clone {
                let graph = self.graph;
                let ends = P::provisions(graph.relations()).$relation.edges_to(self.id);
                ends.map(move |(to, edge)| Hop { graph, edge, to: graph.at(to) })
            }
        }
    };
    (by_hand $($rest:tt)*) => {};
}

macro_rules! methods {
    ($(
        $relation:ident: $kind:ident => $target:ident $(, $label:ident)? $(since $since:literal)?;
        $(#[$doc:meta])* $forward:ident as $to:ident: $form:ident;
        $(#[$back:meta])* $([$(#[$example:meta])*])? $measures:ident as $from:ident, $providers:ident: $back_form:ident;
    )*) => {
        forward!(MeasureId, MeasureRef: $($(#[$doc])* $relation => $target, $to: $form;)*);
        forward!(SectionId, SectionRef: $($(#[$doc])* $relation => $target, $to: $form;)*);
        forward!(DocId, DocumentRef: $($(#[$doc])* $relation => $target, $to: $form;)*);
        $(backward!($back_form $(#[$back])* [$($(#[$example])*)?] $target, $relation, $from, $providers);)*
    };
}

each_provision_relation!(methods);

impl<'g> AgencyRef<'g> {
    /// Measures for which the agency is responsible, by document and position, each with the
    /// agency's role and the words that name it.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("山西省药品监督管理局").unwrap();
    /// let alone = agency.duties().filter(|(_, role, _)| *role == Role::Sole);
    /// let keys = alone.map(|(measure, ..)| measure.key().to_string());
    /// assert!(keys.eq(["sx-2025/8", "sx-2025/19", "sx-2025/21"]));
    /// ```
    pub fn duties(self) -> impl ExactSizeIterator<Item = (MeasureRef<'g>, Role, Evidence)> + Clone {
        self.duties_in::<MeasureId>()
    }

    /// Provisions of one kind for which the agency is responsible, ascending, each with the
    /// agency's role and the words that name it.
    ///
    /// ```
    /// use policygraph::Role;
    /// use policygraph::graph::DocId;
    ///
    /// let graph = policygraph::builtin();
    /// let agency = graph.agency("重庆市药品监督管理局").unwrap();
    /// let (news, role, evidence) = agency.duties_in::<DocId>().next().unwrap();
    /// assert_eq!((news.key(), role), ("sc-cq-community", Role::Support));
    /// assert_eq!(graph.quote(evidence), "重庆市药监局");
    /// ```
    pub fn duties_in<P: Provider>(
        self,
    ) -> impl ExactSizeIterator<Item = (P::Ref<'g>, Role, Evidence)> + Clone {
        let relation = &P::provisions(self.graph.relations()).responsible;
        relation.edges_to(self.id).map(move |(provider, edge)| {
            (self.graph.at(provider), relation.label(edge), self.graph.stated(edge))
        })
    }
}
