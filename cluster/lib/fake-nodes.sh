# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# Pretended nodes: kwok answers for their kubelets. Scheduler and controllers are real.

start_fake_nodes() {
    local milliseconds
    milliseconds=$(awk -v s="$pod_seconds" 'BEGIN {printf "%d", s * 1000}')
    {
        cat "$bin/node-initialize.yaml"
        echo ---
        cat "$bin/node-heartbeat-with-lease.yaml"
        echo ---
        sed "s/POD_MILLISECONDS/$milliseconds/" "$cluster/kwok/stages.yaml"
    } >"$run/stages.yaml"
    fake_nodes_manifest | admin apply -f - >/dev/null || die "The API server did not take the fake nodes."
    # Without leases the controller manager takes the nodes for lost after 50 s.
    component kwok "$bin/kwok" --kubeconfig "$pki/kwok.kubeconfig" --config "$run/stages.yaml" \
        --manage-nodes-with-annotation-selector kwok.x-k8s.io/node=fake --node-lease-duration-seconds 40 \
        --server-address "127.0.0.1:$(port kwok)" --cidr "10.$((100 + slot)).0.0/16"
    await 60 kwok "its nodes were ready" fake_nodes_ready
    say "$fake_nodes fake node(s) ready; their pods run for $pod_seconds s"
}

fake_nodes_ready() {
    admin wait --for=condition=Ready node -l type=kwok --timeout=1s
}

fake_nodes_manifest() {
    local i room='{cpu: "10000", memory: 10Ti, pods: "20000"}'
    for ((i = 1; i <= fake_nodes; i++)); do
        cat <<END
---
apiVersion: v1
kind: Node
metadata:
  name: fake-$i
  annotations: {kwok.x-k8s.io/node: fake, node.alpha.kubernetes.io/ttl: "0"}
  labels: {type: kwok, kubernetes.io/hostname: fake-$i}
status: {allocatable: $room, capacity: $room}
END
    done
}
