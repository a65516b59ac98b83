# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# Each cluster has a slot of its own, and with it a block of ports, a bridge and a range of pod addresses.

port_names=(kube-apiserver etcd etcd-peer kube-controller-manager kube-scheduler kubelet kubelet-health kwok)

port() { # PORT-NAME
    local i
    for i in "${!port_names[@]}"; do
        [[ ${port_names[i]} != "$1" ]] || echo $((21000 + slot * 10 + i))
    done
}

choose_ports() {
    if [[ ! -e $run/slot ]]; then
        exec 8>/run/task-queue/slots.lock
        flock 8
        slot=0
        until slot_is_free; do
            slot=$((slot + 1))
            ((slot < 100)) || die "No free block of ports between 21000 and 22000. Take clusters down that nobody uses."
        done
        echo "$slot" >"$run/slot"
        exec 8>&-
    fi
    use_slot
}

use_slot() {
    slot=$(<"$run/slot")
    bridge=tq-bridge$slot
    server=https://127.0.0.1:$(port kube-apiserver)
}

slot_is_free() {
    local first=$((21000 + slot * 10))
    ! grep -qsx "$slot" "$runs"/*/slot && [[ -z $(ss -Htln "sport >= :$first and sport < :$((first + 10))") ]]
}
