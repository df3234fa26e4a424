//! A source file with its comments and texts blanked out, so that a word in a comment is not taken
//! for code and a brace in a text does not count. Lines keep their numbers.
//!
//! Never a Rust parser: it knows comments, literals and matching braces, and no more.

/// What a check may look at.
pub struct Scan {
    /// The code: comments and the insides of literals are spaces, tests inside the file too.
    pub code: String,
    /// The texts of string literals outside tests, each with the line on which it begins.
    pub literals: Vec<(usize, String)>,
}

impl Scan {
    /// Reads one Rust file.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut reader =
            Reader { rest: text.chars().collect(), at: 0, line: 1, out: Self::empty(text.len()) };
        reader.read();
        reader.out.without_tests()
    }

    fn empty(bytes: usize) -> Self {
        Self { code: String::with_capacity(bytes), literals: Vec::new() }
    }

    /// Blanks every item under `#[cfg(test)]`.
    fn without_tests(mut self) -> Self {
        const MARK: &str = "#[cfg(test)]";
        let mut from = 0;
        while let Some(start) = self.code.get(from..).and_then(|rest| rest.find(MARK)) {
            let start = from + start;
            let after = start + MARK.len();
            let end = item_end(&self.code, after);
            let (first, last) = (line_of(&self.code, start), line_of(&self.code, end));
            let blank: String = self.code.get(start..end).map(blanked).unwrap_or_default();
            self.code.replace_range(start..end, &blank);
            self.literals.retain(|(line, _)| *line < first || *line > last);
            from = start + blank.len();
        }
        self
    }
}

/// The line, counted from 1, on which a byte stands.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

/// Where the item that begins after `from` ends: behind its closing brace, or its `;`.
#[must_use]
pub fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0_i32;
    let mut brackets = 0_i32;
    for (at, letter) in code.get(from..).unwrap_or_default().char_indices() {
        match letter {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        let closed = letter == '}' && depth <= 0 && brackets == 0;
        let without_body = letter == ';' && depth == 0 && brackets == 0;
        if closed || without_body {
            return from + at + letter.len_utf8();
        }
    }
    code.len()
}

/// The byte places where `word` stands as a whole word.
#[must_use]
pub fn words(code: &str, word: &str) -> Vec<usize> {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let alone = |at: &usize| {
        let before = code.get(..*at).and_then(|before| before.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|after| after.chars().next());
        !part(before) && !part(after)
    };
    code.match_indices(word).map(|(at, _)| at).filter(alone).collect()
}

fn blanked(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

struct Reader {
    rest: Vec<char>,
    at: usize,
    line: usize,
    out: Scan,
}

impl Reader {
    fn read(&mut self) {
        while let Some(letter) = self.peek(0) {
            let in_word = self.before().is_some_and(|c| c.is_alphanumeric() || c == '_');
            match (letter, self.peek(1)) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.text(),
                ('r', Some('"' | '#')) if !in_word || self.before() == Some('b') => {
                    self.raw_text();
                }
                ('\'', _) => self.letter_or_lifetime(),
                _ => self.keep(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.rest.get(at)).copied()
    }

    fn keep(&mut self) {
        if let Some(letter) = self.peek(0) {
            self.line += usize::from(letter == '\n');
            self.out.code.push(letter);
            self.at += 1;
        }
    }

    fn blank(&mut self) -> Option<char> {
        let letter = self.peek(0)?;
        self.line += usize::from(letter == '\n');
        self.out.code.push(if letter == '\n' { '\n' } else { ' ' });
        self.at += 1;
        Some(letter)
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|c| c != '\n') {
            self.blank();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn text(&mut self) {
        let line = self.line;
        self.keep();
        let mut said = String::new();
        while let Some(letter) = self.peek(0) {
            if letter == '"' {
                self.keep();
                break;
            }
            if letter == '\\' {
                self.blank();
            }
            said.extend(self.blank());
        }
        self.out.literals.push((line, said));
    }

    fn raw_text(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        if self.peek(1 + hashes) != Some('"') {
            self.keep();
            return;
        }
        let line = self.line;
        for _ in 0..hashes + 2 {
            self.keep();
        }
        let mut said = String::new();
        while let Some(letter) = self.peek(0) {
            let ends = (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if letter == '"' && ends {
                break;
            }
            said.extend(self.blank());
        }
        for _ in 0..=hashes {
            self.keep();
        }
        self.out.literals.push((line, said));
    }

    /// `'x'` and `'\n'` are letters, `'a` alone is a lifetime.
    fn letter_or_lifetime(&mut self) {
        self.keep();
        if self.peek(0) == Some('\\') {
            self.blank();
            self.blank();
            while self.peek(0).is_some_and(|c| c != '\'' && c != '\n') {
                self.blank();
            }
            self.keep();
        } else if self.peek(1) == Some('\'') {
            self.blank();
            self.keep();
        }
    }
}
