//! What is read in this room, part by part: `assemblies/queries.rs`. It writes nothing.
