//! The one integration binary: everything that is tested from outside the modules.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::disallowed_methods, missing_docs)]

mod architecture; // the import table
mod bad_input; // every bad input with its message and exit code
mod command_line; // outputs, odd names, definitions that cannot be read
mod definition; // definitions: every complaint, every key, every shipped file
mod documents; // every block of the README and the docs is run
mod help; // help, completions, manual page, schemas
mod inference; // columns taken for questions, segments and dates without a definition
mod invariants; // laws that hold for every answer, weight, level and method
mod methods; // docs/methods.md against the code and the reference cases
mod mutation; // every key of a definition, changed, changes the report
mod promises; // same bytes for any threads; order and splits change no figure
mod published; // figures of real surveys computed by others
mod reference; // numbers of `stats` against other programs, from tests/reference
mod support; // a scratch folder and a command builder
mod surveys;
mod trend; // waves of files and of saved reports // every template and example runs
