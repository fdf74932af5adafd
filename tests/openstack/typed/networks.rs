//! Networks, subnets, ports, routers and security groups of Neutron with typed calls.

use otc_types::vpc;
use permspec_runtime::typed::{Content, Operation};
use permspec_tests::Caller;

use super::super::{Cloud, name};
use super::{json, reads, replies, sends};

/// Creates a network, and returns its id.
fn new_network(client: &Caller, name: &str) -> String {
    let network = vpc::NewNetwork {
        name: Some(name.into()),
        ..Default::default()
    };
    let reply = replies(
        client,
        vpc::create_network(&vpc::CreateNetwork::new(network)),
    );
    assert_eq!(reply.status(), 201);
    reply.body.network.unwrap().id.unwrap()
}

/// Creates a subnet of 10.7.0.0/24, and returns its id.
fn new_subnet(client: &Caller, network: &str) -> String {
    let subnet = vpc::NewSubnet::new(network, "10.7.0.0/24")
        .name(name("subnet"))
        .ip_version(4);
    let body = vpc::CreateSubnetV2::new(subnet);
    let subnet = reads(client, vpc::create_subnet_v2(&body)).subnet.unwrap();
    assert_eq!(subnet.gateway_ip.as_deref(), Some("10.7.0.1"));
    assert_eq!(subnet.ip_version, Some(4));
    assert_eq!(subnet.allocation_pools.unwrap().len(), 1);
    subnet.id.unwrap()
}

/// Deletes something. The documentation says nothing about the body of the response, which is empty.
#[track_caller]
fn removes(client: &Caller, operation: impl Operation<Response = Content>) {
    let reply = sends(client, operation);
    assert_eq!(reply.status(), 204);
    assert_eq!(reply.body.bytes, b"");
}

/// The code with which the server refuses a call.
#[track_caller]
fn code(client: &Caller, operation: impl Operation) -> (u16, String) {
    let Err(error) = client.reply(operation) else {
        panic!("{}: the call succeeded", client.name());
    };
    assert!(error.request_id().unwrap().starts_with("req-"), "{error}");
    let code = error.code().unwrap_or_default();
    (error.status().unwrap().as_u16(), code.to_owned())
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn a_typed_network_has_a_subnet_and_a_port_until_they_are_deleted() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let network = new_network(&client, &name("network"));
        let subnet = new_subnet(&client, &network);
        let port = vpc::NewPort::new(network.as_str()).name(name("port"));
        let created = reads(&client, vpc::create_port(&vpc::CreatePort::new(port)));
        let created = created.port.unwrap();
        let address = &created.fixed_ips.as_ref().unwrap()[0];
        assert_eq!(address.subnet_id.as_deref(), Some(subnet.as_str()));
        let port = created.id.as_deref().unwrap();

        let change = vpc::NetworkUpdate {
            name: Some("changed".into()),
            admin_state_up: Some(false),
            ..Default::default()
        };
        let change = vpc::update_network(&network, &vpc::UpdateNetwork::new(change));
        let changed = reads(&client, change).network.unwrap();
        assert_eq!(changed.admin_state_up, Some(false));
        let change = vpc::SubnetUpdate {
            dns_nameservers: Some(vec!["10.7.0.53".into()]),
            ..Default::default()
        };
        let change = vpc::update_subnet_v2(&subnet, &vpc::UpdateSubnetV2::new(change));
        reads(&client, change);
        let got = reads(&client, vpc::get_subnet_v2(&subnet)).subnet.unwrap();
        assert_eq!(got.dns_nameservers.unwrap(), ["10.7.0.53"]);
        let change = vpc::UpdatePort::new(vpc::PortUpdate {
            name: Some("changed".into()),
            ..Default::default()
        });
        let changed = reads(&client, vpc::update_port(port, &change));
        assert_eq!(changed.port.unwrap().name.as_deref(), Some("changed"));
        let got = reads(&client, vpc::get_port(port)).port.unwrap();
        assert_eq!(got.mac_address, created.mac_address);
        let listed = reads(&client, vpc::list_ports().network_id(&network));
        assert_eq!(listed.ports.unwrap()[0].id.as_deref(), Some(port));
        let got = reads(&client, vpc::get_network(&network)).network.unwrap();
        assert_eq!(got.subnets.unwrap(), [subnet.as_str()]);
        let shown = cloud.openstack(&["network", "show", &network]);
        assert_eq!(shown["name"], "changed");

        let in_use = code(&client, vpc::delete_network(&network));
        assert_eq!(in_use, refused(409, "NetworkInUse"));
        removes(&client, vpc::delete_port(port));
        assert_eq!(
            code(&client, vpc::get_port(port)),
            refused(404, "PortNotFound")
        );
        removes(&client, vpc::delete_subnet_v2(&subnet));
        let gone = code(&client, vpc::get_subnet_v2(&subnet));
        assert_eq!(gone, refused(404, "SubnetNotFound"));
        removes(&client, vpc::delete_network(&network));
        let gone = code(&client, vpc::get_network(&network));
        assert_eq!(gone, refused(404, "NetworkNotFound"));
    }
}

#[test]
fn typed_pages_have_every_network_of_a_name_once() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let name = name("network");
        let mut made: Vec<String> = (0..5).map(|_| new_network(&client, &name)).collect();
        made.sort();
        let list = || vpc::list_networks().name(&name);
        let page = reads(&client, list().limit(2));
        assert_eq!(page.networks.unwrap().len(), 2);
        let links = page.networks_links.unwrap();
        assert!(links.iter().any(|link| link.rel.as_deref() == Some("next")));
        let read = client.pages(list().limit(2)).unwrap();
        let ids: Vec<_> = read.iter().filter_map(|each| each.id.clone()).collect();
        assert_eq!(ids, made, "{}", client.name());
        // The items of pages are as complete as a page of all.
        let items: Vec<_> = read.iter().map(|network| json(network)).collect();
        let all = reads(&client, list());
        assert_eq!(json(&all)["networks"], serde_json::Value::from(items));
        for id in &made {
            removes(&client, vpc::delete_network(id));
        }
        assert_eq!(client.pages(list()).unwrap().len(), 0);
    }
}

#[test]
fn a_typed_router_has_an_interface_until_it_is_removed() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let network = new_network(&client, &name("network"));
        let subnet = new_subnet(&client, &network);
        let router = vpc::NewRouter {
            name: Some(name("router")),
            ..Default::default()
        };
        let router = reads(&client, vpc::create_router(&vpc::CreateRouter::new(router)));
        let router = router.router.unwrap().id.unwrap();

        let body = vpc::AddInterfaceToRouter {
            subnet_id: Some(subnet.clone()),
            ..Default::default()
        };
        let added = reads(&client, vpc::add_interface_to_router(&router, &body));
        assert_eq!(added.subnet_id.as_deref(), Some(subnet.as_str()));
        let shown = cloud.openstack(&["router", "show", &router]);
        assert_eq!(shown["interfaces_info"][0]["subnet_id"], subnet);
        let in_use = code(&client, vpc::delete_router(&router));
        assert_eq!(in_use, refused(409, "RouterInUse"));

        let change = vpc::RouterUpdate {
            name: Some("changed".into()),
            ..Default::default()
        };
        let change = vpc::update_router(&router, &vpc::UpdateRouter::new(change));
        assert_eq!(
            reads(&client, change).router.unwrap().name.unwrap(),
            "changed"
        );
        let found = reads(&client, vpc::list_routers().id(&router));
        assert_eq!(found.routers.unwrap().len(), 1);
        let body = vpc::RemoveInterfaceFromRouter {
            subnet_id: Some(subnet.clone()),
            ..Default::default()
        };
        reads(&client, vpc::remove_interface_from_router(&router, &body));
        removes(&client, vpc::delete_router(&router));
        let gone = code(&client, vpc::get_router(&router));
        assert_eq!(gone, refused(404, "RouterNotFound"));
        removes(&client, vpc::delete_subnet_v2(&subnet));
        removes(&client, vpc::delete_network(&network));
    }
}

/// Creates a security group, and returns its id.
fn new_security_group(client: &Caller) -> String {
    let group = vpc::SecurityGroupRequest {
        name: Some(name("group")),
        description: Some("for tests".into()),
        ..Default::default()
    };
    let body = vpc::CreateSecurityGroupV2::new(group);
    let group = reads(client, vpc::create_security_group_v2(&body));
    group.security_group.unwrap().id.unwrap()
}

#[test]
fn a_typed_security_group_has_the_rules_that_were_added() {
    let Some(cloud) = Cloud::running() else {
        return;
    };
    for client in cloud.admin("neutron") {
        let group = new_security_group(&client);
        let rule = vpc::NewSecurityGroupRule::new(group.as_str(), "ingress")
            .ethertype("IPv4")
            .protocol("tcp")
            .port_range_min(443)
            .port_range_max(443)
            .remote_ip_prefix("10.0.0.0/8");
        let body = vpc::AddSecurityGroupRuleV2::new(rule);
        let add = || vpc::add_security_group_rule_v2(&body);
        let rule = reads(&client, add()).security_group_rule.unwrap();
        assert_eq!(rule.port_range_max, Some(443));
        let rule = rule.id.unwrap();
        assert_eq!(
            code(&client, add()),
            refused(409, "SecurityGroupRuleExists")
        );

        let more = vpc::NewSecurityGroupRule::new(group.as_str(), "ingress").ethertype("IPv6");
        let more = vpc::AddSecurityGroupRuleV2::new(more);
        reads(&client, vpc::add_security_group_rule_v2(&more));

        let list = vpc::list_security_group_rules_v2()
            .security_group_id(&group)
            .direction("ingress")
            .limit(1);
        let rules = client.pages(list).unwrap();
        assert_eq!(rules.len(), 2, "{}", client.name());
        let got = reads(&client, vpc::get_security_group_rule_v2(&rule));
        let got = got.security_group_rule.unwrap();
        let listed = rules.iter().find(|each| each.id == got.id).unwrap();
        assert_eq!(json(listed), json(&got));
        let shown = reads(&client, vpc::get_security_group_v2(&group));
        let shown = shown.security_group.unwrap().security_group_rules.unwrap();
        let shown = shown.iter().find(|each| each.id == got.id).unwrap();
        assert_eq!(shown.remote_ip_prefix.as_deref(), Some("10.0.0.0/8"));

        let change = vpc::SecurityGroupRequest {
            description: Some("changed".into()),
            ..Default::default()
        };
        let change = vpc::UpdateSecurityGroupV2::new(change);
        let changed = reads(&client, vpc::update_security_group_v2(&group, &change));
        let changed = changed.security_group.unwrap();
        assert_eq!(changed.description.as_deref(), Some("changed"));
        removes(&client, vpc::delete_security_group_rule_v2(&rule));
        let gone = code(&client, vpc::get_security_group_rule_v2(&rule));
        assert_eq!(gone, refused(404, "SecurityGroupRuleNotFound"));
        removes(&client, vpc::delete_security_group_v2(&group));
    }
}
