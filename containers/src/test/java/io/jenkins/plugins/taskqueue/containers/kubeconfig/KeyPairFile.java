package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A key with a certificate that it signed itself, made by Java's keytool. */
record KeyPairFile(Certificate certificate, PrivateKey key, KeyStore store) {
    private static final String PASSWORD = "password";

    /** @param options such as {@code -keyalg EC} */
    static KeyPairFile make(Path folder, String name, String... options) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "it",
                "-dname",
                "CN=" + name));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return new KeyPairFile(
                store.getCertificate("it"), (PrivateKey) store.getKey("it", PASSWORD.toCharArray()), store);
    }

    SSLContext server(TrustManager... trust) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }

    String certificatePem() throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    /** PKCS#8. */
    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** PKCS#1 of RSA, SEC 1 of EC: what PKCS#8 has as its last part, in octets. */
    String ownKeyPem() {
        byte[] pkcs8 = key.getEncoded();
        int at = 0;
        do {
            at++;
        } while (!(pkcs8[at] == 0x04 && at + 1 + lengthBytes(pkcs8, at + 1) + length(pkcs8, at + 1) == pkcs8.length));
        int start = at + 1 + lengthBytes(pkcs8, at + 1);
        return pem(key.getAlgorithm() + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, start, pkcs8.length));
    }

    private static int lengthBytes(byte[] der, int at) {
        return at < der.length && der[at] < 0 ? 1 + (der[at] & 0x7f) : 1;
    }

    private static int length(byte[] der, int at) {
        if (at >= der.length) {
            return -1;
        }
        if (der[at] >= 0) {
            return der[at];
        }
        int length = 0;
        for (int i = 1; i <= (der[at] & 0x7f) && at + i < der.length; i++) {
            length = length << 8 | der[at + i] & 0xff;
        }
        return length;
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
