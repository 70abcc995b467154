import type { Workload } from "../../catalog/workload";
import { certificateFiles } from "../../host/workloads/raft-configuration";
import { requestsPath } from "../server/aws-requests";
import { secretPath } from "../server/secret-script";
import { quote } from "./quote";

/** Where a server's certificate comes from. */
export type CertificateSource =
    | {
          /** A secret with the fields `certificate`, `key` and `authority`, each in PEM. */
          readonly kind: "secret";
          readonly secret: string;
      }
    | {
          /** A private certificate authority of AWS; the key is made on the server and never leaves it. */
          readonly kind: "authority";
          /** ARN of the authority. */
          readonly arn: string;
          readonly validityDays: number;
      };

const secondsPerDay = 86_400;

/** Folder of the certificate; undefined for software that takes none. */
export function certificateFolder({ directories }: Workload): string | undefined {
    return directories.find(({ purpose }) => purpose === "certificates")?.path;
}

/**
 * Shell lines that bring the certificate of a server, check it as a whole, and only then put it in place: a key that does not belong to it,
 * another name, an authority that did not sign it or an end in the past leave the old certificate where it is.
 */
export function certificateSteps(
    software: Workload,
    folder: string,
    names: readonly string[],
    source: CertificateSource,
): string {
    const group = software.group ?? "root";
    const file = (name: keyof typeof certificateFiles): string =>
        quote(`${folder}/${certificateFiles[name]}`);
    const bring = source.kind === "secret" ? fromSecret(source) : fromAuthority(source, names);
    const puts = (["key", "certificate", "authority"] as const).map(
        (name) =>
            `    put reload ${name === "key" ? "0640" : "0644"} root ${group} ${file(name)} <"$work/${name}"`,
    );
    return `. ${requestsPath}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
covers() { # covers CERTIFICATE NAME
    openssl x509 -noout -in "$1" -checkhost "$2" | grep -q 'does match'
}
current() { # current CERTIFICATE SECONDS
    openssl x509 -noout -in "$1" -checkend "$2" >/dev/null || return 1
${names.map((name) => `    covers "$1" ${quote(name)} || return 1`).join("\n")}
}
refuse() {
    echo "certificate refused: $1" >&2
    exit 1
}
brought=yes
${bring(file("certificate"))}
if [ $brought = yes ]; then
    [ "$(openssl x509 -noout -pubkey -in "$work/certificate")" = "$(openssl pkey -pubout -in "$work/key")" ] || refuse "the key is another's"
    current "$work/certificate" 0 || refuse "it has ended, or lacks one of the names ${names.join(" ")}"
    openssl verify -CAfile "$work/authority" -untrusted "$work/certificate" "$work/certificate" >/dev/null ||
        refuse "the authority did not sign it"
${puts.join("\n")}
fi`;
}

function fromSecret({ secret }: { readonly secret: string }): () => string {
    return () => `secret=$(${secretPath} ${quote(secret)})
for field in certificate key authority; do
    printf %s "$secret" | json $field >"$work/$field" || refuse "the secret has no field $field"
done`;
}

/** A new certificate when there is none or a third of its life is left. */
function fromAuthority(
    {
        arn,
        validityDays,
    }: {
        readonly arn: string;
        readonly validityDays: number;
    },
    names: readonly string[],
): (present: string) => string {
    const partition = arn.split(":")[1] ?? "aws";
    const template = `arn:${partition}:acm-pca:::template/EndEntityServerAuthCertificate/V1`;
    const subject = `/CN=${names[0] ?? ""}`;
    const alternatives = names.map((name) => `DNS:${name}`).join(",");
    const authority = `"CertificateAuthorityArn":"${arn}"`;
    return (
        present,
    ) => `if [ -s ${present} ] && current ${present} ${Math.round((validityDays * secondsPerDay) / 3)}; then
    brought=no
else
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -subj ${quote(subject)} \\
        -addext ${quote(`subjectAltName=${alternatives}`)} -keyout "$work/key" -out "$work/request" 2>/dev/null
    algorithm=$(call acm-pca ACMPrivateCA.DescribeCertificateAuthority '{${authority}}' |
        json CertificateAuthority CertificateAuthorityConfiguration SigningAlgorithm)
    issued=$(call acm-pca ACMPrivateCA.IssueCertificate '{${authority},"Csr":"'"$(base64 -w 0 <"$work/request")"'","SigningAlgorithm":"'"$algorithm"'","TemplateArn":"${template}","Validity":{"Type":"DAYS","Value":${validityDays}}}' |
        json CertificateArn)
    tries=0
    until answer=$(call acm-pca ACMPrivateCA.GetCertificate '{${authority},"CertificateArn":"'"$issued"'"}' 2>/dev/null); do
        tries=$((tries + 1))
        [ $tries -lt 30 ] || refuse "the authority has not issued it after a minute"
        sleep 2
    done
    printf %s "$answer" | json CertificateChain >"$work/authority"
    { printf %s "$answer" | json Certificate; echo; cat "$work/authority"; } >"$work/certificate"
fi`;
}
