#!/bin/bash
# thumbnailer.sh WORK ARCHIVE: what examples/thumbnails/Dockerfile describes, without an engine.
set -euo pipefail
images=$(cd "$(dirname "$0")" && pwd)

root=$1/root
"$images/packages.sh" "$root" ffmpeg jq dash coreutils
for library in "$root"/usr/lib/*-linux-gnu; do
    # Which of several BLAS and LAPACK is used, an installation script would decide.
    ln -s blas/libblas.so.3 lapack/liblapack.so.3 "$library"
    # Drivers for graphics hardware, a third of the image.
    rm -rf "$library"/{dri,mfx,libLLVM*,libz3*}
done
mkdir -p "$root"/usr/local/bin "$root"/{etc,tmp,videos,thumbnails}
chmod 1777 "$root/tmp" "$root/thumbnails"
install -m 755 "$images/../../examples/thumbnails/thumbnail.sh" "$root/usr/local/bin/thumbnail.sh"
"$images/pack.sh" docker.io/task-queue/thumbnailer:1 "$2" "$root" \
    '{"User":"1000:1000","Env":["PATH=/usr/local/bin:/usr/bin:/bin"],"Entrypoint":["thumbnail.sh"]}'
