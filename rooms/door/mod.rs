//! The vestibule: what every request brings (who asks, in which language, from where), what every
//! answer leaves by (a page in its frame, a refusal in plain words), and the one table of routes.
//! It knows no room, and judges nothing but who may pass.

mod errand;
mod guard;
mod house;
mod limits;
mod origin;
mod routes;
mod shown;
mod visitor;

pub use errand::Sent;
pub use guard::{Guarding, Nav, SESSION_COOKIE, guard};
pub use house::{City, House, HouseParts, Who};
pub use limits::{Limits, Rate};
pub use origin::BehindProxy;
pub use routes::{Access, Route, Routes};
pub use shown::{Moved, Shown, Trouble};
pub use visitor::{Member, Role, Visitor, VisitorParts};

/// The texts of the vestibule itself, by language.
pub const TEXTS: &[(page::Lang, &str)] = &[
    (page::Lang::En, include_str!("texts/en.ftl")),
    (page::Lang::Fr, include_str!("texts/fr.ftl")),
    (page::Lang::Es, include_str!("texts/es.ftl")),
    (page::Lang::Ht, include_str!("texts/ht.ftl")),
    (page::Lang::Sw, include_str!("texts/sw.ftl")),
    (page::Lang::Ar, include_str!("texts/ar.ftl")),
];
