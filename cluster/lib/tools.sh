# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# What the cluster is made of: compiled from Go modules or unpacked from Debian packages into a cache that is named
# after its inputs, so that a second clone on the machine, or a cleaned work tree, builds nothing again.

packages=(runc containernetworking-plugins)
tools=$cache_home/cluster-$(cd "$cluster" && {
    echo "${packages[@]}"
    cat build.sh go.mod go.sum cmd/*/*.go kwok/go.mod kwok/go.sum
} | sha256sum | cut -c1-16)
bin=$tools/bin
export PATH=$bin:$tools/root/usr/sbin:$PATH

build_tools() {
    "$cluster/../scripts/need" openssl=openssl curl=curl ip=iproute2 ss=iproute2 flock=util-linux setsid=util-linux ||
        exit 1
    [[ -e $tools/complete ]] && return
    mkdir -p "$cache_home"
    exec 9>"$cache_home/cluster.lock"
    flock -n 9 || {
        say "waiting for another build of the cluster to end"
        flock 9
    }
    if [[ ! -e $tools/complete ]]; then
        rm -rf "$tools"
        mkdir -p "$tools"/{packages,root}
        unpack_packages
        compile
        touch "$tools/complete"
    fi
    exec 9>&-
}

unpack_packages() {
    command -v apt-get >/dev/null ||
        die "The cluster takes ${packages[*]} from Debian packages, and this machine has no apt-get."
    say "downloading ${packages[*]} from Debian"
    local log=$tools/apt.log package
    (
        cd "$tools/packages"
        download=(apt-get download -o APT::Sandbox::User=root "${packages[@]}")
        "${download[@]}" || { apt-get update && "${download[@]}"; }
    ) >"$log" 2>&1 || die "apt-get could not download ${packages[*]}: $(tail -n 3 "$log")"
    for package in "$tools"/packages/*.deb; do
        dpkg-deb -x "$package" "$tools/root"
    done
}

compile() {
    command -v go >/dev/null || die "The cluster is compiled from Go modules, and there is no go command." \
        "Install Go $(awk '$1 == "go" {print $2}' "$cluster/go.mod") or newer."
    say "compiling Kubernetes, etcd, containerd and kwok, once: about 10 minutes on 2 cores"
    nice -n 5 "$cluster/build.sh" "$bin" >"$tools/build.log" 2>&1 ||
        die "The build failed. The end of $tools/build.log: $(tail -n 12 "$tools/build.log")"
    say "compiled into $bin"
}
