//! The people who sell: what they say of themselves beside what is seen, whom they let look, what they put
//! off, what they practise, and who could help whom.
//!
//! All of it belongs to whom it is about. `rights` alone decides who else sees a part: nobody without a
//! leave that stands, whatever they do here. What is shown to others are counts, shares and days; of
//! letters no word, and of deals nothing but what their seller wrote for those who may help.

mod goals;
mod helping;
mod leave;
mod letters;
mod looks;
mod memory;
mod met;
mod own;
mod profile;
mod put_off;
mod record;
mod shares;
mod words;

pub use goals::{Goal, Goals};
pub use helping::{Asked, AskedFor, Colleague, HelpFor, HelpWanted, Offered};
pub use leave::{GivenLeave, OpenToMe};
pub use looks::Selling;
pub(crate) use memory::Memory;
pub use own::OwnWords;
pub use profile::Profile;
pub use put_off::{Preparation, PutOffs};
pub use shares::{ShareAsked, Shared};
