import type { Misfortune } from './misfortune.ts';

const certificate = '/var/lib/rancher/k3s/server/tls/client-admin.crt';

export const certificatesEnding: Misfortune = {
  name: 'certificates-ending',
  title: "a certificate of K3s' ends in 80 days, and the maintenance window comes",
  losesNoCall: true,
  backWithin: 180,
  leftOut: ({ machines }) =>
    machines[0]?.run('test', '-e', certificate).status === 0 ? undefined : `there is no ${certificate}`,
  strike: async ({ machines }) => {
    const [machine] = machines;
    if (machine === undefined) return undefined;
    machine.must('bash', '-c', shorten);
    // Started as its timer starts it, and not when the timer is not there.
    machine.must('systemctl', 'is-active', '--quiet', 'fjord-maintain.timer');
    const { status, stderr } = await machine.runSoon('systemctl', ['start', 'fjord-maintain.service'], {
      seconds: 300,
    });
    if (status !== 0) throw new Error(`fjord-maintain: ${stderr.trim()}`);
    if (
      machine.run('openssl', 'x509', '-checkend', String(89 * 86_400), '-noout', '-in', certificate)
        .status !== 0
    ) {
      throw new Error(`${certificate} still ends in 80 days`);
    }
    return undefined;
  },
};

/** A certificate of the same subject and key, signed by its authority for 80 days; without an authority, by itself. */
const shorten = `
set -eu
cd /var/lib/rancher/k3s/server/tls
if [ -e client-ca.key ]; then by='-CA client-ca.crt -CAkey client-ca.key -CAcreateserial'; else by='-signkey client-admin.key'; fi
openssl x509 -x509toreq -in client-admin.crt -signkey client-admin.key -out new.csr
printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\n' >new.ext
openssl x509 -req -in new.csr $by -days 80 -extfile new.ext -out new.crt
mv new.crt client-admin.crt
rm new.csr new.ext
`;
