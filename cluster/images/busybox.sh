#!/bin/bash
# busybox.sh WORK ARCHIVE: a shell and the usual commands in 2 MB, run as user 1000.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)

root=$1/root
mkdir -p "$root"/{bin,etc,tmp,work}
chmod 1777 "$root/tmp" "$root/work"
"$images/packages.sh" "$1/package" busybox-static
cp "$1/package/bin/busybox" "$root/bin/"
for command in $("$root/bin/busybox" --list); do
    [[ $command = busybox ]] || ln -s busybox "$root/bin/$command"
done
printf '%s\n' root:x:0:0:root:/:/bin/sh worker:x:1000:1000:worker:/work:/bin/sh >"$root/etc/passwd"
"$images/pack.sh" docker.io/task-queue/busybox:1 "$2" "$root" \
    '{"User":"1000:1000","WorkingDir":"/work","Env":["PATH=/bin"],"Cmd":["sh"]}'
