//! Tests of what is exchanged: folds, rules, requests and offers, matches, advice, goods, pages and
//! texts, on both engines where there are both.

mod advice;
mod amounts;
mod folds;
mod gains;
mod goods;
mod histories;
mod home;
mod matching;
mod offers;
mod pages;
mod refusals;
mod texts;
mod worth;
