//! XML in and out: bytes from outside become a tree within limits, and values become canonical
//! bytes.
//!
//! Never follows a reference out of the file: no document type, no entity, no other file.

pub(crate) mod read;
mod scan;
pub(crate) mod write;

pub use read::{
    ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, FILE_BYTES_MAX, NAMESPACES_MAX, NotXml, Unreadable,
};
