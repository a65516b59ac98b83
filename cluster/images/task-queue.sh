#!/bin/bash
# task-queue.sh WORK ARCHIVE: what containers/Dockerfile describes, without an engine.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$images/../.." && pwd)

root=$1/root
"$repository/taskqueue" --help >/dev/null # builds it
"$images/packages.sh" "$root" libstdc++6 zlib1g
jlink --add-modules "$(<"$repository/containers/modules")" --strip-debug --no-header-files --no-man-pages \
    --output "$root/opt/java"
mkdir -p "$root/opt/task-queue" "$root/tmp"
chmod 1777 "$root/tmp"
cp -r "$repository"/containers/target/{task-queue.jar,lib} "$root/opt/task-queue/"
chmod -R u=rwX,go=rX "$root/opt"
"$images/pack.sh" docker.io/task-queue/task-queue:1 "$2" "$root" \
    '{"User":"1000:1000","Entrypoint":["/opt/java/bin/java","-XX:+UseSerialGC","-jar","/opt/task-queue/task-queue.jar"]}'
