//! Rebuilds the crate when a configuration file changes: the compiled-in folder is no input that
//! cargo sees by itself.

fn main() {
    println!("cargo::rerun-if-changed=../../config");
}
