package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.Collection;
import java.util.function.Consumer;

/** Reads a list page by page. One that would fill the memory is asked for again, smaller: anybody may make large objects. */
final class PagedList {
    private static final int SMALLER = 8;

    private PagedList() {}

    /** Asks for one page. */
    interface Pages<T> {
        /**
         * @param next what the page before told to ask with; empty for the first
         * @param most objects of the page
         */
        LeanJson.Page<T> ask(String next, int most) throws ClusterException, InterruptedException;
    }

    /** Returns the list's version. */
    static <T> String read(Pages<T> pages, Consumer<Collection<T>> onPage)
            throws ClusterException, InterruptedException {
        String next = "";
        int most = ApiRequests.PAGE;
        while (true) {
            try {
                LeanJson.Page<T> page = pages.ask(next, most);
                onPage.accept(page.items());
                next = page.next();
                if (next.isEmpty()) {
                    return page.version();
                }
            } catch (ClusterException e) {
                if (!(e.getCause() instanceof Transport.TooMuch) || most == 1) {
                    throw e;
                }
                most = Math.max(1, most / SMALLER);
            }
        }
    }
}
