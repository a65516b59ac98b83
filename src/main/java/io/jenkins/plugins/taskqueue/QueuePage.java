package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusJson;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.time.Instant;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * One queue of a build at {@code task-queue/queue/1/}: what the table and scripts read with the right to read the build, and
 * what is asked of it, by POST: what stops work with the right to cancel the build, what starts some with that to build.
 */
@Restricted(NoExternalUse.class)
public final class QueuePage {
    private final BuildQueue queue;

    QueuePage(BuildQueue queue) {
        this.queue = queue;
    }

    private Run<?, ?> run() {
        return queue.getRun();
    }

    public String getKey() {
        return queue.getKey();
    }

    public String getName() {
        return queue.getRequest().getDisplayName();
    }

    public QueueDigest getDigest() {
        return QueueDigest.of(queue);
    }

    /** Without the host, ends in a slash. */
    public String getUrl() {
        return run().getUrl() + TaskQueueTab.URL_NAME + "/queue/" + getKey() + "/";
    }

    /** Whether whoever looks may change the queue, now or when it goes on after a restart. */
    public boolean isChangeable() {
        return run().isBuilding() && (run().hasPermission(Item.CANCEL) || run().hasPermission(Item.BUILD));
    }

    /** One page of the items; see docs/status-api.md. */
    @GET
    @WebMethod(name = "status")
    public HttpResponse doStatus(StaplerRequest2 request) {
        run().checkPermission(Item.READ);
        StatusQuery query;
        try {
            query = StatusQuery.parse(request.getQueryString());
        } catch (IllegalArgumentException e) {
            return Answer.text(400, e.getMessage());
        }
        Status status = queue.status();
        Instant now = status.phase().isEnd() && status.now() != null ? status.now() : Instant.now();
        return Answer.json(
                StatusPage.etag(status, query), out -> StatusJson.writePage(StatusPage.of(status, query, now), out));
    }

    /** Every item with its whole texts, for scripts. */
    @GET
    @WebMethod(name = "items")
    public HttpResponse doItems() {
        run().checkPermission(Item.READ);
        Status status = queue.status();
        return Answer.json(null, out -> StatusJson.writeAll(status, Instant.now(), out));
    }

    /** The end of an item's log: 204 where it has none, 404 where there is no such item. */
    @GET
    @WebMethod(name = "log")
    public HttpResponse doLog(@QueryParameter String item) throws InterruptedException {
        run().checkPermission(Item.READ);
        Optional<String> log = queue.log(Util.fixNull(item));
        if (log.isPresent()) {
            return Answer.text(200, log.get());
        }
        return row(item).isPresent() ? Answer.empty() : unknown(item);
    }

    @RequirePOST
    @WebMethod(name = "retry")
    public HttpResponse doRetry(@QueryParameter String item) {
        run().checkPermission(Item.BUILD);
        Optional<ItemStatus> row = row(item);
        if (row.isEmpty()) {
            return unknown(item);
        }
        ItemState state = row.get().state();
        if (queue.isLive() && state != ItemState.FAILED && state != ItemState.CANCELLED) {
            return Answer.text(409, Messages.QueuePage_notFailed(item));
        }
        return ask(() -> queue.retry(item));
    }

    @RequirePOST
    @WebMethod(name = "retryFailed")
    public HttpResponse doRetryFailed() {
        run().checkPermission(Item.BUILD);
        return ask(queue::retryFailed);
    }

    @RequirePOST
    @WebMethod(name = "cancelItem")
    public HttpResponse doCancelItem(@QueryParameter String item) {
        run().checkPermission(Item.CANCEL);
        return row(item).isEmpty() ? unknown(item) : ask(() -> queue.cancelItem(item));
    }

    @RequirePOST
    @WebMethod(name = "cancel")
    public HttpResponse doCancel() {
        run().checkPermission(Item.CANCEL);
        return ask(queue::cancel);
    }

    @RequirePOST
    @WebMethod(name = "parallelism")
    public HttpResponse doParallelism(@QueryParameter String most) {
        try {
            int number = Integer.parseInt(Util.fixNull(most).trim());
            boolean more = number > queue.getRequest().getParallelism();
            run().checkPermission(more ? Item.BUILD : Item.CANCEL);
            return ask(() -> queue.setParallelism(number));
        } catch (NumberFormatException e) {
            run().checkPermission(Item.CANCEL);
            return Answer.text(400, Messages.QueuePage_noNumber(most));
        }
    }

    @RequirePOST
    @WebMethod(name = "pause")
    public HttpResponse doPause() {
        run().checkPermission(Item.CANCEL);
        return ask(() -> queue.pause(true));
    }

    @RequirePOST
    @WebMethod(name = "resume")
    public HttpResponse doResume() {
        run().checkPermission(Item.CANCEL);
        return ask(() -> queue.pause(false));
    }

    private static HttpResponse ask(Runnable wish) {
        try {
            wish.run();
            return Answer.empty();
        } catch (IllegalStateException e) {
            return Answer.text(409, e.getMessage());
        } catch (IllegalArgumentException e) {
            return Answer.text(400, e.getMessage());
        }
    }

    private Optional<ItemStatus> row(String item) {
        return queue.status().item(item);
    }

    private static HttpResponse unknown(String item) {
        return Answer.text(404, Messages.QueuePage_unknown(Util.fixNull(item)));
    }
}
