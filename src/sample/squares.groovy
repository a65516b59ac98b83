// Every number that the source "numbers" lists is an item: its worker squares it. 7 needs a second attempt, and 13 fails for
// good, which one item may.
def result = taskQueue(
    source: 'numbers',
    image: params.IMAGE,
    command: ['sh', '-ec', '''
        echo "Attempt $WORK_ATTEMPT at $WORK_ITEM, whose data is $(cat "$WORK_ITEM_FILE")"
        sleep $((WORK_ITEM % 5 + 1))
        if [ "$WORK_ITEM" = 13 ] || [ "$WORK_ITEM.$WORK_ATTEMPT" = 7.0 ]; then
            echo "This is no number for me."
            exit 1
        fi
        printf %s $((WORK_ITEM * WORK_ITEM)) >"$WORK_RESULT_FILE"
    '''],
    runAsUser: 65534,
    parallelism: 4,
    retries: 1,
    maxFailures: 1)
echo "The square of 12 is ${result.results['12']}. Not done: ${result.failedItems}"
