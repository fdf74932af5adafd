//! Networks, subnets, ports, routers and security groups of Neutron.

use otc_api::vpc;
use permspec_runtime::Request;
use permspec_tests::Caller;
use serde_json::{Value, json};

use super::{Cloud, does, gets, name};

/// Creates a `kind` and returns it.
fn created(client: &Caller, request: Request, kind: &str, body: &Value) -> Value {
    let response = does(client, request.json(&json!({kind: body})).unwrap());
    assert_eq!(response.status(), 201, "{kind}");
    let mut json: Value = response.json().unwrap();
    json[kind].take()
}

fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

/// Creates a network with a subnet of 10.7.0.0/24, and returns both.
fn network_with_subnet(client: &Caller) -> (Value, Value) {
    let body = json!({"name": name("network")});
    let network = created(client, vpc::create_network(), "network", &body);
    let body = json!({
        "name": name("subnet"),
        "network_id": id(&network),
        "ip_version": 4,
        "cidr": "10.7.0.0/24",
    });
    let subnet = created(client, vpc::create_subnet_v2(), "subnet", &body);
    (network, subnet)
}

/// Deletes something, after which a request for it is refused with `code`.
fn deleted(client: &Caller, delete: Request, get: Request, code: &str) {
    assert_eq!(does(client, delete).status(), 204);
    let error = client.send(get).unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some(code));
}

#[test]
fn a_port_gets_an_address_of_the_subnet_of_its_network() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let (network, subnet) = network_with_subnet(&client);
        assert_eq!(network["project_id"], cloud.text("/project/id"));
        let body = json!({"name": name("port"), "network_id": id(&network)});
        let port = created(&client, vpc::create_port(), "port", &body);
        assert_eq!(port["fixed_ips"][0]["subnet_id"], subnet["id"]);

        let shown = cloud.openstack(&["network", "show", id(&network)]);
        assert_eq!(shown["name"], network["name"]);
        assert_eq!(shown["subnets"], json!([subnet["id"]]));
        let shown = cloud.openstack(&["port", "show", id(&port)]);
        assert_eq!(shown["mac_address"], port["mac_address"]);
        let on_network = vpc::list_ports().query("network_id", id(&network));
        let on_network = gets(&client, on_network.query("fields", "id"));
        assert_eq!(on_network, json!({"ports": [{"id": port["id"]}]}));

        does(&client, vpc::delete_port(id(&port)));
        does(&client, vpc::delete_network(id(&network)));
    }
}

#[test]
fn networks_subnets_and_ports_are_changed_and_deleted_in_order() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let (network, subnet) = network_with_subnet(&client);
        let (network, subnet) = (id(&network), id(&subnet));
        let body = json!({"network_id": network});
        let port = created(&client, vpc::create_port(), "port", &body);
        let port = id(&port);
        let change = json!({"network": {"name": "changed", "admin_state_up": false}});
        let changed = gets(&client, vpc::update_network(network).json(&change).unwrap());
        assert_eq!(changed["network"]["admin_state_up"], false);
        let change = json!({"subnet": {"dns_nameservers": ["10.7.0.53"]}});
        does(
            &client,
            vpc::update_subnet_v2(subnet).json(&change).unwrap(),
        );
        let got = gets(&client, vpc::get_subnet_v2(subnet));
        assert_eq!(got["subnet"]["dns_nameservers"], json!(["10.7.0.53"]));
        let change = json!({"port": {"name": "changed"}});
        let changed = gets(&client, vpc::update_port(port).json(&change).unwrap());
        assert_eq!(changed["port"]["name"], "changed");

        // A network in use cannot be deleted.
        let error = client.send(vpc::delete_network(network)).unwrap_err();
        assert_eq!(error.status().unwrap(), 409);
        assert_eq!(error.code(), Some("NetworkInUse"));
        deleted(
            &client,
            vpc::delete_port(port),
            vpc::get_port(port),
            "PortNotFound",
        );
        deleted(
            &client,
            vpc::delete_subnet_v2(subnet),
            vpc::get_subnet_v2(subnet),
            "SubnetNotFound",
        );
        deleted(
            &client,
            vpc::delete_network(network),
            vpc::get_network(network),
            "NetworkNotFound",
        );
    }
}

#[test]
fn networks_are_listed_in_pages() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let body = json!({"name": name("network")});
        let made: Vec<Value> = (0..3)
            .map(|_| created(&client, vpc::create_network(), "network", &body))
            .collect();
        let mut made: Vec<&str> = made.iter().map(id).collect();
        made.sort_unstable();

        let mut read: Vec<String> = Vec::new();
        loop {
            let list = vpc::list_networks().query("name", body["name"].as_str().unwrap());
            let mut list = list.query("limit", 2);
            if let Some(last) = read.last() {
                list = list.query("marker", last);
            }
            let page = gets(&client, list);
            let networks = page["networks"].as_array().unwrap();
            read.extend(networks.iter().map(|network| id(network).to_owned()));
            let links = page["networks_links"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            if !links.iter().any(|link| link["rel"] == "next") {
                break;
            }
            assert_eq!(networks.len(), 2);
        }
        assert_eq!(read, made, "{}", client.name());
        for network in made {
            does(&client, vpc::delete_network(network));
        }
    }
}

#[test]
fn a_router_has_an_interface_in_a_subnet_until_it_is_removed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let (network, subnet) = network_with_subnet(&client);
        let body = json!({"name": name("router")});
        let router = created(&client, vpc::create_router(), "router", &body);
        let (network, subnet, router) = (id(&network), id(&subnet), id(&router));

        let body = json!({"subnet_id": subnet});
        let add = vpc::add_interface_to_router(router).json(&body).unwrap();
        let added = gets(&client, add);
        assert_eq!(added["subnet_id"], subnet);
        let shown = cloud.openstack(&["router", "show", router]);
        assert_eq!(shown["interfaces_info"][0]["subnet_id"], subnet);
        assert_eq!(shown["interfaces_info"][0]["ip_address"], "10.7.0.1");
        let error = client.send(vpc::delete_router(router)).unwrap_err();
        assert_eq!(error.code(), Some("RouterInUse"), "{error}");

        let change = json!({"router": {"name": "changed"}});
        does(&client, vpc::update_router(router).json(&change).unwrap());
        let found = gets(&client, vpc::list_routers().query("id", router));
        assert_eq!(found["routers"][0]["name"], "changed");
        let remove = vpc::remove_interface_from_router(router);
        does(&client, remove.json(&body).unwrap());
        deleted(
            &client,
            vpc::delete_router(router),
            vpc::get_router(router),
            "RouterNotFound",
        );
        does(&client, vpc::delete_subnet_v2(subnet));
        does(&client, vpc::delete_network(network));
    }
}

/// Creates a security group, and returns its id.
fn new_security_group(client: &Caller) -> String {
    let body = json!({"name": name("group"), "description": "for tests"});
    let request = vpc::create_security_group_v2();
    id(&created(client, request, "security_group", &body)).to_owned()
}

#[test]
fn a_security_group_is_changed_and_deleted() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let group = new_security_group(&client);
        let change = json!({"security_group": {"description": "changed"}});
        let change = vpc::update_security_group_v2(&group).json(&change);
        does(&client, change.unwrap());
        let get = vpc::get_security_group_v2(&group);
        let got = gets(&client, get.clone());
        assert_eq!(got["security_group"]["description"], "changed");
        let found = gets(&client, vpc::list_security_groups_v2().query("id", &group));
        assert_eq!(found["security_groups"][0]["description"], "changed");
        let gone = vpc::delete_security_group_v2(&group);
        deleted(&client, gone, get, "SecurityGroupNotFound");
    }
}

#[test]
fn a_security_group_has_the_rules_that_were_added() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let group = new_security_group(&client);
        let body = json!({
            "security_group_id": group,
            "direction": "ingress",
            "ethertype": "IPv4",
            "protocol": "tcp",
            "port_range_min": 443,
            "port_range_max": 443,
            "remote_ip_prefix": "10.0.0.0/8",
        });
        let add = vpc::add_security_group_rule_v2();
        let rule = created(&client, add.clone(), "security_group_rule", &body);
        let rule = id(&rule);
        let again = add.json(&json!({"security_group_rule": body})).unwrap();
        let error = client.send(again).unwrap_err();
        assert_eq!(error.status().unwrap(), 409);
        assert_eq!(error.code(), Some("SecurityGroupRuleExists"));

        let rules = cloud.openstack(&["security", "group", "rule", "list", &group]);
        let mut rules = rules.as_array().unwrap().iter();
        let shown = rules.find(|shown| shown["ID"] == rule);
        let shown = shown.expect("the rule that was added");
        assert_eq!(shown["Port Range"], "443:443");
        assert_eq!(shown["IP Range"], "10.0.0.0/8");
        let listed = vpc::list_security_group_rules_v2().query("security_group_id", &group);
        let listed = gets(&client, listed.query("direction", "ingress"));
        assert_eq!(listed["security_group_rules"][0]["id"], rule);
        let got = gets(&client, vpc::get_security_group_rule_v2(rule));
        assert_eq!(got["security_group_rule"]["port_range_min"], 443);

        let gone = vpc::delete_security_group_rule_v2(rule);
        let get = vpc::get_security_group_rule_v2(rule);
        deleted(&client, gone, get, "SecurityGroupRuleNotFound");
        does(&client, vpc::delete_security_group_v2(&group));
    }
}
