//! The roof: the `baraza` program. Settings, the router, jobs, gateways, the command line. It wires
//! what the rooms offer and decides nothing itself.

pub mod api;
pub mod app;
pub mod backup;
pub mod cli;
pub mod commands;
pub mod demo;
mod drain;
pub mod gateway;
pub mod jobs;
pub mod node;
pub mod settings;
pub mod simulator;
pub mod start;
