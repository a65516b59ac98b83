#!/bin/bash
# pause.sh WORK ARCHIVE: the sandbox image.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)

mkdir "$1/root"
(cd "$images/.." && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$1/root/pause" ./cmd/pause)
"$images/pack.sh" docker.io/task-queue/pause:1 "$2" "$1/root" '{"Entrypoint":["/pause"]}'
