//! The rules of this room, part by part: `assemblies/rules/`, `resolutions/rules/`. They read no
//! clock and draw no chance.
