package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** There is nothing to say who asks with, so that nobody was asked. The message is a sentence for the user. */
public final class CredentialsException extends KubernetesClientException {
    private static final long serialVersionUID = 1L;

    public CredentialsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
