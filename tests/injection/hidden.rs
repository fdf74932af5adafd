//! Invisible characters in every string of a model and in names of files. No output contains them.

use std::fs;

use permspec_tests::{Run, bytes_below, permspec};

use crate::{places, shows_all, without_colors};

/// Invisible characters, and characters that control a terminal.
const HIDDEN: &str = "a\u{0}\u{1b}[2J\u{9b}\u{202e}\u{2028}\u{feff}\u{e0041}b";

/// A project whose model has these characters in every string that may contain any text.
fn hidden_project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let needed = serde_json::json!({"action": "bake:ovens:get", "when": HIDDEN});
    let page = serde_json::json!({
        "permspec": 2,
        "service": "bake",
        "page": {
            "title": HIDDEN,
            "path": format!("bake/{HIDDEN}.rst"),
            "original_name": HIDDEN,
            "doc_url": format!("https://bake.example/{HIDDEN}"),
            "sha256": HIDDEN,
        },
        "operations": [{
            "id": "GetOven",
            "title": HIDDEN,
            "section": HIDDEN,
            "line": 1,
            "endpoints": [{
                "method": "POST",
                "path": format!("/v1/{HIDDEN}/{{{HIDDEN}}}"),
                "query": [HIDDEN],
                "body_action": HIDDEN,
            }],
            "actions": [needed],
            "dependencies": [needed],
            "iam_project": true,
            "enterprise_project": false,
        }],
    });
    let config = format!(
        "permspec = 1\nmodels = \"models\"\n[service.bake]\ntitle = {}\n",
        // The escapes of JSON are those of TOML, except for surrogate pairs.
        serde_json::to_string(&HIDDEN.replace('\u{e0041}', "")).unwrap()
    );
    fs::write(folder.path().join("permspec.toml"), config).unwrap();
    let model = folder.path().join("models/bake/ovens.json");
    fs::create_dir_all(model.parent().unwrap()).unwrap();
    fs::write(model, page.to_string()).unwrap();
    folder
}

#[test]
fn no_string_of_a_model_gets_out_with_what_nobody_sees() {
    let folder = hidden_project();
    let template = folder.path().join("own/all.txt.j2");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    // A user's template, which does not escape anything itself.
    let own = "\u{2060}{% for service in services %}{% for page in service.pages %}{{ page }}{{ page | tojson }}\
        {% for operation in page.operations %}{{ operation.routes[0].path }}{{ operation.routes[0].path | safe }}\
        {% endfor %}{% endfor %}{% endfor %}\n";
    fs::write(template, own).unwrap();
    let run = |arguments: &[&str]| {
        let run = permspec()
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let run = Run::of(run.unwrap());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        for text in [&run.stdout, &run.stderr] {
            let bad = text.lines().find(|line| !shows_all(line));
            assert_eq!(bad, None, "{arguments:?}");
        }
        run.stdout
    };
    let sets = [
        "csv",
        "go",
        "html",
        "markdown",
        "python",
        "rego",
        "terraform",
        "typescript",
    ];
    run(&[&["render"][..], &sets, &["own", "--out", "out"]].concat());
    run(&["export", "openapi", "--out", "out/openapi"]);
    for printed in [
        &["routes"][..],
        &["routes", "--format", "json"],
        &["permissions"],
        &["permissions", "--format", "json"],
        &["permissions", "--format", "csv"],
        &["export", "json"],
    ] {
        run(printed);
    }
    let mut texts = 0;
    for (path, bytes) in bytes_below(&folder.path().join("out")) {
        let text = String::from_utf8(bytes).unwrap();
        // The text of a template itself stays as it is.
        let text = text.strip_prefix('\u{2060}').unwrap_or(&text);
        let hidden = text.lines().find(|line| !shows_all(line));
        assert_eq!(hidden, None, "{}", path.display());
        texts += 1;
    }
    assert!(texts > 10, "{texts}");
    let read = |path: &str| fs::read_to_string(folder.path().join("out").join(path)).unwrap();
    let escaped = r"/v1/a\u0000\u001b[2J\u009b\u202e\u2028\ufeff\udb40\udc41b/{";
    for file in ["operations.csv", "assets/catalogue.js", "all.txt"] {
        assert!(read(file).contains(escaped), "{file}: {}", read(file));
    }
    // A JSON reader gets the value as it is.
    let data: serde_json::Value = serde_json::from_str(&read("permspec/data.json")).unwrap();
    let route = &data["services"]["bake"]["GetOven"]["routes"][0];
    assert_eq!(route["path"], format!("/v1/{HIDDEN}/{{{HIDDEN}}}"));
    assert_eq!(route["body_action"], HIDDEN);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_does_not_work_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[2J\u{202e}\nerror: forged";
    let page = |text: &str| places::ALL[0].1(text);
    let file = folder.path().join("bake").join(format!("{name}.rst"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, page("FETCH \u{202e}")).unwrap();
    let policy = format!("{name}.json");
    fs::write(folder.path().join(&policy), "{\"Version\": \"1.0\"}").unwrap();
    let named = format!("bake/{name}.rst");
    for arguments in [
        &["lint", "bake"][..],
        &["lint", "bake", "--notes"],
        &["lint", &named],
        &["lint", "bake", "--format", "json"],
        &["lint", "bake", "--format", "github"],
        &["lint", "bake", "--format", "sarif"],
        &["lint", &format!("missing{name}")],
        &["tables", &named],
        &["extract", "--docs", "bake"],
        &["extract", &named],
        &["diff", "bake", &named],
        &["policy", "check", &policy],
    ] {
        let run = permspec()
            .args(["--color", "always"])
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let run = Run::of(run.unwrap());
        for text in [&run.stdout, &without_colors(&run.stderr)] {
            let bad = text.lines().find(|line| !shows_all(line));
            assert_eq!(bad, None, "{arguments:?}");
        }
        if arguments[0] == "lint" {
            let text = without_colors(&run.stderr);
            assert!(
                !text.lines().any(|line| line.starts_with("error: forged")),
                "{text}"
            );
        }
    }
}
