//! Tests of ballots: the rules on records made here, the rest through a house with all rooms, on
//! every database there is. They never lean on the order in which they run.

mod appeals;
mod beside;
mod commands;
mod deciding;
mod home;
mod logged;
mod paper;
mod phone;
mod rounds;
mod rules;
mod texts;
mod written;
