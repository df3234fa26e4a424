//! Elections as others publish them: `.pb` files, the format of the Pabulib library. Three tables
//! under the headings META, PROJECTS and VOTES, their fields parted by `;`, the ids of a vote by
//! `,`.
//!
//! Never keeps what a file tells about voters: only their votes are read, and numbers are written
//! in the place of names.

mod read;
mod write;

pub use read::{FILE_BYTES_MAX, Read, Remark, Unreadable, Why, read};
pub use write::write;
