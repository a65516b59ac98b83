#!/bin/bash
# pack.sh NAME:TAG ARCHIVE ROOT CONFIG: packs the directory ROOT as a docker archive of one layer. CONFIG is the image's
# configuration as JSON, such as {"Entrypoint": ["/pause"]}. The same input gives the same bytes.
set -euo pipefail

(($# == 4)) || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
name=$1 archive=$(realpath -m "$2") root=$3 config=$4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
reproducible=(--sort=name --numeric-owner --owner=0 --group=0 --mtime=@0)

tar -C "$root" "${reproducible[@]}" -cf "$work/layer.tar" .
layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
architecture=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')
cat >"$work/config.json" <<END
{"architecture": "$architecture", "os": "linux", "config": $config,
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]}, "history": [{"created_by": "pack.sh"}]}
END
printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$work/manifest.json"
tar -C "$work" "${reproducible[@]}" -cf "$archive" manifest.json config.json layer.tar
