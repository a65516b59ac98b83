#!/bin/bash
# smoke.sh: brings a cluster up, runs a real Job on it to its end, and takes it down. Ends with "N passed, N failed".
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cluster=("$here/../scripts/cluster")
passed=0 failed=0
work=$(mktemp -d)
trap 'in_cluster down >/dev/null 2>&1; rm -rf "$work"' EXIT

in_cluster() { # VERB ARGUMENT...
    "${cluster[@]}" "$@" --name smoke
}

check() { # SENTENCE COMMAND...
    if "${@:2}" >"$work/output" 2>&1; then
        echo "passed: $1"
        passed=$((passed + 1))
    else
        echo "FAILED: $1"
        sed 's/^/    /' "$work/output"
        failed=$((failed + 1))
    fi
}

job() {
    kubectl create namespace smoke
    kubectl label namespace smoke pod-security.kubernetes.io/enforce=restricted
    until kubectl --namespace smoke get serviceaccount default; do sleep 0.2; done
    kubectl --namespace smoke apply -f "$here/smoke-job.yaml"
    kubectl --namespace smoke wait --for=condition=Complete job/hello --timeout=120s
}

log() {
    [[ $(kubectl --namespace smoke logs job/hello) = "hello from user 1000" ]]
}

result() {
    [[ $(kubectl --namespace smoke get pods -o 'jsonpath={.items[*].status.containerStatuses[*].state.terminated.message}') = "a result" ]]
}

service_account() {
    in_cluster kubeconfig --service-account smoke/default >"$work/kubeconfig"
    [[ $(kubectl --kubeconfig "$work/kubeconfig" auth whoami -o 'jsonpath={.status.userInfo.username}') = system:serviceaccount:smoke:default ]] &&
        ! kubectl --kubeconfig "$work/kubeconfig" --namespace smoke get pods
}

killed_component() { # COMPONENT
    in_cluster stop "$1" --kill && in_cluster start "$1" && kubectl get nodes
}

audit() {
    grep -q '"username":"system:serviceaccount:smoke:default"' "$TASKQUEUE_CLUSTER_AUDIT_LOG"
}

nothing_left() {
    ! pgrep -fl "/clusters/smoke/" && ! grep "task-queue/smoke" /proc/mounts && [[ ! -e /var/lib/task-queue/clusters/smoke ]] &&
        [[ -z $(find /sys/fs/cgroup -maxdepth 2 -name task-queue-smoke) ]]
}

in_cluster down
in_cluster up --audit || failed=$((failed + 1))
if ((failed == 0)); then
    eval "$(in_cluster env)"
    check "a restricted Job runs to its end" job
    check "its log can be read" log
    check "its termination message can be read" result
    check "a ServiceAccount's kubeconfig is that account's, without rights" service_account
    check "the audit log names who asked" audit
    check "the API server comes back after SIGKILL" killed_component kube-apiserver
    check "the kubelet comes back after SIGKILL" killed_component kubelet
    check "the cluster goes down" in_cluster down
    check "nothing of it is left" nothing_left
fi
echo "$passed passed, $failed failed"
((failed == 0))
