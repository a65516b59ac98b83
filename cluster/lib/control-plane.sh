# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# etcd, API server, controller manager and scheduler, all on 127.0.0.1.

# What one node needs is little, but the stock limits (20 requests/s) cap the built-in Job controller at about 4 Jobs/s.
raised=(--kube-api-qps 2000 --kube-api-burst 4000)

start_control_plane() {
    local limits=("${raised[@]}") syncs=(--concurrent-job-syncs 50)
    [[ $stock = no ]] || limits=() syncs=()
    start_etcd
    start_api_server
    # Not before: the roles that these two need are made by the API server, and without them they end with "forbidden".
    client kube-controller-manager --use-service-account-credentials=true --root-ca-file "$pki/ca.crt" \
        --service-account-private-key-file "$pki/service-accounts.key" \
        --cluster-signing-cert-file "$pki/ca.crt" --cluster-signing-key-file "$pki/ca.key" "${limits[@]}" "${syncs[@]}"
    [[ $control_plane_only = yes ]] || client kube-scheduler "${limits[@]}"
    await 120 kube-controller-manager "it had made the default service account" admin get serviceaccount default
    say "the controller manager is at work"
}

client() { # COMPONENT FLAG...: starts one that works by the API server alone
    local kubeconfig=$pki/$1.kubeconfig
    component "$1" "$bin/$1" --kubeconfig "$kubeconfig" --authentication-kubeconfig "$kubeconfig" \
        --authorization-kubeconfig "$kubeconfig" --bind-address 127.0.0.1 --secure-port "$(port "$1")" \
        --cert-dir "$run/certs" --leader-elect=false "${@:2}"
}

start_etcd() {
    local client peer
    client=http://127.0.0.1:$(port etcd) peer=http://127.0.0.1:$(port etcd-peer)
    component etcd "$bin/etcd" --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
        --listen-client-urls "$client" --advertise-client-urls "$client" \
        --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer"
}

start_api_server() {
    local audit_flags=()
    if [[ $audit = yes ]]; then
        cat >"$run/audit-policy.yaml" <<'END'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
END
        audit_flags=(--audit-policy-file "$run/audit-policy.yaml" --audit-log-path "$run/audit.log")
        audit_flags+=(--audit-log-maxsize 100000) # megabytes; never a second file
    fi
    component kube-apiserver "$bin/kube-apiserver" --etcd-servers "http://127.0.0.1:$(port etcd)" \
        --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --secure-port "$(port kube-apiserver)" \
        --endpoint-reconciler-type none --service-cluster-ip-range 10.96.0.0/16 \
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --anonymous-auth=true \
        --client-ca-file "$pki/ca.crt" --tls-cert-file "$pki/kube-apiserver.crt" --cert-dir "$run/certs" \
        --tls-private-key-file "$pki/kube-apiserver.key" --kubelet-certificate-authority "$pki/ca.crt" \
        --kubelet-client-certificate "$pki/kube-apiserver-to-kubelet.crt" \
        --kubelet-client-key "$pki/kube-apiserver-to-kubelet.key" --kubelet-preferred-address-types Hostname \
        --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$pki/service-accounts.key" \
        --service-account-signing-key-file "$pki/service-accounts.key" "${audit_flags[@]}"
    await 120 kube-apiserver "it was ready" api_ready
    say "the API server is ready at $server"
}

api_ready() {
    [[ $(curl -sk --max-time 2 "https://127.0.0.1:$(port kube-apiserver)/readyz") = ok ]]
}

admin() { # KUBECTL-ARGUMENT...
    "$bin/kubectl" --kubeconfig "$run/pki/admin.kubeconfig" "$@"
}
