//! Many packages, each with its policy: find the pairs, audit them side by side, hand on the results in order.
//!
//! One bad package costs one line. Results come in the order of the plan whatever the number of jobs, and only a bounded
//! number of them is held at a time.

mod pairing;
mod run;

pub use pairing::{Package, Policies, is_package, packages};
pub use run::{Done, Options, Trouble, run};
