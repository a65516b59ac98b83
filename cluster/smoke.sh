#!/bin/bash
# smoke.sh: runs real Jobs on a real node and pretended ones on fake nodes. Ends with "N passed, N failed".
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
passed=0 failed=0
work=$(mktemp -d)
trap 'in_cluster down >/dev/null 2>&1; rm -rf "$work"' EXIT

in_cluster() { # VERB ARGUMENT...
    "$here/../scripts/cluster" "$@" --name "$current"
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

begin() { # CLUSTER OPTION...: a failed up leaves nothing to check
    current=$1-$$ # several people may run this on one machine
    shift
    in_cluster down >/dev/null
    in_cluster up "$@" || {
        echo "$passed passed, $((failed + 1)) failed"
        exit 1
    }
    eval "$(in_cluster env)"
}

end() {
    check "the cluster $current goes down" in_cluster down
    check "nothing of it is left" nothing_left
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
    [[ $(kubectl --namespace smoke get pods -o 'jsonpath={..terminated.message}') = "a result" ]]
}

service_account() {
    in_cluster kubeconfig --service-account smoke/default >"$work/kubeconfig"
    local as=(kubectl --kubeconfig "$work/kubeconfig" --namespace smoke)
    [[ $("${as[@]}" auth whoami -o 'jsonpath={..username}') = system:serviceaccount:smoke:default ]] &&
        ! "${as[@]}" get pods
}

audit() {
    grep -q '"username":"system:serviceaccount:smoke:default"' "$TASKQUEUE_CLUSTER_AUDIT_LOG"
}

killed_component() { # COMPONENT
    in_cluster stop "$1" --kill && in_cluster start "$1" && kubectl get nodes
}

nothing_left() {
    ! pgrep -fl "/clusters/$current/" && ! grep "task-queue/$current/" /proc/mounts &&
        [[ ! -e $TASKQUEUE_CLUSTER_RUN && -z $(find /sys/fs/cgroup -maxdepth 2 -name "task-queue-$current") ]]
}

fake_job() { # NAME CONDITION ANNOTATIONS
    kubectl apply -f - <<END
apiVersion: batch/v1
kind: Job
metadata: {name: $1}
spec:
  backoffLimit: 0
  template:
    metadata: {annotations: {$3}, finalizers: [task-queue-test/kept]}
    spec: {restartPolicy: Never, containers: [{name: worker, image: none}]}
END
    kubectl wait --for="$2" "job/$1" --timeout=60s
}

fake_exit_code() {
    fake_job fails condition=Failed 'task-queue-test/exit-code: "3"' &&
        [[ $(kubectl get pods -l job-name=fails -o 'jsonpath={..terminated.exitCode}') = 3 ]]
}

fake_deletion() {
    fake_job stays 'jsonpath={.status.ready}=1' 'task-queue-test/run-for: 1h'
    kubectl delete pod -l job-name=stays --wait=false
    kubectl wait --for='jsonpath={.status.phase}=Failed' pod -l job-name=stays --timeout=30s
}

fake_leases() {
    kubectl --namespace kube-node-lease wait --for='jsonpath={.spec.holderIdentity}' --timeout=30s \
        lease/fake-1 lease/fake-2
}

begin smoke --audit
check "a restricted Job runs to its end" job
check "its log can be read" log
check "its termination message can be read" result
check "a ServiceAccount's kubeconfig is that account's, without rights" service_account
check "the audit log names who asked" audit
check "the API server comes back after SIGKILL" killed_component kube-apiserver
check "the kubelet comes back after SIGKILL" killed_component kubelet
end

begin smoke-fake --fake-nodes 2 --pod-seconds 0.1
check "a pod on a fake node succeeds" fake_job succeeds condition=Complete ''
check "it fails with the exit code that its annotation says" fake_exit_code
check "it ends when it is deleted, even with a finalizer" fake_deletion
check "fake nodes renew their leases" fake_leases
end

echo "$passed passed, $failed failed"
((failed == 0))
