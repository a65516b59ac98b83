# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# The real node: containerd, its bridge network, and the kubelet.

start_node() {
    mkdir -p "$run"/{containerd,kubelet,cni,pod-logs,certs} "$sockets"
    keep_machine
    make_cgroup
    write_containerd_configuration
    write_network
    write_kubelet_configuration
    # containerd looks for its shim on the path.
    component containerd env "PATH=$PATH" "$bin/containerd" -c "$run/containerd.toml"
    await 30 containerd "it answered" containerd_ready
    say "containerd answers"
    load_images "$("$cluster/../scripts/images" pause)" "$("$cluster/../scripts/images" busybox)"
    component kubelet "$bin/kubelet" --config "$run/kubelet.yaml" --kubeconfig "$pki/kubelet.kubeconfig" \
        --hostname-override localhost --root-dir "$run/kubelet" --cert-dir "$run/certs"
    await 60 kubelet "the node was ready" node_ready
    say "the node localhost is ready"
}

# The kubelet and the bridge plugin change these, and the kubelet makes that directory; the last cluster to go puts the
# machine back.
keep_machine() {
    [[ -e /run/task-queue/sysctls ]] && return
    [[ -e /var/lib/kubelet ]] || touch /run/task-queue/kubelet-directory-is-ours
    sysctl net.ipv4.ip_forward vm.overcommit_memory kernel.panic kernel.panic_on_oops >/run/task-queue/sysctls
}

# Two kubelets must not share a tree of cgroups: each deletes what it does not know.
make_cgroup() {
    local controller
    if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
        for controller in $(</sys/fs/cgroup/cgroup.controllers); do
            echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
        done
        mkdir -p "/sys/fs/cgroup/task-queue-$name"
    else
        for controller in /sys/fs/cgroup/*/cgroup.procs; do
            mkdir -p "${controller%/*}/task-queue-$name"
        done
    fi
}

write_containerd_configuration() {
    # An overlay cannot lie on an overlay, which is what the root of a container mostly is.
    local snapshotter=overlayfs
    [[ $(stat -f -c %T "$run") != overlayfs ]] || snapshotter=native
    cat >"$run/containerd.toml" <<END
version = 3
root = "$run/containerd"
state = "$sockets/containerd"
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.internal.v1.opt", "io.containerd.differ.v1.erofs",
  "io.containerd.image-verifier.v1.bindir", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.blockfile",
  "io.containerd.snapshotter.v1.erofs"]
[grpc]
  address = "$sockets/containerd.sock"
[plugins."io.containerd.shim.v1.manager"]
  socket_dir = "$sockets/s"
[plugins."io.containerd.cri.v1.images"]
  snapshotter = "$snapshotter"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "docker.io/task-queue/pause:1"
[plugins."io.containerd.cri.v1.runtime"]
  # Root without CAP_SYS_RESOURCE may not lower oom_score_adj, and runc would die of it.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["$tools/root/usr/lib/cni"]
  conf_dir = "$run/cni"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  BinaryName = "$tools/root/usr/sbin/runc"
  Root = "$sockets/runc"
  SystemdCgroup = false
END
}

write_network() {
    cat >"$run/cni/10-bridge.conflist" <<END
{"cniVersion": "1.0.0", "name": "task-queue-$name", "plugins": [{
  "type": "bridge", "bridge": "$bridge", "isGateway": true,
  "ipam": {
    "type": "host-local", "dataDir": "$run/cni-addresses", "ranges": [[{"subnet": "10.$((100 + slot)).0.0/16"}]]}}]}
END
}

write_kubelet_configuration() {
    cat >"$run/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 127.0.0.1
port: $(port kubelet)
healthzBindAddress: 127.0.0.1
healthzPort: $(port kubelet-health)
containerRuntimeEndpoint: unix://$sockets/containerd.sock
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: AlwaysAllow}
tlsCertFile: $pki/kubelet-server.crt
tlsPrivateKeyFile: $pki/kubelet-server.key
cgroupDriver: cgroupfs
cgroupRoot: /task-queue-$name
failCgroupV1: false
failSwapOn: false
podLogsDir: $run/pod-logs
resolvConf: ""
makeIPTablesUtilChains: false
maxPods: 110
# A full disk of the machine is no reason to evict a test's pods.
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 100Mi, nodefs.available: "1%"}
END
}

containerd_ready() {
    on_node version
}

node_ready() {
    [[ $(admin get node localhost -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') = True ]]
}

on_node() { # CTR-ARGUMENT...
    "$bin/ctr" -a "$sockets/containerd.sock" -n k8s.io "$@"
}

load_images() { # IMAGE.tar...
    must_be_up
    if [[ ! -e $run/commands/containerd ]]; then
        say "nothing to load: the cluster $name has no real node, and fake ones need no images"
        return
    fi
    local image answer
    for image in "$@"; do
        [[ -r $image ]] || die "There is no readable file $image to load."
        answer=$(on_node images import "$image" 2>&1) || die "containerd did not take $image: $answer"
        say "loaded ${image##*/}"
    done
}
