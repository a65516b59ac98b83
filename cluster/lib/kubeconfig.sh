# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# What clients of the cluster need to know.

print_environment() {
    must_be_up
    use_slot
    cat <<END
export KUBECONFIG=$run/pki/admin.kubeconfig
export TASKQUEUE_CLUSTER=$name
export TASKQUEUE_CLUSTER_SERVER=$server
export TASKQUEUE_CLUSTER_RUN=$run
export TASKQUEUE_CLUSTER_AUDIT_LOG=$([[ ! -e $run/audit-policy.yaml ]] || echo "$run/audit.log")
export TASKQUEUE_CLUSTER_IMAGE=docker.io/task-queue/busybox:1
export CONTAINERD_ADDRESS=$sockets/containerd.sock
export CONTAINERD_NAMESPACE=k8s.io
export PATH="$bin:\$PATH"
END
}

print_kubeconfig() { # [NAMESPACE/NAME]
    must_be_up
    use_slot
    if [[ -z $1 ]]; then
        cat "$run/pki/admin.kubeconfig"
        return
    fi
    [[ $1 =~ ^[^/]+/[^/]+$ ]] || misused "--service-account takes NAMESPACE/NAME, not \"$1\"."
    local token
    token=$(admin create token --namespace "${1%/*}" "${1#*/}" --duration 24h 2>&1) ||
        die "The cluster gives no token for the ServiceAccount $1: $token"
    write_kubeconfig "${1#*/}" "token: $token"
}
