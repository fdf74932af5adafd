# Whether somebody may make a call, as the permission tables have it. Input:
#   {"service": "ims", "operation": "AddImageMember", "actions": ["ims:images:get"], "cases": []}
# `actions` are the ones that were granted, `cases` the ones that apply, in the documentation's words.
package permspec.check

import rego.v1

default allow := false

operation := data.permspec.services[input.service][input.operation]

# What the operation needs and nobody granted.
missing contains need.action if {
	some need in operation.actions
	applies(need)
	not granted(need.action)
}

# An operation for which the documentation names no action is never allowed by it.
allow if {
	count(operation.actions) > 0
	count(missing) == 0
}

applies(need) if need.when == null

applies(need) if need.when in input.cases

# IAM compares the service by its exact text, and the rest without regard to case.
granted(action) if {
	some own in input.actions
	split(own, ":")[0] == split(action, ":")[0]
	lower(own) == lower(action)
}
