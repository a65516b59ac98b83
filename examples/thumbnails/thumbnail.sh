#!/bin/sh
# The worker of the thumbnail queue: makes three thumbnails of one video. It needs ffmpeg and jq.
#
# It reads, as every worker may:   WORK_ITEM_FILE (JSON with the video's path), WORK_RESULT_FILE (for one line)
# and settings of its own:         VIDEOS_DIR (default /videos), OUTPUT_DIR (default /thumbnails)
# It ends with ffmpeg's own exit code when ffmpeg fails. A thumbnail gets its name only when it is complete, so another
# attempt just does the same again.
set -eu

videos=${VIDEOS_DIR:-/videos}
output=${OUTPUT_DIR:-/thumbnails}

item=${WORK_ITEM_FILE:?must name the file that holds the item as JSON}
path=$(jq -er '.path | strings' "$item") || {
    echo "The item's data has no text \"path\" that names a video: $(cat "$item")" >&2
    exit 2
}
case /$path/ in
    */../*)
        echo "The item's path \"$path\" leads out of the videos' directory; nothing was done." >&2
        exit 2
        ;;
esac
directory=$output/$path
partial=$directory/.partial
rm -rf "$partial"
mkdir -p "$partial"

# "file:" keeps a name with a colon from being taken for an address. What is wrong with a video, ffmpeg says below.
video=file:$videos/$path
seconds=$(ffprobe -v quiet -show_entries format=duration -of default=nokey=1:noprint_wrappers=1 "$video") || true
case $seconds in
    '' | *[!0-9.]*) seconds=3 ;;
esac
# In the background, because a shell acts on a signal only when it waits: a cancelled pod then ends at once.
ffmpeg -nostdin -v error -xerror -y -i "$video" -vf "fps=3/$seconds,scale=320:-2" -frames:v 3 -q:v 4 \
    "file:$partial/%d.jpg" &
trap 'kill $!' TERM INT
wait $! || {
    code=$?
    rm -rf "$partial"
    exit $code
}

count=0
for thumbnail in "$partial"/*.jpg; do
    [ -e "$thumbnail" ] || continue
    mv "$thumbnail" "$directory/"
    count=$((count + 1))
done
rmdir "$partial"
echo "$count thumbnails in $directory"
[ -z "${WORK_RESULT_FILE:-}" ] || printf '%s thumbnails' "$count" >"$WORK_RESULT_FILE"
