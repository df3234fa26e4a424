//! The matcher: thousands of phrases laid into one tree, found in a message in one walk.
//!
//! Never guesses: a phrase is there or it is not. A phrase is folded words; `word*` takes any
//! ending, `..` between two words lets up to two others stand between them.

use crate::fold::Folded;

/// Words that may stand where a phrase has `..`.
const GAP_WORDS_MAX: usize = 2;
/// Hits of one message that are kept. The longest message that may enter has fewer: words that
/// mean nothing must not crowd out a cry at the end.
const HITS_MAX: usize = 4_000;

/// A found phrase: which rule, and from which folded word to which (both included).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(u8, usize)>,
    /// Rules that end here when a word ends here.
    closed: Vec<usize>,
    /// Rules that end here whatever follows in the word.
    open: Vec<usize>,
    /// Goes on after the rest of this word.
    rest: Option<usize>,
    /// Goes on after up to [`GAP_WORDS_MAX`] more words.
    gap: Option<usize>,
}

/// The tree of all phrases.
#[derive(Debug)]
pub(crate) struct Matcher {
    nodes: Vec<Node>,
    /// By first byte of a word: may any phrase begin with it? Saves most walks.
    root: Vec<Option<usize>>,
}

impl Matcher {
    /// Builds the tree from phrases; the place of a phrase in the list is the rule of its hits.
    pub(crate) fn new<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        let mut matcher = Self { nodes: vec![Node::default()], root: vec![None; 256] };
        for (rule, phrase) in phrases.into_iter().enumerate() {
            matcher.add(rule, phrase);
        }
        if let Some(first) = matcher.nodes.first() {
            for (byte, node) in &first.next {
                if let Some(slot) = matcher.root.get_mut(usize::from(*byte)) {
                    *slot = Some(*node);
                }
            }
        }
        matcher
    }

    fn add(&mut self, rule: usize, phrase: &str) {
        let mut at = 0;
        let mut parted = false;
        let words: Vec<&str> = phrase.split_whitespace().collect();
        for (i, word) in words.iter().enumerate() {
            if *word == ".." {
                at = self.step_special(at, |node| &mut node.gap);
                parted = false;
                continue;
            }
            if parted {
                at = self.step(at, b' ');
            }
            let folded = Folded::stemmed(word.trim_end_matches('*')).into_text();
            for byte in folded.bytes() {
                at = self.step(at, byte);
            }
            let last = i + 1 == words.len();
            match (word.ends_with('*'), last) {
                (true, true) => self.end(at, rule, true),
                (false, true) => self.end(at, rule, false),
                (true, false) => at = self.step_special(at, |node| &mut node.rest),
                (false, false) => {}
            }
            parted = true;
        }
    }

    fn step(&mut self, at: usize, byte: u8) -> usize {
        let fresh = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else { return at };
        if let Some((_, next)) = node.next.iter().find(|(b, _)| *b == byte) {
            return *next;
        }
        node.next.push((byte, fresh));
        self.nodes.push(Node::default());
        fresh
    }

    fn step_special(&mut self, at: usize, slot: impl Fn(&mut Node) -> &mut Option<usize>) -> usize {
        let fresh = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else { return at };
        if let Some(next) = *slot(node) {
            return next;
        }
        *slot(node) = Some(fresh);
        self.nodes.push(Node::default());
        fresh
    }

    fn end(&mut self, at: usize, rule: usize, open: bool) {
        if let Some(node) = self.nodes.get_mut(at) {
            if open { node.open.push(rule) } else { node.closed.push(rule) }
        }
    }

    /// Finds every phrase in `folded`.
    pub(crate) fn find(&self, folded: &Folded) -> Vec<Hit> {
        let mut hits = Vec::new();
        let bytes = folded.text().as_bytes();
        for (first, span) in folded.spans().iter().enumerate() {
            let root = bytes.get(span.start).and_then(|b| *self.root.get(usize::from(*b))?);
            if let Some(node) = root {
                let walk = Walk { matcher: self, folded, bytes, first };
                walk.from(node, span.start + 1, first, &mut hits);
            }
        }
        hits
    }
}

/// One walk down the tree from one word of the message.
struct Walk<'a> {
    matcher: &'a Matcher,
    folded: &'a Folded,
    bytes: &'a [u8],
    first: usize,
}

impl Walk<'_> {
    /// Walks on from `node` at byte `pos` of word `word`. Every call goes one step deeper into
    /// the tree, so the depth is bounded by the longest phrase.
    fn from(&self, mut node: usize, mut pos: usize, mut word: usize, hits: &mut Vec<Hit>) {
        loop {
            let Some(here) = self.matcher.nodes.get(node) else { return };
            let Some(span) = self.folded.spans().get(word) else { return };
            let at_end = pos == span.end;
            let ended = if at_end { here.closed.as_slice() } else { &[] };
            for rule in here.open.iter().chain(ended) {
                if hits.len() < HITS_MAX {
                    hits.push(Hit { rule: *rule, first: self.first, last: word });
                }
            }
            if let Some(rest) = here.rest {
                self.from(rest, span.end, word, hits);
            }
            if at_end && let Some(gap) = here.gap {
                for next in word + 1..=word + 1 + GAP_WORDS_MAX {
                    if let Some(span) = self.folded.spans().get(next) {
                        self.from(gap, span.start, next, hits);
                    }
                }
            }
            let Some(byte) = self.bytes.get(pos) else { return };
            let Some((_, next)) = here.next.iter().find(|(b, _)| b == byte) else { return };
            node = *next;
            pos += 1;
            // The blank between two words was just passed: the next word begins.
            if at_end {
                word += 1;
            }
        }
    }
}
