/* Elements and icons. Text goes into the page as text only, never as markup: item names may be anything. */
(function (taskQueue) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  // Shapes differ, so that nobody needs to tell states by their colour.
  const ICONS = {
    FAILED: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M9 9l6 6", "M15 9l-6 6"],
    RUNNING: ["M12 3a9 9 0 1 0 9 9", "M10 8.5v7l5.5-3.5z"],
    STARTING: ["M7 3h10", "M7 21h10", "M8 3v4l4 5 4-5V3", "M8 21v-4l4-5 4 5v4"],
    PENDING: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 7v5l3 2"],
    SUCCEEDED: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M8 12.5l3 3 5-6"],
    SKIPPED: ["M5 6l7 6-7 6z", "M12 6l7 6-7 6z"],
    CANCELLED: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M6 18L18 6"],
    search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.5 15.5L20 20"],
    first: ["M6 5v14", "M18 6l-7 6 7 6"],
    previous: ["M15 6l-7 6 7 6"],
    next: ["M9 6l7 6-7 6"],
    last: ["M18 5v14", "M6 6l7 6-7 6"],
    close: ["M6 6l12 12", "M18 6L6 18"],
    pause: ["M9 6v12", "M15 6v12"],
    resume: ["M8 6l10 6-10 6z"],
    retry: ["M20 12a8 8 0 1 1-2.4-5.7", "M20 3.5V9h-5.5"],
    cancelItem: ["M7 7l10 10", "M17 7L7 17"],
    ascending: ["M12 19V6", "M6 12l6-6 6 6"],
    descending: ["M12 5v13", "M6 12l6 6 6-6"],
  };

  /** An element with a class of this page, and children that are elements or texts. */
  taskQueue.element = function (tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) {
      element.className = name
        .split(" ")
        .map((word) => "task-queue__" + word)
        .join(" ");
    }
    element.append(...children);
    return element;
  };

  taskQueue.icon = function (name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "task-queue__icon task-queue__icon--" + name.toLowerCase());
    for (const shape of ICONS[name]) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", shape);
      svg.append(path);
    }
    return svg;
  };

  /** A button that says what it does, in words or to a screen reader. */
  taskQueue.button = function (name, label, icon, onClick) {
    const button = taskQueue.element("button", name);
    button.type = "button";
    if (icon) {
      button.append(taskQueue.icon(icon));
      button.setAttribute("aria-label", label);
      button.title = label;
    } else {
      button.append(label);
    }
    button.addEventListener("click", onClick);
    return button;
  };

  /** A text whose own direction, left to right or not, does not touch what stands around it. */
  taskQueue.isolated = function (name, text) {
    const element = taskQueue.element("bdi", name, text);
    element.dir = "auto";
    return element;
  };

  /** Sets a text only where it changes, so that a selection or a screen reader's place is kept. */
  taskQueue.setText = function (element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };
})((window.taskQueue = window.taskQueue || {}));
