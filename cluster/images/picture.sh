#!/bin/bash
# picture.sh WORK ARCHIVE STAGE PACKAGE...: what examples/picture-stages/STAGE/Dockerfile describes, without an engine.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)

root=$1/root archive=$2 stage=$3
shift 3
"$images/packages.sh" "$root" dash coreutils "$@"
mkdir -p "$root"/usr/local/bin "$root"/{etc,tmp,pictures,output}
chmod 1777 "$root/tmp" "$root/output"
install -m 755 "$images/../../examples/picture-stages/$stage/$stage.sh" "$root/usr/local/bin/$stage.sh"
"$images/pack.sh" "docker.io/task-queue/picture-$stage:1" "$archive" "$root" \
    '{"User":"1000:1000","Env":["PATH=/usr/local/bin:/usr/bin:/bin"],"Entrypoint":["'"$stage"'.sh"]}'
