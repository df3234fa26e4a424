//! All that can be recorded in this room, part by part. Nothing stands here itself: the records of
//! assemblies are in `assemblies/records.rs`. None is ever edited.
