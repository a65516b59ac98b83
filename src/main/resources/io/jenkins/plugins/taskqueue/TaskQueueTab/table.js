/*
 * The table of a queue's items, on the queue manager's page and on a build's page in Jenkins. It fills every
 * <div class="task-queue" data-status-url="…" data-log-url="…"> of the page. Optional: data-key (for several tables on
 * one page), data-heading (an element's name), data-name (what the queue is called here), data-title (the page's title
 * gets the counts), data-shortcuts ("/" goes to the search), data-address="query" (see view.js), data-action-url (whoever
 * looks may change the queue; see actions.js).
 */
(function (taskQueue) {
  "use strict";

  const { element, button, setText } = taskQueue;
  const POLL_MILLIS = 1000;
  const LONGEST_WAIT_MILLIS = 30000;

  taskQueue.isEnd = (phase) => ["SUCCEEDED", "FAILED", "CANCELLED"].includes(phase);

  function start(root) {
    const texts = taskQueue.texts(root);
    const view = taskQueue.createView(root.dataset.key, root.dataset.address === "query", viewChanged);
    const url = (base, parameters) => {
      const address = new URL(base, document.baseURI);
      parameters.forEach((value, name) => address.searchParams.set(name, value));
      return address.href;
    };
    const urls = {
      item: (item) => url(root.dataset.statusUrl, new URLSearchParams({ item })),
      log: (item) => url(root.dataset.logUrl, new URLSearchParams({ item })),
    };
    const spoken = element("div", "spoken");
    spoken.setAttribute("role", "status");
    const actions = root.dataset.actionUrl
      ? taskQueue.createActions(root.dataset.actionUrl, texts, actionDone, (text) => (spoken.textContent = text))
      : null;
    const summary = taskQueue.createSummary(texts, root.dataset.heading || "h2", root.dataset.name);
    const toolbar = taskQueue.createToolbar(texts, view, togglePause);
    const rows = taskQueue.createRows(texts, view, (item) => view.change({ item }), actions);
    const paging = taskQueue.createPaging(texts, view);
    const close = () => view.get().item !== null && view.change({ item: null });
    const details = taskQueue.createDetails(texts, urls, close, actions);
    const noticeText = element("span", "");
    const notice = element("div", "notice", noticeText, button("button", texts.text("tryNow"), null, () => poll()));
    notice.hidden = true;
    const content = element("div", "content", toolbar.element, rows.element, paging.element);
    root.append(summary.element, notice, content, spoken, details.element);
    if (actions) {
      notice.before(actions.bar, actions.trouble);
      root.append(actions.confirm);
    }

    let answer = null; // the last one, with its rows by id
    let data = new Map();
    let etag = null;
    let skew = 0; // our clock against the server's, milliseconds
    let heard = Date.now();
    let asked = rowsKey();
    let paused = false;
    let failures = 0;
    let retryAt = 0;
    let timer = 0;
    let request = null;

    function rowsKey() {
      return view.parameters().toString();
    }

    function viewChanged(current) {
      toolbar.update(answer);
      rows.showSort();
      details.show(current.item);
      if (rowsKey() !== asked) {
        asked = rowsKey();
        content.setAttribute("aria-busy", "true");
        poll(true);
      }
    }

    function togglePause() {
      paused = !paused;
      toolbar.showPaused(paused);
      if (!paused) {
        poll();
      }
    }

    function actionDone() {
      details.expect();
      poll();
    }

    /** One question and what follows from it; a new one takes the place of one that is under way. */
    async function poll(full) {
      clearTimeout(timer);
      if (request) {
        request.abort();
      }
      const mine = (request = new AbortController());
      const began = Date.now();
      try {
        const parameters = view.parameters();
        if (!full && answer) {
          parameters.set("since", answer.revision);
        }
        const response = await fetch(url(root.dataset.statusUrl, parameters), {
          cache: "no-store",
          headers: etag && !full ? { "If-None-Match": etag } : {},
          signal: mine.signal,
        });
        if (response.status === 200) {
          if (!take(await response.json(), !full && answer)) {
            return poll(true);
          }
          etag = response.headers.get("ETag");
        } else if (response.status !== 304) {
          throw new Error(String(response.status));
        }
        hear();
      } catch (error) {
        if (mine.signal.aborted) {
          return;
        }
        failures++;
      }
      if (request === mine) {
        request = null;
        plan(Date.now() - began);
      }
    }

    /** False where the answer names a row that we do not have. */
    function take(next, isDelta) {
      const sameLife = answer && answer.run === next.run && answer.begun === next.begun;
      if (isDelta && !sameLife) {
        return false;
      }
      const known = new Map();
      if (isDelta) {
        next.order.filter((id) => data.has(id)).forEach((id) => known.set(id, data.get(id)));
      }
      next.items.forEach((row) => known.set(row.id, row));
      if (!next.order.every((id) => known.has(id))) {
        return false;
      }
      // Rows that left the page are forgotten: they may change unseen before they come back.
      data = known;
      const ended = answer && !taskQueue.isEnd(answer.phase) && taskQueue.isEnd(next.phase);
      const other = !answer || answer.matched !== next.matched;
      const chosen = content.getAttribute("aria-busy") === "true";
      answer = next;
      skew = Date.now() - Date.parse(next.now);
      if (next.order.length === 0 && next.matched > 0) {
        view.change({ offset: Math.max(0, Math.ceil(next.matched / view.get().limit) - 1) * view.get().limit }, true);
        return true;
      }
      render();
      if (ended) {
        spoken.textContent = texts.phase(next.phase) + ". " + next.sentence;
      } else if (chosen && other) {
        spoken.textContent = texts.text("matching", texts.number(next.matched));
      }
      return true;
    }

    function render() {
      content.removeAttribute("aria-busy");
      summary.update(answer);
      if (actions) {
        actions.update(answer);
      }
      toolbar.update(answer);
      toolbar.pause.hidden = taskQueue.isEnd(answer.phase);
      paging.update(answer);
      rows.update(answer, data, clock());
      summary.tick(answer, (clock() - Date.parse(answer.now)) / 1000);
      details.changed();
      if (root.dataset.title !== undefined) {
        document.title = texts.phase(answer.phase) + " · " + answer.queue;
      }
    }

    function clock() {
      return taskQueue.isEnd(answer.phase) ? null : Date.now() - skew;
    }

    function hear() {
      if (failures > 0) {
        spoken.textContent = texts.text("back");
      }
      failures = 0;
      heard = Date.now();
      notice.hidden = true;
    }

    function plan(took) {
      const over = answer && taskQueue.isEnd(answer.phase) && failures === 0;
      if (over || paused || document.hidden) {
        return;
      }
      const wait =
        failures > 0
          ? Math.min(LONGEST_WAIT_MILLIS, POLL_MILLIS * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2)
          : Math.max(POLL_MILLIS, 3 * took);
      retryAt = Date.now() + wait;
      timer = setTimeout(() => poll(), wait);
      showAway();
    }

    function showAway() {
      if (failures > 1 || (failures > 0 && !answer)) {
        const since = texts.wholeSeconds((Date.now() - heard) / 1000);
        setText(noticeText, texts.text("away", since, texts.wholeSeconds((retryAt - Date.now()) / 1000)));
        if (notice.hidden) {
          notice.hidden = false;
          spoken.textContent = noticeText.textContent;
        }
      }
    }

    setInterval(() => {
      if (answer && !document.hidden && clock() !== null && failures === 0 && !paused) {
        rows.tick(clock());
        summary.tick(answer, (clock() - Date.parse(answer.now)) / 1000);
      } else if (failures > 0) {
        showAway();
      }
    }, 1000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !paused && !(answer && taskQueue.isEnd(answer.phase))) {
        poll();
      }
    });
    if (root.dataset.shortcuts !== undefined) {
      document.addEventListener("keydown", (event) => {
        const plainKey = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey;
        if (plainKey && !event.target.closest("input, select, textarea, dialog")) {
          event.preventDefault();
          toolbar.search.focus();
        }
      });
    }
    toolbar.update(null);
    rows.showSort();
    details.show(view.get().item);
    poll(true);
  }

  function startAll() {
    document.querySelectorAll("div.task-queue").forEach(start);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startAll);
  } else {
    startAll();
  }
})((window.taskQueue = window.taskQueue || {}));
