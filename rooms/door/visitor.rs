//! Who asks: a language, perhaps a member with roles. A resident is never anybody here: the street
//! asks for no name and sets no cookie.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use page::Tongue;
use record::{Id, Refusal};

use crate::door::Trouble;

/// What a member may do at the desk. Who may decide what is a mandate, not a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Keeps the node: members, gateways, data protection.
    Steward,
    /// Reads, sorts and answers voices.
    Operator,
    /// Leads meetings and draws areas with a community.
    Facilitator,
    /// Answers for the municipality.
    Officer,
    /// Sits on a neighbourhood's committee.
    Committee,
    /// Is trained to read sensitive reports.
    FocalPoint,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 6] = [
        Role::Steward,
        Role::Operator,
        Role::Facilitator,
        Role::Officer,
        Role::Committee,
        Role::FocalPoint,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Steward => "steward",
            Role::Operator => "operator",
            Role::Facilitator => "facilitator",
            Role::Officer => "officer",
            Role::Committee => "committee",
            Role::FocalPoint => "focal_point",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A member who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: Id,
    /// The name they gave for the desk.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Bodies they belong to.
    pub bodies: Vec<Id>,
    /// The token every form of their session carries.
    pub csrf: String,
}

/// Who asks, for the length of one request.
#[derive(Clone)]
pub struct Visitor(pub Arc<VisitorParts>);

/// What a request brings.
pub struct VisitorParts {
    /// Their language.
    pub tongue: Tongue,
    /// The member, when signed in.
    pub member: Option<Member>,
    /// Whether they read in large print.
    pub large: bool,
    /// Path and query asked for.
    pub path: String,
    /// Whether they ask for data rather than pages.
    pub wants_json: bool,
    /// Keyed hash of where the request comes from, for limits only; never kept.
    pub origin: [u8; 16],
}

impl Visitor {
    /// Their language.
    #[must_use]
    pub fn tongue(&self) -> Tongue {
        self.0.tongue
    }

    /// The member, when signed in.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        self.0.member.as_ref()
    }

    /// The member's id, for a record's author.
    #[must_use]
    pub fn author(&self) -> Option<Id> {
        self.member().map(|member| member.id)
    }

    /// Whether they hold a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.member().is_some_and(|member| member.roles.contains(&role))
    }

    /// The member, or a refusal.
    ///
    /// # Errors
    /// When nobody has signed in.
    pub fn signed_in(&self) -> Result<&Member, Refusal> {
        self.member().ok_or_else(|| Refusal::new("sign-in-first").status(401))
    }

    /// The token for forms; empty on the street.
    #[must_use]
    pub fn csrf(&self) -> &str {
        self.member().map_or("", |member| &member.csrf)
    }

    /// A link that keeps the language and the print that the visitor chose.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        let large = if self.0.large { "&large=1" } else { "" };
        format!("{path}{mark}lang={}{large}", self.tongue().lang.code())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Trouble> {
        parts
            .extensions
            .get::<Visitor>()
            .cloned()
            .ok_or_else(|| Trouble::broken("a route stands outside the guard"))
    }
}
