use super::*;

fn page(actions: &[&str], query: &[&str]) -> Page {
    let route = r#"{"method": "GET", "path": "/v1", "query": QUERY, "body_action": null}"#;
    let route = route.replace("QUERY", &format!("{query:?}"));
    let page = format!(
        r#"{{"permspec": 2, "service": "ims",
        "page": {{"title": "", "path": "", "original_name": null, "doc_url": null, "sha256": ""}},
        "operations": [{{"id": "X", "title": "", "section": null, "line": 1, "endpoints": [{route}],
            "actions": {actions:?}, "dependencies": [], "iam_project": null, "enterprise_project": null}}]}}"#
    );
    Page::from_json(&page).unwrap()
}

fn names(pages: &[Page]) -> BTreeMap<String, String> {
    let service = Service {
        name: "ims".into(),
        title: None,
        access: crate::model::Access::default(),
        pages: pages.to_vec(),
    };
    let queries = query_constants(&service);
    let queries = queries
        .into_iter()
        .map(|(text, name)| (ConstantKind::Query.key(&text), name));
    constants(&service).into_iter().chain(queries).collect()
}

#[test]
fn two_actions_never_share_a_constant() {
    let actions = [
        "ims:images:get",
        "IMS:images:get",
        "ims:im_ages:get",
        "vpc:ports:get",
    ];
    let names = names(&[page(&actions, &[])]);
    assert_eq!(names["ims:im_ages:get"], "IM_AGES_GET");
    assert_eq!(names["ims:images:get"], "IMAGES_GET_IN_LOWER_CASE");
    assert_eq!(names["IMS:images:get"], "IMS_IMAGES_GET");
    assert_eq!(names["vpc:ports:get"], "VPC_PORTS_GET");
}

#[test]
fn a_name_that_is_taken_becomes_one_that_says_how_the_text_is_written() {
    for (first, second, name) in [
        (
            "ims:node_pool:get",
            "ims:node-pool:get",
            "NODE_HYPHEN_POOL_GET",
        ),
        (
            "ims:node-pool:get",
            "ims:node_pool:get",
            "NODE_UNDERSCORE_POOL_GET",
        ),
        (
            "ims:nodepool:get",
            "ims:nodePool:get",
            "NODE_POOL_GET_IN_MIXED_CASE",
        ),
        (
            "ims:nodePool:get",
            "ims:nodepool:get",
            "NODEPOOL_GET_IN_LOWER_CASE",
        ),
        ("ims:a-b:get", "ims:A-B:get", "A_HYPHEN_B_GET"),
    ] {
        let old = page(&[first], &[]);
        let mut new = [page(&[second, first], &[])];
        pin("ims", &[&old], &[], &mut new);
        let names = names(&new);
        assert_eq!(
            (names[first].clone(), &*names[second]),
            (names_of(&old), name)
        );
        assert_eq!(
            new[0].constants,
            BTreeMap::from([(second.to_owned(), name.to_owned())])
        );
    }
}

fn names_of(page: &Page) -> String {
    names(std::slice::from_ref(page))
        .into_values()
        .next()
        .unwrap()
}

/// All texts that differ in marks and case only, so that all of them want one name.
fn alike() -> Vec<String> {
    let marks = ["", "-", "_", ":", ".", "--", "-_"];
    let words = ["ims:node", "ims:Node", "ims:NODE"];
    let texts = words.iter().flat_map(|word| {
        let ends = ["pool:get", "Pool:get"];
        marks
            .iter()
            .flat_map(move |mark| ends.map(|end| format!("{word}{mark}{end}")))
    });
    texts.collect()
}

#[test]
fn whatever_comes_and_goes_no_constant_that_stays_changes() {
    let alike = alike();
    let mut random = 7_u64;
    let mut next = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(random >> 33).unwrap() % below
    };
    let mut model: Vec<Page> = vec![page(&[], &[]), page(&[], &[])];
    for _ in 0..300 {
        let mut read: Vec<Page> = Vec::new();
        // Two pages, of which one may stay unread.
        let unread = next(3);
        for at in 0..2 {
            let some: Vec<&str> = (0..next(6)).map(|_| &*alike[next(alike.len())]).collect();
            let queries: Vec<&str> = some.iter().map(|text| &text[4..]).collect();
            if at != unread {
                read.push(page(&some, &queries));
            }
        }
        let before = names(&model);
        let (kept, present): (Vec<&Page>, Vec<&Page>) = (
            model.get(unread).into_iter().collect(),
            model.iter().collect(),
        );
        pin("ims", &present, &kept, &mut read);
        let kept: Vec<Page> = kept.into_iter().cloned().collect();
        if unread < 2 {
            read.insert(unread, kept.into_iter().next().unwrap());
        }
        model = read;
        let after = names(&model);
        for (text, name) in &after {
            assert!(
                before.get(text).is_none_or(|before| before == name),
                "{text}"
            );
            assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name}");
        }
        for kind in ["?", ""] {
            let own = after
                .iter()
                .filter(|(text, _)| text.starts_with('?') == (kind == "?"));
            let own: Vec<String> = own.map(|(_, name)| key(name)).collect();
            assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len());
        }
    }
}

#[test]
fn a_name_in_a_model_that_is_no_name_or_that_of_another_is_a_fault() {
    let with = |pins: &[(&str, &str)]| {
        let mut page = page(&["ims:a:get", "ims:b:get", "ims:c:get"], &["limit"]);
        let pins = pins
            .iter()
            .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()));
        page.constants = pins.collect();
        page
    };
    let faults = |pages: &[Page]| {
        let pages: Vec<&Page> = pages.iter().collect();
        let found = faults("ims", &pages);
        found
            .iter()
            .map(|(at, key, _)| (*at, (*key).to_owned()))
            .collect::<Vec<_>>()
    };
    let good = with(&[
        ("ims:a:get", "A_OLD"),
        ("?limit", "B_GET"),
        ("ims:gone:get", "C_OLD"),
    ]);
    assert_eq!(faults(std::slice::from_ref(&good)), []);
    assert_eq!(faults(&[good.clone(), good.clone()]), []);
    for name in ["", "_", "a_get", "1A", "A B", "A\u{c4}", "A;"] {
        assert_eq!(
            faults(&[with(&[("ims:a:get", name)])]),
            [(0, "ims:a:get".into())],
            "{name}"
        );
    }
    // The plain name of another, that of another in the file, and two names for one.
    assert_eq!(
        faults(&[with(&[("ims:a:get", "BGET")])]),
        [(0, "ims:a:get".into())]
    );
    let twins = with(&[("ims:a:get", "X"), ("ims:b:get", "X_")]);
    assert_eq!(faults(&[twins]), [(0, "ims:b:get".into())]);
    let other = with(&[("ims:a:get", "A_NEW")]);
    assert_eq!(faults(&[good, other]), [(1, "ims:a:get".into())]);
}

#[test]
fn nothing_is_kept_of_a_constant_that_has_its_plain_name() {
    let mut pages = [page(&["ims:images:get"], &["limit"])];
    pin("ims", &[], &[], &mut pages);
    assert!(pages[0].constants.is_empty());
    assert!(!pages[0].to_json().contains("constants"));
}

#[test]
fn a_new_parameter_leaves_the_constant_of_an_old_one_alone() {
    let old = page(&[], &["limit"]);
    let mut new = [page(&[], &["Limit", "limit"])];
    pin("ims", &[&old], &[], &mut new);
    let names = names(&new);
    assert_eq!(
        (&*names["?limit"], &*names["?Limit"]),
        ("LIMIT", "LIMIT_IN_MIXED_CASE")
    );
    assert!(
        new[0]
            .to_json()
            .contains("\"?Limit\": \"LIMIT_IN_MIXED_CASE\"")
    );
    assert_eq!(Page::from_json(&new[0].to_json()).unwrap(), new[0]);
}
