package io.jenkins.plugins.taskqueue.kubeconfig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Which API server answers.
 *
 * @param url ends in a slash
 * @param proxy over which it is reached
 * @param tlsName the name that its certificate must have, where that is not the one in the URL
 * @param authority who may have signed its certificate, as PEM
 * @param insecure whether any certificate will do
 * @param pluginConfig what the cluster has to say to credential plugins; null for nothing
 */
record Server(
        String url,
        Optional<URI> proxy,
        Optional<String> tlsName,
        Optional<byte[]> authority,
        boolean insecure,
        Object pluginConfig) {

    static Server of(Section cluster) {
        String url = cluster.needed("server");
        url = url.contains("://") ? url : "https://" + url;
        Optional<URI> proxy = cluster.text("proxy-url").map(text -> uri(cluster, text));
        Optional<byte[]> data = cluster.text("certificate-authority-data").map(text -> decoded(cluster, text));
        Optional<byte[]> authority = cluster.path("certificate-authority").map(path -> {
            try {
                return data.isPresent() ? null : Files.readAllBytes(path);
            } catch (IOException e) {
                throw cluster.fault("has a certificate-authority that can't be read (" + e + ")");
            }
        });
        var server = new Server(
                url.endsWith("/") ? url : url + "/",
                proxy,
                cluster.text("tls-server-name"),
                data.or(() -> authority),
                cluster.flag("insecure-skip-tls-verify"),
                cluster.sections("extensions").stream()
                        .filter(extension -> extension
                                .text("name")
                                .filter("client.authentication.k8s.io/exec"::equals)
                                .isPresent())
                        .map(extension -> extension.raw("extension"))
                        .findFirst()
                        .orElse(null));
        if (server.insecure && server.authority.isPresent()) {
            throw cluster.fault("has both a certificate-authority and insecure-skip-tls-verify: remove one of them");
        }
        cluster.ignore("disable-compression");
        cluster.refuseTheRest();
        return server;
    }

    Server trusting(byte[] certificates) {
        return new Server(url, proxy, tlsName, Optional.of(certificates), false, pluginConfig);
    }

    private static URI uri(Section cluster, String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw cluster.fault("has a proxy-url without a host or a port");
        }
        return uri;
    }

    static byte[] decoded(Section section, String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw section.fault("has data that are not base64");
        }
    }

    /** Null for those that Java has by itself. */
    TrustManager[] trust() {
        if (insecure) {
            return new TrustManager[] {new AnyServer()};
        }
        if (authority.isEmpty()) {
            return null;
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : Pem.certificates(authority.get())) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The kubeconfig's certificate-authority can't be used (" + e.getMessage() + ").", e);
        }
    }
}
