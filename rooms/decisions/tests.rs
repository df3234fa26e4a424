//! The tests of this room stand with its parts: `assemblies/tests/`. None is here.
