# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# Stops what was started, by pid, and removes what it left on the machine: containers, mounts, cgroups, bridge, sysctls.

take_down() {
    if [[ ! -e $run ]]; then
        say "there is no cluster $name; nothing to do"
        return
    fi
    [[ $(id -u) = 0 ]] || die "The cluster $name belongs to root. Take it down as root, or with sudo."
    # kwok and the kubelet first, so that nobody starts a pod again; etcd last.
    halt kubelet
    halt kwok
    end_containers
    local component
    for component in containerd kube-scheduler kube-controller-manager kube-apiserver etcd; do
        halt "$component"
    done
    unmount_leftovers
    remove_cgroups
    [[ ! -e $run/slot ]] || ip link delete "tq-bridge$(<"$run/slot")" 2>/dev/null || true
    find /var/log/containers -lname "$run/*" -delete 2>/dev/null || true
    forget_networks
    rm -rf --one-file-system "$run" "$sockets"
    restore_machine
    say "the cluster $name is down, and nothing of it is left"
}

end_containers() {
    local id
    if running containerd; then
        for id in $(on_node tasks list -q 2>/dev/null); do
            on_node tasks delete -f "$id" >/dev/null 2>&1 || true
        done
    fi
    # A shim outlives a containerd that was killed, and keeps its container alive.
    local pid
    for pid in $(pgrep -f -- "containerd-shim-runc-v2 .*-address $sockets/containerd.sock" || true); do
        kill -KILL "$pid" 2>/dev/null || true
    done
    kill_cgroups
}

# Whatever still runs in the cluster's cgroups is a container's process.
kill_cgroups() {
    local directory pid
    for directory in /sys/fs/cgroup/"task-queue-$name" /sys/fs/cgroup/*/"task-queue-$name"; do
        [[ -d $directory ]] || continue
        find "$directory" -name cgroup.procs -exec cat {} + 2>/dev/null | while read -r pid; do
            kill -KILL "$pid" 2>/dev/null || true
        done
    done
}

# The network plugins note each container's network outside of our directories.
forget_networks() {
    local note id
    for note in /var/lib/cni/results/"task-queue-$name"-*-eth0; do
        [[ -e $note ]] || continue
        id=${note##*"task-queue-$name-"}
        rm -f "$note" "/var/lib/cni/results/cni-loopback-${id%-eth0}-lo"
    done
}

unmount_leftovers() {
    awk '{print $2}' /proc/mounts | grep -E "^($run|$sockets)/" | sort -r | while read -r mount; do
        umount -l "$(printf '%b' "$mount")" || true
    done || true # grep fails when nothing is left mounted
}

remove_cgroups() {
    local directory
    for directory in /sys/fs/cgroup/"task-queue-$name" /sys/fs/cgroup/*/"task-queue-$name"; do
        [[ -d $directory ]] || continue
        for _ in {1..20}; do
            find "$directory" -depth -type d -exec rmdir {} + 2>/dev/null && break
            sleep 0.1
        done
    done
}

restore_machine() {
    compgen -G "$runs/*/containerd.toml" >/dev/null && return
    if [[ -e /run/task-queue/kubelet-directory-is-ours ]]; then
        rm -rf /var/lib/kubelet/device-plugins /run/task-queue/kubelet-directory-is-ours
        rmdir /var/lib/kubelet 2>/dev/null || true
    fi
    [[ ! -e /run/task-queue/sysctls ]] || sysctl -q -p /run/task-queue/sysctls
    rm -f /run/task-queue/sysctls
}
