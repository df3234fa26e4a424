//! The rules of this room: which counts may be shown, and how a voice's way stands. Pure: no clock,
//! no chance, no store.

pub mod counts;
pub mod way;
