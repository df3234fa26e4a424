//! The largest results there can be, recounted by `baraza verify-result` as anybody would, in a
//! process of its own. The votes are made here by a fixed rule, so that every run has the same.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ballots::{
    Choice, Credential, Head, Hex, Issued, LogKey, Making, PROJECTS_MAX, Project, Publication,
    Rules, SignedHead, TieRule, log, make,
};
use rooms::decisions::ballots::rules::{CREDENTIALS_MAX, TOGETHER_MIN};

use crate::{held, peak_memory_mb, program};

/// What a recount may take, in seconds.
const RECOUNT_S_MAX: f64 = 5.0;
/// More ballots than any round has; a bundle of these is nearly as long as one may be.
const MANY: usize = 100_000;
/// Areas for which cards were given out.
const AREAS: usize = 20;
/// Ways in which people vote: alike often enough to be published in full.
const PATTERNS: usize = 50;
/// Steps of a second in which the system counts a processor's time for processes that ended.
const TICKS_A_SECOND: f64 = 100.0;

/// One result to be recounted.
struct Case {
    what: &'static str,
    ballots: usize,
    choices: usize,
    points: u32,
    full: bool,
}

/// Runs and prints the table.
pub fn results() {
    let most = "all cards of a round, most choices";
    let cases = [
        Case { what: most, ballots: CREDENTIALS_MAX, choices: 39, points: 0, full: true },
        Case { what: most, ballots: CREDENTIALS_MAX, choices: 39, points: 100, full: true },
        Case { what: "ten times as many", ballots: MANY, choices: 15, points: 0, full: true },
        Case { what: "hashes alone", ballots: MANY, choices: 15, points: 0, full: false },
    ];
    println!(
        "| recounted | ballots | signed heads | projects on a ballot | file MB | seconds | \
         processor s | most memory MB |\n|---|---|---|---|---|---|---|---|"
    );
    let slowest = cases.iter().map(recounted).fold(0.0, f64::max);
    println!(
        "\n`baraza verify-result` reads the file and recounts: every signature, the log at each of \
         its heads, the count (`mes_cost_add1u`, or `mes_points_add1u` with points) and every \
         area's part. A round has at most {CREDENTIALS_MAX} cards; the log's heads are as many as \
         there can be, one for each {TOGETHER_MIN} ballots. The slowest took {slowest:.2} s, at \
         most {RECOUNT_S_MAX} s. Seconds are by the clock; a load below says that others used the \
         cores too."
    );
    held("the slowest recount", slowest, RECOUNT_S_MAX);
}

/// Makes a result, has it recounted, prints its line; returns the seconds.
fn recounted(case: &Case) -> f64 {
    let (making, key) = making(case);
    let bundle = make(&making, &key).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("result.json");
    let written = bundle.written();
    std::fs::write(&file, &written).unwrap();
    let (busy, began) = (children_s(), Instant::now());
    let mut child = Command::new(program())
        .arg("verify-result")
        .arg(&file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak_memory_mb(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let (seconds, busy) = (began.elapsed().as_secs_f64(), children_s() - busy);
    assert!(status.success(), "a sound result was not found sound: {status}");
    let kind = if case.points > 0 { ", points" } else { "" };
    println!(
        "| {}{kind} | {} | {} | {} | {:.1} | **{seconds:.2}** | {busy:.2} | {memory} |",
        case.what,
        case.ballots,
        making.heads.len(),
        if case.full { case.choices.to_string() } else { "–".to_owned() },
        written.len() as f64 / 1e6,
    );
    seconds
}

/// All that lies in the box after everybody has voted.
fn making(case: &Case) -> (Making, LogKey) {
    let key = LogKey::from_seed(&[7; 32]);
    let rules = rules(case, &key);
    let (mut issued, mut ballots) = (Vec::new(), Vec::new());
    for n in 0..case.ballots {
        let number = (n as u64).to_be_bytes();
        let mut seed = [9; 32];
        seed[..8].copy_from_slice(&number);
        let (credential, mut salt) = (Credential::from_seed(&seed), [0; 16]);
        salt[..8].copy_from_slice(&number);
        issued.push(Issued { public: credential.public(), group: n % AREAS, way: 0, void: false });
        let choices = choices(case, n / AREAS % PATTERNS);
        ballots.push(credential.vote(rules.round.0, 1, &choices, salt));
    }
    let mut leaves: Vec<log::Hash> = ballots.iter().map(ballots::SignedBallot::leaf).collect();
    leaves.sort_unstable();
    let heads = heads(&rules, &leaves, &key);
    let groups = (1..=AREAS).map(|n| format!("Area {n}")).collect();
    let ways = vec!["card".to_owned()];
    (Making { rules, groups, ways, issued, leaves, heads, ballots, papers: Vec::new() }, key)
}

fn rules(case: &Case, key: &LogKey) -> Rules {
    let project = |n: usize| Project {
        id: format!("{n:02}"),
        title: format!("Project {n}"),
        cost_minor: 100_000 + 7_919 * (n as u64 * n as u64 % 97),
    };
    let projects: Vec<Project> = (1..=PROJECTS_MAX).map(project).collect();
    let all: u64 = projects.iter().map(|project| project.cost_minor).sum();
    let (kind, rule) = match case.points {
        0 => (ballots::APPROVAL, "mes_cost_add1u"),
        _ => (ballots::CUMULATIVE, "mes_points_add1u"),
    };
    Rules {
        round: Hex([3; 16]),
        number: 1,
        question: "What shall the money of this year do?".to_owned(),
        kind: kind.to_owned(),
        choices_max: PROJECTS_MAX as u32,
        points: case.points,
        rule: rule.to_owned(),
        tie: TieRule::Cost,
        budget_minor: all / 3,
        decimals: 2,
        currency: "HTG".to_owned(),
        projects,
        place: "Everywhere".to_owned(),
        who: "Everybody".to_owned(),
        women_only: false,
        opens_ms: 1,
        closes_ms: 2,
        appeal_days: 7,
        publication: if case.full { Publication::FullIfMany } else { Publication::Commitments },
        log_key: Hex(key.public()),
        turnout_min: None,
        force: None,
    }
}

/// What whoever votes by this pattern chooses: as many projects as may be, by steps of their own
/// from a start of their own.
fn choices(case: &Case, pattern: usize) -> Vec<Choice> {
    // Steps that share no factor with the number of projects meet each project once.
    let step = [1, 3, 7, 9, 11, 13, 17, 19][pattern % 8];
    let one = |n: usize| Choice {
        project: format!("{:02}", (pattern + n * step) % PROJECTS_MAX + 1),
        points: if case.points > 0 { 1 + (n % 3) as u32 } else { 1 },
    };
    (0..case.choices).map(one).collect()
}

/// As many heads as a log can have: one for each batch of the smallest size.
fn heads(rules: &Rules, leaves: &[log::Hash], key: &LogKey) -> Vec<SignedHead> {
    let mut grown = log::Growing::default();
    let head = |grown: &log::Growing| {
        let (size, root) = (grown.size() as u64, grown.root());
        key.sign_head(&Head { round: rules.round.0, size, root })
    };
    let mut heads = vec![head(&grown)];
    for batch in leaves.chunks(TOGETHER_MIN) {
        batch.iter().for_each(|leaf| grown.push(*leaf));
        heads.push(head(&grown));
    }
    heads
}

/// Seconds for which processes that this one started, and that ended, kept a processor busy.
fn children_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    // Behind the name, the fields on children's time are the fourteenth and fifteenth.
    let fields: Vec<f64> =
        behind.split_whitespace().skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS_A_SECOND
}
