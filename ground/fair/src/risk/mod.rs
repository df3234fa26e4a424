//! How likely and how hard a hazard would hit an area.
