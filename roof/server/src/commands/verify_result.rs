//! `verify-result`: recounts a vote from its published bundle, says what was checked, what is wrong
//! and where, and what could not be checked.
//!
//! Never opens a node and trusts none: whoever has the file comes to the same.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use ballots::{BUNDLE_BYTES_MAX, Bundle, Hex, Notice, Report, Watch, read, receipt, verify};
use clap::Args;
use serde_json::{Value, json};

use crate::cli::FOUND;

/// The first symbols of a receipt that are enough to find it.
const RECEIPT_SYMBOLS_MIN: usize = 16;

/// Recount a result.
#[derive(Args)]
pub struct VerifyResult {
    /// The bundle, as the page of the vote offers it
    bundle: PathBuf,
    /// The key of the ballot box, as it was published before the vote
    #[arg(long)]
    key: Option<String>,
    /// The mark of the rules, as it was published before the vote
    #[arg(long)]
    rules: Option<String>,
    /// How the log stood when somebody looked: the log.json of the vote's page
    #[arg(long)]
    log: Vec<PathBuf>,
    /// A receipt, or its first 16 symbols, to be found in the log
    #[arg(long)]
    receipt: Vec<String>,
    /// Print what was found as JSON, one object in one line
    #[arg(long)]
    json: bool,
}

impl VerifyResult {
    /// Recounts and prints.
    ///
    /// # Errors
    /// When there is no such file, or it is too long to be a bundle.
    pub fn run(&self) -> anyhow::Result<u8> {
        let (told, code) = self.told()?;
        print!("{told}");
        Ok(code)
    }

    fn told(&self) -> anyhow::Result<(String, u8)> {
        let bytes = bytes_of(&self.bundle)?;
        let (bundle, report) = match read(&bytes) {
            Ok(bundle) => {
                let mut report = verify(&bundle);
                self.compare(&bundle, &mut report);
                self.watched(&bundle, &mut report)?;
                self.receipts(&bundle, &mut report);
                (Some(bundle), report)
            }
            Err(notice) => (None, Report { found: vec![notice], ..Report::default() }),
        };
        let code = if report.found.is_empty() { 0 } else { FOUND };
        let told = match self.json {
            true => format!("{}\n", as_json(bundle.as_ref(), &report)),
            false => as_text(bundle.as_ref(), &report),
        };
        Ok((told, code))
    }

    /// Holds the bundle against what was published before the vote.
    fn compare(&self, bundle: &Bundle, report: &mut Report) {
        let rules = Hex(bundle.rules.digest()).to_string();
        let key = bundle.rules.log_key.to_string();
        let pairs = [(&self.key, key, "rules.log_key"), (&self.rules, rules, "rules")];
        for (said, found, at) in pairs {
            match said.as_deref().map(|said| said.trim().to_ascii_lowercase()) {
                Some(said) if said == found => {
                    report.checked.push(format!("{at} is the one that was published before"));
                }
                Some(_) => report.found.push(Notice {
                    at: at.to_owned(),
                    what: format!("it is not the one that was published before, but {found}"),
                }),
                None => report.unchecked.push(format!(
                    "that {at} is the one that was published before the vote: compare {found}"
                )),
            }
        }
    }
}

impl VerifyResult {
    /// Holds the bundle against how the log stood while people voted.
    fn watched(&self, bundle: &Bundle, report: &mut Report) -> anyhow::Result<()> {
        for file in &self.log {
            let unread = || format!("{} is no log.json of a vote", file.display());
            let watch: Watch = serde_json::from_slice(&bytes_of(file)?).with_context(unread)?;
            let found = watch.against(bundle);
            if found.is_empty() {
                let (from, to, heads) = (watch.from.size, watch.to.size, watch.heads.len());
                report.checked.push(format!(
                    "the log still begins as it stood at {heads} signed heads, and its {from} \
                     first ballots are the first of its {to}"
                ));
            }
            report.found.extend(found);
        }
        Ok(())
    }

    /// Finds receipts in the log.
    fn receipts(&self, bundle: &Bundle, report: &mut Report) {
        for said in &self.receipt {
            let plain: String = said.chars().filter(char::is_ascii_alphanumeric).collect();
            let plain = plain.to_ascii_lowercase();
            if plain.len() < RECEIPT_SYMBOLS_MIN {
                let what = format!("a receipt has at least {RECEIPT_SYMBOLS_MIN} symbols");
                report.found.push(Notice { at: "leaves".to_owned(), what });
                continue;
            }
            match receipt(bundle, &plain) {
                Ok((at, size)) => report.checked.push(format!(
                    "receipt {plain} is number {at} of {size} in the log, and leads to its last \
                     signed head; whether it counts, a later ballot of the same card decides"
                )),
                Err(notice) => report.found.push(notice),
            }
        }
    }
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let unread = || format!("{} cannot be read", file.display());
    let length = std::fs::metadata(file).with_context(unread)?.len();
    if usize::try_from(length).map_or(true, |length| length > BUNDLE_BYTES_MAX) {
        bail!("{} is longer than any bundle", file.display());
    }
    std::fs::read(file).with_context(unread)
}

fn as_json(bundle: Option<&Bundle>, report: &Report) -> Value {
    let found = report.found.iter().map(|one| json!({ "where": one.at, "what": one.what }));
    json!({
        "question": bundle.map(|bundle| &bundle.rules.question),
        "funded": bundle.map(|bundle| &bundle.outcome.order),
        "ballots": bundle.and_then(|bundle| bundle.outcome.ballots),
        "findings": report.found.len(),
        "found": found.collect::<Vec<_>>(),
        "checked": report.checked,
        "unchecked": report.unchecked,
    })
}

fn as_text(bundle: Option<&Bundle>, report: &Report) -> String {
    let mut lines = Vec::new();
    if let Some(bundle) = bundle {
        lines.push(format!("V-{} {}", bundle.rules.number, bundle.rules.question));
        let titles = bundle.outcome.order.iter().filter_map(|id| bundle.rules.project(id));
        let titles: Vec<&str> = titles.map(|project| project.title.as_str()).collect();
        lines.push(match titles.as_slice() {
            [] => "Nothing is funded.".to_owned(),
            some => format!("Funded: {}.", some.join("; ")),
        });
        let turned_out = bundle.rules.turned_out(&bundle.outcome);
        lines.extend(bundle.rules.force.as_ref().map(|force| match force.binds {
            true if !turned_out => {
                let min = bundle.rules.turnout_min.unwrap_or(0);
                let body = &force.body;
                format!("{body} decides; fewer than {min} ballots counted: the result is advice.")
            }
            true => format!("{} decides; the result binds, by {}.", force.body, force.instrument),
            false => format!("{} decides; the result is advice.", force.body),
        }));
    }
    lines.extend(report.checked.iter().map(|what| format!("Checked: {what}.")));
    lines.extend(report.unchecked.iter().map(|what| format!("Not checked: {what}.")));
    lines.extend(report.found.iter().map(|one| format!("Wrong at {}: {}.", one.at, one.what)));
    lines.push(match report.found.len() {
        0 => "Nothing is wrong.".to_owned(),
        1 => "1 thing is wrong.".to_owned(),
        n => format!("{n} things are wrong."),
    });
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use ballots::{
        APPROVAL, Choice, Credential, Force, Head, Issued, LogKey, Making, Project, Publication,
        Rules, SignedBallot, TieRule, log, make,
    };
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        asked: VerifyResult,
    }

    fn asked(bytes: &[u8], words: &[&str]) -> anyhow::Result<(String, u8)> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("V-1.json");
        std::fs::write(&path, bytes)?;
        let path = path.display().to_string();
        Line::try_parse_from(["verify-result", &path].iter().chain(words))?.asked.told()
    }

    /// So many voters for a tap, out of twelve and a bench.
    fn bundle() -> Bundle {
        let key = LogKey::from_seed(&[1; 32]);
        let project = |id: &str, title: &str, cost_minor| Project {
            id: id.to_owned(),
            title: title.to_owned(),
            cost_minor,
        };
        let rules = Rules {
            round: Hex([2; 16]),
            number: 1,
            question: "What first?".to_owned(),
            kind: APPROVAL.to_owned(),
            choices_max: 1,
            points: 0,
            rule: "greedy_cost".to_owned(),
            tie: TieRule::List,
            budget_minor: 100,
            decimals: 2,
            currency: "HTG".to_owned(),
            projects: vec![project("01", "A tap", 60), project("02", "A bench", 50)],
            place: "Lavil".to_owned(),
            who: "Everybody".to_owned(),
            women_only: false,
            opens_ms: 1,
            closes_ms: 2,
            appeal_days: 7,
            publication: Publication::FullIfMany,
            log_key: Hex(key.public()),
            turnout_min: None,
            force: Some(Force {
                binds: true,
                body: "Council".to_owned(),
                instrument: "By-law 3".to_owned(),
                why: String::new(),
            }),
        };
        let (mut ballots, mut issued) = (Vec::new(), Vec::new());
        for n in 0..20u8 {
            let card = Credential::from_seed(&[n + 1; 32]);
            issued.push(Issued { public: card.public(), group: 0, way: 0, void: false });
            let project = if n < 12 { "01" } else { "02" };
            let tick = Choice { project: project.to_owned(), points: 1 };
            ballots.push(card.vote(rules.round.0, 1, &[tick], [n; 16]));
        }
        let mut leaves: Vec<_> = ballots.iter().map(SignedBallot::leaf).collect();
        leaves.sort_unstable();
        let head = |size: usize| {
            let root = log::root(leaves.get(..size).unwrap_or_default());
            key.sign_head(&Head { round: rules.round.0, size: size as u64, root })
        };
        let (heads, papers) = (vec![head(0), head(20)], Vec::new());
        let groups = vec!["Lavil".to_owned()];
        let ways = vec!["card".to_owned()];
        let making = Making { rules, groups, ways, issued, leaves, heads, ballots, papers };
        make(&making, &key).unwrap()
    }

    #[test]
    fn a_sound_result_says_what_was_checked_and_what_was_not() {
        let made = bundle();
        let (told, code) = asked(made.written().as_bytes(), &[]).unwrap();
        assert_eq!(code, 0, "{told}");
        for said in [
            "V-1 What first?",
            "Funded: A tap.",
            "Council decides; the result binds, by By-law 3.",
            "Checked: 20 ballots with their signatures, and the whole count again.",
            "Not checked: that rules.log_key is the one that was published before the vote",
            "Nothing is wrong.",
        ] {
            assert!(told.contains(said), "{said}: {told}");
        }
        let (key, rules) = (made.rules.log_key.to_string(), Hex(made.rules.digest()).to_string());
        let words = ["--key", &key, "--rules", &rules];
        let (told, code) = asked(made.written().as_bytes(), &words).unwrap();
        assert_eq!((code, told.contains("Not checked: that rules")), (0, false), "{told}");
        let (told, code) = asked(made.written().as_bytes(), &["--key", &rules]).unwrap();
        assert_eq!(code, FOUND);
        assert!(told.contains("Wrong at rules.log_key: it is not the one"), "{told}");
    }

    #[test]
    fn one_changed_byte_is_found_and_told_where() {
        let text = bundle().written();
        let check = |changed: String, expected: &str| {
            let (told, code) = asked(changed.as_bytes(), &[]).unwrap();
            assert_eq!((code, told.contains(expected)), (FOUND, true), "{told}");
        };
        check(text.replacen("\"cost_minor\":60}", "\"cost_minor\":61}", 1), "Wrong at rules:");
        check(text.replacen("\"supporters\":12", "\"supporters\":13", 1), "supporters");
        check(text.replacen('{', "[", 1), "Wrong at line 1");
    }

    #[test]
    fn what_somebody_saw_of_the_log_and_a_receipt_are_held_against_it() {
        let made = bundle();
        let leaves: Vec<_> = made.leaves.iter().map(|leaf| leaf.0).collect();
        let box_of = (made.rules.round, made.rules.log_key);
        let mut watch = Watch::of(box_of, made.heads.clone(), &leaves, (7, 20)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.json");
        let with = |watch: &Watch, words: &[&str]| {
            std::fs::write(&path, serde_json::to_vec(watch).unwrap()).unwrap();
            let log = ["--log", path.to_str().unwrap()];
            let words: Vec<&str> = log.iter().chain(words).copied().collect();
            asked(made.written().as_bytes(), &words).unwrap()
        };
        let first = made.leaves.first().unwrap().to_string();
        let (told, code) = with(&watch, &["--receipt", first.get(..16).unwrap()]);
        assert_eq!(code, 0, "{told}");
        assert!(told.contains("its 7 first ballots are the first of its 20"), "{told}");
        assert!(told.contains("is number 1 of 20 in the log"), "{told}");
        let (told, code) = with(&watch, &["--receipt", "0000 0000 0000 0000"]);
        assert_eq!(
            (code, told.contains("this receipt is not in the log")),
            (FOUND, true),
            "{told}"
        );
        let (told, code) = with(&watch, &["--receipt", "0000"]);
        assert_eq!((code, told.contains("at least 16 symbols")), (FOUND, true), "{told}");
        watch.from.size = 8;
        let (told, code) = with(&watch, &[]);
        assert_eq!((code, told.contains("Wrong at log.from")), (FOUND, true), "{told}");
        std::fs::write(&path, "{}").unwrap();
        let wrong = asked(made.written().as_bytes(), &["--log", path.to_str().unwrap()]);
        assert!(format!("{:#}", wrong.unwrap_err()).contains("is no log.json"));
    }

    #[test]
    fn a_program_reads_the_same_in_one_line() {
        let text = bundle().written();
        let (told, _) = asked(text.as_bytes(), &["--json"]).unwrap();
        assert_eq!(told.lines().count(), 1);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&told["findings"], &told["funded"]), (&json!(0), &json!(["01"])));
        assert!(Line::try_parse_from(["verify-result", "nowhere"]).unwrap().asked.told().is_err());
    }
}
