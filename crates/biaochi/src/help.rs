//! Help in the caller's language: the verbs' structure is clap's, their words are the catalogue's.
//!
//! A verb `list read` finds its words under `cli-list-read` and an example under `cli-list-read-example`; an argument
//! `--key-file` of any verb under `cli-arg-key-file`, unless the verb has a word of its own, `cli-list-read-arg-file`.

use clap::{Arg, Command, CommandFactory, builder::StyledStr};
use language::{Lang, t, text};
use std::ffi::OsString;

/// The language that a call asks for: `--lang`, else `BIAOCHI_LANG`, else `LANG`, else Chinese.
pub fn lang_of_call(words: impl Iterator<Item = OsString>, environment: Option<String>) -> Lang {
    let words: Vec<String> = words.filter_map(|word| word.into_string().ok()).collect();
    let flag = words.iter().enumerate().find_map(|(index, word)| {
        if word == "--lang" {
            words.get(index + 1).cloned()
        } else {
            word.strip_prefix("--lang=").map(str::to_owned)
        }
    });
    let asked = flag.or_else(|| std::env::var("BIAOCHI_LANG").ok()).or(environment);
    match asked {
        Some(asked) if asked.to_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The command line with its words.
pub fn command(lang: Lang) -> Command {
    worded(crate::cli::Cli::command(), lang, "cli").version(env!("CARGO_PKG_VERSION"))
}

fn worded(command: Command, lang: Lang, id: &str) -> Command {
    let subcommands: Vec<String> = command.get_subcommands().map(|s| s.get_name().to_owned()).collect();
    let mut command = command
        .about(text(lang, id))
        .after_help(text(lang, &format!("{id}-example")))
        .help_template(template(lang))
        .subcommand_help_heading(t!(lang, "cli-heading-verbs"))
        .subcommand_value_name(t!(lang, "cli-heading-verb"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| argument(arg, lang, id));
    command = command.arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(clap::ArgAction::Help)
            .help(t!(lang, "cli-arg-help"))
            .help_heading(t!(lang, "cli-heading-options")),
    );
    if id == "cli" {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(t!(lang, "cli-arg-version"))
                .help_heading(t!(lang, "cli-heading-options")),
        );
    }
    for name in subcommands {
        command = command.mut_subcommand(&name, |sub| worded(sub, lang, &format!("{id}-{name}")));
    }
    command
}

fn argument(arg: Arg, lang: Lang, id: &str) -> Arg {
    let name = arg.get_id().as_str().replace('_', "-");
    let own = format!("{id}-arg-{name}");
    let words = if language::ids().contains(&own) {
        text(lang, &own)
    } else {
        text(lang, &format!("cli-arg-{name}"))
    };
    let heading = if arg.is_positional() {
        t!(lang, "cli-heading-arguments")
    } else {
        t!(lang, "cli-heading-options")
    };
    arg.help(words).help_heading(heading)
}

fn template(lang: Lang) -> StyledStr {
    let usage = t!(lang, "cli-heading-usage");
    format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}\n").into()
}
