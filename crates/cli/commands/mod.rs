//! One file a command: its flags and what it prints.

pub mod ask;
pub mod attribute;
pub mod changes;
pub mod check;
pub mod cited;
pub mod codebook;
pub mod config;
pub mod coverage;
pub mod crawl;
pub mod doctor;
pub mod evaluate;
pub mod explain;
pub mod export;
pub mod import;
pub mod kwic;
pub mod rejects;
pub mod report;
pub mod run;
pub mod sample;
pub mod schedule;
pub mod search;
pub mod select;
pub mod show;
pub mod twins;
pub mod verify;
pub mod votes;
