#!/bin/bash
# packages.sh ROOT PACKAGE...: unpacks Debian packages and all that they depend on into the directory ROOT, without
# running their installation scripts, and removes what no container needs.
set -euo pipefail

(($# >= 2)) || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
root=$(realpath -m "$1")
shift
command -v apt-get >/dev/null || { echo "packages.sh: this machine has no apt-get to download $* with." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/partial" "$root"/usr/{bin,sbin,lib,lib64}
touch "$work/status"
# The directories of a merged Debian, which the packages expect to be there.
for directory in bin sbin lib lib64; do
    ln -s "usr/$directory" "$root/$directory"
done

# With an empty list of what is installed, apt downloads everything that the packages need to run.
download() {
    apt-get install -y --no-install-recommends --download-only -o APT::Sandbox::User=root \
        -o Dir::State::status="$work/status" -o Dir::Cache::archives="$work" -o Debug::NoLocking=1 "$@"
}
download "$@" || { apt-get update && download "$@"; }
for package in "$work"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
        --exclude './usr/share/doc/*' --exclude './usr/share/man/*' --exclude './usr/share/locale/*' \
        --exclude './usr/share/info/*' --exclude './usr/share/lintian/*' --exclude './usr/share/bug/*'
done
