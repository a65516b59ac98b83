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
    component kube-controller-manager "$bin/kube-controller-manager" --kubeconfig "$pki/kube-controller-manager.kubeconfig" \
        --authentication-kubeconfig "$pki/kube-controller-manager.kubeconfig" \
        --authorization-kubeconfig "$pki/kube-controller-manager.kubeconfig" \
        --bind-address 127.0.0.1 --secure-port "$(port kube-controller-manager)" --cert-dir "$run/certs" --leader-elect=false \
        --use-service-account-credentials=true --service-account-private-key-file "$pki/service-accounts.key" \
        --root-ca-file "$pki/ca.crt" --cluster-signing-cert-file "$pki/ca.crt" --cluster-signing-key-file "$pki/ca.key" \
        "${limits[@]}" "${syncs[@]}"
    [[ $control_plane_only = yes ]] ||
        component kube-scheduler "$bin/kube-scheduler" --kubeconfig "$pki/kube-scheduler.kubeconfig" \
            --authentication-kubeconfig "$pki/kube-scheduler.kubeconfig" \
            --authorization-kubeconfig "$pki/kube-scheduler.kubeconfig" \
            --bind-address 127.0.0.1 --secure-port "$(port kube-scheduler)" --cert-dir "$run/certs" --leader-elect=false \
            "${limits[@]}"
    await 120 kube-controller-manager "it had made the default service account" admin get serviceaccount default
    say "the controller manager is at work"
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
        audit_flags=(--audit-policy-file "$run/audit-policy.yaml" --audit-log-path "$run/audit.log" --audit-log-maxsize 100000)
    fi
    component kube-apiserver "$bin/kube-apiserver" --etcd-servers "http://127.0.0.1:$(port etcd)" \
        --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --secure-port "$(port kube-apiserver)" \
        --endpoint-reconciler-type none --service-cluster-ip-range 10.96.0.0/16 \
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --anonymous-auth=true \
        --client-ca-file "$pki/ca.crt" --tls-cert-file "$pki/kube-apiserver.crt" --tls-private-key-file "$pki/kube-apiserver.key" \
        --cert-dir "$run/certs" --kubelet-client-certificate "$pki/kube-apiserver-to-kubelet.crt" \
        --kubelet-client-key "$pki/kube-apiserver-to-kubelet.key" --kubelet-certificate-authority "$pki/ca.crt" \
        --kubelet-preferred-address-types Hostname --service-account-issuer https://kubernetes.default.svc \
        --service-account-key-file "$pki/service-accounts.key" --service-account-signing-key-file "$pki/service-accounts.key" \
        "${audit_flags[@]}"
    await 120 kube-apiserver "it was ready" api_ready
    say "the API server is ready at $server"
}

api_ready() {
    [[ $(curl -sk --max-time 2 "https://127.0.0.1:$(port kube-apiserver)/readyz") = ok ]]
}

admin() { # KUBECTL-ARGUMENT...
    "$bin/kubectl" --kubeconfig "$run/pki/admin.kubeconfig" "$@"
}
