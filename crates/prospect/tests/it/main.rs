//! From what is held to be so about a firm to a fit, a form, and a sheet for the telephone.

mod files;
mod fits;
mod forms;
mod samples;
