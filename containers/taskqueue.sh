#!/bin/sh
# The command line in its image, by its name: a stage's command takes the place of the image's own.

# Without a locale, names that are not ASCII would be lost.
export LC_ALL=C.UTF-8
exec /opt/java/bin/java -XX:+UseSerialGC -jar /opt/task-queue/task-queue.jar "$@"
