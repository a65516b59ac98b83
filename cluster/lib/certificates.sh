# shellcheck shell=bash disable=SC2034,SC2154  # sourced by scripts/cluster
# One authority; a certificate for each server and each client; a kubeconfig for each client.

make_certificates() {
    pki=$run/pki
    [[ -e $pki/complete ]] && return
    mkdir -p "$pki" && chmod 700 "$pki"
    local names="DNS:localhost,IP:127.0.0.1"
    (
        cd "$pki"
        key ca
        openssl req -x509 -new -key ca.key -subj /CN=task-queue-cluster -days 3650 -out ca.crt \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
        certificate kube-apiserver /CN=kube-apiserver serverAuth \
            "$names,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:10.96.0.1"
        certificate kubelet-server /CN=localhost serverAuth "$names"
        certificate kube-apiserver-to-kubelet /O=system:masters/CN=kube-apiserver-to-kubelet clientAuth
        certificate admin /O=system:masters/CN=admin clientAuth
        # A user of its own, so that the audit log tells kwok's requests from the administrator's.
        certificate kwok /O=system:masters/CN=kwok clientAuth
        certificate kube-controller-manager /CN=system:kube-controller-manager clientAuth
        certificate kube-scheduler /CN=system:kube-scheduler clientAuth
        certificate kubelet /O=system:nodes/CN=system:node:localhost clientAuth
        openssl genrsa -out service-accounts.key 2048
        local client
        for client in admin kwok kube-controller-manager kube-scheduler kubelet; do
            write_kubeconfig "$client" "client-certificate-data: $(base64 -w0 "$client.crt")
    client-key-data: $(base64 -w0 "$client.key")" >"$client.kubeconfig"
        done
    ) 2>"$pki/log" || die "openssl could not make the certificates: $(tail -n 3 "$pki/log")"
    touch "$pki/complete"
    say "certificates made"
}

key() { # NAME
    openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
}

certificate() { # NAME SUBJECT USAGE [ALTERNATIVE-NAMES]
    key "$1"
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt" -extfile <(
        echo "keyUsage=critical,digitalSignature"
        echo "extendedKeyUsage=$3"
        [[ -z ${4-} ]] || echo "subjectAltName=$4"
    )
}

write_kubeconfig() { # USER CREDENTIALS: complete in itself, so that it can be copied anywhere
    cat <<END
apiVersion: v1
kind: Config
current-context: task-queue-$name
contexts:
- name: task-queue-$name
  context: {cluster: task-queue-$name, user: $1}
clusters:
- name: task-queue-$name
  cluster:
    server: $server
    certificate-authority-data: $(base64 -w0 "$run/pki/ca.crt")
users:
- name: $1
  user:
    $2
END
}
