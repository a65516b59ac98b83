/* The table itself. A row's elements live as long as the row is on the page, whatever changes in it. */
(function (taskQueue) {
  "use strict";

  const { element, isolated, button, icon, setText } = taskQueue;
  const COLUMNS = [
    { name: "state", sort: "state", first: "ascending" },
    { name: "name", sort: "name", first: "ascending" },
    { name: "reason" },
    { name: "attempts", sort: "attempts", first: "descending" },
    { name: "waited", sort: "waited", first: "descending" },
    { name: "ran", sort: "ran", first: "descending" },
    { name: "result" },
    { name: "details" },
  ];
  let ids = 0;

  const isLive = (row) => ["PENDING", "STARTING", "RUNNING"].includes(row.state);

  /** onOpen(name) is called where the reader wants to see all of one item; actions may be null. */
  taskQueue.createRows = function (texts, view, onOpen, actions) {
    const column = (name) => texts.text("column" + name.charAt(0).toUpperCase() + name.slice(1));
    const headers = new Map();
    const body = element("tbody", "body");
    const none = createNone();
    const rows = new Map();
    const table = element("table", actions ? "table table--actions" : "table", createHead(), body);
    table.setAttribute("aria-label", texts.text("items"));
    // The style shows rows as cards where the page is narrow, and that takes their meaning from the elements.
    table.setAttribute("role", "table");
    body.setAttribute("role", "rowgroup");

    function createHead() {
      const row = element("tr", "");
      row.setAttribute("role", "row");
      for (const { name, sort, first } of COLUMNS) {
        const cell = element("th", "head head--" + name);
        cell.scope = "col";
        cell.setAttribute("role", "columnheader");
        if (sort) {
          cell.append(button("sort", column(name), null, () => turn(sort, first)));
          headers.set(sort, cell);
        } else {
          cell.append(column(name));
        }
        row.append(cell);
      }
      const head = element("thead", "", row);
      head.setAttribute("role", "rowgroup");
      return head;
    }

    function createNone() {
      const words = element("p", "none-text");
      const all = button("button", texts.text("showAll"), null, () => view.change({ states: [], q: "" }));
      const cell = element("td", "none", words, all);
      cell.colSpan = COLUMNS.length;
      cell.setAttribute("role", "cell");
      const row = element("tr", "", cell);
      row.setAttribute("role", "row");
      return { row, words, all };
    }

    function turn(sort, first) {
      const { sort: now, direction } = view.get();
      const other = direction === "ascending" ? "descending" : "ascending";
      view.change({ sort, direction: sort === now ? other : first });
    }

    function createRow() {
      const cells = {};
      const line = element("tr", "row");
      line.setAttribute("role", "row");
      for (const { name } of COLUMNS) {
        cells[name] = element("td", "cell cell--" + name);
        cells[name].setAttribute("role", "cell");
        cells[name].dataset.label = column(name);
        line.append(cells[name]);
      }
      const parts = {
        name: isolated("name", ""),
        reason: isolated("reason", ""),
        message: isolated("message", ""),
        result: isolated("result", ""),
      };
      parts.name.id = "task-queue-name-" + ++ids;
      cells.name.append(parts.name);
      cells.reason.append(parts.reason, parts.message);
      cells.result.append(parts.result);
      const open = button("button", "", null, () => onOpen(row.data.name));
      open.id = "task-queue-open-" + ids;
      open.setAttribute("aria-haspopup", "dialog");
      open.setAttribute("aria-labelledby", open.id + " " + parts.name.id);
      const action = actions && actions.createItemButton("page", false);
      cells.details.append(...(action ? [action.element] : []), open);
      const row = { line, cells, parts, open, action, data: null };
      return row;
    }

    function fill(row, data) {
      if (row.data === data) {
        return;
      }
      const { cells, parts } = row;
      if (!row.data || row.data.state !== data.state) {
        row.line.className = "task-queue__row task-queue__row--" + data.state.toLowerCase();
        cells.state.replaceChildren(icon(data.state), element("span", "state", texts.state(data.state)));
      }
      row.data = data;
      for (const part of ["name", "reason", "message", "result"]) {
        setText(parts[part], data[part]);
        parts[part].title = data[part];
      }
      parts.message.hidden = !data.message;
      cells.reason.classList.toggle("task-queue__cell--empty", !data.reason && !data.message);
      cells.result.classList.toggle("task-queue__cell--empty", !data.result);
      setText(cells.attempts, data.attempts > 0 ? texts.number(data.attempts) : "");
      setText(row.open, texts.text(data.hasLog ? "openLog" : "openDetails"));
    }

    function update(answer, data, now) {
      const focused = body.contains(document.activeElement) ? document.activeElement : null;
      const wanted = new Set(answer.order);
      for (const [id, row] of rows) {
        if (!wanted.has(id)) {
          row.line.remove();
          rows.delete(id);
        }
      }
      let before = null;
      for (const id of answer.order) {
        if (!rows.has(id)) {
          rows.set(id, createRow());
        }
        const row = rows.get(id);
        fill(row, data.get(id));
        if (row.action) {
          row.action.update(row.data, answer.phase);
        }
        const place = before ? before.nextSibling : body.firstChild;
        if (place !== row.line) {
          body.insertBefore(row.line, place);
        }
        before = row.line;
      }
      showNone(answer);
      tick(now);
      // Moving an element takes the focus from it.
      if (focused && focused.isConnected && document.activeElement !== focused) {
        focused.focus({ preventScroll: true });
      }
    }

    function showNone(answer) {
      if (answer.order.length > 0) {
        none.row.remove();
      } else {
        setText(none.words, answer.sentence && !answer.total ? answer.sentence : texts.text(answer.total ? "noMatch" : "noItems"));
        none.all.hidden = !answer.total;
        body.append(none.row);
      }
    }

    function showSort() {
      const { sort, direction } = view.get();
      for (const [name, cell] of headers) {
        const label = cell.querySelector("button");
        const arrow = label.querySelector("svg");
        if (arrow) {
          arrow.remove();
        }
        if (name === sort) {
          cell.setAttribute("aria-sort", direction);
          label.append(icon(direction));
        } else {
          cell.removeAttribute("aria-sort");
        }
      }
    }

    /** Figures of live rows are counted here: by time alone nothing is sent. */
    function tick(now) {
      for (const { cells, data } of rows.values()) {
        const since = (instant) => Math.max(0, (now - Date.parse(instant)) / 1000);
        const waits = isLive(data) && !data.started && now !== null;
        const runs = data.state === "RUNNING" && data.started && now !== null;
        setText(cells.waited, waits ? texts.wholeSeconds(since(data.listed)) : texts.duration(data.waited));
        setText(cells.ran, runs ? texts.wholeSeconds(since(data.started)) : texts.duration(data.ran));
      }
    }

    return { element: table, update, showSort, tick };
  };
})((window.taskQueue = window.taskQueue || {}));
