#!/bin/sh
# Thumbnails of the videos in a bucket, into the bucket: three stages, of which the one with ffmpeg knows nothing of S3.
# usage: thumbnails.sh [OPTION OF taskqueue run]...
# SOURCE is the URL of an s3 ambassador, BUCKET and STORE are the bucket and the store's URL; the Secret "s3" has its keys.
set -eu

: "${SOURCE:?}" "${BUCKET:?}" "${STORE:?}"
ours=${IMAGE:-acme/task-queue:1}
plain=${FFMPEG_IMAGE:-acme/ffmpeg:1}
taskqueue=${TASKQUEUE:-$(dirname "$0")/../../taskqueue}

# shellcheck disable=SC2016 # the variables are the stage's
exec "$taskqueue" run --once --source "$SOURCE" "$@" \
    --stage-env fetch:TASKQUEUE_ENDPOINT="$STORE" --stage-env store:TASKQUEUE_ENDPOINT="$STORE" \
    --stage-env-from-secret fetch:AWS_ACCESS_KEY_ID=s3/access-key-id \
    --stage-env-from-secret fetch:AWS_SECRET_ACCESS_KEY=s3/secret-access-key \
    --stage-env-from-secret store:AWS_ACCESS_KEY_ID=s3/access-key-id \
    --stage-env-from-secret store:AWS_SECRET_ACCESS_KEY=s3/secret-access-key \
    --stage fetch="$ours" -- taskqueue worker download --from "s3://$BUCKET/videos" \
    --stage thumbnails="$plain" -- sh -c \
    'ffmpeg -nostdin -v error -xerror -i "$WORK_DIR/input" -vf "fps=3,scale=320:-2" -frames:v 3 "$WORK_DIR/output/%d.jpg"' \
    --stage store="$ours" -- taskqueue worker upload --to "s3://$BUCKET/thumbnails"
