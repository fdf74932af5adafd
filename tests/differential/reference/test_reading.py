"""What this reading makes of small pages, so that the judge is judged as well.

    python -m unittest discover --start-directory tests/differential/reference
"""

from collections import Counter
import json
from pathlib import Path
import tempfile
import textwrap
import unittest

import bodies
import cell_types
import compare
import elsewhere
import figures
import flat
import nesting
import pages
import reading
import uri
import blocks

GENERATED = """
.. _plant_01:

Planting a Tree
===============

URI
---

POST /v1/{garden_id}/trees?dry_run={dry_run}

.. table:: **Table 1** Path Parameters

   ========= ========= ====== ===========
   Parameter Mandatory Type   Description
   ========= ========= ====== ===========
   garden_id Yes       String The garden.
   ========= ========= ====== ===========

Request Parameters
------------------

.. table:: **Table 2** Request header parameters

   ============ ========= ====== ===========
   Parameter    Mandatory Type   Description
   ============ ========= ====== ===========
   X-Auth-Token Yes       String The token.
   ============ ========= ====== ===========

.. table:: **Table 3** Request body parameters

   +-----------+-----------+---------------------------------------------------+-------------+
   | Parameter | Mandatory | Type                                              | Description |
   +===========+===========+===================================================+=============+
   | kind      | Yes       | String                                            | The kind.   |
   +-----------+-----------+---------------------------------------------------+-------------+
   | branches  | No        | Array of :ref:`Branch <plant_01__branch>` objects | Branches.   |
   +-----------+-----------+---------------------------------------------------+-------------+
   | labels    | No        | Map<String,String>                                | Labels.     |
   +-----------+-----------+---------------------------------------------------+-------------+

.. _plant_01__branch:

.. table:: **Table 4** Branch

   +-----------+-----------+---------------------------------------------------+-------------+
   | Parameter | Mandatory | Type                                              | Description |
   +===========+===========+===================================================+=============+
   | length    | Yes       | Integer                                           | Length.     |
   +-----------+-----------+---------------------------------------------------+-------------+
   | twigs     | No        | Array of :ref:`Branch <plant_01__branch>` objects | Twigs.      |
   +-----------+-----------+---------------------------------------------------+-------------+
   | soil      | No        | :ref:`Soil <soil_02__soil>` object                | Soil.       |
   +-----------+-----------+---------------------------------------------------+-------------+

Response Parameters
-------------------

**Status code: 201**

.. table:: **Table 5** Response body parameters

   ========= ======= ===========
   Parameter Type    Description
   ========= ======= ===========
   [items]   Integer Identifiers.
   ========= ======= ===========

**Status code: 404**

.. table:: **Table 6** Response body parameters

   ========== ====== ===========
   Parameter  Type   Description
   ========== ====== ===========
   error_code String The code.
   ========== ====== ===========

Example Requests
----------------

.. code-block:: text

   POST https://{Endpoint}/v1/g/trees

   { "kind": "oak", "branches": [ { "length": 3 } ] }
"""

WRITTEN = """
.. _soil_02:

Querying Soil
=============

URI
---

-  URI format

   GET /v1/soils/{soil_id}

-  Parameter description

   ======= ========= ===========
   Name    Mandatory Description
   ======= ========= ===========
   soil_id Yes       The soil.
   depth   No        How deep.
   ======= ========= ===========

-  URI example

   GET /v1/soils/42

Request
-------

None

Response
--------

-  Parameter description

   ========= ========== ===========
   Parameter Type       Description
   ========= ========== ===========
   soil      Dictionary The soil.
   ========= ========== ===========

   .. _soil_02__soil:

   .. table:: **Table 3** Data structure of the **soil** field

      ========= ======= ===========
      Parameter Type    Description
      ========= ======= ===========
      wet       Boolean Is it wet.
      ========= ======= ===========

-  Example response

   ::

      { "soil": { "wet": true, "warm": false } }

Returned Values
---------------

-  Normal

   200

-  Abnormal

   ============== ===========
   Returned Value Description
   ============== ===========
   404 Not Found  No soil.
   ============== ===========
"""

FLAT = """
.. _hedge_03:

Cutting a Hedge
===============

URI
---

PUT /v1/hedges/{hedge_id}

Request
-------

============ ========= ============ ===========
Parameter    Mandatory Type         Description
============ ========= ============ ===========
plan         Yes       dict         The plan.
start_time   Yes       string       The start.
end_time     No        string       The end.
days         No        list<string> The days.
name         No        string       The name.
tool         No        Tool         The tool.
============ ========= ============ ===========

For details about the **tool** field, see :ref:`Table 3 <soil_02__soil>`.

Request Example
---------------

.. code-block::

   curl -X PUT -d '{ "plan": { "start_time": "12:00", "days": ["SUN"] }, "name": "front" }'

Response
--------

.. table:: **Table 1** Response parameters

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   hedge     Object The hedge.
   ========= ====== ===========

.. table:: **Table 2** What a hedge is made of

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   height    Float  The height.
   ========= ====== ===========

Response Example
----------------

.. code-block::

   { "hedge": { "height": 1.5 } }
"""


def read(**texts):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, text in texts.items():
            path = Path(folder) / "garden" / "api-ref" / "source" / f"{name}.rst"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        source = pages.Pages(folder)
        names = pages.paths(folder)
        others = elsewhere.Elsewhere(source, names)
        return {Path(name).stem: reading.operation(name, source.read(name), others.finder(name)) for name in names}


class GeneratedPages(unittest.TestCase):
    def setUp(self):
        self.read = read(plant=GENERATED, soil=WRITTEN)["plant"]

    def test_parameters_come_from_tables_and_from_the_query_in_the_path(self):
        self.assertEqual((self.read.method, self.read.path), ("POST", "/v1/{garden_id}/trees"))
        self.assertEqual([(one.name, one.place, one.required) for one in self.read.parameters],
                         [("garden_id", "path", True), ("X-Auth-Token", "header", True), ("dry_run", "query", False)])

    def test_nested_objects_are_found_by_label_on_other_pages_too_and_cycles_end(self):
        paths = flat.of_field(self.read.request)
        self.assertEqual({path: entry.kind for path, entry in paths.items()}, {
            "": "object", "kind": "string", "branches": "array", "branches[]": "object", "branches[].length": "integer",
            "branches[].twigs": "array", "branches[].twigs[]": "object", "branches[].soil": "object", "branches[].soil.wet": "boolean",
            "labels": "map", "labels{}": "string"})
        self.assertTrue(paths["branches[].twigs[]"].cut)
        self.assertEqual([path for path, entry in paths.items() if entry.required and path and not path.endswith(("[]", "{}"))],
                         ["kind", "branches[].length"])

    def test_the_row_of_an_array_is_the_body_and_an_error_is_no_response(self):
        self.assertEqual(list(self.read.responses), ["201"])
        self.assertEqual({path: entry.kind for path, entry in flat.of_field(self.read.responses["201"]).items()}, {"": "array", "[]": "integer"})
        self.assertEqual(self.read.errors, {"404"})

    def test_an_example_begins_after_the_line_of_the_request(self):
        self.assertEqual([(kind, strict, value["kind"]) for kind, _, _, value, strict in self.read.examples], [("request", True, "oak")])


class WrittenPages(unittest.TestCase):
    def setUp(self):
        self.read = read(soil=WRITTEN)["soil"]

    def test_rows_of_a_table_without_a_place_are_path_or_query_by_the_template(self):
        self.assertEqual([(one.name, one.place, one.kind) for one in self.read.parameters], [("soil_id", "path", ""), ("depth", "query", "")])

    def test_a_caption_names_the_field_whose_object_it_describes(self):
        self.assertEqual(list(flat.of_field(self.read.responses[""])), ["", "soil", "soil.wet"])

    def test_statuses_come_from_bullets_and_tables(self):
        self.assertEqual((self.read.successes, self.read.errors), ({"200"}, {"404"}))


class FlatPages(unittest.TestCase):
    def setUp(self):
        self.read = read(hedge=FLAT, soil=WRITTEN)["hedge"]

    def test_rows_that_follow_an_object_are_inside_of_it_where_the_example_says_so(self):
        self.assertEqual(list(flat.of_field(self.read.request)), [
            "", "plan", "plan.start_time", "plan.end_time", "plan.days", "plan.days[]", "name", "tool", "tool.wet"])

    def test_a_table_that_nothing_refers_to_belongs_to_the_object_whose_example_has_its_names(self):
        self.assertEqual(list(flat.of_field(self.read.responses[""])), ["", "hedge", "hedge.height"])
        self.assertEqual(self.read.variants, [])


class Comparison(unittest.TestCase):
    def compared(self, **changes):
        one = read(soil=WRITTEN)["soil"]
        schema = {"type": "object", "properties": {"soil": {"$ref": "#/$defs/Soil"}}}
        line = {"service": "garden", "page": one.page, "line": 1, "title": "Querying Soil", "method": "GET", "path": "/v1/soils/{id}",
                "parameters": [{"name": "soil_id", "in": "path", "required": True, "schema": {"type": "string"}},
                               {"name": "depth", "in": "query", "required": False, "schema": {}}],
                "request": None, "responses": [{"status": "200", "schema": schema}, {"status": "404", "schema": {}}],
                "examples": [{"kind": "response", "status": "200", "line": 1, "json": {"soil": {"wet": True, "warm": False}}}],
                "$defs": {"Soil": {"type": "object", "properties": {"wet": {"type": "boolean"}}}}}
        line.update(changes)
        return figures.compare(one, [json.loads(json.dumps(line))])

    def test_equal_readings_have_no_difference_but_the_spelling_of_the_path(self):
        page = self.compared()
        self.assertEqual([kind for kind, _, _ in page.differences], ["path"])
        self.assertEqual((page.counts["field paths found", "agree"], page.counts["field paths found", "of"]), (2, 2))

    def test_missing_and_spurious_fields_are_counted(self):
        page = self.compared(**{"$defs": {"Soil": {"type": "object", "properties": {"dry": {"type": "boolean"}}}}})
        self.assertIn(("response field missing", "soil.wet", 0), page.differences)
        self.assertIn(("response field spurious", "soil.dry", 0), page.differences)

    def test_goals_are_missed_where_a_figure_is_below_or_above_its_own(self):
        counts = Counter({("found", "agree"): 98, ("found", "of"): 100, ("pattern", "agree"): 99, ("pattern", "of"): 100})
        for goal, missed in (({"at_least": 98}, False), ({"at_least": 98.5}, True), ({"at_most": 97}, True), ({"at_most": 98}, False),
                             ({"as": "pattern", "less": 1}, False), ({"as": "pattern", "less": 0.5}, True)):
            self.assertEqual(bool(compare.missed_by(goal, compare.share(counts, "found"), counts)), missed, goal)

    def test_another_method_is_another_operation(self):
        page = self.compared(method="PUT")
        self.assertEqual(page.counts["operations found", "agree"], 0)

    def test_a_key_of_the_example_that_no_table_has_is_a_refusal(self):
        page = self.compared()
        self.assertEqual(page.counts["response schemas that take the example: docutils", "agree"], 0)
        self.assertEqual(page.counts["response schemas that take the example: docutils", "of"], 1)


class Nesting(unittest.TestCase):
    def body(self, *names):
        return bodies.Field("", "object", True, children=[bodies.Field(name, "string", name == "length") for name in names])

    def paths(self, body, example):
        nesting.nest(body, [example])
        return list(flat.of_field(body))[1:]

    def test_one_key_of_the_example_is_around_the_body(self):
        self.assertEqual(self.paths(self.body("length", "bark"), {"branch": {"length": 1}}), ["branch", "branch.length", "branch.bark"])
        self.assertEqual(self.paths(self.body("length"), {"branches": [{"length": 1}]}), ["branches", "branches[]", "branches[].length"])

    def test_another_object_is_not_around_the_body(self):
        for example in ({"saw": {"teeth": 9, "sharp": True, "length": 1}}, {"branch": {"length": 1}, "tree": 1}, {"length": 1}, {"branch": 1}):
            self.assertEqual(self.paths(self.body("length", "bark"), example), ["length", "bark"], example)

    def test_a_table_named_by_a_cell_has_the_elements_of_the_examples_array(self):
        body = self.body("length")
        body.children.append(bodies.Field("twigs", "object", False, children=self.body("bark").children, table=True))
        self.assertEqual(self.paths(body, {"length": 1, "twigs": [{"bark": "x"}]}), ["length", "twigs", "twigs[]", "twigs[].bark"])


class Grammar(unittest.TestCase):
    def test_type_cells(self):
        def shown(made):
            return made.kind + (f"<{shown(made.inner)}>" if made.inner else "")
        for text, expected in (("String", "string"), ("Long integer", "integer"), ("String(64)", "string"), ("Array of strings", "array<string>"),
                               ("List<Integer>", "array<integer>"), ("String[]", "array<string>"), ("Map<String,Array<String>>", "map<array<string>>"),
                               ("Array of Tag objects", "array<object>"), ("JSON object", "object"), ("List data structure", "array<any>"),
                               ("Map<String,Object>", "map<any>"), ("AnyType", "any"), ("Dict(str:str)", "map<string>"), ("Array of arrays of strings", "array<array<string>>")):
            self.assertEqual(shown(cell_types.parse(text)), expected, text)

    def test_a_cell_that_only_names_a_table_says_nothing_of_arrays(self):
        reference = [("Table 3", "plant_01__table3")]
        self.assertEqual([cell_types.parse(text, reference).table for text in ("Table 3", "See Table 3.", "Table 3 object")], [True, True, False])
        self.assertFalse(cell_types.parse("Table 3").table)
        self.assertEqual(cell_types.parse("ARRAY_REFERENCE").inner.kind, "object")

    def test_uris(self):
        def found(*texts):
            return [(one.method, one.path, one.query) for one in uri.find([blocks.Block("paragraph", 1, text) for text in texts])]
        self.assertEqual(found("GET https://{Endpoint}/v1/{ a }/b?limit={limit}&x=1"), [("GET", "/v1/{a}/b", ["limit", "x"])])
        self.assertEqual(found("PATH: /v1/a", "Method: PUT"), [("PUT", "/v1/a", [])])
        self.assertEqual(found("**DELETE** /v1/a{?b,c}."), [("DELETE", "/v1/a", ["b", "c"])])
        self.assertEqual(found("Get this started"), [])


if __name__ == "__main__":
    unittest.main()
