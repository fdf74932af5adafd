//! What pages of an API reference say in their own words: printed on request, and never in a model.

use std::fs;

use permspec_tests::{Run, extract_reference, permspec};

const DESCRIBED: &str = "\
Icing a Cake
============

Function
--------

This API *ices* a cake
of any size.

- Sponge
- Fruit.

.. note::

   Let it cool.

Constraints
~~~~~~~~~~~

Not a pie.

URI
---

POST /v1/cakes/{cake}/icing

.. table:: **Table 1** Parameters

   ========= ========= ======= ================================
   Parameter Mandatory Type    Description
   ========= ========= ======= ================================
   cake      Yes       String  The **cake**, see :ref:`Cakes <c>`.
   limit     No        Integer -
   ========= ========= ======= ================================

Request
-------

+-----------+-----------+-----------------------------------+-----------------------------+
| Parameter | Mandatory | Type                              | Description                 |
+===========+===========+===================================+=============================+
| colour    | Yes       | String                            | The colour can be           |
|           |           |                                   |                             |
|           |           |                                   | -  ``red``                  |
|           |           |                                   | -  ``blue``: pale           |
|           |           |                                   |                             |
|           |           |                                   |    or dark                  |
|           |           |                                   | -  any other;               |
|           |           |                                   | -  none                     |
|           |           |                                   |                             |
|           |           |                                   | It defaults to \\*white\\*.   |
+-----------+-----------+-----------------------------------+-----------------------------+
| layers    | No        | Array of :ref:`Layer <l>` objects | The layers.                 |
+-----------+-----------+-----------------------------------+-----------------------------+

.. _l:

========= ====== ====================
Parameter Type   Description
========= ====== ====================
jam       String Its   taste
                 and name.
========= ====== ====================
";

#[test]
fn descriptions_are_printed_as_plain_text_if_they_are_asked_for() {
    let docs = tempfile::tempdir().unwrap();
    fs::create_dir(docs.path().join("bakery")).unwrap();
    fs::write(docs.path().join("bakery/icing.rst"), DESCRIBED).unwrap();
    let extract = |options: &[&str]| extract_reference(docs.path(), options);
    let described = extract(&["--format", "jsonl", "--descriptions"]);
    assert_eq!(described.code, 0, "{}", described.stderr);
    let page: serde_json::Value = serde_json::from_str(&described.stdout).unwrap();
    for (place, text) in [
        (
            "/description",
            "This API ices a cake of any size. Sponge; Fruit. Let it cool.",
        ),
        ("/parameters/0/schema/description", "The cake, see Cakes."),
        (
            "/request/schema/properties/colour/description",
            "The colour can be red; blue: pale or dark; any other; none. It defaults to *white*.",
        ),
        (
            "/request/schema/properties/layers/description",
            "The layers.",
        ),
        (
            "/$defs/Layer/properties/jam/description",
            "Its taste and name.",
        ),
    ] {
        let found = page.pointer(place).and_then(|it| it.as_str());
        assert_eq!(found, Some(text), "{place} of {page}");
    }
    // A dash says nothing.
    assert_eq!(page["parameters"][1]["name"], "limit");
    assert_eq!(page["parameters"][1]["schema"].get("description"), None);
    // Without the option, the output is the same without the descriptions.
    let plain = extract(&["--format", "jsonl"]);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert!(!plain.stdout.contains("description"), "{}", plain.stdout);
    let facts: serde_json::Value = serde_json::from_str(&plain.stdout).unwrap();
    assert_eq!(without_descriptions(page), facts);
}

fn without_descriptions(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| name != "description")
            .map(|(name, value)| (name, without_descriptions(value)))
            .collect(),
        serde_json::Value::Array(list) => list.into_iter().map(without_descriptions).collect(),
        value => value,
    }
}

#[test]
fn descriptions_are_refused_where_a_model_is_written() {
    for (options, reason) in [
        (&["--reference"][..], "needs '--format jsonl'"),
        (
            &["--reference", "--format", "json"],
            "needs '--format jsonl'",
        ),
        (
            &["--format", "jsonl"],
            "required arguments were not provided",
        ),
    ] {
        let mut command = permspec();
        let command = command.args(["extract", "--docs", ".", "--descriptions"]);
        let run = Run::of(command.args(options).output().unwrap());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{options:?}");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
        assert!(
            run.stderr.contains("Usage: permspec extract"),
            "{}",
            run.stderr
        );
    }
}
