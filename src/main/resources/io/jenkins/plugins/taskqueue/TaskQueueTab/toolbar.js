/* What the reader chooses with: filter chips, search, pages. */
(function (taskQueue) {
  "use strict";

  const { element, button, icon, setText } = taskQueue;
  const TYPING_MILLIS = 250;

  taskQueue.createToolbar = function (texts, view, onPause) {
    const chips = new Map();
    const group = element("div", "chips");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", texts.text("filter"));
    addChip(null, texts.text("all"));
    for (const state of taskQueue.STATES) {
      addChip(state, texts.state(state));
    }

    const search = element("input", "search-input");
    search.type = "search";
    search.spellcheck = false;
    search.maxLength = 1024;
    search.placeholder = texts.text("search");
    search.setAttribute("aria-label", texts.text("search"));
    let typing = 0;
    search.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => view.change({ q: search.value }, true), TYPING_MILLIS);
    });
    const pause = button("pause", texts.text("pause"), "pause", () => onPause());
    const root = element(
      "div",
      "toolbar",
      group,
      element("div", "tools", element("div", "search", icon("search"), search), pause),
    );

    function addChip(state, label) {
      const count = element("span", "count");
      const chip = button("chip", "", null, () => toggle(state));
      chip.append(...(state ? [icon(state)] : []), element("span", "", label), count);
      chip.dataset.state = state || "";
      chips.set(state, { chip, count });
      group.append(chip);
    }

    function toggle(state) {
      const chosen = view.get().states;
      if (state === null) {
        view.change({ states: [] });
      } else {
        view.change({
          states: chosen.includes(state) ? chosen.filter((other) => other !== state) : [...chosen, state],
        });
      }
    }

    function update(answer) {
      const { states, q } = view.get();
      for (const [state, { chip, count }] of chips) {
        const number = state === null ? answer && answer.total : answer && answer.counts[state];
        setText(count, answer ? texts.number(number) : "");
        const pressed = state === null ? states.length === 0 : states.includes(state);
        chip.setAttribute("aria-pressed", String(pressed));
        chip.classList.toggle("task-queue__chip--none", Boolean(answer) && number === 0);
      }
      if (document.activeElement !== search) {
        search.value = q;
      }
    }

    function showPaused(paused) {
      const label = texts.text(paused ? "resume" : "pause");
      pause.replaceChildren(icon(paused ? "resume" : "pause"));
      pause.setAttribute("aria-label", label);
      pause.title = label;
    }

    return { element: root, search, pause, update, showPaused };
  };

  taskQueue.createPaging = function (texts, view) {
    let matched = 0;
    const go = (offset) => view.change({ offset });
    const lastOffset = () => Math.max(0, Math.ceil(matched / view.get().limit) - 1) * view.get().limit;
    const first = button("page", texts.text("first"), "first", () => go(0));
    const previous = button("page", texts.text("previous"), "previous", () =>
      go(Math.max(0, view.get().offset - view.get().limit)),
    );
    const next = button("page", texts.text("next"), "next", () => go(view.get().offset + view.get().limit));
    const last = button("page", texts.text("last"), "last", () => go(lastOffset()));
    const range = element("span", "range");
    const size = element("select", "size");
    for (const limit of taskQueue.LIMITS) {
      const option = element("option", "", texts.number(limit));
      option.value = limit;
      size.append(option);
    }
    size.addEventListener("change", () => view.change({ limit: Number(size.value) }));
    const root = element(
      "nav",
      "paging",
      range,
      element("div", "pages", first, previous, next, last),
      element("label", "size-label", texts.text("pageSize"), " ", size),
    );
    root.setAttribute("aria-label", texts.text("pages"));

    // A disabled button would lose the focus to nowhere when the reader comes to the last page by keyboard.
    function enable(target, enabled) {
      target.setAttribute("aria-disabled", String(!enabled));
    }

    root.addEventListener(
      "click",
      (event) => {
        const target = event.target.closest("button");
        if (target && target.getAttribute("aria-disabled") === "true") {
          event.stopPropagation();
        }
      },
      true,
    );

    function update(answer) {
      const { offset, limit } = view.get();
      matched = answer.matched;
      const end = Math.min(offset + limit, matched);
      setText(
        range,
        matched === 0 ? "" : texts.text("range", ...[offset + 1, end, matched].map((n) => texts.number(n))),
      );
      size.value = String(limit);
      enable(first, offset > 0);
      enable(previous, offset > 0);
      enable(next, end < matched);
      enable(last, end < matched);
      root.hidden = answer.total === 0;
    }

    return { element: root, update, lastOffset };
  };
})((window.taskQueue = window.taskQueue || {}));
