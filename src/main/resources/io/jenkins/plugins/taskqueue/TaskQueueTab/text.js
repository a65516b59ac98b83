/*
 * Words, numbers and durations. A page in another language gives its words by
 * <template class="task-queue__texts" data-state-failed="…" …> inside the table's element; the names are those below.
 */
(function (taskQueue) {
  "use strict";

  taskQueue.STATES = ["FAILED", "RUNNING", "STARTING", "PENDING", "SUCCEEDED", "SKIPPED", "CANCELLED"];

  const ENGLISH = {
    all: "All",
    stateFailed: "Failed",
    stateRunning: "Running",
    stateStarting: "Starting",
    statePending: "Pending",
    stateSucceeded: "Succeeded",
    stateSkipped: "Skipped",
    stateCancelled: "Cancelled",
    phaseWaiting: "Waiting",
    phaseRunning: "Running",
    phasePaused: "Paused",
    phaseCancelling: "Cancelling",
    phaseSucceeded: "Succeeded",
    phaseFailed: "Failed",
    phaseCancelled: "Cancelled",
    columnState: "State",
    columnName: "Item",
    columnReason: "Reason",
    columnAttempts: "Attempts",
    columnWaited: "Waited",
    columnRan: "Ran",
    columnResult: "Result",
    columnDetails: "Log",
    items: "Items",
    progress: "Progress",
    done: "{0} of {1} done",
    running: "{0} of at most {1} at work",
    toGo: "about {0} to go",
    filter: "Filter by state",
    search: "Search by name, reason or result",
    pages: "Pages",
    first: "First page",
    previous: "Previous page",
    next: "Next page",
    last: "Last page",
    range: "{0} to {1} of {2}",
    pageSize: "Rows",
    pause: "Stop updating the table",
    resume: "Update the table",
    noItems: "No items are listed.",
    noMatch: "No item matches.",
    showAll: "Show all items",
    matching: "{0} items match.",
    loading: "Loading…",
    away: "No answer. The table is as it was {0} ago. Next try in {1}.",
    tryNow: "Try now",
    back: "The table is up to date again.",
    openLog: "Log",
    openDetails: "Details",
    close: "Close",
    item: "Item",
    batch: "Batch",
    listed: "Listed",
    started: "Started",
    ended: "Ended",
    message: "Message",
    result: "Result",
    log: "Log",
    noLog: "There is no log.",
    rawLog: "Open as text",
    gone: "This item is not in the queue.",
    actions: "Actions",
    pauseQueue: "Pause the queue",
    resumeQueue: "Resume the queue",
    retryFailed: "Retry failed ({0})",
    cancelQueue: "Cancel the queue",
    cancelQueueSure: "Cancel the queue? What runs is stopped, and what has not ended is not done.",
    keepRunning: "Go on",
    parallelism: "Parallelism",
    scaling: "Parallelism by the traffic: {0}",
    set: "Set",
    retry: "Retry",
    cancelItem: "Cancel",
    asked: "Done.",
    notAsked: "No answer: nothing may have changed. Try again.",
    refused: "It was refused with status {0}. Load the page again and try once more.",
    wholeMinutes: "{0} min",
    seconds: "{0} s",
    minutes: "{0} min {1} s",
    hours: "{0} h {1} min",
    days: "{0} d {1} h",
  };

  /** The words of one table. */
  taskQueue.texts = function (root) {
    const template = root.querySelector("template.task-queue__texts");
    const words = Object.assign({}, ENGLISH, template ? template.dataset : {});
    const language = document.documentElement.lang || undefined;
    const numbers = new Intl.NumberFormat(language);
    const times = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });

    function text(key, ...values) {
      return words[key].replace(/\{(\d)\}/g, (all, index) => values[index]);
    }

    return {
      text,
      state: (state) => text("state" + state.charAt(0) + state.slice(1).toLowerCase()),
      phase: (phase) => text("phase" + phase.charAt(0) + phase.slice(1).toLowerCase()),
      number: (number) => numbers.format(number),
      time: (instant) => (instant ? times.format(new Date(instant)) : ""),

      /** Whole seconds, in the two largest units; short times with a tenth, so that they are not all "0 s". */
      duration(seconds) {
        if (seconds === null || seconds === undefined) {
          return "";
        }
        if (seconds < 9.95) {
          return text("seconds", numbers.format(Math.round(seconds * 10) / 10));
        }
        return this.wholeSeconds(seconds);
      },

      /** An estimate: no finer than it deserves. */
      about(seconds) {
        if (seconds < 90) {
          return text("seconds", Math.ceil(seconds / 5) * 5);
        }
        return seconds < 5400 ? text("wholeMinutes", Math.round(seconds / 60)) : this.wholeSeconds(seconds);
      },

      wholeSeconds(seconds) {
        const whole = Math.max(0, Math.round(seconds));
        const two = (value) => String(value).padStart(2, "0");
        if (whole < 60) {
          return text("seconds", whole);
        }
        if (whole < 3600) {
          return text("minutes", Math.floor(whole / 60), two(whole % 60));
        }
        if (whole < 86400) {
          return text("hours", Math.floor(whole / 3600), two(Math.floor((whole % 3600) / 60)));
        }
        return text("days", numbers.format(Math.floor(whole / 86400)), two(Math.floor((whole % 86400) / 3600)));
      },
    };
  };
})((window.taskQueue = window.taskQueue || {}));
