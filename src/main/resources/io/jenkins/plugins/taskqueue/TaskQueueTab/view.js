/*
 * What the reader chose to see: kept in the address, so that reload, back and a link to a friend show the same. The
 * part of the address is the one after "#", which no server sees, unless the page has it in the query, since something
 * else on it reads what is after "#"; several tables of one page put their key before it.
 */
(function (taskQueue) {
  "use strict";

  const LIMITS = [25, 50, 100, 250, 1000];
  const USUAL = { sort: "state", direction: "ascending", offset: 0, limit: 100 };

  taskQueue.LIMITS = LIMITS;

  /** onChange(view) is called after every change, whoever made it. */
  taskQueue.createView = function (key, inQuery, onChange) {
    const prefix = key ? key + "." : "";
    const parts = () => new URLSearchParams(inQuery ? location.search : location.hash.slice(1));
    let current = read();

    function read() {
      const address = parts();
      const get = (name) => address.get(prefix + name) || "";
      const limit = Number(get("limit"));
      const offset = Number(get("offset"));
      return {
        states: get("state")
          .split(",")
          .filter((state) => taskQueue.STATES.includes(state)),
        q: get("q"),
        sort: /^(listed|state|name|attempts|waited|ran)$/.test(get("sort")) ? get("sort") : USUAL.sort,
        direction: get("direction") === "descending" ? "descending" : "ascending",
        offset: Number.isSafeInteger(offset) && offset > 0 && offset < 2 ** 31 ? offset : 0,
        limit: LIMITS.includes(limit) ? limit : USUAL.limit,
        item: address.has(prefix + "item") ? address.get(prefix + "item") : null,
      };
    }

    function write(replace) {
      const next = parts();
      const before = String(next);
      const set = (name, value) => (value ? next.set(prefix + name, value) : next.delete(prefix + name));
      set("state", current.states.join(","));
      set("q", current.q);
      for (const name of Object.keys(USUAL)) {
        set(name, current[name] === USUAL[name] ? "" : String(current[name]));
      }
      set("item", current.item);
      if (String(next) !== before) {
        const address = inQuery ? location.pathname + "?" + next + location.hash : "#" + next;
        history[replace ? "replaceState" : "pushState"](null, "", address);
      }
    }

    window.addEventListener("popstate", () => {
      current = read();
      onChange(current);
    });

    return {
      get: () => current,

      /** A change that "back" undoes; any change of the rows begins at the first page again. */
      change(changes, replace) {
        const paged = "offset" in changes || ("item" in changes && Object.keys(changes).length === 1);
        current = Object.assign({}, current, paged ? {} : { offset: 0 }, changes);
        write(replace);
        onChange(current);
      },

      /** The rows' part of it, as the server reads it. */
      parameters() {
        const parameters = new URLSearchParams();
        if (current.states.length > 0) {
          parameters.set("state", current.states.join(","));
        }
        if (current.q.trim()) {
          parameters.set("q", current.q.trim());
        }
        for (const name of Object.keys(USUAL)) {
          parameters.set(name, String(current[name]));
        }
        return parameters;
      },
    };
  };
})((window.taskQueue = window.taskQueue || {}));
