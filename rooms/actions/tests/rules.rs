//! The rules of tasks, and the published rule.
