/*
 * What a person may ask of a queue. There is something to ask where the table's element says where: data-action-url is
 * put before retryFailed, retry (item), cancelItem (item), parallelism (most), pause, resume and cancel, each asked by a
 * POST of a form. Where the answer is no success, its text is a sentence for the reader.
 */
(function (taskQueue) {
  "use strict";

  const { element, isolated, button, icon, setText } = taskQueue;

  /** onDone() is called when something was asked; say(text) tells a screen reader. */
  taskQueue.createActions = function (base, texts, onDone, say) {
    const words = (key) => texts.text(key);
    const refusal = element("span", "");
    refusal.dir = "auto";
    const trouble = element("div", "notice", refusal, button("button", words("close"), null, () => (trouble.hidden = true)));
    trouble.setAttribute("role", "alert");
    trouble.hidden = true;
    const pause = button("button", "", null, () => ask(paused ? "resume" : "pause", {}));
    const retryFailed = button("button", "", null, () => ask("retryFailed", {}));
    const cancel = button("button", words("cancelQueue"), null, () => confirm.showModal());
    const most = element("input", "most");
    most.type = "number";
    most.min = 0;
    most.max = 100000;
    most.required = true;
    const set = element("button", "button", words("set"));
    const parallelism = element("form", "parallelism", element("label", "", words("parallelism"), " ", most), set);
    const bar = element("div", "actions", parallelism, pause, retryFailed, cancel);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words("actions"));
    const confirm = createConfirm();
    let paused = false;
    let last = null;

    parallelism.addEventListener("submit", (event) => {
      event.preventDefault();
      ask("parallelism", { most: most.value });
    });
    most.addEventListener("input", () => (set.hidden = Number(most.value) === last));

    function createConfirm() {
      const sentence = element("p", "confirm-text", words("cancelQueueSure"));
      sentence.id = "task-queue-confirm-" + Math.random().toString(36).slice(2);
      const yes = button("button button--strong", words("cancelQueue"), null, () => {
        dialog.close();
        ask("cancel", {});
      });
      const no = button("button", words("keepRunning"), null, () => dialog.close());
      const dialog = element("dialog", "confirm", sentence, element("div", "confirm-buttons", no, yes));
      dialog.setAttribute("aria-labelledby", sentence.id);
      return dialog;
    }

    async function ask(action, parameters) {
      const { crumbHeader, crumbValue } = document.head.dataset;
      trouble.hidden = true;
      try {
        const answer = await fetch(new URL(base + action, document.baseURI), {
          method: "POST",
          headers: crumbHeader ? { [crumbHeader]: crumbValue } : {},
          body: new URLSearchParams(parameters),
        });
        if (!answer.ok) {
          const isSentence = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
          throw new Error(isSentence ? await answer.text() : texts.text("refused", answer.status));
        }
        say(words("asked"));
      } catch (error) {
        // Behind an open dialog nobody would see it.
        const dialog = bar.parentElement.querySelector("dialog[open] .task-queue__details-body");
        if (dialog) {
          dialog.prepend(trouble);
        } else {
          bar.after(trouble);
        }
        setText(refusal, error instanceof TypeError ? words("notAsked") : error.message);
        trouble.hidden = false;
      }
      onDone();
    }

    function update(answer) {
      const over = taskQueue.isEnd(answer.phase);
      const stopping = answer.phase === "CANCELLING";
      // A button that goes while it has the focus would leave the reader nowhere.
      const focused = bar.contains(document.activeElement);
      bar.hidden = over;
      paused = answer.phase === "PAUSED";
      setText(pause, words(paused ? "resumeQueue" : "pauseQueue"));
      setText(retryFailed, texts.text("retryFailed", texts.number(answer.counts.FAILED)));
      retryFailed.hidden = answer.counts.FAILED === 0 || stopping;
      for (const control of [pause, cancel, parallelism]) {
        control.hidden = stopping;
      }
      if (answer.scaling) {
        parallelism.hidden = true;
      }
      // What the reader types stays, unless another reader was faster.
      if (last !== answer.parallelism) {
        last = answer.parallelism;
        most.value = String(last);
        set.hidden = true;
      }
      if (over && confirm.open) {
        confirm.close();
      }
      if (focused && (over || document.activeElement.closest("[hidden]"))) {
        bar.parentElement.querySelector("input[type=search]").focus({ preventScroll: true });
      }
    }

    /** What may be asked for one item as it is; null where nothing. */
    function forItem(row, phase) {
      if (!row || taskQueue.isEnd(phase) || phase === "CANCELLING") {
        return null;
      }
      if (["PENDING", "STARTING", "RUNNING"].includes(row.state)) {
        return "cancelItem";
      }
      return row.state === "FAILED" || row.state === "CANCELLED" ? "retry" : null;
    }

    /** A button for one item, that asks what may be asked for it; update(row, phase) says what that is. */
    function createItemButton(name, inWords) {
      let item = null;
      let action = null;
      const target = element("button", name);
      target.type = "button";
      target.addEventListener("click", () => ask(action, { item }));
      return {
        element: target,
        update(row, phase) {
          const now = forItem(row, phase);
          target.hidden = now === null;
          if (now !== null && (now !== action || row.name !== item)) {
            const label = words(now);
            target.replaceChildren(inWords ? label : icon(now));
            target.title = label;
            target.setAttribute("aria-label", inWords ? label : label + " " + row.name);
          }
          action = now;
          item = row && row.name;
        },
      };
    }

    return { bar, trouble, confirm, update, createItemButton };
  };
})((window.taskQueue = window.taskQueue || {}));
