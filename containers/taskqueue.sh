#!/bin/sh
# The command line in its image, by its name: a stage's command takes the place of the image's own.

# Without a locale, names that are not ASCII would be lost.
export LC_ALL=C.UTF-8
# A stage ends within seconds and a manager mostly waits: the quick compiler alone takes half the processor time to start.
exec /opt/java/bin/java -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -jar /opt/task-queue/task-queue.jar "$@"
