package io.jenkins.plugins.taskqueue;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Makes clients that follow no redirect. The API server's proxy hands those of an ambassador on, and whoever can put a
 * pod behind its Service must not send the controller elsewhere. The Kubernetes client has no setting for it.
 */
final class ClusterHttp extends OkHttpClientFactory {
    @Override
    protected OkHttpClient.Builder newOkHttpClientBuilder() {
        return super.newOkHttpClientBuilder().addNetworkInterceptor(chain -> {
            Response answer = chain.proceed(chain.request());
            return answer.isRedirect()
                    ? answer.newBuilder().removeHeader("Location").build()
                    : answer;
        });
    }
}
