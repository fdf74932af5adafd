//! Both clients against Keystone, Glance and Neutron, three services of the cloud that are OpenStack's own.
//! `.ci/openstack` starts them. A test asks the command `openstack` what a server has, and never generated code.

mod account;
mod cloud;
mod errors;
mod identity;
mod images;
mod networks;
mod routes;
mod sharing;
mod tokens;
mod typed;

use cloud::{Cloud, does, gets, name};
