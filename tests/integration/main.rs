//! The one integration binary: layers, command line, samples, rules, silence, hostile input.

#![allow(clippy::unwrap_used)]

mod accuracy;
mod cli;
mod cross_pairs;
mod escapes;
mod layers;
mod made;
mod mutations;
mod rules;
mod samples;
mod truth;
mod unseen;
