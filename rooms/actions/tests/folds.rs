//! The fold of a task, in whatever order its records come.
