//! What the generated calls send and read, without a server.

use consumer_typed::bake::types::{
    self, CreateLoaf, CreateLoafKind, Heat, ListLoavesResponse, Price, Topping,
};
use permspec_runtime::typed::{self, Operation};
use permspec_runtime::{Problem, Request};
use serde_json::{Value, json};

fn request(operation: impl Operation) -> Request {
    operation.into_call().into_request()
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body_bytes()).unwrap()
}

#[test]
fn a_body_is_sent_with_the_fields_that_have_a_value() {
    let loaf = CreateLoaf {
        kind: Some(CreateLoafKind::Rye),
        toppings: Some(vec![Topping::new("seeds")]),
        ..CreateLoaf::new("Monday", 500)
    };
    let sent = request(types::create_loaf("p", &loaf));
    assert_eq!(sent.target().unwrap(), "/v1/p/loaves");
    let expected =
        json!({"name": "Monday", "weight": 500, "kind": "rye", "toppings": [{"name": "seeds"}]});
    assert_eq!(body(&sent), expected);
    let built = CreateLoaf::new("Monday", 500)
        .kind("rye")
        .toppings([Topping::new("seeds")]);
    assert_eq!(built, loaf);
}

#[test]
fn a_required_field_that_is_missing_stops_the_request() {
    let loaf = CreateLoaf {
        toppings: Some(vec![Topping::default()]),
        ..CreateLoaf::new("Monday", 500)
    };
    let problem = |loaf: &CreateLoaf| request(types::create_loaf("p", loaf)).check().unwrap_err();
    let field = "toppings[0].name".to_owned();
    assert_eq!(problem(&loaf).problem(), &Problem::MissingField { field });
    assert_eq!(
        problem(&CreateLoaf::default()).to_string(),
        "`bake.CreateLoaf` was not sent: its body does not have the field `name`, which the documentation requires"
    );
}

#[test]
fn optional_parameters_are_set_on_the_call() {
    let list = types::list_loaves("p")
        .limit(5)
        .kind("spelt")
        .id(["a", "b"])
        .name_like("Mon")
        .x_language("de");
    let sent = request(list);
    assert_eq!(
        sent.target().unwrap(),
        "/v1/p/loaves?limit=5&kind=spelt&id=a&id=b&name~=Mon"
    );
    assert!(sent.headers().any(|header| header == ("X-Language", "de")));
}

#[test]
fn a_required_query_parameter_is_an_argument() {
    let sent = request(types::delete_loaf("p", "l", "too hard"));
    assert_eq!(sent.target().unwrap(), "/v1/p/loaves/l?reason=too%20hard");
}

#[test]
fn calls_that_share_an_endpoint_set_the_key_that_tells_them_apart() {
    let heat = request(types::heat_oven("p", "o", &Heat::new(220)));
    let cool = request(types::cool_oven("p", "o"));
    assert_eq!(heat.target().unwrap(), cool.target().unwrap());
    assert_eq!(body(&heat), json!({"heat": {"degrees": 220}}));
    assert_eq!(body(&cool), json!({"cool": {}}));
    assert!(heat.check().is_ok() && cool.check().is_ok());
}

#[test]
fn a_body_may_be_a_list() {
    let sent = request(types::add_prices(
        "p",
        &[Price::new("l", 2.5), Price::new("m", 3.0)],
    ));
    assert_eq!(
        body(&sent),
        json!([{"loaf_id": "l", "amount": 2.5}, {"loaf_id": "m", "amount": 3}])
    );
    let incomplete = request(types::add_prices("p", &[Price::default()]))
        .check()
        .unwrap_err();
    let field = "[0].loaf_id".to_owned();
    assert_eq!(incomplete.problem(), &Problem::MissingField { field });
}

#[test]
fn a_response_is_read_and_written_again_also_where_a_type_contains_itself() {
    let text = json!({"count": 1, "loaves": [{"id": 7, "type": "rye", "made_from": {"id": "6", "age": "3 d"}}]});
    let list: ListLoavesResponse = typed::from_json(text.to_string().as_bytes()).unwrap();
    let loaf = &list.loaves.as_ref().unwrap()[0];
    assert_eq!(
        (loaf.id.as_deref(), loaf.type_.as_deref()),
        (Some("7"), Some("rye"))
    );
    let older = loaf.made_from.as_ref().unwrap();
    assert_eq!(older.extra.get("age").unwrap(), "3 d");
    assert_eq!(
        serde_json::from_str::<Value>(&typed::to_json(&list)).unwrap(),
        text
    );
}
