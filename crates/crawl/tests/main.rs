//! Crawls of sites that the replay server plays: invented ones, and the real pages of the shared
//! data. One program, so that it is linked once.

#![allow(clippy::unwrap_used)]

mod alias;
mod demo;
mod discovery;
mod faults;
mod listings;
mod site;
mod wayback;
mod world;
