//! Who and what goes where, once it is settled how much each area is due.
