#!/bin/bash
# make-videos.sh DIR N [--corrupt]: makes N small mp4 videos in DIR; with --corrupt one more that no player can read.
set -euo pipefail

if (($# < 2)) || [[ ! $2 =~ ^[0-9]{1,4}$ || ${3---corrupt} != --corrupt ]]; then
    sed -n '2s/^# /usage: /p' "$0" >&2
    exit 2
fi
if ! command -v ffmpeg >/dev/null; then
    echo "make-videos.sh: there is no ffmpeg. Install it, on Debian with: apt-get install ffmpeg" >&2
    exit 1
fi
mkdir -p "$1"
cd "$1"

patterns=(testsrc testsrc2 smptebars rgbtestsrc mandelbrot)
for ((i = 1; i <= $2; i++)); do
    pattern=${patterns[i % 5]}
    name=$(printf '%s-%02d' "$pattern" "$i")
    case $((i % 7)) in
        1) name="holiday in Norway $i" ;;
        2) name="party 🎉 $i" ;;
        3) mkdir -p trips && name=trips/$name ;;
    esac
    ffmpeg -nostdin -v error -y -f lavfi -i "$pattern=size=320x240:rate=10" -t $((i % 4 + 2)) \
        -c:v libx264 -preset ultrafast -pix_fmt yuv420p -f mp4 "file:$name.part" </dev/null
    mv -- "$name.part" "$name.mp4"
done
# The beginning looks like a video, so that only a worker that opens it finds out.
[[ ${3-} != --corrupt ]] || { printf '\0\0\0\040ftypisom'; head -c 20000 /dev/zero; } >corrupt.mp4
