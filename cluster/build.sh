#!/bin/bash
# build.sh DIR: compiles Kubernetes, etcd, containerd and kwok from their Go modules into DIR.
set -euo pipefail

bin=$(realpath -m "${1:?usage: build.sh DIR}")
cd "$(dirname "$0")"
mkdir -p "$bin"
export CGO_ENABLED=0

# Without these, the API server calls itself v0.0.0 and clients that look at its version refuse it.
version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
minor=${version#v1.}
flags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
    flags+=" -X $package.gitTreeState=clean -X $package.buildDate=2026-01-01T00:00:00Z"
done

go build -trimpath -ldflags "$flags" -o "$bin/" ./cmd/kube
for component in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl; do
    ln -sf kube "$bin/$component"
done
containerd=github.com/containerd/containerd/v2/cmd
go build -trimpath -ldflags "-s -w" -o "$bin/" $containerd/{containerd,containerd-shim-runc-v2,ctr}

cd kwok
go build -trimpath -ldflags "-s -w" -o "$bin/" sigs.k8s.io/kwok/cmd/kwok
# The stages of a fake node are kwok's own; those of its pods are in stages.yaml.
stages=$(go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage/node
install -m 644 "$stages"/{fast/node-initialize,heartbeat-with-lease/node-heartbeat-with-lease}.yaml "$bin/"
