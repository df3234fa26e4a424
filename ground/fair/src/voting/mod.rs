//! How a community chooses among projects within its envelope: `.pb` files, greedy, the Method of
//! Equal Shares, sequential Phragmén.
