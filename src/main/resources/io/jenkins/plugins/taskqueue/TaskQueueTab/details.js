/* All of one item: its times, its message and result at full length, and its log, followed while it runs. */
(function (taskQueue) {
  "use strict";

  const { element, isolated, button, icon, setText } = taskQueue;
  const REFRESH_MILLIS = 2000;
  const EXPECT_MILLIS = 30000;

  /** urls.item(name) and urls.log(name) tell where to ask; onClose() is called when the reader is done. Actions may be null. */
  taskQueue.createDetails = function (texts, urls, onClose, actions) {
    const name = isolated("details-name", "");
    const state = element("p", "details-state");
    const facts = element("dl", "details-facts");
    const message = isolated("details-text", "");
    const result = isolated("details-text details-text--result", "");
    const log = element("pre", "log");
    log.tabIndex = 0;
    log.setAttribute("role", "region");
    log.setAttribute("aria-label", texts.text("log"));
    const raw = element("a", "link", texts.text("rawLog"));
    raw.target = "_blank";
    raw.rel = "noopener noreferrer";
    const close = button("page", texts.text("close"), "close", () => dialog.close());
    const action = actions && actions.createItemButton("button", true);
    const heading = element("h2", "details-heading", name);
    heading.id = "task-queue-details-" + Math.random().toString(36).slice(2);
    const messageBlock = block(texts.text("message"), message);
    const resultBlock = block(texts.text("result"), result);
    const dialog = element(
      "dialog",
      "details",
      element("div", "details-head", heading, element("div", "details-buttons", ...(action ? [action.element] : []), close)),
      element(
        "div",
        "details-body",
        state,
        facts,
        messageBlock,
        resultBlock,
        element("div", "details-log-head", element("h3", "details-label", texts.text("log")), raw),
        log,
      ),
    );
    dialog.setAttribute("aria-labelledby", heading.id);
    let item = null;
    let timer = 0;
    let following = false;
    let expectUntil = 0;
    let requests = new AbortController();

    dialog.addEventListener("close", () => {
      stop();
      onClose();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) {
        dialog.close();
      }
    });

    function block(label, content) {
      return element("div", "details-block", element("h3", "details-label", label), content);
    }

    function stop() {
      item = null;
      clearTimeout(timer);
      requests.abort();
    }

    function open(wanted) {
      if (wanted === item) {
        return;
      }
      stop();
      item = wanted;
      requests = new AbortController();
      setText(name, wanted);
      state.replaceChildren(texts.text("loading"));
      facts.replaceChildren();
      log.textContent = "";
      if (action) {
        action.update(null, "");
      }
      messageBlock.hidden = true;
      resultBlock.hidden = true;
      raw.href = urls.log(wanted);
      if (!dialog.open) {
        dialog.showModal();
      }
      follow();
    }

    function follow() {
      following = true;
      refresh(item, requests.signal);
    }

    async function refresh(wanted, signal) {
      let live = true;
      try {
        const answer = await fetch(urls.item(wanted), { cache: "no-store", signal });
        if (answer.ok) {
          const status = await answer.json();
          const row = status.items[0];
          if (action) {
            action.update(row, status.phase);
          }
          live = Boolean(row) && ["PENDING", "STARTING", "RUNNING"].includes(row.state);
          show(row);
          await showLog(row, signal);
        }
      } catch (error) {
        // The table's own notice says that the server is away; here the last that was known stays.
        if (signal.aborted) {
          return;
        }
      }
      if (signal.aborted) {
        return;
      }
      following = live;
      if (live) {
        timer = setTimeout(() => refresh(wanted, signal), REFRESH_MILLIS);
      }
    }

    function show(row) {
      if (!row) {
        state.replaceChildren(texts.text("gone"));
        return;
      }
      state.className = "task-queue__details-state task-queue__row--" + row.state.toLowerCase();
      state.replaceChildren(icon(row.state), " ", texts.state(row.state) + (row.reason ? ": " + row.reason : ""));
      const list = [
        [texts.text("columnAttempts"), row.attempts ? texts.number(row.attempts) : ""],
        [texts.text("batch"), row.batch ? texts.number(row.batch) : ""],
        [texts.text("columnWaited"), texts.duration(row.waited)],
        [texts.text("columnRan"), texts.duration(row.ran)],
        [texts.text("listed"), texts.time(row.listed)],
        [texts.text("started"), texts.time(row.started)],
        [texts.text("ended"), texts.time(row.ended)],
      ].filter(([, value]) => value);
      facts.replaceChildren(
        ...list.map(([label, value]) => element("div", "details-fact", element("dt", "", label), element("dd", "", value))),
      );
      setText(message, row.message);
      messageBlock.hidden = !row.message;
      setText(result, row.result);
      resultBlock.hidden = !row.result;
    }

    async function showLog(row, signal) {
      raw.hidden = !row || !row.hasLog;
      if (raw.hidden) {
        setText(log, texts.text("noLog"));
        return;
      }
      const answer = await fetch(urls.log(row.name), { cache: "no-store", signal });
      if (!answer.ok) {
        return;
      }
      // What was followed stays when the pod is gone and nothing was kept.
      const none = answer.status === 204;
      const text = none ? log.textContent || texts.text("noLog") : plain(await answer.text());
      if (text !== log.textContent) {
        const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
        log.textContent = text;
        if (atEnd) {
          log.scrollTop = log.scrollHeight;
        }
      }
    }

    // Colours and overwritten lines of a terminal are of no use here.
    function plain(text) {
      return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replace(/\r(?!\n)/g, "\n");
    }

    return {
      element: dialog,

      /** Something was asked, so that an item that has ended may go on soon. */
      expect() {
        expectUntil = Date.now() + EXPECT_MILLIS;
      },

      /** The table has changed. */
      changed() {
        if (item !== null && !following && Date.now() < expectUntil) {
          follow();
        }
      },

      /** Shows an item, or nothing where the name is null. */
      show(wanted) {
        if (wanted !== null) {
          open(wanted);
        } else if (dialog.open) {
          dialog.close();
        }
      },
    };
  };
})((window.taskQueue = window.taskQueue || {}));
