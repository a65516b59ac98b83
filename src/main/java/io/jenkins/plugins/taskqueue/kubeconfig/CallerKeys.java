package io.jenkins.plugins.taskqueue.kubeconfig;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Gives each new connection the certificate that there is then: a plugin or a file may have a new one every hour. */
final class CallerKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "caller";

    private final Supplier<ClientCertificate> current;

    CallerKeys(Supplier<ClientCertificate> current) {
        this.current = current;
    }

    private String alias(String... keyTypes) {
        ClientCertificate certificate = current.get();
        return certificate != null
                        && Arrays.asList(keyTypes).contains(certificate.key().getAlgorithm())
                ? ALIAS
                : null;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return alias(keyType) == null ? null : new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        ClientCertificate certificate = current.get();
        return certificate == null ? null : certificate.chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        ClientCertificate certificate = current.get();
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
