# Decides whether somebody may make a call, according to the permission tables. Input:
#   {"service": "ims", "operation": "AddImageMember", "actions": ["ims:images:get"], "cases": []}
# `actions` are the granted actions. `cases` are the cases that apply, in the documentation's words.
package permspec.check

import rego.v1

default allow := false

operation := data.permspec.services[input.service][input.operation]

# The actions that the operation needs and nobody granted.
missing contains need.action if {
	some need in operation.actions
	applies(need)
	not granted(need.action)
}

# An operation for which the documentation does not name an action is never allowed.
allow if {
	count(operation.actions) > 0
	count(missing) == 0
}

applies(need) if need.when == null

applies(need) if need.when in input.cases

# IAM compares the service exactly, and the rest without regard to case.
granted(action) if {
	some own in input.actions
	split(own, ":")[0] == split(action, ":")[0]
	lower(own) == lower(action)
}
