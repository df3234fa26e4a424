//! The program itself, built beside the stories so that they can start and kill it.

fn main() -> std::process::ExitCode {
    server::cli::run()
}
