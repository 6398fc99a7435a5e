//! What shells and `man` are given: completions that complete, and a page for each command.

use std::process::{Command, Output};

fn inroad(args: &[&str]) -> Output {
    // Neither needs a data file, nor makes one.
    Command::new(env!("CARGO_BIN_EXE_inroad"))
        .env("INROAD_DATA", "/nowhere/inroad.db")
        .args(args)
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn every_shell_gets_a_script_that_names_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&inroad(&["completions", shell]));
        for word in ["do-not-contact", "second-reading", "passphrase-file"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(!inroad(&["completions", "tcsh"]).status.success());
}

#[test]
fn bash_completes_what_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("inroad.bash");
    std::fs::write(&script, text(&inroad(&["completions", "bash"]))).unwrap();
    for (typed, expected) in
        [("inroad do", "doctor do-not-contact doubles"), ("inroad deals ac", "accept")]
    {
        let words: Vec<&str> = typed.split(' ').collect();
        let last = words.len() - 1;
        let ask = format!(
            "source {}; COMP_WORDS=({typed}); COMP_CWORD={last}; \
             _inroad inroad {} {}; echo ${{COMPREPLY[@]}}",
            script.display(),
            words[last],
            words[last - 1]
        );
        let Ok(answer) = Command::new("bash").args(["--norc", "-c", &ask]).output() else {
            println!("SKIPPED: there is no bash");
            return;
        };
        let answer = text(&answer);
        let mut found: Vec<&str> = answer.split_whitespace().collect();
        let mut expected: Vec<&str> = expected.split(' ').collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn each_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("man/man1");
    let said = text(&inroad(&["man", "--to", to.to_str().unwrap()]));
    assert!(said.contains("man1"), "{said}");
    let help = text(&inroad(&["--help"]));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 40, "{commands:?}");
    for name in commands {
        let page = to.join(format!("inroad-{name}.1"));
        let page = std::fs::read_to_string(&page).expect(name);
        assert!(page.contains(".TH") && page.contains(".SH NAME"), "{name}");
    }
    // Commands of commands have theirs, and the one without a folder is the whole program's.
    assert!(to.join("inroad-deals-accept.1").is_file());
    let whole = std::fs::read_to_string(to.join("inroad.1")).unwrap();
    assert_eq!(text(&inroad(&["man"])), whole);
}
