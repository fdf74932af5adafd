use super::*;

fn read(title: &str) -> (String, String) {
    let title = TitleParts::read(title);
    (title.verbs.concat(), title.object.join(" "))
}

#[test]
fn verbs_are_the_words_before_what_is_acted_upon() {
    for (title, verbs, object) in [
        (
            "Adding an Image Member (Native OpenStack API)",
            "Add",
            "Image Member",
        ),
        (
            "Batch adding or deleting resource tags",
            "AddOrDelete",
            "resource tags",
        ),
        (
            "Executing, enabling, or disabling an AS policy",
            "ExecuteOrEnableOrDisable",
            "AS policy",
        ),
        ("Scaling out/in a queue", "ScaleOutOrIn", "queue"),
        (
            "Rolling back IP address switching",
            "RollBack",
            "IP address switching",
        ),
        ("Cold migrating an ECS", "ColdMigrate", "ECS"),
        ("Forcibly deleting a plug-in", "ForciblyDelete", "plugin"),
        ("Reporting events and alarms", "Report", "events and alarms"),
        (
            "Restarting a paused or running task",
            "Restart",
            "paused or running task",
        ),
        ("Image members", "", "Image members"),
        ("镜像", "", ""),
    ] {
        assert_eq!(
            read(title),
            (verbs.to_owned(), object.to_owned()),
            "{title}"
        );
    }
}

#[test]
fn a_verb_that_follows_an_object_is_told() {
    let title = TitleParts::read("Adding tags to or deleting tags from a load balancer in batches");
    assert_eq!(
        (title.verbs.concat(), title.later.concat()),
        ("Add".into(), "Delete".into())
    );
    assert!(title.batch);
    let title =
        TitleParts::read("Adding tags to an ECS in a batch/Deleting tags from an ECS in a batch");
    assert_eq!(
        title.object.join(" "),
        "tags to ECS or delete tags from ECS"
    );
}

#[test]
fn one_sentence_counts_and_parentheses_do_not() {
    assert_eq!(read("Lists ovens. Broken ones are listed too.").1, "ovens");
    assert_eq!(
        read("Creating a list (formerly a filter) rule (V2).").1,
        "list rule"
    );
    assert_eq!(
        TitleParts::read("Querying a User (Recommended)").tail,
        ["Recommended"]
    );
}

#[test]
fn what_only_wraps_an_object_is_taken_off() {
    for (title, object, list) in [
        ("Querying the threshold rule list", "threshold rule", true),
        (
            "Obtaining the list of instance users",
            "instance users",
            true,
        ),
        ("Querying details about all ECSs", "ECSs", false),
        ("Querying API group details", "API group", false),
        ("Querying brief information about disks", "disks", false),
        ("Querying details of a tag of a disk", "tag of disk", false),
        ("Querying the list", "list", false),
    ] {
        let (unwrapped, listed) = TitleParts::read(title).unwrapped();
        assert_eq!(
            (unwrapped.join(" ").as_str(), listed),
            (object, list),
            "{title}"
        );
    }
    let wrapped = TitleParts::read("Querying details about ECSs").wrapped();
    assert_eq!(wrapped, ["ECS", "details"]);
}

#[test]
fn the_noun_stands_before_the_phrase_that_describes_it() {
    for (object, several) in [
        ("tags of disk", true),
        ("APIs not bound to app", true),
        ("versions supported by service", true),
        ("projects accessible to users", true),
        ("number of instances", false),
        ("shared images", true),
    ] {
        let words: Vec<String> = object.split(' ').map(str::to_owned).collect();
        assert_eq!(means_several(&words), several, "{object}");
    }
}
