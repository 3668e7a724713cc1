#!/bin/sh
# An authority of your own, a certificate that the nodes share, one for administration, and a password.
# usage: sh deploy/certificates.sh FOLDER [HOST...]   (hosts: search-1 search-2 search-3 unless given)
set -eu
folder=$1
shift
[ $# -gt 0 ] || set -- search-1 search-2 search-3
[ ! -e "$folder" ] || { echo "$folder is there already; remove it to make all anew." >&2; exit 1; }
umask 077
mkdir -p "$folder"
cd "$folder"

openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=imr-search-authority" \
    -keyout ca.key -out ca.pem 2>/dev/null
names="DNS:localhost"
for host in "$@"; do names="$names,DNS:$host"; done

sign() {
    openssl req -newkey rsa:3072 -nodes -subj "/CN=$2" -keyout "$1.raw" -out "$1.csr" 2>/dev/null
    openssl pkcs8 -topk8 -nocrypt -in "$1.raw" -out "$1.key"
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 \
        -extfile "$1.ext" -out "$1.pem" 2>/dev/null
    rm "$1.raw" "$1.csr" "$1.ext"
}
sign node imr-search-node
sign admin imr-search-admin
openssl rand -base64 24 >password
# The containers run as users of their own. Keep the folder itself from others on this machine.
chmod 0755 .
chmod 0644 ca.pem node.pem node.key password
echo "In $folder: ca.pem, node.pem, node.key, admin.pem, admin.key, password."
