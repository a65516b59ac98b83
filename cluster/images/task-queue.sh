#!/bin/bash
# task-queue.sh WORK ARCHIVE: what containers/Dockerfile describes, without an engine.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$images/../.." && pwd)

root=$1/root
"$repository/taskqueue" --help >/dev/null # builds it
"$images/packages.sh" "$root" libstdc++6 zlib1g dash coreutils libc-bin
jlink --add-modules "$(<"$repository/containers/modules")" --strip-debug --no-header-files --no-man-pages \
    --output "$root/opt/java"
mkdir -p "$root/opt/task-queue" "$root/tmp" "$root/usr/local/bin"
chmod 1777 "$root/tmp"
cp "$repository/containers/target/task-queue.jar" "$root/opt/task-queue/"
# Not all of lib: versions of earlier builds stay in it.
(cd "$1" && jar xf "$root/opt/task-queue/task-queue.jar" META-INF/MANIFEST.MF)
read -r -a libraries < <(tr -d '\r' <"$1/META-INF/MANIFEST.MF" | sed ':a;N;$!ba;s/\n //g' | sed -n 's/^Class-Path: //p')
(cd "$repository/containers/target" && cp --parents "${libraries[@]}" "$root/opt/task-queue/")
chmod -R u=rwX,go=rX "$root/opt"
install -m 755 "$repository/containers/taskqueue.sh" "$root/usr/local/bin/taskqueue"
"$images/pack.sh" docker.io/task-queue/task-queue:1 "$2" "$root" \
    '{"User":"1000:1000","Env":["PATH=/usr/local/bin:/usr/bin:/bin"],"Entrypoint":["taskqueue"]}'
