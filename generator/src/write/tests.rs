use super::*;

#[test]
fn only_files_that_differ_are_written_and_nothing_else_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (same, other) = (
        folder.path().join("same.json"),
        folder.path().join("new/other.json"),
    );
    fs::write(&same, "{}\n").unwrap();
    let mut files = Files::below(folder.path());
    files.insert(&same, "{}\n".into());
    files.insert(&other, "[]\n".into());
    let mut report = Report::default();
    assert_eq!(
        files.compare(&mut report)[0],
        (other.as_path(), State::Missing)
    );
    assert_eq!(files.write(&mut report), [other.as_path()]);
    assert_eq!(files.write(&mut report), [] as [&Path; 0]);
    assert!(report.is_empty());
    assert_eq!(fs::read_dir(other.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_place_that_cannot_be_written_is_reported_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (blocked, free) = (folder.path().join("a"), folder.path().join("b"));
    fs::create_dir(&blocked).unwrap();
    fs::write(&free, "old").unwrap();
    let mut files = Files::below(folder.path());
    files.insert(&blocked, "text".into());
    files.insert(&free, "text".into());
    let mut report = Report::default();
    assert_eq!(files.write(&mut report), [] as [&Path; 0]);
    assert_eq!(report.diagnostics().len(), 1, "{report}");
    assert_eq!(fs::read_to_string(&free).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_path_that_leaves_the_folder_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (out, free) = (folder.path().join("out"), folder.path().join("out/a.json"));
    let absolute = folder.path().join("absolute.json");
    for outside in [
        "../b.json",
        "x/../../b.json",
        "x/..",
        "",
        absolute.to_str().unwrap(),
    ] {
        for command in [Files::compare_all, Files::write_all] {
            let mut files = Files::below(&out);
            files.insert(&free, "{}".into());
            files.insert(out.join(outside), "{}".into());
            let report = command(&files);
            assert_eq!(report.error_count(), 1, "{outside}: {report}");
            assert_eq!(report.diagnostics()[0].code, Code::Unwritable);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{outside}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (out, elsewhere) = (folder.path().join("out"), folder.path().join("elsewhere"));
    fs::create_dir_all(out.join("real")).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, out.join(name)).unwrap();
    link(&elsewhere, "outside");
    link(&folder.path().join("nowhere"), "nowhere");
    link(Path::new("real"), "inside");
    for (place, written) in [
        ("outside/a", 0),
        ("outside/b/a", 0),
        ("nowhere/a", 0),
        ("inside/a", 1),
    ] {
        let mut files = Files::below(&out);
        files.insert(out.join(place), "text".into());
        let mut report = Report::default();
        assert_eq!(files.write(&mut report).len(), written, "{place}: {report}");
        assert_eq!(report.error_count(), 1 - written, "{place}");
    }
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert!(!folder.path().join("nowhere").exists() && out.join("real/a").exists());
    // The folder itself may be a link. The caller means its target.
    let mut files = Files::below(out.join("outside"));
    files.insert(out.join("outside/a"), "text".into());
    assert_eq!(files.write(&mut Report::default()).len(), 1);
    // A file that is a link is replaced, and what it pointed to stays.
    let target = folder.path().join("target");
    fs::write(&target, "old").unwrap();
    link(&target, "file");
    let mut files = Files::below(&out);
    files.insert(out.join("file"), "new".into());
    assert_eq!(files.write(&mut Report::default()).len(), 1);
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
}

#[test]
fn two_texts_for_one_file_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Files::below(folder.path());
    for text in ["one", "one", "other"] {
        files.insert(folder.path().join("a"), text.into());
    }
    assert_eq!(files.write_all().error_count(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn line_ends_never_matter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    for (disk, text, state) in [
        ("a\r\nb\r\n", "a\nb\n", State::Current),
        ("a\nb\r\n", "a\r\nb\n", State::Current),
        ("a\nb\n", "a\r\nb\r\n", State::Current),
        ("a\rb\n", "a\nb\n", State::Differs),
        ("a\r\nc\r\n", "a\nb\n", State::Differs),
        ("a\n\nb\n", "a\nb\n", State::Differs),
    ] {
        fs::write(&path, disk).unwrap();
        let mut files = Files::below(folder.path());
        files.insert(&path, text.into());
        let found = files.compare(&mut Report::default())[0].1;
        assert_eq!(found, state, "{disk:?} {text:?}");
    }
}

impl Files {
    fn compare_all(&self) -> Report {
        let mut report = Report::default();
        self.compare(&mut report);
        report
    }

    fn write_all(&self) -> Report {
        let mut report = Report::default();
        assert_eq!(self.write(&mut report), [] as [&Path; 0]);
        report
    }
}
