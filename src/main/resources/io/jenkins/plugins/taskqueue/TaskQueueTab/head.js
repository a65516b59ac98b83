/* The head of a table: whose queue it is, what it does, how far it is. */
(function (taskQueue) {
  "use strict";

  const { element, isolated, setText } = taskQueue;
  const BAR = ["SUCCEEDED", "SKIPPED", "FAILED", "CANCELLED", "RUNNING", "STARTING"];
  const DONE = BAR.slice(0, 4);

  /** @param called what the queue is called on this page; without it the queue's own name */
  taskQueue.createSummary = function (texts, heading, called) {
    const name = isolated("queue", "");
    const phase = element("span", "phase");
    const sentence = element("p", "sentence");
    sentence.hidden = true;
    sentence.dir = "auto";
    const scaling = element("p", "facts");
    scaling.hidden = true;
    const done = element("span", "fact");
    const running = element("span", "fact");
    const toGo = element("span", "fact");
    const segments = new Map(BAR.map((state) => [state, element("div", "segment segment--" + state.toLowerCase())]));
    const bar = element("div", "bar", ...segments.values());
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-label", texts.text("progress"));
    const root = element(
      "header",
      "summary",
      element("div", "title", element(heading, "heading", name), phase),
      sentence,
      bar,
      element("p", "facts", done, running, toGo),
      scaling,
    );

    /** The estimate counts down by itself between two answers. */
    function tick(answer, secondsSince) {
      const known = answer.timeToGo !== null && !taskQueue.isEnd(answer.phase);
      const left = known ? Math.max(1, answer.timeToGo - secondsSince) : 0;
      setText(toGo, known ? texts.text("toGo", texts.about(left)) : "");
    }

    function update(answer) {
      setText(name, called || answer.queue);
      setText(phase, texts.phase(answer.phase));
      phase.className = "task-queue__phase task-queue__phase--" + answer.phase.toLowerCase();
      setText(sentence, answer.sentence);
      sentence.hidden = !answer.sentence;
      const count = DONE.reduce((sum, state) => sum + answer.counts[state], 0);
      const work = answer.counts.RUNNING + answer.counts.STARTING;
      const words = texts.text("done", texts.number(count), texts.number(answer.total));
      setText(done, words);
      setText(
        running,
        taskQueue.isEnd(answer.phase)
          ? ""
          : texts.text("running", texts.number(work), texts.number(answer.parallelism)),
      );
      setText(scaling, answer.scaling && texts.text("scaling", answer.scaling));
      scaling.hidden = !answer.scaling || taskQueue.isEnd(answer.phase);
      for (const [state, segment] of segments) {
        segment.style.flexGrow = answer.counts[state];
        segment.hidden = answer.counts[state] === 0;
        segment.title = texts.state(state) + ": " + texts.number(answer.counts[state]);
      }
      bar.style.setProperty("--task-queue-rest", answer.counts.PENDING);
      bar.setAttribute("aria-valuemax", Math.max(1, answer.total));
      bar.setAttribute("aria-valuenow", count);
      bar.setAttribute("aria-valuetext", words);
    }

    return { element: root, update, tick };
  };
})((window.taskQueue = window.taskQueue || {}));
