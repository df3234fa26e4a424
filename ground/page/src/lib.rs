//! The page kit: layout, components, SVG pictures and maps, forms, refusals, languages.
//!
//! A room gives it words and values; it gives back safe HTML that works on a 360-pixel phone over
//! 2G, without scripts, in six languages, in sunlight, in the dark and on paper.
//!
//! Start at [`frame::page`] (a whole document), [`components`] (its parts) and
//! [`components::kit`] (all parts on one page, `/kit` in the demo).
//!
//! Never: it knows no room, no database and no HTTP framework; it reads no clock; it writes no
//! inline style, and no inline script but one line that the content security policy names by its
//! hash; it fetches nothing from another host.

pub mod calendar;
pub mod components;
pub mod frame;
pub mod html;
pub mod look;
pub mod texts;
pub mod tongue;

pub use components::kit;
pub use frame::{Face, Frame, NavItem, Notice, page};
pub use html::{Html, text};
pub use look::{css, desk_js, icon_svg, manifest, service_worker, street_js};
pub use texts::{KIT_TEXTS, TextError, Texts, review_state};
pub use tongue::{Arg, Lang, Tongue};

#[cfg(test)]
mod tests;
