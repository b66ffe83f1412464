//! Provisions of any kind of node, and the relations that lead from them.

use super::Graph;
use super::edges::{DocumentRelations, ProvisionRelations, Relations};
use super::ids::*;
use super::kinds::Node;
use super::proof::Resolution;
use super::refs::TypedId;
use super::schema::each_provision_relation;
use crate::model::Role;

/// The part of [`Provider`] that is private to the crate.
pub(crate) mod sealed {
    use super::{ProviderId, ProvisionRelations, Relations};

    /// Finds the relations of a kind of provider. Not part of the public API.
    pub trait HasProvision: Sized {
        /// Returns the relations from providers of this kind.
        fn provisions(edges: &Relations) -> &ProvisionRelations<Self>;
        /// Returns the id among those of all kinds of providers.
        fn provider_id(self) -> ProviderId;
    }
}

/// An id of a node with a provision: a measure, a chapter with prose of its own, or a document
/// without measures, where the whole text is one provision.
///
/// Every relation from a provision is generic over it: [`Graph::responsible`] takes a
/// [`MeasureId`], a [`SectionId`] or a [`DocId`], and [`Graph::duties_in`] returns ids of the kind asked for. Only
/// the crate implements it.
///
/// ```
/// use policygraph::graph::DocId;
///
/// let graph = policygraph::builtin();
/// let agency = graph.agency("重庆市药品监督管理局").unwrap().id();
/// let news = graph.document("sc-cq-community").unwrap().id();
/// assert!(graph.responsible(news).contains(&agency));
/// assert_eq!(graph.duties_in::<DocId>(agency), [news]);
/// ```
pub trait Provider: TypedId + sealed::HasProvision {}

macro_rules! providers {
    ($($kind:ident($id:ident) as $name:ident: $group:ident;)*) => {
        /// An id of a provider of any kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ProviderId {
            $($kind($id),)*
        }

        impl ProviderId {
            $(/// Returns the id if the provider is of this kind.
            pub(in crate::graph) fn $name(self) -> Option<$id> {
                match self {
                    ProviderId::$kind(id) => Some(id),
                    _ => None,
                }
            })*
        }

        impl From<ProviderId> for Node {
            fn from(provider: ProviderId) -> Node {
                match provider {
                    $(ProviderId::$kind(id) => Node::$kind(id),)*
                }
            }
        }

        impl Relations {
            /// Resolution of the citation of an edge to its policy.
            pub(crate) fn resolution(&self, edge: EdgeId) -> Option<Resolution> {
                let DocumentRelations { implements, repeals, .. } = &self.document;
                implements.label_of(edge)
                    .or_else(|| repeals.label_of(edge))
                    $(.or_else(|| self.$group.cites.label_of(edge)))*
            }

            /// Returns the role of the agency of an edge of responsibility.
            pub(crate) fn role(&self, edge: EdgeId) -> Option<Role> {
                None$(.or_else(|| self.$group.responsible.label_of(edge)))*
            }
        }

        $(impl Provider for $id {}

        impl sealed::HasProvision for $id {
            #[inline]
            fn provisions(edges: &Relations) -> &ProvisionRelations<Self> {
                &edges.$group
            }

            fn provider_id(self) -> ProviderId {
                ProviderId::$kind(self)
            }
        }
        )*
    };
}

providers! {
    Measure(MeasureId) as measure: measure_provisions;
    Document(DocId) as document: document_provisions;
    Section(SectionId) as section: section_provisions;
}

macro_rules! hops {
    ($(
        $relation:ident: $kind:ident => $target:ident $(, $label:ident)? $(since $since:literal)?;
        $(#[$doc:meta])* $forward:ident as $to:ident: $form:ident;
        $(#[$back:meta])* $([$(#[$example:meta])*])? $measures:ident as $from:ident, $providers:ident: $back_form:ident;
    )*) => {
        impl Graph {
            $($(#[$doc])*
            #[inline]
            #[track_caller]
            pub fn $forward<P: Provider>(&self, provider: P) -> &[$target] {
                P::provisions(&self.edges).$relation.targets(provider)
            }

            /// Measures
            $(#[$back])*
            #[inline]
            #[track_caller]
            pub fn $measures(&self, id: $target) -> &[MeasureId] {
                self.$providers(id)
            }

            /// Provisions of one kind
            $(#[$back])*
            #[inline]
            #[track_caller]
            pub fn $providers<P: Provider>(&self, id: $target) -> &[P] {
                P::provisions(&self.edges).$relation.sources(id)
            })*
        }
    };
}

each_provision_relation!(hops);

impl Graph {
    /// Returns the role of each agency of [`responsible`](Graph::responsible), in the
    /// same order.
    ///
    /// ```
    /// use policygraph::Role;
    ///
    /// let graph = policygraph::builtin();
    /// let measure = graph.measure("sx-2025/8").unwrap().id();
    /// let names = graph.responsible(measure).iter().map(|&agency| graph.at(agency).name());
    /// assert!(names.eq(["山西省药品监督管理局"]));
    /// assert_eq!(graph.roles(measure), [Role::Sole]);
    /// ```
    #[track_caller]
    pub fn roles<P: Provider>(&self, provider: P) -> &[Role] {
        P::provisions(&self.edges).responsible.labels(provider)
    }
}
