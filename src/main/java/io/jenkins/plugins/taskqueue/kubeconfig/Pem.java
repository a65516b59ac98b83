package io.jenkins.plugins.taskqueue.kubeconfig;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as PEM: keys of PKCS#8, and RSA's and EC's own forms (PKCS#1, SEC 1). */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:\\w+ )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private Pem() {}

    static X509Certificate[] certificates(byte[] pem) throws CertificateException {
        var certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .toArray(X509Certificate[]::new);
        if (certificates.length == 0) {
            throw new CertificateException("no certificate in it");
        }
        return certificates;
    }

    /** @param of the public key that it belongs to, which says what RSA's and EC's own forms leave out */
    static PrivateKey key(byte[] pem, PublicKey of) throws GeneralSecurityException {
        Matcher found = KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
        while (found.find()) {
            String form = found.group(1);
            if (form.startsWith("ENCRYPTED") || found.group(2).contains("Proc-Type")) {
                throw new GeneralSecurityException("the key is encrypted: give it without a passphrase");
            }
            byte[] der = decoded(found.group(2));
            byte[] pkcs8 = form.equals("PRIVATE KEY") ? der : wrapped(der, algorithm(of.getEncoded()));
            return KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        }
        throw new GeneralSecurityException("no private key in it");
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the key is not base64", e);
        }
    }

    /** PKCS#8 is a version, which algorithm it is, and the key in its own form. */
    private static byte[] wrapped(byte[] key, byte[] algorithm) {
        return tagged(SEQUENCE, VERSION, algorithm, tagged(OCTETS, key));
    }

    /** The first part of a public key says which algorithm it is, with the curve. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = content(publicKey, 0);
        int end = content(publicKey, start) + length(publicKey, start);
        return Arrays.copyOfRange(publicKey, start, end);
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int total = 0;
        for (int i = at + 2; i < content(der, at); i++) {
            total = total << 8 | der[i] & 0xff;
        }
        return total;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x80) {
            int bytes = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> 8 * i);
            }
        } else {
            out.write(length);
        }
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
