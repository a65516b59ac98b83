package io.jenkins.plugins.taskqueue.kubeconfig;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** A certificate that says who asks, with its key. */
record ClientCertificate(X509Certificate[] chain, PrivateKey key) {

    /** @throws GeneralSecurityException with a few words of why these are none */
    static ClientCertificate of(byte[] certificate, byte[] key) throws GeneralSecurityException {
        X509Certificate[] chain = Pem.certificates(certificate);
        return new ClientCertificate(chain, Pem.key(key, chain[0].getPublicKey()));
    }

    boolean isSameAs(ClientCertificate other) {
        return other != null && Arrays.equals(chain, other.chain);
    }
}
