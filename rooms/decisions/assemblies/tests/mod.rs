//! Tests of assemblies.
