//! Right, wrong and missed, counted per class.
//!
//! Never averages away a class without messages: such a class is left out and not called perfect.

use crate::tongues::share;

/// What one class got right and wrong.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Tally {
    /// Counts one message.
    pub fn count(&mut self, said: bool, gold: bool) {
        self.right += usize::from(said && gold);
        self.wrong += usize::from(said && !gold);
        self.missed += usize::from(!said && gold);
    }

    /// Messages that people gave this label.
    pub fn support(&self) -> usize {
        self.right + self.missed
    }

    /// F1 in thousandths.
    pub fn f1(&self) -> usize {
        let whole = 2 * self.right + self.wrong + self.missed;
        (2000 * self.right + whole / 2).checked_div(whole).unwrap_or(0)
    }

    /// "precision / recall / F1".
    pub fn cell(&self) -> String {
        if self.support() == 0 {
            return "no message".to_owned();
        }
        format!(
            "{} / {} / **{}**",
            share(self.right, self.right + self.wrong),
            share(self.right, self.support()),
            share(self.f1(), 1000)
        )
    }
}

/// Micro and macro F1 over the classes that have messages.
pub fn micro_macro(tallies: &[Tally]) -> String {
    let used: Vec<&Tally> = tallies.iter().filter(|t| t.support() > 0).collect();
    let mut all = Tally::default();
    for tally in &used {
        all.right += tally.right;
        all.wrong += tally.wrong;
        all.missed += tally.missed;
    }
    let mean = used.iter().map(|t| t.f1()).sum::<usize>().checked_div(used.len()).unwrap_or(0);
    format!("{} / {}", share(all.f1(), 1000), share(mean, 1000))
}
