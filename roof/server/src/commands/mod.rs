//! The commands, a file each family. They open a node, ask the rooms, and print.

pub mod allocate;
pub mod count;
pub mod doctor;
pub mod export;
pub mod import;
pub mod init;
pub mod look;
pub mod restore;
pub mod serve;
pub mod verify_result;

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar with a rate and an end; silent when nobody looks.
pub(crate) fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let style = "{msg} [{bar:32}] {pos}/{len} {per_sec} {eta} left";
    bar.set_style(
        ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.set_message(what);
    bar
}

/// A counter with a rate, for work whose end is not known.
pub(crate) fn counter(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{msg} {pos} {per_sec}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_message(what);
    bar
}

/// A refusal or trouble of the rooms in the words people read, in English.
pub(crate) fn explain(house: &rooms::door::House, trouble: &rooms::door::Trouble) -> anyhow::Error {
    use rooms::door::Trouble;
    let tongue = page::Tongue::new(page::Lang::En, house.texts());
    match trouble {
        Trouble::Refused(refusal) => {
            let args: Vec<(&str, page::Arg)> =
                refusal.args.iter().map(|(n, v)| (*n, page::Arg::from(v.as_str()))).collect();
            let what = tongue.with(&format!("refused-{}", refusal.code), &args);
            let advice = tongue.with(&format!("refused-{}-advice", refusal.code), &args);
            anyhow::Error::new(crate::cli::Refused(format!("{what}. {advice}")))
        }
        Trouble::NotFound => anyhow::anyhow!("there is nothing of that name"),
        Trouble::Broken(what) => anyhow::anyhow!("{what}"),
    }
}
