package io.jenkins.plugins.taskqueue;

import com.fasterxml.jackson.core.JsonProcessingException;
import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Rights;
import io.jenkins.plugins.taskqueue.engine.kubernetes.ServerVersion;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Tries a cluster's configuration out: its version, and each right that a queue needs. The address may be any server's, so
 * nothing of an answer is shown but a version that looks like one.
 */
final class ClusterCheck {
    private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,3}[-+.\\w]{0,40}");
    private static final int MOST_NAMESPACES = 20;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private ClusterCheck() {}

    static FormValidation of(ClusterConfig cluster) {
        if (cluster.getServerUrl() != null && !ClusterConfigDescriptor.isServerUrl(cluster.getServerUrl())) {
            return FormValidation.error(Messages.ClusterConfig_serverUrl());
        }
        try (KubernetesClient client = ClusterClients.connect(cluster)) {
            return look(cluster, client);
        } catch (AbortException e) {
            return FormValidation.error(e.getMessage());
        } catch (KubernetesClientException e) {
            return FormValidation.error(sentence(cluster, e));
        } catch (RuntimeException e) {
            return FormValidation.error(Messages.ClusterCheck_noApiServer());
        }
    }

    private static FormValidation look(ClusterConfig cluster, KubernetesClient client) {
        VersionInfo info = client.getKubernetesVersion();
        String version = info == null ? null : info.getGitVersion();
        if (version == null || !VERSION.matcher(version).matches()) {
            return FormValidation.error(Messages.ClusterCheck_noApiServer());
        }
        if (ServerVersion.isTooOld(info)) {
            return FormValidation.error(Messages.ClusterCheck_tooOld(version, ServerVersion.NEEDED));
        }
        String namespace = cluster.namespace(client);
        List<String> missing = Rights.missing(client, namespace, Rights.QUEUE);
        if (!missing.isEmpty()) {
            return FormValidation.error(Messages.ClusterCheck_missing(version, namespace, String.join(", ", missing)));
        }
        for (String other : others(cluster)) {
            List<String> there = Rights.missing(client, other, Rights.QUEUE);
            if (!there.isEmpty()) {
                return FormValidation.error(Messages.ClusterCheck_missing(version, other, String.join(", ", there)));
            }
        }
        List<String> more = new ArrayList<>(Rights.missing(client, namespace, Rights.OPTIONAL));
        more.addAll(Rights.missing(client, namespace, Rights.AMBASSADORS));
        return FormValidation.ok(
                more.isEmpty()
                        ? Messages.ClusterCheck_ok(version, namespace)
                        : Messages.ClusterCheck_okBut(version, namespace, String.join(", ", more)));
    }

    /** The further namespaces that jobs may name, but for those that only a pattern tells. */
    private static List<String> others(ClusterConfig cluster) {
        return Util.fixNull(cluster.getNamespaces())
                .lines()
                .map(String::strip)
                .filter(KubernetesNames::isName)
                .limit(MOST_NAMESPACES)
                .toList();
    }

    static String sentence(ClusterConfig cluster, KubernetesClientException e) {
        if (isOfJson(e)) {
            return Messages.ClusterCheck_noApiServer();
        }
        if (e.getCode() <= 0) {
            Throwable root = root(e);
            return root instanceof CertPathBuilderException
                    ? Messages.ClusterCheck_untrusted(root.getMessage())
                    : Messages.ClusterCheck_unreachable(fact(root));
        }
        boolean isRefused = e.getCode() == UNAUTHORIZED || e.getCode() == FORBIDDEN;
        if (isRefused && cluster.getServerUrl() != null && cluster.getCredentialsId() == null) {
            return Messages.ClusterCheck_anonymous();
        }
        return switch (e.getCode()) {
            case UNAUTHORIZED -> Messages.ClusterCheck_unauthorized();
            case FORBIDDEN -> Messages.ClusterCheck_forbidden();
            default -> Messages.ClusterCheck_code(e.getCode());
        };
    }

    private static boolean isOfJson(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** What the network or TLS says; no server has a say in it. */
    private static String fact(Throwable root) {
        boolean isOfNetwork = root instanceof SocketException
                || root instanceof UnknownHostException
                || root instanceof InterruptedIOException
                || root instanceof SSLException
                || root instanceof GeneralSecurityException;
        return isOfNetwork && root.getMessage() != null
                ? root.getMessage()
                : root.getClass().getSimpleName();
    }
}
